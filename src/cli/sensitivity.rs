//! `biz sensitivity`: what moves a figure most.

use super::args;
use super::check::open;
use super::status::Status;
use super::sweep::form;
use super::terminal::{Terminal, Unprintable};
use crate::export::decision;
use crate::workspace::{Ask, Movable};

pub(super) fn sensitivity(arguments: &args::Sensitivity, terminal: &Terminal) -> Result<Status, Unprintable> {
    let samples = arguments.streams.samples(arguments.samples);
    let target = std::slice::from_ref(&arguments.target);
    let ask = Ask { queries: target, samples: Some(samples), ..Ask::default() };
    let mut facts = open(&arguments.model.file, &arguments.model.changes, ask);
    let movable = if arguments.all { Movable::All } else { Movable::Uncertain };
    if let Some(sensitivity) = facts.sensitivity(movable) {
        terminal.print(&decision::sensitivity(&sensitivity, form(arguments.results.format, terminal)))?;
    }
    Ok(Status::told(&facts, terminal))
}
