//! Scheduling: puts the graph in an order, and finds what loops through time.

use super::graph::{Graph, NodeId};
use super::lower::Lowered;
use super::order::{Edges, groups};
use super::alike;
use super::{Compiled, Culprit, Target};
use crate::check::model::Model;
use crate::tape::{Block, Code, OpId, Rule, Shape, SlotId, Tape, Timeline};
use foldhash::HashSet;

/// Not on the tape, or not in the loop at hand.
const NOWHERE: u32 = u32::MAX;

/// The tape of a graph.
pub(super) fn schedule(model: &Model, targets: &[Target], lowered: Lowered) -> Compiled {
    let Lowered { graph, roots, inputs } = lowered;
    let roots: Vec<Option<NodeId>> = roots.into_iter().map(|root| root.map(|node| graph.behind(node))).collect();
    let mut edges = Edges::default();
    for node in 0..graph.len() as NodeId {
        edges.node(graph.get(node).args.iter().map(|arg| graph.behind(*arg)));
    }
    let grid = &model.grid;
    let timeline = Timeline { steps: grid.len() as u32, first: grid.start(0), period: grid.period() };
    let mut writer = Writer {
        graph: &graph,
        tape: Tape::new(timeline, inputs.len() as u32),
        ops: vec![OpId(NOWHERE); graph.len()],
        places: vec![NOWHERE; graph.len()],
        culprits: Vec::new(),
    };
    let groups = groups(&edges, roots.iter().flatten().copied());
    for group in alike::side_by_side(&graph, &edges, groups) {
        match group.members.as_slice() {
            [only] if !group.looped => writer.alone(*only),
            members => writer.looped(members),
        }
    }
    writer.tape.close(Block::Whole);
    writer.tape.finish();
    let found = targets.iter().zip(&roots).filter_map(|(target, root)| Some((*target, writer.slot((*root)?))));
    let slots = found.collect();
    Compiled { tape: writer.tape, slots, inputs, culprits: writer.culprits }
}

struct Writer<'g> {
    graph: &'g Graph,
    tape: Tape,
    /// The operation each node has become.
    ops: Vec<OpId>,
    /// Where each node stands in the loop at hand.
    places: Vec<u32>,
    culprits: Vec<Culprit>,
}

/// What becomes of a member of a loop.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Member {
    Itself,
    /// A fixed delay whose flow waits for it: it reads the steps before only.
    Waiting,
    /// It needs itself in the same step.
    Circle,
}

/// How far a fixed delay reaches back, as far as is known before a run.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Back {
    /// Less than a step.
    Less,
    Unknown,
    /// A step or more.
    Step,
}

