//! The families of distributions, their parameters, and which sets of parameters each takes.

use std::fmt;

/// A family of distributions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Family {
    /// `normal(mean, deviation)`
    Normal,
    /// `lognormal(mu, sigma)`: its logarithm is normal
    Lognormal,
    /// `uniform(low, high)`
    Uniform,
    /// `triangular(low, mode, high)`
    Triangular,
    /// `pert(low, mode, high)`: a beta with its mean at (low + 4·mode + high)/6
    Pert,
    /// `beta(alpha, beta)`
    Beta,
    /// `gamma(shape, scale)`
    Gamma,
    /// `exponential(mean)`
    Exponential,
    /// `poisson(mean)`
    Poisson,
    /// `binomial(trials, probability)`
    Binomial,
    /// `bernoulli(probability)`
    Bernoulli,
    /// `discrete { value: weight … }`
    Discrete,
    /// `empirical(values)`: each as likely as the next
    Empirical,
}

impl Family {
    /// All families, in the order of the reference.
    pub const ALL: [Self; 13] = [
        Self::Normal,
        Self::Lognormal,
        Self::Uniform,
        Self::Triangular,
        Self::Pert,
        Self::Beta,
        Self::Gamma,
        Self::Exponential,
        Self::Poisson,
        Self::Binomial,
        Self::Bernoulli,
        Self::Discrete,
        Self::Empirical,
    ];

    /// The name in the language.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Lognormal => "lognormal",
            Self::Uniform => "uniform",
            Self::Triangular => "triangular",
            Self::Pert => "pert",
            Self::Beta => "beta",
            Self::Gamma => "gamma",
            Self::Exponential => "exponential",
            Self::Poisson => "poisson",
            Self::Binomial => "binomial",
            Self::Bernoulli => "bernoulli",
            Self::Discrete => "discrete",
            Self::Empirical => "empirical",
        }
    }

    /// The family of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|family| family.name() == name)
    }
}

/// A parameter of a distribution.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Parameter {
    /// The mean.
    Mean,
    /// The standard deviation.
    Deviation,
    /// The lowest value.
    Low,
    /// The likeliest value.
    Mode,
    /// The highest value.
    High,
    /// The first shape of a beta.
    Alpha,
    /// The second shape of a beta.
    Beta,
    /// alpha + beta of a beta: how many observations the belief is worth.
    Concentration,
    /// The shape of a gamma.
    Shape,
    /// The scale of a gamma.
    Scale,
    /// The mean of the logarithm of the value in base units.
    Mu,
    /// The standard deviation of the logarithm.
    Sigma,
    /// The median.
    Median,
    /// How many trials.
    Trials,
    /// The chance of one trial.
    Probability,
    /// The value that is exceeded with probability 1 − level: `p10` is level 0.1.
    Quantile(f64),
    /// A value of a discrete or empirical distribution; given as often as there are values.
    Value,
    /// The weight of the value at the same place.
    Weight,
}

/// What a parameter is measured in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Measure {
    /// The unit of the uncertain variable.
    Variable,
    /// A bare number.
    Bare,
}

impl Parameter {
    const NAMED: [Self; 17] = [
        Self::Mean,
        Self::Deviation,
        Self::Low,
        Self::Mode,
        Self::High,
        Self::Alpha,
        Self::Beta,
        Self::Concentration,
        Self::Shape,
        Self::Scale,
        Self::Mu,
        Self::Sigma,
        Self::Median,
        Self::Trials,
        Self::Probability,
        Self::Value,
        Self::Weight,
    ];

