//! Mistakes of tables.

use super::side::Side;
use super::{did_you_mean, unit_text};
use crate::diagnostic::{Code, Diagnostic, Edit, Fix};
use crate::text::Location;

/// `before` is the first row whose key is larger; none where the key stands twice.
pub(in crate::check) fn keys_out_of_order(at: Location, before: Option<Location>) -> Diagnostic {
    let mistake = Diagnostic::error(Code("BIZ0405"), "the keys of a table rise from row to row", at, "not above the row before")
        .help("sort the rows by their keys; each key stands once");
    match before {
        Some(before) => mistake.also(before, "belongs before this"),
        None => mistake,
    }
}

pub(in crate::check) fn beyond_not_last(at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0405"), "`beyond` is the last row of a table", at, "rows follow").help("move it to the end")
}

/// No edit is offered: whoever takes `beyond: 0` unread gives everything above away.
pub(in crate::check) fn no_last_band(at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0406"), "the last band is missing: what holds above the highest bound?", at, "ends at its last bound")
        .help("add a row `beyond: …` with the price that holds above; by `beyond: 0` all of that is free")
}

pub(in crate::check) fn empty_table(form: &str, at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0406"), "a table needs rows", at, "empty").help(format!("write `{form} {{ KEY: VALUE }}`"))
}

pub(in crate::check) fn one_package(at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0406"), "a package has one row: its size and its price", at, "not one row with a size above 0")
        .help("write `package { 10 call: 100 USD }`; each started package is paid whole")
}

pub(in crate::check) fn unknown_form(form: &str, at: Location, known: &[&str]) -> Diagnostic {
    let mistake = Diagnostic::error(Code("BIZ0408"), format!("there is no table `{form}`"), at, "not a form of table");
    if let Some(ours) = match form {
        "tiered" | "tiers" | "tier" | "progressive" | "marginal" => Some("graduated"),
        _ => None,
    } {
        return mistake.help(format!("where each band has a price of its own, the table is `{ours}`; `volume` is one price for all")).fix(format!("write `{ours}`"), at, ours);
    }
    let near = did_you_mean(mistake, form, at, known.iter().map(|name| (*name, 0)));
    if near.help.is_some() { near } else { near.help(format!("the forms are {}", super::list(known.iter()))) }
}

/// `meant` are the dates that keys in another form seem to mean, with their places.
pub(in crate::check) fn date_key_wanted(at: Location, meant: &[(String, Location)]) -> Diagnostic {
    let mut mistake = Diagnostic::error(Code("BIZ0412"), "the keys of `step`, `linear` and `schedule` are dates", at, "no date")
        .help("write `step { 2026-01: 49 USD, 2027-01: 59 USD }`; for quantities take `graduated` or `volume`");
    if let Some((first, _)) = meant.first() {
        let more = if meant.len() > 1 { ", …" } else { "" };
        let edits = meant.iter().map(|(date, at)| Edit { at: *at, text: date.clone() }).collect();
        mistake.fixes.push(Fix { title: format!("write `{first}`{more}"), edits });
    }
    mistake
}

/// `word` is the key, if that is a name: what other people call the last band.
pub(in crate::check) fn literal_key_wanted(at: Location, word: Option<&str>) -> Diagnostic {
    let mistake = Diagnostic::error(Code("BIZ0412"), "the keys of a table are written out as numbers", at, "not a written number");
    match word.filter(|word| matches!(*word, "above" | "over" | "more" | "rest" | "after" | "higher" | "max" | "unlimited" | "infinity" | "inf" | "以上")) {
        Some(_) => mistake.help("what lies above the highest bound is `beyond`").fix("write `beyond`", at, "beyond"),
        None => mistake.help("write the number with its unit: `50k token`"),
    }
}

pub(in crate::check) fn no_flat_here(at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0412"), "only bands of `graduated` and `volume` have a flat fee", at, "`plus` has no place here")
        .help("the price of a `package` or a `stairstep` is flat already")
}

pub(in crate::check) fn curve_wanted(at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0413"), "a curve of shares over an age is wanted here", at, "no such curve")
        .help("write `curve { 0 month: 100%, 12 month: 60% }`, or by a formula `curve { age: 95% ^ (age / 1 month) }`")
}

