//! JSON: a graph for programs.

use crate::report::graph::{Graph, NodeSort, Read};
use crate::report::Origin;
use serde_json::{Value, json};

/// The graph as JSON; nodes go by their place in the list.
#[must_use]
pub fn json(graph: &Graph) -> String {
    let nodes = graph.nodes.iter().enumerate().map(|(at, node)| {
        let kind = match node.sort {
            NodeSort::Uncertain => NodeSort::Input,
            sort @ (NodeSort::Input | NodeSort::Calculation | NodeSort::Requirement) => sort,
        };
        json!({
            "id": at,
            "name": node.name,
            "title": node.title,
            "unit": node.unit,
            "kind": kind.word(),
            "uncertain": node.sort == NodeSort::Uncertain,
            "origin": match node.origin {
                Origin::Model | Origin::Test => "model",
                Origin::Prelude => "prelude",
            },
        })
    });
    let edges = graph.edges.iter().map(|edge| json!({ "from": edge.from, "to": edge.to, "lagged": edge.read == Read::Before }));
    let (nodes, edges): (Vec<Value>, Vec<Value>) = (nodes.collect(), edges.collect());
    let whole = json!({ "schema": crate::export::json::SCHEMA, "model": graph.name, "title": graph.title, "nodes": nodes, "edges": edges });
    crate::export::json::text(&whole)
}
