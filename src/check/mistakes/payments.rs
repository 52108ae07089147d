//! Mistakes about payments: what is none, and rates that do not fit when they are made.

use super::side::Side;
use crate::diagnostic::{Code, Diagnostic};
use crate::text::Location;

pub(in crate::check) fn wanted(given: &str, at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0220"), format!("payments are wanted here, but this is {given}"), at, "no payments")
        .help("payments are a list in order, `[-100 USD, 60 USD, 60 USD]`; a flow over time, such as `cash_flow` in USD/month; or a `schedule { 2026-01-15: -100 USD, 2026-09-01: 120 USD }`")
}

pub(in crate::check) fn dates_wanted(given: &str, at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0220"), format!("payments by date are wanted, but this is {given}"), at, "no dates")
        .help("write `schedule { 2026-01-15: -100 USD, 2026-09-01: 120 USD }`, or give a flow over the timeline")
}

/// A bare rate for payments over time.
pub(in crate::check) fn rate_of_time(side: &Side) -> Diagnostic {
    let after = Location::new(side.at.file, side.at.span.after());
    let message = format!("payments over time take a rate per time, but this is {}", side.text());
    let mistake = Diagnostic::error(Code("BIZ0221"), message, side.at, side.label())
        .help("say for how long the rate is, such as `12%/year`; it compounds as `growing` does");
    if side.unit == "%" { mistake.fix("add `/year`", after, "/year") } else { mistake }
}

/// A rate per time for payments that only stand in order.
pub(in crate::check) fn rate_of_places(side: &Side) -> Diagnostic {
    let message = format!("payments in a list take a rate from one to the next, but this is {}", side.text());
    Diagnostic::error(Code("BIZ0221"), message, side.at, side.label())
        .help("a list tells no dates: write a bare rate, such as `8%`, or give the payments their dates with `schedule`")
}

/// A rate that changes, beside which one of a flow's is looked for.
pub(in crate::check) fn one_rate_near(side: &Side) -> Diagnostic {
    let message = "payments over time have one internal rate near to one rate, but this changes over time";
    Diagnostic::error(Code("BIZ0221"), message, side.at, "one value a step")
        .help("say near which one rate, such as `near: 10%/year`; of a series that is `average(x)`, `final(x)` or `x[2027]`")
}

pub(in crate::check) fn one_rate(side: &Side) -> Diagnostic {
    let message = "payments over time are discounted by one rate, but this changes over time";
    Diagnostic::error(Code("BIZ0221"), message, side.at, "one value a step")
        .help("to discount by a rate that changes, divide: `total(x / (1 growing rate))`")
}
