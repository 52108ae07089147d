//! Chunks: a row of samples played through a program, step by step, in rows that stay in the cache.
#![allow(clippy::indexing_slicing, reason = "the program's own rows; `plan` lays them out")]

use super::bound::Bound;
use super::fast;
use super::home::Home;
use super::program::{Instruction, Look, Pass, Played, Program, Task};
use super::row::{LANES, Operand, Row, binary, fold, is_finite, join, unary};
use crate::run::Columns;
use crate::run::level::accumulated;
use crate::run::place::Place;
use crate::run::scalar::scalar;
use crate::run::through::Through;
use crate::tape::{Code, OpId, Shape, SlotId, Tape};
use std::ops::Range;

/// Takes the outputs of a chunk, row by row.
pub(super) trait Sink {
    /// An output in a step; of a constant in step 0. Of the last chunk only the first `live` lanes are samples.
    fn take(&mut self, output: u32, step: u32, row: &Row, live: usize);

    /// Something overflowed that nobody looks at: what was taken may be wrong.
    fn doubt(&mut self);
}

/// The rows of a program while it is played.
#[allow(clippy::vec_box, reason = "rows change places by their boxes")]
pub(super) struct Chunk<'p, 't> {
    program: &'p Program<'t>,
    given: &'p Columns,
    pub(super) rows: Vec<Box<Row>>,
    /// What is carried into the next step, before it is put in its place.
    saved: Vec<Box<Row>>,
    /// What an operation reads in one lane.
    values: Vec<f64>,
    /// What strips do in the step at hand.
    bound: Bound,
    /// The step at hand.
    pub(super) step: u32,
    /// The first of those that are played in one go.
    begun: u32,
    /// The number of the first lane's sample.
    first: u64,
    pub(super) live: usize,
}

impl<'p, 't> Chunk<'p, 't> {
    pub fn new(program: &'p Program<'t>, given: &'p Columns) -> Self {
        let mut rows = (0..program.rows).map(|_| Box::new(Row::of(0.0))).collect();
        let bound = Bound::new(program, given, &mut rows);
        Self { program, given, rows, saved: Vec::new(), values: Vec::new(), bound, step: 0, begun: 0, first: 0, live: LANES }
    }

    /// Plays the samples from `first` on, of which there are `live`.
    pub fn play(&mut self, first: u64, live: usize, sink: &mut impl Sink) {
        (self.first, self.live) = (first, live);
        let program = self.program;
        // A result is computed apart, then changes places with the row it belongs in: so it may read that row itself.
        let mut result = Box::new(Row::of(0.0));
        for pass in &program.passes {
            self.step = 0;
            pass.before.iter().for_each(|instruction| self.instruction(instruction, &mut result, sink));
            for stage in &pass.stages {
                stage.begins.iter().for_each(|(row, number)| self.rows[*row as usize].fill(*number));
                match &stage.played {
                    Played::Spans { ahead, strip, span, shown } => {
                        for from in stage.steps.clone().step_by(*span as usize) {
                            let steps = from..stage.steps.end.min(from + span);
                            self.ahead(ahead, steps.clone(), &mut result, sink);
                            self.bound.turn(program, self.given, &mut self.rows, steps.clone());
                            self.strip(*strip, steps.clone(), sink);
                            self.show(shown, steps, sink);
                        }
                    }
                    Played::Steps(instructions) => {
                        for step in stage.steps.clone() {
                            self.step = step;
                            self.bound.turn(program, self.given, &mut self.rows, step..step + 1);
                            let active = instructions.iter().filter(|instruction| instruction.is_active_in(&(step..step + 1)));
                            active.for_each(|instruction| self.instruction(instruction, &mut result, sink));
                            self.end_step(pass);
                        }
                    }
                }
            }
        }
    }

    /// Each instruction in some steps, before the strip that is played in all of them.
    fn ahead(&mut self, instructions: &[Instruction], steps: Range<u32>, result: &mut Box<Row>, sink: &mut impl Sink) {
        self.begun = steps.start;
        for instruction in instructions {
            for step in steps.clone() {
                self.step = step;
                self.instruction(instruction, result, sink);
            }
        }
    }

    /// Hands the outputs on, each in some steps.
    fn show(&self, shown: &[Instruction], steps: Range<u32>, sink: &mut impl Sink) {
        for emit in shown {
            for step in steps.clone() {
                if let Operand::Row(row) = self.operand_at(emit.out, step) {
                    self.emit(emit, step, row, sink);
                }
            }
        }
    }

    fn strip(&mut self, strip: u32, steps: Range<u32>, sink: &mut impl Sink) {
        if !self.bound.play(strip, &mut self.rows, steps, self.live) {
            sink.doubt();
        }
    }

