//! Lowering: from definitions and expressions to a graph of operations, without recursion.
//!
//! A thing is tried; what it needs and isn't there yet is put on the stack before it, and it is tried again. What needs
//! itself meets itself on the stack and reads a stand-in instead, which is tied to the real one as soon as that is built.

use super::graph::{Graph, NodeId};
use super::lowering::{Key, Lowering, Mode, State};
use super::{Culprit, Target, What};
use crate::check::model::{CellId, Content, Model, ScenarioId};
use crate::tape::{Blank, Code, InputId};
use foldhash::HashMap;

/// What lowering has found.
pub(super) struct Lowered {
    pub graph: Graph,
    /// Of each target, what is computed.
    pub roots: Vec<Option<NodeId>>,
    pub inputs: HashMap<CellId, InputId>,
}

/// Lowers what the targets need.
pub(super) fn lower(model: &Model, targets: &[Target]) -> Lowered {
    let mut lowering = Lowering::new(model);
    let roots = targets.iter().map(|target| lowering.target(*target)).collect();
    Lowered { graph: lowering.graph, roots, inputs: lowering.inputs }
}

impl Lowering<'_> {
    fn target(&mut self, target: Target) -> Option<NodeId> {
        if let What::Cell(cell) = target.what
            && !matches!(self.model.content(cell, target.scenario), Content::Computed(_))
        {
            return None;
        }
        let mode = target.over.map_or(Mode::Plain, Mode::Over);
        let key = self.canonical(Key { what: target.what, scenario: target.scenario, mode });
        let node = self.build(key)?;
        match target.over {
            Some(_) => Some(self.in_time_of_grid(target.what, node)),
            None => Some(node),
        }
    }

    /// Builds a thing and everything it needs.
    fn build(&mut self, root: Key) -> Option<NodeId> {
        let mut stack: Vec<(Key, Option<CellId>)> = vec![(root, None)];
        while let Some((key, owner)) = stack.last().copied() {
            if let Some(State::Done(_)) = self.states.get(&key) {
                stack.pop();
                continue;
            }
            self.states.entry(key).or_insert(State::Open(None));
            let owner = match key.what {
                What::Cell(cell) => Some(cell),
                What::Expr(_) => owner,
            };
            let expr = match key.what {
                What::Cell(cell) => match self.model.content(cell, key.scenario) {
                    Content::Computed(expr) => Some(expr),
                    Content::Table(_) | Content::Reference(_) | Content::Text | Content::Missing => None,
                },
                What::Expr(expr) => Some(expr),
            };
            self.culprit = Culprit { cell: owner, scenario: key.scenario, expr };
            self.wanted.clear();
            let node = self.attempt(key);
            if self.wanted.is_empty() {
                if let Some(State::Open(Some(link))) = self.states.insert(key, State::Done(node)) {
                    self.graph.tie(link, node);
                }
                stack.pop();
            } else {
                stack.extend(self.wanted.drain(..).rev().map(|wanted| (wanted, owner)));
            }
        }
        match self.states.get(&root) {
            Some(State::Done(node)) => Some(*node),
            Some(State::Open(_)) | None => None,
        }
    }

    fn attempt(&mut self, key: Key) -> NodeId {
        let Key { what, scenario, mode } = key;
        match (what, mode) {
            (What::Cell(cell), Mode::Plain) => self.cell(cell, scenario),
            (What::Cell(cell), Mode::Start) => self.start(cell, scenario),
            (What::Cell(cell), Mode::Over(steps)) => self.cell_over(cell, scenario, steps),
            (What::Expr(expr), Mode::Plain) => self.expr(expr, scenario),
            (What::Expr(expr), Mode::Start) => self.start_of(expr, scenario),
            (What::Expr(expr), Mode::Over(steps)) => self.over(expr, scenario, steps),
        }
    }

    /// A definition in each step.
    fn cell(&mut self, cell: CellId, scenario: Option<ScenarioId>) -> NodeId {
        let Content::Computed(expr) = self.model.content(cell, scenario) else {
            return self.op(Code::Blank, &[Blank::First.number()], &[]);
        };
        if self.is_input(expr) { self.input(cell, expr, scenario) } else { self.need(What::Expr(expr), scenario) }
    }
}
