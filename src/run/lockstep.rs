//! Lockstep: loops of one form side by side, step by step.
//!
//! What loops through time has to wait for itself, so a vector holds no months of it; it holds the same operation of
//! several loops. Each operation is decoded once for all loops of the form, into rows that stay in the first cache.
#![allow(clippy::inline_always, reason = "what is inlined is compiled for the widest vectors")]

use super::form::{Form, Part, Way, decode};
use super::side::{DEPTH, SIDE, Side};
use super::work::Odd;
use crate::numeric::simd::{Kernel, Simd, dispatch};
use crate::tape::{OpId, Tape};
use std::ops::Range;

/// What plays one operation in one step where there is no faster way, and holds the values of one lane.
pub(super) trait Stepper {
    /// Plays an operation in a step.
    fn step(&mut self, id: OpId, step: u32);

    /// The values of all slots.
    fn values(&mut self) -> &mut [f64];
}

/// Plays loops that are alike and lie one behind the other on the tape, the first of them over `range`.
pub(super) fn loops(stepper: &mut impl Stepper, tape: &Tape, range: &Range<u32>, count: usize) {
    let length = range.end - range.start;
    let form = decode(tape, range);
    let mut side = Side::new(&form, length as usize);
    for done in (0..count).step_by(SIDE) {
        let (first, count) = (range.start + done as u32 * length, SIDE.min(count - done));
        side.settle(tape, stepper.values(), &form, first, count);
        dispatch(Steps { stepper, tape, form: &form, side: &mut side, first, count: count as u32, length });
    }
}

/// Every step of some loops side by side.
struct Steps<'s, M> {
    stepper: &'s mut M,
    tape: &'s Tape,
    form: &'s Form,
    side: &'s mut Side,
    /// The first operation of the first loop.
    first: u32,
    /// How many loops.
    count: u32,
    /// How many operations each has.
    length: u32,
}

impl<M: Stepper> Steps<'_, M> {
    /// A part of the loops, one loop behind the other, as the machine does them.
    #[inline(never)]
    fn with_care(&mut self, part: &Part, step: u32) {
        for lane in 0..self.count {
            part.ops.clone().for_each(|at| self.stepper.step(OpId(self.first + lane * self.length + at), step));
        }
        self.side.read_again(self.stepper.values(), &part.ops, step as usize);
    }

    #[inline(always)]
    fn write<S: Simd>(&mut self, simd: S, part: &Part, steps: Range<usize>) {
        self.side.write(simd, self.stepper.values(), &part.ops, steps);
    }
}

impl<M: Stepper> Kernel for Steps<'_, M> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(mut self, simd: S) {
        let (form, timeline) = (self.form, self.tape.timeline());
        // What is done loop by loop reads what came before in the slots; without it the slots may wait.
        let waits = form.parts.len() == 1;
        let mut written = 0;
        for (now, step) in (0..timeline.steps).map(|step| (step as usize, step)) {
            self.side.read_outside(simd, self.stepper.values(), now, timeline.steps as usize);
            for part in &form.parts {
                let mut odd = Odd::new(simd);
                let mut fine = false;
                if let Way::Fast(instructions) = &part.way {
                    for instruction in instructions {
                        self.side.instruction(&mut odd, instruction, now, timeline.period);
                    }
                    fine = odd.is_none();
                }
                match (waits, fine) {
                    (true, true) if now + 1 - written < DEPTH && step + 1 < timeline.steps => {}
                    (true, true) => {
                        self.write(simd, part, written..now + 1);
                        written = now + 1;
                    }
                    (true, false) => {
                        self.write(simd, part, written..now);
                        self.with_care(part, step);
                        written = now + 1;
                    }
                    (false, true) => self.write(simd, part, now..now + 1),
                    (false, false) => self.with_care(part, step),
                }
            }
        }
    }
}
