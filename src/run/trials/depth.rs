//! Depths: how many steps of a series have to be kept, for what reads other steps than its own.
#![allow(clippy::indexing_slicing, reason = "every id is an operation of the tape")]

use super::reach::Touch;
use crate::run::Columns;
use crate::run::value::Value;
use crate::tape::{Code, OpId, Reach, Shape, SlotId, Tape};

/// The whole steps and the part of one that a delay lasts, where it is known and always the same.
pub(super) fn fixed_delay(tape: &Tape, given: &Columns, touches: &[Touch], id: OpId) -> Option<(u32, f64)> {
    let op = tape.op(id);
    let [_, by, _] = tape.args(op) else { return None };
    if touches[by.0 as usize].drawn || tape.op(*by).shape == Shape::Series {
        return None;
    }
    let Value::Number(by) = given.value(SlotId(by.0), 0, 0) else { return None };
    let shift = by / tape.timeline().period;
    let least = if op.code == Code::LoopDelay { 1.0 } else { 0.0 };
    (shift >= least && shift < 1e9).then(|| (shift.floor() as u32, shift - shift.floor()))
}

/// What an operation reads, where it is nothing else: an input of a run that scales nothing, and a delay by no time.
#[allow(clippy::wildcard_enum_match_arm, reason = "all others make something of what they read")]
pub(super) fn same_as(tape: &Tape, given: &Columns, touches: &[Touch], id: OpId) -> Option<OpId> {
    let op = tape.op(id);
    let same = match op.code {
        Code::Input => true,
        Code::Delay => fixed_delay(tape, given, touches, id) == Some((0, 0.0)),
        _ => false,
    };
    tape.args(op).first().copied().filter(|_| same)
}

/// How many steps of each series have to be kept; 0 for its own step only.
pub(super) struct Depths(pub Vec<u32>);

impl Depths {
    pub fn of(tape: &Tape, given: &Columns, touches: &[Touch]) -> Self {
        let mut depths = Self(vec![0; tape.ops().len()]);
        let all = tape.timeline().steps;
        for (at, op) in tape.ops().iter().enumerate() {
            let (id, touch) = (OpId(at as u32), touches[at]);
            if !touch.drawn {
                continue;
            }
            let args = tape.args(op);
            for arg in args.iter().filter(|arg| touches[arg.0 as usize].pass < touch.pass) {
                let folds = op.code.row().reach == Reach::All
                    && op.code != Code::ZeroRateOver
                    && is_streamed(tape, touches, op.code, args);
                if !folds {
                    depths.raise(touches, *arg, all);
                }
            }
            match (op.code, args) {
                _ if same_as(tape, given, touches, id).is_some() => {}
                (Code::Delay | Code::LoopDelay, [flow, _, initial]) => {
                    if tape.op(*initial).shape == Shape::Series {
                        depths.raise(touches, *initial, all);
                    }
                    let back = fixed_delay(tape, given, touches, id).map_or(all, |(whole, _)| (whole + 2).min(all));
                    depths.raise(touches, *flow, back);
                }
                (Code::Cohorts | Code::Vintages, args) => args.iter().for_each(|arg| depths.raise(touches, *arg, all)),
                (Code::Smear, [flow, by, _]) => {
                    [flow, by].into_iter().for_each(|arg| depths.raise(touches, *arg, 2.min(all)))
                }
                (Code::Stepwise, _) => depths.raise(touches, id, 2.min(all)),
                (Code::Opening, [of, from]) if starts_late(tape, touches, *from) => depths.raise(touches, *of, 2.min(all)),
                (Code::Accumulate, [_, from]) if starts_late(tape, touches, *from) => depths.raise(touches, id, 2.min(all)),
                _ => {}
            }
        }
        depths.hand_on(tape, given, touches);
        depths
    }

    /// What is nothing but what it reads hands its depth on; an opening whose past is read reads that of another.
    fn hand_on(&mut self, tape: &Tape, given: &Columns, touches: &[Touch]) {
        loop {
            let before = self.0.clone();
            for (at, op) in tape.ops().iter().enumerate().rev() {
                if let Some(of) = same_as(tape, given, touches, OpId(at as u32)) {
                    self.raise(touches, of, self.0[at]);
                }
                if let (Code::Opening, [of, _], 1..) = (op.code, tape.args(op), self.0[at]) {
                    self.raise(touches, *of, 2.min(tape.timeline().steps));
                }
            }
            if self.0 == before {
                return;
            }
        }
    }

    fn raise(&mut self, touches: &[Touch], id: OpId, depth: u32) {
        if touches[id.0 as usize].drawn {
            self.0[id.0 as usize] = self.0[id.0 as usize].max(depth);
        }
    }
}

/// Whether what something opens with is known only in the first step itself.
pub(super) fn starts_late(tape: &Tape, touches: &[Touch], from: OpId) -> bool {
    touches[from.0 as usize].drawn && tape.op(from).shape == Shape::Series
}

/// Whether what looks across time can follow along, step by step.
fn is_streamed(tape: &Tape, touches: &[Touch], code: Code, args: &[OpId]) -> bool {
    match args {
        [_] => true,
        [_, date] => code == Code::At && !touches[date.0 as usize].drawn && tape.op(*date).shape == Shape::Constant,
        _ => false,
    }
}
