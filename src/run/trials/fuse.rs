//! Fusion: what is plain arithmetic is played in strips, from one operation to the next without a way through memory.

use super::home::Home;
use super::program::{Instruction, Look, Pass, Strip, Task};
use super::rows::VIRTUAL;
use super::strip::{Move, Source, Verb};
use crate::run::value::blank;
use crate::tape::{Blank, Code, Relation, Tape};
use foldhash::HashMap;
use std::ops::Range;

/// Marks what the next instruction alone reads, while every row still belongs to one operation.
pub(super) fn mark(tape: &Tape, pass: &mut Pass) {
    let mut reads: HashMap<Home, usize> = HashMap::default();
    for home in pass.step.iter().flat_map(|instruction| &instruction.args).chain(pass.saves.iter().map(|(home, _)| home)) {
        *reads.entry(*home).or_default() += 1;
    }
    // Both are in a strip, or neither.
    let together = |one: &Instruction, next: &Instruction| {
        let all = 0..tape.timeline().steps;
        one.active == next.active || one.is_active_in(&all) && next.is_active_in(&all)
    };
    let hands_on = |one: &Instruction, next: &Instruction| {
        let is_virtual = matches!(one.out, Home::Row(row) if row >= VIRTUAL);
        let alone = is_virtual && reads.get(&one.out) == Some(&1) && at_hand(tape, next).contains(&one.out);
        alone && together(one, next) && is_plain(tape, one) && is_plain(tape, next)
    };
    let handing: Vec<bool> = pass.step.iter().zip(pass.step.iter().skip(1)).map(|(one, next)| hands_on(one, next)).collect();
    pass.step.iter_mut().zip(handing).for_each(|(instruction, hands_on)| instruction.hands_on = hands_on);
}

/// Makes one strip of every run of plain instructions that are played in all of some steps.
pub(super) fn gather(tape: &Tape, instructions: Vec<Instruction>, steps: &Range<u32>, strips: &mut Vec<Strip>) -> Vec<Instruction> {
    let mut step: Vec<Instruction> = Vec::with_capacity(instructions.len());
    // What the strip holds at its end.
    let mut held: Option<Home> = None;
    for instruction in instructions {
        if !(instruction.is_active_in(steps) && is_plain(tape, &instruction)) {
            held = None;
            step.push(instruction);
            continue;
        }
        let goes_on = matches!(step.last(), Some(Instruction { task: Task::Strip(_), .. })) && held.is_some();
        if !goes_on {
            let number = strips.len() as u32;
            strips.push(Vec::new());
            step.push(Instruction::new(instruction.op, Task::Strip(number), instruction.out, Vec::new()));
        }
        if let Some(strip) = strips.last_mut() {
            add(tape, &instruction, held, strip);
        }
        held = Some(instruction.out);
    }
    step
}

/// Whether a strip can do it: what needs no care lane by lane.
#[allow(clippy::wildcard_enum_match_arm, reason = "an operation is not plain unless it is known to be")]
pub(super) fn is_plain(tape: &Tape, instruction: &Instruction) -> bool {
    let op = tape.op(instruction.op);
    let can = match (instruction.task, op.code, instruction.args.len()) {
        (Task::Beside, Code::Sum | Code::Product | Code::Min | Code::Max, 2..) => true,
        (Task::Beside, Code::Scale | Code::Negate, 1) | (Task::Beside, Code::Compare, 2) | (Task::Beside, Code::If, 3) => true,
        (Task::Accumulate, Code::Accumulate, 2) => true,
        (Task::Across, Code::Lowest | Code::Highest | Code::Total, 1) => true,
        (Task::Across, Code::When, 1) => tape.numbers(op).first() == Some(&0.0),
        (Task::Capture { .. }, ..) => true,
        _ => false,
    };
    can && instruction.look != Look::Repaired
}

/// What it can take over as the value at hand.
#[allow(clippy::wildcard_enum_match_arm, reason = "only what is plain comes here")]
fn at_hand(tape: &Tape, instruction: &Instruction) -> Vec<Home> {
    let some = |skipped: usize, taken: usize| instruction.args.iter().skip(skipped).take(taken).copied().collect();
    match tape.op(instruction.op).code {
        Code::Sum | Code::Product => some(0, 2),
        Code::Accumulate => some(1, 1),
        _ => some(0, 1),
    }
}

