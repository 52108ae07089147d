//! Stages: the steps of a pass that have the same instructions, and whether some of them are played in one go.

use super::fuse::{self, begin, is_plain};
use super::home::Home;
use super::program::{Instruction, Pass, Played, Stage, Strip, Task};
use super::strip::SPAN;
use crate::tape::Tape;
use std::collections::BTreeSet;
use std::ops::Range;

/// So many instructions all stages of a pass have together at most: otherwise it has but one.
const MOST_INSTRUCTIONS: usize = 1 << 17;

/// The stages of a pass whose rows are given out; from row `fixed` on they belong to nobody from one step to the next.
pub(super) fn stages(tape: &Tape, pass: &Pass, fixed: u32, strips: &mut Vec<Strip>) -> Vec<Stage> {
    if pass.step.is_empty() {
        return Vec::new();
    }
    let cuts = cuts(pass, tape.timeline().steps);
    let steps = cuts.iter().zip(cuts.iter().skip(1)).map(|(from, to)| *from..*to);
    steps.map(|steps| stage(tape, pass, steps, fixed, strips)).collect()
}

/// Where instructions begin or end, from the first step to the end of the last; only these two where the stages would have
/// too many instructions in all.
fn cuts(pass: &Pass, steps: u32) -> BTreeSet<u32> {
    let ends = pass.step.iter().flat_map(|instruction| <[u32; 2]>::from(instruction.active));
    let cuts: BTreeSet<u32> = ends.map(|end| end.min(steps)).chain([0, steps]).collect();
    if cuts.len() * pass.step.len() > MOST_INSTRUCTIONS { BTreeSet::from([0, steps]) } else { cuts }
}

fn stage(tape: &Tape, pass: &Pass, steps: Range<u32>, fixed: u32, strips: &mut Vec<Strip>) -> Stage {
    let is_active = |own: &&Instruction| own.active.0 < steps.end && steps.start < own.active.1;
    let active: Vec<Instruction> = pass.step.iter().filter(is_active).cloned().collect();
    let begins = active.iter().filter(|own| own.active.0 == steps.start && own.is_active_in(&steps) && is_plain(tape, own));
    let begins = begins.filter_map(|own| match (own.out, begin(tape.op(own.op).code)) {
        (Home::Row(row), Some(number)) => Some((row, number)),
        (Home::Given(_) | Home::Kept { .. } | Home::Row(_), _) => None,
    });
    let begins = begins.collect();
    let copies = copies(pass);
    let played = if active.iter().all(|own| own.is_active_in(&steps)) && goes_in_spans(tape, &active, &copies) {
        // As many rows as stay in the second cache.
        let shown = active.iter().filter(|own| matches!(own.task, Task::Emit(_))).count() as u32;
        let span = (128 / shown.max(1)).clamp(1, SPAN);
        let (strip, shown) = fuse::whole(tape, active, &copies, fixed, span);
        strips.push(strip);
        Played::Spans { strip: strips.len() as u32 - 1, span, shown }
    } else {
        Played::Steps(fuse::gather(tape, active, &steps, strips))
    };
    Stage { steps, begins, played }
}

/// What is carried into the next step: from where, and to which row.
fn copies(pass: &Pass) -> Vec<(Home, u32)> {
    let swaps = pass.swaps.iter().map(|(now, before)| (Home::Row(*now), *before));
    swaps.chain(pass.saves.iter().copied()).collect()
}

/// Whether a strip can do all of it, and nothing looks back farther than a step.
fn goes_in_spans(tape: &Tape, active: &[Instruction], copies: &[(Home, u32)]) -> bool {
    let is_kept = |home: &Home| matches!(home, Home::Kept { .. });
    // What one copy writes another must not read: in a strip they come one after the other.
    let is_written = |home: &Home| copies.iter().any(|(_, row)| *home == Home::Row(*row));
    active.iter().all(|own| {
        (matches!(own.task, Task::Emit(_)) || is_plain(tape, own)) && !own.args.iter().chain([&own.out]).any(is_kept)
    }) && !copies.iter().any(|(home, _)| is_kept(home) || is_written(home))
}
