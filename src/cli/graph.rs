//! `biz graph`: which figures read which.

use super::args::{self, GraphFormat, Through};
use super::check::open;
use super::status::Status;
use super::terminal::{Terminal, Unprintable};
use crate::export::graph::{dot, json, mermaid};
use crate::report;
use crate::workspace::Ask;

pub(super) fn graph(arguments: &args::Graph, terminal: &Terminal) -> Result<Status, Unprintable> {
    let ask = Ask { mentions: &arguments.figures, ..Ask::default() };
    let mut facts = open(&arguments.model.file, &arguments.model.changes, ask);
    let through = match arguments.through {
        Through::Model => report::Through::Model,
        Through::All => report::Through::All,
    };
    if let Some(graph) = facts.graph(&arguments.figures, arguments.depth, through) {
        terminal.print(&match arguments.format {
            GraphFormat::Mermaid => mermaid::mermaid(&graph),
            GraphFormat::Dot => dot::dot(&graph),
            GraphFormat::Json => json::json(&graph),
        })?;
    }
    Ok(Status::told(&facts, terminal))
}
