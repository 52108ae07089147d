//! Order: in which order definitions can be computed; circles within a period, and loops through a lag.

use super::depend::{Reach, Reads};
use super::model::CellId;
use foldhash::{HashMap, HashSet};

/// The order of definitions.
#[derive(Debug, Default)]
pub(super) struct Order {
    /// Groups in an order in which each reads only itself and those before it; more than one member, or a member that
    /// reads itself, is a loop.
    pub groups: Vec<Vec<CellId>>,
    /// Reads of a level inside its own loop, as it stood at the opening: (who reads, the level).
    pub opened: HashSet<(CellId, CellId)>,
    /// Circles: each reads the next, the last the first; and how.
    pub circles: Vec<(Vec<CellId>, Circle)>,
    /// Which groups are loops.
    pub looped: HashSet<CellId>,
}

/// What is wrong with a circle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Circle {
    /// Its members need each other in the same period.
    SamePeriod,
    /// One reads the whole timeline of another, its own future included.
    Future,
}

/// Orders `count` definitions by what each reads; `is_level` tells which are built by `accumulate` or `cohorts`.
pub(super) fn order(count: usize, reads: &[Reads], is_level: impl Fn(CellId) -> bool) -> Order {
    let mut edges: Vec<Vec<(CellId, Reach)>> = reads
        .iter()
        .map(|reads| {
            let mut edges: Vec<_> = reads.iter().map(|(cell, reach)| (*cell, *reach)).collect();
            edges.sort_unstable_by_key(|(cell, _)| *cell);
            edges
        })
        .collect();
    edges.resize(count, Vec::new());
    let groups = components(&edges);
    let mut order = Order::default();
    for group in &groups {
        let members: HashSet<CellId> = group.iter().copied().collect();
        let inside = |from: CellId| reads_of(&edges, from).iter().filter(|(to, _)| members.contains(to));
        let looped = group.len() > 1 || group.iter().any(|cell| inside(*cell).next().is_some());
        if !looped {
            continue;
        }
        order.looped.extend(group.iter().copied());
        for cell in group {
            for (to, reach) in inside(*cell) {
                if reach.has(Reach::WHOLE) {
                    order.circles.push((path_back(&edges, &members, *cell, *to), Circle::Future));
                }
            }
        }
        order.opened.extend(opened(&edges, group, &is_level));
    }
    let (same_period, places) = components_now(&edges, &order.opened);
    for group in same_period {
        let circle = shortest_circle(&edges, &order.opened, &group);
        if !circle.is_empty() {
            order.circles.push((circle, Circle::SamePeriod));
        }
    }
    order.groups = groups;
    // Inside a loop, who is read in the same period comes first.
    for group in order.groups.iter_mut().filter(|group| group.len() > 1) {
        group.sort_by_key(|cell| places.get(cell.0 as usize).copied());
    }
    order
}

fn reads_of(edges: &[Vec<(CellId, Reach)>], from: CellId) -> &[(CellId, Reach)] {
    edges.get(from.0 as usize).map_or(&[], Vec::as_slice)
}

/// Reads of a level in the circle of the same period it stands in.
fn opened(
    edges: &[Vec<(CellId, Reach)>],
    group: &[CellId],
    is_level: &impl Fn(CellId) -> bool,
) -> Vec<(CellId, CellId)> {
    // The group alone, numbered from 0: groups are many, and none may cost as much as the whole model.
    let places: HashMap<CellId, u32> = group.iter().enumerate().map(|(at, cell)| (*cell, at as u32)).collect();
    let local: Vec<Vec<(CellId, Reach)>> = group
        .iter()
        .map(|from| {
            let now = reads_of(edges, *from).iter().filter(|(_, reach)| reach.has(Reach::NOW));
            now.filter_map(|(to, reach)| places.get(to).map(|at| (CellId(*at), *reach))).collect()
        })
        .collect();
    let global = |cell: CellId| group.get(cell.0 as usize).copied().unwrap_or(cell);
    let mut found = Vec::new();
    for circle in components(&local) {
        let members: HashSet<CellId> = circle.iter().copied().collect();
        for from in &circle {
            for (to, _) in reads_of(&local, *from) {
                if members.contains(to) && is_level(global(*to)) {
                    found.push((global(*from), global(*to)));
                }
            }
        }
    }
    found
}

/// Groups that still need each other in the same period, and each definition's place in an order of the others.
fn components_now(
    edges: &[Vec<(CellId, Reach)>],
    opened: &HashSet<(CellId, CellId)>,
) -> (Vec<Vec<CellId>>, Vec<u32>) {
    let now: Vec<Vec<(CellId, Reach)>> = edges
        .iter()
        .enumerate()
        .map(|(from, reads)| {
            let kept = |(to, reach): &&(CellId, Reach)| {
                reach.has(Reach::NOW) && !opened.contains(&(CellId(from as u32), *to))
            };
            reads.iter().filter(kept).copied().collect()
        })
        .collect();
    let itself = |group: &Vec<CellId>| {
        group.first().is_some_and(|only| reads_of(&now, *only).iter().any(|(to, _)| to == only))
    };
    let groups = components(&now);
    let mut places = vec![0; edges.len()];
    for (at, cell) in groups.iter().flatten().enumerate() {
        if let Some(place) = places.get_mut(cell.0 as usize) {
            *place = at as u32;
        }
    }
    (groups.into_iter().filter(|group| group.len() > 1 || itself(group)).collect(), places)
}

