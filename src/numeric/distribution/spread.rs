//! Spread: variance and probabilities between bounds.

use super::between::{Truncated, Window};
use super::Distribution;
use crate::numeric::incomplete_gamma::Sides;
use crate::numeric::quadrature::integral;
use crate::numeric::{normal_cdf, normal_density, normal_tail};

impl Truncated {
    /// The variance of what is left.
    #[must_use]
    pub fn variance(&self) -> f64 {
        if self.window.is_all() {
            return self.distribution.variance();
        }
        let (low, high) = (self.low, self.high);
        let mean = self.mean();
        match &self.distribution {
            Distribution::Uniform { .. } => (high - low) * (high - low) / 12.0,
            Distribution::Triangular { low: left, mode, high: right } => {
                triangular([*left, *mode, *right], low, high, mean)
            }
            Distribution::Poisson { .. } | Distribution::Binomial { .. } => {
                self.distribution.count_spread_between(low, high, mean).unwrap_or(f64::NAN)
            }
            Distribution::Bernoulli { probability } => {
                if low < high { probability * (1.0 - probability) } else { 0.0 }
            }
            Distribution::Discrete(atoms) | Distribution::Empirical(atoms) => {
                let off = |value: f64| (value - mean) * (value - mean);
                atoms.mean_of_between(low, high, off).unwrap_or(f64::NAN)
            }
            Distribution::Lognormal { sigma, .. } => self.by_quantiles(mean, 12.0 + 2.0 * sigma),
            Distribution::Normal { .. }
            | Distribution::Pert { .. }
            | Distribution::Beta { .. }
            | Distribution::Gamma { .. }
            | Distribution::Exponential { .. }
            | Distribution::Mixture(_) => self.by_quantiles(mean, 12.0),
        }
    }

    /// The probability of at most `x`.
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        self.sides(x).lower
    }

    /// The probability of less than `x`.
    #[must_use]
    pub fn below(&self, x: f64) -> f64 {
        self.sides_before(x).lower
    }

    /// The probability of more than `x`, with its own precision where it is small.
    #[must_use]
    pub fn tail(&self, x: f64) -> f64 {
        self.sides(x).upper
    }

    /// The probabilities of at most `x` and of more.
    pub(super) fn sides(&self, x: f64) -> Sides {
        if x < self.low {
            Sides::ALL_ABOVE
        } else if x >= self.high {
            Sides::ALL_BELOW
        } else {
            self.shares(self.distribution.sides(x))
        }
    }

    /// The probabilities of less than `x` and of at least `x`.
    pub(super) fn sides_before(&self, x: f64) -> Sides {
        if x <= self.low {
            Sides::ALL_ABOVE
        } else if x > self.high {
            Sides::ALL_BELOW
        } else {
            self.shares(self.distribution.sides_before(x))
        }
    }

    /// The shares of what is left on both sides of a point of the whole.
    fn shares(&self, at: Sides) -> Sides {
        let Window { before, up_to } = self.window;
        let share = |part: Window| (part.mass() / self.window.mass()).clamp(0.0, 1.0);
        Sides { lower: share(Window { before, up_to: at }), upper: share(Window { before: at, up_to }) }
    }

    /// ∫ (Q(Φ(z)) − mean)² φ(z) dz, Q the quantile of what is left: smooth for every smooth Q, and nothing cancels.
    fn by_quantiles(&self, mean: f64, reach: f64) -> f64 {
        let reach = reach.min(37.0).ceil() as i32;
        let weighed = |z: f64| {
            let off = self.at(normal_cdf(z), normal_tail(z)) - mean;
            off * off * normal_density(z)
        };
        (-reach..reach).map(|from| integral(weighed, f64::from(from), f64::from(from + 1))).sum()
    }
}

/// The density is two straight pieces.
fn triangular([left, mode, right]: [f64; 3], low: f64, high: f64, mean: f64) -> f64 {
    let height = |x: f64| if x < mode { (x - left) / (mode - left) } else if mode < right { (right - x) / (right - mode) } else { 1.0 };
    let pieces = [(low, high.min(mode)), (low.max(mode), high)];
    let over = |value: &dyn Fn(f64) -> f64| {
        let inside = pieces.iter().filter(|(from, to)| from < to);
        inside.map(|(from, to)| integral(|x| value(x) * height(x), *from, *to)).sum::<f64>()
    };
    over(&|x| (x - mean) * (x - mean)) / over(&|_| 1.0)
}
