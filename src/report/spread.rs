//! Spreads: how a value differs from sample to sample, in the unit it is shown in.

use super::outcome::Outcome;
use super::value::Value;
use crate::check::model::Type;
use crate::compile::Target;
use crate::quantity::{UnitId, Units};
use crate::run;

/// How a value is spread over the samples.
#[derive(Clone, Debug, PartialEq)]
pub struct Spread {
    /// Whether samples differ in it at all.
    pub drawn: bool,
    /// In how many samples it is a number.
    pub count: u64,
    /// In how many it is blank.
    pub blanks: u64,
    /// The mean.
    pub mean: Value,
    /// The standard error of the mean, as if each sample had been drawn by itself.
    pub error: Value,
    /// The standard deviation.
    pub deviation: Value,
    /// The value at each share.
    pub shares: Vec<Value>,
}

impl Spread {
    /// How a target is spread in a step; none where it was not looked at across samples. Of a condition the mean is the part
    /// of the samples in which it holds.
    pub(super) fn of(outcome: &Outcome<'_>, units: &Units, target: Target, step: usize, unit: UnitId, ty: Type) -> Option<Self> {
        let summary = outcome.spreads?.at(target, step)?;
        let shown = |value: f64| outcome.in_unit(units, run::Value::Number(value), unit, ty);
        // The spread of dates and the part of the samples in which a condition holds are plain numbers.
        let plain = |value: Option<f64>| match ty {
            Type::Number => value.map_or(Value::Blank, shown),
            Type::Condition | Type::Date | Type::Choice(_) => value.map_or(Value::Blank, Value::Number),
        };
        let mean = match ty {
            Type::Date => summary.mean.map_or(Value::Blank, shown),
            Type::Number | Type::Condition | Type::Choice(_) => plain(summary.mean),
        };
        Some(Self {
            drawn: summary.drawn,
            count: summary.count,
            blanks: summary.blanks,
            mean,
            error: plain(summary.error()),
            deviation: plain(summary.deviation),
            shares: summary.shares.iter().copied().map(shown).collect(),
        })
    }
}
