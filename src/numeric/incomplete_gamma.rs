//! The regularised incomplete gamma functions P(a, x) and Q(a, x).
//!
//! Below x = a + 1 the series (DLMF 8.11.4), above it the continued fraction (DLMF 8.9.2); for a ≥ 100 with x near a,
//! where both are slow, Temme's uniform expansion (DLMF 8.12). The common factor x^a e^−x / Γ(a) is the exponential of
//! one pair, so that it keeps its digits for large a.

use super::erf::{erfc, polynomial};
use super::exp::{exp, exp_m1, exp_of_pair};
use super::gamma::{HALF_LN_TAU, ln_gamma_1p, stirling_rest};
use super::lentz::Lentz;
use super::ln::{ln, ln_of_pair, ln_pair};
use super::pair::Pair;

/// P(a, x) = 1/Γ(a) · ∫₀ˣ t^(a−1) e^−t dt for a > 0: the share of a gamma distribution of shape a below x.
#[must_use]
pub fn gamma_lower(a: f64, x: f64) -> f64 {
    both(a, x).lower
}

/// Q(a, x) = 1 − P(a, x), with full relative precision in the upper tail.
#[must_use]
pub fn gamma_upper(a: f64, x: f64) -> f64 {
    both(a, x).upper
}

/// P and Q; they add to 1, and the smaller keeps its relative precision.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Sides {
    pub lower: f64,
    pub upper: f64,
}

impl Sides {
    pub const ALL_ABOVE: Self = Self { lower: 0.0, upper: 1.0 };
    pub const ALL_BELOW: Self = Self { lower: 1.0, upper: 0.0 };
    pub const UNDEFINED: Self = Self { lower: f64::NAN, upper: f64::NAN };

    pub fn of_lower(lower: f64) -> Self {
        Self { lower, upper: 1.0 - lower }
    }

    pub fn of_upper(upper: f64) -> Self {
        Self { lower: 1.0 - upper, upper }
    }

    pub fn turned(self) -> Self {
        Self { lower: self.upper, upper: self.lower }
    }
}

pub(crate) fn both(a: f64, x: f64) -> Sides {
    if !(a > 0.0) || x.is_nan() {
        return Sides::UNDEFINED;
    }
    if x <= 0.0 {
        return Sides::ALL_ABOVE;
    }
    if x == f64::INFINITY {
        return Sides::ALL_BELOW;
    }
    let ratio = x / a;
    if a >= 100.0 && (0.7..=1.4).contains(&ratio) {
        return uniform(a, x);
    }
    let weight = gamma_weight(a, x);
    if weight == 0.0 {
        return if x < a { Sides::ALL_ABOVE } else { Sides::ALL_BELOW };
    }
    if x < a + 1.0 {
        let lower = weight / a * series(a, x);
        if lower < 0.75 {
            return Sides::of_lower(lower);
        }
        // The upper side is the smaller one: compute it, or 1 − lower would have lost its digits.
        if x < 1.0 {
            return Sides::of_upper(small_upper(a, x));
        }
    }
    Sides::of_upper(weight * fraction(a, x))
}

/// Q for a, x < 1: 1 − x^a/Γ(a+1) · (1 + a·Σ (−x)^n / ((a+n) n!)), the difference taken before rounding.
fn small_upper(a: f64, x: f64) -> f64 {
    let (mut sum, mut power, mut n) = (0.0, 1.0, 0.0);
    while n < 30.0 {
        n += 1.0;
        power *= -x / n;
        sum += power / (a + n);
    }
    let exponent = a * ln(x) - ln_gamma_1p(a);
    -exp_m1(exponent) - exp(exponent) * a * sum
}

/// x^a e^−x / Γ(a), by Stirling's formula: (x/a)^a e^(a−x) √(a/2π) e^−δ(a).
pub(crate) fn gamma_weight(a: f64, x: f64) -> f64 {
    let ratio = Pair::of(x).over_double(a);
    if !(ratio.hi > f64::MIN_POSITIVE) {
        // x/a is lost to underflow; so is the weight, but for tiny a, where ln(x/a) is a difference.
        let exponent = ln_pair(x).minus(ln_pair(a)).times_double(a).plus_double(a - x);
        return exp_of_pair(exponent.plus(half_ln_over_tau(a)).minus(stirling_rest(a)));
    }
    let exponent = ln_of_pair(ratio).times_double(a).plus(Pair::sum(a, -x));
    exp_of_pair(exponent.plus(half_ln_over_tau(a)).minus(stirling_rest(a)))
}

/// ½ ln(a / 2π).
pub(crate) fn half_ln_over_tau(a: f64) -> Pair {
    ln_pair(a).times_double(0.5).minus(HALF_LN_TAU)
}

/// 1 + x/(a+1) + x²/((a+1)(a+2)) + …; all terms positive.
fn series(a: f64, x: f64) -> f64 {
    let (mut sum, mut term, mut place) = (1.0, 1.0, a);
    while term > sum * 1e-17 {
        place += 1.0;
        term *= x / place;
        sum += term;
    }
    sum
}

/// 1/(x+1−a − 1(1−a)/(x+3−a − 2(2−a)/(x+5−a − …)))
fn fraction(a: f64, x: f64) -> f64 {
    let first = x + 1.0 - a;
    let mut below = first;
    Lentz::under(first).taken(100_000.0, |n| {
        below += 2.0;
        (-n * (n - a), below)
    })
}

