//! Reruns: a tape played again over the columns of an earlier run, all of it or only what depends on what has changed.

use super::machine::Machine;
use super::{Columns, Inputs, run};
use crate::tape::{Block, InputId, OpId, Tape};

/// Plays a tape over the columns of an earlier run of it: the same as [`run`] without its fresh memory.
pub fn again(columns: &mut Columns, tape: &Tape, inputs: &Inputs) {
    if columns.fit(tape, inputs.lanes.max(1)) {
        let values = Machine::over(tape, inputs, columns.take()).play();
        columns.put(values);
    } else {
        *columns = run(tape, inputs);
    }
}

/// Plays what depends on the inputs that have changed since the run that the columns come from; the rest stays.
pub fn rerun(columns: &mut Columns, tape: &Tape, inputs: &Inputs, changed: &[InputId]) {
    if !columns.fit(tape, inputs.lanes.max(1)) {
        *columns = run(tape, inputs);
        return;
    }
    let mut stale = Stale { words: vec![0; tape.ops().len().div_ceil(64)] };
    changed.iter().flat_map(|input| tape.scaled(*input)).for_each(|id| stale.mark(id));
    let mut machine = Machine::over(tape, inputs, columns.take());
    // What reads an operation stands behind it, unless both are in one loop.
    let mut next = 0;
    while let Some(id) = stale.first(next) {
        let at = tape.blocks().partition_point(|block| block.ops().start <= id.0).saturating_sub(1);
        let Some(block) = tape.blocks().get(at) else { break };
        let played = match block {
            Block::Whole(_) => {
                machine.whole(id);
                id.0..id.0 + 1
            }
            Block::Loop(range) => {
                let others = tape.blocks().iter().skip(at).take(tape.alike(at));
                let count = others.take_while(|other| stale.first(other.ops().start).is_some_and(|id| other.ops().contains(&id.0))).count();
                machine.loops(range, count);
                range.start..range.start + count as u32 * range.len() as u32
            }
        };
        next = played.end;
        played.flat_map(|id| tape.readers(OpId(id))).for_each(|reader| stale.mark(*reader));
    }
    columns.put(machine.values);
}

/// A bit for each operation: whether it has to be played again.
struct Stale {
    words: Vec<u64>,
}

impl Stale {
    fn mark(&mut self, id: OpId) {
        if let Some(word) = self.words.get_mut(id.0 as usize / 64) {
            *word |= 1 << (id.0 % 64);
        }
    }

    /// The first from an operation on.
    fn first(&self, from: u32) -> Option<OpId> {
        let start = from as usize / 64;
        for (at, word) in self.words.iter().enumerate().skip(start) {
            let word = if at == start { word & (u64::MAX << (from % 64)) } else { *word };
            if word != 0 {
                return Some(OpId(at as u32 * 64 + word.trailing_zeros()));
            }
        }
        None
    }
}
