//! Natural logarithm, within 0.501 of a unit in the last place.
//!
//! x = 2^e · z with z in [0.707, 1.414]. A table of 256 places holds c ≈ 1/z with at most nine bits and −ln c as a
//! pair; r = z·c − 1 is exact in a double. Then ln x = e·ln 2 − ln c + ln(1 + r), where ln(1 + r) is its Taylor series:
//! r and r²/2 kept exactly as pairs, the rest as a polynomial. (The scheme of Tang 1990, as pairs.)

use super::pair::Pair;

/// ln x: NaN below zero and for NaN, −∞ at zero.
#[must_use]
pub fn ln(x: f64) -> f64 {
    if x == 1.0 {
        return 0.0;
    }
    if !(x > 0.0) {
        return if x == 0.0 { f64::NEG_INFINITY } else { f64::NAN };
    }
    if x == f64::INFINITY {
        return x;
    }
    ln_pair(x).value()
}

/// ln(1 + x), exact to the last place also where x is tiny.
#[must_use]
pub fn ln_1p(x: f64) -> f64 {
    if !(x > -1.0) {
        return if x == -1.0 { f64::NEG_INFINITY } else { f64::NAN };
    }
    if x == f64::INFINITY || x == 0.0 {
        return x;
    }
    ln_of_pair(Pair::sum(1.0, x)).value()
}

/// Whether [`plain_ln`] serves: the argument is a normal, positive, finite double.
#[inline(always)]
pub(super) fn ln_is_plain(x: f64) -> bool {
    (f64::MIN_POSITIVE..=f64::MAX).contains(&x)
}

/// ln of a positive, finite double as a pair; relative error below 2^-68.
pub(crate) fn ln_pair(x: f64) -> Pair {
    if x < f64::MIN_POSITIVE { ln_at(x * TWO_54, -54.0, *place(x * TWO_54)) } else { plain_ln(x, *place(x)) }
}

/// The place of the table that a plain x needs.
#[allow(clippy::indexing_slicing, reason = "the index is masked to the length of the table")]
#[inline(always)]
pub(super) fn place(x: f64) -> &'static Place {
    &PLACES[(x.to_bits().wrapping_sub(FIRST_PLACE) >> PLACE_SHIFT) as usize % PLACE_COUNT]
}

/// ln of a plain double, else some number.
#[inline(always)]
pub(super) fn plain_ln(x: f64, place: Place) -> Pair {
    ln_at(x, 0.0, place)
}

/// ln(x·2^shift) for a normal x.
#[inline(always)]
fn ln_at(x: f64, shift: f64, place: Place) -> Pair {
    let bits = x.to_bits();
    let above = bits.wrapping_sub(FIRST_PLACE);
    // The exponent, made positive, as the last bits of 2^52 + …: the conversion that every machine has for vectors.
    let positive = above.wrapping_add(BIAS << 52) >> 52;
    let exponent = (f64::from_bits(TWO_52.to_bits() | positive) - (TWO_52 + BIAS as f64)) + shift;
    let z = f64::from_bits(bits.wrapping_sub(above & (0xfff << 52)));
    let r = reduced(z, place.inverse);

    // The sums are ordered: |whole| ≥ |r| wherever whole isn't 0, and |first| ≥ r². A test walks the table's edges.
    let whole = Pair::ordered_sum(exponent * LN2_HIGH, place.minus_ln.hi);
    let first = Pair::ordered_sum(whole.hi, r);
    // r²/2 with r = high + low: the square of 26 bits is exact, what remains is small.
    let r_high = f64::from_bits(r.to_bits() & !0x7ff_ffff);
    let square_low = -0.5 * (r - r_high) * (r_high + r);
    let second = Pair::ordered_sum(first.hi, -0.5 * r_high * r_high);
    let from_table = exponent * LN2_LOW + place.minus_ln.lo;
    let tail = (from_table + (whole.lo + first.lo)) + ((second.lo + square_low) + cube_and_on(r));
    Pair::ordered_sum(second.hi, tail)
}

/// ln of a positive, finite pair.
pub(crate) fn ln_of_pair(x: Pair) -> Pair {
    let rest = x.lo / x.hi;
    ln_pair(x.hi).plus_double(rest - 0.5 * rest * rest)
}

/// z·c − 1 without error: c has nine bits, so both halves of z times c are exact, and the result fits a double.
#[inline(always)]
fn reduced(z: f64, c: f64) -> f64 {
    let high = f64::from_bits(z.to_bits() & !0xffff_ffff);
    (high * c - 1.0) + (z - high) * c
}

/// r³/3 − r⁴/4 + … − r¹⁰/10 for |r| < 2^-7.6; what is left out is below 2^-72 of r.
#[inline(always)]
fn cube_and_on(r: f64) -> f64 {
    let square = r * r;
    let low = (1.0 / 3.0 - r * 0.25) + square * (0.2 - r * (1.0 / 6.0));
    let high = (1.0 / 7.0 - r * 0.125) + square * (1.0 / 9.0 - r * 0.1);
    r * square * (low + square * square * high)
}

/// One place of the table.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// c ≈ 1/z, a multiple of 1/256.
    pub inverse: f64,
    /// −ln c.
    pub minus_ln: Pair,
}

/// Added to exponents, so that none is negative.
const BIAS: u64 = 1_024;
const TWO_52: f64 = 4_503_599_627_370_496.0;
const TWO_54: f64 = 18_014_398_509_481_984.0;
/// The bits of 0.70703125, where the first place begins: near √½, and a bound between places.
const FIRST_PLACE: u64 = 0x3fe6_a000_0000_0000;
const PLACE_COUNT: usize = 256;
const PLACE_SHIFT: u32 = 44;

/// ln 2 as a pair: 2·artanh(1/3).
pub(crate) const LN2: Pair = ln_of_ratio(2.0, 1.0);
/// The first 42 bits of ln 2: times an exponent of eleven bits it is exact.
const LN2_HIGH: f64 = f64::from_bits(LN2.hi.to_bits() & !0x7ff);
const LN2_LOW: f64 = (LN2.hi - LN2_HIGH) + LN2.lo;

static PLACES: [Place; PLACE_COUNT] = places();

#[allow(clippy::indexing_slicing, reason = "runs in the compiler")]
const fn places() -> [Place; PLACE_COUNT] {
    let mut places = [const { Place { inverse: 1.0, minus_ln: Pair::ZERO } }; PLACE_COUNT];
    let mut i = 0;
    while i < PLACE_COUNT {
        let middle = f64::from_bits(FIRST_PLACE + ((2 * i as u64 + 1) << (PLACE_SHIFT - 1)));
        let steps = (256.0 / middle + 0.5) as i64 as f64;
        places[i] = Place { inverse: steps / 256.0, minus_ln: ln_of_ratio(256.0, steps) };
        i += 1;
    }
    places
}

/// ln(a/b) = 2·artanh((a − b)/(a + b)) by its series, for small whole a and b with a/b between ½ and 2.
const fn ln_of_ratio(a: f64, b: f64) -> Pair {
    let s = Pair::of(a - b).over_double(a + b);
    let square = s.times(s);
    let mut sum = Pair::ZERO;
    let mut odd = 71.0;
    while odd > 0.0 {
        sum = sum.times(square).plus(Pair::ONE.over_double(odd));
        odd -= 2.0;
    }
    sum.times(s).times_double(2.0)
}
