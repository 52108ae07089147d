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
    /// In how many it could not be computed.
    pub faults: u64,
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
    /// In how many samples it was looked at.
    #[must_use]
    pub const fn samples(&self) -> u64 {
        self.count + self.blanks + self.faults
    }

    /// In which part of the samples a condition holds; where it is blank it does not.
    #[must_use]
    pub fn probability(&self) -> Option<f64> {
        let held = self.mean.number().map_or(0.0, |mean| (mean * self.count as f64).round());
        (self.samples() > 0).then(|| held / self.samples() as f64)
    }

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
            // Options have an order, but nothing lies half-way between two.
            Type::Choice(_) => Value::Blank,
            Type::Number => plain(summary.mean),
            // A part of a count, without what rounding left of the sums.
            Type::Condition => plain(summary.mean.map(|mean| (mean * summary.count as f64).round() / summary.count as f64)),
        };
        Some(Self {
            drawn: summary.drawn,
            count: summary.count,
            blanks: summary.blanks,
            faults: summary.faults,
            mean,
            error: plain(summary.error()),
            deviation: plain(summary.deviation),
            shares: summary.shares.iter().copied().map(shown).collect(),
        })
    }
}
