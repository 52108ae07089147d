//! Spaced: units where names belong: with blanks round their `/`, `49 USD / seat / month`, or for how many have passed.

use super::Elaborator;
use crate::check::mistakes;
use crate::diagnostic::Diagnostic;
use crate::syntax::ast::{self, ExprId, ExprNode, Operator};
use crate::text::{FileId, Location, Span};

impl Elaborator<'_, '_> {
    /// A unit that stands where a name belongs, where it can be told what was meant.
    pub(super) fn unit_for_name(&self, path: &ast::Path, file: FileId) -> Option<Diagnostic> {
        self.spaced_unit(path, file).or_else(|| self.steps_passed(path, file))
    }

    /// `month * 3`: beside numbers a unit of time is how many of them have passed; compared, it may be the day itself.
    fn steps_passed(&self, path: &ast::Path, file: FileId) -> Option<Diagnostic> {
        let name = match path.names.as_slice() {
            [name] if matches!(name.text.as_str(), "day" | "week" | "month" | "quarter" | "year") => name,
            [..] => return None,
        };
        let tree = self.world.trees.get(&file)?;
        let is_here = |id: ExprId| tree.expr(id).span == path.span;
        let chained = tree.exprs.iter().any(|expr| match &expr.node {
            ExprNode::Chain { first, rest } => is_here(*first) || rest.iter().any(|(_, id)| is_here(*id)),
            ExprNode::Number(_) | ExprNode::Date(_) | ExprNode::Text(_) | ExprNode::Flag(_) | ExprNode::Path(_) | ExprNode::Negate(_) => false,
            ExprNode::Not(_) | ExprNode::Compare { .. } | ExprNode::Power(..) | ExprNode::To(..) | ExprNode::If { .. } | ExprNode::In(..) => false,
            ExprNode::Growing(..) | ExprNode::Index(..) | ExprNode::Call { .. } | ExprNode::Table { .. } | ExprNode::List(_) | ExprNode::Broken => false,
        });
        chained.then(|| mistakes::names::unit_of_time(&name.text, Location::new(file, name.span)))
    }

    /// A name that is a unit, behind a number and a `/`; told once, however many units follow.
    fn spaced_unit(&self, path: &ast::Path, file: FileId) -> Option<Diagnostic> {
        let tree = self.world.trees.get(&file)?;
        let unit = |id: ExprId| match tree.expr(id).node.path().map(|path| path.names.as_slice()) {
            Some([name]) => self.arena.units.find(&name.text).map(|_| name),
            Some(_) | None => None,
        };
        let chains = tree.exprs.iter().filter_map(|expr| if let ExprNode::Chain { first, rest } = &expr.node { Some((*first, rest)) } else { None });
        let (first, rest) = chains.filter(|(_, rest)| rest.iter().any(|(_, id)| tree.expr(*id).span == path.span)).last()?;
        tree.expr(first).node.number()?;
        let units: Vec<&ast::Name> = rest.iter().map_while(|(operator, id)| unit(*id).filter(|_| *operator == Operator::Divide)).collect();
        let last = units.last().filter(|last| last.span.end >= path.span.end)?;
        let tight: String = units.iter().map(|name| format!("/{}", name.text)).collect();
        let number = tree.expr(first).span;
        let place = |start: u32| Location::new(file, Span::new(start, last.span.end));
        Some(mistakes::names::spaced_unit(place(number.start), place(number.end), &tight))
    }
}
