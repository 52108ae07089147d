//! Sampled: a tape with what looks across samples filled in, one layer of it behind the other.

use super::across::{Across, SampleFault};
use super::trials::{self, Aim, Asked, Missed, Order, Output, Partial, Seeds, Summary, Way, watched};
use super::{Columns, Given, Inputs, Statistic, Value, Watch, run, value};
use crate::tape::{Blank, Block, Code, OpId, Shape, SlotId, Tape};
use std::collections::BTreeMap;
use std::num::NonZero;
use std::ops::Range;

/// What samples have told.
#[derive(Clone, Debug)]
pub struct Sampled {
    /// The run without samples, with what looks across them filled in.
    pub columns: Columns,
    /// Of each output a summary a step, of a constant one.
    pub summaries: Vec<Vec<Summary>>,
    /// How many samples were played: fewer than asked for where the run was stopped.
    pub done: u64,
    /// What could not be computed in some samples, by operation.
    pub faults: BTreeMap<OpId, SampleFault>,
}

/// What a range of the samples has told.
#[derive(Clone, Debug)]
pub struct SampledPart {
    /// The run without samples, with what looks across them filled in.
    pub columns: Columns,
    /// What the outputs came to.
    pub partial: Partial,
    /// The figures across samples.
    pub across: Across,
    /// Whether it was played to its end.
    pub whole: bool,
}

/// Why no result came of parts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Unmerged {
    /// They are not parts of this tape.
    Unfit,
    /// A share did not lie where it was looked for.
    Missed(Missed),
}

/// Plays a tape for every sample. What looks across samples is computed first, so that what reads it can be.
#[must_use]
pub fn sampled(tape: &Tape, seeds: &Seeds, outputs: &[Output], threads: Option<NonZero<usize>>, watch: &dyn Watch) -> Sampled {
    sampled_with(tape, Inputs::once(), seeds, outputs, threads, watch)
}

/// The same with something in place of some inputs.
pub(super) fn sampled_with(
    tape: &Tape,
    inputs: Inputs,
    seeds: &Seeds,
    outputs: &[Output],
    threads: Option<NonZero<usize>>,
    watch: &dyn Watch,
) -> Sampled {
    let mut summaries = vec![Vec::new(); outputs.len()];
    let mut done = seeds.samples;
    let (columns, Across { mut faults, .. }) = by_layers(tape, inputs, outputs, |columns, mut questions, wanted| {
        let figures = questions.len();
        questions.extend(wanted.iter().filter_map(|at| outputs.get(*at)).cloned());
        let asked = Asked::drawn(seeds.clone(), questions, threads);
        let (mut answers, played) = watched(tape, columns, &asked, Way::Program, watch);
        done = done.min(played);
        for (at, summary) in wanted.iter().zip(answers.iter().skip(figures)) {
            summaries.get_mut(*at).into_iter().for_each(|place| place.clone_from(summary));
        }
        answers.truncate(figures);
        answers
    });
    summaries.iter().flatten().for_each(|summary| note(&mut faults, summary));
    Sampled { columns, summaries, done, faults }
}

/// Plays a tape for a range of the samples, which begins and ends with a block. What looks across samples is computed from
/// all of them all the same: each part is made by itself.
#[must_use]
pub fn sampled_part(
    tape: &Tape,
    seeds: &Seeds,
    outputs: &[Output],
    threads: Option<NonZero<usize>>,
    range: &Range<u64>,
    aim: Aim,
    watch: &dyn Watch,
) -> SampledPart {
    let (mut partial, mut whole) = (Partial::of(range, outputs.len()), true);
    let asked = |outputs: Vec<Output>| Asked::drawn(seeds.clone(), outputs, threads);
    let (columns, across) = by_layers(tape, Inputs::once(), outputs, |columns, questions, wanted| {
        if !wanted.is_empty() {
            let now = asked(wanted.iter().filter_map(|at| outputs.get(*at)).cloned().collect());
            let found = trials::partial(tape, columns, &now, range, aim, watch);
            whole &= found.is_some();
            partial.put(wanted, found.unwrap_or_default());
        }
        if questions.is_empty() {
            return Vec::new();
        }
        let (answers, played) = watched(tape, columns, &asked(questions), Way::Program, watch);
        whole &= played == seeds.samples;
        answers
    });
    SampledPart { columns, partial, across, whole }
}

