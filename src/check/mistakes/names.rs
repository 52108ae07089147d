//! Mistakes of names: unknown ones, ones given twice, ones that mean two things.

use super::kinds::a;
use super::{did_you_mean, elsewhere, list};
use crate::diagnostic::{Code, Diagnostic, Edit, Fix, Guess, Label, suggest};
use crate::quantity::Units;
use crate::syntax::spoken;
use crate::text::{Location, Span};

pub(in crate::check) fn unknown_name(
    name: &str,
    at: Location,
    known: Vec<(&str, u32)>,
    members: &[String],
    is_unit: bool,
) -> Diagnostic {
    let mistake = Diagnostic::error(Code("BIZ0101"), format!("there is no `{name}`"), at, "not defined anywhere");
    if is_unit {
        let mistake = mistake.help(format!("`{name}` is a unit; a unit stands behind a number: `1 {name}`"));
        let near = suggest::nearest(name, known.into_iter());
        let mistake = near.into_iter().fold(mistake, |mistake, near| mistake.guess(0, format!("write `{near}`"), at, near));
        return mistake.fix(format!("write `1 {name}`"), at, format!("1 {name}"));
    }
    if let Some(percent) = spoken::percent(name) {
        return mistake.help("percent are written with `%`").fix(format!("write `{percent}`"), at, percent);
    }
    if NOW.contains(&name) {
        let mistake = mistake.help("the day on which each step begins is `time`: `if time < 2027-01 then …`; what begins with a day is `after(2027-01)`");
        return mistake.fix("write `time`", at, "time");
    }
    if matches!(name, "t" | "T") {
        return mistake.help("the day on which each step begins is `time`; x of the step before is `opening(x, from: …)`, a flow of a month ago `delay(x, by: 1 month)`");
    }
    if let Some(first) = members.first() {
        let found = list(members.iter());
        return mistake.help(format!("an instance has one of that name: {found}")).fix(
            format!("write `{first}`"),
            at,
            first.clone(),
        );
    }
    did_you_mean(mistake, name, at, known.into_iter())
}

/// `cost-of-goods`, where `cost_of_goods` is a name.
pub(in crate::check) fn hyphened(mut mistake: Diagnostic, whole: Location, name: &str) -> Diagnostic {
    let fix = Fix { title: format!("write `{name}`"), edits: vec![Edit { at: whole, text: name.to_owned() }] };
    let label = Some(Label { at: whole, text: "reads as a subtraction".into() });
    mistake.guesses.push(Guess { fix, label, message: Some("words of a name are joined by `_`".into()), doubt: 0 });
    mistake
}

/// What a name stands beside that is a unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::check) enum Beside {
    /// `month >= 2026-06`
    Date,
    /// `month == 12`
    Number,
    /// `3 USD * month`
    Amount,
    /// Nothing that tells.
    Nothing,
}

/// `month`, `year` as a name: a stretch of time, the day on which a step begins, or its number.
pub(in crate::check) fn time_as_name(name: &str, at: Location, beside: Beside) -> Diagnostic {
    let mistake = Diagnostic::error(Code("BIZ0101"), format!("there is no `{name}`"), at, "not defined anywhere");
    let numbered = match name {
        "month" => Some("month_of_year(time)"),
        "year" => Some("year_of(time)"),
        _ => None,
    };
    let stretch = |mistake: Diagnostic| mistake.fix(format!("write `1 {name}`"), at, format!("1 {name}"));
    let moment = |mistake: Diagnostic| mistake.fix("write `time`, the day on which each step begins", at, "time");
    let number = |mistake: Diagnostic| match numbered {
        Some(call) => mistake.fix(format!("write `{call}`, the number of the {name} in which each step begins"), at, call),
        None => mistake,
    };
    let unit = format!("`{name}` is a unit; a unit stands behind a number: `1 {name}`");
    match beside {
        Beside::Date => moment(mistake.help("the day on which each step begins is `time`")),
        Beside::Number => number(mistake.help("`time` is the day on which each step begins; its number is asked for by a function")),
        Beside::Amount => stretch(mistake.help(unit)),
        Beside::Nothing => number(moment(stretch(mistake.help(unit)))),
    }
}

