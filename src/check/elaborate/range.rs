//! Ranges: `1-2%/month`, `2.8 to 3.6 GBP/loaf`, `churn = 2% to 4%`; what their ends lack, and what was meant by them.

use super::{Elaborator, Place, Typed, Value};
use crate::check::mistakes;
use crate::check::world::Scope;
use crate::diagnostic::{Edit, Fix, Guess};
use crate::syntax::ast::{self, ExprNode};
use crate::text::{Location, Span};

impl Elaborator<'_, '_> {
    /// `churn = 2% to 4%`, `price to EUR`
    pub(super) fn range_as_value(&mut self, place: &Place, id: ast::ExprId, [a, b]: [ast::ExprId; 2], at: Location) -> Value {
        let is_amount = |end: &ast::ExprId| matches!(self.world.expr(place.file, *end).node.number(), Some(number) if number.percent || number.unit.is_some());
        let sign = self.world.trees.get(&place.file).filter(|_| [a, b].iter().any(is_amount)).and_then(|tree| tree.sign_before(id));
        let path = self.world.expr(place.file, b).node.path().map(ast::Path::text);
        let is_money = path.and_then(|name| self.arena.units.find(&name)).is_some_and(|unit| self.arena.units.name_of(unit).currency);
        let between = is_money.then(|| self.gap_between(place, a, b));
        let mut edits: Vec<Edit> = sign.map(|at| Edit { at, text: " ~ ".into() }).into_iter().collect();
        edits.extend(self.completed(place, a, b).filter(|_| !edits.is_empty()));
        self.report(mistakes::time::range_as_value(at, edits, between));
        Value::Unknown
    }

    /// `5% - 10%`: what makes an interval of two numbers that are written out, the lower one first.
    pub(super) fn dashed(&mut self, place: &Place, node: &ExprNode) -> Vec<Edit> {
        let ExprNode::Chain { first, rest } = node else { return Vec::new() };
        let [(ast::Operator::Subtract, second)] = rest.as_slice() else { return Vec::new() };
        let (first, second) = (*first, *second);
        let completed = self.completed(place, first, second);
        let (Some(a), Some(b)) = (self.number_of(place, first), self.number_of(place, second)) else { return Vec::new() };
        // 1-2% is 1 % to 2 %.
        let low = if completed.is_some() && b.percent && !a.percent { a.value / 100.0 } else { a.value };
        if low >= b.value {
            return Vec::new();
        }
        let unit = completed.map_or_else(String::new, |edit| edit.text);
        vec![Edit { at: self.gap_between(place, first, second), text: format!("{unit} to ") }]
    }

    /// The unit that the lower end of a range lacks: `1 to 2%/month`.
    pub(super) fn completed(&mut self, place: &Place, low: ast::ExprId, high: ast::ExprId) -> Option<Edit> {
        let (given, wanted) = (self.unit_written(place, low)?, self.unit_written(place, high)?);
        let lacks = wanted.strip_prefix(given.as_str()).filter(|lacks| !lacks.is_empty())?;
        let behind = self.world.expr(place.file, low).span.after();
        Some(Edit { at: Location::new(place.file, behind), text: lacks.to_owned() })
    }

    /// What stands behind the digits of a number.
    fn unit_written(&mut self, place: &Place, id: ast::ExprId) -> Option<String> {
        let number = self.number_of(place, id)?;
        let text = match &number.unit {
            Some(unit) => {
                let unit = self.unit_of(place, unit)?;
                self.arena.units.text(unit)
            }
            None => String::new(),
        };
        let blank = if text.is_empty() || text.starts_with('/') { "" } else { " " };
        Some(format!("{}{blank}{text}", if number.percent { "%" } else { "" }))
    }

    fn number_of(&self, place: &Place, id: ast::ExprId) -> Option<ast::Number> {
        self.world.expr(place.file, id).node.number().cloned()
    }

    /// The sign that defines, before what stands at a place, if that is all that is defined.
    pub(super) fn sign_of(&self, at: Location) -> Option<Location> {
        let tree = self.world.trees.get(&at.file)?;
        let id = tree.exprs.iter().position(|expr| expr.span == at.span)?;
        tree.sign_before(ast::ExprId(id as u32))
    }

    /// What is compared first, where a comparison stands at a place.
    pub(super) fn compared_first(&self, at: Location) -> Option<Location> {
        let tree = self.world.trees.get(&at.file)?;
        let first = tree.exprs.iter().filter(|expr| expr.span == at.span).find_map(|expr| if let ExprNode::Compare { first, .. } = &expr.node { Some(*first) } else { None })?;
        Some(Location::new(at.file, tree.expr(first).span))
    }

    /// `churn = 1-2%/month`: an interval for which a `~` is missing.
    pub(super) fn range_meant(&mut self, left: Typed, right: Typed) -> Option<Guess> {
        let (left, right) = (self.at(left), self.at(right));
        let tree = self.world.trees.get(&left.file)?;
        let whole = Span::new(left.span.start, right.span.end);
        let index = tree.exprs.iter().position(|expr| expr.span == whole && matches!(expr.node, ExprNode::Chain { .. }))?;
        let node = &tree.exprs.get(index)?.node;
        let sign = tree.sign_before(ast::ExprId(index as u32))?;
        let mut edits = self.dashed(&Place::new(left.file, Scope::Global), node);
        if edits.is_empty() {
            return None;
        }
        edits.push(Edit { at: sign, text: " ~ ".into() });
        Some(Guess { fix: Fix { title: "for an uncertain value, write `~` and `to`".into(), edits }, label: None, message: None, doubt: 1 })
    }

    /// All that stands between two values.
    fn gap_between(&self, place: &Place, a: ast::ExprId, b: ast::ExprId) -> Location {
        let (a, b) = (self.world.expr(place.file, a).span, self.world.expr(place.file, b).span);
        Location::new(place.file, Span::new(a.end, b.start))
    }

    /// Each key of a table that is a number without a unit, with that unit behind it.
    pub(super) fn keys_with(&self, table: Location, unit: &str) -> Vec<Edit> {
        let Some(tree) = self.world.trees.get(&table.file) else { return Vec::new() };
        let rows = tree.exprs.iter().filter(|expr| expr.span == table.span).find_map(|expr| if let ExprNode::Table { rows, .. } = &expr.node { Some(rows) } else { None });
        let keys = rows.into_iter().flatten().filter_map(|row| row.key).map(|key| tree.expr(key));
        let bare = keys.filter(|key| key.node.number().is_some_and(|number| number.unit.is_none() && !number.percent));
        bare.map(|key| Edit { at: Location::new(table.file, key.span.after()), text: format!(" {unit}") }).collect()
    }
}
