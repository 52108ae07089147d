//! Traces: where a value comes from, equation by equation.

use super::answer::{Rest, Trace};
use super::pick::below;
use super::outcome::{Outcome, computed, is_series, of_cell, of_expr, over};
use super::reads::{Walk, When, probes};
use super::value::Shown;
use crate::calendar::Step;
use crate::check::model::{Aggregate, CellId, ExprId, Model, Node, Origin, Role, ScenarioId, Sign, Type};
use crate::compile::Target;
use crate::quantity::UnitId;
use crate::run;
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;

/// No tree is drawn deeper than this.
const DEEPEST: usize = 64;

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
    let scales = [model.grid.step(), Step::Month, Step::Quarter, Step::Year];
    let mut buckets = scales.into_iter().filter(|_| model.grid.timed()).flat_map(|by| model.grid.buckets(by));
    let steps = buckets.find(|bucket| bucket.label == period)?.steps;
    Some(if steps.len() == 1 { When::Step(steps.start) } else { When::Over(steps.start, steps.end) })
}

/// What an explanation needs computed: everything the value is made of.
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
fn cells(model: &Model, expr: ExprId, scenario: Option<ScenarioId>) -> Vec<(CellId, Option<ScenarioId>)> {
    let (mut open, mut found) = (vec![expr], Vec::new());
    while let Some(id) = open.pop() {
        let node = &model.expr(id).node;
        if let Node::Cell(cell) | Node::Opened(cell) = node {
            found.push((*cell, scenario));
        }
        if let Node::Base(cell, other) = node {
            found.push((*cell, *other));
        }
        below(model, node, &mut open);
    }
    found
}

/// The explanation of a value, so many equations deep.
#[must_use]
pub fn trace(outcome: &Outcome<'_>, question: Question, scenario: Option<ScenarioId>, depth: usize) -> Trace {
    let mut tracer = Tracer { outcome, open: Vec::new(), done: BTreeSet::new() };
    tracer.cell(question.cell, scenario, question.when, depth.min(DEEPEST))
}

struct Tracer<'a> {
    outcome: &'a Outcome<'a>,
    /// The definitions on the way from the root.
    open: Vec<CellId>,
    /// What was explained already.
    done: BTreeSet<(CellId, Option<ScenarioId>, When)>,
}

/// A part of a sum: what it adds to the whole, in base units.
struct Term {
    expr: ExprId,
    when: When,
    adds: Option<f64>,
}

