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
        let shape = Shape::at(end, of.whole()).filter(|shape| uncut && shape.near() < LEAST_SHAPE)?;
        let exponent = 1.0 / shape.near();
        let limit = ln(TINY) - exponent * ln(shape.share(TINY) / window.mass());
        Some(Self { end, exponent, limit, shape })
    }

    /// What the polynomials stand for at the value with these shares below and above.
    pub fn rest(&self, of: &Truncated, lower: f64, upper: f64) -> f64 {
        let target = of.window().target(lower, upper);
        let (target, logarithm) = match self.end {
            End::Low => (target, ln_share(lower, upper)),
            End::High => (target.turned(), ln_share(upper, lower)),
        };
        let distance = self.shape.distance(target);
        if distance > TINY { ln(distance) - self.exponent * logarithm } else { self.limit }
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

impl Shape {
    fn at(end: End, whole: &Distribution) -> Option<Self> {
        if let Distribution::Beta { alpha, beta } = *whole {
            return Some(match end {
                End::Low => Self::Beta { near: alpha, far: beta },
                End::High => Self::Beta { near: beta, far: alpha },
            });
        }
        if let (Distribution::Gamma { shape, scale }, End::Low) = (whole, end) {
            return Some(Self::Gamma { shape: *shape, scale: *scale });
        }
        None
    }

    /// The shape at the end.
    fn near(self) -> f64 {
        match self {
            Self::Beta { near, .. } | Self::Gamma { shape: near, .. } => near,
        }
    }

    /// The probability of at most this distance, which of a gamma is in scales.
    fn share(self, distance: f64) -> f64 {
        match self {
            Self::Beta { near, far } => beta_lower(near, far, distance),
            Self::Gamma { shape, .. } => gamma_lower(shape, distance),
        }
    }

    fn distance(self, target: Sides) -> f64 {
        match self {
            Self::Beta { near, far } => beta_quantile(near, far, target),
            Self::Gamma { shape, .. } => gamma_quantile(shape, target),
        }
    }
}

/// ln of a share, from the other one where that is the smaller.
fn ln_share(share: f64, other: f64) -> f64 {
    if share <= other { ln(share) } else { crate::numeric::ln_1p(-other) }
}
