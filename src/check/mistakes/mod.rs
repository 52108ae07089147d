//! The mistakes of checking: one function each, with code, message, places, help and fix.

pub(super) mod choices;
pub(super) mod claims;
pub(super) mod correlations;
pub(super) mod currencies;
pub(super) mod draws;
mod elsewhere;
pub(super) mod goals;
pub(super) mod kinds;
pub(super) mod lints;
mod mends;
pub(super) mod names;
pub(super) mod payments;
pub(super) mod powers;
pub(super) mod shares;
pub(super) mod side;
pub(super) mod tables;
pub(super) mod time;
pub(super) mod units;

use crate::diagnostic::{Diagnostic, suggest};
use crate::text::Location;

/// `did you mean` with a fix for each candidate; nothing where none is near.
fn did_you_mean<'n>(
    mistake: Diagnostic,
    wrong: &str,
    at: Location,
    known: impl Iterator<Item = (&'n str, u32)>,
) -> Diagnostic {
    let near = suggest::nearest(wrong, known);
    if near.is_empty() {
        return mistake;
    }
    let names = near.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" or ");
    let mut mistake = if mistake.help.is_some() { mistake } else { mistake.help(format!("did you mean {names}?")) };
    for name in near {
        mistake = mistake.fix(format!("write `{name}`"), at, name);
    }
    mistake
}

/// A unit for a message; a bare number is called so.
fn unit_text(unit: &str) -> String {
    if unit.is_empty() { "a bare number".into() } else { format!("`{unit}`") }
}

/// `a, b and c`
fn list(names: impl Iterator<Item = impl AsRef<str>>) -> String {
    let names: Vec<String> = names.map(|name| format!("`{}`", name.as_ref())).collect();
    match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, before)) => format!("{} and {last}", before.join(", ")),
        None => "none".into(),
    }
}
