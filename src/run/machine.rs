//! The machine: plays the blocks of a tape in order, each operation into its own slot.
#![allow(clippy::indexing_slicing, reason = "the tape's own rows; `compile` lays them out within the values")]

use super::fold::{Arg, Window, beside};
use super::level::accumulated;
use super::lockstep::{self, Stepper};
use super::stretch::is_finite;
use super::{Given, Inputs, draw, table};
use super::through::Through;
use crate::tape::{Block, Code, Op, OpId, Reach, Shape, Tape};
use foldhash::HashMap;
use std::ops::Range;

pub(super) struct Machine<'a> {
    pub tape: &'a Tape,
    pub lanes: usize,
    /// Factors a lane, by input; empty where nothing is scaled.
    factors: Vec<&'a [f64]>,
    /// What stands in place of an operation.
    given: HashMap<OpId, &'a Given>,
    pub values: Vec<f64>,
    /// Results of one step, before they are put in their place.
    row: Vec<f64>,
}

impl<'a> Machine<'a> {
    pub fn new(tape: &'a Tape, inputs: &'a Inputs) -> Self {
        Self::over(tape, inputs, Vec::new())
    }

    /// A machine that leaves its results where those of an earlier run of the tape lie: memory that is at hand costs a
    /// tenth of fresh memory.
    pub fn over(tape: &'a Tape, inputs: &'a Inputs, mut values: Vec<f64>) -> Self {
        let mut factors: Vec<&[f64]> = vec![&[]; tape.inputs() as usize];
        for (input, given) in &inputs.scaled {
            if let Some(place) = factors.get_mut(input.0 as usize) {
                *place = given;
            }
        }
        let lanes = inputs.lanes.max(1);
        let given = inputs.given.iter().map(|(op, given)| (*op, given)).collect();
        if values.len() != tape.values(lanes) {
            values = vec![0.0; tape.values(lanes)];
        }
        Self { tape, lanes, factors, given, values, row: vec![0.0; lanes] }
    }

    pub fn play(mut self) -> Vec<f64> {
        let tape = self.tape;
        let mut at = 0;
        while let Some(block) = tape.blocks().get(at) {
            match block {
                Block::Whole(range) => {
                    range.clone().for_each(|id| self.whole(OpId(id)));
                    at += 1;
                }
                Block::Loop(range) => {
                    self.loops(range, tape.alike(at));
                    at += tape.alike(at);
                }
            }
        }
        self.values
    }

    /// Loops of one form that lie one behind the other, the first of them over `range`.
    pub fn loops(&mut self, range: &Range<u32>, count: usize) {
        if self.lanes == 1 {
            lockstep::loops(self, self.tape, range, count);
            return;
        }
        let length = range.end - range.start;
        for start in (0..count as u32).map(|loops| range.start + loops * length) {
            for step in 0..self.tape.timeline().steps {
                (start..start + length).for_each(|id| self.play_step(OpId(id), step));
            }
        }
    }

    /// One operation over its whole slot.
    pub fn whole(&mut self, id: OpId) {
        let op = self.tape.op(id);
        let steps = if op.shape == Shape::Constant { 1 } else { self.tape.timeline().steps };
        if let Some(given) = self.given_of(id) {
            (0..steps).for_each(|step| self.given(id, given, step));
            return;
        }
        match op.code.row().reach {
            Reach::Past if op.code == Code::Accumulate => self.accumulate(id),
            Reach::Past if op.code == Code::Opening => self.opening(id),
            Reach::Own if op.code == Code::Input => self.input(id, 0, steps),
            Reach::Own => self.beside(id, 0, steps),
            Reach::One | Reach::Past | Reach::All => (0..steps).for_each(|step| self.play_step(id, step)),
        }
    }

