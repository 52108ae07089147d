//! Powers, within 0.52 of a unit in the last place.
//!
//! Order: the special cases below; then y = 1, 2, −1 and ½ as x, x·x, 1/x and √x, each rounded once by IEEE 754; all
//! others as e^(y · ln|x|) with the logarithm and the product as pairs, negated for a negative x with odd y. A power
//! that is itself a double comes out exactly: 10^3 is 1000.

use std::cmp::Ordering;

use super::exp::{exp_of_pair, plain_exp};
use super::ln::{Place, ln_is_plain, ln_pair, plain_ln};
use super::pair::Pair;

/// x^y. As IEEE 754 has it, but that NaN always spreads: a blank base isn't 1 by being raised to 0.
///
/// - x^0 = 1, also 0^0 and ∞^0; 1^y = 1
/// - 0^y = 0 for y > 0 and ∞ for y < 0, with the sign of x when y is odd
/// - negative x: NaN unless y is whole
/// - overflow gives ±∞, underflow a subnormal or 0
#[must_use]
pub fn pow(x: f64, y: f64) -> f64 {
    if x > 0.0 && x < f64::INFINITY && y.abs() < f64::INFINITY {
        return positive(x, y);
    }
    special(x, y)
}

/// 0 < x < ∞, y finite.
#[inline]
fn positive(x: f64, y: f64) -> f64 {
    if y == 1.0 {
        return x;
    }
    if y == 2.0 {
        return x * x;
    }
    if y == 0.0 || x == 1.0 {
        return 1.0;
    }
    if y == -1.0 {
        return 1.0 / x;
    }
    if y == 0.5 {
        return x.sqrt();
    }
    let logarithm = ln_pair(x);
    let rough = y * logarithm.hi;
    if !(rough.abs() < 800.0) {
        return if rough > 0.0 { f64::INFINITY } else { 0.0 };
    }
    if rough.abs() < 1e-17 {
        return 1.0;
    }
    exp_of_pair(product(y, logarithm))
}

/// The logarithm of the power and whether [`plain_pow`] serves, with the place of x in the logarithm's table.
#[inline(always)]
pub(super) fn log_of_power(x: f64, y: f64, place: Place) -> (Pair, bool) {
    let power = product(y, plain_ln(x, place));
    (power, ln_is_plain(x) & (power.hi.abs() <= 700.0))
}

/// x^y where that is plain, else some number, with its logarithm and the place of that in the exponential's table.
#[inline(always)]
pub(super) fn plain_pow(x: f64, y: f64, logarithm: Pair, place: Pair) -> f64 {
    let power = plain_exp(logarithm, place);
    // What [`positive`] decides, in an order that a later choice overrides.
    let power = if y == 0.5 { x.sqrt() } else { power };
    let power = if y == -1.0 { 1.0 / x } else { power };
    let power = if y == 2.0 { x * x } else { power };
    if y == 1.0 { x } else { power }
}

/// y·ln x as a pair: halves of 26 bits multiply exactly, the other products are small enough to be rounded.
#[inline(always)]
fn product(y: f64, logarithm: Pair) -> Pair {
    let y_high = first_half(y);
    let log_high = first_half(logarithm.hi);
    let low = y_high * (logarithm.hi - log_high) + (y - y_high) * logarithm.hi + y * logarithm.lo;
    Pair { hi: y_high * log_high, lo: low }
}

/// The first 26 bits of a double.
#[inline(always)]
fn first_half(value: f64) -> f64 {
    f64::from_bits(value.to_bits() & !0x7ff_ffff)
}

/// The base isn't positive and finite, or the exponent isn't finite.
#[cold]
fn special(x: f64, y: f64) -> f64 {
    if x.is_nan() || y.is_nan() {
        return f64::NAN;
    }
    if y == 0.0 || x == 1.0 {
        return 1.0;
    }
    let size = x.abs();
    if y.abs() == f64::INFINITY {
        // (−1)^±∞ is 1: every large double is even.
        return match size.total_cmp(&1.0) {
            Ordering::Equal => 1.0,
            Ordering::Greater if y > 0.0 => f64::INFINITY,
            Ordering::Less if y < 0.0 => f64::INFINITY,
            Ordering::Greater | Ordering::Less => 0.0,
        };
    }
    let parity = Parity::of(y);
    if size == 0.0 || size == f64::INFINITY {
        let result = if (size == 0.0) == (y > 0.0) { 0.0 } else { f64::INFINITY };
        return if x.is_sign_negative() && parity == Parity::Odd { -result } else { result };
    }
    match parity {
        Parity::Odd => -positive(size, y),
        Parity::Even => positive(size, y),
        Parity::Broken => f64::NAN,
    }
}

/// What an exponent does to a sign.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Parity {
    Odd,
    Even,
    /// Not a whole number.
    Broken,
}

impl Parity {
    fn of(y: f64) -> Self {
        const ALL_EVEN: f64 = 9_007_199_254_740_992.0; // 2^53
        if y.abs() >= ALL_EVEN {
            return Self::Even;
        }
        let whole = y as i64;
        if whole as f64 != y {
            Self::Broken
        } else if whole & 1 == 1 {
            Self::Odd
        } else {
            Self::Even
        }
    }
}
