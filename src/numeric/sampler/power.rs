//! The power law at an end of the support: near it a beta or gamma of shape a lies at a power 1/a of the share.

use crate::numeric::distribution::{Distribution, Truncated};
use crate::numeric::incomplete_gamma::Sides;
use crate::numeric::inverse::{beta_quantile, gamma_quantile};
use crate::numeric::{beta_lower, exp, gamma_lower, ln};

/// Which end of the support.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    Low,
    High,
}

/// value = end ± scale · e^(exponent · ln(share) + rest), the share being that between the end and the value, and the rest
/// a smooth function of it that tends to `limit`.
#[derive(Clone, Debug)]
pub(super) struct Power {
    pub end: End,
    pub exponent: f64,
    limit: f64,
    /// The distribution of the distance from the end.
    shape: Shape,
}

#[derive(Clone, Copy, Debug)]
enum Shape {
    Beta { near: f64, far: f64 },
    Gamma { shape: f64, scale: f64 },
}

/// Shapes below this are taken as powers: above it polynomials serve as they are, and are faster.
const LEAST_SHAPE: f64 = 0.15;

/// A distance so small that the power law is exact.
const TINY: f64 = 1e-200;

impl Power {
    /// The power law at an end; `None` where there is none, or it is smooth enough without, or a bound cuts it off.
    pub fn at(end: End, of: &Truncated) -> Option<Self> {
        let window = of.window();
        let uncut = match end {
            End::Low => window.before.lower == 0.0,
            End::High => window.up_to.upper == 0.0,
        };
        let (near, share, shape) = match (of.whole(), end) {
            (Distribution::Beta { alpha, beta }, End::Low) => {
                (*alpha, beta_lower(*alpha, *beta, TINY), Shape::Beta { near: *alpha, far: *beta })
            }
            (Distribution::Beta { alpha, beta }, End::High) => {
                (*beta, beta_lower(*beta, *alpha, TINY), Shape::Beta { near: *beta, far: *alpha })
            }
            (Distribution::Gamma { shape, scale }, End::Low) => {
                (*shape, gamma_lower(*shape, TINY), Shape::Gamma { shape: *shape, scale: *scale })
            }
            _ => return None,
        };
        let exponent = 1.0 / near;
        let limit = ln(TINY) - exponent * ln(share / window.mass());
        (uncut && near < LEAST_SHAPE).then_some(Self { end, exponent, limit, shape })
    }

    /// What the polynomials stand for at the value with these shares below and above.
    pub fn rest(&self, of: &Truncated, lower: f64, upper: f64) -> f64 {
        let target = of.window().target(lower, upper);
        let (target, logarithm) = match self.end {
            End::Low => (target, ln_share(lower, upper)),
            End::High => (target.turned(), ln_share(upper, lower)),
        };
        let distance = self.distance(target);
        if distance > TINY { ln(distance) - self.exponent * logarithm } else { self.limit }
    }

    fn distance(&self, target: Sides) -> f64 {
        match self.shape {
            Shape::Beta { near, far } => beta_quantile(near, far, target),
            Shape::Gamma { shape, .. } => gamma_quantile(shape, target),
        }
    }

    /// The value where the polynomials give `rest`.
    pub fn value(&self, rest: f64, u: f64) -> f64 {
        match (self.shape, self.end) {
            (Shape::Gamma { scale, .. }, _) => scale * exp(self.exponent * ln(u) + rest),
            (Shape::Beta { .. }, End::Low) => exp(self.exponent * ln(u) + rest),
            (Shape::Beta { .. }, End::High) => 1.0 - exp(self.exponent * ln(1.0 - u) + rest),
        }
    }
}

/// ln of a share, from the other one where that is the smaller.
fn ln_share(share: f64, other: f64) -> f64 {
    if share <= other { ln(share) } else { crate::numeric::ln_1p(-other) }
}
