//! The standard normal distribution: density, both tails, quantile.

#![allow(clippy::excessive_precision, reason = "coefficients with the digits they were published with")]

use super::erf::{polynomial, scaled_erfc};
use super::exp::exp_of_pair;
use super::ln::{ln, ln_pair};
use super::normal_table::{PLACES, Place, TABLE, Table};
use super::pair::Pair;

/// 1/√(2π).
const DENSITY_AT_ZERO: f64 = 0.398_942_280_401_432_7;

/// φ(z) = e^(−z²/2) / √(2π).
#[must_use]
pub fn normal_density(z: f64) -> f64 {
    bell(z) * DENSITY_AT_ZERO
}

/// Φ(z), the probability of at most z, with full relative precision in the lower tail.
#[must_use]
pub fn normal_cdf(z: f64) -> f64 {
    if z > 0.0 { 1.0 - upper(z) } else { upper(-z) }
}

/// 1 − Φ(z), the probability of more than z, with full relative precision in the upper tail.
#[must_use]
pub fn normal_tail(z: f64) -> f64 {
    normal_cdf(-z)
}

/// The z with Φ(z) = p, within 0.6 of a unit in the last place; −∞ at 0, ∞ at 1, NaN outside.
#[must_use]
pub fn normal_quantile(p: f64) -> f64 {
    if quantile_is_plain(p) {
        return plain_quantile(p, place(&TABLE, p));
    }
    if p > 0.0 && p < 0.5 {
        return far_quantile(p);
    }
    match p {
        0.0 => f64::NEG_INFINITY,
        1.0 => f64::INFINITY,
        _ => f64::NAN,
    }
}

/// Whether the table has the quantile: p and 1 − p are at least 2^-53, as of every uniform draw.
#[inline(always)]
pub(super) fn quantile_is_plain(p: f64) -> bool {
    (LEAST..=1.0 - LEAST).contains(&p)
}

/// The smaller of p and 1 − p, without error unless p is below ½ and 1 − p isn't taken.
#[inline(always)]
fn smaller_side(p: f64) -> f64 {
    let above = 1.0 - p;
    if p < above { p } else { above }
}

/// The place of the table that a plain p needs.
#[allow(clippy::indexing_slicing, reason = "the index is masked to the length of the table")]
#[inline(always)]
pub(super) fn place(table: &Table, p: f64) -> &Place {
    &table[(smaller_side(p).to_bits() >> PART_SHIFT).wrapping_sub(FIRST_PART) as usize % PLACES]
}

/// The quantile of a plain p, else some number, with what the table has for it.
#[inline(always)]
pub(super) fn plain_quantile(p: f64, place: &Place) -> f64 {
    let t = smaller_side(p);
    let bits = t.to_bits();
    let fraction = bits & FRACTION | ONE;
    let middle = fraction & !((1 << PART_SHIFT) - 1) | 1 << (PART_SHIFT - 1);
    let r = f64::from_bits(fraction) - f64::from_bits(middle);
    let [high, low, c1, c2, c3, c4, c5, c6, c7, c8] = *place;
    let square = r * r;
    let series = ((c1 + r * c2) + square * (c3 + r * c4)) + (square * square) * ((c5 + r * c6) + square * (c7 + r * c8));
    let rest = low + r * series;
    // In the last octave the table is of the quotient by the distance from ½. Halves multiply exactly.
    let factor = if t >= 0.25 { 0.5 - t } else { 1.0 };
    let factor_high = f64::from_bits(factor.to_bits() & !0x7ff_ffff);
    let size = factor_high * high + ((factor - factor_high) * high + factor * rest);
    f64::from_bits(size.to_bits() | (p - 0.5).to_bits() & SIGN)
}

/// The quantile of a probability below the table's, down to the least double: Wichura's rational function (Applied
/// Statistics 37, 1988, algorithm AS 241), then a step of Newton's on the logarithm of the tail.
#[cold]
fn far_quantile(p: f64) -> f64 {
    let logarithm = ln_pair(p);
    let r = (-logarithm.hi).sqrt();
    let z = polynomial(&FAR_ABOVE, r - 5.0) / polynomial(&FAR_BELOW, r - 5.0);
    let scaled = scaled_erfc(z * std::f64::consts::FRAC_1_SQRT_2);
    let miss = Pair::product(z, -0.5 * z).minus(logarithm).plus_double(ln(0.5 * scaled));
    -(z + miss.value() * (0.5 * scaled / DENSITY_AT_ZERO))
}

/// The least probability of the table.
const LEAST: f64 = 0.5 * f64::EPSILON;
/// A part of the table is a sixteenth of an octave.
const PART_SHIFT: u32 = 48;
const FIRST_PART: u64 = LEAST.to_bits() >> PART_SHIFT;
const FRACTION: u64 = (1 << 52) - 1;
const ONE: u64 = 1.0_f64.to_bits();
const SIGN: u64 = 1 << 63;

/// 1 − Φ(z) for z ≥ 0.
fn upper(z: f64) -> f64 {
    if z > 39.0 {
        return 0.0;
    }
    0.5 * bell(z) * scaled_erfc(z * std::f64::consts::FRAC_1_SQRT_2)
}

/// e^(−z²/2), the square as a pair.
fn bell(z: f64) -> f64 {
    if z.abs() > 40.0 {
        return 0.0;
    }
    exp_of_pair(Pair::product(z, -0.5 * z))
}

const FAR_ABOVE: [f64; 8] = [
    6.657_904_643_501_103_777_2,
    5.463_784_911_164_114_369_9,
    1.784_826_539_917_291_335_8,
    0.296_560_571_828_504_891_23,
    0.026_532_189_526_576_123_093,
    0.001_242_660_947_388_078_438_6,
    2.711_555_568_743_487_578_15e-5,
    2.010_334_399_292_288_132_65e-7,
];
const FAR_BELOW: [f64; 8] = [
    1.0,
    0.599_832_206_555_887_937_69,
    0.136_929_880_922_735_805_31,
    0.014_875_361_290_850_615_025,
    7.868_691_311_456_132_591e-4,
    1.846_318_317_510_054_681_8e-5,
    1.421_511_758_316_445_888_7e-7,
    2.044_263_103_389_939_785_64e-15,
];
