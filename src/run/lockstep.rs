//! Lockstep: loops of one form side by side, step by step.
//!
//! What loops through time has to wait for itself, so a vector holds no months of it; it holds the same operation of
//! several loops. Each operation is decoded once for all loops of the form, into rows that stay in the first cache.
#![allow(clippy::inline_always, reason = "what is inlined is compiled for the widest vectors")]
#![allow(clippy::indexing_slicing, reason = "rows and starts are counted from the loop's own operations")]

use super::fold::{answer, choice, is_inverse, least, most};
use super::machine::Machine;
use super::stretch::Odd;
use crate::numeric::simd::{Kernel, dispatch};
use crate::tape::{Code, OpId, Relation, Shape, Tape};
use std::ops::Range;

/// How many loops go side by side: enough that the compiler leaves a loop over them one, and takes it for vectors.
const SIDE: usize = 32;

/// How many steps are held back, so that they go to each loop's slots as one piece.
const DEPTH: usize = 8;

/// A value for each of the loops at hand.
type Row = [f64; SIDE];

/// A loop, decoded for all that are alike.
#[derive(Default)]
struct Decoded {
    parts: Vec<Part>,
    /// What is read from outside: which operation of the loop reads it, and at which place.
    outside: Vec<(u32, usize)>,
}

/// Operations in the order of a step.
struct Part {
    ops: Range<u32>,
    way: Way,
}

enum Way {
    /// All of them fast; with care once more where something is no number.
    Fast(Vec<Instruction>),
    /// The one operation, loop by loop.
    Each,
}

/// What is done to rows, and to which; those of the loop's operations come first, then those from outside.
struct Instruction {
    work: Work,
    out: u32,
    reads: [u32; 3],
}

#[derive(Clone, Copy)]
enum Work {
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

/// Plays loops that are alike and lie one behind the other on the tape, the first of them over `range`.
pub(super) fn loops(machine: &mut Machine<'_>, range: &Range<u32>, count: usize) {
    let length = range.end - range.start;
    let decoded = decode(machine.tape, range);
    let rows = length as usize + decoded.outside.len();
    let mut side = Side {
        machine,
        decoded: &decoded,
        length,
        first: range.start,
        count: 0,
        starts: vec![[0; SIDE]; rows],
        series: vec![Series::None; decoded.outside.len()],
        rows: std::array::from_fn(|_| vec![Box::new([0.0; SIDE]); rows]),
        result: Box::new([0.0; SIDE]),
    };
    for done in (0..count).step_by(SIDE) {
        side.first = range.start + done as u32 * length;
        side.count = SIDE.min(count - done);
        side.settle();
        dispatch(Steps(&mut side));
    }
}

fn decode(tape: &Tape, range: &Range<u32>) -> Decoded {
    let length = range.end - range.start;
    let mut decoded = Decoded::default();
    for at in 0..length {
        let op = tape.op(OpId(range.start + at));
        let outside = decoded.outside.len();
        let mut reads = Vec::with_capacity(3);
        for (place, arg) in tape.args(op).iter().enumerate() {
            reads.push(if range.contains(&arg.0) {
                arg.0 - range.start
            } else {
                decoded.outside.push((at, place));
                length + decoded.outside.len() as u32 - 1
            });
        }
        let mut instructions = Vec::new();
        if instruct(&mut instructions, op.code, tape.numbers(op), at, &reads) {
            decoded.fast(at, instructions);
        } else {
            decoded.outside.truncate(outside);
            decoded.parts.push(Part { ops: at..at + 1, way: Way::Each });
        }
    }
    decoded
}

impl Decoded {
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
    let mut add = |work, reads| to.push(Instruction { work, out, reads });
    let chain = |at: usize| {
        let inverse = is_inverse(numbers, at);
        if code == Code::Sum {
            if inverse { Work::Minus } else { Work::Plus }
        } else if code == Code::Product {
            if inverse { Work::Over } else { Work::Times }
        } else if code == Code::Min {
            Work::Least
        } else {
            Work::Most
        }
    };
    match (code, reads) {
        (Code::Sum | Code::Product | Code::Min | Code::Max, [only]) => add(Work::Copy, [*only, 0, 0]),
        // Its own row holds what is there so far, so it may not read itself.
        (Code::Sum | Code::Product | Code::Min | Code::Max, [a, b, rest @ ..]) if !rest.contains(&out) => {
            add(chain(1), [*a, *b, 0]);
            rest.iter().enumerate().for_each(|(at, arg)| add(chain(at + 2), [out, *arg, 0]));
        }
        (Code::Scale, [x]) => add(Work::Scale(numbers.first().copied().unwrap_or(1.0)), [*x, 0, 0]),
        (Code::Negate, [x]) => add(Work::Negate, [*x, 0, 0]),
        (Code::Compare, [a, b]) => {
            add(Work::Compare(Relation::from_number(numbers.first().copied().unwrap_or(0.0))), [*a, *b, 0]);
        }
        (Code::If, [condition, yes, no]) => add(Work::If, [*condition, *yes, *no]),
        (Code::Opening, [of, from]) => add(Work::Opening, [*of, *from, 0]),
        (Code::Accumulate, [flow, from]) => add(Work::Accumulate, [*flow, *from, 0]),
        _ => return false,
    }
    true
}

/// How a row from outside changes from step to step.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Series {
    /// Not at all.
    None,
    /// For each loop in its own way.
    Each,
    /// For all loops alike: they read the same slot.
    Shared,
}

