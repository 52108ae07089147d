//! Asks: units, explanations, drawings and tables.

use super::super::outcome::Reply;
use super::super::session::Session;
use super::missing;
use crate::export::decision::Form;
use crate::export::{self, Style};
use crate::report::describe::{Described, Sort};
use crate::workspace::{Ask, Drawing};

/// How many equations deep an explanation goes, as that of `biz explain`.
const DEPTH: usize = 2;

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
    let apart: Vec<String> = session.scenario.iter().cloned().collect();
    let ask = Ask { mentions: &[cell.to_owned()], apart: session.scenario.is_some().then_some(&apart), ..session.ask() };
    let mut facts = session.project.facts(&ask);
    let told = facts.explained(cell, DEPTH);
    let out = told.map_or_else(String::new, |told| export::trace::explanation(&told, Form::Table(style)));
    session.found(out, facts)
}

pub(super) fn plot(session: &mut Session, text: &str, style: Style) -> Reply {
    if text.is_empty() {
        return missing("what is drawn", ":plot NAME");
    }
    let drawing = drawn(text);
    let queries = drawing.queries();
    let mut facts = session.project.facts(&Ask { mentions: &drawing.names, queries: &queries, ..session.ask() });
    let style = export::plot::Style { width: style.width, signs: style.signs, colour: session.colour };
    let out = facts.plot(&drawing).map_or_else(String::new, |plot| export::plot::plot(&plot, style));
    session.found(out, facts)
}

/// Names between commas, or else one expression.
fn drawn(text: &str) -> Drawing {
    let names = text.split(',').map(|name| name.trim().to_owned()).collect();
    let several = Drawing { names, kind: None, by: None };
    if several.queries().is_empty() { several } else { Drawing { names: vec![text.to_owned()], ..several } }
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
