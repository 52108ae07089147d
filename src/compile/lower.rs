//! Lowering: from definitions and expressions to a graph of operations, without recursion.
//!
//! A thing is tried; what it needs and isn't there yet is put on the stack before it, and it is tried again. What needs
//! itself meets itself on the stack and reads a stand-in instead, which is tied to the real one as soon as that is built.

use super::ends::Seen;
use super::graph::{Graph, Node, NodeId};
use super::sample::Certain;
use super::variant::Variants;
use super::{Culprit, Target, What};
use crate::check::model::{CellId, Content, ExprId, Model, ScenarioId, Steps};
use crate::tape::{Blank, Code, InputId};
use foldhash::HashMap;

/// How a thing is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Mode {
    /// In each step.
    Plain,
    /// Before the first step.
    Start,
    /// Over a span of steps.
    Over(Steps),
}

/// A thing to build.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key {
    pub what: What,
    pub scenario: Option<ScenarioId>,
    pub mode: Mode,
}

#[derive(Clone, Copy)]
enum State {
    /// It is being built; what stands for it, if anything has asked.
    Open(Option<NodeId>),
    Done(NodeId),
}

/// What lowering has found.
pub(super) struct Lowered {
    pub graph: Graph,
    /// Of each target, what is computed.
    pub roots: Vec<Option<NodeId>>,
    pub inputs: HashMap<CellId, InputId>,
}

pub(super) struct Lowering<'m> {
    pub model: &'m Model,
    variants: Variants<'m>,
    graph: Graph,
    states: HashMap<Key, State>,
    wanted: Vec<Key>,
    /// Of what has been asked over spans, whether it is as it stands at the end.
    pub ending: HashMap<Seen, bool>,
    pub inputs: HashMap<CellId, InputId>,
    pub certain: Certain,
    /// The definition and scenario in hand, and the expression.
    pub culprit: Culprit,
}

/// Lowers what the targets need.
pub(super) fn lower(model: &Model, targets: &[Target]) -> Lowered {
    let culprit = Culprit { cell: None, scenario: None, expr: None };
    let mut lowering = Lowering {
        model,
        variants: Variants::new(model),
        graph: Graph::default(),
        states: HashMap::default(),
        wanted: Vec::new(),
        ending: HashMap::default(),
        inputs: HashMap::default(),
        certain: Certain::default(),
        culprit,
    };
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

    /// The node of something else that is read in each step. If it isn't there yet, it is wanted, and the answer is
    /// no more than a place-holder for this try.
    pub fn need(&mut self, what: What, scenario: Option<ScenarioId>) -> NodeId {
        self.need_as(what, scenario, Mode::Plain)
    }

    pub fn need_as(&mut self, what: What, scenario: Option<ScenarioId>, mode: Mode) -> NodeId {
        let key = self.canonical(Key { what, scenario, mode });
        match self.states.get(&key).copied() {
            Some(State::Done(node)) => node,
            Some(State::Open(Some(link))) => link,
            Some(State::Open(None)) => {
                let link = self.graph.link(self.culprit);
                self.states.insert(key, State::Open(Some(link)));
                link
            }
            None => {
                self.wanted.push(key);
                0
            }
        }
    }

    /// A definition that a scenario leaves alone is the model's own.
    pub fn canonical(&mut self, key: Key) -> Key {
        match (key.what, key.scenario) {
            (What::Cell(cell), Some(scenario)) if !self.variants.changes(scenario, cell) => Key { scenario: None, ..key },
            (What::Cell(_) | What::Expr(_), _) => key,
        }
    }

    /// An operation; nothing while something is wanted.
    pub fn op(&mut self, code: Code, numbers: &[f64], args: &[NodeId]) -> NodeId {
        if !self.wanted.is_empty() {
            return 0;
        }
        self.graph.node(Node::new(code, numbers, args), self.culprit)
    }

    /// Whether something is wanted first, so that this try comes to nothing.
    pub fn is_waiting(&self) -> bool {
        !self.wanted.is_empty()
    }

    /// The value of a node that is a constant.
    pub fn known(&self, node: NodeId) -> Option<f64> {
        let node = self.graph.get(self.graph.behind(node));
        if node.code == Code::Number { node.numbers().first().copied() } else { None }
    }

    /// A constant.
    pub fn number(&mut self, value: f64) -> NodeId {
        self.op(Code::Number, &[value], &[])
    }

    /// Several expressions in each step.
    pub fn all(&mut self, exprs: impl IntoIterator<Item = ExprId>, scenario: Option<ScenarioId>) -> Vec<NodeId> {
        exprs.into_iter().map(|expr| self.need(What::Expr(expr), scenario)).collect()
    }
}
