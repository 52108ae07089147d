//! Loops side by side: a row of values for each operation of a form, and what a step does to them.
#![allow(clippy::inline_always, reason = "what is inlined is compiled for the widest vectors")]
#![allow(clippy::indexing_slicing, reason = "rows and starts are counted from the loop's own operations")]

use super::form::{Form, Instruction, Opcode};
use super::work::{self, Choice, Copied, Flowing, Least, Minus, Most, Negated, Odd, Over, Plus, Scaled, Times, Work};
use crate::numeric::simd::{Interleaved, Simd};
use crate::tape::{OpId, Relation, Shape, Tape};
use std::ops::Range;

/// How many loops go side by side: enough that an instruction is decoded once for several vectors.
pub(super) const SIDE: usize = 32;

/// How many steps are held back, so that they go to each loop's slots as one piece. As many are read ahead at most, less one
/// that an opening looks back at.
pub(super) const DEPTH: usize = 8;

/// How many steps change places with lanes at once.
const PIECE: usize = 4;

/// A value for each of the loops at hand.
type Abreast = [f64; SIDE];

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
pub(super) struct Side {
    /// How many operations a loop has.
    length: usize,
    /// How many loops there are; where fewer than fit, the last fills the rest of a row.
    count: usize,
    /// Of each row and loop, where its values begin.
    starts: Vec<[usize; SIDE]>,
    /// Of each row from outside, whether it changes from step to step.
    series: Vec<Series>,
    /// Of each operation, whether another writes its values from the second step on.
    ahead: Vec<bool>,
    /// The values of the last steps: all rows of a step, then those of the next.
    rows: Vec<Abreast>,
}

impl Side {
    /// Rows for loops of so many operations.
    pub fn new(form: &Form, length: usize) -> Self {
        let rows = length + form.outside.len();
        Self {
            length,
            count: 0,
            starts: vec![[0; SIDE]; rows],
            series: vec![Series::None; form.outside.len()],
            ahead: form.ahead.clone(),
            rows: vec![[0.0; SIDE]; rows * DEPTH],
        }
    }