/// `cohorts(joining, price_by_age)`
pub(in crate::check) fn shares_wanted(unit: &str, at: Location) -> Diagnostic {
    let message = format!("`cohorts` asks how much is left at an age, a share, but this curve gives `{unit}`");
    Diagnostic::error(Code("BIZ0413"), message, at, format!("gives `{unit}`"))
        .help("divide by what it is at the beginning: `curve { age: price(age) / price(0 month) }`")
}

/// `curve { age: price }` where `price` is another in every step.
pub(in crate::check) fn formula_over_time(age: &str, at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0417"), format!("a formula of `{age}` can't read what changes over time"), at, "changes over time")
        .help(format!("what depends on `{age}` is the same whenever somebody joins; to read it as it is at one time, write `x[2026-01]` or `final(x)`"))
}

/// `curve { month: 95% }`
pub(in crate::check) fn age_like_a_unit(name: &str, at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0103"), format!("`{name}` is also a unit"), at, "a name like a unit")
        .help("name the age otherwise, such as `age`; or, for a curve by rows, write the ages as numbers: `0 month: 100%, 12 month: 60%`")
}

pub(in crate::check) fn falling_volume(bound: &str, at: &str, behind: &str, level: &str, row: Location) -> Diagnostic {
    let title = format!("a larger volume costs less: {bound} cost {at}, a little more costs {behind}");
    Diagnostic::warning(Code("BIZ0414"), title, row, "this price holds for all of the volume")
        .help(format!("in a `graduated` price only what lies above the bound is cheaper; a flat fee, `plus {level}`, behind this price closes the gap"))
}

/// `keys` give those without a unit that of the others.
pub(in crate::check) fn keys_disagree((first, first_at): (&str, Location), (other, at): (&str, Location), keys: Vec<Edit>) -> Diagnostic {
    let message = format!("the keys of a table need one unit: {} and {}", unit_text(first), unit_text(other));
    let mut mistake = Diagnostic::error(Code("BIZ0213"), message, at, format!("this is {}", unit_text(other)))
        .also(first_at, format!("this is {}", unit_text(first)))
        .help("write all bounds in the same unit");
    // What lacks the unit is to be mended, and not what has it.
    if first.is_empty() {
        mistake.labels.swap(0, 1);
    }
    if (first.is_empty() || other.is_empty()) && !keys.is_empty() {
        mistake.fixes.push(Fix { title: format!("write the keys in `{first}{other}`"), edits: keys });
    }
    mistake
}

pub(in crate::check) fn flat_fee(side: &Side, wanted: &str) -> Diagnostic {
    let message = format!("a flat fee here is {}, but this is {}", unit_text(wanted), side.text());
    Diagnostic::error(Code("BIZ0213"), message, side.at, side.label())
        .help("rate × quantity and flat fee are added, so they need one unit")
}

/// `keys` give each bare key of the table the unit that it is read at.
pub(in crate::check) fn read_at(side: &Side, wanted: &str, at: Location, table: Option<Location>, keys: Vec<Edit>) -> Diagnostic {
    let message = format!("the table counts in {}, but is read at {}", unit_text(wanted), side.text());
    let mut mistake = Diagnostic::error(Code("BIZ0213"), message, side.at, side.label());
    if let Some(table) = table {
        mistake = mistake.also(table, format!("counts in {}", unit_text(wanted)));
        // Keys that lack a unit are more likely the slip than a quantity that has it.
        if wanted.is_empty() {
            mistake.labels.swap(0, 1);
        }
    }
    let mut mistake = if at == side.at { mistake } else { mistake.also(at, "read here") };
    if !keys.is_empty() {
        mistake.fixes.push(Fix { title: format!("write the keys in `{}`", side.unit), edits: keys });
    }
    if side.unit.contains('/') {
        return mistake.help("multiply by what is missing: `* period` turns a flow into one step's worth, `* one(x)` takes one of x");
    }
    if wanted.is_empty() {
        return mistake.help(format!("write the keys of the table in {}", side.text()));
    }
    mistake.help(format!("write the keys of the table in {}, or read it at {}", side.text(), unit_text(wanted)))
}
