//! Traces: where a value comes from, equation by equation.

mod made;
mod tracer;

use super::answer::Trace;
use super::outcome::{Outcome, computed, of_cell, over};
use super::reads::{When, probes};
use crate::check::model::{CellId, ExprId, Model, Node, ScenarioId};
use crate::compile::Target;
use std::collections::BTreeSet;
use tracer::Tracer;
use unicode_normalization::UnicodeNormalization;

/// No tree is drawn deeper than this: a circle of definitions is never followed, so only a very long model gets here.
const DEEPEST: usize = 1_000;

/// What is asked to be explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    /// The definition.
    pub cell: CellId,
    /// As of when.
    pub when: When,
}

/// Why a question has no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unanswered {
    /// Nothing has this name, or it has no value.
    Name(String),
    /// The timeline has no such period.
    Period(String),
}

/// Reads `revenue`, `revenue[2027-03]`, `revenue[2027-Q1]` or `revenue[2027]`. A series without a period is explained at
/// its last step.
///
/// # Errors
///
/// When nothing has the name, or the timeline not the period.
pub fn question(model: &Model, text: &str, scenario: Option<ScenarioId>) -> Result<Question, Unanswered> {
    let text: String = text.trim().nfc().collect();
    let (name, period) = match text.split_once('[') {
        Some((name, rest)) => (name.trim(), Some(rest.trim_end().trim_end_matches(']').trim())),
        None => (text.as_str(), None),
    };
    let cell = model.find(name).filter(|cell| computed(model, *cell, scenario).is_some());
    let Some(cell) = cell else { return Err(Unanswered::Name(name.to_owned())) };
    let last = When::Step(model.grid.len().saturating_sub(1));
    let when = period.map_or(Some(last), |period| span(model, period)).ok_or_else(|| Unanswered::Period(period.unwrap_or("").to_owned()))?;
    Ok(Question { cell, when })
}

fn span(model: &Model, period: &str) -> Option<When> {
    let steps = model.grid.named(period)?.steps;
    Some(if steps.len() == 1 { When::Step(steps.start) } else { When::Over(steps.start, steps.end) })
}

/// What an explanation needs computed: everything the value is made of, step by step.
#[must_use]
pub fn trace_targets(model: &Model, question: Question, scenario: Option<ScenarioId>) -> Vec<Target> {
    let mut targets = Vec::new();
    let mut seen = BTreeSet::from([(question.cell, scenario)]);
    let mut open = vec![(question.cell, scenario)];
    while let Some((cell, scenario)) = open.pop() {
        let Some(expr) = computed(model, cell, scenario) else { continue };
        targets.push(of_cell(cell, scenario));
        probes(model, expr, scenario, &mut targets);
        if let When::Over(first, end) = question.when {
            targets.push(over(of_cell(cell, scenario), &(first..end)));
        }
        for read in cells(model, expr, scenario) {
            if seen.insert(read) {
                open.push(read);
            }
        }
    }
    targets
}

/// Every definition an expression names.
pub(super) fn cells(model: &Model, expr: ExprId, scenario: Option<ScenarioId>) -> Vec<(CellId, Option<ScenarioId>)> {
    let mut found = Vec::new();
    for id in model.within(expr) {
        let node = &model.expr(id).node;
        if let Node::Cell(cell) | Node::Opened(cell) = node {
            found.push((*cell, scenario));
        }
        if let Node::Base(cell, other) = node {
            found.push((*cell, *other));
        }
    }
    found
}

/// What an explanation asks over spans and has not been computed; the run has to be of [`trace_targets`].
#[must_use]
pub fn spans(outcome: &Outcome<'_>, question: Question, scenario: Option<ScenarioId>, depth: usize) -> Vec<Target> {
    let mut tracer = Tracer::new(outcome);
    tracer.cell(question.cell, scenario, question.when, depth.min(DEEPEST));
    tracer.missing()
}

/// The explanation of a value, so many equations deep.
#[must_use]
pub fn trace(outcome: &Outcome<'_>, question: Question, scenario: Option<ScenarioId>, depth: usize) -> Trace {
    Tracer::new(outcome).cell(question.cell, scenario, question.when, depth.min(DEEPEST))
}
