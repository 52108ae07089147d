//! Holders: the definition whose right side an expression is.

use super::{Definition, ExprId, File, Item, Node, StepNode, Value};
use crate::text::{Location, Span};

impl File {
    /// Where the sign of a definition stands whose right side an expression is, with the blanks round it.
    #[must_use]
    pub fn sign_before(&self, id: ExprId) -> Option<Location> {
        let definition = self.items.iter().find_map(|item| held(item, id))?;
        let start = definition.stated.as_ref().map_or(definition.path.span.end, |stated| stated.unit.span.end);
        Some(Location::new(self.id, Span::new(start, self.expr(id).span.start)))
    }
}

fn held(item: &Item, id: ExprId) -> Option<&Definition> {
    match &item.node {
        Node::Definition(definition) => holds(definition, id).then_some(definition),
        Node::Model(model) => model.settings.iter().find_map(|line| held(line, id)),
        Node::Kind(kind) => kind.members.iter().find_map(|line| held(line, id)),
        Node::Instance(instance) => instance.members.iter().find_map(|line| held(line, id)),
        Node::Scenario(scenario) => scenario.replacements.iter().find_map(|line| held(line, id)),
        Node::Test(test) => test.steps.iter().find_map(|step| match &step.node {
            StepNode::Given(definition) | StepNode::Define(definition) => holds(definition, id).then_some(definition),
            StepNode::Expect { .. } | StepNode::Broken => None,
        }),
        Node::Unit { .. } | Node::Currency(_) | Node::Rate { .. } | Node::Import(_) | Node::Function(_) | Node::Require(_) => None,
        Node::Correlate { .. } | Node::Statement(_) | Node::Goal(_) | Node::Broken => None,
    }
}

fn holds(definition: &Definition, id: ExprId) -> bool {
    let chosen = definition.stated.as_ref().is_some_and(|stated| stated.choice.is_some());
    !chosen
        && match &definition.value {
            Some(Value::Equals(own)) => *own == id,
            Some(Value::Uncertain(uncertain)) => uncertain.distribution == id,
            None => false,
        }
}
