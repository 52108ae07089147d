//! Care: which instructions have to look at what they make, because it may come out as no number.
//!
//! Of what reads only numbers, sums and products without a divisor can fail by overflow alone; that spreads to whatever
//! reads them as an infinity or NaN, and shows where the outputs are taken. A run in which it does is played again with
//! care everywhere. What compares, chooses or divides by a value would hide it, so what they read is noticed.
#![allow(clippy::indexing_slicing, reason = "every id is an operation of the tape")]

use super::draws::Draws;
use super::program::{Look, Pass, Task};
use super::source::Sources;
use crate::run::Columns;
use crate::run::value::Value;
use crate::tape::{Code, OpId, Shape, SlotId, Tape};
use foldhash::HashSet;

/// How much is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Care {
    /// What may come out as no number, overflow left to the outputs.
    Usual,
    /// Everything.
    Full,
}

/// Marks the instructions that need no look, or only one.
#[allow(clippy::wildcard_enum_match_arm, reason = "an instruction is looked at unless it is known to need none")]
pub(super) fn careful(
    tape: &Tape,
    given: &Columns,
    passes: &mut [Pass],
    drawn: &[bool],
    (draws, sources): (&Draws<'_>, &Sources<'_>),
    care: Care,
) {
    if care == Care::Full {
        return;
    }
    // Not those that something is looked up for lane by lane.
    let past = passes.iter().flat_map(|pass| &pass.step).filter(|own| own.task == Task::Past);
    let past: HashSet<OpId> = past.map(|own| own.op).collect();
    let clean = clean(tape, given, (drawn, &past), (draws, sources));
    let watched = watched(tape, drawn, &clean);
    for instruction in passes.iter_mut().flat_map(|pass| pass.before.iter_mut().chain(&mut pass.step)) {
        let at = instruction.op.0 as usize;
        instruction.look = match instruction.task {
            Task::Beside | Task::Accumulate if clean[at] && watched[at] && can_overflow(tape.op(instruction.op).code) => Look::Noticed,
            Task::Beside | Task::Accumulate if clean[at] => Look::Spared,
            // It is but one step.
            Task::Capture { .. } if tape.args(tape.op(instruction.op)).first().is_some_and(|of| clean[of.0 as usize]) => Look::Noticed,
            Task::Across | Task::Throughout => look_across(tape, instruction.op, &clean),
            _ => Look::Repaired,
        };
    }
}

/// Whether numbers can come out as none.
const fn can_overflow(code: Code) -> bool {
    !matches!(code, Code::Compare | Code::Not | Code::Min | Code::Max | Code::Abs)
}

/// What looks across steps that are clean. They are watched where it would hide what overflowed.
#[allow(clippy::wildcard_enum_match_arm, reason = "an operation is looked at unless it is known to need none")]
fn look_across(tape: &Tape, id: OpId, clean: &[bool]) -> Look {
    let op = tape.op(id);
    match op.code {
        _ if !tape.args(op).iter().all(|arg| clean[arg.0 as usize]) => Look::Repaired,
        Code::Lowest | Code::Highest | Code::When => Look::Spared,
        Code::Total => Look::Noticed,
        _ => Look::Repaired,
    }
}

/// What is a number in every lane unless it overflows.
#[allow(clippy::wildcard_enum_match_arm, reason = "an operation is not clean unless it is known to be")]
fn clean(
    tape: &Tape,
    given: &Columns,
    (drawn, past): (&[bool], &HashSet<OpId>),
    (draws, sources): (&Draws<'_>, &Sources<'_>),
) -> Vec<bool> {
    let ranges = ranges(tape, given, drawn, (draws, sources));
    // In a loop what is read may stand behind; it is taken for clean until one of the loop is found not to be.
    let mut clean = vec![true; tape.ops().len()];
    loop {
        let mut settled = true;
        for (at, op) in tape.ops().iter().enumerate() {
            let args = tape.args(op);
            let of_args = || args.iter().all(|arg| clean[arg.0 as usize]);
            let is_clean = if !drawn[at] {
                is_given_clean(tape, given, OpId(at as u32))
            } else if sources.varied(OpId(at as u32)).is_some() {
                sources.range(OpId(at as u32)).is_some()
            } else {
                match op.code {
                    Code::Product => {
                        of_args() && divisors(tape.numbers(op), args).all(|by| apart_from_zero(ranges[by.0 as usize]))
                    }
                    // By a time that is known and always the same it is what it was, or lies between two of these.
                    Code::Delay | Code::LoopDelay => !past.contains(&OpId(at as u32)) && of_args(),
                    Code::Draw | Code::DrawEach => draws.range(OpId(at as u32)).is_some(),
                    Code::Sum | Code::Scale | Code::Negate | Code::Input | Code::Opening | Code::Accumulate => of_args(),
                    Code::Abs | Code::Min | Code::Max | Code::Compare | Code::Not | Code::If => of_args(),
                    Code::Graduated => {
                        let open = tape.numbers(op).last().is_some_and(|last| last.is_infinite());
                        let above = args.first().and_then(|quantity| ranges[quantity.0 as usize]).is_some_and(|(low, _)| low >= 0.0);
                        open && above && of_args()
                    }
                    _ => false,
                }
            };
            if clean[at] && !is_clean {
                clean[at] = false;
                settled = false;
            }
        }
        if settled {
            return clean;
        }
    }
}

