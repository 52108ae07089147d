//! `biz explain FILE CELL`: where a figure of a model comes from.

use super::args::{self, WrittenFormat};
use super::check::open;
use super::status::Status;
use super::terminal::{Terminal, Unprintable};
use super::watch::watcher;
use crate::export::decision::Form;
use crate::export::trace;
use crate::workspace::Ask;

pub(super) fn trace(arguments: &args::Explain, cell: &str, terminal: &Terminal) -> Result<Status, Unprintable> {
    let follow = args::Follow::default();
    let apart: Vec<String> = arguments.changes.scenario.iter().cloned().collect();
    let ask = Ask {
        mentions: &[cell.to_owned()],
        samples: arguments.draws.samples(),
        apart: arguments.changes.scenario.is_some().then_some(&apart),
        ..follow.ask(watcher(&follow, terminal))
    };
    let mut facts = open(&arguments.subject, &arguments.changes, ask);
    if let Some(explanation) = facts.explained(cell, arguments.depth) {
        terminal.print(&trace::explanation(&explanation, form(arguments.written.format, terminal)))?;
    }
    Ok(Status::told(&facts, terminal))
}

/// The form of a tree.
pub(super) fn form(format: WrittenFormat, terminal: &Terminal) -> Form {
    match format {
        WrittenFormat::Table => Form::Table(terminal.layout()),
        WrittenFormat::Json => Form::Json,
        WrittenFormat::Markdown => Form::Markdown,
    }
}
