//! Atoms: finitely many values, each with a weight.

use super::Reason;
use crate::numeric::incomplete_gamma::Sides;
use crate::numeric::pair::Pair;

/// Values in increasing order with weights that add up to 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Atoms {
    /// Value, weight, and the probability of at most this value.
    rows: Vec<Row>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Row {
    value: f64,
    weight: f64,
    up_to: f64,
}

/// By how much weights may miss 1: a sum of a thousand decimals written with three digits stays well inside.
const TOLERANCE: f64 = 1e-9;

impl Atoms {
    /// Values with weights that add up to 1 (within 10^-9; they are scaled to add up exactly).
    ///
    /// # Errors
    /// When there are no values, a weight is negative, or the weights do not add up to 1.
    pub fn weighted(pairs: impl IntoIterator<Item = (f64, f64)>) -> Result<Self, Reason> {
        let pairs: Vec<(f64, f64)> = pairs.into_iter().collect();
        if pairs.iter().any(|&(_, weight)| weight < 0.0) {
            return Err(Reason::NegativeWeight);
        }
        let total = sum(pairs.iter().map(|&(_, weight)| weight));
        if !pairs.is_empty() && !((total - 1.0).abs() <= TOLERANCE) {
            return Err(Reason::WeightsDoNotSumToOne(total));
        }
        Self::sorted(pairs, total)
    }

    /// Values of equal weight.
    ///
    /// # Errors
    /// When there are no values.
    pub fn equal(values: impl IntoIterator<Item = f64>) -> Result<Self, Reason> {
        let pairs: Vec<(f64, f64)> = values.into_iter().map(|value| (value, 1.0)).collect();
        let total = pairs.len() as f64;
        Self::sorted(pairs, total)
    }

    fn sorted(mut pairs: Vec<(f64, f64)>, total: f64) -> Result<Self, Reason> {
        if pairs.is_empty() {
            return Err(Reason::NoValues);
        }
        pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
        let last = pairs.len() - 1;
        let mut before = Pair::ZERO;
        let row = |(place, (value, weight)): (usize, (f64, f64))| {
            before = before.plus_double(weight);
            let up_to = if place == last { 1.0 } else { (before.value() / total).min(1.0) };
            Row { value, weight: weight / total, up_to }
        };
        Ok(Self { rows: pairs.into_iter().enumerate().map(row).collect() })
    }

    /// The atoms as (value, weight), the values in increasing order.
    pub fn iter(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        self.rows.iter().map(|row| (row.value, row.weight))
    }

    /// The lowest value.
    #[must_use]
    pub fn lowest(&self) -> f64 {
        self.rows.first().map_or(f64::NAN, |row| row.value)
    }

    /// The highest value.
    #[must_use]
    pub fn highest(&self) -> f64 {
        self.rows.last().map_or(f64::NAN, |row| row.value)
    }

    /// Σ weight · value.
    pub(crate) fn mean(&self) -> f64 {
        sum(self.iter().map(|(value, weight)| value * weight))
    }

    /// Σ weight · (value − mean)².
    pub(crate) fn variance(&self) -> f64 {
        let mean = self.mean();
        sum(self.iter().map(|(value, weight)| (value - mean) * (value - mean) * weight))
    }

    /// The probabilities of at most x and of more.
    pub(crate) fn sides(&self, x: f64) -> Sides {
        self.up_to(self.rows.partition_point(|row| row.value <= x))
    }

    /// The probabilities of less than x and of at least x.
    pub(crate) fn sides_before(&self, x: f64) -> Sides {
        self.up_to(self.rows.partition_point(|row| row.value < x))
    }

    fn up_to(&self, count: usize) -> Sides {
        let last = count.checked_sub(1).and_then(|place| self.rows.get(place));
        Sides::of_lower(last.map_or(0.0, |row| row.up_to))
    }

    /// The lowest value whose probability of at most it reaches `p`.
    pub(crate) fn quantile(&self, p: f64) -> f64 {
        let place = self.rows.partition_point(|row| row.up_to < p);
        self.rows.get(place).map_or_else(|| self.highest(), |row| row.value)
    }

    /// The last value for which `is_past` doesn't hold and the first for which it does; it holds from some value on.
    pub(crate) fn around(&self, is_past: impl Fn(f64) -> bool) -> (Option<f64>, Option<f64>) {
        let place = self.rows.partition_point(|row| !is_past(row.value));
        let value = |place: usize| self.rows.get(place).map(|row| row.value);
        (place.checked_sub(1).and_then(value), value(place))
    }

    /// Mean of `worth(value)` over the atoms from `low` to `high`; `None` where they weigh nothing.
    pub(crate) fn mean_of_between(&self, low: f64, high: f64, worth: impl Fn(f64) -> f64) -> Option<f64> {
        let inside = || self.iter().filter(move |&(value, _)| value >= low && value <= high);
        let weight = sum(inside().map(|(_, weight)| weight));
        if weight > 0.0 { Some(sum(inside().map(|(value, weight)| worth(value) * weight)) / weight) } else { None }
    }
}

/// A sum from the first to the last, rounded once.
fn sum(numbers: impl Iterator<Item = f64>) -> f64 {
    numbers.fold(Pair::ZERO, Pair::plus_double).value()
}
