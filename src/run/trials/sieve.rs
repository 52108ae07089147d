//! Sieves: a row is summed and looked through for some brackets at once, and what lies in one of them is caught.
#![allow(clippy::inline_always, reason = "what is inlined is compiled for the widest vectors")]

use super::bracket::Bracket;
use super::row::{LANES, Row};
use crate::numeric::exact_sum::SumsAbout;
use crate::numeric::simd::{Kernel, Simd, bits, dispatch_wide};

/// How many values are caught before they are handed on: so many that each bracket gets some, and so few that they stay
/// in the cache.
const FULL: usize = 128;

/// Catches what lies in some brackets.
#[derive(Clone, Debug)]
pub(super) struct Sieve {
    /// Nothing lies below or up to NaN, which stands where there is no bracket.
    low: [f64; Self::BRACKETS],
    high: [f64; Self::BRACKETS],
    /// How many values have lain below each bracket.
    below: [u64; Self::BRACKETS],
    /// Whether each bracket lies behind the one before it.
    apart: bool,
    /// What has lain in one of them.
    caught: Vec<f64>,
}

/// A row looked through once.
pub(super) struct Sifted {
    /// Σ (x − shift)
    pub sum: f64,
    /// Σ (x − shift)²
    pub squares: f64,
    /// How many values lie below each bracket.
    below: [u64; Sieve::BRACKETS],
    /// A bit a lane: whether its value lies in a bracket.
    inside: [u64; LANES / 64],
}

impl Sifted {
    /// Of no values.
    pub const NOTHING: Self = Self { sum: 0.0, squares: 0.0, below: [0; Sieve::BRACKETS], inside: [0; LANES / 64] };
}

impl Sieve {
    /// For how many brackets one is.
    pub const BRACKETS: usize = 3;

    /// One for some brackets, with nothing seen.
    pub fn of(brackets: &[Bracket]) -> Self {
        let bound = |at: usize, bound: fn(&Bracket) -> f64| brackets.get(at).map_or(f64::NAN, bound);
        Self {
            low: std::array::from_fn(|at| bound(at, |bracket| bracket.low)),
            high: std::array::from_fn(|at| bound(at, |bracket| bracket.high)),
            below: [0; Self::BRACKETS],
            apart: brackets.is_sorted_by(|one, next| one.high < next.low),
            caught: Vec::new(),
        }
    }

    /// The same with nothing seen.
    pub fn empty(&self) -> Self {
        Self { below: [0; Self::BRACKETS], caught: Vec::new(), ..*self }
    }

    /// Sums a row, and looks through it.
    pub fn sift(&self, row: &Row, shift: f64) -> Sifted {
        dispatch_wide(Sift { row, shift, sieve: self })
    }

    /// Catches what was found in a row.
    pub fn keep(&mut self, row: &Row, sifted: &Sifted, brackets: &mut [Bracket]) {
        self.below.iter_mut().zip(sifted.below).for_each(|(sum, below)| *sum += below);
        for (block, bits) in row.as_chunks::<64>().0.iter().zip(sifted.inside) {
            let mut bits = bits;
            while bits != 0 {
                self.caught.extend(block.get(bits.trailing_zeros() as usize));
                bits &= bits - 1;
            }
        }
        if self.caught.len() >= FULL {
            self.pour(brackets);
        }
    }

    /// Hands to each bracket what has been caught for it.
    pub fn pour(&mut self, brackets: &mut [Bracket]) {
        brackets.iter_mut().zip(&mut self.below).for_each(|(bracket, below)| bracket.below += std::mem::take(below));
        let [first, second, _] = self.high;
        for value in self.caught.drain(..) {
            if self.apart {
                // Which it is can't be foretold, so the brackets that it has passed are counted.
                let passed = usize::from(value > first) + usize::from(value > second);
                brackets.get_mut(passed).into_iter().for_each(|bracket| bracket.take(value));
            } else {
                let inside = |bracket: &&mut Bracket| bracket.low <= value && value <= bracket.high;
                brackets.iter_mut().filter(inside).for_each(|bracket| bracket.take(value));
            }
        }
    }
}

/// How many values lie below each bracket, and a bit a lane: whether its value lies in one.
type Passed = ([u64; Sieve::BRACKETS], [u64; LANES / 64]);

/// Sums and sifts a row.
struct Sift<'r> {
    row: &'r Row,
    shift: f64,
    sieve: &'r Sieve,
}

impl Kernel for Sift<'_> {
    type Output = Sifted;

    #[inline(always)]
    #[allow(clippy::indexing_slicing, clippy::needless_range_loop, reason = "lanes lie within a block")]
    fn run<S: Simd>(self, simd: S) -> Sifted {
        let (below, inside) = if size_of::<S::m64s>() == 1 { self.by_bits(simd) } else { self.by_lanes() };
        let (sum, squares) = SumsAbout { pilot: self.shift, values: self.row }.run(simd);
        Sifted { sum, squares, below, inside }
    }
}

