//! Buckets: how many values lie in each of narrow intervals, where too many would have to be kept to know which is which.
//!
//! A bucket is what the sign, the exponent and the first nine binary digits behind it say, so that no value has to be seen
//! before its bucket is known: counts of the same buckets add up, whoever made them.

use crate::run::record::{Reader, Writer};

/// The part of itself by which the edge of a bucket is off a value in it at most.
pub(super) const WITHIN: f64 = 1.0 / SLOTS as f64;

/// Buckets from one power of two to the next.
const SLOTS: usize = 512;
/// Binary digits of a double behind its exponent, and those of them that do not tell the bucket.
const FRACTION: u32 = 52;
const BELOW: u32 = FRACTION - SLOTS.ilog2();
/// The bit of the sign, beside the exponent.
const SIGN: u16 = 1 << 11;

/// How many values lie in each bucket.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Buckets {
    /// From the lowest key up; only those in which a value lies.
    octaves: Vec<Octave>,
}

/// The values of one sign and exponent.
#[derive(Clone, Debug, PartialEq)]
struct Octave {
    key: u16,
    counts: Box<[u64; SLOTS]>,
}

impl Octave {
    fn of(key: u16) -> Self {
        Self { key, counts: Box::new([0; SLOTS]) }
    }

    /// How many values it holds.
    fn sum(&self) -> Option<u64> {
        self.counts.iter().try_fold(0_u64, |sum, count| sum.checked_add(*count))
    }

    /// The edge of a bucket that is nearest to zero: the whole numbers that are small are edges. What is too small for an exponent
    /// of its own counts as zero.
    fn edge(&self, slot: usize) -> f64 {
        if self.key == 0 {
            return 0.0;
        }
        f64::from_bits(u64::from(self.key) << FRACTION | (slot as u64) << BELOW)
    }
}

impl Buckets {
    /// Counts a number.
    pub fn take(&mut self, value: f64) {
        let bits = value.to_bits();
        let key = (bits >> FRACTION) as u16;
        let (key, slot) = if key & !SIGN == 0 { (0, 0) } else { (key, (bits >> BELOW) as usize % SLOTS) };
        if let Some(count) = self.octave(key).counts.get_mut(slot) {
            *count += 1;
        }
    }

    /// The octave of a key; the values of a row lie in few.
    #[allow(clippy::indexing_slicing, reason = "the place that was found, or made")]
    fn octave(&mut self, key: u16) -> &mut Octave {
        let found = self.octaves.iter().position(|octave| octave.key >= key).unwrap_or(self.octaves.len());
        if self.octaves.get(found).is_none_or(|octave| octave.key != key) {
            self.octaves.insert(found, Octave::of(key));
        }
        &mut self.octaves[found]
    }

    /// Takes over what another has counted.
    pub fn absorb(&mut self, other: &mut Self) {
        for theirs in other.octaves.drain(..) {
            let own = self.octave(theirs.key);
            own.counts.iter_mut().zip(theirs.counts.iter()).for_each(|(own, more)| *own += more);
        }
    }

    /// The edge of the bucket that holds a rank, counted from 0; none beyond the last.
    pub fn value(&self, rank: u64) -> Option<f64> {
        let (positive, negative) = self.octaves.split_at(self.octaves.partition_point(|octave| octave.key & SIGN == 0));
        let down = negative.iter().rev().flat_map(|octave| (0..SLOTS).rev().map(move |slot| (octave, slot)));
        let up = positive.iter().flat_map(|octave| (0..SLOTS).map(move |slot| (octave, slot)));
        let mut before = 0;
        let holds = |(octave, slot): &(&Octave, usize)| {
            before += octave.counts.get(*slot).copied().unwrap_or(0);
            before > rank
        };
        down.chain(up).find(holds).map(|(octave, slot)| octave.edge(slot))
    }

    pub fn write(&self, to: &mut Writer) {
        to.list(&self.octaves, |to, octave| {
            to.whole(u64::from(octave.key));
            octave.counts.iter().for_each(|count| to.whole(*count));
        });
    }

    /// None where this can't be what so many numbers came to.
    pub fn read(from: &mut Reader<'_>, count: u64) -> Option<Self> {
        let octaves = from.list(8 * (SLOTS + 1), |from| {
            let mut octave = Octave::of(u16::try_from(from.whole()?).ok()?);
            for count in octave.counts.iter_mut() {
                *count = from.whole()?;
            }
            // A number is finite, and none so small that it counts as zero stands anywhere else.
            let exponent = octave.key & !SIGN;
            let finite = octave.key < 2 * SIGN && exponent < SIGN - 1 && (exponent > 0 || octave.key == 0);
            (finite && octave.sum()? > 0).then_some(octave)
        })?;
        let sum = octaves.iter().try_fold(0_u64, |sum, octave| sum.checked_add(octave.sum()?))?;
        let sound = sum == count && octaves.is_sorted_by(|one, next| one.key < next.key);
        sound.then_some(Self { octaves })
    }
}

#[cfg(test)]
mod tests {
    use super::{Buckets, WITHIN};

    /// Every rank of values of both signs over many powers of two, against a sorted copy.
    #[test]
    fn a_rank_is_found_within_its_bucket() {
        let mut all: Vec<f64> = vec![0.0, -0.0, f64::MIN_POSITIVE, -f64::MAX, f64::MAX, 1.0, -1.0, 5e-324];
        let mut state = 1_u64;
        for _ in 0..2_000 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let size = ((state >> 32) % 61) as i32 - 30;
            all.push(((state >> 11) as f64 / (1_u64 << 52) as f64 - 1.0) * 2_f64.powi(size));
        }
        let (mut one, mut other) = (Buckets::default(), Buckets::default());
        for (at, value) in all.iter().enumerate() {
            (if at % 3 == 0 { &mut one } else { &mut other }).take(*value);
        }
        one.absorb(&mut other);
        assert_eq!(other, Buckets::default());
        all.sort_by(f64::total_cmp);
        for (rank, value) in all.iter().enumerate() {
            let found = one.value(rank as u64).unwrap_or(f64::NAN);
            assert!((found - value).abs() <= value.abs() * WITHIN + f64::MIN_POSITIVE, "{found} for {value}");
        }
        assert_eq!(one.value(all.len() as u64), None);
    }
}
