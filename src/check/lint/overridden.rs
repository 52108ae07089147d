//! Overridden: an input to which every scenario gives a value on the same side of the model's own.

use super::Linted;
use crate::check::mistakes::lints;
use crate::check::model::{CellId, Content, ExprId, Model, Node, Origin, ScenarioId, Type};
use crate::diagnostic::Diagnostic;
use std::collections::BTreeSet;

/// Inputs whose own value no scenario keeps, nor lies between those of the scenarios: a low and a high one belong round
/// the model's, but two higher ones say that it is too low.
pub(super) fn overridden(linted: &Linted<'_>) -> Vec<Diagnostic> {
    let model = linted.model;
    let scenarios: Vec<ScenarioId> = model.named_scenarios().map(|(id, _)| id).collect();
    let Some((first, others)) = scenarios.split_first().filter(|(_, others)| !others.is_empty()) else { return Vec::new() };
    let mut shared = replaced(model, *first);
    others.iter().for_each(|id| shared = shared.intersection(&replaced(model, *id)).copied().collect());
    let mut told = Vec::new();
    for cell in shared {
        let def = model.cell(cell);
        let own = figure(model, cell, None).filter(|_| def.origin == Origin::Model);
        let theirs: Option<Vec<f64>> = scenarios.iter().map(|id| figure(model, cell, Some(*id))).collect();
        let (Some(own), Some(theirs)) = (own, theirs) else { continue };
        let equal = theirs.windows(2).all(|pair| if let [a, b] = pair { a == b } else { true });
        if theirs.iter().all(|value| *value > own) {
            told.push(lints::overridden(&def.path, "higher", equal, def.at));
        } else if theirs.iter().all(|value| *value < own) {
            told.push(lints::overridden(&def.path, "lower", equal, def.at));
        }
    }
    told
}

/// What a scenario replaces, with those that it extends.
fn replaced(model: &Model, mut id: ScenarioId) -> BTreeSet<CellId> {
    let mut cells = BTreeSet::new();
    while let Some(scenario) = model.scenarios.get(id.0 as usize) {
        cells.extend(scenario.written.iter().copied());
        match scenario.extends {
            Some(other) => id = other,
            None => break,
        }
    }
    cells
}

/// The figure that a definition holds under a scenario, where it is written out.
fn figure(model: &Model, cell: CellId, scenario: Option<ScenarioId>) -> Option<f64> {
    let Content::Computed(id) = model.content(cell, scenario) else { return None };
    if model.expr(id).ty == Type::Number { written_out(model, id) } else { None }
}

fn written_out(model: &Model, id: ExprId) -> Option<f64> {
    let node = &model.expr(id).node;
    if let Node::Number(value) = node {
        Some(*value)
    } else if let Node::Scale(x, by) = node {
        Some(written_out(model, *x)? * by)
    } else if let Node::Negate(x) = node {
        Some(-written_out(model, *x)?)
    } else {
        None
    }
}
