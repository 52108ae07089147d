//! Latin hypercube: of n samples of a draw one lies in each of n equal parts, in an order of the name's own.

use super::hash::mix;
use super::philox::{self, Key, Row};

/// What the bits that place a sample within its part are drawn for.
const JITTER: u32 = 0x4c48_5331;

/// A bijection of 0 … count − 1, picked by a number: four rounds of a generalised Feistel cipher over a rectangle that
/// holds `count` cells and hardly more; what falls outside walks on until it comes back (Black and Rogaway 2002).
#[derive(Clone, Copy, Debug)]
pub struct Order {
    count: u64,
    /// Both sides of the rectangle.
    sides: [u64; 2],
    keys: [u64; ROUNDS],
}

/// Even, so that both sides end where they began.
const ROUNDS: usize = 4;

impl Order {
    /// An order of `count` parts. `count` is at least 1 and at most 2^32.
    #[must_use]
    pub const fn new(key: u64, count: u64) -> Self {
        let count = if count == 0 { 1 } else { count };
        let root = count.isqrt();
        let left = if root * root < count { root + 1 } else { root };
        let right = count.div_ceil(left);
        let mut keys = [0; ROUNDS];
        let mut rest = keys.as_mut_slice();
        let mut state = key;
        while let [first, behind @ ..] = rest {
            state = mix(state.wrapping_add(super::hash::GOLDEN));
            *first = state;
            rest = behind;
        }
        Self { count, sides: [left, right], keys }
    }

    /// The part of a sample below `count`.
    #[inline]
    #[must_use]
    pub fn part(&self, sample: u64) -> u64 {
        let mut at = self.once(sample);
        while at >= self.count {
            at = self.once(at);
        }
        at
    }

    /// A bijection of the cells of the rectangle.
    #[inline(always)]
    fn once(&self, cell: u64) -> u64 {
        let [width, height] = self.sides;
        let (mut left, mut right) = (cell % width, cell / width);
        let (mut left_side, mut right_side) = (width, height);
        for key in self.keys {
            // A multiple of the side as good as even: the upper half of a product instead of a remainder.
            let added = ((u128::from(mix(right ^ key)) * u128::from(left_side)) >> 64) as u64;
            let sum = left + added;
            let moved = if sum >= left_side { sum - left_side } else { sum };
            (left, right) = (right, moved);
            (left_side, right_side) = (right_side, left_side);
        }
        left + right * width
    }
}

/// A draw by Latin hypercube.
#[derive(Clone, Copy, Debug)]
pub struct Latin {
    key: Key,
    row: Row,
    order: Order,
    /// The least width of a part, in units of 2^-64, and what that leaves of the whole.
    width: u64,
    rest: u64,
}

impl Latin {
    /// The draw of a name's hash in a period, for `count` samples in all.
    #[must_use]
    pub fn new(seed: u64, name: u64, period: u32, count: u64) -> Self {
        let key = Key::new(seed, name);
        let row = Row { period, purpose: JITTER };
        let order = Order::new(philox::at(key, Row { period, purpose: !JITTER }, 0), count);
        // 2^64 divided by the count, from 2^64 − 1; for a single part one less serves.
        let (whole, rest) = (u64::MAX / order.count, u64::MAX % order.count + 1);
        let exact = rest == order.count;
        let (width, rest) = if exact { (whole.saturating_add(1), 0) } else { (whole, rest) };
        Self { key, row, order, width, rest }
    }

    /// The bits of the samples from `first` on, all below the count: as a fraction of 2^64 each lies in its own part.
    #[inline(always)]
    pub fn fill(&self, first: u64, out: &mut [u64]) {
        philox::fill(self.key, self.row, first, out);
        for (place, sample) in out.iter_mut().zip(first..) {
            *place = self.within(self.order.part(sample), *place);
        }
    }

    /// The place in a part that random bits choose.
    #[inline(always)]
    fn within(&self, part: u64, bits: u64) -> u64 {
        let low = part * self.width + (part * self.rest).div_ceil(self.order.count);
        low + ((u128::from(bits) * u128::from(self.width)) >> 64) as u64
    }
}
