//! Sampled: a tape with what looks across samples filled in, one layer of it behind the other.

use super::trials::{Asked, Output, Seeds, Summary, Uncertain, Way, trials};
use super::{Columns, Given, Inputs, Statistic, Value, run, value};
use crate::tape::{Blank, Block, Code, OpId, Shape, SlotId, Tape};
use std::num::NonZero;

/// What samples have told.
#[derive(Clone, Debug)]
pub struct Sampled {
    /// The run without samples, with what looks across them filled in.
    pub columns: Columns,
    /// Of each output a summary a step, of a constant one.
    pub summaries: Vec<Vec<Summary>>,
}

/// Plays a tape for every sample. What looks across samples is computed first, so that what reads it can be.
#[must_use]
pub fn sampled(tape: &Tape, seeds: &Seeds, outputs: &[Output], threads: Option<NonZero<usize>>) -> Sampled {
    sampled_from(tape, Inputs::once(), seeds, outputs, threads)
}

/// The same with something in place of some inputs.
pub(super) fn sampled_from(
    tape: &Tape,
    mut inputs: Inputs,
    seeds: &Seeds,
    outputs: &[Output],
    threads: Option<NonZero<usize>>,
) -> Sampled {
    let layers = layers(tape);
    let layer = |slot: SlotId| layers.get(slot.0 as usize).copied().flatten();
    let statistics: Vec<OpId> =
        (0..tape.ops().len() as u32).map(OpId).filter(|id| tape.op(*id).code == Code::Statistic).collect();
    let last = layers.iter().flatten().copied().max().unwrap_or(0);
    let mut columns = run(tape, &inputs);
    let mut summaries = vec![Vec::new(); outputs.len()];
    for now in 0..=last {
        let here: Vec<OpId> = statistics.iter().copied().filter(|id| layer(SlotId(id.0)) == Some(now + 1)).collect();
        let wanted: Vec<usize> =
            (0..outputs.len()).filter(|at| outputs.get(*at).is_some_and(|output| layer(output.slot) == Some(now))).collect();
        if here.is_empty() && wanted.is_empty() {
            continue;
        }
        let asked = here.iter().map(|id| question(tape, &columns, *id));
        let asked = asked.chain(wanted.iter().filter_map(|at| outputs.get(*at)).cloned());
        let asked =
            Asked { seeds: seeds.clone(), uncertain: Uncertain::Drawn, varied: Vec::new(), outputs: asked.collect(), threads };
        let mut answers = trials(tape, &columns, &asked, Way::Program).into_iter();
        for (id, summary) in here.iter().zip(answers.by_ref()) {
            inputs.given.push((*id, Given::Values(answer(tape, &columns, *id, &summary))));
        }
        for (at, summary) in wanted.into_iter().zip(answers) {
            summaries.get_mut(at).into_iter().for_each(|place| place.clone_from(&summary));
        }
        if !here.is_empty() {
            columns = run(tape, &inputs);
        }
    }
    Sampled { columns, summaries }
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
    Output { slot: SlotId(of.map_or(id.0, |of| of.0)), shares }
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
