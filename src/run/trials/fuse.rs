//! Fusion: a product that only a sum reads, and a sum that only a product reads, are computed in one pass.

use super::program::{Fusion, Home, Instruction, Pass, Work};
use super::rows::VIRTUAL;
use crate::tape::{Code, Tape};
use std::collections::HashMap;

/// Joins what can be joined.
pub(super) fn fuse(tape: &Tape, pass: &mut Pass) {
    let mut reads: HashMap<Home, usize> = HashMap::new();
    for home in pass.step.iter().flat_map(|instruction| &instruction.args).chain(pass.saves.iter().map(|(home, _)| home)) {
        *reads.entry(*home).or_default() += 1;
    }
    // What another may take in, with its place.
    let mut inner: HashMap<Home, (usize, Instruction)> = HashMap::new();
    let mut kept: Vec<Option<Instruction>> = Vec::with_capacity(pass.step.len());
    for instruction in pass.step.drain(..) {
        if let Some((home, fused)) = joined(tape, &instruction, &inner) {
            if let Some(gone) = inner.remove(&home).and_then(|(place, _)| kept.get_mut(place)) {
                *gone = None;
            }
            kept.push(Some(fused));
            continue;
        }
        let is_virtual = matches!(instruction.out, Home::Row(row) if row >= VIRTUAL);
        if is_virtual && is_plain(tape, &instruction) && reads.get(&instruction.out) == Some(&1) {
            inner.insert(instruction.out, (kept.len(), instruction.clone()));
        }
        kept.push(Some(instruction));
    }
    pass.step = kept.into_iter().flatten().collect();
}

/// A sum or a product of two, without a divisor and without a look at what comes out.
fn is_plain(tape: &Tape, instruction: &Instruction) -> bool {
    let op = tape.op(instruction.op);
    let two = instruction.work == Work::Beside && !instruction.checked && instruction.args.len() == 2;
    let divides = op.code == Code::Product && tape.numbers(op).iter().skip(1).any(|side| *side < 0.0);
    two && matches!(op.code, Code::Sum | Code::Product) && !divides
}

/// The instruction with one of its operands computed in it, and where that one lay.
fn joined(tape: &Tape, outer: &Instruction, inner: &HashMap<Home, (usize, Instruction)>) -> Option<(Home, Instruction)> {
    if !is_plain(tape, outer) {
        return None;
    }
    let [left, right] = outer.args[..] else { return None };
    let is_sum = tape.op(outer.op).code == Code::Sum;
    let minus = |one: &Instruction| tape.numbers(tape.op(one.op)).get(1).is_some_and(|sign| *sign < 0.0);
    for (at, home) in [left, right].into_iter().enumerate() {
        let Some((_, found)) = inner.get(&home) else { continue };
        let other = if at == 0 { right } else { left };
        let inner_is_sum = tape.op(found.op).code == Code::Sum;
        let fusion = match (is_sum, inner_is_sum, minus(outer), at) {
            (true, false, false, _) => Fusion::TimesPlus,
            (true, false, true, 0) => Fusion::TimesMinus,
            (true, false, true, _) => Fusion::MinusTimes,
            (false, true, ..) if minus(found) => Fusion::LessTimes,
            (false, true, ..) => Fusion::PlusTimes,
            (true, true, ..) | (false, false, ..) => continue,
        };
        let [a, b] = found.args[..] else { continue };
        let mut fused = Instruction::new(outer.op, Work::Fused(fusion), outer.out, vec![a, b, other]);
        fused.checked = false;
        return Some((home, fused));
    }
    None
}
