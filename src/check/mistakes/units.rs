//! Mistakes of units: both sides shown, and the mend.

use super::mends::{complete, level};
use super::side::{Side, Spelt};
use super::unit_text;
use crate::diagnostic::{Code, Diagnostic, Edit, Fix, Guess};
use crate::text::{Location, Span};

/// A flow where a level belongs, or the other way round.
pub const FLOW_AND_LEVEL: Code = Code("BIZ0206");

/// Whether a value is a number that is written where it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::check) enum Written {
    Here,
    Elsewhere,
}

/// The slot that says what a variable of a unit stands for, such as what a meter counts.
#[derive(Clone, Debug)]
pub(in crate::check) struct Bound {
    pub slot: String,
    /// Where it is filled, if the modeller wrote it, and with what.
    pub written: Option<Filling>,
    pub unit: String,
    /// The definition of the author's that lacks the unit, where that is another.
    pub unitless: Option<Unitless>,
}

/// A definition that is a number without a unit, and the unit that it lacks where it is read.
#[derive(Clone, Debug)]
pub(in crate::check) struct Unitless {
    pub name: String,
    /// Where the number stands.
    pub number: Location,
    pub unit: String,
}

/// What a slot is filled with.
#[derive(Clone, Debug)]
pub(in crate::check) struct Filling {
    /// The line.
    pub at: Location,
    /// Where its value stands, if that is a number without a unit.
    pub number: Option<Location>,
    /// The unit that goes with what else the modeller wrote.
    pub needed: Option<String>,
}

pub(super) fn differ(code: Code, what: &str, left: &Side, right: &Side) -> Diagnostic {
    let message = format!("{what}: {} and {}", left.text(), right.text());
    Diagnostic::error(code, message, right.at, right.label())
        .also(left.at, left.label())
}

pub(in crate::check) fn sum(left: &Side, right: &Side) -> Diagnostic {
    let mistake = differ(Code("BIZ0201"), "only like can be added to like", left, right)
        .help("bring both to one unit: multiply or divide by what is missing");
    with_unit(mistake, left, right)
}

/// `number` says whether the right side is a number written out, behind which a unit can stand.
pub(in crate::check) fn comparison(left: &Side, right: &Side, number: Written) -> Diagnostic {
    let mistake = differ(Code("BIZ0202"), "only like can be compared with like", left, right);
    if right.unit.is_empty() && !left.unit.is_empty() {
        let unit = &left.unit;
        if number == Written::Elsewhere {
            return mistake.help(format!("give its definition the unit `{unit}`, or multiply by what makes one of the other"));
        }
        let after = Location::new(right.at.file, right.at.span.after());
        let text = if unit.starts_with('%') || unit.starts_with('/') { unit.clone() } else { format!(" {unit}") };
        return mistake.help(format!("give the number its unit: `{unit}`")).fix(format!("add `{unit}`"), after, text);
    }
    mistake.help("give both sides the same unit")
}

pub(in crate::check) fn branches(left: &Side, right: &Side) -> Diagnostic {
    let mistake = differ(Code("BIZ0203"), "values that stand in for one another need one unit", left, right)
        .help("give each of them the same unit; a bare 0 fits every unit");
    level(with_unit(mistake, left, right), left, right)
}

pub(in crate::check) fn arguments(left: &Side, right: &Side) -> Diagnostic {
    let mistake = differ(Code("BIZ0215"), "these values need one unit", left, right)
        .help("give each of them the same unit; currencies are turned with `in`");
    level(with_unit(mistake, left, right), left, right)
}

/// Offers a bare number beside a quantity the unit of that.
fn with_unit(mistake: Diagnostic, left: &Side, right: &Side) -> Diagnostic {
    let (bare, other) = if right.unit.is_empty() { (right, left) } else { (left, right) };
    if !bare.unit.is_empty() || other.unit.is_empty() || bare.spelt != Spelt::Number {
        return mistake;
    }
    let unit = &other.unit;
    let after = Location::new(bare.at.file, bare.at.span.after());
    let text = if unit.starts_with('%') || unit.starts_with('/') { unit.clone() } else { format!(" {unit}") };
    mistake.fix(format!("add `{unit}`"), after, text)
}

/// What several instances have by one name, where two of them measure something else.
pub(in crate::check) fn instances(left: (&str, &Side), right: (&str, &Side), asked: Location) -> Diagnostic {
    let ((one, left), (other, right)) = (left, right);
    let message = format!("these values need one unit: `{one}` is {}, but `{other}` is {}", left.text(), right.text());
    Diagnostic::error(Code("BIZ0215"), message, right.at, format!("`{other}` is {}", right.text()))
        .also(left.at, format!("`{one}` is {}", left.text()))
        .also(asked, "brought together here")
        .help("look at the units that the two instances are given: one of them is missing, or is one too many")
}