/// What other languages call the day on which a step begins.
const NOW: [&str; 5] = ["date", "now", "today", "current_date", "current_period"];

pub(in crate::check) fn defined_twice(name: &str, at: Location, earlier: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0102"), format!("`{name}` is defined twice"), at, "again here")
        .also(earlier, "first defined here")
        .help("one definition a name: delete one of them, give one another name, or put the other value into a scenario")
}

pub(in crate::check) fn also_a_unit(name: &str, at: Location, declared: Option<Location>) -> Diagnostic {
    let renamed = format!("{name}_count");
    let mistake = Diagnostic::error(Code("BIZ0103"), format!("`{name}` is also a unit"), at, "a name like a unit");
    let mistake = match declared {
        Some(place) => mistake.also(place, "the unit"),
        None => mistake,
    };
    mistake
        .help("a reader could not tell the name from the unit behind a number: rename one of them")
        .fix(format!("write `{renamed}`"), at, renamed)
}

/// `1_200 USD/orders` where `orders` is a figure as well; `division` is the name with its `/`, where nothing follows it.
pub(in crate::check) fn two_readings(name: &str, singular: &str, at: Location, division: Option<Location>) -> Diagnostic {
    let title = format!("`/{name}` reads in two ways: `{name}` is a figure, and the plural of the unit `{singular}`");
    let mistake = Diagnostic::error(Code("BIZ0103"), title, at, "the unit, or the figure?")
        .help(format!("for the unit write `/{singular}`; to divide by the figure, put blanks round the `/`"))
        .fix(format!("write the unit, `/{singular}`"), at, singular);
    match division {
        Some(place) => mistake.fix(format!("divide by the figure, ` / {name}`"), place, format!(" / {name}")),
        None => mistake,
    }
}

pub(in crate::check) fn built_in_unit(name: &str, at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0102"), format!("`{name}` is a unit of time already"), at, "declared again")
        .help("second, hour, day, week, month, quarter and year are there by themselves: delete this line")
}

/// `1_200 USD/orders` where `orders` is a figure; `division` is the name with its `/`, where nothing follows it.
pub(in crate::check) fn name_as_unit(name: &str, at: Location, division: Option<Location>, units: &Units) -> Diagnostic {
    let mistake = Diagnostic::error(Code("BIZ0104"), format!("there is no unit `{name}`"), at, "not declared")
        .help(format!("`{name}` is a name, not a unit: to divide by it, put blanks round the `/`"));
    let mistake = counted(units).fold(mistake, |mistake, unit| mistake.guess(1, format!("write `{unit}`"), at, unit));
    match division {
        Some(place) => mistake.fix(format!("write ` / {name}`"), place, format!(" / {name}")),
        None => mistake,
    }
}

/// What is counted in a model: each may stand for a unit that there is not, `20 柱` for `20 桩`.
fn counted(units: &Units) -> impl Iterator<Item = &str> {
    units.names().iter().filter(|unit| !unit.currency && !unit.atom.is_time()).map(|unit| unit.singular.as_str()).take(MOST_GUESSED)
}

/// A unit that is declared nowhere.
pub const UNKNOWN_UNIT: Code = Code("BIZ0104");

/// Where a unit can be declared, and what stands before and behind the declaration there.
#[derive(Clone, Copy, Debug)]
pub(in crate::check) struct Home {
    pub at: Location,
    pub before: &'static str,
    pub after: &'static str,
}

