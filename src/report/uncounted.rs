//! Uncounted: money by the month that the author wrote down and that nothing reads, beside statements that might be thought to.

use super::pick::{self, Picked};
use crate::check::model::{CellId, Content, Model, Node, Origin};
use foldhash::HashSet;

/// Amounts at the top level, such as `opex = 500 USD/month`, that no statement of the prelude counts because nothing reads them.
pub(super) fn uncounted(model: &Model, picked: &Picked) -> Vec<String> {
    if !picked.tables.iter().any(|table| table.origin == Some(Origin::Prelude)) {
        return Vec::new();
    }
    let name = |node: &Node| if let Node::Cell(cell) | Node::Opened(cell) | Node::Base(cell, _) = node { Some(*cell) } else { None };
    let read: HashSet<CellId> = model.exprs.iter().filter_map(|expr| name(&expr.node)).collect();
    let cells = (0..model.cells.len()).map(|at| CellId(at as u32));
    let is_uncounted = |id: &CellId| {
        let cell = model.cell(*id);
        let Content::Computed(expr) = cell.content else { return false };
        let own = cell.origin == Origin::Model && cell.instance.is_none();
        let money = model.expr(expr).flows && model.units.currencies(cell.unit).next().is_some();
        own && money && !read.contains(id) && pick::is_input(model, expr)
    };
    cells.filter(is_uncounted).map(|id| model.cell(id).path.clone()).collect()
}
