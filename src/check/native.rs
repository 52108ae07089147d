//! Natives: the functions of the prelude that are bound to the engine, one row each.

use super::depend::Reach;
use super::model::{Aggregate, Function, Reducer};

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
    /// A function of numbers.
    Number(Function),
    /// `one(x)`: 1 in the unit of x.
    One,
    /// `mean(x)`, across samples; of something certain, x.
    Mean,
    /// `deviation(x)`; of something certain, 0.
    Deviation,
    /// `percentile(x, share)`
    Percentile,
    /// `p5(x)` and its like: a percentile by name.
    NamedPercentile,
    /// `probability(condition)`
    Probability,
}

const NATIVES: [(&str, Native); 42] = [
    ("opening", Native::Opening),
    ("change", Native::Change),
    ("accumulate", Native::Accumulate),
    ("delay", Native::Delay),
    ("cohorts", Native::Cohorts),
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
    ("weighted", Native::Weighted),
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
    ("mean", Native::Mean),
    ("deviation", Native::Deviation),
    ("percentile", Native::Percentile),
    ("probability", Native::Probability),
    ("p1", Native::NamedPercentile),
    ("p5", Native::NamedPercentile),
    ("p10", Native::NamedPercentile),
    ("p20", Native::NamedPercentile),
    ("p25", Native::NamedPercentile),
    ("p50", Native::NamedPercentile),
    ("p75", Native::NamedPercentile),
    ("p80", Native::NamedPercentile),
    ("p90", Native::NamedPercentile),
    ("p95", Native::NamedPercentile),
    ("p99", Native::NamedPercentile),
];

/// What a name is bound to.
pub(super) fn native(name: &str) -> Option<Native> {
    NATIVES.iter().find(|(known, _)| *known == name).map(|(_, native)| *native)
}

/// A bound name, for as long as the program runs.
pub(super) fn name_of(name: &str) -> Option<&'static str> {
    NATIVES.iter().find(|(known, _)| *known == name).map(|(known, _)| *known)
}

/// Every bound name, in the order of the table.
pub fn names() -> impl Iterator<Item = &'static str> {
    NATIVES.iter().map(|(name, _)| *name)
}

/// How a native reads its parameter at a place.
pub(super) fn reach(name: &str, at: usize) -> Reach {
    match native(name) {
        Some(Native::Opening | Native::Delay) if at == 0 => Reach::LAGGED,
        Some(Native::OverTime(_)) => Reach::WHOLE,
        Some(_) | None => Reach::NOW,
    }
}
