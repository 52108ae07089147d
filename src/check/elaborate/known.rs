//! Knows: what an expression comes to where all that it reads is written out.

use super::Elaborator;
use crate::check::model::{Aggregate, Content, ExprId, Node, Sign};

/// How deep names may lead to names.
const DEEPEST: u32 = 64;

impl Elaborator<'_, '_> {
    /// The value of a literal, of a name that is one, or of a sum of such.
    pub(in crate::check) fn known_value(&self, id: ExprId) -> Option<f64> {
        self.known(id, 0)
    }

    fn known(&self, id: ExprId, depth: u32) -> Option<f64> {
        if depth > DEEPEST {
            return None;
        }
        let node = &self.arena.expr(id).node;
        if let Node::Number(value) = node {
            Some(*value)
        } else if let Node::Negate(inner) = node {
            Some(-self.known(*inner, depth + 1)?)
        } else if let Node::Scale(inner, by) = node {
            Some(by * self.known(*inner, depth + 1)?)
        } else if let Node::Sum(first, rest) = node {
            let signed = |(sign, part): &(Sign, ExprId)| Some(if *sign == Sign::Minus { -1.0 } else { 1.0 } * self.known(*part, depth + 1)?);
            Some(self.known(*first, depth + 1)? + rest.iter().map(signed).sum::<Option<f64>>()?)
        } else if let Node::Across(Aggregate::Sum, parts) = node {
            parts.iter().map(|part| self.known(*part, depth + 1)).sum()
        } else if let Node::Cell(cell) = node
            && let Content::Computed(inner) = self.states.get(*cell)?.content
        {
            self.known(inner, depth + 1)
        } else {
            None
        }
    }
}