#[allow(clippy::indexing_slicing, reason = "every index is a node of the graph")]
impl Writer<'_> {
    fn slot(&self, node: NodeId) -> SlotId {
        SlotId(self.ops[node as usize].0)
    }

    fn args(&self, node: NodeId) -> Vec<OpId> {
        self.graph.get(node).args.iter().map(|arg| self.ops[self.graph.behind(*arg) as usize]).collect()
    }

    /// An operation outside of any loop.
    fn alone(&mut self, id: NodeId) {
        let args = self.args(id);
        let node = self.graph.get(id);
        let of = |arg: &OpId| self.tape.op(*arg).shape;
        let shape = match node.code.row().rule {
            Rule::Follows => args.iter().map(of).max().unwrap_or(Shape::Constant),
            Rule::Series => Shape::Series,
            Rule::Constant => Shape::Constant,
            Rule::Second => args.get(1).map_or(Shape::Constant, of),
        };
        self.ops[id as usize] = OpId(self.tape.ops().len() as u32);
        self.tape.push(node.code, shape, &args, &node.numbers());
        self.culprits.push(self.graph.culprit(id));
    }

    /// A loop: everything in it is a series, and in each step what is read in the same step comes first.
    fn looped(&mut self, members: &[NodeId]) {
        self.tape.close(Block::Whole);
        for (place, node) in members.iter().enumerate() {
            self.places[*node as usize] = place as u32;
        }
        let (order, kinds) = self.in_step(members);
        for node in members {
            self.places[*node as usize] = NOWHERE;
        }
        let first = self.tape.ops().len() as u32;
        for (at, place) in order.iter().enumerate() {
            self.ops[members[*place as usize] as usize] = OpId(first + at as u32);
        }
        for place in order {
            let id = members[place as usize];
            let node = self.graph.get(id);
            match kinds[place as usize] {
                Member::Itself => self.tape.push(node.code, Shape::Series, &self.args(id), &node.numbers()),
                Member::Waiting => self.tape.push(Code::LoopDelay, Shape::Series, &self.args(id), &node.numbers()),
                Member::Circle => self.tape.push(Code::Circle, Shape::Series, &[], &[]),
            }
            self.culprits.push(self.graph.culprit(id));
        }
        self.tape.close(Block::Loop);
    }

    /// The members of a loop by what they read in the same step. A fixed delay reads its own step too where it can; only
    /// where its flow needs it there does it wait. What still needs itself in the same step is a circle: a checked model
    /// has none, and a fault in its place keeps the engine total.
    fn in_step(&self, members: &[NodeId]) -> (Vec<u32>, Vec<Member>) {
        let mut kinds = vec![Member::Itself; members.len()];
        loop {
            let mut edges = Edges::default();
            for (place, node) in members.iter().enumerate() {
                edges.node(self.reads_now(*node, kinds[place]));
            }
            let groups = groups(&edges, 0..members.len() as u32);
            let mut settled = true;
            for group in groups.iter().filter(|group| group.looped) {
                settled = false;
                let delays = self.delays_in(members, &kinds, &group.members);
                // Those that are known to reach back a step give way first, those that are known not to last.
                let first = delays.iter().map(|(_, back)| *back).max();
                for (place, _) in delays.iter().filter(|(_, back)| Some(*back) == first) {
                    kinds[*place as usize] = Member::Waiting;
                }
                if let Some(place) = group.members.first().filter(|_| delays.is_empty()) {
                    kinds[*place as usize] = Member::Circle;
                }
            }
            if settled {
                return (groups.into_iter().flat_map(|group| group.members).collect(), kinds);
            }
        }
    }

    /// The fixed delays among members that need each other in the same step, and how far each reaches back.
    fn delays_in(&self, members: &[NodeId], kinds: &[Member], group: &[u32]) -> Vec<(u32, Back)> {
        let inside: HashSet<u32> = group.iter().copied().collect();
        let delays = group.iter().filter(|place| {
            let node = self.graph.get(members[**place as usize]);
            let flow = node.args.first().map(|arg| self.places[self.graph.behind(*arg) as usize]);
            let free = kinds[**place as usize] == Member::Itself;
            node.code == Code::Delay && free && flow.is_some_and(|flow| inside.contains(&flow))
        });
        delays.map(|place| (*place, self.back(members[*place as usize]))).collect()
    }

    fn back(&self, delay: NodeId) -> Back {
        let by = self.graph.get(delay).args.get(1).and_then(|by| self.known(*by));
        match by {
            Some(by) if by >= self.tape.timeline().period => Back::Step,
            Some(_) => Back::Less,
            None => Back::Unknown,
        }
    }

    /// The value of a literal, unless a run scales it.
    fn known(&self, id: NodeId) -> Option<f64> {
        let mut scale = 1.0;
        let mut node = self.graph.get(self.graph.behind(id));
        // A literal lies no deeper; and what needs itself must not be followed for ever.
        for _ in 0..8 {
            let number = node.numbers().first().copied();
            if node.code == Code::Number {
                return number.map(|value| value * scale);
            }
            if node.code == Code::Scale {
                scale *= number.unwrap_or(1.0);
            } else if node.code != Code::Input {
                return None;
            }
            node = self.graph.get(self.graph.behind(*node.args.first()?));
        }
        None
    }

    /// The members of the loop that a member reads in its own step.
    fn reads_now(&self, node: NodeId, kind: Member) -> Vec<u32> {
        let node = self.graph.get(node);
        let lags = |place: usize| kind == Member::Waiting && place == 0 || node.code.lags(place);
        let read = node.args.iter().enumerate().filter(|(place, _)| kind != Member::Circle && !lags(*place));
        read.map(|(_, arg)| self.places[self.graph.behind(*arg) as usize]).filter(|place| *place != NOWHERE).collect()
    }
}
