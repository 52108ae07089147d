//! Quantiles of the gamma and beta distributions: the inverses of P(a, x) and I_x(a, b).

use super::exp::{exp, exp_m1};
use super::gamma::ln_gamma_1p;
use super::incomplete_beta::{self, beta_weight};
use super::incomplete_gamma::{self, Sides, gamma_weight};
use super::ln::ln;
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

/// A guess that was rounded to nothing beside 1.
const LOST: f64 = 1e-20;

/// The x with I_x(a, b) = `target.lower`, computed from the smaller side; where it lies near 1, from its distance to 1.
pub(crate) fn beta_quantile(a: f64, b: f64, target: Sides) -> f64 {
    if !(target.lower > 0.0) {
        return 0.0;
    }
    if !(target.upper > 0.0) {
        return 1.0;
    }
    let turned = target.turned();
    let (x, y) = if target.lower <= target.upper {
        beta_start(a, b, target)
    } else {
        let (y, x) = beta_start(b, a, turned);
        (x, y)
    };
    // Solved for the smaller of x and 1 − x, whose digits count; where the guess was wrong, for the other again.
    if x <= y {
        let x = beta_from(x, a, b, target);
        if x > 0.9 { 1.0 - beta_from((1.0 - x).max(LOST), b, a, turned) } else { x }
    } else {
        let y = beta_from(y, b, a, turned);
        if y > 0.9 { beta_from((1.0 - y).max(LOST), a, b, target) } else { 1.0 - y }
    }
}

/// Newton's method from `start`, inside a bracket, on the logarithm of the smaller probability: against ln x in the lower
/// tail, where it is nearly a power of x, and against ln(1 − x) in the upper; also against ln x where a power of x below
/// 1 takes most of the probability.
fn beta_from(start: f64, a: f64, b: f64, target: Sides) -> f64 {
    let from_below = target.lower <= target.upper;
    let along_x = from_below || a < 1.0 && target.upper > 0.1;
    let mut x = start;
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
        let sides = incomplete_beta::both(a, b, x);
        let (miss, share) = if from_below {
            (ln(sides.lower / target.lower), sides.lower)
        } else {
            (ln(target.upper / sides.upper), sides.upper)
        };
        if miss < 0.0 {
            low = x;
        } else {
            high = x;
        }
        // d ln I / d ln x = weight / ((1 − x) I), and for the upper side with 1 − x in the place of x.
        let step = miss * share / beta_weight(a, b, x, y);
        let next = if along_x { x * exp(-step * y.value()) } else { x - y.value() * exp_m1(step * x) };
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

/// A guess of x and 1 − x: Abramowitz and Stegun 26.5.22, or for a shape below 1 the power law at the nearer end.
fn beta_start(a: f64, b: f64, target: Sides) -> (f64, f64) {
    if a >= 1.0 && b >= 1.0 {
        let z = -normal_quantile(target.lower);
        let (one, two) = (1.0 / (2.0 * a - 1.0), 1.0 / (2.0 * b - 1.0));
        let lambda = (z * z - 3.0) / 6.0;
        let h = 2.0 / (one + two);
        let w = z * (h + lambda).max(0.0).sqrt() / h - (two - one) * (lambda + 5.0 / 6.0 - 2.0 / (3.0 * h));
        let odds = b / a * exp(2.0 * w);
        return (1.0 / (1.0 + odds), odds / (1.0 + odds));
    }
    let left = exp(a * ln(a / (a + b))) / a;
    let right = exp(b * ln(b / (a + b))) / b;
    let both = left + right;
    if target.lower * both < left {
        let x = exp(ln(a * both * target.lower) / a);
        (x, 1.0 - x)
    } else {
        let y = exp(ln(b * both * target.upper) / b).min(0.999_999);
        (1.0 - y, y)
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