pub(in crate::check) fn stated(
    name: &str,
    side: &Side,
    wanted: &str,
    stated: Location,
    slot: bool,
    bound: Option<Bound>,
) -> Diagnostic {
    let code = if slot { Code("BIZ0205") } else { Code("BIZ0204") };
    let wanted = unit_text(wanted);
    let message = format!("`{name}` is to be {wanted}, but this is {}", side.text());
    let asked = match &bound {
        Some(bound) => format!("{wanted} asked for here, as `{}` has it", bound.slot),
        None => format!("{wanted} asked for here"),
    };
    let mistake = Diagnostic::error(code, message, side.at, side.label());
    // A number that lacks its unit is more likely the slip than one that has it, and so is a part of something.
    if let Some((at, bound)) = bound.as_ref().filter(|bound| matches!(bound.unit.as_str(), "" | "%") && !matches!(side.unit.as_str(), "" | "%")).and_then(|bound| Some((bound.written.as_ref()?.at, bound))) {
        return goes_with(name, side, bound, at).also(stated, asked);
    }
    let hint = hint(&side.unit, wanted.trim_matches('`'));
    let mistake = match bound.and_then(|bound| Some((bound.written.as_ref()?.at, bound))) {
        Some((at, bound)) => mistake
            .also(at, format!("this is {}", unit_text(&bound.unit)))
            .help(match superfluous(&bound.unit, &wanted, &side.unit) {
                Some(name) => format!("write `{}` without `/{name}`, if it is that of one {name} anyway; or {hint}", bound.slot),
                None => format!("{hint}; or change `{}` so that it goes with this", bound.slot),
            }),
        None => mistake.help(hint),
    };
    let mistake = mistake.also(stated, asked);
    complete(mistake, side, wanted.trim_matches('`'))
}

/// `initial = 100` beside `new = 10 seat/month`: what the other slots measure tells the unit that is missing.
fn goes_with(name: &str, side: &Side, bound: &Bound, at: Location) -> Diagnostic {
    let (slot, unit) = (&bound.slot, unit_text(&bound.unit));
    let message = format!("`{slot}` is {unit}, and `{name}`, which goes with it, is {}", side.text());
    let mistake = Diagnostic::error(Code("BIZ0205"), message, at, format!("this is {unit}")).also(side.at, side.label());
    let filling = bound.written.as_ref();
    let needed = filling.and_then(|filling| filling.needed.as_deref());
    let mistake = match needed {
        Some(needed) => mistake.help(format!("write `{slot}` in `{needed}`")),
        None => mistake.help(format!("give `{slot}` the unit that goes with {}", side.text())),
    };
    match needed.zip(filling.and_then(|filling| filling.number)) {
        Some((needed, number)) => mistake.fix(format!("add `{needed}`"), Location::new(number.file, number.span.after()), format!(" {needed}")),
        None => mistake,
    }
}

/// `size = 1.8M`, where what is made of it goes with companies; `side` is what does not fit.
pub(in crate::check) fn without_unit(found: &Unitless, side: &Side, wanted: &str) -> Diagnostic {
    let Unitless { name, number, unit } = found;
    let message = format!("`{name}` is a bare number, and `{unit}` is missing where it is read");
    let mistake = Diagnostic::error(Code("BIZ0223"), message, *number, format!("in `{unit}`?"));
    let mistake = match wanted {
        _ if side.at == *number => mistake,
        "" => mistake.also(side.at, side.label()),
        wanted => mistake.also(side.at, format!("{}, where `{wanted}` is wanted", side.label())),
    };
    let after = Location::new(number.file, number.span.after());
    let text = if unit.starts_with('%') || unit.starts_with('/') { unit.clone() } else { format!(" {unit}") };
    mistake.help(format!("write the unit behind the number, if it counts `{unit}`")).fix(format!("add `{unit}`"), after, text)
}

/// A flow is wanted, of whatever it is: `reach : B/month`.
pub(in crate::check) fn without_time(name: &str, side: &Side, per: &str, stated: Location) -> Diagnostic {
    let time = per.rsplit('/').next().unwrap_or(per);
    let message = format!("`{name}` is to be so much a {time}, but this is {}", side.text());
    let mistake = Diagnostic::error(Code("BIZ0205"), message, side.at, format!("not per {time}"))
        .also(stated, "asked for here")
        .help(format!("say for which time it holds: `/{time}`, or `/year`"));
    complete(mistake, side, &format!("{}/{time}", side.unit))
}

/// A unit that a slot is written per, and that has no part in what goes with it: `token/buyer/month`, beside a price for a token.
fn superfluous<'u>(bound: &'u str, wanted: &str, given: &str) -> Option<&'u str> {
    let has = |text: &str, name: &str| text.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == name);
    bound.split('/').skip(1).find(|name| has(wanted, name) && !has(given, name))
}

