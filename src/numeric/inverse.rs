//! Quantiles of the gamma and beta distributions: the inverses of P(a, x) and I_x(a, b).

use super::exp::exp;
use super::gamma::ln_gamma_1p;
use super::incomplete_beta::{self, beta_weight};
use super::incomplete_gamma::{self, Sides, gamma_weight};
use super::ln::{ln, ln_1p};
use super::normal::normal_quantile;
use super::pair::Pair;

/// Where the logarithm of the probability is this near, one Newton step more is exact to the last places.
const NEAR: f64 = 1e-8;

/// The x with P(a, x) = `target.lower` and Q(a, x) = `target.upper`, computed from the smaller of the two.
///
/// Newton's method on the logarithm of the probability, inside a bracket: against ln x in the lower tail, where P is
/// nearly a power of x, and against x in the upper tail, where Q is nearly exponential.
pub(crate) fn gamma_quantile(a: f64, target: Sides) -> f64 {
    if !(target.lower > 0.0) {
        return 0.0;
    }
    if !(target.upper > 0.0) {
        return f64::INFINITY;
    }
    let from_below = target.lower <= target.upper;
    let mut x = gamma_start(a, target);
    let (mut low, mut high) = (0.0, f64::INFINITY);
    for _ in 0..200 {
        if !(x > f64::MIN_POSITIVE) {
            return 0.0;
        }
        let sides = incomplete_gamma::both(a, x);
        let weight = gamma_weight(a, x);
        let miss = if from_below { ln(sides.lower / target.lower) } else { ln(target.upper / sides.upper) };
        if miss < 0.0 {
            low = x;
        } else {
            high = x;
        }
        let next = if from_below {
            x * exp(-miss * sides.lower / weight)
        } else {
            x - miss * x * (sides.upper / weight)
        };
        if miss.abs() < NEAR {
            return next;
        }
        x = if next > low && next < high { next } else { between(low, high) };
    }
    x
}

/// Wilson and Hilferty's cube of a normal, or in the far lower tail the first term of the series.
fn gamma_start(a: f64, target: Sides) -> f64 {
    let z = if target.lower <= target.upper { normal_quantile(target.lower) } else { -normal_quantile(target.upper) };
    let root = 1.0 - 1.0 / (9.0 * a) + z / (3.0 * a.sqrt());
    if root > 0.3 { a * root * root * root } else { exp((ln(target.lower) + ln_gamma_1p(a)) / a) }
}

/// The x with I_x(a, b) = `target.lower`, computed from the smaller side.
pub(crate) fn beta_quantile(a: f64, b: f64, target: Sides) -> f64 {
    if !(target.lower > 0.0) {
        return 0.0;
    }
    if !(target.upper > 0.0) {
        return 1.0;
    }
    if target.lower <= target.upper {
        beta_from_below(a, b, target)
    } else {
        1.0 - beta_from_below(b, a, target.turned())
    }
}

fn beta_from_below(a: f64, b: f64, target: Sides) -> f64 {
    let mut x = beta_start(a, b, target);
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..200 {
        if !(x > f64::MIN_POSITIVE) {
            return 0.0;
        }
        if x >= 1.0 {
            x = 0.5 * (low + 1.0);
            if x >= 1.0 {
                return 1.0;
            }
        }
        let y = Pair::sum(1.0, -x);
        let lower = incomplete_beta::both(a, b, x).lower;
        let miss = ln(lower / target.lower);
        if miss < 0.0 {
            low = x;
        } else {
            high = x;
        }
        // d ln I / d ln x = weight / ((1 − x) I)
        let next = x * exp(-miss * lower * y.value() / beta_weight(a, b, x, y));
        if miss.abs() < NEAR || !(low < high) {
            return next.clamp(low, high);
        }
        x = if next > low && next < high { next } else { between(low, high) };
        if x == low || x == high {
            return x;
        }
    }
    x
}

/// Abramowitz and Stegun 26.5.22, or for a shape below 1 the power law at the nearer end.
fn beta_start(a: f64, b: f64, target: Sides) -> f64 {
    if a >= 1.0 && b >= 1.0 {
        let z = -normal_quantile(target.lower);
        let (one, two) = (1.0 / (2.0 * a - 1.0), 1.0 / (2.0 * b - 1.0));
        let lambda = (z * z - 3.0) / 6.0;
        let h = 2.0 / (one + two);
        let w = z * (h + lambda).max(0.0).sqrt() / h - (two - one) * (lambda + 5.0 / 6.0 - 2.0 / (3.0 * h));
        return a / (a + b * exp(2.0 * w));
    }
    let left = exp(a * ln(a / (a + b))) / a;
    let right = exp(b * ln(b / (a + b))) / b;
    let both = left + right;
    if target.lower * both < left {
        exp(ln(a * both * target.lower) / a)
    } else {
        exp(ln_1p(-exp(ln(b * both * target.upper) / b).min(0.999_999)))
    }
}

/// A point inside a bracket that may reach from 0 to ∞, halving exponents while they differ.
fn between(low: f64, high: f64) -> f64 {
    if high == f64::INFINITY {
        return low * 2.0;
    }
    if low == 0.0 {
        return high * 1e-3;
    }
    if high > low * 4.0 { low.sqrt() * high.sqrt() } else { 0.5 * (low + high) }
}