/// Loops that are played side by side.
#[allow(clippy::vec_box, reason = "a result changes places with a row: two pointers, not two rows")]
struct Side<'m, 't> {
    machine: &'m mut Machine<'t>,
    decoded: &'m Decoded,
    /// How many operations a loop has.
    length: u32,
    /// The first operation of the first loop.
    first: u32,
    count: usize,
    /// Of each row and loop, where its values begin.
    starts: Vec<[usize; SIDE]>,
    /// Of each row from outside, whether it changes from step to step.
    series: Vec<Series>,
    /// The values of the last steps, each at the place of its step.
    rows: [Vec<Box<Row>>; DEPTH],
    /// A result is computed apart, then changes places with the row it belongs in.
    result: Box<Row>,
}

impl Side<'_, '_> {
    /// Finds where the rows of the loops at hand lie, and reads what stays the same. Where there are fewer loops than
    /// fit, the last fills the rest of a row.
    fn settle(&mut self) {
        let tape = self.machine.tape;
        let length = self.length as usize;
        for lane in 0..SIDE {
            let first = self.first + lane.min(self.count - 1) as u32 * self.length;
            for at in 0..length {
                self.starts[at][lane] = tape.op(OpId(first + at as u32)).row as usize;
            }
            for (row, (at, place)) in self.decoded.outside.iter().enumerate() {
                let arg = tape.op(tape.args(tape.op(OpId(first + at)))[*place]);
                self.starts[length + row][lane] = arg.row as usize;
                self.series[row] = if arg.shape == Shape::Series { Series::Each } else { Series::None };
            }
        }
        for row in length..self.starts.len() {
            let starts = &self.starts[row];
            if self.series[row - length] == Series::Each && starts.iter().all(|start| *start == starts[0]) {
                self.series[row - length] = Series::Shared;
            }
            let read = starts.map(|start| self.machine.values[start]);
            self.rows.iter_mut().for_each(|rows| *rows[row] = read);
        }
    }

    #[inline(always)]
    fn read(&mut self, row: usize, step: usize) {
        let (values, starts) = (&self.machine.values, &self.starts[row]);
        for (now, start) in self.rows[step % DEPTH][row].iter_mut().zip(starts) {
            *now = values[start + step];
        }
    }

    #[inline(always)]
    fn read_shared(&mut self, row: usize, step: usize) {
        let value = self.machine.values[self.starts[row][0] + step];
        *self.rows[step % DEPTH][row] = [value; SIDE];
    }

    /// Writes the results of some operations in some steps, no more than are held back.
    #[inline(always)]
    fn write(&mut self, ops: &Range<u32>, steps: Range<usize>) {
        for op in ops.start as usize..ops.end as usize {
            let held: [&Row; DEPTH] = std::array::from_fn(|at| &*self.rows[(steps.start + at) % DEPTH][op]);
            let starts = &self.starts[op];
            for lane in 0..self.count {
                let slot = &mut self.machine.values[starts[lane] + steps.start..starts[lane] + steps.end];
                match <&mut [f64; DEPTH]>::try_from(slot) {
                    Ok(slot) => *slot = held.map(|row| row[lane]),
                    Err(_) => self.machine.values[starts[lane] + steps.start..starts[lane] + steps.end]
                        .iter_mut()
                        .zip(held)
                        .for_each(|(value, row)| *value = row[lane]),
                }
            }
        }
    }

    /// Some operations of the loop, one loop behind the other, as the machine does them.
    #[inline(never)]
    fn with_care(&mut self, ops: &Range<u32>, step: u32) {
        for lane in 0..self.count as u32 {
            ops.clone().for_each(|at| self.machine.step(OpId(self.first + lane * self.length + at), step));
        }
        ops.clone().for_each(|at| self.read(at as usize, step as usize));
    }

