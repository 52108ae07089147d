//! `biz check`: everything that can be said without computing.

use super::anew::anew;
use super::args;
use super::status::Status;
use super::terminal::{Terminal, Unprintable};
use crate::workspace::{Ask, Disk, Facts};

pub(super) fn check(arguments: &args::Check, terminal: &Terminal) -> Result<Status, Unprintable> {
    if arguments.watch {
        let files = std::slice::from_ref(&arguments.model.file);
        return anew(files, terminal, |terminal| once(arguments, terminal));
    }
    once(arguments, terminal)
}

fn once(arguments: &args::Check, terminal: &Terminal) -> Result<Status, Unprintable> {
    let lints = arguments.lints();
    let facts = open(&arguments.model.file, &arguments.model.changes, Ask { lints: &lints, ..Ask::default() });
    Ok(Status::told(&facts, terminal))
}

/// The facts about a model under some changes; `ask` is what else the command wants of it.
pub(super) fn open(file: &str, changes: &args::Changes, ask: Ask<'_>) -> Facts {
    let ask = Ask { scenario: changes.scenario.as_deref(), sets: &changes.set, ..ask };
    Facts::open(&Disk::of(file), &ask)
}