/// What is missing between two units, where it is a single `/month` or the like.
fn hint(given: &str, wanted: &str) -> String {
    if let Some(time) = wanted.strip_prefix('%').filter(|_| given == "%" || given.is_empty()) {
        return format!("say for which time it holds: `2%{time}`");
    }
    if let Some(rest) = wanted.strip_prefix(given).filter(|rest| rest.starts_with('/')) {
        return format!("add `{rest}` to the unit, or divide by what it stands for");
    }
    if let Some(rest) = given.strip_prefix(wanted).filter(|rest| rest.starts_with('/')) {
        return format!("take `{rest}` off the unit, or multiply by what it stands for");
    }
    format!("write it in `{wanted}`")
}

pub(in crate::check) fn replaced(path: &str, side: &Side, wanted: &str, defined: Location) -> Diagnostic {
    let message = format!("`{path}` is {}, but its replacement is {}", unit_text(wanted), side.text());
    let mistake = Diagnostic::error(Code("BIZ0204"), message, side.at, side.label())
        .also(defined, format!("this is {}", unit_text(wanted)))
        .help("a replacement changes a value, not what it measures");
    complete(mistake, side, wanted)
}

pub(in crate::check) fn flow_and_level(left: &Side, right: &Side, left_is_flow: bool) -> Diagnostic {
    let (flow, level) = if left_is_flow { (left, right) } else { (right, left) };
    let rate = flow.unit.strip_prefix("%/");
    let kind = if rate.is_some() { "a rate per time" } else { "a flow" };
    let message = format!("{kind} can't be added to a level: {} and {}", left.text(), right.text());
    let mistake = Diagnostic::error(FLOW_AND_LEVEL, message, right.at, right.label())
        .also(left.at, left.label());
    if let Some(time) = rate {
        let level_at = Location::new(level.at.file, level.at.span.after());
        let mistake = if level.unit == "%" && level.spelt == Spelt::Number { mistake.fix(format!("add `/{time}`"), level_at, format!("/{time}")) } else { mistake };
        return mistake.help(format!("times a stretch of time it is bare: `6%/{time} * 1 month`; a rate for one period is written so from the start, `0.5%`"));
    }
    let time = flow.unit.strip_prefix(level.unit.as_str()).filter(|rest| rest.starts_with('/') && !rest.contains('*'));
    let mistake = match time.filter(|_| level.spelt == Spelt::Number) {
        Some(time) => mistake.fix(format!("add `{time}`"), Location::new(level.at.file, level.at.span.after()), time),
        None => mistake,
    };
    mistake.help(format!(
            "to make a level of the flow ({}), write `accumulate(…, from: 0 {})`; for its sum over the whole timeline, \
             `total(…)`; for one step's worth, `* period`",
            flow.unit, level.unit
        ))
}

/// `x growing a + b`: the second rate is added to what grows, where the rates were to be added.
pub(in crate::check) fn growth_of_sum(mut mistake: Diagnostic, rate: Location, added: &Side) -> Diagnostic {
    let behind = Location::new(added.at.file, added.at.span.after());
    let before = Location::new(rate.file, Span::new(rate.span.start, rate.span.start));
    let edits = vec![Edit { at: before, text: "(".into() }, Edit { at: behind, text: ")".into() }];
    mistake.help = Some("`growing` takes the one value behind it: a sum of rates stands in parentheses".into());
    mistake.fixes.push(Fix { title: "add up the rates".into(), edits });
    mistake
}

/// A flow compared with what it adds up to; `bound` is where that is a number written out, `factor` a bare number that the
/// flow is multiplied with, and the time that the flow is per.
pub(in crate::check) fn total_beside_flow(mistake: Diagnostic, bound: Option<Location>, factor: Option<(Location, String)>) -> Diagnostic {
    let behind = |at: Location| Location::new(at.file, at.span.after());
    if let Some((number, time)) = factor {
        return mistake
            .help(format!("so many {time}s' worth of a flow is the flow times a stretch of time: `3 {time} * costs`"))
            .fix(format!("add `{time}`"), behind(number), format!(" {time}"));
    }
    let mistake = mistake.help("of a flow, `x[2027]` and `total(x)` are what it adds up to, without the time: 4 USD/month over January are 4 USD");
    let Some(bound) = bound else { return mistake };
    ["/month", "/year"].into_iter().fold(mistake, |mistake, time| mistake.fix(format!("add `{time}`"), behind(bound), time))
}

pub(in crate::check) fn growth_rate(side: &Side) -> Diagnostic {
    let message = format!("`growing` takes a rate per time, but this is {}", side.text());
    let after = Location::new(side.at.file, side.at.span.after());
    let mistake = Diagnostic::error(Code("BIZ0211"), message, side.at, side.label())
        .help("say how long it takes: `3%/year`, `1.5%/month`");
    if side.unit == "%" { mistake.fix("add `/year`", after, "/year") } else { mistake }
}

