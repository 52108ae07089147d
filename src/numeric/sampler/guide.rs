//! Counted values: the lowest whose cumulated probability reaches the uniform, found through a guide table.

use crate::numeric::distribution::{Atoms, Mixture, Truncated};
use crate::numeric::pair::Pair;

/// Values in increasing order, each with the largest uniform that leads to it (Chen and Asau 1974: a guide table tells
/// for each of equally many stretches of 0 … 1 where the search begins, so that it takes about one step).
#[derive(Debug)]
pub(super) struct Guide {
    /// Value and the largest uniform that leads to it or to one before.
    rows: Vec<Row>,
    starts: Vec<u32>,
    /// As many stretches as the guide has, as a number.
    stretches: f64,
    /// Uniforms up to here ask the exact quantile: their values are too rare for the table.
    exact_below: f64,
    exact: Truncated,
}

/// The rarest values a table holds at the bottom: far beyond any uniform of 53 bits.
pub(super) const RARE: f64 = 1.0 / 18_446_744_073_709_551_616.0;

/// The most values of a mixture; each costs the probabilities of all parts.
const MOST_OF_MIXTURE: usize = 4096;

#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub value: f64,
    pub reach: f64,
}

impl Guide {
    /// A guide over values and the largest uniforms that lead to them; what is at or below `exact_below`, or beyond the
    /// last, asks the exact quantile.
    pub fn new(rows: Vec<Row>, exact_below: f64, exact: &Truncated) -> Option<Self> {
        let count = u32::try_from(rows.len()).ok().filter(|count| *count > 0)?;
        let stretches = f64::from(count.next_power_of_two());
        let mut starts = Vec::with_capacity(stretches as usize + 1);
        let mut at = 0;
        for stretch in 0..=stretches as u32 {
            let begin = f64::from(stretch) / stretches;
            while rows.get(at as usize).is_some_and(|row: &Row| row.reach < begin) {
                at += 1;
            }
            starts.push(at);
        }
        Some(Self { rows, starts, stretches, exact_below, exact: exact.clone() })
    }

    /// Values with weights, in increasing order, of which those between the bounds are left.
    pub fn of_atoms(atoms: &Atoms, of: &Truncated) -> Option<Self> {
        let (low, high) = of.bounds();
        if of.window().is_all() {
            let rows = atoms.iter().map(|(value, _)| Row { value, reach: of.cdf(value) }).collect();
            return Self::new(rows, 0.0, of);
        }
        let inside = || atoms.iter().filter(|&(value, _)| value >= low && value <= high);
        let total = inside().fold(Pair::ZERO, |sum, (_, weight)| sum.plus_double(weight));
        let mut sum = Pair::ZERO;
        let row = |(value, weight)| {
            sum = sum.plus_double(weight);
            Row { value, reach: sum.over(total).value() }
        };
        Self::new(inside().map(row).collect(), 0.0, of)
    }

    /// The single values of a mixture that has no others; `None` where these are too many.
    pub fn of_mixture(mixture: &Mixture, of: &Truncated) -> Option<Self> {
        if !mixture.is_counted() {
            return None;
        }
        let values = mixture.single_values(RARE, 0.5 * f64::EPSILON, MOST_OF_MIXTURE)?;
        let row = |value: &f64| Row { value: *value, reach: reach(of.cdf(*value), of.tail(*value)) };
        let first = *values.first()?;
        let below = if first > of.bounds().0 { of.below(first).max(RARE) } else { 0.0 };
        Self::new(values.iter().map(row).collect(), below, of)
    }

    pub fn fill(&self, uniforms: &[f64], out: &mut [f64]) {
        for (out, u) in out.iter_mut().zip(uniforms) {
            *out = self.value(*u);
        }
    }

    #[inline]
    fn value(&self, u: f64) -> f64 {
        let begin = self.starts.get((u * self.stretches) as usize).copied().unwrap_or(u32::MAX);
        let rest = self.rows.get(begin as usize..).unwrap_or_default();
        match rest.iter().find(|row| u <= row.reach) {
            Some(row) if u > self.exact_below => row.value,
            Some(_) | None => self.exact.quantile(u),
        }
    }
}

/// The largest uniform that leads to a count or one before: within the few roundings the quantile grants too.
pub(super) fn reach(lower: f64, upper: f64) -> f64 {
    const ROUNDINGS: f64 = 16.0 * f64::EPSILON;
    if upper >= 1e-10 {
        return (lower * (1.0 + ROUNDINGS)).min(1.0);
    }
    // The largest double u with 1 − u no smaller than the upper side.
    let upper = upper * (1.0 - ROUNDINGS);
    let near = 1.0 - upper;
    if 1.0 - near < upper { near.next_down() } else { near }
}
