//! `biz solve`: the value of an input that a goal asks for.

use super::args;
use super::check::open;
use super::status::Status;
use super::sweep::form;
use super::terminal::{Terminal, Unprintable};
use crate::export::decision;
use crate::workspace::{Aims, Ask, AskedLine};

pub(super) fn solve(arguments: &args::Solve, terminal: &Terminal) -> Result<Status, Unprintable> {
    let subject = if arguments.subject_to_requirements { " subject to requirements" } else { "" };
    let aimed = |option, word: &str, target: &Option<String>, behind| {
        target.as_ref().map(|target| AskedLine { behind, ..AskedLine::new(option, word, target) })
    };
    let aims = [
        aimed("--until", "until ", &arguments.until, ""),
        aimed("--maximize", "maximize ", &arguments.maximize, subject),
        aimed("--minimize", "minimize ", &arguments.minimize, subject),
    ];
    let vary = arguments.vary.iter().map(|range| AskedLine::new("--vary", "vary ", range)).collect();
    let aims = Aims { vary, steps: Vec::new(), aims: aims.into_iter().flatten().collect() };
    let samples = arguments.streams.samples(arguments.samples);
    let asked = (!aims.vary.is_empty()).then_some(&aims);
    let mut facts = open(&arguments.model.file, &arguments.model.changes, Ask { aims: asked, samples: Some(samples), ..Ask::default() });
    let mut status = Status::Fine;
    if let Some(solutions) = facts.solve(arguments.goal.as_deref()) {
        terminal.print(&decision::solutions(&solutions, form(arguments.results.format, terminal)))?;
        if !solutions.iter().all(crate::report::Solution::is_solved) {
            status = Status::Model;
        }
    }
    Ok(status.max(Status::told(&facts, terminal)))
}
