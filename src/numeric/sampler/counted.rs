//! Poisson and binomial as a table of cumulated weights.

use super::guide::{Guide, RARE, Row, reach};
use crate::numeric::distribution::{Distribution, Truncated};
use crate::numeric::pair::Pair;

/// The most values a table holds.
const MOST: f64 = 65_536.0;

/// A guide over the counts that hold all but 2^-53 at the top and 2^-64 at the bottom; `None` when these are too many.
///
/// Weights follow from each other by the ratio of neighbours, outwards from the likeliest, as pairs; so the cumulated
/// ones are good to the last places on both sides.
pub(super) fn guide(of: &Truncated) -> Option<Guide> {
    let (low, high) = of.bounds();
    let (from, to) = (of.at(RARE, 1.0), of.at(1.0, 0.5 * f64::EPSILON));
    if !(to - from < MOST) {
        return None;
    }
    let (ratio, mode) = ratios(of.whole())?;
    let peak = mode.clamp(from, to);
    let mut downwards = vec![Pair::ONE];
    let (mut weight, mut k) = (Pair::ONE, peak);
    while k > from {
        k -= 1.0;
        let (over, under) = ratio(k);
        weight = weight.times(under).over(over);
        downwards.push(weight);
    }
    let mut weights: Vec<Pair> = downwards.into_iter().rev().collect();
    (weight, k) = (Pair::ONE, peak);
    while k < to {
        let (over, under) = ratio(k);
        weight = weight.times(over).over(under);
        k += 1.0;
        weights.push(weight);
    }
    let total = weights.iter().fold(Pair::ZERO, |sum, weight| sum.plus(*weight));
    // What lies outside the table, as shares of what the bounds leave.
    let before = if from > low { of.cdf(from - 1.0) } else { 0.0 };
    let beyond = if to < high { of.tail(to) } else { 0.0 };
    let inside = Pair::ONE.plus_double(-before).plus_double(-beyond);
    let share = |sum: Pair| sum.times(inside).over(total);
    let mut above = Vec::with_capacity(weights.len());
    let mut sum = Pair::ZERO;
    for weight in weights.iter().rev() {
        above.push(share(sum).plus_double(beyond).value());
        sum = sum.plus(*weight);
    }
    sum = Pair::ZERO;
    let row = |(place, (weight, above)): (usize, (&Pair, &f64))| {
        sum = sum.plus(*weight);
        Row { value: from + place as f64, reach: reach(share(sum).plus_double(before).value(), *above) }
    };
    let rows = weights.iter().zip(above.iter().rev()).enumerate().map(row).collect();
    Guide::new(rows, if from > low { before.max(RARE) } else { 0.0 }, of)
}

/// The weight of k + 1 over that of k, as a numerator and a denominator.
type Ratio = Box<dyn Fn(f64) -> (Pair, Pair)>;

/// The ratio of neighbours, and the likeliest count.
fn ratios(of: &Distribution) -> Option<(Ratio, f64)> {
    match *of {
        Distribution::Poisson { mean } => {
            Some((Box::new(move |k: f64| (Pair::of(mean), Pair::of(k + 1.0))), mean.floor()))
        }
        Distribution::Binomial { trials, probability } => {
            let odds = Pair::of(probability).over(Pair::sum(1.0, -probability));
            let ratio = move |k: f64| (odds.times_double(trials - k), Pair::of(k + 1.0));
            Some((Box::new(ratio), ((trials + 1.0) * probability).floor()))
        }
        Distribution::Normal { .. }
        | Distribution::Lognormal { .. }
        | Distribution::Uniform { .. }
        | Distribution::Triangular { .. }
        | Distribution::Pert { .. }
        | Distribution::Beta { .. }
        | Distribution::Gamma { .. }
        | Distribution::Exponential { .. }
        | Distribution::Bernoulli { .. }
        | Distribution::Discrete(_)
        | Distribution::Empirical(_)
        | Distribution::Mixture(_) => None,
    }
}
