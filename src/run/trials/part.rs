//! Parts: what a range of the samples comes to, made anywhere, and joined in any order.
//!
//! Whoever plays a range first plays the same pilot, some samples drawn at random, and looks for every share where that says.
//! So the parts of a run look in the same places, and joined they hold what one run would have seen there.

use super::care::Care;
use super::row::LANES;
use super::source::Sources;
use super::stored;
use super::tally::Tally;
use super::uniform::{Sampling, Seeds};
use super::legs::{After, Leg};
use super::{Asked, Game, Output, Summary, Way, cores, reach, steps, told_each};
use crate::run::record::{Reader, Writer};
use crate::run::value::{FaultKind, Value, unpack};
use crate::run::{Columns, Watch, value};
use crate::tape::{OpId, Tape};
use std::ops::Range;

/// Up to so many samples, every value is kept.
const KEPT: u64 = 8_192;

/// How the places are found in which shares are looked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Aim {
    /// How many samples are played for it; every value is kept if none.
    pub pilot: u64,
    /// How many standard errors of its rank a share is looked for to either side.
    pub errors: f64,
}

impl Aim {
    /// For so many samples in all. Eight standard errors: a share lies outside once in 10¹⁴ times.
    #[must_use]
    pub const fn at(samples: u64) -> Self {
        let blocks = (8 * samples.isqrt()).div_ceil(LANES as u64);
        let pilot = blocks * LANES as u64;
        let pilot = if pilot < 2_048 { 2_048 } else { pilot };
        Self { pilot: if samples <= KEPT { 0 } else { pilot }, errors: 8.0 }
    }
}

/// The samples of the `number`-th of so many parts, counted from 1: whole blocks, as evenly as they go.
#[must_use]
pub fn share_of(samples: u64, number: u64, of: u64) -> Range<u64> {
    let blocks = samples.div_ceil(LANES as u64);
    let bound = |number: u64| {
        let block = u128::from(blocks) * u128::from(number.min(of)) / u128::from(of.max(1));
        (block as u64).saturating_mul(LANES as u64).min(samples)
    };
    bound(number.saturating_sub(1))..bound(number)
}

/// What some of the samples came to.
#[derive(Clone, Debug, Default)]
pub struct Partial {
    /// Which samples, from the first up; between two ranges there is a gap.
    ranges: Vec<Range<u64>>,
    /// Of each output a tally a step; none where samples do not differ.
    outputs: Vec<Vec<Tally>>,
}

/// Why parts can't be joined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Misfit {
    /// Both hold these samples.
    Overlap(Range<u64>),
    /// They look for other things, or elsewhere.
    Foreign,
}

/// A share that did not lie where it was looked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Missed {
    /// Of which output.
    pub output: usize,
    /// In which step.
    pub step: usize,
    /// Which.
    pub share: f64,
}

/// Plays a range of the samples, which begins and ends with a block; none if it was stopped before its end.
pub(in crate::run) fn partial(
    tape: &Tape,
    given: &Columns,
    asked: &Asked,
    range: &Range<u64>,
    aim: Aim,
    watch: &dyn Watch,
) -> Option<Partial> {
    let pilot = 0..aim.pilot.min(asked.seeds.samples);
    // The first samples of a net are no random sample of it: two names may go together in them as they do not in all.
    let by_lot = Asked { seeds: Seeds { sampling: Sampling::Random, ..asked.seeds.clone() }, ..asked.clone() };
    let game = |asked, care| Game { tape, given, asked, way: Way::Program, care, errors: aim.errors, watch };
    // With full care nothing goes by unseen.
    let tallied = |asked, legs: &[Leg], aimed: &[Vec<Tally>]| {
        let usual = game(asked, Care::Usual).tallied(legs, aimed);
        usual.or_else(|_| game(asked, Care::Full).tallied(legs, aimed)).ok()
    };
    let leg = |samples: &Range<u64>, after| Leg { samples: samples.clone(), after };
    let (aimed, played) = if pilot.is_empty() {
        (Vec::new(), 0)
    } else {
        tallied(&by_lot, &[leg(&pilot, After::Aim), leg(&(0..0), After::Tell)], &[])?
    };
    let (outputs, more) = tallied(asked, &[leg(range, After::Tell)], &aimed)?;
    let ranges = [range.clone()].into_iter().filter(|range| !range.is_empty()).collect();
    (played == pilot.end && more == range.end - range.start).then_some(Partial { ranges, outputs })
}

impl Partial {
    /// Of so many outputs, with nothing known of any.
    #[must_use]
    pub fn of(range: &Range<u64>, outputs: usize) -> Self {
        let ranges = [range.clone()].into_iter().filter(|range| !range.is_empty()).collect();
        Self { ranges, outputs: vec![Vec::new(); outputs] }
    }

    /// Takes over what is known of some outputs.
    pub(in crate::run) fn put(&mut self, places: &[usize], found: Self) {
        for (at, tallies) in places.iter().zip(found.outputs) {
            self.outputs.get_mut(*at).into_iter().for_each(|place| place.clone_from(&tallies));
        }
    }

    /// Which samples it holds.
    #[must_use]
    pub fn ranges(&self) -> &[Range<u64>] {
        &self.ranges
    }

