//! Alias: a name that stands for a name that stands for a figure.

use super::Linted;
use super::walk::{Trees, Within, Written};
use crate::check::mistakes::lints;
use crate::diagnostic::Diagnostic;
use crate::syntax::ast::{ExprNode, Path};
use crate::text::Location;

/// No model has names for names for so long.
const LONGEST_CHAIN: u32 = 64;

/// Aliases of aliases. One that a scenario replaces is a figure of its own.
pub(super) fn alias(linted: &Linted<'_>, trees: &Trees<'_>) -> Vec<Diagnostic> {
    let top = trees.top();
    let mut told = Vec::new();
    for one in trees.written.iter().filter(|one| one.within == Within::Top) {
        let Some((path, at)) = stands_for(one) else { continue };
        let follow = |path: &Path| {
            let middle = top.get(&path.text()).filter(|middle| !trees.is_replaced(middle))?;
            Some((*middle, stands_for(middle)?.0))
        };
        let Some((middle, next)) = follow(path) else { continue };
        let figure = (0..LONGEST_CHAIN).try_fold(next, |figure, _| follow(figure).map(|(_, next)| next).ok_or(figure));
        let figure = figure.unwrap_or_else(|last| last);
        // An option of a choice, `declining`, is written like a name.
        if linted.model.find(&figure.text()).is_some() {
            told.push(lints::alias(&one.name(), &middle.name(), &figure.text(), at, middle.name_at()));
        }
    }
    told
}

/// The name that a definition is another name for.
fn stands_for<'a>(one: &Written<'a>) -> Option<(&'a Path, Location)> {
    let expr = one.file.expr(one.equation()?);
    if let ExprNode::Path(path) = &expr.node { Some((path, Location::new(one.file.id, expr.span))) } else { None }
}
