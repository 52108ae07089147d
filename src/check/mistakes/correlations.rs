//! Mistakes of correlations: names that are not drawn, and numbers that can't be.

use super::{did_you_mean, list};
use crate::diagnostic::{Code, Diagnostic};
use crate::text::Location;

const CODE: Code = Code("BIZ0506");

/// A line of `correlate`, for a message.
pub(in crate::check) struct Line {
    pub names: Vec<String>,
    pub rank: f64,
    pub by: Location,
    pub at: Location,
}

pub(in crate::check) fn unknown<'n>(name: &str, at: Location, drawn: impl Iterator<Item = &'n str> + Clone) -> Diagnostic {
    let mistake = Diagnostic::error(Code("BIZ0101"), format!("there is no `{name}`"), at, "not defined anywhere");
    let near = did_you_mean(mistake, name, at, drawn.clone().map(|name| (name, 0)));
    if near.help.is_some() { near } else { near.help(format!("defined with `~`: {}", few(drawn))) }
}

pub(in crate::check) fn column<'n>(name: &str, at: Location, cells: impl Iterator<Item = &'n str>) -> Diagnostic {
    Diagnostic::error(CODE, format!("`{name}` is a column, and `correlate` ties single names"), at, "one value an instance")
        .help(format!("name those that are meant: {}", few(cells)))
}

pub(in crate::check) fn instance<'n>(name: &str, kind: &str, at: Location, drawn: impl Iterator<Item = &'n str>) -> Diagnostic {
    Diagnostic::error(CODE, format!("`{name}` is a {kind}, and `correlate` ties uncertain figures"), at, "an instance")
        .help(format!("name one of its figures that is defined with `~`: {}", few(drawn)))
}

pub(in crate::check) fn kind(name: &str, at: Location) -> Diagnostic {
    Diagnostic::error(CODE, format!("`{name}` is a kind, and `correlate` ties uncertain figures"), at, "a kind")
        .help("name figures that are defined with `~`: `churn ~ 2%/month to 4%/month`")
}

/// A name that is calculated from draws.
pub(in crate::check) fn calculated(name: &str, at: Location, defined: Location, draws: &[&str]) -> Diagnostic {
    let mistake = Diagnostic::error(CODE, format!("`{name}` is calculated, and `correlate` ties what is drawn"), at, "not drawn")
        .also(defined, "calculated here");
    match draws {
        [only] => mistake
            .help(format!("it comes from `{only}`, which is drawn"))
            .fix(format!("write `{only}`"), at, *only),
        _ => mistake.help(format!("drawn are, of what it comes from: {}", few(draws.iter().copied()))),
    }
}

/// `is` says what it is instead; `unit` is that of a number.
pub(in crate::check) fn not_drawn(name: &str, is: &str, at: Location, defined: Location, unit: Option<&str>) -> Diagnostic {
    let mistake = Diagnostic::error(CODE, format!("`{name}` {is}, and `correlate` ties what is drawn"), at, "not drawn")
        .also(defined, "defined here");
    match unit {
        Some(unit) => {
            let blank = if unit.is_empty() || unit.starts_with('%') || unit.starts_with('/') { "" } else { " " };
            mistake.help(format!("define it by a distribution: `{name} ~ LOW{blank}{unit} to HIGH{blank}{unit}`"))
        }
        None => mistake.help("only figures that are defined with `~` can be tied"),
    }
}

pub(in crate::check) fn same_name(name: &str, at: Location) -> Diagnostic {
    Diagnostic::error(CODE, format!("`{name}` goes with itself anyway"), at, "named twice in this line")
        .help("`correlate` ties different names")
}

pub(in crate::check) fn by(at: Location) -> Diagnostic {
    Diagnostic::error(CODE, "a correlation is a bare number from -1 to 1, written out", at, "not a correlation")
        .help("0 is none, 1 lets the two rise together, -1 one rise as the other falls: `correlate a, b by 0.6`")
}

pub(in crate::check) fn pair_twice(a: &str, b: &str, at: Location, earlier: Location) -> Diagnostic {
    Diagnostic::error(CODE, format!("`{a}` and `{b}` are correlated twice"), at, "again here")
        .also(earlier, "first here")
        .help("delete one of the two lines")
}

