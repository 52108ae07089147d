//! Programs: what of a tape the samples touch, as instructions over rows of lanes.

use super::draws::Draws;
use super::home::Home;
use super::source::Varied;
use super::strip::{Move, Source};
use crate::tape::{OpId, Tape};
use std::ops::Range;

/// What an instruction does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Task {
    /// What its operation makes of the values of the same step.
    Beside,
    /// A strip, by number: many operations in one go.
    Strip(u32),
    /// What it reads, as it is.
    Copy,
    /// The draw with a number.
    Draw(u32),
    /// The values that stand in place of an operation, by number.
    Vary(u32),
    /// The first argument, what was before, plus the second times the period.
    Accumulate,
    /// A flow shifted by so many whole steps and a part of one.
    Delay {
        /// Whole steps.
        whole: u32,
        /// The part of a step.
        part: f64,
    },
    /// What is left of all cohorts.
    Cohorts,
    /// What reads other steps in a way of its own, lane by lane.
    Past,
    /// One more step of what looks across time.
    Across,
    /// All steps of what looks across time at something that stays the same, one after the other.
    Throughout,
    /// The value of one step, times a weight.
    Capture {
        /// What it is multiplied by.
        weight: f64,
    },
    /// Hands a row on as an output.
    Emit(u32),
}

/// What happens to what comes out as no finite number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// It is a number unless it overflows, and an output shows that.
    Spared,
    /// It is a number unless it overflows, and something that reads it would hide that: the whole run is played again.
    Noticed,
    /// Its lanes are computed again with care.
    Repaired,
}

/// An instruction.
#[derive(Clone, Debug)]
pub(super) struct Instruction {
    /// The operation it computes.
    pub op: OpId,
    /// How.
    pub task: Task,
    /// Where to.
    pub out: Home,
    /// What it reads.
    pub args: Vec<Home>,
    /// The steps in which it is played, from the first to before the second; outside of any step both are 0.
    pub active: (u32, u32),
    /// What happens to lanes that come out as no finite number.
    pub look: Look,
    /// The next instruction alone reads it, and at once.
    pub hands_on: bool,
}

impl Instruction {
    /// An instruction that is looked at with care.
    pub fn new(op: OpId, task: Task, out: Home, args: Vec<Home>) -> Self {
        Self { op, task, out, args, active: (0, u32::MAX), look: Look::Repaired, hands_on: false }
    }

    /// The same in some steps only.
    pub fn within(self, first: u32, end: u32) -> Self {
        Self { active: (first, end), ..self }
    }

    /// Whether it is played in each of some steps.
    pub fn is_active_in(&self, steps: &Range<u32>) -> bool {
        self.active.0 <= steps.start && steps.end <= self.active.1
    }

}

/// What is played over the timeline in one go. What looks across all steps of one pass can be read in the next.
#[derive(Clone, Debug, Default)]
pub(super) struct Pass {
    /// Once, before the first step.
    pub before: Vec<Instruction>,
    /// In each step.
    pub step: Vec<Instruction>,
    /// The same, stage by stage, as it is played.
    pub stages: Vec<Stage>,
    /// At the end of a step: the two rows change places.
    pub swaps: Vec<(u32, u32)>,
    /// At the end of a step: the first is copied into the second.
    pub saves: Vec<(Home, u32)>,
}

/// Steps that are played in the same way.
#[derive(Clone, Debug)]
pub(super) struct Stage {
    pub steps: Range<u32>,
    /// What rows hold before the first of them.
    pub begins: Vec<(u32, f64)>,
    pub played: Played,
}

/// How the steps of a stage are played.
#[derive(Clone, Debug)]
pub(super) enum Played {
    /// Step by step, one instruction after the other, as far as it is active.
    Steps(Vec<Instruction>),
    /// Some steps in one go, most of it as one strip.
    Spans {
        /// What no strip can do is played before it, each in all these steps.
        ahead: Vec<Instruction>,
        /// The number of the strip.
        strip: u32,
        /// How many steps.
        span: u32,
        /// The outputs.
        shown: Vec<Instruction>,
    },
}

impl Stage {
    /// How many rows it spreads over the steps that are played in one go.
    pub fn spread(&self) -> u32 {
        match &self.played {
            Played::Steps(_) => 0,
            Played::Spans { span, ahead, shown, .. } => span * (ahead.len() + shown.len()) as u32,
        }
    }
}

/// Moves that are played in one go.
pub(super) type Strip = Vec<Move<Source>>;

/// A tape's part that samples touch.
pub(super) struct Program<'t> {
    pub tape: &'t Tape,
    pub passes: Vec<Pass>,
    /// Where each operation lies.
    pub homes: Vec<Home>,
    /// The first of the hidden rows of smeared delays, by operation.
    pub hidden: Vec<(OpId, u32)>,
    pub rows: u32,
    /// What is played in strips.
    pub strips: Vec<Strip>,
    pub draws: &'t Draws<'t>,
    pub varied: &'t [Varied],
}
