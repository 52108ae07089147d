//! Natives: the functions of the prelude that are bound to the engine, one row each.

use super::model::{Aggregate, Function, Reducer};
use crate::calendar::Family;

/// What a `native fn` of the prelude is bound to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Native {
    /// `opening(x, from)`
    Opening,
    /// `change(x, from)`
    Change,
    /// `accumulate(flow, from)`
    Accumulate,
    /// `delay(flow, by, order, initial)`
    Delay,
    /// `cohorts(new, curve)`
    Cohorts,
    /// `in_step(rate)`
    InStep,
    /// `total(x)` and its like, across time.
    OverTime(Reducer),
    /// `after(date)`
    After,
    /// `sum(column)` and its like, across instances.
    Across(Aggregate),
    /// `count(kind)`
    Count,
    /// `weighted(column, by)`
    Weighted,
    /// `discounted(x, rate)`: each payment as it is worth at the first.
    Discounted,
    /// `present(x, rate, shift)`: all of them together.
    Present,
    /// `internal_rate(x, near)`
    InternalRate,
    /// `internal_rates(x)`: how many there are.
    InternalRates,
    /// `to_last(x)`: from the first payment to the last.
    ToLast,
    /// `even_rate(x, start_amount, end_amount)`
    EvenRate,
    /// `paid_back(x, shift)`
    PaidBack,
    /// `dated(x)`: payments by the day.
    Dated,
    /// A function of amounts and bare numbers, and from where up to before where the amounts stand.
    OfAmounts(Function, usize, usize),
    /// A function of numbers.
    Number(Function),
    /// `element(list, at)`, `ranked(list, at)`
    Element(Function),
    /// `one(x)`: 1 in the unit of x.
    One,
    /// `days(a, b)`, `months(a, b)`: from a date to another.
    Between(Family),
    /// `year_of(date)` and its like.
    Calendar(Calendar),
    /// `mean(x)`, `p5(x)` and their like, across samples.
    AcrossSamples(Asks),
}

/// What the calendar says of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Calendar {
    /// Its year.
    Year,
    /// Its month, 1 to 12.
    Month,
    /// The first day of its month.
    StartOfMonth,
    /// The midnight its day begins with.
    StartOfDay,
}

/// What is asked across samples.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asks {
    /// The mean.
    Mean,
    /// The standard deviation.
    Deviation,
    /// The value that a share, its second argument, does not exceed.
    Percentile,
    /// The value that so many of a hundred do not exceed.
    Hundredth(u8),
    /// The share in which a condition holds.
    Probability,
}

const NATIVES: &[(&str, Native)] = &[
    ("opening", Native::Opening),
    ("change", Native::Change),
    ("accumulate", Native::Accumulate),
    ("delay", Native::Delay),
    ("cohorts", Native::Cohorts),
    ("in_step", Native::InStep),
    ("total", Native::OverTime(Reducer::Total)),
    ("lowest", Native::OverTime(Reducer::Lowest)),
    ("highest", Native::OverTime(Reducer::Highest)),
    ("average", Native::OverTime(Reducer::Average)),
    ("final", Native::OverTime(Reducer::Final)),
    ("when", Native::OverTime(Reducer::When)),
    ("after", Native::After),
    ("sum", Native::Across(Aggregate::Sum)),
    ("largest", Native::Across(Aggregate::Largest)),
    ("smallest", Native::Across(Aggregate::Smallest)),
    ("count", Native::Count),
    ("element", Native::Element(Function::Element)),
    ("ranked", Native::Element(Function::Ranked)),
    ("weighted", Native::Weighted),
    ("discounted", Native::Discounted),
    ("present", Native::Present),
    ("internal_rate", Native::InternalRate),
    ("internal_rates", Native::InternalRates),
    ("to_last", Native::ToLast),
    ("even_rate", Native::EvenRate),
    ("paid_back", Native::PaidBack),
    ("dated", Native::Dated),
    ("annuity_rate", Native::OfAmounts(Function::AnnuityRate, 1, 4)),
    ("declining_left", Native::OfAmounts(Function::DecliningLeft, 0, 2)),
    ("min", Native::Number(Function::Min)),
    ("max", Native::Number(Function::Max)),
    ("abs", Native::Number(Function::Abs)),
    ("floor", Native::Number(Function::Floor)),
    ("ceil", Native::Number(Function::Ceil)),
    ("round", Native::Number(Function::Round)),
    ("sqrt", Native::Number(Function::Sqrt)),
    ("exp", Native::Number(Function::Exp)),
    ("ln", Native::Number(Function::Ln)),
    ("one", Native::One),
    ("ln_gamma", Native::Number(Function::LnGamma)),
    ("hypergeometric", Native::Number(Function::Hypergeometric)),
    ("gamma_cdf", Native::Number(Function::GammaCdf)),
    ("gamma_tail", Native::Number(Function::GammaTail)),
    ("beta_cdf", Native::Number(Function::BetaCdf)),
    ("normal_cdf", Native::Number(Function::NormalCdf)),
    ("normal_quantile", Native::Number(Function::NormalQuantile)),
    ("days", Native::Between(Family::Day)),
    ("months", Native::Between(Family::Month)),
    ("year_of", Native::Calendar(Calendar::Year)),
    ("month_of_year", Native::Calendar(Calendar::Month)),
    ("start_of_month", Native::Calendar(Calendar::StartOfMonth)),
    ("start_of_day", Native::Calendar(Calendar::StartOfDay)),
    ("mean", Native::AcrossSamples(Asks::Mean)),
    ("deviation", Native::AcrossSamples(Asks::Deviation)),
    ("percentile", Native::AcrossSamples(Asks::Percentile)),
    ("probability", Native::AcrossSamples(Asks::Probability)),
    ("p1", Native::AcrossSamples(Asks::Hundredth(1))),
    ("p5", Native::AcrossSamples(Asks::Hundredth(5))),
    ("p10", Native::AcrossSamples(Asks::Hundredth(10))),
    ("p20", Native::AcrossSamples(Asks::Hundredth(20))),
    ("p25", Native::AcrossSamples(Asks::Hundredth(25))),
    ("p50", Native::AcrossSamples(Asks::Hundredth(50))),
    ("p75", Native::AcrossSamples(Asks::Hundredth(75))),
    ("p80", Native::AcrossSamples(Asks::Hundredth(80))),
    ("p90", Native::AcrossSamples(Asks::Hundredth(90))),
    ("p95", Native::AcrossSamples(Asks::Hundredth(95))),
    ("p99", Native::AcrossSamples(Asks::Hundredth(99))),
];

/// What a name is bound to.
pub(super) fn native(name: &str) -> Option<Native> {
    NATIVES.iter().find(|(known, _)| *known == name).map(|(_, native)| *native)
}

/// What a look over time is called by.
pub(super) fn name_of_over_time(reducer: Reducer) -> &'static str {
    NATIVES.iter().find(|(_, native)| *native == Native::OverTime(reducer)).map_or("", |(known, _)| *known)
}

/// A bound name, for as long as the program runs.
pub(super) fn name_of(name: &str) -> Option<&'static str> {
    NATIVES.iter().find(|(known, _)| *known == name).map(|(known, _)| *known)
}

/// Every bound name, in the order of the table.
pub fn names() -> impl Iterator<Item = &'static str> {
    NATIVES.iter().map(|(name, _)| *name)
}
