//! Graph: who reads whom, for the programs that draw such things.

pub mod dot;
pub mod json;
pub mod mermaid;

use crate::report::graph::GraphNode;

/// What a node says, in lines: its name, then what it is called.
fn lines(node: &GraphNode) -> Vec<&str> {
    let title = node.title.as_deref().filter(|title| *title != node.name);
    [node.name.as_str()].into_iter().chain(title).collect()
}