pub(in crate::check) fn too_many(count: usize, most: usize, at: Location) -> Diagnostic {
    Diagnostic::error(CODE, format!("{count} names hang together by `correlate`, more than {most}"), at, "the first of the lines")
        .help("leave out the weakest ties")
}

pub(in crate::check) fn out_of_step(each: (&str, Location), once: (&str, Location), at: Location) -> Diagnostic {
    let message = format!("`{}` is drawn each period and `{}` once, so they can't go together", each.0, once.0);
    let behind = Location::new(once.1.file, once.1.span.after());
    Diagnostic::error(CODE, message, at, "drawn at different times")
        .also(each.1, "each period")
        .also(once.1, "once for the whole timeline")
        .help("draw both once, or both each period: then they are tied step by step")
        .fix(format!("draw `{}` each period too", once.0), behind, " each period")
}

pub(in crate::check) fn scenario_out_of_step(name: &str, each_period: bool, at: Location, line: Location) -> Diagnostic {
    let (draws, here) = if each_period { ("each period", "once") } else { ("once", "each period") };
    Diagnostic::error(CODE, format!("`{name}` is drawn {draws} and correlated so, but {here} here"), at, format!("drawn {here}"))
        .also(line, "correlated here")
        .help(format!("draw it {draws} in the scenario too"))
}

/// The first line is the one to change; `range` is what its number may be while the others stay. `unnamed` are two names
/// without a line, and what would do as well.
pub(in crate::check) fn contradiction(
    lines: &[Line],
    range: Option<(f64, f64)>,
    unnamed: Option<([String; 2], (f64, f64))>,
) -> Diagnostic {
    let Some((first, others)) = lines.split_first() else {
        return Diagnostic::error(CODE, "these correlations can't all hold", Location::default(), "");
    };
    let those = list(first.names.iter());
    let message = match others {
        [] => format!("{those} can't all go together by {}", first.rank),
        _ => format!("{those} can't go together by {} while the others do as they do", first.rank),
    };
    let label = range.map_or_else(|| "not with these".to_owned(), |(low, high)| between(low, high));
    const MOST_SHOWN: usize = 5;
    let mistake = Diagnostic::error(CODE, message, first.by, label);
    let mistake = others.iter().take(MOST_SHOWN).fold(mistake, |mistake, line| {
        mistake.also(line.by, format!("{} by {}", list(line.names.iter()), line.rank))
    });
    let left = unnamed.as_ref().map(|([a, b], _)| format!("; `{a}` and `{b}` have no line, which is 0")).unwrap_or_default();
    let mistake = match range {
        Some((low, high)) => {
            let nearest = first.rank.clamp(low, high);
            let mistake = mistake.fix(format!("write `{nearest}`"), first.by, format!("{nearest}"));
            if others.is_empty() { mistake } else { mistake.help(format!("of these lines it needs the least change{left}")) }
        }
        None => mistake.help(format!("no change of one line mends it: weaken several{left}")),
    };
    match unnamed {
        Some(([a, b], (low, high))) => {
            let line = format!("correlate {a}, {b} by {}", 0.0_f64.clamp(low, high));
            let behind = Location::new(first.at.file, first.at.span.after());
            mistake.fix(format!("add `{line}`"), behind, format!("\n{line}"))
        }
        None => mistake,
    }
}

fn between(low: f64, high: f64) -> String {
    if low == high { format!("only {low} is possible") } else { format!("from {low} to {high} is possible") }
}

/// Some of many names.
fn few<'n>(names: impl Iterator<Item = &'n str>) -> String {
    const MOST_NAMED: usize = 4;
    let names: Vec<&str> = names.collect();
    match names.len().checked_sub(MOST_NAMED + 1) {
        Some(more) => {
            let named: Vec<String> = names.iter().take(MOST_NAMED).map(|name| format!("`{name}`")).collect();
            format!("{} and {} more", named.join(", "), more + 1)
        }
        None => list(names.iter()),
    }
}
