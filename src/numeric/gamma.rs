//! The logarithm of the gamma function, within two units in the last place.

use super::erf::polynomial;
use super::ln::{ln, ln_of_pair, ln_pair};
use super::pair::Pair;

/// ln Γ(x) for x > 0; ∞ at 0, NaN below.
#[must_use]
pub fn ln_gamma(x: f64) -> f64 {
    if !(x > 0.0) {
        return if x == 0.0 { f64::INFINITY } else { f64::NAN };
    }
    if x < 1e-20 {
        return -ln(x);
    }
    if x > 1e17 {
        return x * (ln(x) - 1.0);
    }
    if (0.75..=1.25).contains(&x) {
        return ln_gamma_1p(x - 1.0);
    }
    if (1.75..=2.25).contains(&x) {
        return near_two(x - 2.0);
    }
    Pair::sum(x, -0.5)
        .times(ln_pair(x))
        .plus_double(-x)
        .plus(HALF_LN_TAU)
        .plus(stirling_rest(x))
        .value()
}

/// ln Γ(1 + z) for z > −1, with its own precision where z is tiny.
pub(crate) fn ln_gamma_1p(z: f64) -> f64 {
    if z.abs() > 0.25 {
        return ln_gamma(1.0 + z);
    }
    // ln Γ(1 + z) = ln Γ(2 + z) − ln(1 + z)
    Pair::of(near_two(z)).minus(ln_of_pair(Pair::sum(1.0, z))).value()
}

/// δ(x) = ln Γ(x) − ((x − ½) ln x − x + ½ ln 2π): what Stirling's formula leaves, as a pair.
///
/// The asymptotic series (DLMF 5.11.1) from x = 16 on; below, Γ(x) = Γ(x + n) / (x (x+1) … (x+n−1)).
pub(crate) fn stirling_rest(x: f64) -> Pair {
    if x >= ASYMPTOTIC {
        return series(x);
    }
    let mut product = Pair::of(x);
    let mut steps = 1.0;
    while x + steps < ASYMPTOTIC {
        product = product.times(Pair::sum(x, steps));
        steps += 1.0;
    }
    let far = Pair::sum(x, steps);
    let gamma = far.plus_double(-0.5).times(ln_of_pair(far)).minus(ln_of_pair(product)).plus(series(far.hi));
    gamma.minus(Pair::sum(x, -0.5).times(ln_pair(x))).plus_double(-steps)
}

/// Σ B₂ₙ / (2n (2n−1) x^(2n−1)) for x ≥ 16; the first term left out is below 10^-19.
fn series(x: f64) -> Pair {
    const TERMS: [f64; 6] = [-1.0 / 360.0, 1.0 / 1_260.0, -1.0 / 1_680.0, 1.0 / 1_188.0, -691.0 / 360_360.0, 1.0 / 156.0];
    let inverse = 1.0 / x;
    let square = inverse * inverse;
    Pair::of(1.0).over_double(12.0).over_double(x).plus_double(inverse * square * polynomial(&TERMS, square))
}

/// ln Γ(2 + z) for |z| ≤ ¼: (1 − γ) z + Σ (−1)^k (ζ(k) − 1) z^k / k (DLMF 5.7.3).
fn near_two(z: f64) -> f64 {
    const ONE_LESS_EULER: Pair = Pair { hi: 0.422_784_335_098_467_13, lo: REST };
    const REST: f64 = 4.942_915_152_430_645e-18;
    let first = ONE_LESS_EULER.times_double(z);
    first.hi + (first.lo + z * z * polynomial(&ZETAS, z))
}

const ASYMPTOTIC: f64 = 16.0;

/// ½ ln 2π.
pub(crate) const HALF_LN_TAU: Pair = Pair { hi: 0.918_938_533_204_672_8, lo: HALF_LN_TAU_REST };
const HALF_LN_TAU_REST: f64 = -3.878_294_158_067_241_4e-17;

/// (−1)^k (ζ(k) − 1) / k from k = 2 on.
const ZETAS: [f64; 17] = [
    0.322_467_033_424_113_2,
    -0.067_352_301_053_198_1,
    0.020_580_808_427_784_546,
    -0.007_385_551_028_673_986,
    0.002_890_510_330_741_523_4,
    -0.001_192_753_911_703_261,
    0.000_509_669_524_743_042_5,
    -0.000_223_154_758_453_579_4,
    9.945_751_278_180_853e-5,
    -4.492_623_673_813_314e-5,
    2.050_721_277_567_069e-5,
    -9.439_488_275_268_397e-6,
    4.374_866_789_907_488e-6,
    -2.039_215_753_801_366e-6,
    9.551_412_130_407_42e-7,
    -4.492_469_198_764_566e-7,
    2.120_718_480_555_466_5e-7,
];
