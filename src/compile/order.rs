//! Order: strongly connected components of a graph of operations, those that are read before those that read them.

/// Who reads whom, as lists laid end to end.
#[derive(Default)]
pub(super) struct Edges {
    starts: Vec<u32>,
    targets: Vec<u32>,
}

/// Nodes that need each other, or one alone.
pub(super) struct Group {
    pub members: Vec<u32>,
    /// Whether it needs itself.
    pub looped: bool,
}

impl Edges {
    /// Adds the next node with what it reads.
    pub fn node(&mut self, reads: impl IntoIterator<Item = u32>) {
        self.starts.push(self.targets.len() as u32);
        self.targets.extend(reads);
    }

    fn count(&self) -> usize {
        self.starts.len()
    }

    /// What a node reads.
    pub fn of(&self, node: u32) -> &[u32] {
        let start = self.starts.get(node as usize).map_or(0, |start| *start as usize);
        let end = self.starts.get(node as usize + 1).map_or(self.targets.len(), |end| *end as usize);
        self.targets.get(start..end).unwrap_or(&[])
    }
}

/// The groups that can be reached from the roots (Tarjan 1972, without recursion).
pub(super) fn groups(edges: &Edges, roots: impl IntoIterator<Item = u32>) -> Vec<Group> {
    let count = edges.count();
    let mut search = Search {
        edges,
        index: vec![NEW; count],
        low: vec![0; count],
        on_stack: vec![false; count],
        stack: Vec::new(),
        next: 0,
        groups: Vec::new(),
    };
    for root in roots {
        search.visit(root);
    }
    search.groups
}

const NEW: u32 = u32::MAX;

struct Search<'e> {
    edges: &'e Edges,
    index: Vec<u32>,
    low: Vec<u32>,
    on_stack: Vec<bool>,
    stack: Vec<u32>,
    next: u32,
    groups: Vec<Group>,
}

#[allow(clippy::indexing_slicing, reason = "every index is a node of the graph")]
impl Search<'_> {
    fn visit(&mut self, root: u32) {
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
            let mut descend = None;
            for (place, to) in self.edges.of(node).iter().enumerate().skip(at) {
                if self.index[*to as usize] == NEW {
                    descend = Some((place + 1, *to));
                    break;
                }
                if self.on_stack[*to as usize] {
                    self.low[here] = self.low[here].min(self.low[*to as usize]);
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

    fn close(&mut self, root: u32) {
        let mut members = Vec::new();
        while let Some(node) = self.stack.pop() {
            self.on_stack[node as usize] = false;
            members.push(node);
            if node == root {
                break;
            }
        }
        let looped = members.len() > 1 || self.edges.of(root).contains(&root);
        self.groups.push(Group { members, looped });
    }
}

#[cfg(test)]
mod tests {
    use super::{Edges, groups};

    #[test]
    fn a_circle_is_one_group_and_what_it_reads_comes_first() {
        // 0 → 1 → 2 → 1, 2 → 3, 3 → 3.
        let mut edges = Edges::default();
        for reads in [vec![1], vec![2], vec![1, 3], vec![3]] {
            edges.node(reads);
        }
        let found: Vec<(Vec<u32>, bool)> = groups(&edges, [0]).into_iter().map(|g| (g.members, g.looped)).collect();
        assert_eq!(found, [(vec![3], true), (vec![2, 1], true), (vec![0], false)]);
    }
}
