//! Deep: an `if` in an `if` in an `if`, or a row of more than can be seen at a glance.

use super::names::Names;
use super::walk::{Trees, Within, Written, parts};
use super::{Commented, Linted, same};
use crate::check::mistakes::lints;
use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::syntax::ast::{Expr, ExprId, ExprNode, File, Operator};
use crate::text::{Location, Span};

/// How many `if`s may stand in one another.
const DEEPEST: u32 = 2;
/// How many conditions one `if … else if …` may have.
const LONGEST: usize = 4;

/// Every `if` that is too deep or too long.
pub(super) fn deep(linted: &Linted<'_>, trees: &Trees<'_>) -> Vec<Diagnostic> {
    let mut names = Names::new(linted);
    let mut told = Vec::new();
    for text in linted.texts {
        for (found, mistake) in in_file(text.file) {
            let fix = match found {
                Found::Deep { outer, inner } => joined(text, outer, inner).or_else(|| named(text, trees, inner, &mut names)),
                Found::Long(row) => tail_named(text, trees, row, &mut names),
            };
            told.push(Diagnostic { fixes: fix.into_iter().collect(), ..mistake });
        }
    }
    told
}

/// An `if` that is told of.
enum Found<'a> {
    /// It holds another, which holds a third.
    Deep { outer: &'a Expr, inner: &'a Expr },
    Long(&'a Expr),
}

/// Children come before their parents: the depth of each is known when its parent is looked at.
fn in_file(file: &File) -> Vec<(Found<'_>, Diagnostic)> {
    let mut depths: Vec<u32> = Vec::with_capacity(file.exprs.len());
    let mut told = Vec::new();
    for expr in &file.exprs {
        let depth = |ExprId(part): &ExprId| depths.get(*part as usize).copied().unwrap_or(0);
        let deepest = parts(&expr.node).into_iter().max_by_key(depth);
        let inside = deepest.as_ref().map_or(0, depth);
        let ExprNode::If { branches, .. } = &expr.node else {
            depths.push(inside);
            continue;
        };
        depths.push(inside + 1);
        let at = Location::new(file.id, expr.span);
        if inside == DEEPEST {
            let inner = deepest.map_or(expr, |part| whole_if(file, part));
            told.push((Found::Deep { outer: expr, inner }, lints::deep_if(inside + 1, at)));
        } else if branches.len() > LONGEST && inside < DEEPEST {
            told.push((Found::Long(expr), lints::long_if(branches.len(), at)));
        }
    }
    told
}

/// The `if` in an expression that is as deep as can be: it, or one in it.
fn whole_if(file: &File, id: ExprId) -> &Expr {
    let depth = |id: &ExprId| depth_of(file, *id);
    let expr = file.expr(id);
    match parts(&expr.node).into_iter().max_by_key(depth) {
        Some(part) if !matches!(expr.node, ExprNode::If { .. }) => whole_if(file, part),
        Some(_) | None => expr,
    }
}

fn depth_of(file: &File, id: ExprId) -> u32 {
    let node = &file.expr(id).node;
    let inside = parts(node).into_iter().map(|part| depth_of(file, part)).max().unwrap_or(0);
    inside + u32::from(matches!(node, ExprNode::If { .. }))
}

/// `if a and b then x else z` for `if a then (if b then x else z) else z`.
fn joined(text: &Commented<'_>, outer: &Expr, inner: &Expr) -> Option<Fix> {
    let file = text.file;
    // What a comment inside says would be lost.
    if text.source.slice(outer.span).contains('#') {
        return None;
    }
    let (a, then, otherwise) = single(outer)?;
    let (b, x, z) = single(inner)?;
    if file.expr(then).span != inner.span || same::text(file, otherwise) != same::text(file, z) {
        return None;
    }
    let written = |id: ExprId| text.source.slice(file.expr(id).span);
    let condition = |id: ExprId| if is_loose(file, id) { format!("({})", written(id)) } else { written(id).to_owned() };
    let mended = format!("if {} and {} then {} else {}", condition(a), condition(b), enclosed(text, x), enclosed(text, z));
    let edits = vec![Edit { at: Location::new(file.id, outer.span), text: mended }];
    Some(Fix { title: "join the conditions".to_owned(), edits })
}

