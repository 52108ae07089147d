//! Changes: what-ifs, scenarios, and what is taken back.

use super::super::outcome::{Outcome, Reply};
use super::super::session::Session;
use crate::diagnostic::escape::one_line;
use crate::diagnostic::suggest;
use crate::export::Style;
use crate::export::listing::listing;
use crate::workspace::replaced_by;

pub(super) fn what(session: &mut Session, text: &str, _: Style) -> Reply {
    let whats = session.project.whats();
    if text.is_empty() {
        let lines: String = whats.iter().map(|what| format!("{}\n", one_line(what))).collect();
        return if lines.is_empty() { Reply { remark: "nothing is tried; `:what PATH = EXPR` does\n".to_owned(), ..Reply::default() } } else { Reply::of(lines) };
    }
    // The last of those that replace the same is the one that counts.
    let path = replaced_by(text);
    let mut kept: Vec<String> = whats.iter().filter(|other| path.is_none() || replaced_by(other) != path).cloned().collect();
    kept.push(text.to_owned());
    session.change(session.project.over(session.project.entries().to_vec(), kept))
}

pub(super) fn drop(session: &mut Session, path: &str, _: Style) -> Reply {
    let whats = session.project.whats();
    let kept: Vec<String> = if path.is_empty() { Vec::new() } else { whats.iter().filter(|what| replaced_by(what).as_deref() != Some(path)).cloned().collect() };
    if kept.len() == whats.len() {
        let known: Vec<String> = whats.iter().filter_map(|what| replaced_by(what)).collect();
        let help = match known.as_slice() {
            [] => "`:what PATH = EXPR` tries something".to_owned(),
            known => format!("tried are: `{}`", known.join("`, `")),
        };
        let why = if path.is_empty() { "nothing is tried".to_owned() } else { format!("nothing is tried for `{}`", one_line(path)) };
        return Reply::refused(&why, &help);
    }
    session.change(session.project.over(session.project.entries().to_vec(), kept))
}

pub(super) fn undo(session: &mut Session, count: &str, _: Style) -> Reply {
    let entries = session.project.entries();
    let count = match count {
        "" => Some(1),
        text => text.parse::<usize>().ok().filter(|count| *count > 0),
    };
    let Some(count) = count else { return Reply::refused("how many entries is a whole number from 1 on", "write `:undo` or `:undo 3`") };
    if entries.is_empty() {
        return Reply::refused("there is no entry to take back", "");
    }
    let (kept, taken) = entries.split_at(entries.len().saturating_sub(count));
    let remark: String = taken.iter().rev().map(|entry| format!("taken back: {}\n", first_line(entry))).collect();
    let reply = session.change(session.project.over(kept.to_vec(), session.project.whats().to_vec()));
    if reply.outcome == Outcome::Done { Reply { remark, ..reply } } else { reply }
}

/// The first line of an entry, with a sign where there are more.
pub(super) fn first_line(entry: &str) -> String {
    let mut lines = entry.trim().lines();
    let first = one_line(lines.next().unwrap_or_default());
    if lines.next().is_some() { format!("{first} …") } else { first }
}

pub(super) fn scenario(session: &mut Session, name: &str, style: Style) -> Reply {
    let facts = session.project.facts(&crate::workspace::Ask::default());
    let Some(model) = facts.model() else { return session.found(String::new(), facts) };
    let known: Vec<(String, String)> =
        model.named_scenarios().map(|(_, one)| (one.name.clone().unwrap_or_default(), one.title.clone().unwrap_or_default())).collect();
    if name.is_empty() {
        let mark = |own: Option<&str>| if session.scenario.as_deref() == own { "*" } else { " " }.to_owned();
        let base = vec![mark(None), "base".to_owned(), "the model itself".to_owned()];
        let others = known.iter().map(|(name, title)| vec![mark(Some(name)), name.clone(), one_line(title)]);
        let rows: Vec<Vec<String>> = [base].into_iter().chain(others).collect();
        return Reply::of(listing(&rows, &[], style));
    }
    if name == "base" {
        session.scenario = None;
        return Reply::default();
    }
    if known.iter().any(|(known, _)| known == name) {
        session.scenario = Some(name.to_owned());
        return Reply::default();
    }
    let near = suggest::nearest(name, known.iter().map(|(name, _)| (name.as_str(), 0)));
    let help = match (near.first(), known.is_empty()) {
        (Some(near), _) => format!("did you mean `{near}`?"),
        (None, true) => "the model declares no scenarios".to_owned(),
        (None, false) => "`:scenario` lists them".to_owned(),
    };
    Reply::refused(&format!("there is no scenario `{}`", one_line(name)), &help)
}
