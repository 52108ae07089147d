//! `biz value`: a choice between scenarios, and what it is worth to know more before it.

use super::args;
use super::check::open;
use super::compare::are_distinct;
use super::status::Status;
use super::sweep::form;
use super::terminal::{Terminal, Unprintable};
use crate::export::decision;
use crate::workspace::{Ask, Wanted};

pub(super) fn value(arguments: &args::Value, terminal: &Terminal) -> Result<Status, Unprintable> {
    if arguments.between.len() < 2 {
        terminal.remark("error: a choice is between two scenarios or more\n  help: write `--between base,NAME`\n");
        return Ok(Status::Usage);
    }
    if !are_distinct(&arguments.between, "--between", terminal) {
        return Ok(Status::Usage);
    }
    if arguments.samples < 2 {
        terminal.remark("error: a choice is compared over two samples or more\n  help: leave `--samples` out for 16,384 of them\n");
        return Ok(Status::Usage);
    }
    let samples = arguments.streams.samples(arguments.samples);
    let target = std::slice::from_ref(&arguments.target);
    let ask = Ask { queries: target, samples: Some(samples), ..Ask::default() };
    let changes = args::Changes { scenario: None, set: arguments.set.clone() };
    let mut facts = open(&arguments.file, &changes, ask);
    let wanted = if arguments.lowest { Wanted::Lowest } else { Wanted::Highest };
    if let Some(worth) = facts.worth(&arguments.between, wanted) {
        terminal.print(&decision::worth(&worth, form(arguments.results.format, terminal)))?;
    }
    Ok(Status::told(&facts, terminal))
}