/// The condition and the two values of an `if` without `else if`.
fn single(expr: &Expr) -> Option<(ExprId, ExprId, ExprId)> {
    let ExprNode::If { branches, otherwise } = &expr.node else { return None };
    let [(condition, then)] = branches.as_slice() else { return None };
    Some((*condition, *then, *otherwise))
}

/// Whether a condition binds looser than `and`.
fn is_loose(file: &File, id: ExprId) -> bool {
    let node = &file.expr(id).node;
    let is_or = matches!(node, ExprNode::Chain { rest, .. } if rest.iter().any(|(operator, _)| matches!(operator, Operator::Or | Operator::Otherwise)));
    is_or || matches!(node, ExprNode::If { .. })
}

/// A value as it stands: another `if` in parentheses.
fn enclosed(text: &Commented<'_>, id: ExprId) -> String {
    let expr = text.file.expr(id);
    let written = text.source.slice(expr.span);
    if matches!(expr.node, ExprNode::If { .. }) { format!("({written})") } else { written.to_owned() }
}

/// A name for the inner `if`.
fn named(text: &Commented<'_>, trees: &Trees<'_>, inner: &Expr, names: &mut Names<'_>) -> Option<Fix> {
    let one = holder(text, trees, inner)?;
    let whole = text.source.text.as_str();
    let (start, end) = (inner.span.start as usize, inner.span.end as usize);
    let is_enclosed = whole.get(..start)?.ends_with('(') && whole.get(end..)?.starts_with(')');
    let place = if is_enclosed { Span::new(inner.span.start - 1, inner.span.end + 1) } else { inner.span };
    Some(naming(text, one, place, text.source.slice(inner.span), names))
}

/// A name for the later half of a row.
fn tail_named(text: &Commented<'_>, trees: &Trees<'_>, row: &Expr, names: &mut Names<'_>) -> Option<Fix> {
    let ExprNode::If { branches, .. } = &row.node else { return None };
    let one = holder(text, trees, row)?;
    let middle = branches.len() / 2;
    let (before, condition) = (branches.get(middle.checked_sub(1)?)?.1, branches.get(middle)?.0);
    let between = Span::new(text.file.expr(before).span.end, text.file.expr(condition).span.start);
    let written = text.source.slice(between);
    let word = written.rfind("if").filter(|_| !written.contains('#'))? as u32;
    let place = Span::new(between.start + word, row.span.end);
    Some(naming(text, one, place, text.source.slice(place), names))
}

/// The definition at the top level that an expression belongs to; elsewhere its names may mean something else.
fn holder<'t, 'a>(text: &Commented<'_>, trees: &'t Trees<'a>, expr: &Expr) -> Option<&'t Written<'a>> {
    let holds = |one: &&Written<'_>| one.within == Within::Top && one.file.id == text.file.id && one.item.span.holds(expr.span);
    // An option has no meaning outside of the definition that states it.
    let is_choice = |one: &&Written<'_>| one.definition.stated.as_ref().is_some_and(|stated| stated.choice.is_some());
    trees.written.iter().find(holds).filter(|one| !is_choice(one))
}

fn naming(text: &Commented<'_>, one: &Written<'_>, place: Span, written: &str, names: &mut Names<'_>) -> Fix {
    let naming = names.naming(text, one, &format!("{}_part", one.name()), written);
    let edits = vec![Edit { at: naming.above, text: naming.line }, Edit { at: Location::new(one.file.id, place), text: naming.name.clone() }];
    Fix { title: format!("name a part of it `{}`", naming.name), edits }
}
