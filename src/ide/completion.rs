//! Completion: what may stand at a place of a text, filtered by what fits there.

use super::context::{Wanted, context};
use super::names::{Many, Names, Value};
use crate::syntax::{SETTINGS, keywords};
use foldhash::HashSet;

/// What may stand at a place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completion {
    /// Where the word begins that is replaced; it ends at the place that was asked.
    pub start: usize,
    /// What may stand there, the best first.
    pub candidates: Vec<Candidate>,
}

/// One of the words that may stand at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// What is written.
    pub text: String,
    /// What it is.
    pub sort: Sort,
    /// What a reader wants to know of it: a unit, a signature, what a slot takes.
    pub detail: String,
    /// What its comment says.
    pub about: Option<String>,
}

/// What a candidate is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A definition.
    Value,
    /// An instance.
    Instance,
    /// A slot of a kind.
    Slot,
    /// A kind.
    Kind,
    /// A function.
    Function,
    /// A unit.
    Unit,
    /// A scenario.
    Scenario,
    /// A word of the language.
    Keyword,
}

/// Words that begin a line outside of all blocks.
const BEGIN: [&str; 16] = [
    "model", "unit", "currency", "rate", "import", "kind", "fn", "require", "expect", "scenario", "test", "correlate", "statement", "goal",
    "if", "not",
];
/// Words that begin a value.
const VALUE: [&str; 5] = ["if", "not", "true", "false", "base"];
/// Words behind a value.
const BEHIND: [&str; 9] = ["and", "or", "otherwise", "then", "else", "to", "growing", "in", "from"];
/// What may stand at a place of a text, which is where it ends for whoever types.
#[must_use]
pub fn complete(names: &Names, text: &str, at: usize) -> Completion {
    let before = text.get(..at).unwrap_or(text);
    let (start, wanted) = context(before);
    let typed = before.get(start..).unwrap_or_default();
    // What a name means at a place, it means by the first that has it.
    let mut seen = HashSet::default();
    let fits = fitting(names, &wanted).into_iter().filter(|candidate| begins(&candidate.text, typed));
    Completion { start, candidates: fits.filter(|candidate| seen.insert(candidate.text.clone())).collect() }
}

/// Whether a word begins with what was typed, in capitals or not.
fn begins(word: &str, typed: &str) -> bool {
    let mut letters = word.chars().flat_map(char::to_lowercase);
    typed.chars().flat_map(char::to_lowercase).all(|letter| letters.next() == Some(letter))
}

fn fitting(names: &Names, wanted: &Wanted) -> Vec<Candidate> {
    match wanted {
        Wanted::Nothing => Vec::new(),
        Wanted::Line(blocks) => line(names, blocks),
        Wanted::Value { blocks, slot, like } => value(names, blocks, slot.as_deref(), like.as_deref()),
        // `market smb`: a name that is new.
        Wanted::Behind(before) if names.kind(before).is_some() => Vec::new(),
        Wanted::Behind(_) => BEHIND.iter().map(|word| keyword(word)).collect(),
        Wanted::Unit => names.units.iter().map(|unit| plain(&unit.name, Sort::Unit, &unit.about)).collect(),
        Wanted::Kind => kinds(names),
        Wanted::Scenario => names.scenarios.iter().map(|name| plain(name, Sort::Scenario, "scenario")).collect(),
        Wanted::Member(path) => members(names, path),
    }
}

/// What begins a line of a block.
fn line(names: &Names, blocks: &[String]) -> Vec<Candidate> {
    let Some(block) = blocks.last() else {
        let words = BEGIN.iter().map(|word| keyword(word));
        return top(names).into_iter().chain(kinds(names)).chain(functions(names)).chain(words).collect();
    };
    match block.as_str() {
        "model" => SETTINGS.iter().map(|word| keyword(word)).collect(),
        "scenario" => names.values.iter().map(of_value).collect(),
        "test" => ["given", "expect"].iter().map(|word| keyword(word)).chain(top(names)).collect(),
        "goal" => ["vary", "until", "maximize", "minimize"].iter().map(|word| keyword(word)).collect(),
        "statement" => top(names),
        kind => slots(names, kind).into_iter().chain(["require", "expect"].iter().map(|word| keyword(word))).collect(),
    }
}

/// What a block of a kind holds: slots first, then nested instances, then equations that can be replaced.
fn slots(names: &Names, kind: &str) -> Vec<Candidate> {
    let members = names.members(kind);
    let mut candidates: Vec<Candidate> = Vec::new();
    for member in members.iter().filter(|member| member.slot) {
        match &member.holds {
            Some((held, Many::Nested)) if names.kind(held).is_some() => {
                candidates.extend(kinds(names).into_iter().filter(|one| names.is_kind(&one.text, held)));
            }
            Some(_) | None => candidates.push(Candidate { about: member.about.clone(), ..plain(&member.name, Sort::Slot, &member.takes) }),
        }
    }
    let equations = members.iter().filter(|member| !member.slot);
    candidates.extend(equations.map(|one| Candidate { about: one.about.clone(), ..plain(&one.name, Sort::Value, "equation") }));
    candidates
}

