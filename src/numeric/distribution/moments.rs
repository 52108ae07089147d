//! Mean and variance of whole distributions.

use super::{Distribution, pert_shapes};
use crate::numeric::{exp, exp_m1};

impl Distribution {
    /// The mean; infinite when e^(μ + σ²/2) of a lognormal is.
    #[must_use]
    pub fn mean(&self) -> f64 {
        match self {
            Self::Normal { mean, .. } | Self::Exponential { mean } | Self::Poisson { mean } => *mean,
            Self::Lognormal { mu, sigma } => exp(mu + 0.5 * sigma * sigma),
            Self::Uniform { low, high } => 0.5 * low + 0.5 * high,
            Self::Triangular { low, mode, high } => (low + mode + high) / 3.0,
            Self::Pert { low, mode, high } => (low + 4.0 * mode + high) / 6.0,
            Self::Beta { alpha, beta } => alpha / (alpha + beta),
            Self::Gamma { shape, scale } => shape * scale,
            Self::Binomial { trials, probability } => trials * probability,
            Self::Bernoulli { probability } => *probability,
            Self::Discrete(atoms) | Self::Empirical(atoms) => atoms.mean(),
            Self::Mixture(mixture) => mixture.mean(),
        }
    }

    /// The variance; of an empirical distribution that of the values as they are, divided by their count.
    #[must_use]
    pub fn variance(&self) -> f64 {
        match self {
            Self::Normal { deviation, .. } => deviation * deviation,
            Self::Lognormal { mu, sigma } => exp_m1(sigma * sigma) * exp(2.0 * mu + sigma * sigma),
            Self::Uniform { low, high } => (high - low) * (high - low) / 12.0,
            Self::Triangular { low, mode, high } => {
                let (left, right) = (mode - low, high - mode);
                (left * left + left * right + right * right) / 18.0
            }
            Self::Pert { low, mode, high } => {
                let (alpha, beta) = pert_shapes(*low, *mode, *high);
                let width = high - low;
                width * width * beta_variance(alpha, beta)
            }
            Self::Beta { alpha, beta } => beta_variance(*alpha, *beta),
            Self::Gamma { shape, scale } => shape * scale * scale,
            Self::Exponential { mean } => mean * mean,
            Self::Poisson { mean } => *mean,
            Self::Binomial { trials, probability } => trials * probability * (1.0 - probability),
            Self::Bernoulli { probability } => probability * (1.0 - probability),
            Self::Discrete(atoms) | Self::Empirical(atoms) => atoms.variance(),
            Self::Mixture(mixture) => mixture.variance(),
        }
    }
}

fn beta_variance(alpha: f64, beta: f64) -> f64 {
    let sum = alpha + beta;
    alpha / sum * (beta / sum) / (sum + 1.0)
}
