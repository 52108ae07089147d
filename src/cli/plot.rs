//! `biz plot`: figures as drawings.

use super::args::{self, PlotKind};
use super::check::open;
use super::run::step;
use super::status::Status;
use super::terminal::{Terminal, Unprintable};
use crate::export::plot;
use crate::report;
use crate::workspace::{Ask, Drawing};

pub(super) fn plot(arguments: &args::Plot, terminal: &Terminal) -> Result<Status, Unprintable> {
    let names = arguments.names.clone();
    let drawing = Drawing { names, kind: arguments.kind.map(kind), by: arguments.by.map(step) };
    let queries = drawing.queries();
    let ask = Ask { mentions: &arguments.names, queries: &queries, samples: arguments.draws.samples(), ..Ask::default() };
    let mut facts = open(&arguments.model.file, &arguments.model.changes, ask);
    if let Some(drawn) = facts.plot(&drawing) {
        terminal.print(&plot::plot(&drawn, terminal.drawing()))?;
    }
    Ok(Status::told(&facts, terminal))
}

fn kind(kind: PlotKind) -> report::PlotKind {
    match kind {
        PlotKind::Line => report::PlotKind::Line,
        PlotKind::Bar => report::PlotKind::Bar,
        PlotKind::Waterfall => report::PlotKind::Waterfall,
        PlotKind::Fan => report::PlotKind::Fan,
    }
}
