//! Brackets: the exact order statistics of more values than are kept.
//!
//! Of the values seen so far an interval is known that the wanted one lies in, many standard errors wide to either side. What
//! lies below it is counted, what lies inside is kept; as more is seen the interval is drawn in. The answer is a value
//! that was drawn, the same whatever the intervals were.
#![allow(clippy::indexing_slicing, reason = "ranks are checked against the length")]

use std::cmp::Ordering;

/// Where the value at a share is looked for.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Bracket {
    /// The part of all values that the wanted one reaches.
    pub share: f64,
    /// From here …
    pub low: f64,
    /// … to here.
    pub high: f64,
    /// How many lie below.
    pub below: u64,
    /// How many are `low` itself.
    pub at_low: u64,
    /// How many are `high` itself.
    pub at_high: u64,
    /// What lies between, in no order.
    pub inside: Vec<f64>,
}

/// The value at a rank, or on which side of the bracket it lies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Found {
    Below,
    Value(f64),
    Above,
}

/// Where in a bracket a rank lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// Below it.
    Below,
    /// Among those that are `low` itself.
    Low,
    /// So far from the least between.
    Inside(usize),
    /// Among those that are `high` itself.
    High,
    /// Above it.
    Above,
}

impl Bracket {
    /// Everything is looked at.
    pub const fn open(share: f64) -> Self {
        let (low, high) = (f64::NEG_INFINITY, f64::INFINITY);
        Self { share, low, high, below: 0, at_low: 0, at_high: 0, inside: Vec::new() }
    }

    /// The same interval, with nothing seen.
    pub fn empty(&self) -> Self {
        Self { low: self.low, high: self.high, ..Self::open(self.share) }
    }

    /// Takes a value that lies in the interval.
    #[inline]
    pub fn take(&mut self, value: f64) {
        if value == self.low {
            self.at_low += 1;
        } else if value == self.high {
            self.at_high += 1;
        } else {
            self.inside.push(value);
        }
    }

    /// Makes room for about so many values more.
    pub fn expect(&mut self, values: f64) {
        // Two standard errors more, so that few brackets have to grow.
        let values = (values + 2.0 * values.sqrt()) as usize;
        if self.inside.capacity() - self.inside.len() < values {
            // Most of them stay while others come. Memory costs where it is touched, and most when it has to move.
            self.inside.reserve(2 * values);
        }
    }

    /// Takes over what another has seen by the same interval.
    pub fn absorb(&mut self, other: &mut Self) {
        self.below += other.below;
        self.at_low += other.at_low;
        self.at_high += other.at_high;
        self.inside.append(&mut other.inside);
        (other.below, other.at_low, other.at_high) = (0, 0, 0);
    }

    /// The value at the wanted share of so many: the smallest that at least this share does not exceed.
    pub fn value(&mut self, count: u64) -> Found {
        match self.place(rank(self.share, count)) {
            Place::Below => Found::Below,
            Place::Low => Found::Value(self.low),
            Place::Inside(at) => Found::Value(*self.inside.select_nth_unstable_by(at, by_size).1),
            Place::High => Found::Value(self.high),
            Place::Above => Found::Above,
        }
    }

    /// Draws the interval in around the wanted share of so many that have been seen, so many standard errors of its rank
    /// to either side.
    pub fn draw_in(&mut self, count: u64, errors: f64) {
        let (low, high) = ends(self.share, count, errors);
        let low = low.map_or(Place::Below, |rank| self.place(rank));
        match high.map_or(Place::Above, |rank| self.place(rank)) {
            Place::Low => self.close_at_low(),
            Place::Inside(at) => self.lower_high(at),
            Place::Below | Place::High | Place::Above => {}
        }
        match low {
            Place::Inside(at) if at < self.inside.len() => self.raise_low(at),
            // What was the first of those below is the upper bound by now.
            Place::Inside(_) | Place::High => self.close_at_high(),
            Place::Below | Place::Low | Place::Above => {}
        }
        let is_low = |value: &&f64| **value == self.low;
        let (lows, highs) = (self.inside.iter().filter(is_low).count(), self.inside.iter().filter(|value| **value == self.high).count());
        if lows + highs > 0 {
            self.at_low += lows as u64;
            self.at_high += highs as u64;
            let (low, high) = (self.low, self.high);
            self.inside.retain(|value| low < *value && *value < high);
        }
    }

    /// Begins with all values so far, between two ranks that have been put in their places.
    fn begin(&mut self, all: &[f64], low: Option<u64>, high: Option<u64>) {
        let at = |rank: Option<u64>, open: f64| rank.map_or(open, |rank| all[rank as usize]);
        (self.low, self.high) = (at(low, f64::NEG_INFINITY), at(high, f64::INFINITY));
        let (low_value, high_value) = (self.low, self.high);
        let count = |which: fn(&f64, &f64) -> bool, bound: f64| all.iter().filter(|value| which(value, &bound)).count() as u64;
        self.below = count(f64::lt, low_value);
        self.at_low = count(f64::eq, low_value);
        self.at_high = if high_value == low_value { 0 } else { count(f64::eq, high_value) };
        let between = &all[low.map_or(0, |rank| rank as usize + 1)..high.map_or(all.len(), |rank| rank as usize)];
        self.inside = between.iter().copied().filter(|value| low_value < *value && *value < high_value).collect();
    }