    /// The name in the language; a quantile's has its level behind it, see `Display`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mean => "mean",
            Self::Deviation => "sd",
            Self::Low => "low",
            Self::Mode => "mode",
            Self::High => "high",
            Self::Alpha => "alpha",
            Self::Beta => "beta",
            Self::Concentration => "concentration",
            Self::Shape => "shape",
            Self::Scale => "scale",
            Self::Mu => "mu",
            Self::Sigma => "sigma",
            Self::Median => "median",
            Self::Trials => "trials",
            Self::Probability => "probability",
            Self::Quantile(_) => "p",
            Self::Value => "value",
            Self::Weight => "weight",
        }
    }

    /// The parameter of that name: `mean`, `sd` (or `deviation`), `n` and `p` as in the books, `p5` to `p95` for
    /// quantiles in percent (one or two digits, 1 to 99).
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "deviation" => return Some(Self::Deviation),
            "n" => return Some(Self::Trials),
            "p" => return Some(Self::Probability),
            _ => {}
        }
        if let Some(parameter) = Self::NAMED.into_iter().find(|parameter| parameter.name() == name) {
            return Some(parameter);
        }
        let digits = name.strip_prefix('p')?;
        if digits.len() > 2 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let percent: u8 = digits.parse().ok()?;
        if percent == 0 { None } else { Some(Self::Quantile(f64::from(percent) / 100.0)) }
    }

    /// Whether it carries the variable's unit or is a bare number.
    #[must_use]
    pub const fn measure(self) -> Measure {
        match self {
            Self::Mean
            | Self::Deviation
            | Self::Low
            | Self::Mode
            | Self::High
            | Self::Scale
            | Self::Median
            | Self::Quantile(_)
            | Self::Value => Measure::Variable,
            Self::Alpha
            | Self::Beta
            | Self::Concentration
            | Self::Shape
            | Self::Mu
            | Self::Sigma
            | Self::Trials
            | Self::Probability
            | Self::Weight => Measure::Bare,
        }
    }
}

impl fmt::Display for Parameter {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Self::Quantile(level) = self {
            // Percent rounded to twelve decimals: 0.07 · 100 isn't 7 in doubles.
            return write!(out, "p{}", crate::numeric::round(level * 100.0, 12, crate::numeric::Rounding::HalfEven));
        }
        out.write_str(self.name())
    }
}

/// One way to give a distribution's parameters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Signature {
    /// Exactly these, by name or by position in this order: `normal(mean, sd)`.
    Parameters(&'static [Parameter]),
    /// This many quantiles of different levels, by name: `normal(p10: a, p90: b)`.
    Quantiles(usize),
    /// A table of values and weights: `discrete { 10 USD: 30%, 20 USD: 70% }`.
    Weighted,
    /// A list of values: `empirical(a, b, c)`.
    Listed,
}

/// The ways a family takes its parameters. Arguments without names are matched with the first whose number fits.
#[must_use]
pub const fn signatures(family: Family) -> &'static [Signature] {
    use Parameter as P;
    use Signature::{Listed, Parameters, Quantiles, Weighted};
    match family {
        Family::Normal => &[Parameters(&[P::Mean, P::Deviation]), Quantiles(2)],
        Family::Lognormal => &[
            Parameters(&[P::Mu, P::Sigma]),
            Parameters(&[P::Median, P::Sigma]),
            Parameters(&[P::Mean, P::Deviation]),
            Quantiles(2),
        ],
        Family::Uniform => &[Parameters(&[P::Low, P::High]), Quantiles(2)],
        Family::Triangular | Family::Pert => &[Parameters(&[P::Low, P::Mode, P::High])],
        Family::Beta => &[Parameters(&[P::Alpha, P::Beta]), Parameters(&[P::Mean, P::Concentration]), Quantiles(2)],
        Family::Gamma => &[Parameters(&[P::Shape, P::Scale]), Parameters(&[P::Mean, P::Deviation]), Quantiles(2)],
        Family::Exponential => &[Parameters(&[P::Mean]), Quantiles(1)],
        Family::Poisson => &[Parameters(&[P::Mean])],
        Family::Binomial => &[Parameters(&[P::Trials, P::Probability])],
        Family::Bernoulli => &[Parameters(&[P::Probability])],
        Family::Discrete => &[Weighted],
        Family::Empirical => &[Listed],
    }
}
