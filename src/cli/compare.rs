//! `biz compare`: scenarios side by side, and what each of their replacements does.

use super::args;
use super::check::open;
use super::status::Status;
use super::sweep::form;
use super::terminal::{Terminal, Unprintable};
use super::watch::watcher;
use crate::diagnostic::escape::one_line;
use crate::export::comparison;
use crate::workspace::Ask;

pub(super) fn compare(arguments: &args::Compare, terminal: &Terminal) -> Result<Status, Unprintable> {
    let names = &arguments.scenario;
    if !are_distinct(names, "--scenario", terminal) {
        return Ok(Status::Usage);
    }
    let follow = args::Follow::default();
    let ask = Ask {
        queries: &arguments.targets,
        samples: arguments.draws.samples(),
        apart: Some(names),
        ..follow.ask(watcher(&follow, terminal))
    };
    let changes = args::Changes { scenario: None, set: arguments.set.clone() };
    let mut facts = open(&arguments.file, &changes, ask);
    if let Some(compared) = facts.compare(names) {
        terminal.print(&comparison::comparison(&compared, form(arguments.results.format, terminal)))?;
    }
    Ok(Status::told(&facts, terminal))
}

/// Whether each scenario behind an option is another; tells of one that is named twice.
pub(super) fn are_distinct(names: &[String], option: &str, terminal: &Terminal) -> bool {
    let twice = names.iter().enumerate().find_map(|(at, name)| names.iter().take(at).find(|known| *known == name));
    if let Some(twice) = twice {
        terminal.remark(&format!("error: `{}` is named twice behind `{option}`\n  help: name each scenario once\n", one_line(twice)));
    }
    twice.is_none()
}