    /// One operation in one step.
    fn play_step(&mut self, id: OpId, step: u32) {
        if let Some(given) = self.given_of(id) {
            self.given(id, given, step);
            return;
        }
        let op = self.tape.op(id);
        match op.code.row().reach {
            Reach::Past | Reach::All => self.through(id, step),
            Reach::One => self.pick(id, step),
            Reach::Own if op.code == Code::Input => self.input(id, step, 1),
            Reach::Own => self.beside(id, step, 1),
        }
    }

    /// What stands in place of an operation, if anything does.
    fn given_of(&self, id: OpId) -> Option<&'a Given> {
        if self.given.is_empty() { None } else { self.given.get(&id).copied() }
    }

    /// What stands in place of an operation, in one step.
    fn given(&mut self, id: OpId, given: &Given, step: u32) {
        let tape = self.tape;
        let args = tape.args(tape.op(id));
        let (start, from) = (self.place(tape.op(id), step), step as usize * self.lanes);
        for lane in 0..self.lanes {
            self.values[start + lane] = match given {
                Given::Values(values) => values[from + lane],
                Given::Uniforms(uniforms) => {
                    let read: Vec<f64> = args.iter().map(|arg| self.value(*arg, step, lane)).collect();
                    draw::at(&self.here(id, step), &read, uniforms[from + lane])
                }
            };
        }
    }

    /// Operations that read nothing but the same step.
    fn beside(&mut self, id: OpId, first: u32, count: u32) {
        let tape = self.tape;
        let op = tape.op(id);
        let window =
            Window { op: id, code: op.code, numbers: tape.numbers(op), timeline: tape.timeline(), lanes: self.lanes, first };
        let start = self.place(op, first);
        let length = count as usize * self.lanes;
        let args = tape.args(op);
        // What a whole series reads lies before it; what a step of a loop reads may lie behind, so it goes by the row.
        if count == 1 {
            let mut row = std::mem::take(&mut self.row);
            self.with_args(&self.values, args, first, 1, |args| beside(&window, args, &mut row));
            self.values[start..start + length].copy_from_slice(&row);
            self.row = row;
        } else {
            let mut values = std::mem::take(&mut self.values);
            let (before, rest) = values.split_at_mut(start);
            self.with_args(before, args, first, count, |args| beside(&window, args, &mut rest[..length]));
            self.values = values;
        }
    }

    /// The slots an operation reads; three of them without an allocation.
    fn with_args(&self, values: &[f64], ids: &[OpId], first: u32, count: u32, work: impl FnOnce(&[Arg<'_>])) {
        match ids {
            [a] => work(&[self.arg(values, *a, first, count)]),
            [a, b] => work(&[self.arg(values, *a, first, count), self.arg(values, *b, first, count)]),
            [a, b, c] => work(&[*a, *b, *c].map(|id| self.arg(values, id, first, count))),
            many => work(&many.iter().map(|id| self.arg(values, *id, first, count)).collect::<Vec<_>>()),
        }
    }

    fn arg<'v>(&self, values: &'v [f64], id: OpId, first: u32, count: u32) -> Arg<'v> {
        let op = self.tape.op(id);
        let start = self.place(op, first);
        match op.shape {
            Shape::Constant => Arg::Row(&values[start..start + self.lanes]),
            Shape::Series => Arg::Series(&values[start..start + count as usize * self.lanes]),
        }
    }

    /// Where the values of a step begin; of a constant, its only ones.
    fn place(&self, op: &Op, step: u32) -> usize {
        let step = if op.shape == Shape::Series { step } else { 0 };
        (op.row + step) as usize * self.lanes
    }

    /// Computes a row of results lane by lane, then puts it in its place.
    fn through(&mut self, id: OpId, step: u32) {
        let mut row = std::mem::take(&mut self.row);
        for (lane, result) in row.iter_mut().enumerate() {
            *result = self.result(id, step, lane);
        }
        let start = self.place(self.tape.op(id), step);
        self.values[start..start + self.lanes].copy_from_slice(&row);
        self.row = row;
    }

    /// Of many slots only the one that the step asks for is read.
    fn pick(&mut self, id: OpId, step: u32) {
        let tape = self.tape;
        let op = tape.op(id);
        let args = tape.args(op);
        let start = self.place(op, step);
        for lane in 0..self.lanes {
            let read = |at: usize| args.get(at).map_or(f64::NAN, |arg| self.value(*arg, step, lane));
            let of_list = op.code == Code::List;
            self.values[start + lane] = if of_list { read(step as usize) } else { table::steps(&self.here(id, step), read) };
        }
    }

    fn input(&mut self, id: OpId, first: u32, count: u32) {
        let tape = self.tape;
        let op = tape.op(id);
        let [of] = tape.args(op) else { return };
        let input = tape.numbers(op).first().map_or(0, |input| *input as usize);
        let factors = self.factors.get(input).copied().unwrap_or(&[]);
        for step in first..first + count {
            let (from, to) = (self.place(tape.op(*of), step), self.place(op, step));
            for lane in 0..self.lanes {
                let read = self.values[from + lane];
                let factor = factors.get(lane).copied().unwrap_or(1.0);
                let scaled = read * factor;
                self.values[to + lane] = if read.is_nan() { read } else { self.here(id, step).finite(scaled) };
            }
        }
    }

    /// A level over the whole timeline at once.
    fn accumulate(&mut self, id: OpId) {
        let tape = self.tape;
        let op = tape.op(id);
        let [flow, from] = tape.args(op) else { return };
        let (steps, lanes) = (tape.timeline().steps, self.lanes);
        let start = self.place(op, 0);
        if lanes == 1 && tape.op(*flow).shape == Shape::Series {
            let (mut level, period) = (self.value(*from, 0, 0), tape.timeline().period);
            let flow = self.place(tape.op(*flow), 0);
            let (before, rest) = self.values.split_at_mut(start);
            let levels = &mut rest[..steps as usize];
            for (now, flow) in levels.iter_mut().zip(&before[flow..]) {
                level += flow * period;
                *now = level;
            }
            if is_finite(levels) {
                return;
            }
        }
        for lane in 0..lanes {
            let mut level = self.value(*from, 0, lane);
            for step in 0..steps {
                let flow = self.value(*flow, step, lane);
                level = accumulated(&self.here(id, step), level, flow);
                self.values[start + step as usize * lanes + lane] = level;
            }
        }
    }

    /// A whole series a step later.
    fn opening(&mut self, id: OpId) {
        let tape = self.tape;
        let op = tape.op(id);
        let [of, from] = tape.args(op) else { return };
        let (from, to) = (self.place(tape.op(*from), 0), self.place(op, 0));
        self.values.copy_within(from..from + self.lanes, to);
        let rest = (tape.timeline().steps as usize - 1) * self.lanes;
        let of = tape.op(*of);
        if of.shape == Shape::Series {
            let start = self.place(of, 0);
            self.values.copy_within(start..start + rest, to + self.lanes);
        } else {
            for step in 1..tape.timeline().steps as usize {
                let start = self.place(of, 0);
                self.values.copy_within(start..start + self.lanes, to + step * self.lanes);
            }
        }
    }
}

impl Stepper for Machine<'_> {
    fn step(&mut self, id: OpId, step: u32) {
        self.play_step(id, step);
    }

    fn values(&mut self) -> &mut [f64] {
        &mut self.values
    }
}

impl<'a> Through<'a> for Machine<'a> {
    fn tape(&self) -> &'a Tape {
        self.tape
    }

    fn value(&self, id: OpId, step: u32, lane: usize) -> f64 {
        self.values[self.place(self.tape.op(id), step) + lane]
    }

    fn hidden(&mut self, id: OpId, row: u32, lane: usize) -> &mut f64 {
        let first = self.tape.op(id).row + self.tape.timeline().steps + row;
        &mut self.values[first as usize * self.lanes + lane]
    }
}
