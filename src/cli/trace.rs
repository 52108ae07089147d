//! `biz explain FILE CELL`: where a figure of a model comes from.

use super::args;
use super::check::open;
use super::status::Status;
use super::terminal::{Terminal, Unprintable};
use super::watch::watcher;
use crate::export;
use crate::workspace::Ask;

pub(super) fn trace(arguments: &args::Explain, cell: &str, terminal: &Terminal) -> Result<Status, Unprintable> {
    let ask = Ask { mentions: &[cell.to_owned()], samples: arguments.draws.samples(), ..args::Follow::default().ask(watcher(&args::Follow::default(), terminal)) };
    let mut facts = open(&arguments.subject, &arguments.changes, ask);
    if let Some(trace) = facts.trace(cell) {
        terminal.print(&export::trace::trace(&trace, terminal.layout()))?;
    }
    Ok(Status::told(&facts, terminal))
}
