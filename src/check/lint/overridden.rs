//! Overridden: an input to which every scenario gives a value on the same side of the model's own.

use super::Linted;
use crate::check::mistakes::lints;
use crate::check::model::{CellId, Content, ExprId, Factor, Model, Node, Origin, ScenarioId, Sign, Type};
use crate::diagnostic::Diagnostic;
use std::cell::Cell;
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
        let theirs: Option<Vec<Figure>> = scenarios.iter().map(|id| figure(model, cell, Some(*id))).collect();
        let (Some(own), Some(theirs)) = (own, theirs) else { continue };
        // What grows at another rate is higher now and lower later.
        if theirs.iter().any(|one| one.growth != own.growth) {
            continue;
        }
        let (own, theirs) = (own.value, theirs.iter().map(|one| one.value).collect::<Vec<f64>>());
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

/// How many expressions are looked at for one figure: a hostile model could ask for any number.
const MOST: u32 = 500;

/// A figure that can be told before a run: what it is in the first step, and the rate at which it grows from there.
#[derive(Clone, Copy, PartialEq)]
struct Figure {
    value: f64,
    /// The rate, and the time it takes.
    growth: Option<(f64, f64)>,
}

/// The figure that a definition holds under a scenario, where it is written out or reckoned from what is.
fn figure(model: &Model, cell: CellId, scenario: Option<ScenarioId>) -> Option<Figure> {
    let Content::Computed(id) = model.content(cell, scenario) else { return None };
    if model.expr(id).ty == Type::Number { reckoned(model, id, scenario, &Cell::new(MOST)) } else { None }
}

/// What depends on the model's own value, `base * 120%`, is no other view of it and has no figure.
fn reckoned(model: &Model, id: ExprId, scenario: Option<ScenarioId>, left: &Cell<u32>) -> Option<Figure> {
    left.set(left.get().checked_sub(1)?);
    let of = |id: ExprId| reckoned(model, id, scenario, left);
    let node = &model.expr(id).node;
    if let Node::Number(value) = node {
        Some(Figure { value: *value, growth: None })
    } else if let Node::Cell(cell) = node {
        let Content::Computed(id) = model.content(*cell, scenario) else { return None };
        of(id)
    } else if let Node::Scale(x, by) = node {
        of(*x).map(|x| Figure { value: x.value * by, ..x })
    } else if let Node::Negate(x) = node {
        of(*x).map(|x| Figure { value: -x.value, ..x })
    } else if let Node::Growing { value, rate, per } = node {
        let (start, rate) = (of(*value)?, of(*rate)?);
        (start.growth.is_none() && rate.growth.is_none()).then_some(Figure { growth: Some((rate.value, *per)), ..start })
    } else if let Node::Sum(first, rest) = node {
        rest.iter().try_fold(of(*first)?, |sum, (sign, x)| {
            let x = of(*x).filter(|x| x.growth == sum.growth)?;
            Some(Figure { value: if *sign == Sign::Plus { sum.value + x.value } else { sum.value - x.value }, ..sum })
        })
    } else if let Node::Product(first, rest) = node {
        rest.iter().try_fold(of(*first)?, |product, (factor, x)| {
            let x = of(*x)?;
            match factor {
                Factor::Times if product.growth.is_none() || x.growth.is_none() => {
                    Some(Figure { value: product.value * x.value, growth: product.growth.or(x.growth) })
                }
                Factor::Over if x.growth.is_none() && x.value != 0.0 => Some(Figure { value: product.value / x.value, ..product }),
                Factor::Times | Factor::Over => None,
            }
        })
    } else {
        None
    }
}
