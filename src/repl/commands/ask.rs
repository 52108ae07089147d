//! Asks: units, explanations, drawings and tables.

use super::super::outcome::Reply;
use super::super::session::Session;
use super::missing;
use crate::export::{self, Style};
use crate::report::describe::{Described, Sort};
use crate::workspace::Ask;

pub(super) fn unit(session: &mut Session, text: &str, _: Style) -> Reply {
    if text.is_empty() {
        return missing("the expression", ":unit 3 USD / 2 month");
    }
    let facts = session.facts(&[text.to_owned()]);
    let out = facts.described().iter().map(told).collect();
    session.found(out, facts)
}

/// `USD/month, a flow, for each period from 2026-01 to 2030-12`
fn told(described: &Described) -> String {
    let Described { unit, sort, periods } = described;
    let sort = match sort {
        Sort::Flow => format!("{unit}, a flow"),
        Sort::Number if unit.is_empty() => "a bare number".to_owned(),
        Sort::Number => unit.clone(),
        Sort::Condition => "yes or no".to_owned(),
        Sort::Date => "a date".to_owned(),
        Sort::Choice => "one of several options".to_owned(),
    };
    match periods {
        Some((first, last)) => format!("{sort}, for each period from {first} to {last}\n"),
        None => format!("{sort}\n"),
    }
}

pub(super) fn why(session: &mut Session, cell: &str, style: Style) -> Reply {
    if cell.is_empty() {
        return missing("the figure", ":why NAME[2027-03]");
    }
    let mut facts = session.project.facts(&Ask { mentions: &[cell.to_owned()], ..session.ask() });
    let out = facts.trace(cell).map_or_else(String::new, |trace| export::trace::trace(&trace, style));
    session.found(out, facts)
}

pub(super) fn plot(session: &mut Session, text: &str, style: Style) -> Reply {
    if text.is_empty() {
        return missing("what is drawn", ":plot NAME");
    }
    let (evaluations, facts) = session.evaluate(&[text.to_owned()]);
    // The one place where plots are drawn.
    let out = evaluations.iter().map(|one| export::glimpse::plot(one, style)).collect();
    session.found(out, facts)
}

pub(super) fn table(session: &mut Session, text: &str, style: Style) -> Reply {
    let names: Vec<String> = text.split(',').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect();
    let mut facts = session.project.facts(&Ask { mentions: &names, ..session.ask() });
    let Some(model) = facts.model() else { return session.found(String::new(), facts) };
    let is_known = |name: &String| model.cells.iter().any(|cell| cell.path.strip_prefix(name.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')));
    if !names.iter().all(is_known) {
        let (evaluations, facts) = session.evaluate(&[text.to_owned()]);
        return session.found(export::answer::evaluations(&evaluations, style), facts);
    }
    let out = facts.run(None, &names).map_or_else(String::new, |report| export::table::table(&report, style));
    session.found(out, facts)
}
