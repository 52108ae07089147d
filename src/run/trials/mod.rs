//! Trials: a tape played for many samples at once, over all cores, and what its outputs come to.
//!
//! What no sample touches is computed once, outside. The rest becomes a [`program`] over rows of lanes; a [`chunk`] of
//! samples is played through it while its rows stay in the cache, and each output's row goes straight into its [`tally`].

mod bracket;
mod care;
mod chunk;
mod collect;
mod draws;
mod fast;
mod fuse;
mod plan;
mod program;
mod reach;
mod row;
mod rows;
mod slow;
mod source;
mod tally;
mod uniform;

pub use collect::{Collected, collect};
pub use source::Varied;
pub use uniform::{Copula, Sampling, Seeds};

use self::care::Care;
use self::chunk::{Chunk, Sink};
use self::draws::Draws;
use self::row::{LANES, Row};
use self::slow::Whole;
use self::source::Sources;
use self::tally::Tally;
use super::Columns;
use super::value::Fault;
use super::value::Value;
use crate::tape::{OpId, Shape, SlotId, Tape};
use std::num::NonZero;

/// What is asked of the samples.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// What decides every draw.
    pub seeds: Seeds,
    /// Whether what is uncertain is drawn.
    pub uncertain: Uncertain,
    /// What is given a value a sample.
    pub varied: Vec<Varied>,
    /// What is looked at.
    pub outputs: Vec<Output>,
    /// How many threads play; all that the machine has if none.
    pub threads: Option<NonZero<usize>>,
}

/// What samples make of what is uncertain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Uncertain {
    /// A draw a sample.
    Drawn,
    /// Its mean in all of them.
    AtMeans,
}

/// Something that is looked at across samples.
#[derive(Clone, Debug, PartialEq)]
pub struct Output {
    /// Where on the tape.
    pub slot: SlotId,
    /// The parts of the samples whose values are wanted: 5 %, 50 %, …
    pub shares: Vec<f64>,
}

/// What the samples of an output came to in one step.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// Whether samples differ in it at all.
    pub drawn: bool,
    /// How many samples were a number.
    pub count: u64,
    /// How many were blank.
    pub blanks: u64,
    /// The mean over the numbers; none of none.
    pub mean: Option<f64>,
    /// Their standard deviation, n − 1 in the divisor; none of fewer than two.
    pub deviation: Option<f64>,
    /// The value at each share that was asked for: the smallest that at least this share does not exceed. Empty of none.
    pub shares: Vec<f64>,
    /// How many samples could not be computed.
    pub faults: u64,
    /// The first of those, with the number of its sample.
    pub fault: Option<(u64, Fault)>,
}

impl Summary {
    /// How many samples there were.
    #[must_use]
    pub const fn samples(&self) -> u64 {
        self.count + self.blanks + self.faults
    }

    /// The standard error of the mean, as if each sample had been drawn by itself; none of fewer than two.
    #[must_use]
    pub fn error(&self) -> Option<f64> {
        self.deviation.map(|deviation| deviation / (self.count as f64).sqrt())
    }

    /// What never differs.
    fn certain(value: Value, samples: u64, shares: usize) -> Self {
        let none = Self { drawn: false, count: 0, blanks: 0, mean: None, deviation: None, shares: Vec::new(), faults: 0, fault: None };
        match value {
            Value::Number(number) => {
                Self { count: samples, mean: Some(number), deviation: Some(0.0), shares: vec![number; shares], ..none }
            }
            Value::Blank(_) => Self { blanks: samples, ..none },
            Value::Fault(fault) => Self { faults: samples, fault: Some((0, fault)), ..none },
        }
    }
}

/// How a tape is played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// As a program, where there is one.
    Program,
    /// By the machine, operation by operation: the measure of the other.
    Machine,
}

/// Plays a tape for every sample: of each output, a summary a step, of a constant one. `given` is the run without samples.
#[must_use]
pub fn trials(tape: &Tape, given: &Columns, asked: &Asked, way: Way) -> Vec<Vec<Summary>> {
    let mut care = Care::Usual;
    let mut errors = 5.0;
    loop {
        let game = Game { tape, given, asked, way, care, errors };
        match game.played() {
            Ok(summaries) => return summaries,
            Err(Again::WithCare) => care = Care::Full,
            Err(Again::Wider) => errors *= 4.0,
        }
    }
}

