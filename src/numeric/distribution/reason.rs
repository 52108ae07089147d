//! Why parameters make no distribution, in plain words.

use std::fmt;

use super::{Family, Parameter};

/// What is wrong with the parameters of a distribution, or with bounds laid on one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reason {
    /// A parameter is blank or infinite.
    NotFinite(Parameter),
    /// A parameter has to be above zero.
    NotPositive(Parameter),
    /// A parameter has to be zero or more.
    Negative(Parameter),
    /// A probability has to lie between 0 and 1, both allowed.
    NotAShare(Parameter),
    /// A mean, or a quantile of a beta, has to lie strictly between 0 and 1.
    NotInsideUnit(Parameter),
    /// A count has to be whole.
    NotWhole(Parameter),
    /// A count above 10^12: use a normal distribution.
    TooLarge(Parameter),
    /// The low end has to lie below the high end.
    LowNotBelowHigh,
    /// The mode has to lie between low and high.
    ModeOutside,
    /// The level of a quantile has to lie strictly between 0 % and 100 %.
    LevelOutside(Parameter),
    /// A higher quantile has to have a higher value.
    QuantilesNotIncreasing,
    /// No values were given.
    NoValues,
    /// Each value needs one weight.
    WeightsDoNotMatch,
    /// A weight is below zero.
    NegativeWeight,
    /// Weights have to add up to 1.
    WeightsDoNotSumToOne(f64),
    /// No set of parameters of the family fits these.
    WrongParameters(Family),
    /// No distribution of the family has these quantiles.
    NoFit(Family),
    /// The lower bound lies above the upper.
    BoundsCrossed,
    /// The distribution has no probability between the bounds.
    NoProbability,
}

impl fmt::Display for Reason {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFinite(p) => write!(out, "{p} has no value"),
            Self::NotPositive(p) => write!(out, "{p} has to be above zero"),
            Self::Negative(p) => write!(out, "{p} can't be below zero"),
            Self::NotAShare(p) => write!(out, "{p} has to lie between 0 and 1"),
            Self::NotInsideUnit(p) => write!(out, "{p} has to lie between 0 and 1, neither included"),
            Self::NotWhole(p) => write!(out, "{p} has to be a whole number"),
            Self::TooLarge(p) => write!(out, "{p} is above 10^12; a normal distribution serves there"),
            Self::LowNotBelowHigh => write!(out, "low has to be below high"),
            Self::ModeOutside => write!(out, "mode has to lie between low and high"),
            Self::LevelOutside(p) => write!(out, "the level of {p} has to lie between 0% and 100%, neither included"),
            Self::QuantilesNotIncreasing => write!(out, "the higher quantile has to have the higher value"),
            Self::NoValues => write!(out, "there are no values"),
            Self::WeightsDoNotMatch => write!(out, "each value needs one weight"),
            Self::NegativeWeight => write!(out, "a weight can't be below zero"),
            Self::WeightsDoNotSumToOne(sum) => write!(out, "the weights add up to {sum}, not to 1"),
            Self::WrongParameters(family) => write!(out, "these are not the parameters of {}", family.name()),
            Self::NoFit(family) => write!(out, "no {} distribution has these quantiles", family.name()),
            Self::BoundsCrossed => write!(out, "the lower bound lies above the upper"),
            Self::NoProbability => write!(out, "nothing is left between the bounds"),
        }
    }
}

impl std::error::Error for Reason {}
