//! Sums without error: every double is added exactly, so that no order and no split changes a bit of the result.
//!
//! An accumulator is a whole number of 2^-1074 in limbs of 32 bits, each kept in 64 bits so that carries may wait
//! (Kulisch; Neal 2015, "Fast exact summation using small and large superaccumulators"). It spans every double and
//! 2^63 of the largest. Merging adds limbs; rounding is done once, to nearest, ties to even.

use super::simd::{Kernel, Simd};

/// Limbs of 32 bits for bits 0 … 2^1024·2^1074, and above them room for carries.
pub const LIMBS: usize = 68;

/// After so many additions of less than 2^32 a limb might overflow; carries are passed on before.
const MOST_PENDING: u32 = 1 << 30;

const DIGIT_BITS: u32 = 32;
const DIGIT_MASK: i64 = 0xffff_ffff;

/// A sum of doubles so far.
#[derive(Clone, Debug)]
pub struct ExactSum {
    limbs: [i64; LIMBS],
    /// Additions since carries were passed on.
    pending: u32,
}

impl Default for ExactSum {
    fn default() -> Self {
        Self { limbs: [0; LIMBS], pending: 0 }
    }
}

impl PartialEq for ExactSum {
    /// Whether the sums are the same number, however they came about.
    fn eq(&self, other: &Self) -> bool {
        self.to_limbs() == other.to_limbs()
    }
}

impl ExactSum {
    /// Adds a finite value; of others a sum has no exact value, so they must be found before.
    pub fn add(&mut self, value: f64) {
        debug_assert!(value.is_finite(), "only finite values have an exact sum");
        let bits = value.to_bits();
        let exponent = (bits >> 52 & 0x7ff) as u32;
        let fraction = bits & ((1 << 52) - 1);
        // A subnormal has no leading one and the exponent of the least normal.
        let whole = if exponent == 0 { fraction } else { fraction | 1 << 52 };
        let place = exponent.max(1) - 1;
        let spread = u128::from(whole) << (place % DIGIT_BITS);
        let first = (place / DIGIT_BITS) as usize;
        let negative = -i64::from(value.is_sign_negative());
        for (at, limb) in (0_u32..3).zip(self.limbs.iter_mut().skip(first)) {
            let digit = (spread >> (DIGIT_BITS * at)) as i64 & DIGIT_MASK;
            // The digit with the sign of the value.
            *limb += (digit ^ negative) - negative;
        }
        self.count(1);
    }

    /// Adds the square of a value whose square is finite and at least 2^-969 or 0, both halves of the product.
    pub fn add_square(&mut self, value: f64) {
        let square = super::pair::Pair::product(value, value);
        self.add(square.hi);
        self.add(square.lo);
    }

    /// Adds another sum.
    pub fn merge(&mut self, other: &Self) {
        let mut other = other.clone();
        other.settle();
        for (limb, added) in self.limbs.iter_mut().zip(other.limbs) {
            *limb += added;
        }
        self.count(1);
    }

    fn count(&mut self, additions: u32) {
        self.pending += additions;
        if self.pending >= MOST_PENDING {
            self.settle();
        }
    }

    /// Passes carries on: all limbs but the last are then digits 0 … 2^32 − 1, and the last has the sign.
    fn settle(&mut self) {
        let mut carry = 0;
        for limb in self.limbs.iter_mut().take(LIMBS - 1) {
            let sum = *limb + carry;
            *limb = sum & DIGIT_MASK;
            carry = sum >> DIGIT_BITS;
        }
        if let Some(last) = self.limbs.last_mut() {
            *last += carry;
        }
        self.pending = 0;
    }

    /// The number as limbs, lowest first, in the one form that equal sums share: for a file.
    #[must_use]
    pub fn to_limbs(&self) -> [i64; LIMBS] {
        let mut settled = self.clone();
        settled.settle();
        settled.limbs
    }

    /// The sum that had these limbs; `None` where they are not in the form that [`to_limbs`](Self::to_limbs) gives.
    #[must_use]
    pub fn from_limbs(limbs: [i64; LIMBS]) -> Option<Self> {
        let (last, digits) = limbs.split_last()?;
        let sound = digits.iter().all(|limb| (0..=DIGIT_MASK).contains(limb)) && last.unsigned_abs() < 1 << 62;
        sound.then_some(Self { limbs, pending: 0 })
    }

    /// The sum rounded once, to the nearest double, ties to even; beyond the largest, ∞. Zero has no sign.
    #[must_use]
    pub fn value(&self) -> f64 {
        let mut size = self.clone();
        size.settle();
        let negative = size.limbs.last().is_some_and(|last| *last < 0);
        if negative {
            size.limbs = size.limbs.map(|limb| -limb);
            size.settle();
        }
        // The last limb may hold more than a digit.
        let digits = size.limbs.iter().copied().take(LIMBS - 1).map(i64::cast_unsigned);
        let last = size.limbs.last().map_or(0, |last| last.cast_unsigned());
        let rounded = rounded(digits.chain([last & DIGIT_MASK.cast_unsigned(), last >> DIGIT_BITS]));
        if negative { -rounded } else { rounded }
    }
}

