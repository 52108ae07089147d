//! Knows: what an expression comes to where all that it reads is written out.

use super::Elaborator;
use crate::check::model::{Aggregate, CellId, Content, ExprId, Node, Sign};

/// How deep names may lead to names.
const DEEPEST: u32 = 64;

impl Elaborator<'_, '_> {
    /// The value of a literal, of a name that is one, or of a sum of such; `otherwise` passes over blanks.
    pub(in crate::check) fn known_value(&self, id: ExprId) -> Option<f64> {
        self.known(id, 0, &mut Vec::new())
    }

    /// The same of a value that decides the form of what is made of it, such as the order of a delay: where a scenario
    /// replaces what it comes from, that is made again.
    pub(super) fn shaping_value(&mut self, id: ExprId) -> Option<f64> {
        let mut read = Vec::new();
        let value = self.known(id, 0, &mut read);
        self.arena.shaping.extend(read);
        value
    }

    fn known(&self, id: ExprId, depth: u32, read: &mut Vec<CellId>) -> Option<f64> {
        if depth > DEEPEST {
            return None;
        }
        let node = &self.arena.expr(id).node;
        if let Node::Number(value) = node {
            Some(*value)
        } else if let Node::Period = node {
            Some(self.world.grid.period())
        } else if let Node::Negate(inner) = node {
            Some(-self.known(*inner, depth + 1, read)?)
        } else if let Node::Scale(inner, by) = node {
            Some(by * self.known(*inner, depth + 1, read)?)
        } else if let Node::Sum(first, rest) = node {
            let mut total = self.known(*first, depth + 1, read)?;
            for (sign, part) in rest {
                let part = self.known(*part, depth + 1, read)?;
                total += if *sign == Sign::Minus { -part } else { part };
            }
            Some(total)
        } else if let Node::Across(Aggregate::Sum, parts) = node {
            parts.iter().map(|part| self.known(*part, depth + 1, read)).sum()
        } else if let Node::Otherwise(parts) = node {
            let part = parts.iter().find(|part| !self.is_blank(**part, depth + 1, read))?;
            self.known(*part, depth + 1, read)
        } else if let Node::Cell(cell) = node {
            read.push(*cell);
            let Content::Computed(inner) = self.states.get(*cell)?.content else { return None };
            self.known(inner, depth + 1, read)
        } else {
            None
        }
    }

    /// Whether an expression is a blank that is written out: `maximum : currency = none`.
    fn is_blank(&self, id: ExprId, depth: u32, read: &mut Vec<CellId>) -> bool {
        let node = &self.arena.expr(id).node;
        if let Node::Cell(cell) = node {
            read.push(*cell);
            let content = self.states.get(*cell).map(|state| state.content);
            return matches!(content, Some(Content::Computed(inner)) if depth <= DEEPEST && self.is_blank(inner, depth + 1, read));
        }
        matches!(node, Node::Blank(_))
    }
}