impl Tracer<'_> {
    fn cell(&mut self, id: CellId, scenario: Option<ScenarioId>, when: When, depth: usize) -> Trace {
        let model = self.outcome.model;
        let cell = model.cell(id);
        let expr = computed(model, id, scenario);
        // A level over a span is the level at its end.
        let adds_up = matches!(cell.role, Role::Flow | Role::Ratio);
        let when = if adds_up { when } else { When::Step(when.last()) };
        let mut node = Trace {
            path: Some(cell.path.clone()),
            equation: expr.map_or_else(String::new, |expr| self.equation(id, expr)),
            value: expr.map_or(Shown { value: super::Value::Blank, unit: String::new() }, |expr| self.value(of_cell(id, scenario), expr, cell.unit, when)),
            period: expr.filter(|expr| is_series(model, *expr)).and_then(|_| self.period(when)),
            share: None,
            place: self.outcome.place(expr.map_or(cell.at, |expr| model.expr(expr).at)),
            doc: cell.doc.clone().filter(|_| cell.origin == Origin::Model),
            parts: Vec::new(),
            rest: Rest::Nothing,
        };
        let Some(expr) = expr else { return node };
        if self.done.contains(&(id, scenario, when)) {
            node.rest = Rest::Above;
        } else if depth == 0 || self.open.contains(&id) {
            node.rest = if self.reads(expr, scenario, when).is_empty() { Rest::Nothing } else { Rest::Deeper };
        } else {
            self.open.push(id);
            node.parts = self.parts(Some(id), expr, scenario, when, depth - 1);
            self.open.pop();
            self.done.insert((id, scenario, when));
        }
        node
    }

    /// The right side as written.
    fn equation(&self, id: CellId, expr: ExprId) -> String {
        let (cell, at) = (self.outcome.model.cell(id), self.outcome.model.expr(expr).at);
        let whole = self.outcome.text(cell.at);
        let is_inside = at.file == cell.at.file && cell.at.span.holds(at.span);
        // Of a plain definition everything behind its sign: brackets and `between` too.
        let right = whole.split_once(['=', '~']).map(|(_, right)| right.trim_start_matches(['=', ' ']));
        match right {
            Some(right) if is_inside && !right.is_empty() => right.to_owned(),
            Some(_) | None => self.outcome.text(at),
        }
    }

    fn period(&self, when: When) -> Option<String> {
        let outcome = self.outcome;
        match when {
            When::Step(step) => outcome.period(step),
            When::Over(first, end) => Some(format!("{} to {}", outcome.period(first)?, outcome.period(end.saturating_sub(1))?)),
        }
    }

    fn value(&self, target: Target, expr: ExprId, unit: UnitId, when: When) -> Shown {
        let model = self.outcome.model;
        let (ty, flows) = (model.expr(expr).ty, model.expr(expr).flows);
        let mut units = model.units.clone();
        let unit = if flows && matches!(when, When::Over(..)) { units.added_up(unit) } else { unit };
        let value = self.outcome.in_unit(&units, self.raw(target, flows, when), unit, ty);
        let unit = if ty == Type::Number { units.text(unit) } else { String::new() };
        Shown { value, unit }
    }

    /// A value as of when; what no run was asked for over a span is added up here.
    fn raw(&self, target: Target, flows: bool, when: When) -> run::Value {
        let When::Over(first, end) = when else { return self.outcome.raw(target, when.last()) };
        let whole = over(target, &(first..end));
        if self.outcome.compiled.slot(whole).is_some() {
            return self.outcome.raw(whole, 0);
        }
        if !flows {
            return self.outcome.raw(target, when.last());
        }
        let mut sum = 0.0;
        for step in first..end {
            match self.outcome.raw(target, step) {
                run::Value::Number(number) => sum += number * self.outcome.model.grid.period(),
                other @ (run::Value::Blank(_) | run::Value::Fault(_)) => return other,
            }
        }
        run::Value::Number(sum)
    }

    fn reads(&self, expr: ExprId, scenario: Option<ScenarioId>, when: When) -> Vec<(CellId, Option<ScenarioId>, When)> {
        let mut walk = Walk { outcome: self.outcome, scenario, found: Vec::new() };
        walk.read(expr, when);
        walk.found
    }

    /// What an expression is made of: the terms of a sum with their shares, else the definitions it reads.
    fn parts(&mut self, of: Option<CellId>, expr: ExprId, scenario: Option<ScenarioId>, when: When, depth: usize) -> Vec<Trace> {
        let Some(terms) = self.terms(expr, scenario, when) else {
            let reads = self.reads(expr, scenario, when);
            return reads.into_iter().map(|(cell, scenario, when)| self.cell(cell, scenario, when, depth)).collect();
        };
        let whole = self.number(expr, scenario, when).filter(|whole| *whole != 0.0);
        let mut parts = Vec::new();
        if let (Node::Accumulate { .. }, Some(own), When::Step(step)) = (&self.outcome.model.expr(expr).node, of, when) {
            parts.extend(step.checked_sub(1).map(|before| {
                let opening = self.number(expr, scenario, When::Step(before));
                Trace { share: share(opening, whole), ..self.cell(own, scenario, When::Step(before), 0) }
            }));
        }
        for term in terms {
            let share = share(term.adds, whole);
            parts.push(Trace { share, ..self.term(&term, scenario, depth) });
        }
        // Where terms work against each other, a share of what is left says nothing.
        if parts.iter().any(|part| part.share.is_none_or(|share| !(0.0..=1.0).contains(&share))) {
            parts.iter_mut().for_each(|part| part.share = None);
        }
        parts
    }

    fn term(&mut self, term: &Term, scenario: Option<ScenarioId>, depth: usize) -> Trace {
        let model = self.outcome.model;
        let expr = model.expr(term.expr);
        if let Node::Cell(cell) = expr.node {
            return self.cell(cell, scenario, term.when, depth);
        }
        Trace {
            path: None,
            equation: self.outcome.text(expr.at),
            value: self.value(of_expr(term.expr, scenario), term.expr, expr.unit, term.when),
            period: None,
            share: None,
            place: self.outcome.place(expr.at),
            doc: None,
            parts: self.parts(None, term.expr, scenario, term.when, depth),
            rest: Rest::Nothing,
        }
    }

    /// The terms of a sum; none where an expression is no sum.
    fn terms(&self, expr: ExprId, scenario: Option<ScenarioId>, when: When) -> Option<Vec<Term>> {
        let term = |term: ExprId, sign: f64| Term { expr: term, when, adds: self.number(term, scenario, when).map(|number| sign * number) };
        let node = &self.outcome.model.expr(expr).node;
        if let Node::Sum(first, rest) = node {
            let signed = rest.iter().map(|(sign, expr)| term(*expr, if *sign == Sign::Plus { 1.0 } else { -1.0 }));
            return Some([term(*first, 1.0)].into_iter().chain(signed).collect());
        }
        if let Node::Across(Aggregate::Sum, terms) = node {
            return Some(terms.iter().map(|expr| term(*expr, 1.0)).collect());
        }
        let Node::Accumulate { flow, from } = node else { return None };
        let step = When::Step(when.last());
        let period = self.outcome.model.grid.period();
        let adds = self.number(*flow, scenario, step).map(|number| number * period);
        let start = (step == When::Step(0)).then(|| term(*from, 1.0));
        Some(start.into_iter().chain([Term { expr: *flow, when: step, adds }]).collect())
    }

    fn number(&self, expr: ExprId, scenario: Option<ScenarioId>, when: When) -> Option<f64> {
        let model = self.outcome.model;
        let flows = model.expr(expr).flows;
        let target = if let Node::Cell(cell) = model.expr(expr).node { of_cell(cell, scenario) } else { of_expr(expr, scenario) };
        match self.raw(target, flows, when) {
            run::Value::Number(number) => Some(number),
            run::Value::Blank(_) | run::Value::Fault(_) => None,
        }
    }
}

fn share(part: Option<f64>, whole: Option<f64>) -> Option<f64> {
    part.zip(whole).map(|(part, whole)| part / whole).filter(|share| share.is_finite())
}
