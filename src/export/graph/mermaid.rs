//! Mermaid: a graph for documents that draw it themselves.

use super::lines;
use crate::diagnostic::escape::one_line;
use crate::report::graph::{Graph, GraphNode, NodeSort, Read};

/// The graph as a flowchart of Mermaid.
#[must_use]
pub fn mermaid(graph: &Graph) -> String {
    let mut out = "flowchart LR\n".to_owned();
    // Nodes go by number: a name such as `end` is a word of Mermaid.
    for (at, node) in graph.nodes.iter().enumerate() {
        out += &format!("  n{at}{}\n", shaped(node));
    }
    for edge in &graph.edges {
        let arrow = match edge.read {
            Read::Now => "-->",
            Read::Before => "-.->",
        };
        out += &format!("  n{} {arrow} n{}\n", edge.from, edge.to);
    }
    for (class, look, sorts) in CLASSES {
        let members: Vec<String> = graph.nodes.iter().enumerate().filter(|(_, node)| sorts.contains(&node.sort)).map(|(at, _)| format!("n{at}")).collect();
        if !members.is_empty() {
            out += &format!("  classDef {class} {look}\n  class {} {class}\n", members.join(","));
        }
    }
    out
}

/// What tells inputs and requirements apart from calculations.
const CLASSES: [(&str, &str, &[NodeSort]); 2] = [
    ("inputs", "fill:#e3f0fb,stroke:#4a83b5,color:#000", &[NodeSort::Input, NodeSort::Uncertain]),
    ("requirements", "fill:#fdf0d5,stroke:#b58a2a,color:#000", &[NodeSort::Requirement]),
];

fn shaped(node: &GraphNode) -> String {
    let text = lines(node).iter().map(|line| escaped(line)).collect::<Vec<_>>().join("<br/>");
    match node.sort {
        NodeSort::Input => format!("([\"{text}\"])"),
        NodeSort::Uncertain => format!("([\"~ {text}\"])"),
        NodeSort::Calculation => format!("[\"{text}\"]"),
        NodeSort::Requirement => format!("{{{{\"{text}\"}}}}"),
    }
}

/// Signs that mean something in a text of Mermaid, by their numbers.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for letter in one_line(text).chars() {
        if matches!(letter, '"' | '#' | '&' | '<' | '>' | '\\' | '`' | ';' | '*') {
            out += &format!("#{};", u32::from(letter));
        } else {
            out.push(letter);
        }
    }
    out
}
