//! Alike: puts loops of one form next to each other, so that a run can step them side by side.

use super::graph::Graph;
use super::order::{Edges, Group};
use foldhash::HashMap;
use foldhash::fast::FixedState;
use std::hash::{BuildHasher, Hash, Hasher};

/// How many loops a tape must have: fewer do not fill the vectors, and stay where they are.
const MANY: usize = 8;

/// Groups in an order that keeps what is read before what reads it: first what waits for no loop, then the loops that
/// wait for none, those of one form together; then what waits for these, and so on.
#[allow(clippy::indexing_slicing, reason = "every index is a node of the graph")]
pub(super) fn side_by_side(graph: &Graph, edges: &Edges, groups: Vec<Group>) -> Vec<Group> {
    if groups.iter().filter(|group| group.looped).count() < MANY {
        return groups;
    }
    // Of each node, how many loops lie one behind the other up to it.
    let mut behind = vec![0_u32; graph.len()];
    let mut places: HashMap<(u32, u64), usize> = HashMap::default();
    let mut keyed = Vec::with_capacity(groups.len());
    for (at, group) in groups.into_iter().enumerate() {
        let reads = group.members.iter().flat_map(|member| edges.of(*member));
        let before = reads.map(|read| behind[*read as usize]).max().unwrap_or(0);
        let after = before + u32::from(group.looped);
        group.members.iter().for_each(|member| behind[*member as usize] = after);
        // Loops of one form lie where the first of them was.
        let place = if group.looped { *places.entry((before, form(graph, &group))).or_insert(at) } else { at };
        keyed.push(((before, group.looped, place), group));
    }
    keyed.sort_by_key(|(key, _)| *key);
    keyed.into_iter().map(|(_, group)| group).collect()
}

/// What loops of one form have in common. Whether they really are alike, the tape looks at closely.
fn form(graph: &Graph, group: &Group) -> u64 {
    let mut mixer = FixedState::default().build_hasher();
    for member in &group.members {
        let node = graph.get(*member);
        node.code.hash(&mut mixer);
        node.args.len().hash(&mut mixer);
        node.numbers().iter().for_each(|number| number.to_bits().hash(&mut mixer));
    }
    mixer.finish()
}