    /// Finds where the rows of so many loops lie, the first of which begins with an operation, and reads what stays the same.
    pub fn settle(&mut self, tape: &Tape, values: &[f64], form: &Form, first: u32, count: usize) {
        self.count = count;
        let length = self.length;
        for lane in 0..SIDE {
            let first = first + (lane.min(count - 1) * length) as u32;
            for at in 0..length {
                self.starts[at][lane] = tape.op(OpId(first + at as u32)).row as usize;
            }
            for (row, (at, place)) in form.outside.iter().enumerate() {
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
            let read = starts.map(|start| values[start]);
            (0..DEPTH).for_each(|step| *self.row_mut(row, step) = read);
        }
    }

    /// A row in a step that is held back, or begins.
    #[inline(always)]
    fn row(&self, row: usize, step: usize) -> &Abreast {
        &self.rows[step % DEPTH * self.starts.len() + row]
    }

    #[inline(always)]
    fn row_mut(&mut self, row: usize, step: usize) -> &mut Abreast {
        &mut self.rows[step % DEPTH * self.starts.len() + row]
    }

    /// Reads what comes from outside and changes from step to step, of `steps` in all.
    #[inline(always)]
    pub fn read_outside<S: Simd>(&mut self, simd: S, values: &[f64], step: usize, steps: usize) {
        for row in self.length..self.starts.len() {
            match self.series[row - self.length] {
                Series::None => {}
                Series::Shared => *self.row_mut(row, step) = [values[self.starts[row][0] + step]; SIDE],
                Series::Each if step / PIECE < steps / PIECE => {
                    if step.is_multiple_of(PIECE) {
                        self.read_piece(simd, values, row, step);
                    }
                }
                Series::Each => self.read(values, row, step),
            }
        }
    }

    /// Reads some steps at once.
    #[inline(always)]
    fn read_piece<S: Simd>(&mut self, simd: S, values: &[f64], row: usize, first: usize) {
        for vector in 0..SIDE / S::F64_LANES {
            let mut piece = Interleaved::<S, PIECE>::zero(simd);
            for lane in 0..S::F64_LANES {
                let start = self.starts[row][vector * S::F64_LANES + lane] + first;
                piece.lane_mut(lane).copy_from_slice(&values[start..start + PIECE]);
            }
            for (at, values) in piece.rows(simd).into_iter().enumerate() {
                S::as_mut_simd_f64s(&mut self.row_mut(row, first + at)[..]).0[vector] = values;
            }
        }
    }

    #[inline(always)]
    fn read(&mut self, values: &[f64], row: usize, step: usize) {
        *self.row_mut(row, step) = self.starts[row].map(|start| values[start + step]);
    }

    /// Reads what some operations came to in a step.
    pub fn read_again(&mut self, values: &[f64], ops: &Range<u32>, step: usize) {
        ops.clone().for_each(|op| self.read(values, op as usize, step));
    }

    /// Writes the results of some operations in some steps, no more than are held back.
    #[inline(always)]
    pub fn write<S: Simd>(&self, simd: S, values: &mut [f64], ops: &Range<u32>, steps: Range<usize>) {
        for op in ops.start as usize..ops.end as usize {
            if self.ahead[op] {
                if steps.start == 0 {
                    self.starts[op].iter().zip(self.row(op, 0)).for_each(|(start, value)| values[*start] = *value);
                }
                continue;
            }
            let held: [&Abreast; DEPTH] = std::array::from_fn(|at| self.row(op, steps.start + at));
            if steps.len() == DEPTH {
                self.write_pieces(simd, values, op, steps.start, &held);
            } else {
                for (lane, start) in self.starts[op].iter().enumerate().take(self.count) {
                    let slot = &mut values[start + steps.start..start + steps.end];
                    slot.iter_mut().zip(held).for_each(|(value, row)| *value = row[lane]);
                }
            }
        }
    }

    /// Writes as many steps as are held back.
    #[inline(always)]
    fn write_pieces<S: Simd>(&self, simd: S, values: &mut [f64], op: usize, first: usize, held: &[&Abreast; DEPTH]) {
        for vector in 0..self.count.div_ceil(S::F64_LANES) {
            let piece = |from: usize| {
                let rows = std::array::from_fn(|at| S::as_simd_f64s(&held[from + at][..]).0[vector]);
                Interleaved::<S, PIECE>::of(simd, rows)
            };
            let pieces: [_; DEPTH / PIECE] = [piece(0), piece(PIECE)];
            for lane in 0..S::F64_LANES {
                let start = self.starts[op][vector * S::F64_LANES + lane] + first;
                let slot = values[start..start + DEPTH].as_chunks_mut().0;
                for (slot, piece) in slot.iter_mut().zip(&pieces) {
                    *slot = *piece.lane(lane);
                }
            }
        }
    }

    /// One instruction over a row.
    #[inline(always)]
    pub fn instruction<S: Simd>(&mut self, odd: &mut Odd<S>, instruction: &Instruction, step: usize, period: f64) {
        let [a, b, c] = instruction.reads.map(|row| row as usize);
        let out = instruction.out as usize;
        let (x, y, z) = (self.row(a, step), self.row(b, step), self.row(c, step));
        // The row before the first step is none, and is not read.
        let before = |row| self.row(row, step + DEPTH - 1);
        // Computed apart, since an instruction may read its own row.
        let mut result = [0.0; SIDE];
        let to = &mut result;
        match instruction.opcode {
            Opcode::Copy => apply(odd, to, [x, y, z], Copied),
            Opcode::Scale(scale) => apply(odd, to, [x, y, z], Scaled(scale)),
            Opcode::Negate => apply(odd, to, [x, y, z], Negated),
            Opcode::Plus => apply(odd, to, [x, y, z], Plus),
            Opcode::Minus => apply(odd, to, [x, y, z], Minus),
            Opcode::Times => apply(odd, to, [x, y, z], Times),
            Opcode::Over => apply(odd, to, [x, y, z], Over),
            Opcode::Least => apply(odd, to, [x, y, z], Least),
            Opcode::Most => apply(odd, to, [x, y, z], Most),
            Opcode::Compare(Relation::Less) => apply(odd, to, [x, y, z], work::Less),
            Opcode::Compare(Relation::AtMost) => apply(odd, to, [x, y, z], work::AtMost),
            Opcode::Compare(Relation::More) => apply(odd, to, [x, y, z], work::More),
            Opcode::Compare(Relation::AtLeast) => apply(odd, to, [x, y, z], work::AtLeast),
            Opcode::Compare(Relation::Equal) => apply(odd, to, [x, y, z], work::Equal),
            Opcode::Compare(Relation::Unequal) => apply(odd, to, [x, y, z], work::Unequal),
            Opcode::If => apply(odd, to, [x, y, z], Choice),
            Opcode::Opening => apply(odd, to, [if step == 0 { y } else { before(a) }, y, z], Copied),
            Opcode::Accumulate => apply(odd, to, [if step == 0 { y } else { before(out) }, x, z], Flowing(period)),
        }
        *self.row_mut(out, step) = result;
    }
}

#[inline(always)]
fn apply<S: Simd>(odd: &mut Odd<S>, to: &mut Abreast, reads: [&Abreast; 3], work: impl Work) {
    let simd = odd.simd;
    let [x, y, z] = reads.map(|row| S::as_simd_f64s(&row[..]).0);
    let to = S::as_mut_simd_f64s(&mut to[..]).0;
    for at in 0..SIDE / S::F64_LANES {
        to[at] = work.of(simd, x[at], y[at], z[at]);
        odd.see(to[at]);
    }
}