/// The double nearest to a whole number of 2^-1074 given by its digits, lowest first.
fn rounded(digits: impl DoubleEndedIterator<Item = u64> + Clone) -> f64 {
    let count = digits.clone().count();
    let zeros = digits.clone().rev().take_while(|digit| *digit == 0).count();
    let used = count - zeros;
    // The four highest digits as one number: at least 97 significant bits, or the whole of it.
    let below = used.saturating_sub(4);
    let top = digits.clone().take(used).skip(below).enumerate();
    let top = top.fold(0_u128, |sum, (at, digit)| sum | u128::from(digit) << (DIGIT_BITS as usize * at));
    let sticky = digits.take(below).any(|digit| digit != 0);
    let length = u128::BITS - top.leading_zeros();
    let cut = length.saturating_sub(53);
    let kept = (top >> cut) as u64;
    let rest = top & ((1 << cut) - 1);
    let half = if cut == 0 { 0 } else { 1_u128 << (cut - 1) };
    let up = rest > half || (rest == half && half != 0 && (sticky || kept & 1 == 1));
    let kept = kept + u64::from(up);
    // Bits of a double count in units of 2^-1074: a fraction of 53 bits at `place` has the exponent place + 1, less the
    // leading one, which the sum adds again; a carry of the rounding moves the exponent by itself.
    let place = (below as u64) * u64::from(DIGIT_BITS) + u64::from(cut);
    if place > 2_045 {
        return f64::INFINITY;
    }
    let bits = if kept < 1 << 52 { kept } else { (place << 52) + kept };
    f64::from_bits(bits.min(f64::INFINITY.to_bits()))
}

/// How many values are summed side by side.
pub const GROUP: usize = 16;

/// The sum of a block in the written order: value i goes to the partial sum i modulo 16, each in order from 0; then
/// partial sum i takes i + 8, i + 4, i + 2, i + 1. The order of a block of 1,024 samples; it holds for any length.
#[inline(always)]
#[must_use]
pub fn block_sum(values: &[f64]) -> f64 {
    let mut sums = [0.0; GROUP];
    let (groups, rest) = values.as_chunks::<GROUP>();
    for group in groups {
        sums.iter_mut().zip(group).for_each(|(sum, value)| *sum += value);
    }
    sums.iter_mut().zip(rest).for_each(|(sum, value)| *sum += value);
    together(sums)
}

/// The sums of the distances from a pilot and of their squares, each in the same order. With a pilot near the mean, chosen
/// before and the same for all blocks, the variance from both loses nothing to cancellation.
///
/// In vectors, since the compiler would make pairs of a distance and its square.
#[derive(Clone, Copy, Debug)]
pub struct SumsAbout<'v> {
    /// What is taken from every value.
    pub pilot: f64,
    /// The block.
    pub values: &'v [f64],
}

impl Kernel for SumsAbout<'_> {
    type Output = (f64, f64);

    #[inline(always)]
    fn run<S: Simd>(self, simd: S) -> (f64, f64) {
        let mut sums = SumsSoFar::about(simd, self.pilot);
        let (groups, rest) = self.values.as_chunks::<GROUP>();
        for group in groups {
            sums.take(S::as_simd_f64s(group).0);
        }
        sums.with(rest)
    }
}

/// The same while the values are looked at for something else, group by group.
pub struct SumsSoFar<S: Simd> {
    simd: S,
    pilot: f64,
    /// Of a group's places as many are used as it has vectors.
    sums: [S::f64s; GROUP],
    squares: [S::f64s; GROUP],
}

impl<S: Simd> SumsSoFar<S> {
    /// Of no values.
    #[inline(always)]
    pub fn about(simd: S, pilot: f64) -> Self {
        let nothing = [simd.splat_f64s(0.0); GROUP];
        Self { simd, pilot, sums: nothing, squares: nothing }
    }

    /// Takes the vectors of a group.
    #[inline(always)]
    pub fn take(&mut self, group: &[S::f64s]) {
        let simd = self.simd;
        let pilot = simd.splat_f64s(self.pilot);
        for ((sum, square), values) in self.sums.iter_mut().zip(&mut self.squares).zip(group) {
            let distances = simd.sub_f64s(*values, pilot);
            *sum = simd.add_f64s(*sum, distances);
            *square = simd.add_f64s(*square, simd.mul_f64s(distances, distances));
        }
    }

    /// The sums, with what is left behind the last group.
    #[inline(always)]
    pub fn with(self, rest: &[f64]) -> (f64, f64) {
        let (mut sums, mut squares) = (flat::<S>(&self.sums), flat::<S>(&self.squares));
        for ((sum, square), value) in sums.iter_mut().zip(&mut squares).zip(rest) {
            let distance = value - self.pilot;
            *sum += distance;
            *square += distance * distance;
        }
        (together(sums), together(squares))
    }
}

#[inline(always)]
fn flat<S: Simd>(vectors: &[S::f64s; GROUP]) -> [f64; GROUP] {
    let mut values = [0.0; GROUP];
    S::as_mut_simd_f64s(&mut values).0.iter_mut().zip(vectors).for_each(|(values, vector)| *values = *vector);
    values
}

#[inline(always)]
fn together(sums: [f64; GROUP]) -> f64 {
    let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p] = sums;
    let [a, b, c, d, e, f, g, h] = [a + i, b + j, c + k, d + l, e + m, f + n, g + o, h + p];
    let [a, b, c, d] = [a + e, b + f, c + g, d + h];
    (a + c) + (b + d)
}
