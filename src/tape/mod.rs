//! Tape: a model as a flat list of operations over slots. Data only; `compile` builds it, `run` plays it.

mod dump;
mod index;
mod layout;
mod op;

pub use op::{Arity, Blank, Code, Reach, Relation, Row, Rule, Which};

use index::Index;
use std::ops::Range;

/// An operation of the tape.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OpId(pub u32);

/// Where an operation leaves its values. The operation of a number writes the slot of that number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SlotId(pub u32);

/// An input that a run may scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InputId(pub u32);

/// Whether a slot holds one value or one a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shape {
    /// One value for the whole timeline.
    Constant,
    /// One value a step.
    Series,
}

/// An operation: what it does, to which slots, with which numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Op {
    /// What it does.
    pub code: Code,
    /// The shape of its slot.
    pub shape: Shape,
    /// The first row of its slot; a row holds one value a lane.
    pub row: u32,
    args: Run,
    numbers: Run,
}

/// A stretch of one of the tape's lists.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Run {
    start: u32,
    end: u32,
}

/// Operations that are run together, in the order of the tape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// One after the other, each over the whole timeline.
    Whole(Range<u32>),
    /// Step by step, all of them in each: they need each other through time.
    Loop(Range<u32>),
}

impl Block {
    /// Its operations.
    #[must_use]
    pub const fn ops(&self) -> &Range<u32> {
        match self {
            Self::Whole(range) | Self::Loop(range) => range,
        }
    }
}

/// The steps of the timeline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Timeline {
    /// How many steps.
    pub steps: u32,
    /// The date's number of the first step's start.
    pub first: f64,
    /// The length of a step, in the grid's unit of time.
    pub period: f64,
}

/// Operations over slots.
///
/// Values lie by slot, then step, then lane: with one lane a series is contiguous over its steps, with many lanes the
/// values of a step are, so that both kinds of run go through memory straight.
#[derive(Clone, Debug, PartialEq)]
pub struct Tape {
    timeline: Timeline,
    ops: Vec<Op>,
    args: Vec<OpId>,
    numbers: Vec<f64>,
    blocks: Vec<Block>,
    rows: u32,
    inputs: u32,
    index: Index,
}

impl Timeline {
    /// The date's number of a step's start; of the timeline's end for the step behind the last.
    #[must_use]
    pub fn start(&self, step: u32) -> f64 {
        self.first + f64::from(step) * self.period
    }
}

impl Tape {
    /// An empty tape.
    pub(crate) fn new(timeline: Timeline, inputs: u32) -> Self {
        let (ops, args, numbers, blocks) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { timeline, ops, args, numbers, blocks, rows: 0, inputs, index: Index::default() }
    }

    /// Adds an operation behind the last; it belongs to no block yet.
    pub(crate) fn push(&mut self, code: Code, shape: Shape, args: &[OpId], numbers: &[f64]) {
        let args_run = Run { start: self.args.len() as u32, end: (self.args.len() + args.len()) as u32 };
        let numbers_run = Run { start: self.numbers.len() as u32, end: (self.numbers.len() + numbers.len()) as u32 };
        self.args.extend_from_slice(args);
        self.numbers.extend_from_slice(numbers);
        self.ops.push(Op { code, shape, row: 0, args: args_run, numbers: numbers_run });
    }

    /// Makes the operations behind the last block one more block.
    pub(crate) fn close(&mut self, block: fn(Range<u32>) -> Block) {
        let start = self.blocks.last().map_or(0, |last| last.ops().end);
        let end = self.ops.len() as u32;
        if end > start {
            self.blocks.push(block(start..end));
        }
    }

    /// The timeline it runs on.
    #[must_use]
    pub const fn timeline(&self) -> &Timeline {
        &self.timeline
    }

    /// Every operation, in order.
    #[must_use]
    pub fn ops(&self) -> &[Op] {
        &self.ops
    }

    /// The blocks, in order.
    #[must_use]
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// How many inputs there are.
    #[must_use]
    pub const fn inputs(&self) -> u32 {
        self.inputs
    }

    /// How many values a run with so many lanes holds.
    #[must_use]
    pub const fn values(&self, lanes: usize) -> usize {
        self.rows as usize * lanes
    }

    /// The operation behind an id.
    #[must_use]
    #[allow(clippy::indexing_slicing, reason = "ids come from this tape")]
    pub fn op(&self, id: OpId) -> &Op {
        &self.ops[id.0 as usize]
    }

    /// The slots an operation reads.
    #[must_use]
    #[allow(clippy::indexing_slicing, reason = "runs come from this tape")]
    pub fn args(&self, op: &Op) -> &[OpId] {
        &self.args[op.args.start as usize..op.args.end as usize]
    }

    /// The numbers of an operation.
    #[must_use]
    #[allow(clippy::indexing_slicing, reason = "runs come from this tape")]
    pub fn numbers(&self, op: &Op) -> &[f64] {
        &self.numbers[op.numbers.start as usize..op.numbers.end as usize]
    }
}
