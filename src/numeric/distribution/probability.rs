//! Probabilities of at most x and of more.

use super::{Distribution, pert_shapes};
use crate::numeric::incomplete_gamma::Sides;
use crate::numeric::{exp, exp_m1, incomplete_beta, incomplete_gamma, ln, normal_cdf, normal_tail};

impl Distribution {
    /// The probability of at most `x`.
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        self.sides(x).lower
    }

    /// The probability of more than `x`, with its own precision where it is small.
    #[must_use]
    pub fn tail(&self, x: f64) -> f64 {
        self.sides(x).upper
    }

    pub(super) fn sides(&self, x: f64) -> Sides {
        if x.is_nan() {
            return Sides::UNDEFINED;
        }
        match self {
            Self::Normal { mean, deviation } => normal((x - mean) / deviation),
            Self::Lognormal { mu, sigma } => {
                if x > 0.0 { normal((ln(x) - mu) / sigma) } else { Sides::ALL_ABOVE }
            }
            Self::Uniform { low, high } => within(x, *low, *high, |x| {
                let width = high - low;
                Sides { lower: (x - low) / width, upper: (high - x) / width }
            }),
            Self::Triangular { low, mode, high } => within(x, *low, *high, |x| triangular(x, *low, *mode, *high)),
            Self::Pert { low, mode, high } => within(x, *low, *high, |x| {
                let (alpha, beta) = pert_shapes(*low, *mode, *high);
                unit_beta(alpha, beta, x - low, high - x, high - low)
            }),
            Self::Beta { alpha, beta } => incomplete_beta::both(*alpha, *beta, x),
            Self::Gamma { shape, scale } => incomplete_gamma::both(*shape, x / scale),
            Self::Exponential { mean } => {
                if x > 0.0 { Sides { lower: -exp_m1(-x / mean), upper: exp(-x / mean) } } else { Sides::ALL_ABOVE }
            }
            Self::Poisson { mean } => whole(x, f64::INFINITY, |k| incomplete_gamma::both(k + 1.0, *mean).turned()),
            Self::Binomial { trials, probability } => whole(x, *trials, |k| {
                incomplete_beta::both(k + 1.0, trials - k, *probability).turned()
            }),
            Self::Bernoulli { probability } => whole(x, 1.0, |_| Sides::of_upper(*probability)),
            Self::Discrete(atoms) | Self::Empirical(atoms) => atoms.sides(x),
            Self::Mixture(mixture) => mixture.sides(x),
        }
    }

    /// The probabilities of less than `x` and of at least `x`: other than `sides` only where single values have weight.
    pub(super) fn sides_before(&self, x: f64) -> Sides {
        match self {
            Self::Poisson { .. } | Self::Binomial { .. } | Self::Bernoulli { .. } => self.sides(x.ceil() - 1.0),
            Self::Discrete(atoms) | Self::Empirical(atoms) => atoms.sides_before(x),
            Self::Mixture(mixture) => mixture.sides_before(x),
            Self::Normal { .. }
            | Self::Lognormal { .. }
            | Self::Uniform { .. }
            | Self::Triangular { .. }
            | Self::Pert { .. }
            | Self::Beta { .. }
            | Self::Gamma { .. }
            | Self::Exponential { .. } => self.sides(x),
        }
    }
}

/// Both sides of the standard normal.
pub(super) fn normal(z: f64) -> Sides {
    Sides { lower: normal_cdf(z), upper: normal_tail(z) }
}

/// Both sides of a beta on a range: `left` and `right` are the distances from its ends.
pub(super) fn unit_beta(alpha: f64, beta: f64, left: f64, right: f64, width: f64) -> Sides {
    // From the nearer end, whose distance has the digits.
    if left <= right {
        incomplete_beta::both(alpha, beta, left / width)
    } else {
        incomplete_beta::both(beta, alpha, right / width).turned()
    }
}

fn triangular(x: f64, low: f64, mode: f64, high: f64) -> Sides {
    let width = high - low;
    if x < mode {
        Sides::of_lower((x - low) / width * ((x - low) / (mode - low)))
    } else {
        Sides::of_upper((high - x) / width * if mode < high { (high - x) / (high - mode) } else { 0.0 })
    }
}

/// Nothing below `low`, everything below `high`.
fn within(x: f64, low: f64, high: f64, inside: impl Fn(f64) -> Sides) -> Sides {
    if x <= low {
        Sides::ALL_ABOVE
    } else if x >= high {
        Sides::ALL_BELOW
    } else {
        inside(x)
    }
}

/// Counts: the probability up to the whole number at or below `x`.
fn whole(x: f64, highest: f64, inside: impl Fn(f64) -> Sides) -> Sides {
    if x < 0.0 {
        Sides::ALL_ABOVE
    } else if x >= highest {
        Sides::ALL_BELOW
    } else {
        inside(x.floor())
    }
}
