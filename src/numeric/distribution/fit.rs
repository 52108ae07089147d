//! Distributions from quantiles.

use super::bounded::{self, positive};
use super::{Distribution, Family, Parameter, Reason};
use crate::numeric::incomplete_beta;
use crate::numeric::incomplete_gamma::Sides;
use crate::numeric::inverse::gamma_quantile;
use crate::numeric::root::root;
use crate::numeric::{exp, ln, ln_1p, normal_quantile};

/// The value that is exceeded with probability 1 − level.
#[derive(Clone, Copy)]
pub(super) struct Quantile {
    level: f64,
    value: f64,
}

impl Quantile {
    fn parameter(self) -> Parameter {
        Parameter::Quantile(self.level)
    }
}

/// The one quantile given.
pub(super) fn one(family: Family, given: &[(Parameter, f64)]) -> Result<Quantile, Reason> {
    match given {
        [(Parameter::Quantile(level), value)] => checked(*level, *value),
        _ => Err(Reason::WrongParameters(family)),
    }
}

/// The two quantiles given, the lower level first.
pub(super) fn two(family: Family, given: &[(Parameter, f64)]) -> Result<[Quantile; 2], Reason> {
    let [(Parameter::Quantile(p), x), (Parameter::Quantile(q), y)] = given else {
        return Err(Reason::WrongParameters(family));
    };
    let (first, second) = (checked(*p, *x)?, checked(*q, *y)?);
    let (low, high) = if p < q { (first, second) } else { (second, first) };
    if low.level == high.level {
        return Err(Reason::WrongParameters(family));
    }
    if low.value < high.value { Ok([low, high]) } else { Err(Reason::QuantilesNotIncreasing) }
}

fn checked(level: f64, value: f64) -> Result<Quantile, Reason> {
    if level > 0.0 && level < 1.0 {
        Ok(Quantile { level, value })
    } else {
        Err(Reason::LevelOutside(Parameter::Quantile(level)))
    }
}

/// The line through two points of the quantile function: value = mean + deviation · z.
pub(super) fn normal([low, high]: [Quantile; 2]) -> Result<Distribution, Reason> {
    let (mean, deviation) = line(low.level, low.value, high.level, high.value);
    bounded::normal(mean, deviation)
}

/// The same line through the logarithms.
pub(super) fn lognormal([low, high]: [Quantile; 2]) -> Result<Distribution, Reason> {
    positive(low.parameter(), low.value)?;
    let (mu, sigma) = line(low.level, ln(low.value), high.level, ln(high.value));
    positive(Parameter::Sigma, sigma)?;
    Ok(Distribution::Lognormal { mu, sigma })
}

fn line(p: f64, x: f64, q: f64, y: f64) -> (f64, f64) {
    let (z, w) = (normal_quantile(p), normal_quantile(q));
    let deviation = (y - x) / (w - z);
    // From the point nearer the middle, where less is multiplied.
    let mean = if z.abs() < w.abs() { x - z * deviation } else { y - w * deviation };
    (mean, deviation)
}

pub(super) fn uniform([low, high]: [Quantile; 2]) -> Result<Distribution, Reason> {
    let width = (high.value - low.value) / (high.level - low.level);
    bounded::uniform(low.value - low.level * width, high.value + (1.0 - high.level) * width)
}

/// Q(p) = −mean · ln(1 − p).
pub(super) fn exponential(quantile: Quantile) -> Result<Distribution, Reason> {
    positive(quantile.parameter(), quantile.value)?;
    bounded::exponential(quantile.value / -ln_1p(-quantile.level))
}

/// The shape from the ratio of the quantiles, which falls as the shape grows; then the scale.
pub(super) fn gamma([low, high]: [Quantile; 2]) -> Result<Distribution, Reason> {
    positive(low.parameter(), low.value)?;
    let wanted = ln(high.value / low.value);
    let (below, above) = (Sides::of_lower(low.level), Sides::of_lower(high.level));
    let miss = |ln_shape: f64| {
        let shape = exp(ln_shape);
        let (x, y) = (gamma_quantile(shape, below), gamma_quantile(shape, above));
        // A quantile that underflows is very far below the other.
        if x > 0.0 { ln(y / x) - wanted } else { 1e3 }
    };
    let shape = exp(root(miss, ln(SHAPES.0), ln(SHAPES.1)).ok_or(Reason::NoFit(Family::Gamma))?);
    let scale = high.value / gamma_quantile(shape, above);
    positive(Parameter::Scale, scale)?;
    Ok(Distribution::Gamma { shape, scale })
}

