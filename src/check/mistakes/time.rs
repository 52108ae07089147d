//! Mistakes of time: circles, timelines, dates, openings.

use super::did_you_mean;
use crate::calendar::{Grid, Period};
use crate::diagnostic::{Code, Diagnostic, Edit, Fix, Severity};
use crate::text::Location;

/// How many members of a circle get a label of their own.
const MOST_LABELS: usize = 8;

fn drawn(members: &[(String, Location)]) -> String {
    let mut names: Vec<&str> = members.iter().map(|(name, _)| name.as_str()).collect();
    names.extend(names.first().copied());
    if names.len() > MOST_LABELS + 1 {
        let (head, tail) = (names.iter().take(MOST_LABELS - 2), names.iter().skip(names.len() - 2));
        let shown: Vec<&str> = head.copied().chain(["…"]).chain(tail.copied()).collect();
        return shown.join(" → ");
    }
    names.join(" → ")
}

fn circle_of(code: Code, message: String, members: &[(String, Location)]) -> Diagnostic {
    let at = members.first().map(|(_, at)| *at).unwrap_or_default();
    let next = |index: usize| members.get((index + 1) % members.len()).map_or("", |(name, _)| name.as_str());
    let mut mistake = Diagnostic::error(code, message, at, format!("needs `{}`", next(0)));
    for (index, (_, place)) in members.iter().enumerate().skip(1).take(MOST_LABELS - 1) {
        mistake = mistake.also(*place, format!("needs `{}`", next(index)));
    }
    mistake
}

pub(in crate::check) fn circle(members: &[(String, Location)]) -> Diagnostic {
    let message = match members {
        [(only, _)] => format!("`{only}` needs itself in the same period"),
        _ => format!("a circle in the same period: {}", drawn(members)),
    };
    circle_of(Code("BIZ0301"), message, members).help(
        "one of them has to look back: `opening(x)` is x at the end of the step before, `accumulate(flow, from: …)` \
         builds a level, `delay(x, 1 month)` shifts",
    )
}

/// `price = price + 1` in a scenario.
pub(in crate::check) fn replaced_by_itself(name: &str, at: Location, read: &[Location]) -> Diagnostic {
    let mut mistake = Diagnostic::error(Code("BIZ0301"), format!("`{name}` needs itself in the same period"), at, "replaced by itself")
        .help("the value without the scenario is `base`: write `base * 50%`");
    if !read.is_empty() {
        let edits = read.iter().map(|at| Edit { at: *at, text: "base".into() }).collect();
        mistake.fixes.push(Fix { title: "write `base`".into(), edits });
    }
    mistake
}

pub(in crate::check) fn circle_through_future(members: &[(String, Location)]) -> Diagnostic {
    let message = match members {
        [(only, _)] => format!("`{only}` needs its own future"),
        _ => format!("a circle through the future: {}", drawn(members)),
    };
    circle_of(Code("BIZ0302"), message, members).help(
        "`total`, `lowest`, `final`, `x[2027]` and their like look over the whole timeline, so what they look at can't \
         depend on them; look back with `opening(x)` instead",
    )
}

pub(in crate::check) fn start_value(at: Location, level: Option<(&str, Location)>) -> Diagnostic {
    let mistake = Diagnostic::error(Code("BIZ0303"), "an opening needs a start value", at, "what is it before the first step?");
    let after = Location::new(at.file, crate::text::Span::new(at.span.end.saturating_sub(1), at.span.end.saturating_sub(1)));
    let mistake = match level {
        Some((name, defined)) => mistake.also(defined, format!("`{name}` is not built by `accumulate`, so it has none of its own")),
        None => mistake,
    };
    mistake.help("say it: `opening(x, from: 0)`").fix("add `from: 0`", after, ", from: 0")
}

/// That there is no timeline: it has one cause, however much needs one.
pub(in crate::check) const NO_TIMELINE: Code = Code("BIZ0309");

/// `settings` is where the first setting of the `model` stands, if there is one.
pub(in crate::check) fn needs_timeline(what: &str, at: Location, settings: Option<Location>) -> Diagnostic {
    let mistake = Diagnostic::error(NO_TIMELINE, format!("{what} needs a timeline"), at, "looks along time")
        .help("give the model one: `model my_plan { timeline = 2026-01 to 2030-12 }`");
    match settings {
        Some(place) => mistake.fix("add one, from when to when the model goes", place, "timeline = 2026-01 to 2030-12, "),
        None => mistake,
    }
}