/// Temme's expansion: Q = ½ erfc(η √(a/2)) + e^(−aη²/2)/√(2πa) · Σ c_k(η) a^−k with η²/2 = μ − ln(1 + μ), μ = x/a − 1.
fn uniform(a: f64, x: f64) -> Sides {
    let ratio = Pair::of(x).over_double(a);
    let mu = ratio.plus_double(-1.0);
    let half_square = mu.minus(ln_of_pair(ratio));
    let eta = (2.0 * half_square.hi.max(0.0)).sqrt() * if mu.hi < 0.0 { -1.0 } else { 1.0 };
    let bell = exp_of_pair(half_square.times_double(-a));
    let rows = TEMME.iter().rev().fold(0.0, |sum, row| sum / a + polynomial(row, eta));
    let correction = bell / (std::f64::consts::TAU * a).sqrt() * rows;
    let z = eta.abs() * (0.5 * a).sqrt();
    // The smaller side is computed, the other is what remains.
    if eta > 0.0 {
        Sides::of_upper(0.5 * erfc_with(z, bell) + correction)
    } else {
        Sides::of_lower(0.5 * erfc_with(z, bell) - correction)
    }
}

/// erfc z where e^(−z²) is known better than z.
fn erfc_with(z: f64, bell: f64) -> f64 {
    if z < 0.5 { erfc(z) } else { bell * super::erf::scaled_erfc(z) }
}

/// Taylor coefficients of c₀(η) … c₆(η), from DLMF 8.12.10: c₀ = 1/μ − 1/η, c_k = c′_(k−1)/η + (−1)^k g_k/μ with the
/// coefficients g_k of Stirling's series for Γ.
const TEMME: [&[f64]; 7] = [
    &[
        -0.333_333_333_333_333_3,
        0.083_333_333_333_333_33,
        -0.014_814_814_814_814_815,
        0.001_157_407_407_407_407_3,
        0.000_352_733_686_067_019_4,
        -0.000_178_755_144_032_921_8,
        3.919_263_178_522_438e-5,
        -2.185_448_510_679_992e-6,
        -1.854_062_210_715_16e-6,
        8.296_711_340_953_087e-7,
        -1.766_595_273_682_607_8e-7,
        6.707_853_543_401_498e-9,
        1.026_180_978_424_030_9e-8,
        -4.382_036_018_453_353e-9,
        9.147_699_582_236_79e-10,
        -2.551_419_399_494_624_8e-11,
        -5.830_772_132_550_426e-11,
    ],
    &[
        -0.001_851_851_851_851_852,
        -0.003_472_222_222_222_222,
        0.002_645_502_645_502_645_4,
        -0.000_990_226_337_448_559_6,
        0.000_205_761_316_872_427_98,
        -4.018_775_720_164_609e-7,
        -1.809_855_033_448_997_7e-5,
        7.649_160_916_081_11e-6,
        -1.612_090_089_456_344_6e-6,
        4.647_127_802_807_434e-9,
        1.378_633_446_915_721e-7,
        -5.752_545_603_517_705e-8,
        1.195_162_859_977_814_8e-8,
        -1.754_324_171_974_764_7e-11,
        -1.009_154_371_060_041_3e-9,
        4.162_792_991_842_583e-10,
    ],
    &[
        0.004_133_597_883_597_883,
        -0.002_681_327_160_493_827_3,
        0.000_771_604_938_271_604_9,
        2.009_387_860_082_304_7e-6,
        -0.000_107_366_532_263_651_6,
        5.292_344_882_912_012_5e-5,
        -1.276_063_518_861_872_8e-5,
        3.423_578_734_096_138e-8,
        1.372_195_730_906_293_4e-6,
        -6.298_992_138_380_055e-7,
        1.428_061_420_606_424_2e-7,
        -2.047_709_842_199_086_6e-10,
        -1.409_252_991_086_752e-8,
        6.228_974_084_922_022e-9,
    ],
    &[
        0.000_649_434_156_378_600_8,
        0.000_229_472_093_621_399_17,
        -0.000_469_189_494_395_255_7,
        0.000_267_720_632_062_838_85,
        -7.561_801_671_883_977e-5,
        -2.396_505_113_867_297e-7,
        1.108_265_411_534_730_2e-5,
        -5.674_952_826_991_596_5e-6,
        1.423_090_073_243_588_3e-6,
        -2.786_108_029_152_814_3e-11,
        -1.695_840_409_193_027_8e-7,
        8.099_464_905_388_083e-8,
    ],
    &[
        -0.000_861_888_290_916_711_7,
        0.000_784_039_221_720_066_6,
        -0.000_299_072_480_303_190_2,
        -1.463_845_257_884_341_8e-6,
        6.641_498_215_465_122e-5,
        -3.968_365_047_179_435e-5,
        1.137_572_697_067_841_9e-5,
        2.507_497_226_237_533e-10,
        -1.695_414_953_655_830_5e-6,
        8.907_507_532_205_309e-7,
    ],
    &[
        -0.000_336_798_553_366_358_13,
        -6.972_813_758_365_857e-5,
        0.000_277_275_324_495_939_2,
        -0.000_199_325_705_161_888_47,
        6.797_780_477_937_208e-5,
        1.419_062_920_643_967e-7,
        -1.359_404_818_976_869_3e-5,
        8.018_470_256_334_202e-6,
    ],
    &[
        0.000_531_307_936_463_992_2,
        -0.000_592_166_437_353_693_9,
        0.000_270_878_209_671_804_5,
        7.902_353_232_660_328e-7,
        -8.153_969_367_561_969e-5,
        5.611_682_753_106_25e-5,
    ],
];
