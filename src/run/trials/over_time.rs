//! Over time: totals, averages, lowest and highest, a step after the other over a row.
#![allow(clippy::indexing_slicing, reason = "the program's own rows; `plan` lays them out")]

use super::chunk::{Chunk, Sink};
use super::program::{Instruction, Look};
use super::row::{Operand, Row, binary, is_finite, unary};
use crate::run::through::Through;
use crate::run::value::{FaultKind, blank, decisive, is_blank, is_fault};
use crate::tape::{Blank, Code};

impl Chunk<'_, '_> {
    /// Every step of a total, a lowest and their like, of something that stays the same.
    pub fn throughout(&mut self, instruction: &Instruction, result: &mut Box<Row>, sink: &mut impl Sink) {
        let place = self.here(instruction.op, 0);
        let Some(out) = self.row_of(instruction.out, 0) else { return };
        for step in place.number(0) as u32..place.number(1) as u32 {
            self.step = step;
            self.across(instruction, result, sink);
            std::mem::swap(&mut self.rows[out], result);
        }
        self.step = 0;
    }

    #[allow(clippy::wildcard_enum_match_arm, reason = "only what looks across time comes here")]
    /// One more step of a total, a lowest and their like. The row holds what the steps before came to.
    pub fn across(&mut self, instruction: &Instruction, result: &mut Row, sink: &mut impl Sink) {
        let place = self.here(instruction.op, 0);
        let code = self.tape().op(instruction.op).code;
        let (first, end) = (place.number(0) as u32, place.number(1) as u32);
        let (so_far, value) = (self.operand(instruction.out), self.arg(instruction, 0));
        let begins = self.step == first;
        if !(first..end).contains(&self.step) {
            // It only begins: the steps it waits in come later.
            result.fill(blank(Blank::Never));
            return;
        }
        let so_far = match code {
            Code::When if self.step == 0 => Operand::Same(blank(Blank::Never)),
            Code::Lowest | Code::Highest if begins => value,
            Code::Total | Code::Average if begins => Operand::Same(0.0),
            _ => so_far,
        };
        let period = place.timeline.period;
        match code {
            Code::When => {
                let now = place.timeline.start(self.step);
                let never = blank(Blank::Never).to_bits();
                binary(result, so_far, value, move |so_far, value| {
                    let holds = if value.is_nan() | (value == 0.0) { so_far } else { now };
                    if so_far.to_bits() == never { holds } else { so_far }
                });
            }
            Code::Lowest => binary(result, so_far, value, |least, value| if value < least { value } else { least }),
            Code::Highest => binary(result, so_far, value, |most, value| if value > most { value } else { most }),
            Code::Average => binary(result, so_far, value, |sum, value| sum + value),
            _ => binary(result, so_far, value, move |sum, value| sum + value * period),
        }
        match instruction.look {
            Look::Repaired => self.mend_across(instruction, code, begins, result),
            look => self.look(look, result, sink, |_, _| f64::NAN),
        }
        if code == Code::Average && self.step + 1 == end {
            let count = f64::from(end - first);
            let sums = result.clone();
            unary(result, Operand::Row(&sums), move |sum| sum / count);
        }
    }

    /// Lanes in which a blank or a fault came by: the first fault decides, else the first blank.
    fn mend_across(&mut self, instruction: &Instruction, code: Code, begins: bool, result: &mut Row) {
        let place = self.here(instruction.op, 0);
        let (so_far, value) = (self.operand(instruction.out), self.arg(instruction, 0));
        let reads_numbers = matches!(value, Operand::Row(row) if is_finite(row));
        // What waits is blank until it comes, and only a fault ends the waiting otherwise.
        if reads_numbers && (code == Code::When || is_finite(result)) {
            return;
        }
        for (lane, result) in result.iter_mut().enumerate().take(self.live) {
            let value = value.at(lane);
            let so_far = if begins || self.step == 0 { f64::INFINITY } else { so_far.at(lane) };
            if code == Code::When {
                let open = so_far == f64::INFINITY || is_blank(so_far);
                if open && is_fault(value) {
                    *result = value;
                }
            } else if so_far.is_nan() || value.is_nan() {
                *result = decisive([so_far, value]).unwrap_or(*result);
            } else if !result.is_finite() {
                *result = place.fault(FaultKind::Overflow);
            }
        }
    }

    pub fn capture(&mut self, instruction: &Instruction, weight: f64, result: &mut Row) {
        let place = self.here(instruction.op, 0);
        unary(result, self.arg(instruction, 0), move |value| value * weight);
        self.repair(result, |chunk, lane| {
            let value = chunk.arg(instruction, 0).at(lane);
            if value.is_nan() { value } else { place.finite(value * weight) }
        });
    }
}