    /// Hands a row on, if it is an output's.
    fn emit(&self, instruction: &Instruction, step: u32, row: &Row, sink: &mut impl Sink) {
        if let Task::Emit(output) = instruction.task {
            let constant = self.program.tape.op(instruction.op).shape == Shape::Constant;
            sink.take(output, if constant { 0 } else { step }, row, self.live);
        }
    }

    fn end_step(&mut self, pass: &Pass) {
        // All of them are read before any is written: one may read what another writes.
        let mut saved = std::mem::take(&mut self.saved);
        saved.resize_with(pass.saves.len().max(saved.len()), || Box::new(Row::of(0.0)));
        for ((home, _), saved) in pass.saves.iter().zip(&mut saved) {
            unary(saved, self.operand(*home), |value| value);
        }
        for ((_, row), saved) in pass.saves.iter().zip(&mut saved) {
            std::mem::swap(&mut self.rows[*row as usize], saved);
        }
        self.saved = saved;
        for (one, other) in &pass.swaps {
            self.rows.swap(*one as usize, *other as usize);
        }
    }

    fn instruction(&mut self, instruction: &Instruction, result: &mut Box<Row>, sink: &mut impl Sink) {
        match instruction.task {
            Task::Emit(_) => {
                match self.operand(instruction.out) {
                    Operand::Row(row) => self.emit(instruction, self.step, row, sink),
                    // A delay by no time of what no sample touches, with an opening that one does.
                    Operand::Same(value) => self.emit(instruction, self.step, &Row::of(value), sink),
                }
                return;
            }
            Task::Strip(number) => return self.strip(number, self.step..self.step + 1, sink),
            Task::Beside => self.beside(instruction, result, sink),
            Task::Copy => unary(result, self.arg(instruction, 0), |value| value),
            Task::Draw(draw) => self.draw(instruction, draw, result),
            Task::Vary(number) => self.vary(number, result),
            Task::Accumulate => self.accumulate(instruction, result, sink),
            Task::Delay { whole, part } => self.delay(instruction, whole, part, result),
            Task::Cohorts => self.cohorts(instruction, result),
            Task::Past => self.each_lane(result, |chunk, lane| chunk.result(instruction.op, chunk.step, lane)),
            Task::Across => self.across(instruction, result, sink),
            Task::Throughout => return self.throughout(instruction, result, sink),
            Task::Capture { weight } => self.capture(instruction, weight, result),
        }
        if let Some(row) = self.row_of(instruction.out, self.step) {
            std::mem::swap(&mut self.rows[row], result);
        }
    }

    pub(super) fn row_of(&self, home: Home, step: u32) -> Option<usize> {
        match home {
            Home::Row(row) => Some(row as usize),
            Home::Kept { first, depth } => Some((first + step % depth) as usize),
            Home::Spread(first) => Some((first + step - self.begun) as usize),
            Home::Given(_) => None,
        }
    }

