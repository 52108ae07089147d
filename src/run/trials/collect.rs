//! Collects: the value of some outputs in every sample, kept as it is.

use super::care::Care;
use super::chunk::{Chunk, Sink};
use super::draws::Draws;
use super::row::{LANES, Row};
use super::slow::Whole;
use super::source::Sources;
use super::workers::on_threads;
use super::{Asked, Player, Way, plan, reach, steps, threads};
use crate::run::Columns;
use crate::run::value::{Value, is_blank, is_fault, unpack};
use crate::tape::{OpId, SlotId, Tape};

/// What some outputs are in every sample.
#[derive(Clone, Debug)]
pub struct Collected {
    /// By output and step a value a sample; of what no sample touches, one.
    rows: Vec<Vec<Vec<f64>>>,
}

impl Collected {
    /// An output in a step of a sample; a constant in any step.
    #[must_use]
    pub fn value(&self, output: usize, step: usize, sample: usize) -> Value {
        let row = self.rows.get(output).and_then(|steps| steps.get(step).or(steps.last()));
        let value = row.and_then(|row| row.get(sample).or(row.last()));
        unpack(value.copied().unwrap_or(f64::NAN))
    }

    /// The numbers of an output in a step, sample by sample; NaN where there is none. One where no sample touches it.
    #[must_use]
    pub fn numbers(&self, output: usize, step: usize) -> &[f64] {
        let row = self.rows.get(output).and_then(|steps| steps.get(step).or(steps.last()));
        row.map_or(&[], Vec::as_slice)
    }
}

/// Plays a tape for every sample and keeps the outputs. `given` is the run without samples.
#[must_use]
pub fn collect(tape: &Tape, given: &Columns, asked: &Asked, way: Way) -> Collected {
    collected(tape, given, asked, way, Care::Usual).unwrap_or_else(|rows| match collected(tape, given, asked, way, Care::Full) {
        Ok(rows) => rows,
        // With full care nothing is left to doubt.
        Err(_) => rows,
    })
}

/// The rows, as an error where something overflowed that nobody looked at.
fn collected(tape: &Tape, given: &Columns, asked: &Asked, way: Way, care: Care) -> Result<Collected, Collected> {
    let outputs: Vec<OpId> = asked.outputs.iter().map(|output| OpId(output.slot.0)).collect();
    let sources = Sources::of(tape, asked);
    let touches = reach::touches(tape, &outputs, &sources);
    let draws = Draws::of(tape, given, &touches, &sources, &asked.seeds);
    let samples = asked.seeds.samples as usize;
    let mut rows: Vec<Vec<Vec<f64>>> = Vec::with_capacity(outputs.len());
    for output in &outputs {
        let drawn = touches.get(output.0 as usize).is_some_and(|touch| touch.drawn);
        let row = |step| if drawn { vec![0.0; samples] } else { vec![given.packed(SlotId(output.0), step, 0)] };
        rows.push((0..steps(tape, SlotId(output.0))).map(row).collect());
    }
    let program = if way == Way::Program { reach::passes(tape, touches.clone()) } else { None };
    let program = program.map(|touches| plan::plan(tape, given, &outputs, touches, &draws, &sources, care));
    let whole = Whole { tape, given, outputs: &outputs, draws: &draws, varied: sources.varied };
    let threads = threads(asked);
    let part = samples.div_ceil(LANES).div_ceil(threads).max(1) * LANES;
    let mut parts: Vec<Vec<Vec<&mut [f64]>>> = (0..threads).map(|_| outputs.iter().map(|_| Vec::new()).collect()).collect();
    for (output, row) in rows.iter_mut().enumerate().flat_map(|(output, steps)| steps.iter_mut().map(move |row| (output, row))) {
        for (places, own) in parts.iter_mut().zip(row.chunks_mut(part)) {
            if let Some(steps) = places.get_mut(output) {
                steps.push(own);
            }
        }
    }
    let parts: Vec<_> = parts.into_iter().enumerate().collect();
    let suspects = on_threads(parts, |(number, places)| {
        let from = number * part;
        let keeping = Keeping { places, from, first: from, suspect: false };
        let player = program.as_ref().map_or(Player::Whole(whole), |program| Player::Chunk(Chunk::new(program, given)));
        play(player, keeping, from..samples.min(from + part))
    });
    let collected = Collected { rows };
    if suspects.contains(&true) { Err(collected) } else { Ok(collected) }
}

/// Plays a thread's part; whether something has to be looked at again.
fn play(mut player: Player<'_, '_>, mut keeping: Keeping<'_>, samples: std::ops::Range<usize>) -> bool {
    for first in samples.clone().step_by(LANES) {
        let live = (samples.end - first).min(LANES);
        keeping.first = first;
        match &mut player {
            Player::Chunk(chunk) => chunk.play(first as u64, live, &mut keeping),
            Player::Whole(whole) => whole.play(first as u64, live, &mut keeping),
        }
    }
    keeping.suspect
}

/// Keeps every value of a thread's part.
struct Keeping<'a> {
    /// By output and step.
    places: Vec<Vec<&'a mut [f64]>>,
    /// The first sample of the part.
    from: usize,
    /// The first of the chunk at hand.
    first: usize,
    suspect: bool,
}

impl Sink for Keeping<'_> {
    fn take(&mut self, output: u32, step: u32, row: &Row, live: usize) {
        let place = self.places.get_mut(output as usize).and_then(|steps| steps.get_mut(step as usize));
        let start = self.first - self.from;
        let Some(own) = place.and_then(|place| place.get_mut(start..start + live)) else { return };
        own.iter_mut().zip(row.iter()).for_each(|(own, value)| *own = *value);
        // Nothing that is computed with care is infinite, nor stands for the first operation's fault: it reads nothing.
        let doubtful = |value: &f64| value.is_infinite() || is_fault(*value) && value.to_bits() << 13 == 0 && !is_blank(*value);
        self.suspect |= own.iter().any(doubtful);
    }

    fn doubt(&mut self) {
        self.suspect = true;
    }
}
