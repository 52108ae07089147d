//! The standard normal distribution: density, both tails, quantile.

#![allow(clippy::excessive_precision, reason = "coefficients with the digits they were published with")]

use super::erf::{polynomial, scaled_erfc};
use super::exp::exp_of_pair;
use super::ln::ln;
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

/// The z with Φ(z) = p; −∞ at 0, ∞ at 1, NaN outside.
///
/// Wichura's rational functions (Applied Statistics 37, 1988, algorithm AS 241, PPND16): relative error about 10^-16.
/// One step of Halley's method on the tail would move only the last place and is left out.
#[must_use]
pub fn normal_quantile(p: f64) -> f64 {
    let from_middle = p - 0.5;
    if from_middle.abs() <= 0.425 {
        let r = 0.180_625 - from_middle * from_middle;
        return from_middle * (polynomial(&CENTRE_ABOVE, r) / polynomial(&CENTRE_BELOW, r));
    }
    if from_middle < 0.0 { -upper_quantile(p) } else { upper_quantile(1.0 - p) }
}

/// The z with 1 − Φ(z) = p for 0 ≤ p < 0.075.
fn upper_quantile(p: f64) -> f64 {
    if !(p > 0.0) {
        return if p == 0.0 { f64::INFINITY } else { f64::NAN };
    }
    let r = (-ln(p)).sqrt();
    if r <= 5.0 {
        polynomial(&NEAR_ABOVE, r - 1.6) / polynomial(&NEAR_BELOW, r - 1.6)
    } else {
        polynomial(&FAR_ABOVE, r - 5.0) / polynomial(&FAR_BELOW, r - 5.0)
    }
}

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

const CENTRE_ABOVE: [f64; 8] = [
    3.387_132_872_796_366_608,
    133.141_667_891_784_377_45,
    1_971.590_950_306_551_442_7,
    13_731.693_765_509_461_125,
    45_921.953_931_549_871_457,
    67_265.770_927_008_700_853,
    33_430.575_583_588_128_105,
    2_509.080_928_730_122_672_7,
];
const CENTRE_BELOW: [f64; 8] = [
    1.0,
    42.313_330_701_600_911_252,
    687.187_007_492_057_908_3,
    5_394.196_021_424_751_107_7,
    21_213.794_301_586_595_867,
    39_307.895_800_092_710_61,
    28_729.085_735_721_942_674,
    5_226.495_278_852_854_561,
];
const NEAR_ABOVE: [f64; 8] = [
    1.423_437_110_749_683_577_34,
    4.630_337_846_156_545_295_9,
    5.769_497_221_460_691_405_5,
    3.647_848_324_763_204_605_04,
    1.270_458_252_452_368_382_58,
    0.241_780_725_177_450_611_77,
    0.022_723_844_989_269_184_583_3,
    7.745_450_142_783_414_076_4e-4,
];
const NEAR_BELOW: [f64; 8] = [
    1.0,
    2.053_191_626_637_758_821_87,
    1.676_384_830_183_803_849_4,
    0.689_767_334_985_100_004_55,
    0.148_103_976_427_480_074_59,
    0.015_198_666_563_616_457_196_6,
    5.475_938_084_995_344_946e-4,
    1.050_750_071_644_416_843_24e-9,
];
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
