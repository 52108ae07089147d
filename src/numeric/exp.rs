//! The exponential function, within 0.51 of a unit in the last place.
//!
//! x = k·(ln 2 / 128) + t with |t| ≤ ln 2 / 256. A table holds 2^(i/128) as pairs; e^t − 1 is its Taylor series, and
//! what the reduction rounds off is carried along. (Tang 1989, with the table as pairs.)

use super::ln::LN2;
use super::pair::Pair;

/// e^x: 0 below −745.2, ∞ above 709.8, NaN for NaN.
#[must_use]
pub fn exp(x: f64) -> f64 {
    exp_of_pair(Pair::of(x))
}

/// Whether [`plain_exp`] serves: the result is a normal double with room to spare.
#[inline(always)]
pub(super) fn exp_is_plain(x: f64) -> bool {
    x.abs() <= 707.0
}

/// e^(hi + lo) where `hi` is plain, else some number, with `place` of `hi`; `lo` may be as large as 2^-14.
#[inline(always)]
pub(super) fn plain_exp(x: Pair, place: Pair) -> f64 {
    let Parts { scale, high, tail } = parts_at(x, place);
    (high + tail) * f64::from_bits((scale << 45).wrapping_add(1.0_f64.to_bits()))
}

/// e^x − 1, good to the last places also where x is tiny.
#[must_use]
pub fn exp_m1(x: f64) -> f64 {
    if x.abs() < 1e-17 || x.is_nan() {
        return x;
    }
    if x > 50.0 {
        return exp(x);
    }
    if x < -50.0 {
        return -1.0;
    }
    let Parts { scale, high, tail } = parts(Pair::of(x));
    let scale = two_to(power(scale));
    let less = Pair::sum(high * scale, -1.0);
    less.hi + (less.lo + tail * scale)
}

/// e^(hi + lo), rounded once; `lo` may be as large as 2^-14.
pub(crate) fn exp_of_pair(x: Pair) -> f64 {
    if exp_is_plain(x.hi) {
        return plain_exp(x, *place(x.hi));
    }
    if !(x.hi > -746.0 && x.hi < 710.0) {
        return beyond(x.hi);
    }
    let Parts { scale, high, tail } = parts(x);
    let power = power(scale);
    if power > 0 {
        // 2^1024 is no double: scale in two steps, the second of which may overflow, rightly.
        return (high + tail) * two_to(power - 1) * 2.0;
    }
    subnormal(high, tail, power)
}

/// e^x as a pair for a plain x; relative error about 2^-60.
pub(super) fn exp_pair(x: Pair) -> Pair {
    let Parts { scale, high, tail } = parts(x);
    let power = two_to(power(scale));
    Pair::ordered_sum(high * power, tail * power)
}

/// e^x where no finite, positive double is near.
#[cold]
fn beyond(x: f64) -> f64 {
    if x.is_nan() {
        f64::NAN
    } else if x > 0.0 {
        f64::INFINITY
    } else {
        0.0
    }
}

/// (high + tail)·2^power rounded once where the result may be subnormal: adding 1 to the value scaled by 2^1022 puts
/// the last bit of a subnormal at the last bit of the sum.
fn subnormal(high: f64, tail: f64, power: i64) -> f64 {
    let scale = two_to(power + 1022);
    let value = Pair::ordered_sum(high * scale, tail * scale);
    if value.hi >= 1.0 {
        return value.hi * f64::MIN_POSITIVE;
    }
    let lifted = Pair::sum(1.0, value.hi);
    let rounded = lifted.hi + (lifted.lo + value.lo);
    (rounded - 1.0) * f64::MIN_POSITIVE
}

/// e^x = 2^power · (high + tail).
struct Parts {
    /// 128·power, in two's complement.
    scale: u64,
    high: f64,
    tail: f64,
}

#[inline(always)]
fn parts(x: Pair) -> Parts {
    parts_at(x, *place(x.hi))
}

/// The place of the table that a plain x needs.
#[allow(clippy::indexing_slicing, reason = "the index is masked to the length of the table")]
#[inline(always)]
pub(super) fn place(x: f64) -> &'static Pair {
    &POWERS[steps(x).1 as usize % POWER_COUNT]
}

/// How many steps of ln 2 / 128 lie nearest, as a double and in two's complement.
#[inline(always)]
fn steps(x: f64) -> (f64, u64) {
    let shifted = x * STEPS_PER_UNIT + ROUNDER;
    // The bits of a double grow by one a unit in its last place, which is 1 here.
    (shifted - ROUNDER, shifted.to_bits().wrapping_sub(ROUNDER.to_bits()))
}

#[inline(always)]
fn parts_at(x: Pair, place: Pair) -> Parts {
    let (steps, whole) = steps(x.hi);
    let high = x.hi - steps * STEP_HIGH;
    let low = x.lo - steps * STEP_LOW;
    let t = high + low;
    let left = low - (t - high);
    let square = t * t;
    let series = (0.5 + t * (1.0 / 6.0)) + square * ((1.0 / 24.0 + t * (1.0 / 120.0)) + square * (1.0 / 720.0));
    let grown = t + (left + square * series);
    Parts { scale: whole & !(POWER_COUNT as u64 - 1), high: place.hi, tail: place.lo + place.hi * grown }
}

fn power(scale: u64) -> i64 {
    scale.cast_signed() >> 7
}

/// 2^power for −1022 ≤ power ≤ 1023.
#[inline]
pub(crate) const fn two_to(power: i64) -> f64 {
    f64::from_bits(((power + 1023) as u64) << 52)
}

const POWER_COUNT: usize = 128;
/// 1.5·2^52: adding it rounds to a whole number.
const ROUNDER: f64 = 6_755_399_441_055_744.0;
const STEPS_PER_UNIT: f64 = POWER_COUNT as f64 / LN2.hi;
/// The first 32 bits of ln 2 / 128: times a count of steps, of at most 18 bits, it is exact.
const STEP_HIGH: f64 = f64::from_bits(LN2.hi.to_bits() & !0x1f_ffff) / POWER_COUNT as f64;
const STEP_LOW: f64 = (LN2.hi / POWER_COUNT as f64 - STEP_HIGH) + LN2.lo / POWER_COUNT as f64;

/// 2^(i/128) as pairs.
static POWERS: [Pair; POWER_COUNT] = powers();

#[allow(clippy::indexing_slicing, reason = "runs in the compiler")]
const fn powers() -> [Pair; POWER_COUNT] {
    let mut powers = [Pair::ONE; POWER_COUNT];
    let mut i = 0;
    while i < POWER_COUNT {
        powers[i] = taylor(LN2.times_double(i as f64).over_double(POWER_COUNT as f64));
        i += 1;
    }
    powers
}

/// e^x for 0 ≤ x < 0.7 by its series.
const fn taylor(x: Pair) -> Pair {
    let mut sum = Pair::ONE;
    let mut n = 30.0;
    while n > 0.0 {
        sum = sum.times(x).over_double(n).plus_double(1.0);
        n -= 1.0;
    }
    sum
}
