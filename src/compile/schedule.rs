//! Scheduling: puts the graph in an order, and finds what loops through time.

use super::graph::{Graph, NodeId};
use super::lower::Lowered;
use super::{Compiled, Culprit, Target};
use crate::check::model::Model;
use crate::tape::{Block, Code, OpId, Rule, Shape, SlotId, Tape, Timeline};

const NEW: u32 = u32::MAX;

/// The tape of a graph.
pub(super) fn schedule(model: &Model, targets: &[Target], lowered: Lowered) -> Compiled {
    let Lowered { graph, roots, inputs } = lowered;
    let roots: Vec<Option<NodeId>> = roots.into_iter().map(|root| root.map(|node| graph.behind(node))).collect();
    let mut order = Order::new(&graph);
    for root in roots.iter().flatten() {
        order.visit(*root);
    }
    let grid = &model.grid;
    let timeline = Timeline { steps: grid.len() as u32, first: grid.start(0), period: grid.period() };
    let mut writer = Writer {
        graph: &graph,
        tape: Tape::new(timeline, inputs.len() as u32),
        ops: vec![OpId(NEW); graph.len()],
        culprits: Vec::new(),
    };
    for group in order.groups {
        writer.group(group);
    }
    writer.tape.close(Block::Whole);
    let found = targets.iter().zip(&roots).filter_map(|(target, root)| Some((*target, writer.slot((*root)?))));
    let slots = found.collect();
    Compiled { tape: writer.tape, slots, inputs, culprits: writer.culprits }
}

/// Operations that need each other through time, or one alone.
struct Group {
    members: Vec<NodeId>,
    looped: bool,
}

/// Strongly connected components, those that are read before those that read them (Tarjan 1972, without recursion).
struct Order<'g> {
    graph: &'g Graph,
    index: Vec<u32>,
    low: Vec<u32>,
    on_stack: Vec<bool>,
    stack: Vec<NodeId>,
    next: u32,
    groups: Vec<Group>,
}

#[allow(clippy::indexing_slicing, reason = "every index is a node of the graph")]
impl<'g> Order<'g> {
    fn new(graph: &'g Graph) -> Self {
        let count = graph.len();
        let (index, low, on_stack) = (vec![NEW; count], vec![0; count], vec![false; count]);
        Self { graph, index, low, on_stack, stack: Vec::new(), next: 0, groups: Vec::new() }
    }

    fn visit(&mut self, root: NodeId) {
        let mut work = if self.index[root as usize] == NEW { vec![(root, 0)] } else { Vec::new() };
        while let Some((node, at)) = work.pop() {
            let here = node as usize;
            if at == 0 {
                self.index[here] = self.next;
                self.low[here] = self.next;
                self.next += 1;
                self.stack.push(node);
                self.on_stack[here] = true;
            }
            let graph = self.graph;
            let mut descend = None;
            for (place, arg) in graph.get(node).args.iter().enumerate().skip(at) {
                let to = graph.behind(*arg);
                if self.index[to as usize] == NEW {
                    descend = Some((place + 1, to));
                    break;
                }
                if self.on_stack[to as usize] {
                    self.low[here] = self.low[here].min(self.low[to as usize]);
                }
            }
            if let Some((place, to)) = descend {
                work.push((node, place));
                work.push((to, 0));
                continue;
            }
            if self.low[here] == self.index[here] {
                self.close(node);
            }
            if let Some((parent, _)) = work.last() {
                self.low[*parent as usize] = self.low[*parent as usize].min(self.low[here]);
            }
        }
    }

    fn close(&mut self, root: NodeId) {
        let mut members = Vec::new();
        while let Some(node) = self.stack.pop() {
            self.on_stack[node as usize] = false;
            members.push(node);
            if node == root {
                break;
            }
        }
        let itself = self.graph.get(root).args.iter().any(|arg| self.graph.behind(*arg) == root);
        let looped = members.len() > 1 || itself;
        self.groups.push(Group { members, looped });
    }
}

struct Writer<'g> {
    graph: &'g Graph,
    tape: Tape,
    /// The operation each node has become.
    ops: Vec<OpId>,
    culprits: Vec<Culprit>,
}