/// What is meant may be plain: ` to ` for the dash of `2026-01 - 2027-12`, a month for the division of `2026/01`.
pub(in crate::check) fn timeline_form(at: Location, meant: &[(String, Location)]) -> Diagnostic {
    let mut mistake = Diagnostic::error(Code("BIZ0304"), "a timeline goes from one period to another", at, "not a span of time")
        .help("write `timeline = 2026-01 to 2030-12`; both ends belong to it");
    if !meant.is_empty() {
        let title = meant.iter().map(|(text, _)| format!("`{}`", text.trim())).collect::<Vec<_>>().join(", ");
        let edits = meant.iter().map(|(text, place)| Edit { at: *place, text: text.clone() }).collect();
        mistake.fixes.push(Fix { title: format!("write {title}"), edits });
    }
    mistake
}

/// A month by its numbers: `2026-01`; none where they are no year and month.
pub(in crate::check) fn month_written(year: f64, month: f64) -> Option<String> {
    let whole = year.fract() == 0.0 && month.fract() == 0.0;
    (whole && (1900.0..2200.0).contains(&year) && (1.0..=12.0).contains(&month)).then(|| format!("{year}-{month:02}"))
}

/// `ends` are the places of the two periods.
pub(in crate::check) fn timeline_backwards(at: Location, ends: Option<[(Location, String); 2]>) -> Diagnostic {
    let mut mistake = Diagnostic::error(Code("BIZ0304"), "the timeline ends before it starts", at, "the wrong way round")
        .help("write the earlier period first");
    if let Some([(first, from), (second, until)]) = ends {
        let edits = vec![Edit { at: first, text: until }, Edit { at: second, text: from }];
        mistake.fixes.push(Fix { title: "exchange them".into(), edits });
    }
    mistake
}

pub(in crate::check) fn too_many_periods(count: usize, most: usize, at: Location) -> Diagnostic {
    let message = format!("the timeline has {count} steps; the limit is {most}");
    Diagnostic::error(Code("BIZ0606"), message, at, "too long").help("shorten it, or take a longer step: `step = quarter`")
}

/// `meant` is the step that a word calls: `monthly`.
pub(in crate::check) fn step_form(at: Location, meant: Option<&str>) -> Diagnostic {
    let mistake = Diagnostic::error(Code("BIZ0304"), "a step is a day, week, month, quarter or year", at, "not a step")
        .help("write `step = quarter`; without it a step is a month");
    match meant {
        Some(step) => mistake.fix(format!("write `{step}`"), at, step),
        None => mistake,
    }
}

pub(in crate::check) fn days_per_month(at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0304"), "`days_per_month` is a bare number above 0", at, "not a number of days")
        .help("write `days_per_month = 30`; without it a year has 365 days")
}

pub(in crate::check) fn year_begins(at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0304"), "`year_begins` is a month by its number, 1 to 12", at, "not the number of a month")
        .help("write `year_begins = 4` for years from April on; without it a year is the calendar's")
}

pub(in crate::check) fn unknown_setting(name: &str, at: Location, known: &[&str]) -> Diagnostic {
    let mistake = Diagnostic::error(Code("BIZ0106"), format!("a model has no setting `{name}`"), at, "not a setting");
    let near = did_you_mean(mistake, name, at, known.iter().map(|name| (*name, 0)));
    if near.help.is_some() {
        near
    } else {
        near.help(format!("the settings are {}; figures stand outside of the `model` block", super::list(known.iter())))
    }
}

/// `part` is what the timeline holds of a span that it cuts.
pub(in crate::check) fn outside_timeline(at: Location, grid: &Grid, part: Option<&str>) -> Diagnostic {
    let last = grid.label(grid.len().saturating_sub(1));
    let mistake = Diagnostic::error(Code("BIZ0305"), "this lies outside of the timeline", at, "not on the timeline")
        .help(format!("the timeline goes from {} to {last}; of a year that it cuts, name the part that it holds: `[A to B]`", grid.label(0)));
    match part {
        Some(part) => mistake.fix("name the part that it holds", at, part),
        None => mistake,
    }
}

/// `highest(x)[2027]`: `moved` puts the period inside.
pub(in crate::check) fn looked_over_already(look: &str, at: Location, moved: Vec<Edit>) -> Diagnostic {
    let message = format!("`{look}` has looked over the timeline already, so a period behind it picks nothing");
    let mut mistake = Diagnostic::error(Code("BIZ0310"), message, at, "one figure of all its steps")
        .help(format!("`{look}(x[2027])` looks over the steps of 2027"));
    if !moved.is_empty() {
        mistake.fixes.push(Fix { title: "put the period inside".into(), edits: moved });
    }
    mistake
}

pub(in crate::check) fn finer_than_step(from: Period, at: Location) -> Diagnostic {
    let step = match from {
        Period::Day(_) => "day",
        Period::Year(_) | Period::Quarter(..) | Period::Month(..) => "month",
    };
    Diagnostic::error(Code("BIZ0305"), "this is finer than a step of the timeline", at, "shorter than a step")
        .help(format!("ask for a whole step, or set a finer one: `step = {step}`"))
}

