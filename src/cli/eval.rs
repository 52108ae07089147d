//! `biz eval`: values of expressions, one a line.

use super::args::{self, EvalFormat};
use super::check::open;
use super::status::Status;
use super::terminal::{Terminal, Unprintable};
use super::watch::watcher;
use crate::export;
use crate::workspace::Ask;

pub(super) fn eval(arguments: &args::Eval, terminal: &Terminal) -> Result<Status, Unprintable> {
    let ask = Ask { queries: &arguments.expressions, samples: arguments.draws.samples(), ..args::Follow::default().ask(watcher(&args::Follow::default(), terminal)) };
    let mut facts = open(&arguments.model.file, &arguments.model.changes, ask);
    if let Some(evaluations) = facts.evaluate() {
        terminal.print(&match arguments.format {
            EvalFormat::Table => export::answer::evaluations(&evaluations, terminal.layout()),
            EvalFormat::Json => export::json::evaluations(&evaluations),
        })?;
    }
    Ok(Status::told(&facts, terminal))
}