/// How far a member of a loop has come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Progress {
    Waiting,
    Open,
    Written,
}

#[allow(clippy::indexing_slicing, reason = "every index is a node of the graph")]
impl Writer<'_> {
    fn slot(&self, node: NodeId) -> SlotId {
        SlotId(self.ops[node as usize].0)
    }

    fn group(&mut self, group: Group) {
        match group.members.as_slice() {
            [only] if !group.looped => {
                let node = self.graph.get(*only);
                let args: Vec<OpId> = node.args.iter().map(|arg| self.ops[self.graph.behind(*arg) as usize]).collect();
                let shape = self.shape(node.code, &args);
                self.ops[*only as usize] = OpId(self.tape.ops().len() as u32);
                self.tape.push(node.code, shape, &args, &node.numbers());
                self.culprits.push(self.graph.culprit(*only));
            }
            members => {
                self.tape.close(Block::Whole);
                self.looped(members);
                self.tape.close(Block::Loop);
            }
        }
    }

    fn shape(&self, code: Code, args: &[OpId]) -> Shape {
        let of = |arg: &OpId| self.tape.op(*arg).shape;
        match code.row().rule {
            Rule::Follows => args.iter().map(of).max().unwrap_or(Shape::Constant),
            Rule::Series => Shape::Series,
            Rule::Constant => Shape::Constant,
            Rule::Second => args.get(1).map_or(Shape::Constant, of),
        }
    }

    /// A loop: everything in it is a series, and in each step what is read in the same step comes first.
    fn looped(&mut self, members: &[NodeId]) {
        let (order, circles) = self.in_step(members);
        let first = self.tape.ops().len() as u32;
        for (at, node) in order.iter().enumerate() {
            self.ops[*node as usize] = OpId(first + at as u32);
        }
        for id in order {
            let node = self.graph.get(id);
            let args: Vec<OpId> = node.args.iter().map(|arg| self.ops[self.graph.behind(*arg) as usize]).collect();
            // A delay may read the step it is in, but not of a flow that waits for it.
            let waits = node.code == Code::Delay && args.first().is_some_and(|flow| flow.0 >= first);
            if circles.contains(&id) {
                self.tape.push(Code::Circle, Shape::Series, &[], &[]);
            } else {
                let code = if waits { Code::LoopDelay } else { node.code };
                self.tape.push(code, Shape::Series, &args, &node.numbers());
            }
            self.culprits.push(self.graph.culprit(id));
        }
    }

    /// The members of a loop by what they read in the same step, and those that can't be put so. A checked model has none
    /// of these; a fault in their place keeps the engine total.
    fn in_step(&self, members: &[NodeId]) -> (Vec<NodeId>, Vec<NodeId>) {
        let mut progress: std::collections::HashMap<NodeId, Progress> =
            members.iter().map(|node| (*node, Progress::Waiting)).collect();
        let (mut order, mut circles) = (Vec::with_capacity(members.len()), Vec::new());
        for root in members.iter().rev() {
            if progress.get(root) != Some(&Progress::Waiting) {
                continue;
            }
            progress.insert(*root, Progress::Open);
            let mut work = vec![(*root, 0)];
            while let Some((node, at)) = work.pop() {
                let args = &self.graph.get(node).args;
                let code = self.graph.get(node).code;
                let mut descend = None;
                for (place, arg) in args.iter().enumerate().skip(at) {
                    let to = self.graph.behind(*arg);
                    if code.lags(place) {
                        continue;
                    }
                    match progress.get(&to) {
                        Some(Progress::Waiting) => {
                            descend = Some((place + 1, to));
                            break;
                        }
                        Some(Progress::Open) if !circles.contains(&to) => circles.push(to),
                        Some(Progress::Open | Progress::Written) | None => {}
                    }
                }
                match descend {
                    Some((place, to)) => {
                        work.push((node, place));
                        progress.insert(to, Progress::Open);
                        work.push((to, 0));
                    }
                    None => {
                        progress.insert(node, Progress::Written);
                        order.push(node);
                    }
                }
            }
        }
        (order, circles)
    }
}
