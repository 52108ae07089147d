//! `biz diff`: what differs between two models, and what each change does.

use super::args;
use super::status::Status;
use super::terminal::{Terminal, Unprintable};
use super::trace::form;
use crate::export::difference;
use crate::workspace::{Disk, Files, Git, Pair, STDIN};

pub(super) fn diff(arguments: &args::Diff, terminal: &Terminal) -> Result<Status, Unprintable> {
    if arguments.before == STDIN && arguments.after == STDIN {
        terminal.remark("error: standard input can be one of the two models, not both\n  help: name a file for the other\n");
        return Ok(Status::Usage);
    }
    let (Some(before), Some(after)) = (files(&arguments.before, terminal), files(&arguments.after, terminal)) else {
        return Ok(Status::Usage);
    };
    let (before, after) = ((arguments.before.as_str(), before.as_ref()), (arguments.after.as_str(), after.as_ref()));
    let mut pair = Pair::open(before, after, &arguments.targets, arguments.draws.samples());
    if let Some(found) = pair.difference() {
        terminal.print(&difference::difference(&found, form(arguments.written.format, terminal)))?;
    }
    Ok(Status::told(&pair.before, terminal).max(Status::told(&pair.after, terminal)))
}

/// Where a model lies: on the disk, or at a revision.
fn files(name: &str, terminal: &Terminal) -> Option<Box<dyn Files>> {
    match Git::named(name) {
        Some(Ok(git)) => Some(Box::new(git)),
        Some(Err(mistake)) => {
            terminal.tell(name, &[*mistake], &[]);
            None
        }
        None => Some(Box::new(Disk::of(name))),
    }
}