/// What is played, and how closely it is looked at.
struct Game<'a> {
    tape: &'a Tape,
    given: &'a Columns,
    asked: &'a Asked,
    way: Way,
    care: Care,
    /// How many standard errors of its rank a share is looked for to either side.
    errors: f64,
}

/// Why a run has to be played again.
enum Again {
    /// Something overflowed where nobody looked.
    WithCare,
    /// A share was not where it was looked for.
    Wider,
}

impl Game<'_> {
    /// Plays every sample, in stages: after each the intervals in which the shares are looked for are drawn in.
    fn played(&self) -> Result<Vec<Vec<Summary>>, Again> {
        let Self { tape, given, asked, way, care, errors } = *self;
        let outputs: Vec<OpId> = asked.outputs.iter().map(|output| OpId(output.slot.0)).collect();
        let sources = Sources::of(tape, asked);
        let touches = reach::touches(tape, &outputs, &sources);
        let draws = Draws::of(tape, given, &touches, &sources, &asked.seeds);
        let drawn: Vec<bool> = touches.iter().map(|touch| touch.drawn).collect();
        let program = if way == Way::Program { reach::passes(tape, touches) } else { None };
        let program = program.map(|touches| plan::plan(tape, given, &outputs, touches, &draws, &sources, care));
        let whole = Whole { tape, given, outputs: &outputs, draws: &draws, varied: sources.varied };
        let (mut tallies, starts) = tallies(tape, given, asked);
        let threads = threads(asked);
        let mut workers: Vec<Worker<'_, '_>> = (0..threads)
            .map(|_| {
                let player =
                    program.as_ref().map_or(Player::Whole(whole), |program| Player::Chunk(Chunk::new(program, given)));
                Worker { player, tallies: tallies.iter().map(Tally::empty).collect() }
            })
            .collect();
        let mut from = 0;
        for to in stages(asked.seeds.samples) {
            std::thread::scope(|scope| {
                for (number, worker) in workers.iter_mut().enumerate() {
                    let starts = starts.as_slice();
                    scope.spawn(move || worker.play(number as u64, threads as u64, from..to, starts));
                }
            });
            gather(&mut tallies, &mut workers, (to < asked.seeds.samples).then_some(errors));
            if tallies.iter().any(|tally| tally.suspect) && care == Care::Usual {
                return Err(Again::WithCare);
            }
            from = to;
        }
        let mut told = Vec::with_capacity(asked.outputs.len());
        let mut tallies = tallies.iter_mut();
        for output in &asked.outputs {
            let tallies: Vec<&mut Tally> = tallies.by_ref().take(steps(tape, output.slot)).collect();
            if drawn.get(output.slot.0 as usize) == Some(&true) {
                told.push(tallies.into_iter().map(summary).collect::<Result<Vec<Summary>, Again>>()?);
            } else {
                let value = |(step, _)| {
                    Summary::certain(given.value(output.slot, step, 0), asked.seeds.samples, output.shares.len())
                };
                told.push(tallies.iter().enumerate().map(value).collect());
            }
        }
        Ok(told)
    }
}

/// How many threads play: no more than there are blocks.
fn threads(asked: &Asked) -> usize {
    let threads = asked.threads.or_else(|| std::thread::available_parallelism().ok()).map_or(1, NonZero::get);
    let blocks = asked.seeds.samples.div_ceil(LANES as u64);
    threads.min(blocks.max(1) as usize)
}

/// How far each stage goes. Each but the last ends with a whole block.
fn stages(samples: u64) -> Vec<u64> {
    const FIRST: u64 = 2_048;
    const GROWTH: u64 = 4;
    let ends = std::iter::successors(Some(FIRST), |end| end.checked_mul(GROWTH));
    // A stage that only a little would follow is the last.
    let mut ends: Vec<u64> = ends.take_while(|end| end.saturating_mul(2) <= samples).collect();
    ends.push(samples);
    ends
}

