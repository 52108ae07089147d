//! Gauss's hypergeometric function: what a beta mixture of geometric laws and of buyers who may stop sums up to.

use super::pow;

/// More than any x up to 1 − 10⁻⁶ needs in the fraction, and up to 0.999 in the series.
const MOST_TERMS: u32 = 40_000;

/// ₂F₁(a, b; c; x) = Σ (a)ₜ (b)ₜ ÷ (c)ₜ ÷ t! × xᵗ, for a, b and c above 0 and 0 ≤ x < 1; NaN elsewhere, and where x is too
/// near to 1.
#[must_use]
pub fn hypergeometric(a: f64, b: f64, c: f64, x: f64) -> f64 {
    let positive = [a, b, c].iter().all(|parameter| *parameter > 0.0 && *parameter < f64::INFINITY);
    if !(positive && (0.0..1.0).contains(&x)) {
        return f64::NAN;
    }
    if a == 1.0 && c >= b {
        fraction(b, c, x)
    } else if c < a + b && c - a > -1.0 && c - b > -1.0 {
        // Euler's transformation: what is left falls the faster the faster this grows.
        pow(1.0 - x, c - a - b) * series(c - a, c - b, c, x)
    } else {
        series(a, b, c, x)
    }
}

/// ₂F₁(a, b; c; x) term by term, for a and b above −1: behind the first all have one sign, and none is lost in another.
fn series(a: f64, b: f64, c: f64, x: f64) -> f64 {
    let (mut sum, mut rest, mut term) = (1.0_f64, 0.0_f64, 1.0_f64);
    for t in 0..MOST_TERMS {
        let t = f64::from(t);
        let ratio = (a + t) / (c + t) * ((b + t) / (1.0 + t)) * x;
        term *= ratio;
        let next = sum + term;
        rest += term - (next - sum);
        sum = next;
        // What follows is less than a geometric series of this ratio, once the ratios fall.
        let bound = ratio.abs().max(x);
        if bound < 1.0 && term.abs() * bound < (1.0 - bound) * sum.abs() * f64::EPSILON / 4.0 {
            return sum + rest;
        }
    }
    f64::NAN
}

/// ₂F₁(1, b; c; x) = Σ (b)ₜ ÷ (c)ₜ × xᵗ, for b ≤ c.
///
/// By Gauss's continued fraction, in Lentz's way of running it forwards: its parts fall towards x ÷ 4, so that it converges
/// by the square root of the series' terms.
fn fraction(b: f64, c: f64, x: f64) -> f64 {
    let (mut value, mut above, mut below) = (1.0_f64, 1.0_f64, 0.0_f64);
    for term in 1..=MOST_TERMS {
        let part = -x * coefficient(b, c, term);
        below = 1.0 / (1.0 + part * below);
        above = 1.0 + part / above;
        let step = above * below;
        value *= step;
        if (step - 1.0).abs() < f64::EPSILON {
            return 1.0 / value;
        }
    }
    f64::NAN
}

/// The coefficients of the fraction 1 ÷ (1 − e₁x ÷ (1 − e₂x ÷ (1 − …))).
fn coefficient(b: f64, c: f64, term: u32) -> f64 {
    let n = f64::from(term / 2);
    let (even, twice) = (term.is_multiple_of(2), c + 2.0 * n);
    if term == 1 {
        b / c
    } else if even {
        n * (c - b + n - 1.0) / ((twice - 2.0) * (twice - 1.0))
    } else {
        (b + n) * (c + n - 1.0) / ((twice - 1.0) * twice)
    }
}