/// `home` is where it can be declared.
pub(in crate::check) fn unknown_unit(name: &str, at: Location, units: &Units, home: Option<Home>) -> Diagnostic {
    let mistake = Diagnostic::error(UNKNOWN_UNIT, format!("there is no unit `{name}`"), at, "not declared");
    if let Some(whole) = spoken::time(name) {
        return mistake.help(format!("units of time are written out: `{whole}`")).fix(format!("write `{whole}`"), at, whole);
    }
    if let Some(code) = spoken::money(name) {
        let known = units.names().iter().any(|known| known.currency && known.singular == code);
        let mistake = mistake.help(if known { "a currency is written by its three letters".to_owned() } else { format!("a currency is written by its three letters, `{code}`, and declared at the top: `currency {code}`") });
        return if known { mistake.fix(format!("write `{code}`"), at, code) } else { mistake };
    }
    if let Some((_, help)) = NO_UNITS.iter().find(|(word, _)| word.eq_ignore_ascii_case(name)) {
        let mistake = mistake.help(*help);
        // One blank stands between a number and what was meant to be its unit.
        let gap = Location::new(at.file, Span::new(at.span.start.saturating_sub(1), at.span.end));
        return if *help == PERCENT { mistake.fix("write `%`", gap, "%") } else { mistake };
    }
    let declared = units.names().iter().flat_map(|known| {
        let rank = u32::from(known.currency);
        [Some(known.singular.as_str()), known.plural.as_deref()].into_iter().flatten().map(move |name| (name, rank))
    });
    let near = crate::diagnostic::suggest::nearest(name, declared.clone());
    let mistake = mistake.help(match near.first() {
        Some(near) => format!("did you mean `{near}`? To count in something new, declare it at the top: `unit {name}`"),
        None => format!("declare it at the top of the file: `unit {name}`"),
    });
    // `cup` is hardly the peso of Cuba.
    let is_rare = |near: &&str| units.names().iter().any(|known| known.currency && known.singular == *near) && !COMMON.contains(near);
    let is_slip = near.first().is_some_and(|near| !is_rare(near));
    let mistake = did_you_mean(mistake, name, at, declared);
    let mistake = counted(units).fold(mistake, |mistake, unit| mistake.guess(1, format!("write `{unit}`"), at, unit));
    // `9 heads` where a bare number is wanted.
    let gap = Location::new(at.file, Span::new(at.span.start.saturating_sub(1), at.span.end));
    let mistake = mistake.guess(5, "take the unit off", gap, "");
    match home.filter(|home| home.at.file == at.file && !is_slip) {
        Some(Home { at, before, after }) => mistake.fix(format!("declare `unit {name}`"), at, format!("{before}unit {name}{after}")),
        None => mistake,
    }
}

/// How many units are tried in place of one that there is not.
const MOST_GUESSED: usize = 12;

/// `49 USD / seat / month`; `gap` is all that stands behind the number.
pub(in crate::check) fn spaced_unit(at: Location, gap: Location, tight: &str) -> Diagnostic {
    Diagnostic::error(Code("BIZ0060"), "a unit is written without blanks", at, "with blanks round it, `/` divides")
        .fix(format!("write `{tight}`"), gap, tight)
}

/// Currencies that a word in small letters may well mean.
const COMMON: [&str; 10] = ["USD", "EUR", "GBP", "CNY", "JPY", "CHF", "HKD", "INR", "CAD", "AUD"];

/// Words that stand where a unit does and are written otherwise.
const NO_UNITS: [(&str, &str); 14] = [
    ("percent", PERCENT), ("percents", PERCENT), ("pct", PERCENT), ("thousand", SCALE), ("thousands", SCALE), ("million", SCALE), ("millions", SCALE), ("billion", SCALE),
    ("billions", SCALE), ("trillion", SCALE), ("Q1", QUARTER), ("Q2", QUARTER), ("Q3", QUARTER), ("Q4", QUARTER),
];
const PERCENT: &str = "percent are written `%`, directly behind the digits: `2.5%/month`";
const SCALE: &str = "a scale is written `k`, `M`, `bn` or `T`, directly behind the digits: `120k`";
const QUARTER: &str = "a quarter is written `2026-Q1`";

