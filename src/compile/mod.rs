//! Compile: model → tape. Only what the targets need, common parts once, and of a scenario only what it changes.

mod alike;
mod ends;
mod fold;
mod graph;
mod input;
mod lower;
mod lowering;
mod node;
mod opened;
mod order;
mod sample;
mod schedule;
mod span;
mod time;
mod variant;

pub use sample::is_known;
pub use span::scale_to_grid;

use crate::check::model::{CellId, ExprId, Model, ScenarioId, Steps};
use crate::tape::{InputId, OpId, SlotId, Tape};
use foldhash::HashMap;

/// Something that is to be computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Target {
    /// What.
    pub what: What,
    /// Under which scenario; none for the model itself.
    pub scenario: Option<ScenarioId>,
    /// Over a span of steps, by the rule of `x[2027]`: a flow's total, a ratio computed again from totals, else the value
    /// at the end. None for the value in each step.
    pub over: Option<Steps>,
}

/// A definition or an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What {
    /// A definition.
    Cell(CellId),
    /// An expression.
    Expr(ExprId),
}

/// A tape, and where on it things stand.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// The tape.
    pub tape: Tape,
    slots: HashMap<Target, SlotId>,
    inputs: HashMap<CellId, InputId>,
    culprits: Vec<Culprit>,
}

/// Which part of the model an operation comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Culprit {
    /// The definition it stands in; none for what is asked beside the model.
    pub cell: Option<CellId>,
    /// The scenario it was computed under.
    pub scenario: Option<ScenarioId>,
    /// The expression; none for what a definition without one is read as.
    pub expr: Option<ExprId>,
}

/// The tape for some targets. A checked model always compiles.
#[must_use]
pub fn compile(model: &Model, targets: &[Target]) -> Compiled {
    let lowered = lower::lower(model, targets);
    schedule::schedule(model, targets, lowered)
}

impl Compiled {
    /// The slot of a target; none where nothing is computed: a text, a table, a slot nobody filled.
    #[must_use]
    pub fn slot(&self, target: Target) -> Option<SlotId> {
        self.slots.get(&target).copied()
    }

    /// The input a definition of the model is: a literal, a draw, either of them growing, or a table of them over dates.
    /// None for what is computed from others, and for what no target needs.
    #[must_use]
    pub fn input(&self, cell: CellId) -> Option<InputId> {
        self.inputs.get(&cell).copied()
    }

    /// Where in the model an operation comes from; the first place, if several share it.
    #[must_use]
    pub fn culprit(&self, op: OpId) -> Culprit {
        let nobody = Culprit { cell: None, scenario: None, expr: None };
        self.culprits.get(op.0 as usize).copied().unwrap_or(nobody)
    }
}
