//! Quantiles: the value below which a given share lies.

use super::{Distribution, pert_shapes};
use crate::numeric::incomplete_gamma::Sides;
use crate::numeric::inverse::{beta_quantile, gamma_quantile};
use crate::numeric::{exp, ln, ln_1p, normal_quantile};

impl Distribution {
    /// The lowest x with a probability of at most x of `p` or more; the ends of the support at 0 and 1; NaN outside.
    #[must_use]
    pub fn quantile(&self, p: f64) -> f64 {
        self.at(Sides::of_lower(p))
    }

    /// The value with these shares below and above; the smaller of the two decides.
    pub(super) fn at(&self, target: Sides) -> f64 {
        if !(target.lower >= 0.0 && target.upper >= 0.0) {
            return f64::NAN;
        }
        let (lowest, highest) = self.support();
        if target.lower == 0.0 {
            return lowest;
        }
        if target.upper == 0.0 {
            return highest;
        }
        match self {
            Self::Normal { mean, deviation } => mean + deviation * standard(target),
            Self::Lognormal { mu, sigma } => exp(mu + sigma * standard(target)),
            Self::Uniform { low, high } => {
                let width = high - low;
                if target.lower <= target.upper { low + width * target.lower } else { high - width * target.upper }
            }
            Self::Triangular { low, mode, high } => triangular(*low, *mode, *high, target),
            Self::Pert { low, mode, high } => {
                let (alpha, beta) = pert_shapes(*low, *mode, *high);
                if target.lower <= target.upper {
                    low + (high - low) * beta_quantile(alpha, beta, target)
                } else {
                    high - (high - low) * beta_quantile(beta, alpha, target.turned())
                }
            }
            Self::Beta { alpha, beta } => beta_quantile(*alpha, *beta, target),
            Self::Gamma { shape, scale } => scale * gamma_quantile(*shape, target),
            Self::Exponential { mean } => {
                mean * if target.lower < 0.5 { -ln_1p(-target.lower) } else { -ln(target.upper) }
            }
            Self::Poisson { mean } => self.count(target, *mean, mean.sqrt(), 1.0 / mean.sqrt()),
            Self::Binomial { trials, probability } => {
                let mean = trials * probability;
                let deviation = (mean * (1.0 - probability)).sqrt();
                self.count(target, mean, deviation, (1.0 - 2.0 * probability) / deviation)
            }
            Self::Bernoulli { .. } => f64::from(u8::from(!reached(self.sides(0.0), target))),
            Self::Discrete(atoms) | Self::Empirical(atoms) => atoms.quantile(target.lower),
            Self::Mixture(mixture) => mixture.quantile(target),
        }
    }

    /// The lowest count that reaches the target: a guess by Cornish and Fisher's first terms, then steps that double
    /// until the answer lies between two counts, then halving.
    fn count(&self, target: Sides, mean: f64, deviation: f64, skewness: f64) -> f64 {
        let (lowest, highest) = self.support();
        let z = standard(target);
        let rough = mean + deviation * (z + skewness * (z * z - 1.0) / 6.0);
        let guess = if rough.is_finite() { rough.floor().clamp(lowest, highest) } else { mean.floor() };
        let reaches = |k: f64| k >= highest || reached(self.sides(k), target);
        let mut step = 1.0;
        let (mut below, mut above);
        if reaches(guess) {
            above = guess;
            below = guess - 1.0;
            while below >= lowest && reaches(below) {
                above = below;
                step *= 2.0;
                below = (below - step).max(lowest - 1.0);
            }
        } else {
            below = guess;
            above = guess + 1.0;
            while !reaches(above) {
                below = above;
                step *= 2.0;
                above = (above + step).min(highest);
            }
        }
        while above - below > 1.0 {
            let middle = (0.5 * (below + above)).floor();
            if reaches(middle) {
                above = middle;
            } else {
                below = middle;
            }
        }
        above
    }
}

/// Whether at least the target lies at or below, but for a few roundings: the chance of at most two heads in seven tosses
/// is 29/128, and its quantile is 2 though the probability comes out a unit lower. The upper side decides only in the
/// far tail, where the lower can't tell counts apart; elsewhere a probability that `cdf` gave leads back to its count.
pub(super) fn reached(sides: Sides, target: Sides) -> bool {
    const ROUNDINGS: f64 = 16.0 * f64::EPSILON;
    if target.upper < 1e-10 {
        sides.upper <= target.upper * (1.0 + ROUNDINGS)
    } else {
        sides.lower >= target.lower * (1.0 - ROUNDINGS)
    }
}

/// The quantile of the standard normal.
fn standard(target: Sides) -> f64 {
    if target.lower <= target.upper { normal_quantile(target.lower) } else { -normal_quantile(target.upper) }
}

fn triangular(low: f64, mode: f64, high: f64, target: Sides) -> f64 {
    let (left, right) = (mode - low, high - mode);
    let width = high - low;
    if target.lower * width < left {
        low + (target.lower * width * left).sqrt()
    } else {
        high - (target.upper * width * right).sqrt()
    }
}
