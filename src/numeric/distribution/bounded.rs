//! Distributions of plain parameters, refused where a parameter is out of range.

use super::Parameter as P;
use super::{Distribution, Parameter, Reason};

pub(super) fn positive(parameter: Parameter, value: f64) -> Result<(), Reason> {
    if value > 0.0 { Ok(()) } else { Err(Reason::NotPositive(parameter)) }
}

pub(super) fn normal(mean: f64, deviation: f64) -> Result<Distribution, Reason> {
    positive(P::Deviation, deviation)?;
    Ok(Distribution::Normal { mean, deviation })
}

pub(super) fn uniform(low: f64, high: f64) -> Result<Distribution, Reason> {
    if low < high { Ok(Distribution::Uniform { low, high }) } else { Err(Reason::LowNotBelowHigh) }
}

pub(super) fn exponential(mean: f64) -> Result<Distribution, Reason> {
    positive(P::Mean, mean)?;
    Ok(Distribution::Exponential { mean })
}
