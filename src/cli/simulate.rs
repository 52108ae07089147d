//! `biz simulate`: samples of a model's uncertain values, and how its figures are spread.

use super::args;
use super::check::open;
use super::run::step;
use super::status::Status;
use super::terminal::{Terminal, Unprintable};
use crate::workspace::{Ask, Samples};

pub(super) fn simulate(arguments: &args::Simulate, terminal: &Terminal) -> Result<Status, Unprintable> {
    let samples = Samples { count: arguments.samples, seed: arguments.seed, threads: arguments.threads, ..Samples::default() };
    let ask = Ask { mentions: &arguments.only, samples: Some(samples), ..Ask::default() };
    let mut facts = open(&arguments.model.file, &arguments.model.changes, ask);
    let simulation = facts.simulate(arguments.by.map(step), &arguments.only, &[0.05, 0.5, 0.95]);
    if let Some(simulation) = simulation {
        for fan in simulation.fans.iter().chain(&simulation.figures) {
            for (at, spread) in fan.spreads.iter().enumerate() {
                let period = fan.periods.get(at).cloned().unwrap_or_default();
                terminal.print(&format!("{} {period} {} {:?} {:?} {:?}\n", fan.title, fan.unit, spread.mean, spread.deviation, spread.shares))?;
            }
        }
    }
    terminal.tell(&facts.mistakes, &facts.sources);
    Ok(Status::of(&facts))
}
