//! Mistakes of requirements, scenarios and tests.

use super::{did_you_mean, list};
use crate::diagnostic::{Code, Diagnostic, Edit, Fix};
use crate::text::Location;

/// The code of a path that is to be replaced and is none.
pub(in crate::check) const UNKNOWN_PATH: Code = Code("BIZ0501");

/// `smb = 3`, where `smb` is an instance.
pub(in crate::check) fn instance_replaced<'n>(path: &str, figures: impl Iterator<Item = &'n str>, at: Location) -> Diagnostic {
    Diagnostic::error(UNKNOWN_PATH, format!("`{path}` is an instance, and no definition to replace"), at, "an instance")
        .help(format!("replace one of its definitions: {}", list(figures.map(|name| format!("{path}.{name}")))))
}

pub(in crate::check) fn unknown_path<'n>(
    path: &str,
    at: Location,
    known: impl Iterator<Item = (&'n str, u32)>,
) -> Diagnostic {
    let mistake = Diagnostic::error(UNKNOWN_PATH, format!("there is no `{path}` to replace"), at, "not defined in the model");
    let near = did_you_mean(mistake, path, at, known);
    if near.help.is_some() {
        near
    } else {
        near.help("a scenario replaces definitions of the model: write the path of one, such as `smb.size`")
    }
}

/// What a requirement of the prelude forbids; the lines that have a part in it, the one to blame last.
pub(in crate::check) fn ruled_out(owner: &str, why: &str, word: &str, lines: &[Location], rule: Location) -> Diagnostic {
    with_lines(Diagnostic::error(Code("BIZ0415"), format!("`{owner}`: {why}"), blamed(lines, rule), word), lines, rule)
}

/// What the prelude does not expect; it may be meant.
pub(in crate::check) fn hardly_meant(owner: &str, why: &str, word: &str, lines: &[Location], rule: Location) -> Diagnostic {
    with_lines(Diagnostic::warning(Code("BIZ0418"), format!("`{owner}`: {why}"), blamed(lines, rule), word), lines, rule)
}

fn blamed(lines: &[Location], rule: Location) -> Location {
    lines.last().copied().unwrap_or(rule)
}

fn with_lines(mistake: Diagnostic, lines: &[Location], rule: Location) -> Diagnostic {
    let others = lines.split_last().map_or(lines, |(_, others)| others);
    let name = if others.len() == 1 { "the other" } else { "another" };
    others.iter().fold(mistake, |mistake, line| mistake.also(*line, name)).also(rule, "this has to hold")
}

/// `5` where `5%` was meant.
pub(in crate::check) fn percent_meant(mistake: Diagnostic, number: f64, at: Location) -> Diagnostic {
    let behind = Location::new(at.file, at.span.after());
    mistake.fix(format!("if percent are meant, write `{number}%`"), behind, "%")
}

/// `-5k USD/month` of what is paid.
pub(in crate::check) fn without_sign(mistake: Diagnostic, sign: Location) -> Diagnostic {
    mistake.fix("write it without the minus", sign, "")
}

pub(in crate::check) fn replaces_calculation(path: &str, at: Location, defined: Location) -> Diagnostic {
    Diagnostic::warning(Code("BIZ0502"), format!("`{path}` is calculated, and this replaces the calculation"), at, "replaced here")
        .also(defined, "calculated here")
        .help("if that is not meant, replace an input it is calculated from")
}

/// A definition of the model's own that leaves out what the prelude's would have counted.
pub(in crate::check) fn leaves_out(path: &str, at: Location, left: &[&str]) -> Diagnostic {
    const MOST_NAMED: usize = 4;
    let named: Vec<String> = left.iter().take(MOST_NAMED).map(|name| format!("`{name}`")).collect();
    let more = left.len().saturating_sub(MOST_NAMED);
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    let those = format!("{}{rest}", named.join(", "));
    Diagnostic::warning(Code("BIZ0507"), format!("`{path}` leaves out {those}"), at, "replaces the prelude's, which counts them")
        .help("what a model declares counts in its statements once: add what is missing, or leave out what is not meant to count")
}