/// What all samples have told, by parts that hold all of them.
///
/// # Errors
/// If they are no parts of this tape, or a share did not lie where it was looked for.
pub fn sampled_from(tape: &Tape, samples: u64, outputs: &[Output], partial: Partial, across: Across) -> Result<Sampled, Unmerged> {
    let layers = layers(tape);
    let layer = |id: OpId| layers.get(id.0 as usize).copied().flatten();
    let mut known: Vec<(u32, OpId)> = statistics_of(tape).into_iter().filter_map(|id| Some((layer(id)?, id))).collect();
    known.sort_unstable();
    let known: Vec<(OpId, usize)> = known.into_iter().map(|(_, id)| (id, steps(tape, id))).collect();
    let is_played = |output: &Output| layer(OpId(output.slot.0)).is_some();
    let whole = partial.gaps(samples).is_empty();
    if !whole || !across.fits(tape, samples, &known) || !partial.fits(tape, outputs, is_played) {
        return Err(Unmerged::Unfit);
    }
    let Across { figures, mut faults } = across;
    let given = figures.into_iter().map(|(id, values)| (id, Given::Values(values))).collect();
    let columns = run(tape, &Inputs { given, ..Inputs::once() });
    let mut summaries = partial.summaries(tape, &columns, outputs, samples).map_err(Unmerged::Missed)?;
    for (_, summaries) in outputs.iter().zip(&mut summaries).filter(|(output, _)| !is_played(output)) {
        // It waits for itself.
        summaries.clear();
    }
    summaries.iter().flatten().for_each(|summary| note(&mut faults, summary));
    Ok(Sampled { columns, summaries, done: samples, faults })
}

fn statistics_of(tape: &Tape) -> Vec<OpId> {
    (0..tape.ops().len() as u32).map(OpId).filter(|id| tape.op(*id).code == Code::Statistic).collect()
}

/// Plays one layer behind the other. `play` is given the columns so far, what the figures across samples ask, and which
/// outputs can be looked at by now; it answers what the figures asked.
fn by_layers(
    tape: &Tape,
    mut inputs: Inputs,
    outputs: &[Output],
    mut play: impl FnMut(&Columns, Vec<Output>, &[usize]) -> Vec<Vec<Summary>>,
) -> (Columns, Across) {
    let layers = layers(tape);
    let layer = |slot: SlotId| layers.get(slot.0 as usize).copied().flatten();
    let statistics = statistics_of(tape);
    let last = layers.iter().flatten().copied().max().unwrap_or(0);
    let mut columns = run(tape, &inputs);
    let mut known = Across::default();
    for now in 0..=last {
        let here: Vec<OpId> = statistics.iter().copied().filter(|id| layer(SlotId(id.0)) == Some(now + 1)).collect();
        let wanted: Vec<usize> =
            (0..outputs.len()).filter(|at| outputs.get(*at).is_some_and(|output| layer(output.slot) == Some(now))).collect();
        if here.is_empty() && wanted.is_empty() {
            continue;
        }
        let questions = here.iter().map(|id| question(tape, &columns, *id)).collect();
        let answers = play(&columns, questions, &wanted);
        answers.iter().flatten().for_each(|summary| note(&mut known.faults, summary));
        for (id, summary) in here.iter().zip(&answers) {
            let values = answer(tape, &columns, *id, summary);
            inputs.given.push((*id, Given::Values(values.clone())));
            known.figures.push((*id, values));
        }
        if !here.is_empty() {
            columns = run(tape, &inputs);
        }
    }
    (columns, known)
}

/// Remembers what could not be computed in some samples.
fn note(faults: &mut BTreeMap<OpId, SampleFault>, summary: &Summary) {
    let Some((sample, fault)) = summary.fault.filter(|_| summary.drawn) else { return };
    let known = faults.entry(fault.op).or_insert(SampleFault { fault, sample, count: summary.faults });
    if (sample, fault.step) < (known.sample, known.fault.step) {
        (known.sample, known.fault) = (sample, fault);
    }
    known.count = known.count.max(summary.faults);
}

