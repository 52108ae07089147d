//! Gauss's hypergeometric function with a first parameter of 1: what a beta mixture of geometric laws sums up to.

/// More than any x up to 1 − 10⁻⁶ needs.
const MOST_TERMS: u32 = 40_000;

/// ₂F₁(1, b; c; x) = Σ (b)ₜ ÷ (c)ₜ × xᵗ, for 0 < b ≤ c and 0 ≤ x < 1; NaN elsewhere, and where x is too near to 1.
///
/// By Gauss's continued fraction, in Lentz's way of running it forwards: its parts fall towards x ÷ 4, so that it converges
/// by the square root of the series' terms.
#[must_use]
pub fn hypergeometric(b: f64, c: f64, x: f64) -> f64 {
    if !(b > 0.0 && c >= b && c < f64::INFINITY && (0.0..1.0).contains(&x)) {
        return f64::NAN;
    }
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
