//! `biz merge`: the parts of a simulation, joined to what one run tells.

use super::args;
use super::part::keep;
use super::simulate::show;
use super::status::Status;
use super::terminal::{Terminal, Unprintable};
use super::watch::watcher;
use crate::diagnostic::Diagnostic;
use crate::workspace::{self, Part};

pub(super) fn merge(arguments: &args::Merge, terminal: &Terminal) -> Result<Status, Unprintable> {
    let refused = |mistake: &Diagnostic| {
        terminal.tell(arguments.parts.first().map_or("", String::as_str), std::slice::from_ref(mistake), &[]);
        Ok(Status::Usage)
    };
    let whole = match joined(&arguments.parts) {
        Ok(Some(whole)) => whole,
        Ok(None) => return Ok(Status::Usage),
        Err(mistake) => return refused(&mistake),
    };
    if let Some(out) = &arguments.out {
        return Ok(keep(&whole, out, terminal));
    }
    let ask = arguments.follow.ask(watcher(&arguments.follow, terminal));
    match whole.told(&ask) {
        Ok((facts, told)) => show(&facts, told.as_ref(), arguments.results.format, &arguments.follow, terminal),
        Err(mistake) => refused(&mistake),
    }
}

/// One part at a time, so that no more than two lie in memory.
fn joined(names: &[String]) -> Result<Option<Part>, Box<Diagnostic>> {
    let mut whole: Option<(String, Part)> = None;
    for name in names {
        let bytes = workspace::read_part(name).map_err(|why| Box::new(workspace::part_unreadable(name, why)))?;
        let part = (name.clone(), Part::read(name, &bytes)?);
        let first = whole.as_ref().map_or_else(|| name.clone(), |(first, _)| first.clone());
        whole = Part::merge(whole.into_iter().chain([part]).collect())?.map(|part| (first, part));
    }
    Ok(whole.map(|(_, part)| part))
}
