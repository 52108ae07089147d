//! The error function and its complement, within a few units in the last place.
//!
//! Near 0 the Taylor series (DLMF 7.6.1). Further out erfc x = e^(−x²) · g(t) / (1 + 2x) with t = (x − 4)/(x + 4): g is
//! smooth between 1 and 1.13 on the whole half line, so one polynomial serves (the substitution is Shepherd and
//! Laframboise's, 1981; the coefficients are ours). x² enters the exponential as a pair, so that the far tail, to
//! erfc 27 ≈ 10^-318, keeps its digits.

use super::exp::exp_of_pair;
use super::pair::Pair;

/// erf x = 2/√π · ∫₀ˣ e^(−t²) dt.
#[must_use]
pub fn erf(x: f64) -> f64 {
    if x.abs() < 0.5 {
        return near_zero(x);
    }
    if x < 0.0 { -(1.0 - erfc(-x)) } else { 1.0 - erfc(x) }
}

/// erfc x = 1 − erf x, with full relative precision for large x.
#[must_use]
pub fn erfc(x: f64) -> f64 {
    if x.abs() < 0.5 {
        return 1.0 - near_zero(x);
    }
    if x < 0.0 {
        return 2.0 - erfc(-x);
    }
    if x > 28.0 {
        return 0.0;
    }
    exp_of_pair(Pair::product(x, -x)) * scaled_erfc(x)
}

/// e^(x²) · erfc x for x ≥ 0 (also called erfcx).
pub(crate) fn scaled_erfc(x: f64) -> f64 {
    // 1 at the far end, where (∞ − 4)/(∞ + 4) would be NaN.
    let t = if x > 1e300 { 1.0 } else { (x - 4.0) / (x + 4.0) };
    polynomial(&TAIL, t) / (1.0 + 2.0 * x)
}

/// c₀ + c₁·x + c₂·x² + …, by Horner's scheme.
pub(crate) fn polynomial(coefficients: &[f64], x: f64) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, c| sum * x + c)
}

/// Σ (−1)^n x^(2n+1) / (n! (2n + 1)) · 2/√π for |x| < ½: the terms fall faster than 4^-n/n!.
fn near_zero(x: f64) -> f64 {
    const TWO_OVER_ROOT_PI: f64 = std::f64::consts::FRAC_2_SQRT_PI;
    // The rest of 2/√π behind its double.
    const REST: f64 = 1.533_545_961_316_588e-17;
    let square = x * x;
    let series = polynomial(&SERIES, square) * square;
    x * TWO_OVER_ROOT_PI + x * (TWO_OVER_ROOT_PI * series + REST)
}

/// (−1)^n / (n! (2n + 1)) from n = 1 on.
const SERIES: [f64; 12] = [
    -1.0 / 3.0,
    1.0 / 10.0,
    -1.0 / 42.0,
    1.0 / 216.0,
    -1.0 / 1_320.0,
    1.0 / 9_360.0,
    -1.0 / 75_600.0,
    1.0 / 685_440.0,
    -1.0 / 6_894_720.0,
    1.0 / 76_204_800.0,
    -1.0 / 918_086_400.0,
    1.0 / 11_975_040_000.0,
];

/// g: the Chebyshev interpolant of degree 26 of (1 + 2x)·e^(x²)·erfc x in t, as powers of t; error below 10^-17.
const TAIL: [f64; 27] = [
    1.232_995_118_625_552_6,
    -0.139_621_116_840_562_5,
    0.015_379_652_102_620_026,
    0.068_097_054_254_690_4,
    -0.101_039_066_036_324_13,
    0.093_732_834_998_438_26,
    -0.066_330_365_811_668_12,
    0.037_167_515_535_929_11,
    -0.016_197_734_065_728_945,
    0.005_031_969_992_669_933,
    -0.000_757_773_221_051_284_9,
    -0.000_199_256_775_763_364_8,
    0.000_150_621_314_062_685_13,
    -2.439_894_454_528_083_2e-5,
    -1.122_077_269_778_849_8e-5,
    5.709_206_053_072_183e-6,
    2.909_447_086_663_267_4e-7,
    -8.249_198_427_508_354e-7,
    7.888_177_117_406_594e-8,
    1.100_973_729_527_488_9e-7,
    -2.186_846_257_614_145_7e-8,
    -1.470_955_086_866_927_8e-8,
    3.950_879_254_166_685e-9,
    1.790_332_615_948_984_7e-9,
    -5.377_133_821_031_794e-10,
    -1.374_652_989_001_164e-10,
    4.180_821_739_675_544e-11,
];
