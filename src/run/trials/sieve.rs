//! Sieves: a row is summed and looked through for some brackets at once, and what lies in one of them is caught.
#![allow(clippy::inline_always, reason = "what is inlined is compiled for the widest vectors")]
#![allow(clippy::indexing_slicing, reason = "places of brackets and lanes of blocks are as many as the arrays hold")]

use super::bracket::Bracket;
use super::row::{LANES, Row};
use crate::numeric::exact_sum::{GROUP, SumsAbout, SumsSoFar};
use crate::numeric::simd::{Kernel, Simd, bits, dispatch_wide};

/// How many values are caught before they are handed on: so many that each bracket gets some, and so few that they stay
/// in the cache.
const FULL: usize = 128;

/// Catches what lies in some brackets.
#[derive(Clone, Debug)]
pub(super) struct Sieve {
    /// Where brackets begin, in rising order; NaN, which nothing reaches, where there is none.
    lows: [f64; Self::BRACKETS],
    /// The farthest that one of those that begin up to there goes.
    ends: [f64; Self::BRACKETS],
    /// Which bracket begins there.
    which: [usize; Self::BRACKETS],
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
    /// How many values have reached each of the places where brackets begin.
    reached: [u64; Sieve::BRACKETS],
    /// A bit a lane: whether its value lies in a bracket.
    inside: [u64; LANES / 64],
}

impl Sifted {
    /// Of no values.
    pub const NOTHING: Self = Self { sum: 0.0, squares: 0.0, reached: [0; Sieve::BRACKETS], inside: [0; LANES / 64] };
}

impl Sieve {
    /// For how many brackets one is.
    pub const BRACKETS: usize = 3;

    /// One for some brackets, with nothing seen.
    pub fn of(brackets: &[Bracket]) -> Self {
        let mut rising: Vec<(usize, &Bracket)> = brackets.iter().enumerate().collect();
        rising.sort_by(|(_, one), (_, other)| one.low.total_cmp(&other.low));
        let mut sieve = Self {
            lows: [f64::NAN; Self::BRACKETS],
            ends: [f64::NAN; Self::BRACKETS],
            which: [Self::BRACKETS; Self::BRACKETS],
            below: [0; Self::BRACKETS],
            apart: brackets.is_sorted_by(|one, next| one.high < next.low),
            caught: Vec::new(),
        };
        let mut end = f64::NEG_INFINITY;
        for (place, (which, bracket)) in rising.into_iter().enumerate().take(Self::BRACKETS) {
            end = end.max(bracket.high);
            (sieve.lows[place], sieve.ends[place], sieve.which[place]) = (bracket.low, end, which);
        }
        sieve
    }

    /// The same with nothing seen.
    pub fn empty(&self) -> Self {
        Self { below: [0; Self::BRACKETS], caught: Vec::new(), ..*self }
    }

    /// Sums a row, and looks through it.
    pub fn sift(&self, row: &Row, shift: f64) -> Sifted {
        dispatch_wide(Sift { row, shift, sieve: self })
    }

    /// Catches what was found in a row that holds so many numbers.
    pub fn keep(&mut self, row: &Row, sifted: &Sifted, numbers: u64, brackets: &mut [Bracket]) {
        for (which, reached) in self.which.into_iter().zip(sifted.reached) {
            self.below.get_mut(which).into_iter().for_each(|below| *below += numbers - reached);
        }
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
        let [first, second, _] = self.ends;
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

/// How many values have reached each of the places where brackets begin, and a bit a lane: whether its value lies in a bracket.
/// It does if it does not lie beyond the ends of those that it has reached.
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
    fn run<S: Simd>(self, simd: S) -> Sifted {
        if size_of::<S::m64s>() == 1 {
            return self.by_bits(simd);
        }
        let (reached, inside) = self.by_lanes();
        let (sum, squares) = SumsAbout { pilot: self.shift, values: self.row }.run(simd);
        Sifted { sum, squares, reached, inside }
    }
}

impl Sift<'_> {
    /// Looks through the row where a comparison comes out as a bit a lane, and sums it meanwhile: that is done in other parts of
    /// a processor.
    #[inline(always)]
    fn by_bits<S: Simd>(&self, simd: S) -> Sifted {
        let (mut reached, mut inside) = ([0; Sieve::BRACKETS], [0; LANES / 64]);
        let (lows, ends) = (self.sieve.lows.map(|low| simd.splat_f64s(low)), self.sieve.ends.map(|end| simd.splat_f64s(end)));
        let nowhere = simd.splat_f64s(f64::NEG_INFINITY);
        let mut sums = SumsSoFar::about(simd, self.shift);
        for (block, inside) in self.row.as_chunks::<64>().0.iter().zip(&mut inside) {
            let mut in_block = [0; Sieve::BRACKETS];
            for (number, group) in block.as_chunks::<GROUP>().0.iter().enumerate() {
                let vectors = S::as_simd_f64s(group).0;
                sums.take(vectors);
                for (vector, values) in vectors.iter().enumerate() {
                    let [a, b, c] = lows.map(|low| simd.less_than_or_equal_f64s(low, *values));
                    let end = simd.select_f64s(c, ends[2], simd.select_f64s(b, ends[1], simd.select_f64s(a, ends[0], nowhere)));
                    let hit = simd.less_than_or_equal_f64s(*values, end);
                    let first = number * GROUP + vector * S::F64_LANES;
                    *inside |= bits::<S>(hit) << first;
                    in_block.iter_mut().zip([a, b, c]).for_each(|(reached, mask)| *reached |= bits::<S>(mask) << first);
                }
            }
            reached.iter_mut().zip(in_block).for_each(|(reached, bits)| *reached += u64::from(bits.count_ones()));
        }
        let (sum, squares) = sums.with(&[]);
        Sifted { sum, squares, reached, inside }
    }

