//! Spaced: units that are written with blanks round their `/`, `49 USD / seat / month`, where it divides.

use super::Elaborator;
use crate::check::mistakes;
use crate::diagnostic::Diagnostic;
use crate::syntax::ast::{self, ExprId, ExprNode, Operator};
use crate::text::{FileId, Location, Span};

impl Elaborator<'_, '_> {
    /// A name that is a unit, behind a number and a `/`; told once, however many units follow.
    pub(super) fn spaced_unit(&self, path: &ast::Path, file: FileId) -> Option<Diagnostic> {
        let tree = self.world.trees.get(&file)?;
        let unit = |id: ExprId| match tree.expr(id).node.path().map(|path| path.names.as_slice()) {
            Some([name]) => self.arena.units.find(&name.text).map(|_| name),
            Some(_) | None => None,
        };
        let mut chains = tree.exprs.iter().filter_map(|expr| if let ExprNode::Chain { first, rest } = &expr.node { Some((*first, rest)) } else { None });
        let (first, rest) = chains.rfind(|(_, rest)| rest.iter().any(|(_, id)| tree.expr(*id).span == path.span))?;
        tree.expr(first).node.number()?;
        let units: Vec<&ast::Name> = rest.iter().map_while(|(operator, id)| unit(*id).filter(|_| *operator == Operator::Divide)).collect();
        let last = units.last().filter(|last| last.span.end >= path.span.end)?;
        let tight: String = units.iter().map(|name| format!("/{}", name.text)).collect();
        let number = tree.expr(first).span;
        let place = |start: u32| Location::new(file, Span::new(start, last.span.end));
        Some(mistakes::names::spaced_unit(place(number.start), place(number.end), &tight))
    }
}
