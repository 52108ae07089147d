//! From named parameters to a distribution.

use super::Parameter as P;
use super::bounded::{exponential, normal, positive, uniform};
use super::{Atoms, Distribution, Family, Parameter, Reason, fit};
use crate::numeric::{ln, ln_1p};

/// The distribution of `family` with these parameters, in any order, as one of its `signatures` has them.
///
/// A discrete distribution takes as many `Value`s as `Weight`s, the first weight belonging to the first value.
///
/// # Errors
/// When the set of parameters isn't one of the family's, or a value is out of range.
pub fn resolve(family: Family, given: &[(Parameter, f64)]) -> Result<Distribution, Reason> {
    if let Some(&(parameter, _)) = given.iter().find(|(_, value)| !value.is_finite()) {
        return Err(Reason::NotFinite(parameter));
    }
    let wrong = Err(Reason::WrongParameters(family));
    match family {
        Family::Normal => match take(given, [P::Mean, P::Deviation]) {
            Some([mean, deviation]) => normal(mean, deviation),
            None => fit::normal(fit::two(family, given)?),
        },
        Family::Lognormal => lognormal(given),
        Family::Uniform => match take(given, [P::Low, P::High]) {
            Some([low, high]) => uniform(low, high),
            None => fit::uniform(fit::two(family, given)?),
        },
        Family::Triangular => take(given, [P::Low, P::Mode, P::High]).map_or(wrong, |[low, mode, high]| {
            three(low, mode, high)?;
            Ok(Distribution::Triangular { low, mode, high })
        }),
        Family::Pert => take(given, [P::Low, P::Mode, P::High]).map_or(wrong, |[low, mode, high]| {
            three(low, mode, high)?;
            Ok(Distribution::Pert { low, mode, high })
        }),
        Family::Beta => beta(given),
        Family::Gamma => gamma(given),
        Family::Exponential => match take(given, [P::Mean]) {
            Some([mean]) => exponential(mean),
            None => fit::exponential(fit::one(family, given)?),
        },
        Family::Poisson => take(given, [P::Mean]).map_or(wrong, |[mean]| poisson(mean)),
        Family::Binomial => take(given, [P::Trials, P::Probability]).map_or(wrong, |[n, p]| binomial(n, p)),
        Family::Bernoulli => take(given, [P::Probability]).map_or(wrong, |[p]| bernoulli(p)),
        Family::Discrete => discrete(given),
        Family::Empirical => {
            if given.iter().any(|&(parameter, _)| parameter != P::Value) {
                return wrong;
            }
            Atoms::equal(given.iter().map(|&(_, value)| value)).map(Distribution::Empirical)
        }
    }
}

/// `a to b` behind `~`: the 90 % interval, lognormal when both ends are positive, else normal.
///
/// # Errors
/// When `a` isn't below `b`, or either is no number.
pub fn interval90(a: f64, b: f64) -> Result<Distribution, Reason> {
    let family = if a > 0.0 && b > 0.0 { Family::Lognormal } else { Family::Normal };
    resolve(family, &[(P::Quantile(0.05), a), (P::Quantile(0.95), b)])
}

/// The values of exactly the wanted parameters, in the order wanted.
fn take<const N: usize>(given: &[(Parameter, f64)], wanted: [Parameter; N]) -> Option<[f64; N]> {
    if given.len() != N {
        return None;
    }
    let mut values = [0.0; N];
    for (value, parameter) in values.iter_mut().zip(wanted) {
        *value = given.iter().find(|(name, _)| *name == parameter)?.1;
    }
    Some(values)
}

fn share(parameter: Parameter, value: f64) -> Result<(), Reason> {
    if (0.0..=1.0).contains(&value) { Ok(()) } else { Err(Reason::NotAShare(parameter)) }
}

fn count(parameter: Parameter, value: f64) -> Result<(), Reason> {
    if value < 0.0 {
        Err(Reason::Negative(parameter))
    } else if value > 1e12 {
        Err(Reason::TooLarge(parameter))
    } else {
        Ok(())
    }
}