/// Words that begin blocks, as they are in Chinese.
const HEADS: [(&str, &[&str]); 6] = [
    ("model", &["模型"]), ("kind", &["种类", "类型", "类"]), ("scenario", &["情景", "场景", "方案"]), ("test", &["测试"]), ("goal", &["目标"]), ("statement", &["报表"]),
];

/// `words` begin blocks that are no instances.
pub(in crate::check) fn unknown_kind<'n>(name: &str, at: Location, known: impl Iterator<Item = &'n str>, words: &[&'n str]) -> Diagnostic {
    let mut known: Vec<&str> = known.collect();
    known.sort_unstable();
    let mistake = Diagnostic::error(Code("BIZ0105"), format!("there is no kind `{name}`"), at, "not a kind");
    if let Some((word, _)) = HEADS.iter().find(|(_, others)| others.contains(&name)) {
        return mistake.help(format!("the words of the language are English: `{word}`")).fix(format!("write `{word}`"), at, *word);
    }
    let near = did_you_mean(mistake, name, at, known.iter().chain(words).map(|name| (*name, 0)));
    if near.help.is_some() { near } else { near.help(format!("the kinds are {}", list(known.iter()))) }
}

pub(in crate::check) fn unknown_slot<'n>(
    name: &str,
    kind: &str,
    at: Location,
    known: impl Iterator<Item = (&'n str, u32)>,
) -> Diagnostic {
    let known: Vec<(&str, u32)> = known.collect();
    let mistake =
        Diagnostic::error(Code("BIZ0106"), format!("{} has no `{name}`", a(kind)), at, "neither a slot nor an equation");
    let near = did_you_mean(mistake, name, at, known.iter().copied());
    if near.help.is_some() {
        return near;
    }
    near.help(format!("it has {}; a figure of your own belongs outside of the braces", list(known.iter().map(|(name, _)| *name))))
}

/// `currency = "USD"`
pub(in crate::check) fn currency_in_quotes(inside: &str, at: Location, units: &Units) -> Diagnostic {
    let mistake = Diagnostic::error(Code("BIZ0107"), "a currency is written without quotes", at, "a text")
        .help("write its three letters, such as USD, EUR or CNY");
    let code = spoken::money(&inside.to_lowercase()).unwrap_or(inside);
    let known = units.names().iter().any(|known| known.currency && known.singular == code);
    if known { mistake.fix(format!("write `{code}`"), at, code) } else { mistake }
}

pub(in crate::check) fn unknown_currency(name: &str, at: Location, units: &Units) -> Diagnostic {
    let mistake = Diagnostic::error(Code("BIZ0107"), format!("there is no currency `{name}`"), at, "not a currency");
    if let Some(code) = spoken::money(name).or_else(|| spoken::money(&name.to_lowercase())) {
        return mistake.help("a currency is written by its three letters").fix(format!("write `{code}`"), at, code);
    }
    let known = units.names().iter().filter(|unit| unit.currency).map(|unit| (unit.singular.as_str(), 0));
    let near = did_you_mean(mistake, name, at, known);
    if near.help.is_some() {
        near
    } else {
        near.help("write its three letters, such as USD, EUR or CNY, or declare one: `currency POINTS`")
    }
}

pub(in crate::check) fn unknown_member<'n>(
    name: &str,
    owner: &str,
    kind: &str,
    at: Location,
    members: impl Iterator<Item = &'n str>,
) -> Diagnostic {
    let members: Vec<&str> = members.collect();
    let message = format!("`{owner}` has no `{name}`");
    let mistake = Diagnostic::error(Code("BIZ0108"), message, at, format!("no member of {}", a(kind)));
    let near = did_you_mean(mistake, name, at, members.iter().map(|name| (*name, 0)));
    if near.help.is_some() { near } else { near.help(format!("{} has {}", a(kind), list(members.iter()))) }
}

pub(in crate::check) fn not_inside(name: &str, before: &str, at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0108"), format!("`{before}` is a figure and has no `{name}`"), at, "nothing inside")
        .help("only instances and kinds have members: `smb.size`, `product.revenue`")
}

