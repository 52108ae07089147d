//! The regularised incomplete beta function I_x(a, b).
//!
//! The continued fraction of Didonato and Morris (1992, equation 9) on the side of the mean where it converges fast,
//! times x^a (1−x)^b / B(a, b) as the exponential of one pair.

use super::exp::exp_of_pair;
use super::gamma::{HALF_LN_TAU, stirling_rest};
use super::incomplete_gamma::Sides;
use super::lentz::Lentz;
use super::ln::{ln_of_pair, ln_pair};
use super::pair::Pair;

/// I_x(a, b) for a, b > 0: the share of a beta distribution below x.
#[must_use]
pub fn beta_lower(a: f64, b: f64, x: f64) -> f64 {
    both(a, b, x).lower
}

/// 1 − I_x(a, b), with full relative precision in the upper tail.
#[must_use]
pub fn beta_upper(a: f64, b: f64, x: f64) -> f64 {
    both(a, b, x).upper
}

pub(crate) fn both(a: f64, b: f64, x: f64) -> Sides {
    if !(a > 0.0 && b > 0.0) || x.is_nan() {
        return Sides::UNDEFINED;
    }
    if x <= 0.0 {
        return Sides::ALL_ABOVE;
    }
    if x >= 1.0 {
        return Sides::ALL_BELOW;
    }
    let y = Pair::sum(1.0, -x);
    let weight = beta_weight(a, b, x, y);
    // a(1 − x) − bx, the distance from the mean, without cancelling.
    let distance = y.times_double(a).minus(Pair::product(x, b)).value();
    if distance >= 0.0 {
        if weight == 0.0 {
            return Sides::ALL_ABOVE;
        }
        Sides::of_lower(weight / fraction(a, b, x, distance))
    } else {
        if weight == 0.0 {
            return Sides::ALL_BELOW;
        }
        Sides::of_upper(weight / fraction(b, a, y.hi, -distance))
    }
}

/// x^a y^b / B(a, b) with y = 1 − x, by Stirling's formula around the mean.
pub(crate) fn beta_weight(a: f64, b: f64, x: f64, y: Pair) -> f64 {
    let sum = Pair::sum(a, b);
    let left = ln_of_pair(sum.times_double(x).over_double(a)).times_double(a);
    let right = ln_of_pair(sum.times(y).over_double(b)).times_double(b);
    let root = ln_pair(a).plus(ln_pair(b)).minus(ln_of_pair(sum)).times_double(0.5).minus(HALF_LN_TAU);
    let rests = stirling_rest(sum.hi).minus(stirling_rest(a)).minus(stirling_rest(b));
    exp_of_pair(left.plus(right).plus(root).plus(rests))
}

/// The continued fraction, whose inverse times the weight is I_x(a, b); `distance` is a(1 − x) − bx ≥ 0.
fn fraction(a: f64, b: f64, x: f64, distance: f64) -> f64 {
    let below = |m: f64| {
        m + m * (b - m) * x / (a + 2.0 * m - 1.0) + (a + m) * (distance + 1.0 + m * (2.0 - x)) / (a + 2.0 * m + 1.0)
    };
    let above = |m: f64| {
        let root = a + 2.0 * m - 1.0;
        (a + m - 1.0) / root * ((a + b + m - 1.0) / root) * m * (b - m) * x * x
    };
    Lentz::above(a * (distance + 1.0) / (a + 1.0)).taken(10_000_000.0, |m| (above(m), below(m)))
}