/// Shapes searched; outside them quantiles underflow or differ in the last places only.
const SHAPES: (f64, f64) = (1e-3, 1e12);

/// For each concentration one mean meets the lower quantile; the higher the concentration, the more lies below the
/// upper one (Shih 2015: exactly one beta has two given quantiles).
pub(super) fn beta([low, high]: [Quantile; 2]) -> Result<Distribution, Reason> {
    for quantile in [low, high] {
        if !(quantile.value > 0.0 && quantile.value < 1.0) {
            return Err(Reason::NotInsideUnit(quantile.parameter()));
        }
    }
    let start = ln(low.value / (1.0 - low.value)).clamp(-LOGIT, LOGIT);
    let shapes = |ln_concentration: f64| {
        let concentration = exp(ln_concentration);
        let miss = |logit: f64| {
            let (alpha, beta) = split(concentration, logit);
            -distance(alpha, beta, low)
        };
        rising_root(miss, start, (-LOGIT, LOGIT)).map(|logit| split(concentration, logit))
    };
    let miss = |ln_concentration: f64| match shapes(ln_concentration) {
        Some((alpha, beta)) => distance(alpha, beta, high),
        None => f64::NAN,
    };
    let limits = (ln(CONCENTRATIONS.0), ln(CONCENTRATIONS.1));
    let found = rising_root(miss, ln(rough_concentration(low, high)), limits).and_then(shapes);
    let (alpha, beta) = found.ok_or(Reason::NoFit(Family::Beta))?;
    Ok(Distribution::Beta { alpha, beta })
}

/// Concentrations searched.
const CONCENTRATIONS: (f64, f64) = (1e-3, 1e12);

/// Means searched reach from e^−300 to 1 − e^−300: further out their shapes' ratio would overflow.
const LOGIT: f64 = 300.0;

/// mean · (1 − mean) / variance of the normal with these quantiles, kept inside the limits.
fn rough_concentration(low: Quantile, high: Quantile) -> f64 {
    let (mean, deviation) = line(low.level, low.value, high.level, high.value);
    let mean = mean.max(low.value).min(high.value);
    let rough = mean * (1.0 - mean) / (deviation * deviation);
    rough.clamp(CONCENTRATIONS.0, CONCENTRATIONS.1)
}

/// The root of a function that rises, sought from `start` with steps that double, inside the limits: where the function
/// is costly far from its root, a bracket of the whole range would be slow.
fn rising_root(f: impl Fn(f64) -> f64, start: f64, (lowest, highest): (f64, f64)) -> Option<f64> {
    let first = f(start);
    let mut step = if first < 0.0 { 0.5 } else { -0.5 };
    let mut near = start;
    loop {
        let far = (near + step).clamp(lowest, highest);
        let value = f(far);
        if (value < 0.0) != (first < 0.0) {
            return root(&f, near, far);
        }
        if value.is_nan() || far == near {
            return None;
        }
        near = far;
        step *= 2.0;
    }
}

/// alpha and beta of a concentration and the logit of a mean.
fn split(concentration: f64, logit: f64) -> (f64, f64) {
    let odds = exp(-logit.abs());
    let (smaller, larger) = (concentration * odds / (1.0 + odds), concentration / (1.0 + odds));
    if logit < 0.0 { (smaller, larger) } else { (larger, smaller) }
}

/// By how much the probability below a quantile misses its level, the smaller side compared.
fn distance(alpha: f64, beta: f64, quantile: Quantile) -> f64 {
    let sides = incomplete_beta::both(alpha, beta, quantile.value);
    if quantile.level <= 0.5 { sides.lower - quantile.level } else { (1.0 - quantile.level) - sides.upper }
}
