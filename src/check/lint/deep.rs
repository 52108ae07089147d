//! Deep: an `if` in an `if` in an `if`, or a row of more than can be seen at a glance.

use super::Linted;
use super::walk::parts;
use crate::check::mistakes::lints;
use crate::diagnostic::Diagnostic;
use crate::syntax::ast::{ExprId, ExprNode, File};
use crate::text::Location;

/// How many `if`s may stand in one another.
const DEEPEST: u32 = 2;
/// How many conditions one `if … else if …` may have.
const LONGEST: usize = 4;

/// Every `if` that is too deep or too long.
pub(super) fn deep(linted: &Linted<'_>) -> Vec<Diagnostic> {
    linted.texts.iter().flat_map(|text| in_file(text.file)).collect()
}

/// Children come before their parents: the depth of each is known when its parent is looked at.
fn in_file(file: &File) -> Vec<Diagnostic> {
    let mut depths: Vec<u32> = Vec::with_capacity(file.exprs.len());
    let mut told = Vec::new();
    for expr in &file.exprs {
        let inside = parts(&expr.node).into_iter().map(|ExprId(part)| depths.get(part as usize).copied().unwrap_or(0)).max().unwrap_or(0);
        let ExprNode::If { branches, .. } = &expr.node else {
            depths.push(inside);
            continue;
        };
        depths.push(inside + 1);
        let at = Location::new(file.id, expr.span);
        if inside + 1 == DEEPEST + 1 {
            told.push(lints::deep_if(inside + 1, at));
        } else if branches.len() > LONGEST && inside < DEEPEST {
            told.push(lints::long_if(branches.len(), at));
        }
    }
    told
}
