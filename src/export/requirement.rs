//! What is said about a requirement that is not met, in sentences that every format shares.

use crate::report::{Breach, Chance, Driver, Moment, Requirement};
use crate::report::number::percent;

/// The condition, with the instance whose kind asks it.
pub(super) fn head(requirement: &Requirement) -> String {
    match &requirement.instance {
        Some(instance) => format!("{instance}: {}", requirement.text),
        None => requirement.text.clone(),
    }
}

/// One sentence a scenario, and one for what moves the value most, in a report of a scenario or of the model itself.
pub(super) fn sentences(requirement: &Requirement, reported: Option<&str>) -> Vec<String> {
    let mut out: Vec<String> = if requirement.breaches.is_empty() { Vec::new() } else { requirement.message.iter().cloned().collect() };
    if requirement.breaches.is_empty() {
        out.extend(requirement.chance.as_ref().map(|chance| reached(chance, reported)));
    }
    for breach in &requirement.breaches {
        out.push(told(breach, reported));
        if !breach.drivers.is_empty() {
            let drivers: Vec<String> = breach.drivers.iter().map(moved).collect();
            out.push(format!("moved most by {}", drivers.join("; ")));
        }
    }
    out
}

/// `it holds in 93.2% (standard error 0.25%) of the samples`, under which scenario if not that of the report.
fn reached(chance: &Chance, reported: Option<&str>) -> String {
    if chance.share >= 1.0 {
        return "it holds in every sample".to_owned();
    }
    let place = if chance.scenario.as_deref() == reported { String::new() } else { under(chance.scenario.as_deref(), reported) };
    format!("{place}it holds in {} (standard error {}) of the samples", percent(chance.share), percent(chance.error))
}

/// `in scenario lean: `; nothing in a report of the model itself for the model itself.
fn under(scenario: Option<&str>, reported: Option<&str>) -> String {
    match (scenario, reported) {
        (Some(name), _) => format!("in scenario {name}: "),
        (None, Some(_)) => "in the model itself: ".to_owned(),
        (None, None) => String::new(),
    }
}

fn told(breach: &Breach, reported: Option<&str>) -> String {
    let place = under(breach.scenario.as_deref(), reported);
    let mut parts: Vec<String> = breach.reason.iter().cloned().collect();
    match (&breach.first, &breach.worst) {
        // The reason has told all of what has no periods.
        (Some(first), _) if first.period.is_none() && breach.reason.is_some() => {}
        (Some(first), Some(worst)) if first.step == worst.step && first.period.is_some() => parts.push(moment("first and worst", first)),
        (Some(first), worst) => {
            parts.push(moment("first", first));
            parts.extend(worst.iter().filter(|worst| worst.step != first.step).map(|worst| moment("worst", worst)));
        }
        // Each period has its own samples in which it does not hold.
        (None, Some(worst)) => parts.push(format!("it is met in each period by itself; {}", moment("worst", worst))),
        (None, None) => {}
    }
    let (missed, of) = breach.missed;
    if of > 1 && missed > 0 {
        parts.push(format!("not met in {missed} of {of} periods"));
    }
    place + &parts.join("; ")
}

/// `first in 2026-05: 58.2%, bound 60%`
fn moment(word: &str, moment: &Moment) -> String {
    let sides = match (&moment.value, &moment.bound) {
        (Some(value), Some(bound)) => {
            let (value, bound) = apart(value, bound);
            Some(format!("{value}, bound {bound}"))
        }
        (Some(value), None) => Some(value.brief()),
        (None, Some(_) | None) => None,
    };
    match (&moment.period, sides) {
        (Some(period), Some(sides)) => format!("{word} in {period}: {sides}"),
        (Some(period), None) => format!("{word} in {period}"),
        (None, Some(sides)) => sides,
        (None, None) => "it does not hold".to_owned(),
    }
}

/// Both in few digits, unless that would make different values look the same.
fn apart(value: &crate::report::Shown, bound: &crate::report::Shown) -> (String, String) {
    let brief = (value.brief(), bound.brief());
    if brief.0 == brief.1 && value != bound { (value.exact(), bound.exact()) } else { brief }
}

fn moved(driver: &Driver) -> String {
    let sign = if driver.effect.value.number().is_some_and(|effect| effect > 0.0) { "+" } else { "" };
    format!("{} = {} (10% more: {sign}{})", driver.path, driver.input.brief(), driver.effect.brief())
}