    /// Looks through the row lane by lane, as the compiler sees fit.
    #[inline(always)]
    #[allow(clippy::needless_range_loop, reason = "lanes lie within a block")]
    fn by_lanes(&self) -> Passed {
        let mut reached = [0; Sieve::BRACKETS];
        let mut inside = [0; LANES / 64];
        let ([low_a, low_b, low_c], [end_a, end_b, end_c]) = (self.sieve.lows, self.sieve.ends);
        for (block, inside) in self.row.as_chunks::<64>().0.iter().zip(&mut inside) {
            let (mut a, mut b, mut c, mut bits) = (0_u64, 0_u64, 0_u64, 0_u64);
            for lane in 0..64 {
                let value = block[lane];
                let (is_a, is_b, is_c) = (low_a <= value, low_b <= value, low_c <= value);
                a += u64::from(is_a);
                b += u64::from(is_b);
                c += u64::from(is_c);
                let end = if is_a { end_a } else { f64::NEG_INFINITY };
                let end = if is_b { end_b } else { end };
                let end = if is_c { end_c } else { end };
                bits |= if value <= end { BITS[lane] } else { 0 };
            }
            *inside = bits;
            reached[0] += a;
            reached[1] += b;
            reached[2] += c;
        }
        (reached, inside)
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
mod tests {
    use super::{Bracket, LANES, Row, Sieve, Sift};
    use crate::numeric::simd::{Kernel, Scalar, dispatch, dispatch_wide};

    /// Some values in each bracket, on its ends and between them, and some that are no number, in vectors of every width; and
    /// brackets in no order, one of which lies in another.
    #[test]
    fn a_row_is_looked_through_alike_in_every_width() {
        for brackets in [[(-3.0, -1.0), (2.0, 2.0), (40.0, 50.0)], [(-20.0, 30.0), (40.0, 50.0), (-3.0, 2.0)]] {
            let bracket = |(low, high): (f64, f64)| Bracket { low, high, ..Bracket::open(0.5) };
            let sieve = Sieve::of(&brackets.map(bracket));
            let mut row = Row::of(0.0);
            row.iter_mut().zip(0..).for_each(|(value, at)| *value = f64::from((at * 37) % 128) - 64.0);
            row[5] = f64::NAN;
            let sift = || Sift { row: &row, shift: 1.0, sieve: &sieve };
            let wide = dispatch_wide(sift());
            for other in [dispatch(sift()), sift().run(Scalar::new())] {
                assert_eq!((wide.reached, wide.inside), (other.reached, other.inside));
                assert_eq!((wide.sum.to_bits(), wide.squares.to_bits()), (other.sum.to_bits(), other.squares.to_bits()));
            }
            for (which, reached) in sieve.which.into_iter().zip(wide.reached) {
                assert_eq!(reached, row.iter().filter(|value| **value >= brackets[which].0).count() as u64, "{:?}", brackets[which]);
            }
            let inside = |value: f64| brackets.iter().any(|(low, high)| *low <= value && value <= *high);
            for lane in 0..LANES {
                assert_eq!(wide.inside[lane / 64] >> (lane % 64) & 1 == 1, inside(row[lane]), "lane {lane}: {}", row[lane]);
            }
        }
    }
}
