//! Lowering as it stands: the things that are built, those that are wanted, and the graph they become.

use super::graph::{Graph, Node, NodeId};
use super::opened::Opened;
use super::variant::Variants;
use super::{Culprit, What};
use crate::check::model::{CellId, ExprId, Model, ScenarioId, Steps};
use crate::tape::{Code, InputId};
use foldhash::{HashMap, HashSet};

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

/// How far a thing is built.
#[derive(Clone, Copy)]
pub(super) enum State {
    /// It is being built; what stands for it, if anything has asked.
    Open(Option<NodeId>),
    /// It is there.
    Done(NodeId),
}

/// A thing under a scenario.
pub(super) type Seen = (What, Option<ScenarioId>);

/// An expression under a scenario.
pub(super) type Read = (ExprId, Option<ScenarioId>);

/// Expressions that no draw has a part in, as far as they have been looked through.
pub(super) type Certain = HashSet<Read>;

/// What has been built so far, and what is wanted next.
pub(super) struct Lowering<'m> {
    pub model: &'m Model,
    variants: Variants<'m>,
    pub graph: Graph,
    pub states: HashMap<Key, State>,
    /// What this try has asked for that isn't there yet.
    pub wanted: Vec<Key>,
    /// Of what has been asked over spans, whether it is as it stands at the end.
    pub ending: HashMap<Seen, bool>,
    pub opened: Opened,
    pub inputs: HashMap<CellId, InputId>,
    pub certain: Certain,
    /// The definition and scenario in hand, and the expression.
    pub culprit: Culprit,
}

impl<'m> Lowering<'m> {
    /// Nothing built, nothing wanted.
    pub fn new(model: &'m Model) -> Self {
        Self {
            model,
            variants: Variants::new(model),
            graph: Graph::default(),
            states: HashMap::default(),
            wanted: Vec::new(),
            ending: HashMap::default(),
            opened: Opened::default(),
            inputs: HashMap::default(),
            certain: Certain::default(),
            culprit: Culprit { cell: None, scenario: None, expr: None },
        }
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
