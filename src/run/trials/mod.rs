//! Trials: a tape played for many samples at once, over all cores, and what its outputs come to.
//!
//! What no sample touches is computed once, outside. The rest becomes a [`program`] over rows of lanes; a [`chunk`] of
//! samples is played through it while its rows stay in the cache, and each output's row goes straight into its [`tally`].

mod bound;
mod bracket;
mod buckets;
mod care;
mod chunk;
mod collect;
mod depth;
mod draws;
mod dump;
mod fast;
mod fuse;
mod home;
mod legs;
mod over_time;
mod part;
mod plan;
mod program;
mod reach;
mod row;
mod rows;
mod sieve;
mod slow;
mod source;
mod spans;
mod stage;
mod stored;
mod strip;
mod tally;
mod uniform;
mod workers;

pub use part::{Aim, Misfit, Missed, Partial, share_of};
pub(super) use part::{is_sound, partial};
pub use collect::{Collected, collect};
pub use source::Varied;
pub use uniform::{Copula, Sampling, Seeds};

use self::care::Care;
use self::chunk::Chunk;
use self::draws::Draws;
use self::legs::{After, Leg, legs};
use self::row::LANES;
use self::slow::Whole;
use self::source::Sources;
use self::tally::Tally;
use self::workers::{Blocks, Next, Player, Progress, Worker, gather, on_threads, side_by_side};
use super::{Columns, Nobody, Stage, Watch};
use super::value::Fault;
use super::value::Value;
use crate::tape::{OpId, Shape, SlotId, Tape};
use std::num::NonZero;
use std::sync::atomic::AtomicU64;

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

impl Asked {
    /// What is uncertain is drawn, and nothing else differs from sample to sample.
    #[must_use]
    pub const fn drawn(seeds: Seeds, outputs: Vec<Output>, threads: Option<NonZero<usize>>) -> Self {
        Self { seeds, uncertain: Uncertain::Drawn, varied: Vec::new(), outputs, threads }
    }
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
    /// How closely they are to be known.
    pub order: Order,
}

/// How closely the value at a share of the samples is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// It is that sample.
    Exact,
    /// It is the edge of a narrow interval that holds it: the memory does not grow with the samples.
    Counted,
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
    /// The part of itself by which such a value is off at most; 0 where it is a sample.
    pub within: f64,
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
        let none = Self { drawn: false, count: 0, blanks: 0, mean: None, deviation: None, shares: Vec::new(), within: 0.0, faults: 0, fault: None };
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
    watched(tape, given, asked, way, &Nobody).0
}

/// The same with somebody who is told how far it is and may stop it; and how many samples were played then.
#[must_use]
pub fn watched(tape: &Tape, given: &Columns, asked: &Asked, way: Way, watch: &dyn Watch) -> (Vec<Vec<Summary>>, u64) {
    let legs = legs(asked.seeds.samples);
    let game = Game { tape, given, asked, way, care: Care::Usual, errors: ERRORS, watch };
    let (game, (tallies, mut played)) = match game.tallied(&legs, &[]) {
        Ok(tallied) => (game, tallied),
        Err(Unseen) => {
            let game = Game { care: Care::Full, ..game };
            (game, game.tallied(&legs, &[]).unwrap_or_default())
        }
    };
    let mut told = told_each(tape, given, &asked.outputs, played, tallies, threads(asked));
    let mut errors = ERRORS;
    // What was not where it was looked for is played again alone, and looked for farther around.
    loop {
        let missed: Vec<usize> = (0..told.len()).filter(|at| told.get(*at).is_some_and(Result::is_err)).collect();
        if missed.is_empty() {
            return (told.into_iter().flatten().collect(), played);
        }
        errors *= 4.0;
        let outputs = missed.iter().filter_map(|at| asked.outputs.get(*at).cloned()).collect();
        let again = Asked { outputs, ..asked.clone() };
        let game = Game { asked: &again, errors, ..game };
        let tallied = game.tallied(&legs, &[]).or_else(|Unseen| Game { care: Care::Full, ..game }.tallied(&legs, &[]));
        let (tallies, now) = tallied.unwrap_or_default();
        // Who stops it then has the fewer samples of all.
        played = played.min(now);
        for (at, found) in missed.into_iter().zip(told_each(tape, given, &again.outputs, now, tallies, threads(asked))) {
            told.get_mut(at).into_iter().for_each(|place| place.clone_from(&found));
        }
    }
}

/// How many standard errors of its rank a share is looked for to either side.
const ERRORS: f64 = 4.5;

/// What is played, and how closely it is looked at.
#[derive(Clone, Copy)]
struct Game<'a> {
    tape: &'a Tape,
    given: &'a Columns,
    asked: &'a Asked,
    way: Way,
    care: Care,
    /// How many standard errors of its rank a share is looked for to either side.
    errors: f64,
    watch: &'a dyn Watch,
}

/// Something overflowed where nobody looked: the run has to be played again with care.
struct Unseen;

