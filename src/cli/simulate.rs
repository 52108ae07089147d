//! `biz simulate`: samples of a model's uncertain values, and how its figures are spread.

use super::args::{self, Format};
use super::check::open;
use super::run::{step, unmet};
use super::status::Status;
use super::terminal::{Terminal, Unprintable};
use super::watch::watcher;
use crate::export::simulation;
use crate::report::Simulation;
use crate::workspace::{Ask, Samples};

pub(super) fn simulate(arguments: &args::Simulate, terminal: &Terminal) -> Result<Status, Unprintable> {
    let samples: Samples = arguments.draws.samples().unwrap_or_default();
    if samples.count == 0 {
        terminal.remark("error: a simulation draws at least one sample\n  help: `biz run` computes a model without samples\n");
        return Ok(Status::Usage);
    }
    let watcher = watcher(&arguments.follow, terminal);
    let ask = Ask { mentions: &arguments.only, samples: Some(samples), ..arguments.follow.ask(watcher) };
    let mut facts = open(&arguments.model.file, &arguments.model.changes, ask);
    let told = facts.simulate(arguments.by.map(step), &arguments.only, &shares(&arguments.percentiles));
    let Some(simulation) = told else {
        return Ok(Status::told(&facts, terminal));
    };
    if !watcher.list()? {
        terminal.print(&written(&simulation, arguments.format, terminal))?;
    }
    let status = Status::told(&facts, terminal);
    if arguments.format == Format::Csv {
        terminal.remark(&unmet(&simulation.requirements));
    }
    if arguments.follow.timings {
        watcher.tell(&facts);
    }
    let failed = if simulation.fails() { Status::Model } else { Status::Fine };
    Ok(failed.max(status))
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