    /// One instruction over a row; whether all of its results are finite numbers.
    #[inline(always)]
    fn instruction(&mut self, instruction: &Instruction, step: u32, period: f64) -> bool {
        let [a, b, c] = instruction.reads.map(|row| row as usize);
        let out = instruction.out as usize;
        let (now, before) = (&self.rows[step as usize % DEPTH], &self.rows[(step as usize + DEPTH - 1) % DEPTH]);
        let to = &mut *self.result;
        let (x, y, z) = (&now[a], &now[b], &now[c]);
        let fine = match instruction.work {
            Work::Copy => each(to, x, |x| x),
            Work::Scale(scale) => each(to, x, move |x| x * scale),
            Work::Negate => each(to, x, |x| -x),
            Work::Plus => pairs(to, x, y, |x, y| x + y),
            Work::Minus => pairs(to, x, y, |x, y| x - y),
            Work::Times => pairs(to, x, y, |x, y| x * y),
            Work::Over => pairs(to, x, y, |x, y| x / y),
            Work::Least => pairs(to, x, y, least),
            Work::Most => pairs(to, x, y, most),
            Work::Compare(Relation::Less) => pairs(to, x, y, |x, y| answer(x, y, x < y)),
            Work::Compare(Relation::AtMost) => pairs(to, x, y, |x, y| answer(x, y, x <= y)),
            Work::Compare(Relation::More) => pairs(to, x, y, |x, y| answer(x, y, x > y)),
            Work::Compare(Relation::AtLeast) => pairs(to, x, y, |x, y| answer(x, y, x >= y)),
            Work::Compare(Relation::Equal) => pairs(to, x, y, |x, y| answer(x, y, x == y)),
            Work::Compare(Relation::Unequal) => pairs(to, x, y, |x, y| answer(x, y, x != y)),
            Work::If => triples(to, [x, y, z], choice),
            Work::Opening => each(to, if step == 0 { y } else { &before[a] }, |x| x),
            Work::Accumulate => {
                let level = if step == 0 { y } else { &before[out] };
                pairs(to, level, x, move |level, flow| level + flow * period)
            }
        };
        std::mem::swap(&mut self.rows[step as usize % DEPTH][out], &mut self.result);
        fine
    }
}

#[inline(always)]
fn each(out: &mut Row, x: &Row, f: impl Fn(f64) -> f64) -> bool {
    triples(
        out,
        [x, x, x],
        #[inline(always)]
        move |x, _, _| f(x),
    )
}

#[inline(always)]
fn pairs(out: &mut Row, x: &Row, y: &Row, f: impl Fn(f64, f64) -> f64) -> bool {
    triples(
        out,
        [x, y, y],
        #[inline(always)]
        move |x, y, _| f(x, y),
    )
}

#[inline(always)]
fn triples(out: &mut Row, [x, y, z]: [&Row; 3], f: impl Fn(f64, f64, f64) -> f64) -> bool {
    let mut odd = Odd::default();
    for lane in 0..SIDE {
        let result = f(x[lane], y[lane], z[lane]);
        odd.see(result);
        out[lane] = result;
    }
    odd.is_none()
}

/// Every step of the loops at hand.
struct Steps<'s, 'm, 't>(&'s mut Side<'m, 't>);

impl Kernel for Steps<'_, '_, '_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Steps(side) = self;
        let timeline = side.machine.tape.timeline();
        let (length, decoded) = (side.length as usize, side.decoded);
        // What is done loop by loop reads what came before in the slots; without it the slots may wait.
        let waits = decoded.parts.len() == 1;
        let mut written = 0;
        for (now, step) in (0..timeline.steps).map(|step| (step as usize, step)) {
            for row in 0..side.series.len() {
                match side.series[row] {
                    Series::None => {}
                    Series::Each => side.read(length + row, now),
                    Series::Shared => side.read_shared(length + row, now),
                }
            }
            for part in &decoded.parts {
                let mut fine = matches!(part.way, Way::Fast(_));
                if let Way::Fast(instructions) = &part.way {
                    // A loop and not a closure: what is not inlined is compiled for the least of machines.
                    for instruction in instructions {
                        fine &= side.instruction(instruction, step, timeline.period);
                    }
                }
                match (waits, fine) {
                    (true, true) if now + 1 - written < DEPTH && step + 1 < timeline.steps => {}
                    (true, true) => {
                        side.write(&part.ops, written..now + 1);
                        written = now + 1;
                    }
                    (true, false) => {
                        side.write(&part.ops, written..now);
                        side.with_care(&part.ops, step);
                        written = now + 1;
                    }
                    (false, true) => side.write(&part.ops, now..now + 1),
                    (false, false) => side.with_care(&part.ops, step),
                }
            }
        }
    }
}
