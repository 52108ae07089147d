//! The graph of operations before they have an order: equal ones are one.

use super::Culprit;
use crate::tape::Code;
use foldhash::HashMap;
use std::rc::Rc;

/// An operation of the graph.
pub(super) type NodeId = u32;

/// An operation, or a stand-in for one that is still being built.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Node {
    pub code: Code,
    pub args: Box<[NodeId]>,
    /// As bits, so that equal numbers are equal.
    numbers: Box<[u64]>,
}

#[derive(Default)]
pub(super) struct Graph {
    nodes: Vec<Rc<Node>>,
    known: HashMap<Rc<Node>, NodeId>,
    culprits: Vec<Culprit>,
    /// What each stand-in stands for.
    links: HashMap<NodeId, Option<NodeId>>,
}

impl Node {
    pub fn new(code: Code, numbers: &[f64], args: &[NodeId]) -> Self {
        Self { code, args: args.into(), numbers: numbers.iter().map(|number| number.to_bits()).collect() }
    }

    pub fn numbers(&self) -> Vec<f64> {
        self.numbers.iter().map(|bits| f64::from_bits(*bits)).collect()
    }
}

impl Graph {
    /// The node of an operation: a known one, or a new one of `culprit`'s.
    pub fn node(&mut self, node: Node, culprit: Culprit) -> NodeId {
        if let Some(known) = self.known.get(&node) {
            return *known;
        }
        let node = Rc::new(node);
        let id = self.push(Rc::clone(&node), culprit);
        self.known.insert(node, id);
        id
    }

    /// A stand-in for something that needs itself through time.
    pub fn link(&mut self, culprit: Culprit) -> NodeId {
        // Unlike any other node, since none may be taken for it.
        let id = self.push(Rc::new(Node::new(Code::Circle, &[], &[])), culprit);
        self.links.insert(id, None);
        id
    }

    fn push(&mut self, node: Rc<Node>, culprit: Culprit) -> NodeId {
        let id = self.nodes.len() as NodeId;
        self.nodes.push(node);
        self.culprits.push(culprit);
        id
    }

    /// Says what a stand-in stands for.
    pub fn tie(&mut self, link: NodeId, node: NodeId) {
        self.links.insert(link, Some(node));
    }

    /// The node itself, behind any stand-ins. One that stands for nothing but itself is a circle, and stays.
    pub fn behind(&self, mut id: NodeId) -> NodeId {
        for _ in 0..=self.links.len() {
            match self.links.get(&id) {
                Some(Some(next)) => id = *next,
                Some(None) | None => return id,
            }
        }
        id
    }

    #[allow(clippy::indexing_slicing, reason = "ids come from this graph")]
    pub fn get(&self, id: NodeId) -> &Node {
        &self.nodes[id as usize]
    }

    #[allow(clippy::indexing_slicing, reason = "ids come from this graph")]
    pub fn culprit(&self, id: NodeId) -> Culprit {
        self.culprits[id as usize]
    }

    pub fn len(&self) -> usize {
        self.nodes.len()
    }
}
