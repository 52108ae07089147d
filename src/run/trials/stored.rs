//! Stored: tallies as the bytes of a file, the same for the same samples whatever order they came in.

use super::Order;
use super::bracket::Bracket;
use super::buckets::Buckets;
use super::tally::Tally;
use crate::numeric::exact_sum::{ExactSum, LIMBS};
use crate::run::record::{Reader, Writer};
use crate::run::value::is_fault;

/// The fewest bytes of a tally: those of its two sums.
pub(super) const LEAST: usize = 2 * (4 * LIMBS + 4);

/// The last limb of a sum that so many additions of the largest number reach; far below where it would overflow.
const MOST_LIMB: u64 = 1 << 30;

impl Tally {
    pub(super) fn write(&self, to: &mut Writer) {
        to.number(self.shift);
        write_sum(&self.sum, to);
        write_sum(&self.squares, to);
        to.whole(self.count);
        to.whole(self.blanks);
        to.whole(self.faults);
        let first: Vec<(u64, f64)> = self.first_fault.into_iter().collect();
        to.list(&first, |to, (sample, value)| {
            to.whole(*sample);
            to.number(*value);
        });
        let all: Vec<&Vec<f64>> = self.all.iter().collect();
        to.list(&all, |to, values| to.numbers(&sorted(values)));
        let counts: Vec<&Buckets> = self.counts.iter().collect();
        to.list(&counts, |to, counts| counts.write(to));
        to.list(&self.brackets, |to, bracket| bracket.write(to));
    }

    /// None where this can't be what so many samples came to.
    pub(super) fn read(from: &mut Reader<'_>, samples: u64) -> Option<Self> {
        let shift = from.number()?;
        let (sum, squares) = (read_sum(from)?, read_sum(from)?);
        let (count, blanks, faults) = (from.whole()?, from.whole()?, from.whole()?);
        let mut first = from.list(16, |from| Some((from.whole()?, from.number()?)))?.into_iter();
        let mut all = from.list(8, Reader::numbers)?.into_iter();
        let mut counted = from.list(8, |from| Buckets::read(from, count))?.into_iter();
        let (first_fault, kept, counts) = (first.next(), all.next(), counted.next());
        let brackets = from.list(8, |from| Bracket::read(from, count))?;
        let together = count.checked_add(blanks)?.checked_add(faults)?;
        let faulty = first_fault.is_some_and(|(_, value)| is_fault(value));
        let kept_whole = kept.as_ref().is_none_or(|values| {
            values.len() as u64 == count && values.iter().all(|value| value.is_finite()) && counts.is_none()
        });
        let open = |bracket: &Bracket| *bracket == Bracket::open(bracket.share);
        let sought = kept.is_none() && counts.is_none() || brackets.iter().all(open);
        let sound = shift.is_finite()
            && together == samples
            && (faults > 0) == first_fault.is_some()
            && first_fault.is_some() == faulty
            && first.next().is_none()
            && all.next().is_none()
            && counted.next().is_none()
            && kept_whole
            && sought;
        let empty = Self::new(shift, &[], Order::Exact);
        let read = Self { sum, squares, count, blanks, faults, first_fault, all: kept, counts, brackets, ..empty };
        sound.then_some(read)
    }

    /// Whether both look for the same in the same places.
    pub(super) fn is_alike(&self, other: &Self) -> bool {
        let places = |tally: &Self| -> Vec<[u64; 3]> {
            tally.brackets.iter().map(|bracket| [bracket.share, bracket.low, bracket.high].map(f64::to_bits)).collect()
        };
        self.shift.to_bits() == other.shift.to_bits()
            && self.all.is_some() == other.all.is_some()
            && self.counts.is_some() == other.counts.is_some()
            && places(self) == places(other)
    }
}

impl Bracket {
    fn write(&self, to: &mut Writer) {
        to.number(self.share);
        to.number(self.low);
        to.number(self.high);
        to.whole(self.below);
        to.whole(self.at_low);
        to.whole(self.at_high);
        to.numbers(&sorted(&self.inside));
    }

    fn read(from: &mut Reader<'_>, count: u64) -> Option<Self> {
        let (share, low, high) = (from.number()?, from.number()?, from.number()?);
        let (below, at_low, at_high) = (from.whole()?, from.whole()?, from.whole()?);
        let inside = from.numbers()?;
        let seen = below.checked_add(at_low)?.checked_add(at_high)?.checked_add(inside.len() as u64)?;
        let within = |value: &f64| value.is_finite() && low < *value && *value < high;
        let sound = (0.0..=1.0).contains(&share)
            && low <= high
            && seen <= count
            && (at_low == 0 || low.is_finite())
            && (at_high == 0 || high.is_finite())
            && inside.iter().all(within);
        sound.then_some(Self { share, low, high, below, at_low, at_high, inside })
    }
}

/// In one order whoever saw them; a zero has no sign.
fn sorted(values: &[f64]) -> Vec<f64> {
    let mut values: Vec<f64> = values.iter().map(|value| value + 0.0).collect();
    values.sort_unstable_by(f64::total_cmp);
    values
}

fn write_sum(sum: &ExactSum, to: &mut Writer) {
    let limbs = sum.to_limbs();
    let (last, digits) = limbs.split_last().map_or((0, &limbs[..]), |(last, digits)| (*last, digits));
    // The digits of a settled sum have 32 bits.
    digits.iter().for_each(|digit| to.half(*digit as u32));
    to.whole(last.cast_unsigned());
}

fn read_sum(from: &mut Reader<'_>) -> Option<ExactSum> {
    let mut limbs = [0; LIMBS];
    let (last, digits) = limbs.split_last_mut()?;
    for digit in digits {
        *digit = i64::from(from.half()?);
    }
    *last = from.whole()?.cast_signed();
    if last.unsigned_abs() > MOST_LIMB {
        return None;
    }
    ExactSum::from_limbs(limbs)
}