pub(in crate::check) fn unknown_function<'n>(
    name: &str,
    at: Location,
    known: impl Iterator<Item = &'n str>,
) -> Diagnostic {
    let mut known: Vec<&str> = known.collect();
    known.sort_unstable();
    let mistake = Diagnostic::error(Code("BIZ0109"), format!("there is no function `{name}`"), at, "not a function");
    if let Some(family) = crate::numeric::distribution::Family::from_name(name) {
        let family = family.name();
        return mistake.help(format!("`{family}` is a distribution; it stands behind `~`: `x ~ {family}(…)`"));
    }
    if let Some(share) = name.strip_prefix('p').and_then(|digits| digits.parse::<u8>().ok()).filter(|share| *share <= 100) {
        return mistake.help(format!("any other percentile is written `percentile(x, {share}%)`"));
    }
    if matches!(name, "p" | "P" | "pr" | "Pr" | "prob") {
        return mistake.help("the chance that a condition holds is `probability(condition)`").fix("write `probability`", at, "probability");
    }
    if let Some(ours) = elsewhere::here(name) {
        let mistake = mistake.help(format!("it is written {ours}"));
        let renamed = ours.strip_suffix("(time)`").and_then(|ours| ours.strip_prefix('`'));
        let others = ours.split('`').skip(1).step_by(2).filter_map(|call| call.split_once('(').map(|(name, _)| name));
        return match renamed {
            Some(ours) => mistake.fix(format!("write `{ours}`"), at, ours),
            None => others.fold(mistake, |mistake, other| mistake.guess(1, format!("write `{other}`"), at, other)),
        };
    }
    did_you_mean(mistake, name, at, known.into_iter().map(|name| (name, 0)))
}

/// `IF(c, a, b)`
pub(in crate::check) fn if_of_spreadsheets(mistake: Diagnostic, name: Location, [condition, then, otherwise]: [Location; 3]) -> Diagnostic {
    let between = |start: u32, end: u32| Location::new(name.file, Span::new(start, end));
    let edits = vec![
        Edit { at: between(name.span.start, condition.span.start), text: "(if ".into() },
        Edit { at: between(condition.span.end, then.span.start), text: " then ".into() },
        Edit { at: between(then.span.end, otherwise.span.start), text: " else ".into() },
    ];
    let mistake = mistake.help("a choice is written `if CONDITION then VALUE else VALUE`");
    Diagnostic { fixes: vec![Fix { title: "write `if … then … else …`".into(), edits }], ..mistake }
}

pub(in crate::check) fn unbound_native(name: &str, at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0109"), format!("nothing is bound to `native fn {name}`"), at, "not built in")
        .help("only the prelude declares natives; give the function a body: `fn NAME(x) = …`")
}

pub(in crate::check) fn unknown_instance(name: &str, kind: &str, at: Location, known: Vec<String>) -> Diagnostic {
    let mistake = Diagnostic::error(Code("BIZ0101"), format!("there is no {kind} `{name}`"), at, "not defined anywhere");
    let near = did_you_mean(mistake, name, at, known.iter().map(|name| (name.as_str(), 0)));
    if near.help.is_some() {
        return near;
    }
    near.help(match known.is_empty() {
        true => format!("declare it: `{kind} {name} {{ … }}`"),
        false => format!("there is {}", list(known.iter())),
    })
}

pub(in crate::check) fn unknown_scenario<'n>(
    name: &str,
    at: Location,
    known: impl Iterator<Item = &'n str>,
) -> Diagnostic {
    let mut known: Vec<&str> = known.collect();
    known.sort_unstable();
    let mistake = Diagnostic::error(Code("BIZ0110"), format!("there is no scenario `{name}`"), at, "not a scenario");
    let near = did_you_mean(mistake, name, at, known.iter().map(|name| (*name, 0)));
    if near.help.is_some() { near } else { near.help(format!("declared are: {}", list(known.iter()))) }
}
