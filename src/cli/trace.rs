//! `biz explain FILE CELL`: where a figure of a model comes from.

use super::args::Changes;
use super::check::open;
use super::status::Status;
use super::terminal::{Terminal, Unprintable};
use crate::export;
use crate::workspace::Ask;

pub(super) fn trace(file: &str, cell: &str, changes: &Changes, terminal: &Terminal) -> Result<Status, Unprintable> {
    let mut facts = open(file, changes, Ask { mentions: &[cell.to_owned()], ..Ask::default() });
    if let Some(trace) = facts.trace(cell) {
        terminal.print(&export::trace::trace(&trace, terminal.layout()))?;
    }
    terminal.tell(&facts.mistakes, &facts.sources);
    Ok(Status::of(&facts))
}