impl Game<'_> {
    /// Plays in legs: after each the intervals in which the shares are looked for are drawn in. Of each output a tally a
    /// step; none where samples do not differ. And how many samples were played. The shares of outputs that have been aimed at
    /// are looked for there from the first sample on.
    fn tallied(&self, legs: &[Leg], aimed: &[Vec<Tally>]) -> Result<(Vec<Vec<Tally>>, u64), Unseen> {
        let Self { tape, given, asked, way, care, errors, watch } = *self;
        watch.begins(Stage::Plan);
        let outputs: Vec<OpId> = asked.outputs.iter().map(|output| OpId(output.slot.0)).collect();
        let sources = Sources::of(tape, asked);
        let touches = reach::touches(tape, &outputs, &sources);
        let draws = Draws::of(tape, given, &touches, &sources, &asked.seeds);
        let drawn: Vec<bool> = touches.iter().map(|touch| touch.drawn).collect();
        let program = if way == Way::Program { reach::passes(tape, touches) } else { None };
        let program = program.map(|touches| plan::plan(tape, given, &outputs, touches, &draws, &sources, care));
        watch.sees(&|| program.as_ref().map_or_else(|| "no program: the tape is played whole\n".to_owned(), dump::dump));
        let whole = Whole { tape, given, outputs: &outputs, draws: &draws, varied: sources.varied };
        let (mut tallies, starts) = tallies(tape, given, asked);
        for (start, aimed) in starts.iter().zip(aimed) {
            tallies.iter_mut().skip(*start).zip(aimed).for_each(|(own, aimed)| *own = aimed.empty());
        }
        let lengths = || legs.iter().map(|leg| leg.samples.end.saturating_sub(leg.samples.start));
        let threads = threads(asked).min(lengths().max().unwrap_or(0).div_ceil(LANES as u64).max(1) as usize);
        let mut workers: Vec<Worker<'_, '_>> = (0..threads)
            .map(|_| {
                let player =
                    program.as_ref().map_or(Player::Whole(whole), |program| Player::Chunk(Chunk::new(program, given)));
                Worker { player, tallies: tallies.iter().map(Tally::empty).collect() }
            })
            .collect();
        watch.begins(Stage::Sample);
        let progress = Progress { watch, done: AtomicU64::new(0), of: lengths().sum() };
        for (at, Leg { samples, after }) in legs.iter().enumerate() {
            let blocks = Blocks::of(samples.clone());
            on_threads(workers.iter_mut().collect(), |worker| worker.play(&blocks, &starts, &progress));
            // An interval that n samples draw in holds √n of them: so many lie in it of a leg that follows N samples.
            let hits = |leg: &Leg| (leg.samples.end - leg.samples.start) as f64 / (leg.samples.start.max(1) as f64 * samples.end as f64).sqrt();
            let to_come = legs.get(at + 1..).filter(|to_come| *after != After::Tell && !to_come.is_empty());
            let next = to_come.map(|to_come| Next {
                errors: errors * after.spread(samples.end, asked.seeds.samples),
                more: to_come.iter().map(hits).fold(0.0, f64::max),
            });
            gather(&mut tallies, &mut workers, next);
            if tallies.iter().any(|tally| tally.suspect) && care == Care::Usual {
                return Err(Unseen);
            }
            if *after == After::Aim {
                tallies.iter_mut().for_each(|tally| *tally = tally.empty());
            }
            if !progress.goes_on() {
                break;
            }
        }
        let mut tallies = tallies.into_iter();
        let of = |output: &Output| {
            let tallies: Vec<Tally> = tallies.by_ref().take(steps(tape, output.slot)).collect();
            if drawn.get(output.slot.0 as usize) == Some(&true) { tallies } else { Vec::new() }
        };
        Ok((asked.outputs.iter().map(of).collect(), progress.done.into_inner()))
    }
}

/// How many threads play: no more than there are blocks.
fn threads(asked: &Asked) -> usize {
    let threads = asked.threads.map_or_else(cores, NonZero::get);
    let blocks = asked.seeds.samples.div_ceil(LANES as u64);
    threads.min(blocks.max(1) as usize)
}

/// How many threads this machine runs at a time.
fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, NonZero::get)
}

/// What outputs came to by their tallies: of each its summaries, or the share of it that was missed.
fn told_each(
    tape: &Tape,
    given: &Columns,
    outputs: &[Output],
    samples: u64,
    tallies: Vec<Vec<Tally>>,
    threads: usize,
) -> Vec<Result<Vec<Summary>, Missed>> {
    let counts: Vec<usize> = tallies.iter().map(Vec::len).collect();
    let mut summaries = side_by_side(tallies.into_iter().flatten().collect(), threads, summary).into_iter();
    let of = |(at, (output, count)): (usize, (&Output, usize))| {
        if count == 0 {
            let value = |step| Summary::certain(given.value(output.slot, step, 0), samples, output.shares.len());
            return Ok((0..steps(tape, output.slot)).map(value).collect());
        }
        let missed = |step| move |share| Missed { output: at, step, share };
        let own: Vec<_> = summaries.by_ref().take(count).enumerate().map(|(step, own)| own.map_err(missed(step))).collect();
        own.into_iter().collect()
    };
    outputs.iter().zip(counts).enumerate().map(of).collect()
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
            tallies.push(Tally::new(shift, &output.shares, output.order));
        }
    }
    (tallies, starts)
}

/// The error is a share that was not where it was looked for.
fn summary(mut tally: Tally) -> Result<Summary, f64> {
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
        shares: tally.shares()?,
        within: tally.within(),
        faults: tally.faults,
        fault,
    })
}