/// Adds the moves of an instruction to a strip that holds a value.
pub(super) fn add(tape: &Tape, instruction: &Instruction, held: Option<Home>, strip: &mut Strip) {
    let (begin, joins) = joins(tape, instruction, held);
    let mut first = (held != Some(begin)).then_some(Source::Home(begin));
    for (verb, other) in joins {
        strip.push(Move { first: first.take(), verb, other, put: None, noticed: false });
    }
    if let Some(last) = strip.last_mut() {
        last.noticed = instruction.look == Look::Noticed;
        last.put = (!instruction.hands_on).then_some(Source::Home(instruction.out));
    }
}

/// What an instruction begins with, and what becomes of it.
#[allow(clippy::wildcard_enum_match_arm, reason = "only what is plain comes here")]
fn joins(tape: &Tape, instruction: &Instruction, held: Option<Home>) -> (Home, Vec<(Verb, Source)>) {
    let op = tape.op(instruction.op);
    let (out, args) = (instruction.out, &instruction.args);
    let number = |at: usize| tape.numbers(op).get(at).copied();
    let [first, rest @ ..] = &args[..] else { return (out, Vec::new()) };
    let all = |verb: Verb, homes: &[Home]| homes.iter().map(|home| (verb, Source::Home(*home))).collect::<Vec<_>>();
    let period = tape.timeline().period;
    let over_time = if period == 1.0 { Vec::new() } else { vec![(Verb::Times, Source::Number(period))] };
    if let Task::Capture { weight } = instruction.task {
        return (*first, vec![(Verb::Times, Source::Number(weight))]);
    }
    match (op.code, rest) {
        (Code::Sum | Code::Product, [second, ..]) => {
            // Each verb, and that for its two sides changed.
            let verbs = |at: usize| match (op.code, number(at).is_some_and(|side| side < 0.0)) {
                (Code::Sum, true) => (Verb::Minus, Verb::From),
                (Code::Sum, false) => (Verb::Plus, Verb::Plus),
                (_, true) => (Verb::Over, Verb::Under),
                (_, false) => (Verb::Times, Verb::Times),
            };
            let changes = held == Some(*second) && held != Some(*first);
            let (begin, join) = if changes { (*second, (verbs(1).1, *first)) } else { (*first, (verbs(1).0, *second)) };
            let others = rest.iter().zip(1..).skip(1).map(|(home, at)| (verbs(at).0, *home));
            (begin, [join].into_iter().chain(others).map(|(verb, home)| (verb, Source::Home(home))).collect())
        }
        (Code::Min, _) => (*first, all(Verb::Least, rest)),
        (Code::Max, _) => (*first, all(Verb::Most, rest)),
        (Code::Scale, _) => (*first, vec![(Verb::Times, Source::Number(number(0).unwrap_or(1.0)))]),
        (Code::Negate, _) => (*first, vec![(Verb::Times, Source::Number(-1.0))]),
        (Code::If, [yes, no]) => (*first, [all(Verb::Where, &[*yes]), all(Verb::Else, &[*no])].concat()),
        (Code::Compare, _) => (*first, all(Relation::from_number(number(0).unwrap_or(0.0)).into(), rest)),
        (Code::Accumulate, [flow, ..]) => (*flow, [over_time, all(Verb::Plus, &[*first])].concat()),
        (Code::Total, _) => (*first, [over_time, all(Verb::Plus, &[out])].concat()),
        (Code::Lowest, _) => (*first, all(Verb::Lower, &[out])),
        (Code::Highest, _) => (*first, all(Verb::Higher, &[out])),
        (Code::When, _) => (*first, vec![(Verb::Where, Source::Now), (Verb::Unless, Source::Home(out))]),
        _ => (out, Vec::new()),
    }
}

/// What is found in the row of an operation across time before its first step.
#[allow(clippy::wildcard_enum_match_arm, reason = "only what looks across time begins with something")]
pub(super) fn begin(code: Code) -> Option<f64> {
    match code {
        Code::Total => Some(0.0),
        Code::Lowest => Some(f64::INFINITY),
        Code::Highest => Some(f64::NEG_INFINITY),
        Code::When => Some(blank(Blank::Never)),
        _ => None,
    }
}
