//! Exact percentiles without keeping every value: a bracket is closed round each one from the samples so far, and
//! what comes later is counted if it lies below and kept if it falls inside.

use super::lanes::{U4, X4};
use pulp::x86::V3;

/// Vectors of a chunk. The columns of a chunk stay in the first cache.
pub const VECTORS: usize = 64;
pub const LANES: usize = 4 * VECTORS;

/// The percentiles asked for.
pub const SHARES: [f64; 3] = [0.05, 0.5, 0.95];

/// One value of each sample of a chunk.
#[derive(Clone)]
#[repr(align(64))]
pub struct Column(pub [[f64; 4]; VECTORS]);

impl Column {
    pub const ZERO: Column = Column([[0.0; 4]; VECTORS]);
}

/// What is known of one output: how many samples lie below each bracket, and those inside.
#[derive(Clone)]
pub struct Output {
    low: [f64; 3],
    high: [f64; 3],
    below: [u64; 3],
    inside: [Vec<f64>; 3],
    sum: f64,
}

impl Output {
    /// Nothing is known yet: the first bracket holds everything, the others nothing.
    pub fn new() -> Output {
        let low = [f64::NEG_INFINITY, f64::INFINITY, f64::INFINITY];
        Output { low, high: [f64::INFINITY; 3], below: [0; 3], inside: Default::default(), sum: 0.0 }
    }

    /// Takes on the brackets of another, to fill them in a thread of its own.
    pub fn follow(&mut self, other: &Output) {
        (self.low, self.high) = (other.low, other.high);
    }

    /// Counts and keeps a whole chunk.
    #[inline(always)]
    pub fn take(&mut self, simd: V3, column: &Column) {
        let [a, c, e] = self.low;
        let [b, d, f] = self.high;
        let (a, b) = (X4::splat(simd, a), X4::splat(simd, b));
        let (c, d) = (X4::splat(simd, c), X4::splat(simd, d));
        let (e, f) = (X4::splat(simd, e), X4::splat(simd, f));
        let mut sum = X4::splat(simd, 0.0);
        let none = U4::of(simd, [0; 4]);
        let (mut first, mut second, mut third) = (none, none, none);
        let mut kept = [0_u64; VECTORS / 16];
        for (kept, block) in kept.iter_mut().zip(column.0.as_chunks::<16>().0) {
            for (at, values) in block.iter().enumerate() {
                let values = X4::of(simd, *values);
                sum = sum + values;
                let (below_a, below_c, below_e) = (values.below(a), values.below(c), values.below(e));
                // A mask is -1 in each lane.
                (first, second, third) = (first.minus(below_a), second.minus(below_c), third.minus(below_e));
                // Inside a bracket an odd number of bounds is passed.
                let passed = below_a.xor(values.up_to(b)).xor(below_c.xor(values.up_to(d))).xor(below_e.xor(values.up_to(f)));
                *kept |= passed.mask() << (4 * at);
            }
        }
        self.sum += sum.values().iter().sum::<f64>();
        for (total, part) in self.below.iter_mut().zip([first, second, third]) {
            *total += part.values().iter().sum::<u64>();
        }
        for (mut kept, block) in kept.into_iter().zip(column.0.as_chunks::<16>().0) {
            while kept != 0 {
                let value = block.as_flattened()[kept.trailing_zeros() as usize];
                kept &= kept - 1;
                let bracket = usize::from(value > self.high[0]) + usize::from(value > self.high[1]);
                self.inside[bracket].push(value);
            }
        }
    }

    /// Counts and keeps the first samples of a chunk that is not full.
    pub fn take_some(&mut self, column: &Column, samples: usize) {
        for value in &column.0.as_flattened()[..samples] {
            self.sum += value;
            for bracket in 0..3 {
                if *value < self.low[bracket] {
                    self.below[bracket] += 1;
                } else if *value <= self.high[bracket] {
                    self.inside[bracket].push(*value);
                    // Those that follow count it as below them.
                    (bracket + 1..3).for_each(|later| self.below[later] += 1);
                    break;
                }
            }
        }
    }

    /// Adds what another thread has found.
    pub fn join(&mut self, other: &mut Output) {
        self.sum += other.sum;
        for bracket in 0..3 {
            self.below[bracket] += std::mem::take(&mut other.below[bracket]);
            self.inside[bracket].append(&mut other.inside[bracket]);
        }
        other.sum = 0.0;
    }

    /// Closes the brackets to so many deviations of the rank of each percentile among the samples so far.
    pub fn tighten(&mut self, samples: usize, deviations: f64) {
        let places: [(usize, usize); 3] = std::array::from_fn(|bracket| {
            let rank = SHARES[bracket] * samples as f64;
            let reach = deviations * (rank * (1.0 - SHARES[bracket])).sqrt() + 1.0;
            let source = if self.all_in_one() { 0 } else { bracket };
            let last = self.inside[source].len() - 1;
            let place = |rank: f64| ((rank - self.below[source] as f64).max(0.0) as usize).min(last);
            (place(rank - reach), place(rank + reach))
        });
        if self.all_in_one() {
            self.divide(places);
        } else {
            for (bracket, (first, last)) in places.into_iter().enumerate() {
                let inside = &mut self.inside[bracket];
                narrow(inside, first, last);
                inside.truncate(last + 1);
                inside.drain(..first);
                self.below[bracket] += first as u64;
            }
        }
        for (bracket, inside) in self.inside.iter().enumerate() {
            // Narrowing has put the bounds at the ends.
            (self.low[bracket], self.high[bracket]) = (inside[0], inside[inside.len() - 1]);
        }
    }

    fn all_in_one(&self) -> bool {
        self.low[1] == f64::INFINITY
    }

    /// Divides what the first bracket holds: the middle one first, then the others out of what lies on its sides.
    fn divide(&mut self, places: [(usize, usize); 3]) {
        let mut all = std::mem::take(&mut self.inside[0]);
        let [(a, b), (c, d), (e, f)] = places;
        narrow(&mut all, c, d);
        narrow(&mut all[..c], a, b);
        narrow(&mut all[d + 1..], e - d - 1, f - d - 1);
        self.inside = [all[a..=b].to_vec(), all[c..=d].to_vec(), all[e..=f].to_vec()];
        self.below = places.map(|(first, _)| first as u64);
    }

    /// Mean and percentiles; none if a bracket has missed.
    pub fn answer(&mut self, samples: usize) -> Option<[f64; 4]> {
        let mut answer = [self.sum / samples as f64; 4];
        for (bracket, share) in SHARES.into_iter().enumerate() {
            let rank = ((share * samples as f64).ceil() as u64).max(1) - 1;
            let source = if self.all_in_one() { 0 } else { bracket };
            let place = usize::try_from(rank.checked_sub(self.below[source])?).ok()?;
            let inside = &mut self.inside[source];
            if place >= inside.len() {
                return None;
            }
            answer[bracket + 1] = *inside.select_nth_unstable_by(place, f64::total_cmp).1;
        }
        Some(answer)
    }
}

/// Puts the values of two ranks at their places, and those between them there too.
fn narrow(values: &mut [f64], first: usize, last: usize) {
    values.select_nth_unstable_by(last, f64::total_cmp);
    if first < last {
        values[..last].select_nth_unstable_by(first, f64::total_cmp);
    }
}