    /// The value that has a place inside is the upper bound from here on; what lies above it is forgotten.
    fn lower_high(&mut self, at: usize) {
        let (_, bound, above) = self.inside.select_nth_unstable_by(at, by_size);
        self.high = *bound;
        self.at_high = 1 + above.iter().filter(|value| **value == self.high).count() as u64;
        self.inside.truncate(at);
    }

    /// The value that has a place inside is the lower bound from here on; what lies below it is counted.
    fn raise_low(&mut self, at: usize) {
        let (below, bound, _) = self.inside.select_nth_unstable_by(at, by_size);
        self.low = *bound;
        let equal = 1 + below.iter().filter(|value| **value == self.low).count();
        self.below += self.at_low + (at + 1 - equal) as u64;
        self.at_low = equal as u64;
        self.inside.drain(..=at);
    }

    /// The lower bound is all that is left.
    fn close_at_low(&mut self) {
        (self.high, self.at_high) = (self.low, 0);
        self.inside.clear();
    }

    /// The upper bound is all that is left.
    fn close_at_high(&mut self) {
        let equal = self.inside.iter().filter(|value| **value == self.high).count();
        self.below += self.at_low + (self.inside.len() - equal) as u64;
        (self.low, self.at_low, self.at_high) = (self.high, equal as u64 + self.at_high, 0);
        self.inside.clear();
    }

    /// Where a rank lies, counted from 0.
    fn place(&self, rank: u64) -> Place {
        let Some(rank) = rank.checked_sub(self.below) else { return Place::Below };
        let Some(rank) = rank.checked_sub(self.at_low) else { return Place::Low };
        let inside = self.inside.len() as u64;
        if rank < inside {
            return Place::Inside(rank as usize);
        }
        if rank - inside < self.at_high { Place::High } else { Place::Above }
    }
}

/// Draws open brackets in by all values so far.
pub(super) fn draw_in_by(all: &mut [f64], brackets: &mut [Bracket], errors: f64) {
    let ends: Vec<_> = brackets.iter().map(|bracket| ends(bracket.share, all.len() as u64, errors)).collect();
    let mut ranks: Vec<usize> = ends.iter().flat_map(|(low, high)| [*low, *high]).flatten().map(|rank| rank as usize).collect();
    ranks.sort_unstable();
    ranks.dedup();
    settle(all, &ranks, 0);
    brackets.iter_mut().zip(ends).for_each(|(bracket, (low, high))| bracket.begin(all, low, high));
}

/// Puts the values of some ranks in their places, the middle one first; `before` is the rank of the first value.
fn settle(values: &mut [f64], ranks: &[usize], before: usize) {
    let (lower, rest) = ranks.split_at(ranks.len() / 2);
    let Some((middle, upper)) = rest.split_first() else { return };
    let (left, _, right) = values.select_nth_unstable_by(middle - before, by_size);
    settle(left, lower, before);
    settle(right, upper, middle + 1);
}

/// The order of numbers, none of which is NaN. It asks for less than [`f64::total_cmp`], and is what selecting spends its time on.
pub(super) fn by_size(one: &f64, other: &f64) -> Ordering {
    one.partial_cmp(other).unwrap_or(Ordering::Equal)
}

/// Between which ranks of so many the value at a share is looked for, so many standard errors to either side; none where
/// that goes beyond all of them.
fn ends(share: f64, count: u64, errors: f64) -> (Option<u64>, Option<u64>) {
    let wanted = rank(share, count);
    let room = (errors * (count as f64 * share * (1.0 - share)).sqrt()).ceil() as u64 + 1;
    (wanted.checked_sub(room), wanted.checked_add(room).filter(|rank| *rank < count))
}

/// The rank, counted from 0, of the smallest value that at least a share does not exceed.
pub(super) fn rank(share: f64, count: u64) -> u64 {
    // 7 % of 100 are 7, though the product comes out a little above.
    let reached = (share * count as f64 * (1.0 - 1e-12)).ceil() as u64;
    reached.clamp(1, count.max(1)) - 1
}

#[cfg(test)]
mod tests {
    use super::{Bracket, Found};

    /// Every share of a growing list, narrowed after each part, against a sorted copy. Every third value stands twice.
    #[test]
    fn what_is_found_is_what_sorting_finds() {
        for share in [0.0, 0.001, 0.05, 0.5, 0.95, 1.0] {
            let mut bracket = Bracket::open(share);
            let mut all: Vec<f64> = Vec::new();
            let mut state = 1_u64;
            for part in 0..6 {
                for _ in 0..1_000 << part {
                    state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    let value = if state >> 60 < 5 { 7.0 } else { (state >> 40) as f64 };
                    all.push(value);
                    if value < bracket.low {
                        bracket.below += 1;
                    } else if value <= bracket.high {
                        bracket.take(value);
                    }
                }
                all.sort_by(f64::total_cmp);
                let wanted = all[super::rank(share, all.len() as u64) as usize];
                assert_eq!(bracket.value(all.len() as u64), Found::Value(wanted), "{share} of {}", all.len());
                bracket.draw_in(all.len() as u64, 6.0);
                assert_eq!(bracket.value(all.len() as u64), Found::Value(wanted), "{share} of {}", all.len());
            }
            assert!(bracket.inside.len() < 12_000, "{share}: {}", bracket.inside.len());
        }
    }
}
