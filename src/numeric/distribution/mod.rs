//! Distributions: what the uncertain values of a model can be, their moments, probabilities and quantiles.

mod atoms;
mod between;
mod bounded;
mod count;
mod family;
mod fit;
mod mixture;
mod moments;
mod probability;
mod quantile;
mod reason;
mod resolve;
mod spread;

pub use atoms::Atoms;
pub use between::Truncated;
pub(crate) use between::Window;
pub use family::{Family, Measure, Parameter, Signature, signatures};
pub use mixture::Mixture;
pub use reason::Reason;
pub use resolve::{interval90, resolve};

/// A distribution with its parameters, checked: only this room makes one.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Distribution {
    /// `normal(mean, sd)`
    Normal {
        /// The mean.
        mean: f64,
        /// The standard deviation, above 0.
        deviation: f64,
    },
    /// `lognormal(mu, sigma)`
    Lognormal {
        /// The mean of the logarithm.
        mu: f64,
        /// The standard deviation of the logarithm, above 0.
        sigma: f64,
    },
    /// `uniform(low, high)`
    Uniform {
        /// The lowest value.
        low: f64,
        /// The highest, above `low`.
        high: f64,
    },
    /// `triangular(low, mode, high)`
    Triangular {
        /// The lowest value.
        low: f64,
        /// The likeliest, between the two.
        mode: f64,
        /// The highest, above `low`.
        high: f64,
    },
    /// `pert(low, mode, high)`
    Pert {
        /// The lowest value.
        low: f64,
        /// The likeliest, between the two.
        mode: f64,
        /// The highest, above `low`.
        high: f64,
    },
    /// `beta(alpha, beta)`
    Beta {
        /// The first shape, above 0.
        alpha: f64,
        /// The second shape, above 0.
        beta: f64,
    },
    /// `gamma(shape, scale)`
    Gamma {
        /// The shape, above 0.
        shape: f64,
        /// The scale, above 0.
        scale: f64,
    },
    /// `exponential(mean)`
    Exponential {
        /// The mean, above 0.
        mean: f64,
    },
    /// `poisson(mean)`
    Poisson {
        /// The mean, 0 to 10^12.
        mean: f64,
    },
    /// `binomial(trials, probability)`
    Binomial {
        /// How many trials: whole, 0 to 10^12.
        trials: f64,
        /// The chance of one, 0 to 1.
        probability: f64,
    },
    /// `bernoulli(probability)`: 1 with this probability, else 0
    Bernoulli {
        /// The chance of 1.
        probability: f64,
    },
    /// `discrete { value: weight … }`
    Discrete(Atoms),
    /// `empirical(values)`
    Empirical(Atoms),
    /// `mixture { distribution: weight … }`
    Mixture(Mixture),
}

impl Distribution {
    /// The family it belongs to; a mixture belongs to none.
    #[must_use]
    pub const fn family(&self) -> Option<Family> {
        Some(match self {
            Self::Normal { .. } => Family::Normal,
            Self::Lognormal { .. } => Family::Lognormal,
            Self::Uniform { .. } => Family::Uniform,
            Self::Triangular { .. } => Family::Triangular,
            Self::Pert { .. } => Family::Pert,
            Self::Beta { .. } => Family::Beta,
            Self::Gamma { .. } => Family::Gamma,
            Self::Exponential { .. } => Family::Exponential,
            Self::Poisson { .. } => Family::Poisson,
            Self::Binomial { .. } => Family::Binomial,
            Self::Bernoulli { .. } => Family::Bernoulli,
            Self::Discrete(_) => Family::Discrete,
            Self::Empirical(_) => Family::Empirical,
            Self::Mixture(_) => return None,
        })
    }

    /// The lowest and the highest value it can take; infinite where there is none.
    #[must_use]
    pub fn support(&self) -> (f64, f64) {
        match self {
            Self::Normal { .. } => (f64::NEG_INFINITY, f64::INFINITY),
            Self::Lognormal { .. } | Self::Gamma { .. } | Self::Exponential { .. } => (0.0, f64::INFINITY),
            Self::Poisson { mean } => (0.0, if *mean > 0.0 { f64::INFINITY } else { 0.0 }),
            Self::Uniform { low, high } | Self::Triangular { low, high, .. } | Self::Pert { low, high, .. } => {
                (*low, *high)
            }
            Self::Beta { .. } => (0.0, 1.0),
            Self::Binomial { trials, probability } => counted(*trials, *probability),
            Self::Bernoulli { probability } => counted(1.0, *probability),
            Self::Discrete(atoms) | Self::Empirical(atoms) => (atoms.lowest(), atoms.highest()),
            Self::Mixture(mixture) => mixture.support(),
        }
    }
}

/// Where so many trials end: a chance of 0 or 1 leaves nothing open.
fn counted(trials: f64, probability: f64) -> (f64, f64) {
    (if probability < 1.0 { 0.0 } else { trials }, if probability > 0.0 { trials } else { 0.0 })
}

/// The two shapes of a PERT: a beta on low … high with the given mode and alpha + beta = 6.
pub(crate) fn pert_shapes(low: f64, mode: f64, high: f64) -> (f64, f64) {
    let width = high - low;
    (1.0 + 4.0 * ((mode - low) / width), 1.0 + 4.0 * ((high - mode) / width))
}
