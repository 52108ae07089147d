//! The index of a tape: what reads an operation, what a run's input stands in, and which loops are alike.
#![allow(clippy::indexing_slicing, reason = "every id and run is the tape's own")]

use super::{Block, Code, InputId, OpId, Tape};
use std::ops::Range;

/// What is found out of the operations once they are all there.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Index {
    /// The operations that read each, end to end, and where those of each begin.
    readers: Vec<OpId>,
    starts: Vec<u32>,
    /// The operations that an input scales, by input.
    scaled: Vec<(InputId, OpId)>,
    /// Of each block, how many loops of one form begin with it.
    alike: Vec<u32>,
}

impl Tape {
    /// Lays out the rows and makes the index: nothing comes behind.
    pub(crate) fn finish(&mut self) {
        self.lay_out();
        let count = self.ops.len();
        let mut starts = vec![0_u32; count + 1];
        self.args.iter().for_each(|arg| starts[arg.0 as usize + 1] += 1);
        for at in 0..count {
            starts[at + 1] += starts[at];
        }
        let mut next = starts.clone();
        let mut readers = vec![OpId(0); self.args.len()];
        for (at, op) in self.ops.iter().enumerate() {
            for arg in self.args(op) {
                let place = &mut next[arg.0 as usize];
                readers[*place as usize] = OpId(at as u32);
                *place += 1;
            }
        }
        let ids = (0..count as u32).map(OpId);
        let mut scaled: Vec<(InputId, OpId)> = ids.filter_map(|id| Some((self.input_of(id)?, id))).collect();
        scaled.sort_unstable();
        let alike = self.loops_alike();
        self.index = Index { readers, starts, scaled, alike };
    }

    fn input_of(&self, id: OpId) -> Option<InputId> {
        let op = self.op(id);
        let number = self.numbers(op).first()?;
        (op.code == Code::Input).then_some(InputId(*number as u32))
    }

    /// The operations that read one.
    #[must_use]
    pub fn readers(&self, id: OpId) -> &[OpId] {
        let Index { readers, starts, .. } = &self.index;
        &readers[starts[id.0 as usize] as usize..starts[id.0 as usize + 1] as usize]
    }

    /// The operations that an input scales.
    pub fn scaled(&self, input: InputId) -> impl Iterator<Item = OpId> {
        let scaled = &self.index.scaled;
        let first = scaled.partition_point(|(known, _)| *known < input);
        scaled[first..].iter().take_while(move |(known, _)| *known == input).map(|(_, op)| *op)
    }

    /// How many loops begin with a block that have one form and don't read each other, so that they can be stepped
    /// side by side.
    #[must_use]
    pub fn alike(&self, block: usize) -> usize {
        self.index.alike.get(block).map_or(1, |count| *count as usize)
    }

    fn loops_alike(&self) -> Vec<u32> {
        let mut alike = vec![1; self.blocks.len()];
        let mut first = 0;
        while first < self.blocks.len() {
            let mut end = first + 1;
            if let Block::Loop(form) = &self.blocks[first] {
                while let Some(Block::Loop(range)) = self.blocks.get(end)
                    && self.is_alike(form, range)
                {
                    end += 1;
                }
            }
            (first..end).for_each(|at| alike[at] = (end - at) as u32);
            first = end;
        }
        alike
    }

    /// Whether a loop does the same as an earlier one, and reads nothing that is computed since that began.
    fn is_alike(&self, form: &Range<u32>, range: &Range<u32>) -> bool {
        form.len() == range.len()
            && form.clone().zip(range.clone()).all(|(one, other)| {
                let (one, other) = (self.op(OpId(one)), self.op(OpId(other)));
                let numbers = self.numbers(one).iter().zip(self.numbers(other));
                let (reads, others) = (self.args(one), self.args(other));
                let same_place = |(read, other): (&OpId, &OpId)| match form.contains(&read.0) {
                    true => other.0.checked_sub(range.start) == Some(read.0 - form.start),
                    false => other.0 < form.start && self.op(*read).shape == self.op(*other).shape,
                };
                one.code == other.code
                    && one.numbers.end - one.numbers.start == other.numbers.end - other.numbers.start
                    && numbers.into_iter().all(|(one, other)| one.to_bits() == other.to_bits())
                    && reads.len() == others.len()
                    && reads.iter().zip(others).all(same_place)
            })
    }
}
