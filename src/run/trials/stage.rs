//! Stages: the steps of a pass that have the same instructions, and whether some of them are played in one go.

use super::fuse::{self, begin, is_plain};
use super::home::Home;
use super::program::{Instruction, Pass, Played, Stage, Strip};
use super::spans::{Free, spans};
use crate::tape::Tape;
use std::collections::BTreeSet;
use std::ops::Range;

/// So many instructions all stages of a pass have together at most: otherwise it has but one.
const MOST_INSTRUCTIONS: usize = 1 << 17;

/// The stages of a pass whose rows are given out.
pub(super) fn stages(tape: &Tape, pass: &Pass, free: Free, strips: &mut Vec<Strip>) -> Vec<Stage> {
    if pass.step.is_empty() {
        return Vec::new();
    }
    let cuts = cuts(pass, tape.timeline().steps);
    let steps = cuts.iter().zip(cuts.iter().skip(1)).map(|(from, to)| *from..*to);
    steps.map(|steps| stage(tape, pass, steps, free, strips)).collect()
}

/// Where instructions begin or end, from the first step to the end of the last; only these two where the stages would have
/// too many instructions in all.
fn cuts(pass: &Pass, steps: u32) -> BTreeSet<u32> {
    let ends = pass.step.iter().flat_map(|instruction| <[u32; 2]>::from(instruction.active));
    let cuts: BTreeSet<u32> = ends.map(|end| end.min(steps)).chain([0, steps]).collect();
    if cuts.len() * pass.step.len() > MOST_INSTRUCTIONS { BTreeSet::from([0, steps]) } else { cuts }
}

fn stage(tape: &Tape, pass: &Pass, steps: Range<u32>, free: Free, strips: &mut Vec<Strip>) -> Stage {
    let is_active = |own: &&Instruction| own.active.0 < steps.end && steps.start < own.active.1;
    let active: Vec<Instruction> = pass.step.iter().filter(is_active).cloned().collect();
    let begins = active.iter().filter(|own| own.active.0 == steps.start && own.is_active_in(&steps) && is_plain(tape, own));
    let begins = begins.filter_map(|own| match (own.out, begin(tape.op(own.op).code)) {
        (Home::Row(row), Some(number)) => Some((row, number)),
        (Home::Given(_) | Home::Kept { .. } | Home::Spread(_) | Home::Row(_), _) => None,
    });
    let begins = begins.collect();
    let in_all = active.iter().all(|own| own.is_active_in(&steps));
    let in_spans = if in_all { spans(tape, pass, &active, free, strips) } else { None };
    let played = in_spans.unwrap_or_else(|| Played::Steps(fuse::gather(tape, active, &steps, strips)));
    Stage { steps, begins, played }
}
