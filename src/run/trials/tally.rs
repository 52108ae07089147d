//! Tallies: what the samples of one output in one step come to.

use super::Order;
use super::bracket::{self, Bracket, Found, by_size, rank};
use super::buckets::{self, Buckets};
use super::row::{LANES, Row};
use super::sieve::{Sieve, Sifted};
use crate::numeric::exact_sum::ExactSum;
use crate::run::value::{Value, is_blank, is_fault, unpack};

/// What the samples of one output in one step come to.
#[derive(Clone, Debug)]
pub(super) struct Tally {
    /// What is taken from every value before it is summed, so that squares do not cancel.
    pub shift: f64,
    /// Σ (x − shift)
    pub sum: ExactSum,
    /// Σ (x − shift)²
    pub squares: ExactSum,
    /// How many samples were a number.
    pub count: u64,
    /// How many were blank.
    pub blanks: u64,
    /// How many were a fault, the first of them by sample, and its packed value.
    pub faults: u64,
    pub first_fault: Option<(u64, f64)>,
    /// An overflow went by unseen: the run has to be played again with care.
    pub suspect: bool,
    /// Everything, until there is enough to know where to look.
    pub all: Option<Vec<f64>>,
    /// How many lie where, if that is all that is to be known.
    pub counts: Option<Buckets>,
    pub brackets: Vec<Bracket>,
    /// What catches the values for them, for some brackets each.
    pub sieves: Vec<Sieve>,
}

impl Tally {
    pub fn new(shift: f64, shares: &[f64], order: Order) -> Self {
        Self {
            shift,
            sum: ExactSum::default(),
            squares: ExactSum::default(),
            count: 0,
            blanks: 0,
            faults: 0,
            first_fault: None,
            suspect: false,
            all: (order == Order::Exact).then(Vec::new),
            counts: (order == Order::Counted).then(Buckets::default),
            brackets: shares.iter().map(|share| Bracket::open(*share)).collect(),
            sieves: vec![Sieve::of(&[])],
        }
    }

    /// One that goes on where this one stands, with nothing seen.
    pub fn empty(&self) -> Self {
        Self {
            all: self.all.as_ref().map(|_| Vec::new()),
            counts: self.counts.as_ref().map(|_| Buckets::default()),
            brackets: self.brackets.iter().map(Bracket::empty).collect(),
            sieves: self.sieves.iter().map(Sieve::empty).collect(),
            ..Self::new(self.shift, &[], Order::Exact)
        }
    }

    /// Takes a row, of which the first `live` lanes are the samples from `first` on.
    pub fn take(&mut self, row: &Row, first: u64, live: usize) {
        if live < LANES {
            self.take_with_care(row, first, live);
            return;
        }
        let sifted = self.sift(row);
        if !sifted.squares.is_finite() {
            self.take_with_care(row, first, live);
            return;
        }
        self.sum.add(sifted.sum);
        self.squares.add(sifted.squares);
        self.count += LANES as u64;
        self.keep(row, &sifted, LANES as u64);
    }

    /// Sums a row, and sifts it for the first brackets.
    fn sift(&self, row: &Row) -> Sifted {
        self.sieves.first().map_or(Sifted::NOTHING, |sieve| sieve.sift(row, self.shift))
    }

    /// A row that is not whole, or holds what is no number.
    #[cold]
    fn take_with_care(&mut self, row: &Row, first: u64, live: usize) {
        let mut numbers = Row::of(self.shift);
        let mut kept = Row::of(f64::NAN);
        let before = self.count;
        for (lane, value) in row.iter().enumerate().take(live) {
            if value.is_finite() {
                self.count += 1;
                for rows in [&mut numbers, &mut kept] {
                    rows.get_mut(lane).into_iter().for_each(|place| *place = *value);
                }
            } else if is_blank(*value) {
                self.blanks += 1;
            } else {
                self.fault(*value, first + lane as u64);
            }
        }
        // What is no number adds nothing, and lies nowhere.
        let sifted = self.sift(&numbers);
        self.suspect |= !sifted.squares.is_finite();
        self.sum.add(if sifted.sum.is_finite() { sifted.sum } else { 0.0 });
        self.squares.add(if sifted.squares.is_finite() { sifted.squares } else { 0.0 });
        let sifted = self.sift(&kept);
        self.keep(&kept, &sifted, self.count - before);
    }

    /// Keeps what lies where a share is looked for. So many lanes are numbers; those that are NaN count nowhere.
    fn keep(&mut self, row: &Row, sifted: &Sifted, numbers: u64) {
        if let Some(all) = &mut self.all {
            all.extend(row.iter().filter(|value| !value.is_nan()));
            return;
        }
        if let Some(counts) = &mut self.counts {
            row.iter().filter(|value| !value.is_nan()).for_each(|value| counts.take(*value));
            return;
        }
        for (at, (sieve, brackets)) in self.sieves.iter_mut().zip(self.brackets.chunks_mut(Sieve::BRACKETS)).enumerate() {
            if at == 0 {
                sieve.keep(row, sifted, numbers, brackets);
            } else {
                let sifted = sieve.sift(row, self.shift);
                sieve.keep(row, &sifted, numbers, brackets);
            }
        }
    }