fn steps(tape: &Tape, slot: SlotId) -> usize {
    match tape.op(OpId(slot.0)).shape {
        Shape::Constant => 1,
        Shape::Series => tape.timeline().steps as usize,
    }
}

/// A tally for each output and step, and where those of each output begin.
fn tallies(tape: &Tape, given: &Columns, asked: &Asked) -> (Vec<Tally>, Vec<usize>) {
    let (mut tallies, mut starts) = (Vec::new(), Vec::new());
    for output in &asked.outputs {
        starts.push(tallies.len());
        for step in 0..steps(tape, output.slot) {
            let shift = match given.value(output.slot, step, 0) {
                Value::Number(number) => number,
                Value::Blank(_) | Value::Fault(_) => 0.0,
            };
            tallies.push(Tally::new(shift, &output.shares));
        }
    }
    (tallies, starts)
}

fn summary(tally: &mut Tally) -> Result<Summary, Again> {
    let fault = tally.fault_value().and_then(|(sample, value)| match value {
        Value::Fault(fault) => Some((sample, fault)),
        Value::Number(_) | Value::Blank(_) => None,
    });
    Ok(Summary {
        drawn: true,
        count: tally.count,
        blanks: tally.blanks,
        mean: tally.mean(),
        deviation: tally.deviation(),
        shares: tally.shares().ok_or(Again::Wider)?,
        faults: tally.faults,
        fault,
    })
}

/// Who plays chunks.
enum Player<'p, 't> {
    Chunk(Chunk<'p, 't>),
    Whole(Whole<'p>),
}

/// A thread's part.
struct Worker<'p, 't> {
    player: Player<'p, 't>,
    tallies: Vec<Tally>,
}

impl Worker<'_, '_> {
    /// Plays every so many-th block of some samples.
    fn play(&mut self, number: u64, of: u64, samples: std::ops::Range<u64>, starts: &[usize]) {
        let lanes = LANES as u64;
        let mut first = samples.start + number * lanes;
        while first < samples.end {
            let live = (samples.end - first).min(lanes) as usize;
            let mut sink = Taking { tallies: &mut self.tallies, starts, first };
            match &mut self.player {
                Player::Chunk(chunk) => chunk.play(first, live, &mut sink),
                Player::Whole(whole) => whole.play(first, live, &mut sink),
            }
            first += of * lanes;
        }
    }
}

struct Taking<'a> {
    tallies: &'a mut [Tally],
    starts: &'a [usize],
    first: u64,
}

impl Sink for Taking<'_> {
    fn take(&mut self, output: u32, step: u32, row: &Row, live: usize) {
        let start = self.starts.get(output as usize).copied().unwrap_or(usize::MAX);
        if let Some(tally) = self.tallies.get_mut(start.saturating_add(step as usize)) {
            tally.take(row, self.first, live);
        }
    }
}

/// Joins what the workers have seen; where more is to come, all know from here on where to look.
fn gather(tallies: &mut [Tally], workers: &mut [Worker<'_, '_>], errors: Option<f64>) {
    let part = tallies.len().div_ceil(workers.len().max(1)).max(1);
    let mut parts: Vec<(&mut [Tally], Vec<&mut [Tally]>)> = tallies.chunks_mut(part).map(|own| (own, Vec::new())).collect();
    for worker in workers {
        for ((_, theirs), chunk) in parts.iter_mut().zip(worker.tallies.chunks_mut(part)) {
            theirs.push(chunk);
        }
    }
    std::thread::scope(|scope| {
        for (own, mut theirs) in parts {
            scope.spawn(move || {
                for (at, tally) in own.iter_mut().enumerate() {
                    theirs.iter_mut().filter_map(|tallies| tallies.get_mut(at)).for_each(|other| tally.absorb(other));
                    if let Some(errors) = errors {
                        tally.draw_in(errors);
                        theirs
                            .iter_mut()
                            .filter_map(|tallies| tallies.get_mut(at))
                            .for_each(|other| other.look_where(tally));
                    }
                }
            });
        }
    });
}
