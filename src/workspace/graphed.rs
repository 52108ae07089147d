//! Graphed: which figures of a model read which.

use super::facts::Facts;
use crate::report::{self, Graph, GraphView, Through};

impl Facts {
    /// The graph of the model, or of some figures and what they are made of; none if there is an error, which is then
    /// among the mistakes.
    pub fn graph(&mut self, figures: &[String], depth: Option<usize>, through: Through) -> Option<Graph> {
        let view = GraphView { figures: figures.to_vec(), depth, through, scenario: self.scenario };
        match report::graph::graph(self.model.as_ref()?, &self.sources, &view) {
            Ok(graph) => Some(graph),
            Err(unknown) => {
                self.unknown_names("FIGURE", &unknown);
                None
            }
        }
    }
}