fn lognormal(given: &[(Parameter, f64)]) -> Result<Distribution, Reason> {
    let (mu, sigma) = if let Some([mu, sigma]) = take(given, [P::Mu, P::Sigma]) {
        (mu, sigma)
    } else if let Some([median, sigma]) = take(given, [P::Median, P::Sigma]) {
        positive(P::Median, median)?;
        (ln(median), sigma)
    } else if let Some([mean, deviation]) = take(given, [P::Mean, P::Deviation]) {
        // sd²/mean² = e^(σ²) − 1 and mean = e^(μ + σ²/2)
        positive(P::Mean, mean)?;
        positive(P::Deviation, deviation)?;
        let variation = deviation / mean;
        let variance = ln_1p(variation * variation);
        (ln(mean) - 0.5 * variance, variance.sqrt())
    } else {
        return fit::lognormal(fit::two(Family::Lognormal, given)?);
    };
    positive(P::Sigma, sigma)?;
    Ok(Distribution::Lognormal { mu, sigma })
}

fn three(low: f64, mode: f64, high: f64) -> Result<(), Reason> {
    if !(low < high) {
        Err(Reason::LowNotBelowHigh)
    } else if (low..=high).contains(&mode) {
        Ok(())
    } else {
        Err(Reason::ModeOutside)
    }
}

fn beta(given: &[(Parameter, f64)]) -> Result<Distribution, Reason> {
    if let Some([alpha, beta]) = take(given, [P::Alpha, P::Beta]) {
        positive(P::Alpha, alpha)?;
        positive(P::Beta, beta)?;
        return Ok(Distribution::Beta { alpha, beta });
    }
    let Some([mean, concentration]) = take(given, [P::Mean, P::Concentration]) else {
        return fit::beta(fit::two(Family::Beta, given)?);
    };
    if !(mean > 0.0 && mean < 1.0) {
        return Err(Reason::NotInsideUnit(P::Mean));
    }
    positive(P::Concentration, concentration)?;
    Ok(Distribution::Beta { alpha: mean * concentration, beta: (1.0 - mean) * concentration })
}

fn gamma(given: &[(Parameter, f64)]) -> Result<Distribution, Reason> {
    if let Some([shape, scale]) = take(given, [P::Shape, P::Scale]) {
        positive(P::Shape, shape)?;
        positive(P::Scale, scale)?;
        return Ok(Distribution::Gamma { shape, scale });
    }
    let Some([mean, deviation]) = take(given, [P::Mean, P::Deviation]) else {
        return fit::gamma(fit::two(Family::Gamma, given)?);
    };
    positive(P::Mean, mean)?;
    positive(P::Deviation, deviation)?;
    let variation = deviation / mean;
    Ok(Distribution::Gamma { shape: 1.0 / (variation * variation), scale: deviation * variation })
}

fn poisson(mean: f64) -> Result<Distribution, Reason> {
    count(P::Mean, mean)?;
    Ok(Distribution::Poisson { mean })
}

fn binomial(trials: f64, probability: f64) -> Result<Distribution, Reason> {
    count(P::Trials, trials)?;
    if trials != trials.floor() {
        return Err(Reason::NotWhole(P::Trials));
    }
    share(P::Probability, probability)?;
    Ok(Distribution::Binomial { trials, probability })
}

fn bernoulli(probability: f64) -> Result<Distribution, Reason> {
    share(P::Probability, probability)?;
    Ok(Distribution::Bernoulli { probability })
}

fn discrete(given: &[(Parameter, f64)]) -> Result<Distribution, Reason> {
    let of = |wanted: Parameter| given.iter().filter(move |(name, _)| *name == wanted).map(|&(_, value)| value);
    let (values, weights) = (of(P::Value).count(), of(P::Weight).count());
    if values + weights != given.len() {
        return Err(Reason::WrongParameters(Family::Discrete));
    }
    if values != weights {
        return Err(Reason::WeightsDoNotMatch);
    }
    Atoms::weighted(of(P::Value).zip(of(P::Weight))).map(Distribution::Discrete)
}
