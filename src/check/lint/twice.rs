//! Twice: two definitions that are the same equation, so that a change of one leaves the other behind.

use super::same;
use super::walk::{Trees, Within, Written, any};
use crate::check::mistakes::lints;
use crate::diagnostic::Diagnostic;
use crate::syntax::ast::{Expr, ExprId, ExprNode, File, UnitExpr};
use crate::text::{FileId, Location};
use foldhash::HashMap;

/// Where a name can stand for another: the top level of the model, or one block.
type Block = Option<(FileId, Within)>;

/// Equal definitions, each behind the first of them. Those with numbers of their own may be equal by chance, and those
/// that a scenario replaces go ways of their own.
pub(super) fn twice(trees: &Trees<'_>) -> Vec<Diagnostic> {
    let mut first: HashMap<(Block, String), Written<'_>> = HashMap::default();
    let mut told = Vec::new();
    for one in &trees.written {
        let Some(id) = one.equation().filter(|id| is_calculation(trees, one.file, *id)) else { continue };
        if trees.is_replaced(one) {
            continue;
        }
        let block = (one.within != Within::Top).then_some((one.file.id, one.within));
        let earlier = *first.entry((block, same::text(one.file, id))).or_insert(*one);
        let stated = |one: &Written<'_>| one.definition.stated.as_ref().map(|stated| format!("{:?}", units(&stated.unit)));
        if earlier.item.span != one.item.span && stated(&earlier) == stated(one) {
            let at = Location::new(one.file.id, one.file.expr(id).span);
            told.push(lints::twice(&one.name(), &earlier.name(), at, earlier.name_at()));
        }
    }
    told
}

fn units(unit: &UnitExpr) -> Vec<(&str, i8, f64)> {
    unit.factors.iter().map(|factor| (factor.name.text.as_str(), factor.exponent, factor.per)).collect()
}

/// Whether an expression does something with names, and with no number but those that every equation has.
fn is_calculation(trees: &Trees<'_>, file: &File, id: ExprId) -> bool {
    let calculates = match &file.expr(id).node {
        ExprNode::Chain { .. } | ExprNode::Compare { .. } | ExprNode::Power(..) | ExprNode::If { .. } | ExprNode::Growing(..)
        | ExprNode::Index(..) | ExprNode::Call { .. } => true,
        ExprNode::Number(_) | ExprNode::Date(_) | ExprNode::Text(_) | ExprNode::Flag(_) | ExprNode::Path(_) | ExprNode::Negate(_)
        | ExprNode::Not(_) | ExprNode::To(..) | ExprNode::In(..) | ExprNode::Table { .. } | ExprNode::List(_) | ExprNode::Broken => false,
    };
    let own_number = |expr: &Expr| expr.node.number().is_some_and(|number| ![0.0, 1.0, 2.0].contains(&number.value));
    calculates && trees.reads_names(file, id) && !any(file, id, &own_number)
}
