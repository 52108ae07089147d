//! Within: an expression and all that it is made of, each once.

use super::{ExprId, Model, Node, children};
use foldhash::HashSet;

/// A walk through expressions. A function uses what it is given as often as it likes, and the expression stands once: a
/// few calls in one another are a handful of expressions and, told one by one, more than anybody could count.
pub struct Within<'m> {
    model: &'m Model,
    open: Vec<ExprId>,
    seen: HashSet<ExprId>,
}

impl Within<'_> {
    /// What is to be walked through besides.
    pub fn also(&mut self, expr: impl IntoIterator<Item = ExprId>) {
        self.open.extend(expr);
    }
}

impl Iterator for Within<'_> {
    type Item = ExprId;

    fn next(&mut self) -> Option<ExprId> {
        let id = loop {
            let id = self.open.pop()?;
            if self.seen.insert(id) {
                break id;
            }
        };
        self.model.below(id, &mut self.open);
        Some(id)
    }
}

impl Model {
    /// An expression and all that it is made of, those of a table it reads among them.
    #[must_use]
    pub fn within(&self, expr: ExprId) -> Within<'_> {
        Within { model: self, open: vec![expr], seen: HashSet::default() }
    }

    /// The expressions right below one, those of a table it reads among them.
    pub fn below(&self, id: ExprId, out: &mut Vec<ExprId>) {
        let node = &self.expr(id).node;
        children(node, &mut |child| out.push(child));
        if let Node::Lookup(table, _) | Node::Cohorts { curve: table, .. } = node {
            for band in &self.table(*table).bands {
                out.push(band.value);
                out.extend(band.flat);
            }
        }
    }
}
