//! `biz solve`: the value of an input that a goal asks for.

use super::args;
use super::check::open;
use super::status::Status;
use super::sweep::form;
use super::terminal::{Terminal, Unprintable};
use crate::export::decision;
use crate::workspace::{Aims, Ask, Samples};

pub(super) fn solve(arguments: &args::Solve, terminal: &Terminal) -> Result<Status, Unprintable> {
    let subject = if arguments.subject_to_requirements { " subject to requirements" } else { "" };
    let aimed = |word: &str, target: &Option<String>, behind: &str| target.as_ref().map(|target| format!("{word} {target}{behind}"));
    let aims = [
        aimed("until", &arguments.until, ""),
        aimed("maximize", &arguments.maximize, subject),
        aimed("minimize", &arguments.minimize, subject),
    ];
    let vary = arguments.vary.iter().map(|range| format!("vary {range}")).collect();
    let aims = Aims { vary, steps: Vec::new(), aims: aims.into_iter().flatten().collect() };
    let samples = Samples { count: arguments.samples, seed: arguments.seed, ..Samples::default() };
    let asked = (!aims.vary.is_empty()).then_some(&aims);
    let mut facts = open(&arguments.model.file, &arguments.model.changes, Ask { aims: asked, samples: Some(samples), ..Ask::default() });
    let mut status = Status::Fine;
    if let Some(solutions) = facts.solve(arguments.goal.as_deref()) {
        terminal.print(&decision::solutions(&solutions, form(arguments.format, terminal)))?;
        if !solutions.iter().all(crate::report::Solution::is_solved) {
            status = Status::Model;
        }
    }
    Ok(status.max(Status::told(&facts, terminal)))
}