fn is_given_clean(tape: &Tape, given: &Columns, id: OpId) -> bool {
    let steps = if tape.op(id).shape == Shape::Series { tape.timeline().steps as usize } else { 1 };
    (0..steps).all(|step| given.packed(SlotId(id.0), step, 0).is_finite())
}

/// Clean values that something reads which would hide an overflow.
#[allow(clippy::wildcard_enum_match_arm, reason = "an operation hides what it reads unless it is known to hand it on")]
fn watched(tape: &Tape, drawn: &[bool], clean: &[bool]) -> Vec<bool> {
    let mut watched = vec![false; tape.ops().len()];
    for (at, op) in tape.ops().iter().enumerate().filter(|(at, _)| drawn[*at]) {
        let args = tape.args(op);
        let spreads = match op.code {
            Code::Sum | Code::Scale | Code::Negate | Code::Input | Code::Opening | Code::Accumulate => clean[at],
            Code::Total | Code::Average | Code::Final => true,
            Code::Product => {
                divisors(tape.numbers(op), args).for_each(|by| watched[by.0 as usize] = true);
                clean[at]
            }
            _ => false,
        };
        if !spreads {
            args.iter().for_each(|arg| watched[arg.0 as usize] = true);
        }
    }
    // An input is what it reads.
    for (at, op) in tape.ops().iter().enumerate().rev() {
        if op.code == Code::Input && watched[at] {
            tape.args(op).iter().for_each(|arg| watched[arg.0 as usize] = true);
        }
    }
    watched
}

fn divisors<'a>(sides: &'a [f64], args: &'a [OpId]) -> impl Iterator<Item = OpId> + 'a {
    args.iter().zip(sides).skip(1).filter(|(_, side)| **side < 0.0).map(|(arg, _)| *arg)
}

type Range = Option<(f64, f64)>;

fn apart_from_zero(range: Range) -> bool {
    range.is_some_and(|(low, high)| low > 1e-200 || high < -1e-200)
}

/// Between which bounds the values lie, where that is easily seen: constants made of draws and of what is given.
#[allow(clippy::wildcard_enum_match_arm, reason = "of the other operations nothing is known")]
fn ranges(tape: &Tape, given: &Columns, drawn: &[bool], (draws, sources): (&Draws<'_>, &Sources<'_>)) -> Vec<Range> {
    let mut ranges: Vec<Range> = Vec::with_capacity(tape.ops().len());
    for (at, op) in tape.ops().iter().enumerate() {
        let id = OpId(at as u32);
        let of = |arg: &OpId| ranges.get(arg.0 as usize).copied().flatten();
        let args = tape.args(op);
        let numbers = tape.numbers(op);
        let range = if !drawn[at] {
            given_range(tape, given, id)
        } else if sources.varied(id).is_some() {
            sources.range(id)
        } else {
            match op.code {
                Code::Draw | Code::DrawEach => draws.range(id),
                Code::Input => args.first().and_then(of),
                Code::Scale => args.first().and_then(of).and_then(|range| {
                    let by = numbers.first().copied().unwrap_or(1.0);
                    hull([range.0 * by, range.1 * by])
                }),
                Code::Product => args.iter().zip(numbers).try_fold((1.0, 1.0), |(low, high), (arg, side)| {
                    let (a, b) = of(arg)?;
                    if *side < 0.0 {
                        return apart_from_zero(Some((a, b)))
                            .then_some(())
                            .and_then(|()| hull([low / a, low / b, high / a, high / b]));
                    }
                    hull([low * a, low * b, high * a, high * b])
                }),
                Code::Sum => args.iter().zip(numbers).try_fold((0.0, 0.0), |(low, high), (arg, sign)| {
                    let (a, b) = of(arg)?;
                    if *sign < 0.0 { hull([low - b, high - a]) } else { hull([low + a, high + b]) }
                }),
                _ => None,
            }
        };
        ranges.push(range);
    }
    ranges
}

fn given_range(tape: &Tape, given: &Columns, id: OpId) -> Range {
    let steps = if tape.op(id).shape == Shape::Series { tape.timeline().steps as usize } else { 1 };
    let mut range: Range = None;
    for step in 0..steps {
        let Value::Number(value) = given.value(SlotId(id.0), step, 0) else { return None };
        range = Some(range.map_or((value, value), |(low, high)| (value.min(low), value.max(high))));
    }
    range
}

/// The bounds of some values, a little wider for what they were rounded by; none if one is no number.
fn hull<const N: usize>(values: [f64; N]) -> Range {
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let room = 1e-9 * low.abs().max(high.abs());
    values.iter().all(|value| value.is_finite()).then_some((low - room, high + room))
}