    fn operand_at(&self, home: Home, step: u32) -> Operand<'_> {
        match (home, self.row_of(home, step)) {
            (_, Some(row)) => Operand::Row(&self.rows[row]),
            (Home::Given(id), _) => Operand::Same(self.given.packed(SlotId(id.0), step as usize, 0)),
            (Home::Row(_) | Home::Kept { .. } | Home::Spread(_), None) => Operand::Same(f64::NAN),
        }
    }

    pub(super) fn operand(&self, home: Home) -> Operand<'_> {
        self.operand_at(home, self.step)
    }

    pub(super) fn arg(&self, instruction: &Instruction, at: usize) -> Operand<'_> {
        instruction.args.get(at).map_or(Operand::Same(f64::NAN), |home| self.operand(*home))
    }

    fn operands<const N: usize>(&self, homes: &[Home]) -> [Operand<'_>; N] {
        std::array::from_fn(|at| homes.get(at).map_or(Operand::Same(f64::NAN), |home| self.operand(*home)))
    }

    fn place(&self, op: OpId) -> Place<'t> {
        self.here(op, self.step)
    }

    /// The lanes that are samples, one by one.
    fn each_lane(&mut self, result: &mut Row, mut value: impl FnMut(&mut Self, usize) -> f64) {
        for (lane, result) in result.iter_mut().enumerate().take(self.live) {
            *result = value(self, lane);
        }
    }

    /// The lanes that are no finite number once more, with care.
    pub(super) fn repair(&mut self, result: &mut Row, mut value: impl FnMut(&mut Self, usize) -> f64) {
        if !is_finite(result) {
            for (lane, result) in result.iter_mut().enumerate().take(self.live) {
                if !result.is_finite() {
                    *result = value(self, lane);
                }
            }
        }
    }

    /// Looks at a result as closely as it needs.
    pub(super) fn look(&mut self, look: Look, result: &mut Row, sink: &mut impl Sink, value: impl FnMut(&mut Self, usize) -> f64) {
        match look {
            Look::Spared => {}
            Look::Noticed => {
                // Behind the last sample strips leave what was there before.
                if !is_finite(result) && !result.iter().take(self.live).all(|value| value.is_finite()) {
                    sink.doubt();
                }
            }
            Look::Repaired => self.repair(result, value),
        }
    }

    fn beside(&mut self, instruction: &Instruction, result: &mut Row, sink: &mut impl Sink) {
        let tape = self.program.tape;
        let op = tape.op(instruction.op);
        let done = fast::beside(result, op.code, tape.numbers(op), &instruction.args, |home| self.operand(home));
        if !done {
            self.each_lane(result, |chunk, lane| chunk.scalar(instruction, op.code, lane));
        } else {
            self.look(instruction.look, result, sink, |chunk, lane| chunk.scalar(instruction, op.code, lane));
        }
    }

    /// What an operation means, in one lane.
    fn scalar(&mut self, instruction: &Instruction, code: Code, lane: usize) -> f64 {
        let mut values = std::mem::take(&mut self.values);
        values.clear();
        values.extend(instruction.args.iter().map(|home| self.operand(*home).at(lane)));
        let result = scalar(code, &self.place(instruction.op), &values);
        self.values = values;
        result
    }

    fn draw(&mut self, instruction: &Instruction, draw: u32, result: &mut Row) {
        let program = self.program;
        let mut uniforms = Row::of(0.0);
        program.draws.uniforms(draw, self.first, self.step, &mut uniforms);
        if program.draws.sample(draw, &uniforms, result) {
            return;
        }
        // Its parameters are drawn themselves.
        let place = self.place(instruction.op);
        let mut values = std::mem::take(&mut self.values);
        for (lane, (result, uniform)) in result.iter_mut().zip(uniforms.iter()).enumerate().take(self.live) {
            values.clear();
            values.extend(instruction.args.iter().map(|home| self.operand(*home).at(lane)));
            *result = crate::run::draw::at(&place, &values, *uniform);
        }
        self.values = values;
    }

    /// The values that stand in place of an operation; behind the last sample, again the last.
    fn vary(&self, number: u32, result: &mut Row) {
        let values = self.program.varied.get(number as usize).map_or(&[][..], |varied| &varied.values);
        let last = values.last().copied().unwrap_or(f64::NAN);
        let own = values.get(self.first as usize..).unwrap_or_default();
        result.iter_mut().zip(own.iter().copied().chain(std::iter::repeat(last))).for_each(|(result, value)| *result = value);
    }

    fn accumulate(&mut self, instruction: &Instruction, result: &mut Row, sink: &mut impl Sink) {
        let place = self.place(instruction.op);
        let period = place.timeline.period;
        let [before, flow] = self.operands(&instruction.args);
        if period == 1.0 {
            binary(result, before, flow, |before, flow| before + flow);
        } else {
            binary(result, before, flow, move |before, flow| before + flow * period);
        }
        self.look(instruction.look, result, sink, |chunk, lane| {
            let [before, flow] = chunk.operands(&instruction.args);
            accumulated(&place, before.at(lane), flow.at(lane))
        });
    }

    fn delay(&mut self, instruction: &Instruction, whole: u32, part: f64, result: &mut Row) {
        let [flow, _, initial] = instruction.args[..] else { return };
        let step = self.step;
        let read = |back: u32| step.checked_sub(back).map_or((initial, 0), |at| (flow, at));
        let (near, far) = (read(whole), read(whole + 1));
        unary(result, self.operand_at(near.0, near.1), |value| value);
        if part != 0.0 {
            fold(result, self.operand_at(far.0, far.1), move |near, far| (1.0 - part) * near + part * far);
            self.repair(result, |chunk, lane| chunk.result(instruction.op, step, lane));
        }
    }

    fn cohorts(&mut self, instruction: &Instruction, result: &mut Row) {
        let [flow, shares] = instruction.args[..] else { return };
        let (step, period) = (self.step, self.program.tape.timeline().period);
        result.fill(0.0);
        for joined in 0..=step {
            let (flow, share) = (self.operand_at(flow, joined), self.operand_at(shares, step - joined));
            join(result, flow, share, move |left, flow, share| left + flow * period * share);
        }
        self.repair(result, |chunk, lane| chunk.result(instruction.op, step, lane));
    }
}

impl<'t> Through<'t> for Chunk<'_, 't> {
    fn tape(&self) -> &'t Tape {
        self.program.tape
    }

    fn value(&self, id: OpId, step: u32, lane: usize) -> f64 {
        let home = self.program.homes.get(id.0 as usize).copied().unwrap_or(Home::Given(id));
        self.operand_at(home, step).at(lane)
    }

    fn hidden(&mut self, id: OpId, row: u32, lane: usize) -> &mut f64 {
        let first = self.program.hidden.iter().find(|(op, _)| *op == id).map_or(0, |(_, first)| *first);
        &mut self.rows[(first + row) as usize][lane]
    }
}