    /// Which of so many samples it does not hold.
    #[must_use]
    pub fn gaps(&self, samples: u64) -> Vec<Range<u64>> {
        let starts = [0].into_iter().chain(self.ranges.iter().map(|range| range.end));
        let ends = self.ranges.iter().map(|range| range.start).chain([samples]);
        starts.zip(ends).map(|(start, end)| start..end).filter(|gap| !gap.is_empty()).collect()
    }

    /// Takes over what another part of the same run came to.
    ///
    /// # Errors
    /// If both hold a sample, or the other is no part of the same run.
    pub fn merge(&mut self, mut other: Self) -> Result<(), Misfit> {
        for own in &self.ranges {
            for theirs in &other.ranges {
                let both = own.start.max(theirs.start)..own.end.min(theirs.end);
                if !both.is_empty() {
                    return Err(Misfit::Overlap(both));
                }
            }
        }
        let alike = |(own, theirs): (&Vec<Tally>, &Vec<Tally>)| {
            own.len() == theirs.len() && own.iter().zip(theirs).all(|(own, theirs)| own.is_alike(theirs))
        };
        if self.outputs.len() != other.outputs.len() || !self.outputs.iter().zip(&other.outputs).all(alike) {
            return Err(Misfit::Foreign);
        }
        for (own, theirs) in self.outputs.iter_mut().zip(&mut other.outputs) {
            own.iter_mut().zip(theirs).for_each(|(own, theirs)| own.absorb(theirs));
        }
        let mut ranges: Vec<Range<u64>> = self.ranges.drain(..).chain(other.ranges).collect();
        ranges.sort_by_key(|range| range.start);
        for range in ranges {
            match self.ranges.last_mut() {
                Some(last) if last.end == range.start => last.end = range.end,
                Some(_) | None => self.ranges.push(range),
            }
        }
        Ok(())
    }

    /// Whether this can have come from the outputs of a tape. `is_played` is false of an output that waits for itself.
    pub(in crate::run) fn fits(&self, tape: &Tape, outputs: &[Output], is_played: impl Fn(&Output) -> bool) -> bool {
        let ids: Vec<OpId> = outputs.iter().map(|output| OpId(output.slot.0)).collect();
        let touches = reach::touches(tape, &ids, &Sources::drawn(tape));
        let fits = |(output, tallies): (&Output, &Vec<Tally>)| {
            let drawn = touches.get(output.slot.0 as usize).is_some_and(|touch| touch.drawn);
            let steps = if drawn && is_played(output) { steps(tape, output.slot) } else { 0 };
            let fits = |tally: &Tally| {
                let shares = tally.brackets.iter().map(|bracket| bracket.share);
                shares.eq(output.shares.iter().copied())
                    && tally.first_fault.is_none_or(|(sample, value)| {
                        is_sound(tape, value) && self.ranges.iter().any(|range| range.contains(&sample))
                    })
            };
            tallies.len() == steps && tallies.iter().all(fits)
        };
        self.outputs.len() == outputs.len() && outputs.iter().zip(&self.outputs).all(fits)
    }

    /// What the samples came to, of each output a summary a step.
    ///
    /// # Errors
    /// If a share did not lie where it was looked for.
    pub(in crate::run) fn summaries(
        self,
        tape: &Tape,
        given: &Columns,
        outputs: &[Output],
        samples: u64,
    ) -> Result<Vec<Vec<Summary>>, Missed> {
        told_each(tape, given, outputs, samples, self.outputs, cores()).into_iter().collect()
    }

    /// As bytes: the same for the same samples, whatever order they were joined in.
    pub fn write(&self, to: &mut Writer) {
        to.list(&self.ranges, |to, range| {
            to.whole(range.start);
            to.whole(range.end);
        });
        to.list(&self.outputs, |to, tallies| to.list(tallies, |to, tally| tally.write(to)));
    }

    /// From bytes; none where they can't be a part of so many samples.
    pub fn read(from: &mut Reader<'_>, samples: u64) -> Option<Self> {
        let ranges = from.list(16, |from| Some(from.whole()?..from.whole()?))?;
        let block = |bound: u64| bound.is_multiple_of(LANES as u64) || bound == samples;
        let sound = |range: &Range<u64>| range.start < range.end && range.end <= samples && block(range.start) && block(range.end);
        let apart = ranges.is_sorted_by(|one, next| one.end < next.start);
        if !apart || !ranges.iter().all(sound) {
            return None;
        }
        let held = ranges.iter().map(|range| range.end - range.start).sum();
        let outputs = from.list(8, |from| from.list(stored::LEAST, |from| Tally::read(from, held)))?;
        Some(Self { ranges, outputs })
    }
}

/// Whether a packed value that came from elsewhere can stand in a run of a tape.
pub(in crate::run) fn is_sound(tape: &Tape, packed: f64) -> bool {
    match unpack(packed) {
        Value::Number(number) => number.is_finite(),
        Value::Blank(reason) => value::blank(reason).to_bits() == packed.to_bits(),
        Value::Fault(fault) => {
            let known = FaultKind::ALL.contains(&fault.kind) && (fault.op.0 as usize) < tape.ops().len();
            known
                && fault.step < tape.timeline().steps.max(1)
                && value::fault(fault.kind, fault.op, fault.step).to_bits() == packed.to_bits()
        }
    }
}
