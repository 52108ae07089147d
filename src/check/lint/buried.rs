//! Buried: a number in an equation that has neither a name nor a comment that says what it is.

use super::names::Names;
use super::walk::{Trees, Within, Written, parts};
use super::{Commented, Linted};
use crate::check::mistakes::lints::{self, Naming};
use crate::check::model::Model;
use crate::diagnostic::Diagnostic;
use crate::syntax::ast::{ExprId, ExprNode, File, Number, Operator};
use crate::text::{Location, Span};

/// What stands for itself: halves and doubles, parts of a hundred or a thousand, the calendar.
const USUAL: [f64; 14] = [0.0, 1.0, 2.0, 7.0, 12.0, 24.0, 52.0, 60.0, 100.0, 360.0, 365.0, 1e3, 1e6, 1e9];
/// How many of a unit of time there are in another.
const CALENDAR: [f64; 13] = [0.0, 1.0, 2.0, 3.0, 4.0, 7.0, 12.0, 24.0, 30.0, 52.0, 60.0, 365.0, 3_600.0];

/// The numbers that are buried in equations.
pub(super) fn buried(linted: &Linted<'_>, trees: &Trees<'_>) -> Vec<Diagnostic> {
    let mut names = Names::new(linted);
    let mut told = Vec::new();
    for one in &trees.written {
        let Some(text) = linted.texts.iter().find(|text| text.file.id == one.file.id) else { continue };
        let found = in_equation(one, trees, linted.model);
        // One number is what the comment speaks of; of several it can't tell each.
        if found.len() == 1 && (one.item.doc.is_some() || one.told_above) {
            continue;
        }
        for (at, number) in found {
            let written = text.source.slice(at);
            let naming = (!matches!(one.within, Within::Kind(_))).then(|| naming(text, one, written, number, &mut names));
            let fully = Location::new(one.file.id, at);
            told.push(lints::buried(written, &one.name(), fully, naming.as_ref()));
        }
    }
    told
}

/// The numbers of an equation that nothing names. A definition that reads nothing is an input, however it is written.
fn in_equation<'a>(one: &Written<'a>, trees: &Trees<'_>, model: &Model) -> Vec<(Span, &'a Number)> {
    let mut found = Vec::new();
    if let Some(id) = one.equation().filter(|id| trees.reads_names(one.file, *id)) {
        condition(one.file, id, model, &mut found);
    }
    found
}

/// Looks at a right side: what it compares with is a bound, as in a requirement.
fn condition<'a>(file: &'a File, id: ExprId, model: &Model, found: &mut Vec<(Span, &'a Number)>) {
    let node = &file.expr(id).node;
    if matches!(node, ExprNode::Compare { .. }) {
        parts(node).into_iter().filter(|part| !is_literal(file, *part)).for_each(|part| look(file, part, model, found));
    } else if let ExprNode::Chain { rest, .. } = node
        && rest.iter().all(|(operator, _)| matches!(operator, Operator::And | Operator::Or))
    {
        parts(node).into_iter().for_each(|part| condition(file, part, model, found));
    } else {
        look(file, id, model, found);
    }
}

/// Looks through the parts of an expression. What a parameter names is not buried, nor are a rate of growth, an exponent
/// and what stands in tables and lists.
fn look<'a>(file: &'a File, id: ExprId, model: &Model, found: &mut Vec<(Span, &'a Number)>) {
    let expr = file.expr(id);
    match &expr.node {
        ExprNode::Number(number) => {
            if !is_usual(number, model) {
                found.push((expr.span, number));
            }
        }
        ExprNode::Call { arguments, .. } => {
            for argument in arguments.iter().filter(|argument| !is_literal(file, argument.value)) {
                look(file, argument.value, model, found);
            }
        }
        ExprNode::Growing(x, rate, _) => {
            look(file, *x, model, found);
            if !is_literal(file, *rate) {
                look(file, *rate, model, found);
            }
        }
        ExprNode::Power(x, by) => {
            look(file, *x, model, found);
            if !is_literal(file, *by) {
                look(file, *by, model, found);
            }
        }
        ExprNode::Index(x, _) => look(file, *x, model, found),
        ExprNode::Table { .. } | ExprNode::List(_) | ExprNode::To(..) => {}
        // `month_of_year(time) == 12`: the calendar says what it is.
        ExprNode::Compare { .. } if parts(&expr.node).into_iter().any(|part| asks_calendar(file, part)) => {}
        ExprNode::Date(_) | ExprNode::Text(_) | ExprNode::Flag(_) | ExprNode::Path(_) | ExprNode::Negate(_) | ExprNode::Not(_)
        | ExprNode::Chain { .. } | ExprNode::Compare { .. } | ExprNode::If { .. } | ExprNode::In(..) | ExprNode::Broken => {
            parts(&expr.node).into_iter().for_each(|part| look(file, part, model, found));
        }
    }
}

/// Whether an expression asks for the number of a month or a year.
fn asks_calendar(file: &File, id: ExprId) -> bool {
    let ExprNode::Call { callee, .. } = &file.expr(id).node else { return false };
    file.expr(*callee).node.path().is_some_and(|path| matches!(path.text().as_str(), "month_of_year" | "year_of"))
}

fn is_literal(file: &File, id: ExprId) -> bool {
    match &file.expr(id).node {
        ExprNode::Number(_) => true,
        ExprNode::Negate(x) => is_literal(file, *x),
        ExprNode::Date(_) | ExprNode::Text(_) | ExprNode::Flag(_) | ExprNode::Path(_) | ExprNode::Not(_) | ExprNode::Chain { .. }
        | ExprNode::Compare { .. } | ExprNode::Power(..) | ExprNode::To(..) | ExprNode::If { .. } | ExprNode::Growing(..)
        | ExprNode::In(..) | ExprNode::Index(..) | ExprNode::Call { .. } | ExprNode::Table { .. } | ExprNode::List(_)
        | ExprNode::Broken => false,
    }
}

/// Whether a number needs no name.
fn is_usual(number: &Number, model: &Model) -> bool {
    let is_time = |name: &str| model.units.find(name).is_some_and(|id| model.units.name_of(id).atom.is_time());
    match &number.unit {
        None if number.percent => [0.0, 1.0].contains(&number.value),
        None => USUAL.contains(&number.value),
        Some(unit) if !number.percent && unit.factors.iter().all(|factor| is_time(&factor.name.text)) => CALENDAR.contains(&number.value),
        Some(_) => [0.0, 1.0].contains(&number.value),
    }
}

/// A definition of the number above the declaration that holds it.
fn naming(text: &Commented<'_>, one: &Written<'_>, written: &str, number: &Number, names: &mut Names<'_>) -> Naming {
    let suffix = match &number.unit {
        None if number.percent => "share",
        None => "factor",
        Some(unit) if unit.factors.iter().any(|factor| factor.exponent < 0) => "rate",
        Some(_) => "amount",
    };
    let parts = one.owner.into_iter().chain([one.name().as_str(), suffix]).collect::<Vec<_>>().join("_");
    names.naming(text, one, &parts, written)
}
