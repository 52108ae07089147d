//! The power law at the low end: near it a beta or gamma of shape a lies at a power 1/a of the share below.

use super::rows::{ROW, exp_row, ln_row};
use crate::numeric::distribution::{Distribution, Truncated};
use crate::numeric::incomplete_gamma::Sides;
use crate::numeric::inverse::{beta_quantile, gamma_quantile};
use crate::numeric::{beta_lower, gamma_lower, ln, ln_1p};

/// value = scale · e^(exponent · ln u + rest), u being the share below, and the rest a smooth function that tends to
/// `limit` at the low end.
#[derive(Clone, Debug)]
pub(super) struct Power {
    exponent: f64,
    limit: f64,
    scale: f64,
    shape: Shape,
}

/// The distribution of the value in scales.
#[derive(Clone, Copy, Debug)]
enum Shape {
    Beta { alpha: f64, beta: f64 },
    Gamma { shape: f64 },
}

/// Shapes below this are taken as powers: above it polynomials serve as they are, and are faster.
const LEAST_SHAPE: f64 = 0.15;

/// A value so small that the power law is exact.
const TINY: f64 = 1e-200;

impl Power {
    /// The power law of a distribution; `None` where it has none, or is smooth enough, or a bound cuts it off.
    pub fn of(of: &Truncated) -> Option<Self> {
        let window = of.window();
        let (shape, scale) = if let Distribution::Beta { alpha, beta } = *of.whole() {
            (Shape::Beta { alpha, beta }, 1.0)
        } else if let Distribution::Gamma { shape, scale } = *of.whole() {
            (Shape::Gamma { shape }, scale)
        } else {
            return None;
        };
        let (exponent, share) = match shape {
            Shape::Beta { alpha, beta } => (1.0 / alpha, beta_lower(alpha, beta, TINY)),
            Shape::Gamma { shape } => (1.0 / shape, gamma_lower(shape, TINY)),
        };
        let limit = ln(TINY) - exponent * ln(share / window.mass());
        let is_whole = window.before.lower == 0.0;
        (is_whole && exponent * LEAST_SHAPE > 1.0).then_some(Self { exponent, limit, scale, shape })
    }

    /// What the polynomials stand for at the value with these shares below and above.
    pub fn rest(&self, of: &Truncated, lower: f64, upper: f64) -> f64 {
        let value = self.shape.quantile(of.window().target(lower, upper));
        let logarithm = if lower <= upper { ln(lower) } else { ln_1p(-upper) };
        if value > TINY { ln(value) - self.exponent * logarithm } else { self.limit }
    }

    /// The values at a row of uniforms for which the polynomials give `rests`.
    pub fn values(&self, rests: &[f64], uniforms: &[f64], out: &mut [f64]) {
        ln_row(uniforms, out);
        let mut logarithms = [0.0; ROW];
        for ((logarithm, ln_u), rest) in logarithms.iter_mut().zip(out.iter()).zip(rests) {
            *logarithm = self.exponent * ln_u + rest;
        }
        exp_row(logarithms.split_at(out.len()).0, out);
        for value in out {
            *value *= self.scale;
        }
    }
}

impl Shape {
    fn quantile(self, target: Sides) -> f64 {
        match self {
            Self::Beta { alpha, beta } => beta_quantile(alpha, beta, target),
            Self::Gamma { shape } => gamma_quantile(shape, target),
        }
    }
}