/// A shortest circle through the first member of a group.
fn shortest_circle(
    edges: &[Vec<(CellId, Reach)>],
    opened: &HashSet<(CellId, CellId)>,
    group: &[CellId],
) -> Vec<CellId> {
    let members: HashSet<CellId> = group.iter().copied().collect();
    let Some(start) = group.iter().min().copied() else { return Vec::new() };
    let next = |from: CellId| {
        let kept = move |(to, reach): &(CellId, Reach)| reach.has(Reach::NOW) && !opened.contains(&(from, *to));
        reads_of(edges, from).iter().copied().filter(kept).map(|(to, _)| to)
    };
    breadth_first(start, start, &members, |from| next(from).collect())
}

/// A way from `to` back to `from`, so that the read from `from` to `to` closes the circle.
fn path_back(edges: &[Vec<(CellId, Reach)>], members: &HashSet<CellId>, from: CellId, to: CellId) -> Vec<CellId> {
    if from == to {
        return vec![from];
    }
    let mut way = vec![from];
    way.extend(breadth_first(to, from, members, |at| reads_of(edges, at).iter().map(|(to, _)| *to).collect()));
    way
}

/// The cells of a shortest way from `start` until it reads `goal`.
fn breadth_first(
    start: CellId,
    goal: CellId,
    members: &HashSet<CellId>,
    next: impl Fn(CellId) -> Vec<CellId>,
) -> Vec<CellId> {
    let mut came_from: HashMap<CellId, CellId> = HashMap::default();
    let mut queue = std::collections::VecDeque::from([start]);
    while let Some(at) = queue.pop_front() {
        for to in next(at) {
            if to == goal {
                let mut way = vec![at];
                let mut back = at;
                while let Some(before) = came_from.get(&back) {
                    way.push(*before);
                    back = *before;
                }
                way.reverse();
                return way;
            }
            if members.contains(&to) && to != start && !came_from.contains_key(&to) {
                came_from.insert(to, at);
                queue.push_back(to);
            }
        }
    }
    Vec::new()
}

/// Strongly connected components, those that are read before those that read them (Tarjan 1972, without recursion).
fn components(edges: &[Vec<(CellId, Reach)>]) -> Vec<Vec<CellId>> {
    const NEW: u32 = u32::MAX;
    let mut state = Tarjan { index: vec![NEW; edges.len()], low: vec![0; edges.len()], on_stack: vec![false; edges.len()], stack: Vec::new(), next: 0, groups: Vec::new() };
    for root in 0..edges.len() {
        if state.index.get(root) == Some(&NEW) {
            state.visit(root, edges);
        }
    }
    state.groups
}

struct Tarjan {
    index: Vec<u32>,
    low: Vec<u32>,
    on_stack: Vec<bool>,
    stack: Vec<usize>,
    next: u32,
    groups: Vec<Vec<CellId>>,
}

#[allow(clippy::indexing_slicing, reason = "every index is a node of the graph")]
impl Tarjan {
    fn visit(&mut self, root: usize, edges: &[Vec<(CellId, Reach)>]) {
        let mut work = vec![(root, 0)];
        while let Some((node, at)) = work.pop() {
            if at == 0 {
                self.index[node] = self.next;
                self.low[node] = self.next;
                self.next += 1;
                self.stack.push(node);
                self.on_stack[node] = true;
            }
            let mut descend = None;
            for (place, (to, _)) in edges[node].iter().enumerate().skip(at) {
                let to = to.0 as usize;
                if to >= edges.len() {
                    continue;
                }
                if self.index[to] == u32::MAX {
                    descend = Some((place + 1, to));
                    break;
                }
                if self.on_stack[to] {
                    self.low[node] = self.low[node].min(self.index[to]);
                }
            }
            if let Some((place, to)) = descend {
                work.push((node, place));
                work.push((to, 0));
                continue;
            }
            if self.low[node] == self.index[node] {
                self.close(node);
            }
            if let Some((parent, _)) = work.last() {
                self.low[*parent] = self.low[*parent].min(self.low[node]);
            }
        }
    }

    fn close(&mut self, root: usize) {
        let mut group = Vec::new();
        while let Some(node) = self.stack.pop() {
            self.on_stack[node] = false;
            group.push(CellId(node as u32));
            if node == root {
                break;
            }
        }
        group.sort_unstable();
        self.groups.push(group);
    }
}
