//! Brackets: the exact order statistics of more values than are kept.
//!
//! Of the values seen so far an interval is known that the wanted one lies in, many standard errors wide to either side. What
//! lies below it is counted, what lies inside is kept; as more is seen the interval is drawn in. The answer is a value
//! that was drawn, the same whatever the intervals were.
#![allow(clippy::indexing_slicing, reason = "ranks are checked against the length")]

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

    /// Makes room for about so many values.
    pub fn expect(&mut self, values: f64) {
        // Two standard errors more, so that few brackets have to grow.
        self.inside.reserve((values + 2.0 * values.sqrt()) as usize);
    }

    /// Takes over what another has seen by the same interval.
    pub fn absorb(&mut self, other: &mut Self) {
        self.below += other.below;
        self.at_low += other.at_low;
        self.at_high += other.at_high;
        if self.inside.len() < other.inside.len() {
            std::mem::swap(&mut self.inside, &mut other.inside);
        }
        self.inside.append(&mut other.inside);
        (other.below, other.at_low, other.at_high) = (0, 0, 0);
    }

    /// The value at the wanted share of so many: the smallest that at least this share does not exceed.
    pub fn value(&mut self, count: u64) -> Found {
        self.at(rank(self.share, count))
    }

    /// Draws the interval in around the wanted share of so many that have been seen, so many standard errors of its rank
    /// to either side.
    pub fn draw_in(&mut self, count: u64, errors: f64) {
        let wanted = rank(self.share, count) as f64;
        let room = (errors * (count as f64 * self.share * (1.0 - self.share)).sqrt()).ceil() + 1.0;
        let low = if wanted < room { Found::Below } else { self.at((wanted - room) as u64) };
        let above = wanted + room;
        let high = if above >= count as f64 { Found::Above } else { self.at(above as u64) };
        let low = if let Found::Value(low) = low { low } else { self.low };
        let high = if let Found::Value(high) = high { high } else { self.high };
        self.narrow(low, high);
    }

    /// Moves the bounds in; what comes to lie outside is counted or forgotten.
    fn narrow(&mut self, low: f64, high: f64) {
        if low > self.low {
            self.below += self.at_low + self.inside.iter().filter(|value| **value < low).count() as u64;
            self.at_low = self.inside.iter().filter(|value| **value == low).count() as u64;
            if low == self.high {
                self.at_low += self.at_high;
            }
        }
        if high < self.high {
            self.at_high = if high == low { 0 } else { self.inside.iter().filter(|value| **value == high).count() as u64 };
        } else if high == low {
            self.at_high = 0;
        }
        self.inside.retain(|value| low < *value && *value < high);
        (self.low, self.high) = (low, high);
    }

    /// The value at a rank, counted from 0.
    fn at(&mut self, rank: u64) -> Found {
        let Some(rank) = rank.checked_sub(self.below) else { return Found::Below };
        let Some(rank) = rank.checked_sub(self.at_low) else { return Found::Value(self.low) };
        let inside = self.inside.len() as u64;
        if rank < inside {
            let (_, value, _) = self.inside.select_nth_unstable_by(rank as usize, f64::total_cmp);
            return Found::Value(*value);
        }
        if rank - inside < self.at_high { Found::Value(self.high) } else { Found::Above }
    }
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
