//! Forms: a loop decoded once, for all loops that do the same to values of their own.

use super::fold::is_inverse;
use crate::tape::{Code, OpId, Relation, Tape};
use std::ops::Range;

/// A loop, decoded for all that are alike.
#[derive(Default)]
pub(super) struct Form {
    pub parts: Vec<Part>,
    /// What is read from outside: which operation of the loop reads it, and at which place.
    pub outside: Vec<(u32, usize)>,
    /// Of each operation, whether another writes its values from the second step on.
    pub ahead: Vec<bool>,
}

/// Operations in the order of a step.
pub(super) struct Part {
    pub ops: Range<u32>,
    pub way: Way,
}

pub(super) enum Way {
    /// All of them fast; with care once more where something is no number.
    Fast(Vec<Instruction>),
    /// The one operation, loop by loop.
    Each,
}

/// What is done to rows, and to which; those of the loop's operations come first, then those from outside.
pub(super) struct Instruction {
    pub opcode: Opcode,
    pub out: u32,
    pub reads: [u32; 3],
}

#[derive(Clone, Copy)]
pub(super) enum Opcode {
    Copy,
    Scale(f64),
    Negate,
    Plus,
    Minus,
    Times,
    Over,
    Least,
    Most,
    Compare(Relation),
    If,
    /// The first row as it stood in the step before; in the first step the second.
    Opening,
    /// The result of the step before and the first row over a period; in the first step it opens with the second.
    Accumulate,
}

/// Decodes the loop over a range of operations.
pub(super) fn decode(tape: &Tape, range: &Range<u32>) -> Form {
    let length = range.end - range.start;
    let mut form = Form { ahead: range.clone().map(|id| tape.is_ahead(OpId(id))).collect(), ..Form::default() };
    for at in 0..length {
        let op = tape.op(OpId(range.start + at));
        let outside = form.outside.len();
        let mut reads = Vec::with_capacity(3);
        for (place, arg) in tape.args(op).iter().enumerate() {
            reads.push(if range.contains(&arg.0) {
                arg.0 - range.start
            } else {
                form.outside.push((at, place));
                length + form.outside.len() as u32 - 1
            });
        }
        let mut instructions = Vec::new();
        if instruct(&mut instructions, op.code, tape.numbers(op), at, &reads) {
            form.fast(at, instructions);
        } else {
            form.outside.truncate(outside);
            form.parts.push(Part { ops: at..at + 1, way: Way::Each });
        }
    }
    form
}

impl Form {
    /// Adds an operation that has a fast way.
    fn fast(&mut self, at: u32, instructions: Vec<Instruction>) {
        if let Some(Part { ops, way: Way::Fast(known) }) = self.parts.last_mut() {
            ops.end = at + 1;
            known.extend(instructions);
        } else {
            self.parts.push(Part { ops: at..at + 1, way: Way::Fast(instructions) });
        }
    }
}

/// The instructions of an operation; false where it has no fast way.
fn instruct(to: &mut Vec<Instruction>, code: Code, numbers: &[f64], out: u32, reads: &[u32]) -> bool {
    let mut add = |opcode, reads| to.push(Instruction { opcode, out, reads });
    let chain = |at: usize| {
        let inverse = is_inverse(numbers, at);
        if code == Code::Sum {
            if inverse { Opcode::Minus } else { Opcode::Plus }
        } else if code == Code::Product {
            if inverse { Opcode::Over } else { Opcode::Times }
        } else if code == Code::Min {
            Opcode::Least
        } else {
            Opcode::Most
        }
    };
    match (code, reads) {
        (Code::Sum | Code::Product | Code::Min | Code::Max, [only]) => add(Opcode::Copy, [*only, 0, 0]),
        // Its own row holds what is there so far, so it may not read itself.
        (Code::Sum | Code::Product | Code::Min | Code::Max, [a, b, rest @ ..]) if !rest.contains(&out) => {
            add(chain(1), [*a, *b, 0]);
            rest.iter().enumerate().for_each(|(at, arg)| add(chain(at + 2), [out, *arg, 0]));
        }
        (Code::Scale, [x]) => add(Opcode::Scale(numbers.first().copied().unwrap_or(1.0)), [*x, 0, 0]),
        (Code::Negate, [x]) => add(Opcode::Negate, [*x, 0, 0]),
        (Code::Compare, [a, b]) => {
            add(Opcode::Compare(Relation::from_number(numbers.first().copied().unwrap_or(0.0))), [*a, *b, 0]);
        }
        (Code::If, [condition, yes, no]) => add(Opcode::If, [*condition, *yes, *no]),
        (Code::Opening, [of, from]) => add(Opcode::Opening, [*of, *from, 0]),
        (Code::Accumulate, [flow, from]) => add(Opcode::Accumulate, [*flow, *from, 0]),
        _ => return false,
    }
    true
}

