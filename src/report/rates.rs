//! Rates: payments that several rates make worth nothing, told with all of them.

use super::number::compact;
use super::outcome::Outcome;
use crate::compile::Target;
use crate::diagnostic::{Code, Diagnostic};
use crate::run;
use crate::tape::{Blank, OpId, Shape};
use std::collections::BTreeSet;

/// Where a target is blank because payments have several rates: which those are, and how to choose.
#[must_use]
pub fn undecided(outcome: &Outcome<'_>, targets: &[Target]) -> Vec<Diagnostic> {
    let tape = &outcome.compiled.tape;
    let several = |target: &Target| {
        let slot = outcome.compiled.slot(*target)?;
        let steps = if outcome.columns.shape(slot) == Shape::Series { outcome.columns.steps() } else { 1 };
        (0..steps).find(|step| outcome.columns.value(slot, *step, 0) == run::Value::Blank(Blank::SeveralRates))
    };
    if !targets.iter().any(|target| several(target).is_some()) {
        return Vec::new();
    }
    let mut seen = BTreeSet::new();
    let mut told = Vec::new();
    for id in (0..tape.ops().len()).map(|at| OpId(at as u32)) {
        let steps = if tape.op(id).shape == Shape::Series { outcome.columns.steps() } else { 1 };
        let Some(rates) = (0..steps).find_map(|step| run::rates(tape, outcome.columns, id, step)) else { continue };
        let Some(expr) = outcome.compiled.culprit(id).expr.map(|expr| outcome.model.expr(expr)) else { continue };
        if seen.insert((expr.at.file, expr.at.span.start)) {
            let unit = outcome.model.units.text(expr.unit);
            told.push(told_of(&rates, &unit, expr.at));
        }
    }
    told
}

fn told_of(rates: &[f64], unit: &str, at: crate::text::Location) -> Diagnostic {
    let texts: Vec<String> = rates.iter().map(|rate| compact(rate * 100.0) + unit).collect();
    let message = format!("these payments have {} rates: {}", rates.len(), texts.join(", "));
    let first = texts.first().map_or("", String::as_str);
    Diagnostic::warning(Code("BIZ0709"), message, at, "blank, since it is not said which is meant")
        .help(format!("say which is meant: `irr(…, near: {first})`; or compare plans by `npv`, which has one value"))
}
