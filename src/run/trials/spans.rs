//! Spans: some steps in one go. What no strip can do goes before the strip, and what is shown comes behind it.

use super::fuse::{add, is_plain};
use super::home::Home;
use super::program::{Instruction, Pass, Played, Strip, Task};
use super::strip::{Move, SPAN, Source, Verb};
use crate::tape::{Shape, Tape};
use foldhash::{HashMap, HashSet};

/// Rows that stages may take.
#[derive(Clone, Copy)]
pub(super) struct Free {
    /// From this one on, rows belong to nobody from one step to the next.
    pub within_step: u32,
    /// From this one on, nor within a step.
    pub behind: u32,
}

/// How instructions that are all active in some steps are played in spans; none where that can't be.
pub(super) fn spans(tape: &Tape, pass: &Pass, active: &[Instruction], free: Free, strips: &mut Vec<Strip>) -> Option<Played> {
    let copies = copies(pass);
    if !looks_back_one_step(active, &copies) || !goes_before(tape, active) {
        return None;
    }
    // As many rows as stay in the second cache.
    let is_spread = |own: &&Instruction| is_shown(own) || !is_plain(tape, own);
    let span = (64 / active.iter().filter(is_spread).count().max(1) as u32).clamp(1, SPAN);
    let mut builder = Builder {
        tape,
        copies: &copies,
        free,
        span,
        strip: Strip::new(),
        held: None,
        spread: HashMap::default(),
        ahead: Vec::new(),
        shown: Vec::new(),
    };
    for instruction in active {
        if is_shown(instruction) {
            builder.show(instruction);
        } else if is_plain(tape, instruction) {
            builder.plain(instruction);
        } else {
            builder.before(instruction);
        }
    }
    builder.carry();
    let Builder { strip, ahead, shown, .. } = builder;
    strips.push(strip);
    Some(Played::Spans { ahead, strip: strips.len() as u32 - 1, span, shown })
}

fn is_shown(instruction: &Instruction) -> bool {
    matches!(instruction.task, Task::Emit(_))
}

/// What is carried into the next step: from where, and to which row.
fn copies(pass: &Pass) -> Vec<(Home, u32)> {
    let swaps = pass.swaps.iter().map(|(now, before)| (Home::Row(*now), *before));
    swaps.chain(pass.saves.iter().copied()).collect()
}

/// Whether nothing looks back farther than a step.
fn looks_back_one_step(active: &[Instruction], copies: &[(Home, u32)]) -> bool {
    let is_kept = |home: &Home| matches!(home, Home::Kept { .. });
    // What one copy writes another must not read: in a strip they come one after the other.
    let is_written = |home: &Home| copies.iter().any(|(_, row)| *home == Home::Row(*row));
    !active.iter().any(|own| own.args.iter().chain([&own.out]).any(is_kept))
        && !copies.iter().any(|(home, _)| is_kept(home) || is_written(home))
}

/// Whether all that no strip can do reads nothing of it, nor of another step: draws, and what is made of them alone.
fn goes_before(tape: &Tape, active: &[Instruction]) -> bool {
    let mut known: HashSet<Home> = HashSet::default();
    active.iter().filter(|own| !is_shown(own)).all(|own| {
        if is_plain(tape, own) {
            known.remove(&own.out);
            return true;
        }
        let mut reads = tape.args(tape.op(own.op)).iter().zip(&own.args);
        let is_there = reads.all(|(arg, home)| {
            matches!(home, Home::Given(_)) || known.contains(home) || tape.op(*arg).shape == Shape::Constant
        });
        known.insert(own.out);
        is_there && matches!(own.task, Task::Beside | Task::Draw(_))
    })
}

struct Builder<'a> {
    tape: &'a Tape,
    copies: &'a [(Home, u32)],
    free: Free,
    span: u32,
    strip: Strip,
    /// What the strip holds at its end.
    held: Option<Home>,
    /// What is spread over the steps that are played in one go, by the row that it has where a step is played alone.
    spread: HashMap<Home, Home>,
    ahead: Vec<Instruction>,
    shown: Vec<Instruction>,
}

impl Builder<'_> {
    /// An output.
    fn show(&mut self, instruction: &Instruction) {
        let home = instruction.out;
        let out = self.spread.get(&home).copied().unwrap_or_else(|| self.put_apart(home));
        self.shown.push(Instruction { out, ..instruction.clone() });
    }

    /// Puts what lies in a row where each step has a row of its own.
    fn put_apart(&mut self, home: Home) -> Home {
        let place = self.place();
        let is_fresh = matches!(home, Home::Row(row) if row >= self.free.within_step) && !self.copies.iter().any(|(copied, _)| *copied == home);
        match self.strip.last_mut() {
            // Nobody reads it in the next step: it has no other place.
            Some(last) if is_fresh && last.put == Some(Source::Home(home)) => {
                last.put = Some(Source::Home(place));
                self.spread.insert(home, place);
            }
            _ => self.keep(home, place),
        }
        self.held = Some(home);
        place
    }

    fn plain(&mut self, instruction: &Instruction) {
        let begin = self.strip.len();
        add(self.tape, instruction, self.held, &mut self.strip);
        for source in self.strip.iter_mut().skip(begin).flat_map(|own| own.first.iter_mut().chain([&mut own.other])) {
            if let Source::Home(home) = source
                && let Some(place) = self.spread.get(home)
            {
                *home = *place;
            }
        }
        let out = instruction.out;
        if self.strip.last().is_some_and(|last| last.put == Some(Source::Home(out))) {
            self.spread.remove(&out);
        }
        self.held = Some(out);
    }

    /// What is played before the strip.
    fn before(&mut self, instruction: &Instruction) {
        let args = instruction.args.iter().map(|home| self.spread.get(home).copied().unwrap_or(*home)).collect();
        let (home, out) = (instruction.out, self.place());
        self.spread.insert(home, out);
        self.ahead.push(Instruction { out, args, ..instruction.clone() });
        // The row may have been that of what is held.
        self.held = self.held.filter(|held| *held != home);
    }

    /// What is carried into the next step.
    fn carry(&mut self) {
        for (home, row) in self.copies {
            self.keep(*home, Home::Row(*row));
            self.held = Some(*home);
        }
    }

    /// Puts a value elsewhere too.
    fn keep(&mut self, home: Home, put: Home) {
        let from = Source::Home(self.spread.get(&home).copied().unwrap_or(home));
        let first = (self.held != Some(home)).then_some(from);
        self.strip.push(Move { first, verb: Verb::Keep, other: from, put: Some(Source::Home(put)), noticed: false });
    }

    /// Rows behind all others, one for each step.
    fn place(&self) -> Home {
        let before = (self.ahead.len() + self.shown.len()) as u32;
        Home::Spread(self.free.behind + self.span * before)
    }
}
