//! `biz simulate`: samples of a model's uncertain values, and how its figures are spread.

use super::anew::anew;
use super::args::{self, Format};
use super::check::open;
use super::part::keep;
use super::run::{judge, step, unmet};
use super::status::Status;
use super::terminal::{Terminal, Unprintable};
use super::watch::watcher;
use crate::export::simulation;
use crate::report::Simulation;
use crate::workspace::{Ask, Disk, Facts, Question, Samples, Share};
use std::path::Path;

pub(super) fn simulate(arguments: &args::Simulate, terminal: &Terminal) -> Result<Status, Unprintable> {
    if arguments.watch {
        let files = std::slice::from_ref(&arguments.model.file);
        return anew(files, terminal, |terminal| once(arguments, terminal));
    }
    once(arguments, terminal)
}

fn once(arguments: &args::Simulate, terminal: &Terminal) -> Result<Status, Unprintable> {
    let samples: Samples = arguments.draws.samples().unwrap_or_default();
    if samples.count == 0 {
        terminal.remark("error: a simulation draws at least one sample\n  help: `biz run` computes a model without samples\n");
        return Ok(Status::Usage);
    }
    let watcher = watcher(&arguments.follow, terminal);
    let ask = Ask { mentions: &arguments.only, samples: Some(samples), ..arguments.follow.ask(watcher) };
    if let (Some(share), Some(out)) = (arguments.sharding.share(), &arguments.sharding.out) {
        return Ok(part(arguments, ask, share, out, terminal));
    }
    let mut facts = open(&arguments.model.file, &arguments.model.changes, ask);
    let told = facts.simulate(arguments.by.map(step), &arguments.only, &shares(&arguments.percentiles));
    show(&facts, told.as_ref(), arguments.results.format, &arguments.follow, terminal)
}

/// Shows what samples come to.
pub(super) fn show(
    facts: &Facts,
    told: Option<&Simulation>,
    format: Format,
    follow: &args::Follow,
    terminal: &Terminal,
) -> Result<Status, Unprintable> {
    let watcher = watcher(follow, terminal);
    let Some(simulation) = told else {
        return Ok(Status::told(facts, terminal));
    };
    if !watcher.list()? {
        terminal.print(&written(simulation, format, terminal))?;
    }
    let status = Status::told(facts, terminal);
    if format == Format::Csv {
        terminal.remark(&unmet(&simulation.requirements));
    }
    let denied = judge(&facts.name, &simulation.requirements, simulation.scenario.as_deref(), terminal);
    if follow.timings {
        watcher.tell(facts);
    }
    let failed = if simulation.fails() { Status::Model } else { Status::Fine };
    Ok(failed.max(status).max(denied))
}

/// Plays a part of the samples into a file.
fn part(arguments: &args::Simulate, ask: Ask<'_>, share: Share, out: &Path, terminal: &Terminal) -> Status {
    let args::ModelArguments { file, changes } = &arguments.model;
    let ask = Ask { scenario: changes.scenario.as_deref(), sets: &changes.set, ..ask };
    let (by, only, shares) = (arguments.by.map(step), arguments.only.clone(), shares(&arguments.percentiles));
    let (facts, part) = Facts::part(&Disk::of(file), &ask, Question { by, only, shares }, share);
    let Some(part) = part else {
        return match facts.stopped {
            Some(_) => {
                terminal.remark("stopped: no part was written\n");
                Status::Stopped
            }
            None => Status::told(&facts, terminal),
        };
    };
    // Cells that can't be computed are for the merge to judge; the part is as it should be.
    let _ = Status::told(&facts, terminal);
    if arguments.follow.timings {
        watcher(&arguments.follow, terminal).tell(&facts);
    }
    keep(&part, out, terminal)
}

/// The parts of the samples, from the least up, each once.
fn shares(percentiles: &[f64]) -> Vec<f64> {
    let mut shares: Vec<f64> = percentiles.iter().map(|percent| percent / 100.0).collect();
    shares.sort_by(f64::total_cmp);
    shares.dedup();
    shares
}

fn written(simulation: &Simulation, format: Format, terminal: &Terminal) -> String {
    match format {
        Format::Table => simulation::table::table(simulation, terminal.layout()),
        Format::Json => simulation::json::json(simulation),
        Format::Csv => simulation::csv::csv(simulation),
        Format::Markdown => simulation::markdown::markdown(simulation),
    }
}
