//! DOT: a graph for Graphviz.

use super::lines;
use crate::diagnostic::escape::one_line;
use crate::report::graph::{Graph, GraphNode, NodeSort, Read};

/// The graph as DOT.
#[must_use]
pub fn dot(graph: &Graph) -> String {
    let title = graph.title.as_ref().or(graph.name.as_ref()).map_or("", String::as_str);
    let mut out = format!("digraph {} {{\n  rankdir=LR\n  node [fontname=\"sans-serif\", fontsize=11]\n", quoted(&[title]));
    for (at, node) in graph.nodes.iter().enumerate() {
        out += &format!("  n{at} [label={}, {}]\n", quoted(&lines(node)), look(node));
    }
    for edge in &graph.edges {
        let look = match edge.read {
            Read::Now => "",
            Read::Before => " [style=dashed]",
        };
        out += &format!("  n{} -> n{}{look}\n", edge.from, edge.to);
    }
    out + "}\n"
}

const fn look(node: &GraphNode) -> &'static str {
    match node.sort {
        NodeSort::Input => "shape=box, style=\"rounded,filled\", fillcolor=\"#e3f0fb\"",
        NodeSort::Uncertain => "shape=box, style=\"rounded,filled,dashed\", fillcolor=\"#e3f0fb\"",
        NodeSort::Calculation => "shape=box",
        NodeSort::Requirement => "shape=hexagon, style=filled, fillcolor=\"#fdf0d5\"",
    }
}

/// A string of DOT, in which a backslash begins an escape and `&` a sign by its name.
fn quoted(lines: &[&str]) -> String {
    let line = |text: &&str| one_line(text).replace('&', "&amp;").replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{}\"", lines.iter().map(line).collect::<Vec<_>>().join("\\n"))
}
