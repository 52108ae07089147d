//! Layout: which rows hold the values of each operation.
#![allow(clippy::indexing_slicing, reason = "every id is the tape's own")]

use super::{Block, Code, Op, OpId, Shape, Tape};
use std::ops::Range;

/// An opening, and what it opens.
#[derive(Clone, Copy)]
struct Pair {
    opening: u32,
    of: u32,
}

impl Tape {
    /// Gives every operation its rows. In a loop an opening is in each step what another operation was in the step before,
    /// so the two share their rows, of which the opening begins one ahead: it costs no memory of its own, nor a way to it.
    pub(super) fn lay_out(&mut self) {
        let mut pairs: Vec<Option<Pair>> = vec![None; self.ops.len()];
        for block in &self.blocks {
            if let Block::Loop(range) = block {
                range.clone().for_each(|id| self.pair(id, range, &mut pairs));
            }
        }
        let mut rows = 0;
        for (at, pair) in pairs.iter().enumerate() {
            match pair {
                None => {
                    self.ops[at].row = rows;
                    rows += self.height(&self.ops[at]);
                }
                Some(Pair { opening, of }) if (*opening).min(*of) == at as u32 => {
                    self.ops[*opening as usize].row = rows;
                    self.ops[*of as usize].row = rows + 1;
                    rows += 1 + self.height(&self.ops[*of as usize]);
                }
                // Its rows came with those of the other.
                Some(_) => {}
            }
        }
        self.rows = rows;
    }

    /// Pairs an opening in a loop with what it opens, where that is in the loop too and no other has come before.
    fn pair(&self, id: u32, range: &Range<u32>, pairs: &mut [Option<Pair>]) {
        let op = self.op(OpId(id));
        let ([of, _], Code::Opening) = (self.args(op), op.code) else { return };
        if range.contains(&of.0) && self.op(*of).code != Code::Opening && pairs[of.0 as usize].is_none() {
            let pair = Some(Pair { opening: id, of: of.0 });
            (pairs[id as usize], pairs[of.0 as usize]) = (pair, pair);
        }
    }

    /// Whether an opening lies in the rows of what it opens.
    #[must_use]
    pub fn is_ahead(&self, id: OpId) -> bool {
        let op = self.op(id);
        op.code == Code::Opening && self.args(op).first().is_some_and(|of| self.op(*of).row == op.row + 1)
    }

    /// How many rows an operation's own values take: some delays keep more than what they come to.
    fn height(&self, op: &Op) -> u32 {
        let hidden = if op.code == Code::Smear { self.numbers(op).first().map_or(0, |order| *order as u32) } else { 0 };
        hidden + if op.shape == Shape::Series { self.timeline.steps } else { 1 }
    }
}