/// `churn = 2% to 4%`; `edits` make an uncertain value of a definition by two amounts. `between` is what stands before a currency.
pub(in crate::check) fn range_as_value(at: Location, edits: Vec<Edit>, between: Option<Location>) -> Diagnostic {
    let mut mistake = Diagnostic::error(Code("BIZ0306"), "a span from … to … is no value", at, "a span")
        .help("spans stand in `model { timeline = … to … }`, in `x[… to …]` and behind `~`, where they are a 90 % interval");
    if let Some(between) = between {
        return mistake.help("an amount is turned into another currency with `in`").fix("write `in`", between, " in ");
    }
    if !edits.is_empty() {
        mistake.fixes.push(Fix { title: "for an uncertain value, write `~`".into(), edits });
    }
    mistake
}

/// `year` is a bare number that reads like one.
pub(in crate::check) fn date_wanted(given: &str, year: Option<f64>, at: Location) -> Diagnostic {
    let mistake = Diagnostic::error(Code("BIZ0306"), format!("a date is wanted here, but this is {given}"), at, given.to_owned());
    match year {
        Some(year) => mistake
            .help("where a value is wanted, `2027` is a number: name the month")
            .fix(format!("write `{year}-01`"), at, format!("{year}-01")),
        None => mistake.help("write a date such as `2026-04` or `2026-04-15`, or the name of one"),
    }
}

/// `sales[-1]`, `prices[2]`
pub(in crate::check) fn period_wanted(at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0306"), "in brackets stands a period, but this is a number", at, "a number")
        .help("a period is a date, `x[2027]` or `x[2026-04]`; x of the step before is `opening(x, from: …)`, a value of a list `element(x, 2)`")
}

/// `Mar-26`
pub(in crate::check) fn spoken_date(date: &str, at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0306"), "a date is written year-month-day", at, "looks like a date")
        .help("`2026-01-15`, and shorter `2026-01`, `2026-Q1` or `2026`")
        .fix(format!("write `{date}`"), at, date)
}

/// `2026/03`, `20260315`
pub(in crate::check) fn date_in_parts(date: &str, at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0306"), "a date is wanted here, but this is a number", at, "a number")
        .help("a date is written year-month-day: `2026-04-15`, `2026-04`")
        .fix(format!("write `{date}`"), at, date)
}

pub(in crate::check) fn dates_added(at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0306"), "dates can't be added to each other", at, "dates")
        .help("a date less a date is a stretch of time; a date plus a stretch of time is a date")
}

pub(in crate::check) fn delay_order(at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0307"), "the order of a delay is a whole number from 0 to 12, written out", at, "")
        .help("0 shifts by a fixed time, 1 smears by one stock, n by n stocks in a row")
}

pub(in crate::check) fn short_stocks(order: u32, at: Location) -> Diagnostic {
    let message = format!("a delay of order {order} needs {order} steps at least: what enters a stock stays for a step");
    Diagnostic::error(Code("BIZ0307"), message, at, "shorter")
        .help("take a lower order, or a shorter step; `order: 0` shifts by any time")
}

pub(in crate::check) fn fixed_delay(at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0307"), "a fixed delay has one length for the whole timeline", at, "changes over time")
        .help("take one length for the whole timeline, or a delay of `order: 1`, whose length may change; a figure of the prelude that asks for one length may be defined by the model itself")
}

/// A list of another length than the timeline, which nothing reads.
pub(in crate::check) fn unread_list(name: &str, given: usize, grid: &Grid, at: Location) -> Diagnostic {
    let mistake = list_length(given, grid, at);
    let message = format!("`{name}` holds {given} values for {} steps, and nothing reads it", grid.len());
    Diagnostic { severity: Severity::Warning, message, ..mistake }
}

pub(in crate::check) fn list_length(given: usize, grid: &Grid, at: Location) -> Diagnostic {
    let message = format!("a list has one value a step: {} are wanted, {given} given", grid.len());
    let help = if grid.timed() {
        let (first, last) = (grid.label(0), grid.label(grid.len().saturating_sub(1)));
        format!("the timeline goes from {first} to {last}; a list of any length is for what looks across it, such as `sum`, `largest`, `mean_of` and `median_of`")
    } else {
        "give the model a timeline: `model my_plan { timeline = 2026 to 2030, step = year }`, or look across the list: `sum(…)`, `mean_of(…)`, `median_of(…)`".into()
    };
    Diagnostic::error(Code("BIZ0308"), message, at, format!("{given} values")).help(help)
}
