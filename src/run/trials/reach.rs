//! Reach: which operations the samples touch, and in which pass over the timeline each can be computed.
#![allow(clippy::indexing_slicing, reason = "every id is an operation of the tape")]

use super::source::Sources;
use crate::tape::{Block, Code, OpId, Reach, Shape, Tape};

/// What is known of an operation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Touch {
    /// Whether its values differ from sample to sample, and an output needs it.
    pub drawn: bool,
    /// Of a series the pass it is computed in; of a constant the pass before which it is known.
    pub pass: u32,
}

/// What of a tape the outputs need computed for each sample.
pub(super) fn touches(tape: &Tape, outputs: &[OpId], sources: &Sources<'_>) -> Vec<Touch> {
    let mut touches = drawn(tape, sources);
    keep_needed(tape, outputs, sources, &mut touches);
    touches
}

/// The pass in which each can be computed. None where a loop looks across all steps of itself: such a tape is played
/// without a program.
pub(super) fn passes(tape: &Tape, mut touches: Vec<Touch>) -> Option<Vec<Touch>> {
    for block in tape.blocks() {
        match block {
            Block::Whole(range) => range.clone().for_each(|id| touches[id as usize].pass = pass(tape, &touches, OpId(id))),
            Block::Loop(range) => {
                let members = || range.clone().filter(|id| touches[*id as usize].drawn);
                if members().any(|id| tape.op(OpId(id)).code.row().reach == Reach::All) {
                    return None;
                }
                let pass = members().map(|id| pass(tape, &touches, OpId(id))).max().unwrap_or(0);
                range.clone().for_each(|id| touches[id as usize].pass = pass);
            }
        }
    }
    Some(touches)
}

/// What a draw, or what is varied, has a part in. What loops through time does so as a whole.
fn drawn(tape: &Tape, sources: &Sources<'_>) -> Vec<Touch> {
    let mut touches = vec![Touch::default(); tape.ops().len()];
    for block in tape.blocks() {
        let (Block::Whole(range) | Block::Loop(range)) = block;
        let is_drawn = |touches: &[Touch], id: u32| {
            let op = tape.op(OpId(id));
            let is_source = sources.begin(OpId(id));
            // What looks across samples is one figure for all of them.
            op.code != Code::Statistic && (is_source || tape.args(op).iter().any(|arg| touches[arg.0 as usize].drawn))
        };
        match block {
            Block::Whole(range) => range.clone().for_each(|id| touches[id as usize].drawn = is_drawn(&touches, id)),
            Block::Loop(_) => {
                let any = range.clone().any(|id| is_drawn(&touches, id));
                range.clone().for_each(|id| touches[id as usize].drawn = any);
            }
        }
    }
    touches
}

/// Drops what no output needs.
fn keep_needed(tape: &Tape, outputs: &[OpId], sources: &Sources<'_>, touches: &mut [Touch]) {
    let mut needed = vec![false; touches.len()];
    let mut open: Vec<OpId> = outputs.to_vec();
    while let Some(id) = open.pop() {
        if touches[id.0 as usize].drawn && !std::mem::replace(&mut needed[id.0 as usize], true) {
            // What is varied needs nothing.
            if sources.varied(id).is_none() {
                open.extend(tape.args(tape.op(id)));
            }
        }
    }
    touches.iter_mut().zip(needed).for_each(|(touch, needed)| touch.drawn &= needed);
}

fn pass(tape: &Tape, touches: &[Touch], id: OpId) -> u32 {
    let op = tape.op(id);
    let whole = op.code.row().reach == Reach::All;
    let args = tape.args(op).iter().filter(|arg| touches[arg.0 as usize].drawn);
    let known = args.map(|arg| {
        let series = tape.op(*arg).shape == Shape::Series;
        touches[arg.0 as usize].pass + u32::from(whole && series)
    });
    known.max().unwrap_or(0)
}
