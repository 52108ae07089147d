//! `biz simulate`: samples of a model's uncertain values, and how its figures are spread.

use super::args::{self, Format};
use super::check::open;
use super::merge;
use super::run::{step, unmet};
use super::status::Status;
use super::terminal::{Terminal, Unprintable};
use crate::export::simulation;
use crate::report::Simulation;
use crate::workspace::{Ask, Disk, Facts, Question, Samples, Share};
use std::path::Path;

pub(super) fn simulate(arguments: &args::Simulate, terminal: &Terminal) -> Result<Status, Unprintable> {
    let samples: Samples = arguments.draws.samples().unwrap_or_default();
    if samples.count == 0 {
        terminal.remark("error: a simulation draws at least one sample\n  help: `biz run` computes a model without samples\n");
        return Ok(Status::Usage);
    }
    let ask = Ask { mentions: &arguments.only, samples: Some(samples), ..Ask::default() };
    if let (Some(share), Some(out)) = (arguments.sharding.share(), &arguments.sharding.out) {
        return Ok(part(arguments, ask, share, out, terminal));
    }
    let mut facts = open(&arguments.model.file, &arguments.model.changes, ask);
    let told = facts.simulate(arguments.by.map(step), &arguments.only, &shares(&arguments.percentiles));
    show(&facts, told.as_ref(), arguments.format, terminal)
}

/// Shows what samples come to.
pub(super) fn show(facts: &Facts, told: Option<&Simulation>, format: Format, terminal: &Terminal) -> Result<Status, Unprintable> {
    let Some(simulation) = told else {
        terminal.tell(&facts.mistakes, &facts.sources);
        return Ok(Status::of(facts));
    };
    terminal.print(&written(simulation, format, terminal))?;
    terminal.tell(&facts.mistakes, &facts.sources);
    if format == Format::Csv {
        terminal.remark(&unmet(&simulation.requirements));
    }
    let failed = if simulation.fails() { Status::Model } else { Status::Fine };
    Ok(failed.max(Status::of(facts)))
}

/// Plays a part of the samples into a file.
fn part(arguments: &args::Simulate, ask: Ask<'_>, share: Share, out: &Path, terminal: &Terminal) -> Status {
    let args::ModelArguments { file, changes } = &arguments.model;
    let ask = Ask { scenario: changes.scenario.as_deref(), sets: &changes.set, ..ask };
    let (by, only, shares) = (arguments.by.map(step), arguments.only.clone(), shares(&arguments.percentiles));
    let (facts, part) = Facts::part(&Disk::of(file), &ask, Question { by, only, shares }, share);
    terminal.tell(&facts.mistakes, &facts.sources);
    match part {
        // Cells that can't be computed are for the merge to judge; the part is as it should be.
        Some(part) => merge::keep(&part, out, terminal),
        None => Status::of(&facts),
    }
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