/// What a value is made of.
fn value(names: &Names, blocks: &[String], slot: Option<&str>, like: Option<&str>) -> Vec<Candidate> {
    let members = blocks.last().map(|kind| names.members(kind)).unwrap_or_default();
    let filled = slot.and_then(|slot| members.iter().find(|member| member.name == slot));
    // A slot that takes an instance takes those of its kind alone.
    if let Some((kind, Many::One)) = filled.and_then(|member| member.holds.as_ref())
        && names.kind(kind).is_some()
    {
        let fit = names.instances.iter().filter(|one| names.is_kind(&one.kind, kind));
        return fit.map(|one| of_instance(names, one.path.as_str())).collect();
    }
    let mut candidates: Vec<Candidate> = members.iter().map(|one| Candidate { about: one.about.clone(), ..plain(&one.name, Sort::Slot, &one.takes) }).collect();
    candidates.extend(top(names));
    candidates.extend(functions(names));
    candidates.extend(kinds(names));
    candidates.extend(VALUE.iter().map(|word| keyword(word)));
    let unit = like.and_then(|path| names.values.iter().find(|one| one.path == path)).map(|one| one.unit.as_str());
    match unit {
        Some(unit) => alike(candidates, names, unit),
        None => candidates,
    }
}

/// Of the values those of one unit; instances and kinds lead to others, and functions too.
fn alike(candidates: Vec<Candidate>, names: &Names, unit: &str) -> Vec<Candidate> {
    let fits = |candidate: &Candidate| match candidate.sort {
        Sort::Value | Sort::Slot => candidate.detail == unit,
        Sort::Instance => {
            let inner = format!("{}.", candidate.text);
            names.values.iter().any(|one| one.path.starts_with(&inner) && one.unit == unit)
        }
        Sort::Kind | Sort::Function | Sort::Unit | Sort::Scenario | Sort::Keyword => true,
    };
    candidates.into_iter().filter(fits).collect()
}

/// What stands behind the dot of a path: of an instance its definitions, of a kind its columns.
fn members(names: &Names, path: &str) -> Vec<Candidate> {
    let inner = format!("{path}.");
    let mut candidates: Vec<Candidate> = Vec::new();
    for value in names.values.iter().filter(|value| value.computed) {
        let Some(rest) = value.path.strip_prefix(&inner).filter(|rest| !rest.contains('.')) else { continue };
        candidates.push(Candidate { text: rest.to_owned(), ..of_value(value) });
    }
    for instance in &names.instances {
        let Some(rest) = instance.path.strip_prefix(&inner).filter(|rest| !rest.contains('.')) else { continue };
        candidates.push(Candidate { text: rest.to_owned(), ..of_instance(names, &instance.path) });
    }
    if candidates.is_empty() {
        let columns = names.members(path).into_iter();
        candidates.extend(columns.map(|one| Candidate { about: one.about.clone(), ..plain(&one.name, Sort::Value, &one.takes) }));
    }
    candidates
}

/// Names outside of all instances: the author's own first, then instances, then those of the prelude.
fn top(names: &Names) -> Vec<Candidate> {
    let outside = || names.values.iter().filter(|value| value.computed && !value.path.contains('.'));
    let instances = names.instances.iter().filter(|one| !one.path.contains('.')).map(|one| of_instance(names, &one.path));
    let (own, others) = (outside().filter(|value| value.own), outside().filter(|value| !value.own));
    own.map(of_value).chain(instances).chain(others.map(of_value)).collect()
}

fn kinds(names: &Names) -> Vec<Candidate> {
    names.kinds.iter().map(|kind| Candidate { about: kind.about.clone(), ..plain(&kind.name, Sort::Kind, "kind") }).collect()
}

fn functions(names: &Names) -> Vec<Candidate> {
    let declared = names.functions.iter().map(|one| Candidate { about: one.about.clone(), ..plain(&one.name, Sort::Function, &one.signature) });
    declared.collect()
}

fn of_value(value: &Value) -> Candidate {
    Candidate { about: value.about.clone(), ..plain(&value.path, Sort::Value, &value.unit) }
}

fn of_instance(names: &Names, path: &str) -> Candidate {
    let found = names.instances.iter().find(|one| one.path == path);
    Candidate { about: found.and_then(|one| one.title.clone()), ..plain(path, Sort::Instance, found.map_or("", |one| one.kind.as_str())) }
}

fn keyword(word: &str) -> Candidate {
    debug_assert!(keywords().contains(&word) || SETTINGS.contains(&word) || word == "base", "`{word}` is no word of the language");
    plain(word, Sort::Keyword, "word of the language")
}

fn plain(text: &str, sort: Sort, detail: &str) -> Candidate {
    Candidate { text: text.to_owned(), sort, detail: detail.to_owned(), about: None }
}