impl Sift<'_> {
    /// Looks through the row where a comparison comes out as a bit a lane.
    #[inline(always)]
    fn by_bits<S: Simd>(&self, simd: S) -> Passed {
        let (mut below, mut inside) = ([0; Sieve::BRACKETS], [0; LANES / 64]);
        let (low, high) = (self.sieve.low.map(|low| simd.splat_f64s(low)), self.sieve.high.map(|high| simd.splat_f64s(high)));
        for (block, inside) in self.row.as_chunks::<64>().0.iter().zip(&mut inside) {
            let mut passed = [0; Sieve::BRACKETS];
            for (vector, values) in S::as_simd_f64s(block).0.iter().enumerate() {
                let [a, b, c] = low.map(|low| simd.less_than_f64s(*values, low));
                let [d, e, f] = high.map(|high| simd.less_than_or_equal_f64s(*values, high));
                // What lies in a bracket has passed one of its ends.
                let hit = simd.or_m64s(simd.or_m64s(simd.xor_m64s(a, d), simd.xor_m64s(b, e)), simd.xor_m64s(c, f));
                let first = vector * S::F64_LANES;
                *inside |= bits::<S>(hit) << first;
                passed.iter_mut().zip([a, b, c]).for_each(|(passed, mask)| *passed |= bits::<S>(mask) << first);
            }
            below.iter_mut().zip(passed).for_each(|(below, passed)| *below += u64::from(passed.count_ones()));
        }
        (below, inside)
    }

    /// Looks through the row lane by lane, as the compiler sees fit.
    #[inline(always)]
    #[allow(clippy::indexing_slicing, clippy::needless_range_loop, reason = "lanes lie within a block")]
    fn by_lanes(&self) -> Passed {
        let mut below = [0; Sieve::BRACKETS];
        let mut inside = [0; LANES / 64];
        let ([low_a, low_b, low_c], [high_a, high_b, high_c]) = (self.sieve.low, self.sieve.high);
        for (block, inside) in self.row.as_chunks::<64>().0.iter().zip(&mut inside) {
            let (mut a, mut b, mut c, mut bits) = (0_u64, 0_u64, 0_u64, 0_u64);
            for lane in 0..64 {
                let value = block[lane];
                let (below_a, below_b, below_c) = (value < low_a, value < low_b, value < low_c);
                a += u64::from(below_a);
                b += u64::from(below_b);
                c += u64::from(below_c);
                // What lies in a bracket has passed one of its ends.
                let hit = (below_a ^ (value <= high_a)) | (below_b ^ (value <= high_b)) | (below_c ^ (value <= high_c));
                bits |= if hit { BITS[lane] } else { 0 };
            }
            *inside = bits;
            below[0] += a;
            below[1] += b;
            below[2] += c;
        }
        (below, inside)
    }
}

/// A bit a lane.
#[allow(clippy::indexing_slicing, reason = "lanes lie within the bits")]
const BITS: [u64; 64] = {
    let mut bits = [0; 64];
    let mut lane = 0;
    while lane < bits.len() {
        bits[lane] = 1 << lane;
        lane += 1;
    }
    bits
};

#[cfg(test)]
#[allow(clippy::indexing_slicing, reason = "a test that fails there has failed")]
mod tests {
    use super::{Bracket, LANES, Row, Sieve, Sift};
    use crate::numeric::simd::{Kernel, Scalar, dispatch, dispatch_wide};

    /// Some values in each bracket, on its ends and between them, and some that are no number, in vectors of every width.
    #[test]
    fn a_row_is_looked_through_alike_in_every_width() {
        let bracket = |low: f64, high: f64| Bracket { low, high, ..Bracket::open(0.5) };
        let sieve = Sieve::of(&[bracket(-3.0, -1.0), bracket(2.0, 2.0), bracket(40.0, 50.0)]);
        let mut row = Row::of(0.0);
        row.iter_mut().zip(0..).for_each(|(value, at)| *value = f64::from((at * 37) % 128) - 64.0);
        row[5] = f64::NAN;
        let sift = || Sift { row: &row, shift: 1.0, sieve: &sieve };
        let wide = dispatch_wide(sift());
        for other in [dispatch(sift()), sift().run(Scalar::new())] {
            assert_eq!((wide.below, wide.inside), (other.below, other.inside));
            assert_eq!((wide.sum.to_bits(), wide.squares.to_bits()), (other.sum.to_bits(), other.squares.to_bits()));
        }
        let below = |bound: f64| row.iter().filter(|value| **value < bound).count() as u64;
        assert_eq!(wide.below, [below(-3.0), below(2.0), below(40.0)]);
        let inside = |value: f64| (-3.0..=-1.0).contains(&value) || value == 2.0 || (40.0..=50.0).contains(&value);
        for lane in 0..LANES {
            assert_eq!(wide.inside[lane / 64] >> (lane % 64) & 1 == 1, inside(row[lane]), "lane {lane}: {}", row[lane]);
        }
    }
}