/// How many figures across samples lie one behind the other below each operation; none where it waits for itself.
fn layers(tape: &Tape) -> Vec<Option<u32>> {
    let mut layers: Vec<Option<u32>> = vec![Some(0); tape.ops().len()];
    let below = |layers: &[Option<u32>], id: u32| {
        let op = tape.op(OpId(id));
        let mut args = tape.args(op).iter().map(|arg| layers.get(arg.0 as usize).copied().flatten());
        let deepest = args.try_fold(0, |deepest: u32, layer| layer.map(|layer| deepest.max(layer)));
        deepest.map(|deepest| deepest + u32::from(op.code == Code::Statistic))
    };
    for block in tape.blocks() {
        let (Block::Whole(range) | Block::Loop(range)) = block;
        let waits = matches!(block, Block::Loop(_)) && range.clone().any(|id| tape.op(OpId(id)).code == Code::Statistic);
        let whole: Option<u32> =
            range.clone().try_fold(0, |deepest: u32, id| below(&layers, id).map(|layer| deepest.max(layer)));
        for id in range.clone() {
            let layer = match block {
                Block::Whole(_) => below(&layers, id),
                Block::Loop(_) => whole.filter(|_| !waits),
            };
            layers.get_mut(id as usize).into_iter().for_each(|place| *place = layer);
        }
    }
    layers
}

/// What a figure across samples has to know of what it reads.
fn question(tape: &Tape, columns: &Columns, id: OpId) -> Output {
    let op = tape.op(id);
    let (of, share) = (tape.args(op).first(), tape.args(op).get(1));
    let mut shares: Vec<f64> = Vec::new();
    for step in 0..steps(tape, id) {
        let share = share.map(|share| columns.value(SlotId(share.0), step, 0));
        if let Some(Value::Number(share)) = share
            && (0.0..=1.0).contains(&share)
            && !shares.contains(&share)
        {
            shares.push(share);
        }
    }
    shares.sort_by(f64::total_cmp);
    Output { slot: SlotId(of.map_or(id.0, |of| of.0)), shares, order: Order::Exact }
}

/// The values of a figure across samples, one a step.
fn answer(tape: &Tape, columns: &Columns, id: OpId, summaries: &[Summary]) -> Vec<f64> {
    let op = tape.op(id);
    let which = Statistic::from_number(tape.numbers(op).first().copied().unwrap_or(0.0));
    let share = tape.args(op).get(1).copied();
    let shares = question(tape, columns, id).shares;
    let at = |step: usize| {
        let Some(summary) = summaries.get(step).or(summaries.last()) else { return value::blank(Blank::Samples) };
        let blank = value::blank(Blank::Samples);
        if let Some((_, fault)) = summary.fault {
            return value::fault(fault.kind, fault.op, fault.step);
        }
        match which {
            Statistic::Mean => summary.mean.unwrap_or(blank),
            Statistic::Deviation => summary.deviation.unwrap_or(blank),
            // Where a condition is blank it does not hold.
            Statistic::Probability => {
                summary.mean.map_or(0.0, |mean| mean * summary.count as f64 / summary.samples() as f64)
            }
            Statistic::Percentile => {
                let wanted = share.map(|share| columns.packed(SlotId(share.0), step, 0));
                match wanted {
                    Some(wanted) if wanted.is_nan() => wanted,
                    Some(wanted) if (0.0..=1.0).contains(&wanted) => {
                        let place = shares.iter().position(|share| *share == wanted);
                        place.and_then(|place| summary.shares.get(place)).copied().unwrap_or(blank)
                    }
                    Some(_) | None => value::fault(value::FaultKind::InvalidArgument, id, step as u32),
                }
            }
        }
    };
    (0..steps(tape, id)).map(at).collect()
}

fn steps(tape: &Tape, id: OpId) -> usize {
    match tape.op(id).shape {
        Shape::Constant => 1,
        Shape::Series => tape.timeline().steps as usize,
    }
}
