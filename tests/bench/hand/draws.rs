//! Random numbers and what is drawn from them, four at a time.

use super::lanes::{U4, X4};
use biz::numeric::distribution::{Family, Parameter, resolve};
use biz::numeric::normal_cdf;
use pulp::x86::V3;
use std::f64::consts::PI;

/// xoshiro256+ of Blackman and Vigna, one stream a lane.
pub struct Random {
    state: [U4; 4],
}

impl Random {
    /// The stream of a chunk: its number alone decides, so threads change nothing.
    #[inline(always)]
    pub fn of_chunk(simd: V3, seed: u64, chunk: u64) -> Random {
        let mut counter = seed.wrapping_mul(0xd134_2543_de82_ef95) ^ chunk.wrapping_mul(16);
        let mut word = || {
            counter = counter.wrapping_add(1);
            split_mix(counter.wrapping_mul(0x9e37_79b9_7f4a_7c15))
        };
        let words: [[u64; 4]; 4] = std::array::from_fn(|_| std::array::from_fn(|_| word()));
        Random { state: [U4::of(simd, words[0]), U4::of(simd, words[1]), U4::of(simd, words[2]), U4::of(simd, words[3])] }
    }

    /// From 1 to below 2, on steps of 2⁻⁵².
    #[inline(always)]
    fn one_to_two(&mut self) -> X4 {
        let [a, b, c, d] = self.state;
        let drawn = a.plus(d);
        let (c, d) = (c.xor(a), d.xor(b));
        self.state = [a.xor(d), b.xor(c), c.xor(b.shifted_left::<17>()), d.shifted_left::<45>().or(d.shifted_right::<19>())];
        drawn.shifted_right::<12>().or(drawn.same(1.0f64.to_bits())).floats()
    }

    #[inline(always)]
    pub fn uniform(&mut self) -> X4 {
        self.one_to_two() - 1.0
    }

    /// Two independent standard normals, by Box and Muller.
    #[inline(always)]
    pub fn normals(&mut self) -> (X4, X4) {
        let above_zero = -(self.one_to_two() - 2.0);
        let radius = (above_zero.ln() * -2.0).sqrt();
        let (sine, cosine) = self.uniform().turn();
        (radius * sine, radius * cosine)
    }
}

/// The finaliser of SplitMix64.
fn split_mix(word: u64) -> u64 {
    let word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    word ^ (word >> 31)
}

/// Triangular by its inverse.
#[inline(always)]
pub fn triangular(uniform: X4, [low, mode, high]: [f64; 3]) -> X4 {
    let rise = (uniform * ((high - low) * (mode - low))).sqrt() + low;
    let fall = -((-(uniform - 1.0)) * ((high - low) * (high - mode))).sqrt() + high;
    uniform.below(uniform.same((mode - low) / (high - low))).choose(rise, fall)
}

/// Lognormal from a standard normal: e^(ln median + sigma × z).
#[inline(always)]
pub fn lognormal(normal: X4, log_median: f64, sigma: f64) -> X4 {
    normal.fma(normal.same(sigma), normal.same(log_median)).exp()
}

/// Beyond so many deviations, 10⁻¹⁰ of all draws, the curve of a beta ends.
const REACH: f64 = 6.5;

/// The value of a beta distribution at the rank of a standard normal: nearly a straight line, so a polynomial holds it.
#[derive(Clone, Copy)]
pub struct BetaCurve {
    coefficients: [f64; 18],
}

impl BetaCurve {
    pub fn new(mean: f64, concentration: f64) -> BetaCurve {
        let parameters = [(Parameter::Mean, mean), (Parameter::Concentration, concentration)];
        let beta = resolve(Family::Beta, &parameters).expect("a beta distribution");
        BetaCurve { coefficients: fit(|x| beta.quantile(normal_cdf(REACH * x))) }
    }

    #[inline(always)]
    pub fn at(&self, normal: X4) -> X4 {
        (normal * (1.0 / REACH)).max(normal.same(-1.0)).min(normal.same(1.0)).polynomial(&self.coefficients)
    }
}

/// The polynomial through a function at the Chebyshev nodes of -1 to 1, coefficients from the highest power down.
fn fit<const N: usize>(function: impl Fn(f64) -> f64) -> [f64; N] {
    let node = |at: usize| (PI * (at as f64 + 0.5) / N as f64).cos();
    let values: [f64; N] = std::array::from_fn(|at| function(node(at)));
    let mut sum = [0.0; N];
    // Chebyshev polynomials by powers: T₀ = 1, T₁ = x, Tₙ₊₁ = 2x·Tₙ − Tₙ₋₁.
    let (mut before, mut current) = ([0.0; N], [0.0; N]);
    current[0] = 1.0;
    for degree in 0..N {
        let weigh = |at: usize| values[at] * (degree as f64 * PI * (at as f64 + 0.5) / N as f64).cos();
        let weight = (0..N).map(weigh).sum::<f64>() * (if degree == 0 { 1.0 } else { 2.0 }) / N as f64;
        for (slot, part) in sum.iter_mut().zip(current) {
            *slot += weight * part;
        }
        let double = if degree == 0 { 1.0 } else { 2.0 };
        let next = std::array::from_fn(|power| double * if power > 0 { current[power - 1] } else { 0.0 } - before[power]);
        (before, current) = (current, next);
    }
    sum.reverse();
    sum
}

/// Normals below a bound are drawn again from the rest, by rejection; they are so rare that one loop over lanes does.
#[inline(always)]
pub fn normal_from(normal: X4, random: &mut Random, low: f64) -> X4 {
    let mut kept = normal;
    while kept.below(normal.same(low)).mask() != 0 {
        kept = kept.below(normal.same(low)).choose(random.normals().0, kept);
    }
    kept
}