pub(in crate::check) fn extends_itself(name: &str, at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0503"), format!("scenario `{name}` extends itself in a circle"), at, "comes back to itself")
        .help("let one of them extend nothing")
}

pub(in crate::check) fn base_outside(at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0504"), "`base` is the value without the scenario, and this is none", at, "not in a scenario")
        .help("`base` stands on the right side in a `scenario`: `price = base * 50%`")
}

pub(in crate::check) fn scenario_named_base(at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0504"), "no scenario is called `base`: that is the model without its scenarios", at, "taken")
        .help("give it a name of its own")
}

/// `number` is a bare one that stands there.
pub(in crate::check) fn confidence(at: Location, number: Option<f64>) -> Diagnostic {
    let mistake = Diagnostic::error(Code("BIZ0505"), "a confidence is a share from 0 % to 100 %, written out", at, "not a share");
    match number.filter(|number| (2.0..=100.0).contains(number)) {
        Some(number) => mistake.fix(format!("write `{number}%`"), at, format!("{number}%")),
        None => mistake.help("write `with 90% confidence`"),
    }
}

/// How a claim says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::check) enum Empty {
    /// It holds whatever the model says.
    Always,
    /// It never does.
    Never,
}

impl Empty {
    const fn words(self) -> &'static str {
        match self {
            Self::Always => "holds whatever the model says",
            Self::Never => "never holds, whatever the model says",
        }
    }
}

/// `require revenue >= revenue`
pub(in crate::check) fn same_on_both_sides(empty: Empty, at: Location) -> Diagnostic {
    Diagnostic::warning(Code("BIZ0509"), format!("both sides are the same: this {}", empty.words()), at, "held against itself")
        .help("hold the figure against a number, an input, or another figure")
}

/// `require 60% >= 50%`
pub(in crate::check) fn without_names(empty: Empty, at: Location) -> Diagnostic {
    Diagnostic::warning(Code("BIZ0509"), format!("this names nothing of the model, and {}", empty.words()), at, "numbers alone")
        .help("name the figure that is meant, such as `gross_margin >= 50%`")
}

/// `require 60% <= gross_margin <= 30%`; each bound as it can be written, and where it stands.
pub(in crate::check) fn crossed((low, low_at): (String, Location), (high, high_at): (String, Location)) -> Diagnostic {
    let message = format!("nothing is at least {low} and at most {high}: this never holds");
    let edits = vec![Edit { at: low_at, text: high }, Edit { at: high_at, text: low }];
    let mut mistake = Diagnostic::warning(Code("BIZ0509"), message, high_at, "at most this").also(low_at, "at least this");
    mistake.fixes.push(Fix { title: "turn the two bounds round".into(), edits });
    mistake
}

/// `given price = 20 USD, expect price == 20 USD`
pub(in crate::check) fn expects_what_is_given(path: &str, at: Location) -> Diagnostic {
    Diagnostic::warning(Code("BIZ0510"), format!("this can't fail: `{path}` is what the test itself gives"), at, "given above")
        .help("expect a figure that is computed from it")
}

/// `expect revenue == 3k USD within 5k USD`
pub(in crate::check) fn too_wide(at: Location) -> Diagnostic {
    Diagnostic::warning(Code("BIZ0510"), "this can hardly fail: it allows for as much as it expects, so that nothing at all would do", at, "as much as is expected")
        .help("allow for rounding alone, such as `within 1%`, or expect a range: `a <= x <= b`")
}

/// `test "…" { given price = 20 USD }`
pub(in crate::check) fn expects_nothing(at: Location) -> Diagnostic {
    Diagnostic::warning(Code("BIZ0510"), "this test expects nothing, so it can't fail", at, "no `expect`")
        .help("write what should come of it: `expect total(revenue) == 1.2M USD within 1%`")
}