pub(in crate::check) fn rate_wanted(side: &Side) -> Diagnostic {
    let message = format!("`in_step` takes a share per time, but this is {}", side.text());
    Diagnostic::error(Code("BIZ0211"), message, side.at, side.label())
        .help("say how long it takes: `3%/year`, `1.5%/month`")
}

pub(in crate::check) fn argument(what: &str, side: &Side, wanted: &str) -> Diagnostic {
    let message = format!("{what} is measured in {}, but this is {}", unit_text(wanted), side.text());
    Diagnostic::error(Code("BIZ0212"), message, side.at, side.label())
        .help(format!("give it a unit of time, such as `2 {wanted}`"))
}

pub(in crate::check) fn bare_wanted(what: &str, side: &Side) -> Diagnostic {
    let message = format!("{what} is a bare number, but this is {}", side.text());
    Diagnostic::error(Code("BIZ0212"), message, side.at, side.label())
        .help("divide it by a quantity of the same unit")
}

pub(in crate::check) fn start_of_level(who: &str, side: &Side, wanted: &str) -> Diagnostic {
    let message = format!("`{who}` starts from {}, but this is {}", unit_text(wanted), side.text());
    let mistake = Diagnostic::error(Code("BIZ0212"), message, side.at, side.label())
        .help(format!("a flow adds up to its unit without the time: write the start in `{wanted}`"));
    complete(mistake, side, wanted)
}

pub(in crate::check) fn flow_wanted(who: &str, side: &Side, at: Location) -> Diagnostic {
    let message = format!("`{who}` adds up a flow, but this is a level: {}", side.text());
    let mistake = Diagnostic::error(FLOW_AND_LEVEL, message, side.at, format!("{}, without `/month`", side.text()));
    let mistake = if at == side.at { mistake } else { mistake.also(at, "asked for here") };
    mistake.help("a flow has `/month` (or `/year`, `/day`) in its unit; of a level, ask `final(…)`, `average(…)` or `change(…)`")
}

/// `odd` is the first unit in it that is no square, with its exponent.
pub(in crate::check) fn no_root(side: &Side, odd: Option<(&str, i8)>) -> Diagnostic {
    let message = format!("{} has no square root", side.text());
    let mend = match odd {
        Some((unit, ..=-1)) => format!("`{unit}` would have half a power: multiply by `1 {unit}` first"),
        Some((unit, _)) => format!("`{unit}` would have half a power: divide by `1 {unit}` first"),
        None => "divide it by a quantity of the same unit first".into(),
    };
    Diagnostic::error(Code("BIZ0212"), message, side.at, side.label()).help(mend)
}

/// `first` is what is compared, where a comparison stands in place of a number: `lowest(cash >= 0 USD)`.
pub(in crate::check) fn wrong_type(wanted: &str, given: &str, at: Location, first: Option<Location>) -> Diagnostic {
    let mut mistake = Diagnostic::error(Code("BIZ0214"), format!("{wanted} is wanted here, but this is {given}"), at, given.to_owned())
        .help("numbers are added and multiplied, conditions joined by `and` and `or`, dates compared");
    if let Some(first) = first {
        let bracket = Location::new(at.file, Span::new(at.span.end, at.span.end + 1));
        let edits = vec![Edit { at: Location::new(at.file, first.span.after()), text: ")".into() }, Edit { at: bracket, text: String::new() }];
        mistake.guesses.push(Guess { fix: Fix { title: "close the bracket before the comparison".into(), edits }, label: None, message: None, doubt: 1 });
    }
    mistake
}

pub(in crate::check) fn condition_wanted(given: &str, at: Location) -> Diagnostic {
    let message = format!("a condition is wanted here, but this is {given}");
    Diagnostic::error(Code("BIZ0214"), message, at, given.to_owned())
        .help("compare it with something: `gross_margin >= 60%`, `x == y`")
}

pub(in crate::check) fn column_as_value(at: Location) -> Diagnostic {
    let before = Location::new(at.file, Span::new(at.span.start, at.span.start));
    let after = Location::new(at.file, at.span.after());
    let mut mistake =
        Diagnostic::error(Code("BIZ0216"), "one value is wanted here, but this is a column", at, "a value for every instance")
            .help("say how to bring it to one: `sum(…)`, `largest(…)`, `smallest(…)`, `weighted(…, by: …)`");
    mistake.fixes.push(crate::diagnostic::Fix {
        title: "write `sum(…)`".into(),
        edits: vec![
            crate::diagnostic::Edit { at: before, text: "sum(".into() },
            crate::diagnostic::Edit { at: after, text: ")".into() },
        ],
    });
    mistake
}