    /// Hands to the brackets what has been caught for them.
    fn pour(&mut self) {
        self.sieves.iter_mut().zip(self.brackets.chunks_mut(Sieve::BRACKETS)).for_each(|(sieve, brackets)| sieve.pour(brackets));
    }

    fn fault(&mut self, value: f64, sample: u64) {
        // Nothing that is computed with care stands for the first operation's fault: it reads nothing.
        self.suspect |= value.is_infinite() || value.to_bits() << 13 == 0;
        self.faults += u64::from(is_fault(value));
        if self.first_fault.is_none_or(|(known, _)| sample < known) {
            self.first_fault = Some((sample, value));
        }
    }

    /// Takes over what another has seen since both began empty.
    pub fn absorb(&mut self, other: &mut Self) {
        other.pour();
        self.sum.merge(&std::mem::take(&mut other.sum));
        self.squares.merge(&std::mem::take(&mut other.squares));
        self.count += std::mem::take(&mut other.count);
        self.blanks += std::mem::take(&mut other.blanks);
        self.faults += std::mem::take(&mut other.faults);
        self.suspect |= other.suspect;
        let earlier = [self.first_fault, other.first_fault.take()].into_iter().flatten().min_by_key(|(sample, _)| *sample);
        self.first_fault = earlier;
        if let (Some(all), Some(more)) = (&mut self.all, &mut other.all) {
            all.append(more);
        }
        if let (Some(counts), Some(more)) = (&mut self.counts, &mut other.counts) {
            counts.absorb(more);
        }
        self.brackets.iter_mut().zip(&mut other.brackets).for_each(|(bracket, more)| bracket.absorb(more));
    }

    /// Knows from here on where to look.
    pub fn draw_in(&mut self, errors: f64) {
        if self.counts.is_some() {
            return;
        }
        if let Some(mut all) = self.all.take() {
            bracket::draw_in_by(&mut all, &mut self.brackets, errors);
        } else {
            let count = self.count;
            self.brackets.iter_mut().for_each(|bracket| bracket.draw_in(count, errors));
        }
        self.look();
    }

    /// Makes room for so many values more for each that lies where a share is looked for.
    pub fn make_room(&mut self, more: f64) {
        self.brackets.iter_mut().for_each(|bracket| bracket.expect(bracket.inside.len() as f64 * more));
    }

    /// Looks where another does, from nothing. For each sample that was seen there, so many are to come.
    pub fn look_where(&mut self, other: &Self, more: f64) {
        if other.all.is_none() {
            self.all = None;
        }
        for (own, other) in self.brackets.iter_mut().zip(&other.brackets) {
            (own.low, own.high) = (other.low, other.high);
            own.expect(other.inside.len() as f64 * more);
        }
        self.look();
    }

    fn look(&mut self) {
        if self.all.is_none() {
            self.sieves = self.brackets.chunks(Sieve::BRACKETS).map(Sieve::of).collect();
        }
        if self.sieves.is_empty() {
            self.sieves.push(Sieve::of(&[]));
        }
    }

    /// The mean; none of nothing.
    pub fn mean(&self) -> Option<f64> {
        (self.count > 0).then(|| self.shift + self.sum.value() / self.count as f64)
    }

    /// The standard deviation of the samples around their mean, n − 1 in the divisor; none of fewer than two.
    pub fn deviation(&self) -> Option<f64> {
        let count = self.count as f64;
        let sum = self.sum.value();
        let about_mean = self.squares.value() - sum * (sum / count);
        (self.count > 1).then(|| (about_mean.max(0.0) / (count - 1.0)).sqrt())
    }

    /// The value at each share; none of nothing. A zero has no sign: which of two it is depends on who saw it.
    ///
    /// # Errors
    /// A share that was not where it was looked for.
    pub fn shares(&mut self) -> Result<Vec<f64>, f64> {
        let count = self.count;
        if count == 0 {
            return Ok(Vec::new());
        }
        if let Some(all) = &mut self.all {
            let at = |all: &mut Vec<f64>, share: f64| {
                let rank = (rank(share, count) as usize).min(all.len() - 1);
                *all.select_nth_unstable_by(rank, by_size).1 + 0.0
            };
            return Ok(self.brackets.iter().map(|bracket| at(all, bracket.share)).collect());
        }
        if let Some(counts) = &self.counts {
            let at = |bracket: &Bracket| counts.value(rank(bracket.share, count)).unwrap_or_default();
            return Ok(self.brackets.iter().map(at).collect());
        }
        let found = self.brackets.iter_mut().map(|bracket| match bracket.value(count) {
            Found::Value(value) => Ok(value + 0.0),
            Found::Below | Found::Above => Err(bracket.share),
        });
        found.collect()
    }

    /// The part of itself by which the value at a share is off at most.
    pub fn within(&self) -> f64 {
        if self.counts.is_some() { buckets::WITHIN } else { 0.0 }
    }

    /// The first fault, as a value.
    pub fn fault_value(&self) -> Option<(u64, Value)> {
        self.first_fault.map(|(sample, value)| (sample, unpack(value)))
    }
}
