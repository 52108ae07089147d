//! Scrambled digital nets, as Sobol's, whose dimension belongs to a name, not to a place in a list of names.
//!
//! A dimension is a 32 × 32 unit upper triangular matrix over the field of two elements: every aligned block of 2^k
//! points has one in each of 2^k equal parts. Matrix and scramble come from the seed and the hash of the name and the period,
//! so that another name more, or another order, moves no draw of any other. Effects of one draw alone are as exact as with
//! Sobol's own dimensions; what two draws do together is not, since no two dimensions are chosen for each other: most
//! pairs fit, a few don't. Which ones, another seed decides anew: were the matrix the name's alone, a pair that does not fit
//! would be off by the same under every seed, and nobody would see it.

use super::hash::{GOLDEN, Sequence, mix};

/// Samples beyond 2^32 begin anew.
const COLUMNS: usize = 32;
/// How many samples are made at once: combinations of the lowest four columns.
const GROUP: usize = 16;
const GROUP_BITS: usize = GROUP.ilog2() as usize;

/// A dimension, scrambled: what each bit of a sample's number adds to its 64 bits.
#[derive(Clone, Debug)]
pub struct Directions {
    columns: [u64; COLUMNS],
    shift: u64,
    /// The combinations of the lowest columns.
    within: [u64; GROUP],
    /// What changes from one group to the next where the number of the group gains this many trailing zeros.
    steps: [u64; COLUMNS],
}

impl Directions {
    /// The dimension of a name's hash and a period under a seed: a random matrix, scrambled by a random lower triangular one
    /// (Matoušek 1998) and a random shift, which leave the parts as evenly filled as they were.
    #[must_use]
    pub fn new(seed: u64, name: u64, period: u32) -> Self {
        let place = mix(name ^ mix(u64::from(period).wrapping_add(GOLDEN)));
        let mut random = Sequence(mix(seed.wrapping_add(GOLDEN)) ^ mix(place));
        let matrix = unscrambled(random.next());
        let shift = random.next();
        // Column c of the lower triangle: a one in row c, anything below, also in the rows behind the 32nd.
        let mut scramble = [0_u64; COLUMNS];
        for (column, row) in scramble.iter_mut().zip(0..) {
            *column = (1 << 63 | random.next() >> 1) >> row;
        }
        let scrambled = |column: u32| {
            scramble.iter().zip(0..).fold(0, |sum, (part, row)| if column << row >> 31 == 1 { sum ^ part } else { sum })
        };
        Self::of(matrix.map(scrambled), shift)
    }

    fn of(columns: [u64; COLUMNS], shift: u64) -> Self {
        let mut within = [0; GROUP];
        for (place, number) in within.iter_mut().zip(0..) {
            *place = combined(&columns, number);
        }
        let mut steps = [0; COLUMNS];
        let mut sum = 0;
        for (step, column) in steps.iter_mut().zip(columns.iter().skip(GROUP_BITS)) {
            sum ^= column;
            *step = sum;
        }
        Self { columns, shift, within, steps }
    }

    /// The bits of one sample.
    #[must_use]
    pub fn at(&self, sample: u64) -> u64 {
        self.shift ^ combined(&self.columns, sample)
    }

    /// The bits of the samples from `first` on. Fastest where `first` and the length are multiples of 16.
    #[inline(always)]
    pub fn fill(&self, first: u64, out: &mut [u64]) {
        let within = (first % GROUP as u64) as usize;
        let head_length = if within == 0 { 0 } else { (GROUP - within).min(out.len()) };
        let (head, rest) = out.split_at_mut(head_length);
        self.one_by_one(first, head);
        let start = first.wrapping_add(head_length as u64);
        let mut group = start / GROUP as u64;
        let mut base = self.at(start);
        let (groups, tail) = rest.as_chunks_mut::<GROUP>();
        for places in groups {
            for (place, low) in places.iter_mut().zip(&self.within) {
                *place = base ^ low;
            }
            group += 1;
            base ^= self.step_to(group);
        }
        self.one_by_one(group * GROUP as u64, tail);
    }

    /// What changes where the number of the group becomes `group`: its last one was a zero, the zeros behind were ones.
    #[allow(clippy::indexing_slicing, reason = "the index is masked to the length of the table")]
    #[inline(always)]
    fn step_to(&self, group: u64) -> u64 {
        self.steps[group.trailing_zeros() as usize % COLUMNS]
    }

    #[inline(never)]
    fn one_by_one(&self, first: u64, out: &mut [u64]) {
        for (place, number) in out.iter_mut().zip(0..) {
            *place = self.at(first.wrapping_add(number));
        }
    }
}

/// The sum of the columns that a number's bits pick.
fn combined(columns: &[u64; COLUMNS], number: u64) -> u64 {
    columns.iter().zip(0..).fold(0, |sum, (column, bit)| if number >> bit & 1 == 1 { sum ^ column } else { sum })
}

/// A random matrix: its columns with the first row in the highest bit, ones on the diagonal, any bits above it.
///
/// Taken at random and not from primitive polynomials: measured over pairs of names and over products of 6 and 12 draws
/// the polynomials gave no smaller error once they must be picked without knowing the other names.
fn unscrambled(from: u64) -> [u32; COLUMNS] {
    let mut random = Sequence(from);
    let mut columns = [0; COLUMNS];
    for (column, row) in columns.iter_mut().zip(0..) {
        let diagonal = 1 << 31 >> row;
        let below = diagonal | (diagonal - 1);
        *column = diagonal | ((random.next() >> 32) as u32 & !below);
    }
    columns
}
