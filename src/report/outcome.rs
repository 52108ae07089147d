//! Outcome: a run with the model it is of, read in the units a person is shown.

use super::value::{Shown, Value};
use crate::check::model::{CellId, Content, ExprId, Model, ScenarioId, Shape, Steps, Type};
use crate::compile::{Compiled, Target, What};
use crate::quantity::{UnitId, Units};
use crate::run::{self, Columns, Summary};
use crate::tape::{Blank, OpId};
use crate::text::{Location, Source};

pub use crate::run::SampleFault;
use foldhash::HashMap;
use std::collections::BTreeMap;

/// A line of a file, as people count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The file's name.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
}

/// The samples behind what a report tells.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Drawn {
    /// How many there are.
    pub count: u64,
    /// How many were asked for: more, where the run was stopped.
    pub asked: u64,
    /// What decided every draw.
    pub seed: u64,
    /// How they were spread: `random`, `latin`, `sobol`.
    pub sampling: &'static str,
    /// The part of itself by which a percentile is off at most; 0 where each is a sample.
    pub within: f64,
}

/// A run, the tape it played, the model behind it, and the texts of that.
#[derive(Clone, Copy, Debug)]
pub struct Outcome<'a> {
    /// The model.
    pub model: &'a Model,
    /// The texts it was read from; found by their ids.
    pub sources: &'a [Source],
    /// Its tape.
    pub compiled: &'a Compiled,
    /// What the run computed.
    pub columns: &'a Columns,
    /// How what was looked at across samples is spread; none where none were drawn.
    pub spreads: Option<&'a Spreads>,
}

/// How targets are spread over samples.
#[derive(Clone, Debug, Default)]
pub struct Spreads {
    /// The samples.
    pub drawn: Drawn,
    /// Of each target a summary a step, of a constant one.
    pub summaries: HashMap<Target, Vec<Summary>>,
    /// What could not be computed in some of them, by operation.
    pub faults: BTreeMap<OpId, SampleFault>,
}

impl Spreads {
    /// How a target is spread in a step; a constant in any.
    #[must_use]
    pub fn at(&self, target: Target, step: usize) -> Option<&Summary> {
        let steps = self.summaries.get(&target)?;
        steps.get(step).or(steps.last())
    }
}

impl Outcome<'_> {
    /// The value of a target in a step, in base units; a blank where nothing was computed.
    #[must_use]
    pub fn raw(&self, target: Target, step: usize) -> run::Value {
        let slot = self.compiled.slot(target);
        slot.map_or(run::Value::Blank(Blank::ZeroByZero), |slot| self.columns.value(slot, step, 0))
    }

    /// The value of a target in a step, in a unit.
    pub(super) fn value(&self, target: Target, step: usize, unit: UnitId, ty: Type) -> Value {
        self.in_unit(&self.model.units, self.raw(target, step), unit, ty)
    }

    /// A value in base units as it is shown.
    pub(super) fn in_unit(&self, units: &Units, raw: run::Value, unit: UnitId, ty: Type) -> Value {
        match (raw, ty) {
            (run::Value::Blank(_), _) => Value::Blank,
            (run::Value::Fault(_), _) => Value::Fault,
            (run::Value::Number(number), Type::Condition) => Value::Condition(number != 0.0),
            (run::Value::Number(number), Type::Date) => Value::Date(self.model.grid.date_text(number)),
            (run::Value::Number(number), Type::Choice(_)) => Value::Choice(self.model.choices.name(number).to_owned()),
            (run::Value::Number(number), Type::Number) => {
                let shown = units.to_shown(unit, number);
                // A number near the largest may leave the range in a smaller unit.
                if shown.is_finite() { Value::Number(shown) } else { Value::Fault }
            }
        }
    }

    /// The value of an expression in a step, in a unit that measures the same.
    pub(super) fn shown(&self, expr: ExprId, scenario: Option<ScenarioId>, step: usize, unit: UnitId) -> Shown {
        let ty = self.model.expr(expr).ty;
        let value = self.value(of_expr(expr, scenario), step, unit, ty);
        Shown { value, unit: self.unit_text(unit, ty) }
    }

    /// The value of a definition that does not change over time, in its own unit.
    #[must_use]
    pub fn shown_cell(&self, cell: CellId, scenario: Option<ScenarioId>) -> Shown {
        let unit = self.model.cell(cell).unit;
        let ty = computed(self.model, cell, scenario).map_or(Type::Number, |expr| self.model.expr(expr).ty);
        Shown { value: self.value(of_cell(cell, scenario), 0, unit, ty), unit: self.unit_text(unit, ty) }
    }

    /// A unit as a person reads it; conditions, dates and choices have none.
    pub(super) fn unit_text(&self, unit: UnitId, ty: Type) -> String {
        match ty {
            Type::Number => self.model.units.text(unit),
            Type::Condition | Type::Date | Type::Choice(_) => String::new(),
        }
    }

    /// The name of a step; none without a timeline.
    pub(super) fn period(&self, step: usize) -> Option<String> {
        self.model.grid.timed().then(|| self.model.grid.label(step))
    }

    /// The name of a scenario.
    pub(super) fn scenario_name(&self, scenario: Option<ScenarioId>) -> Option<String> {
        scenario.and_then(|id| self.model.scenarios.get(id.0 as usize)).and_then(|scenario| scenario.name.clone())
    }

    /// What stands at a place, on one line and without comments.
    pub(super) fn text(&self, at: Location) -> String {
        self.source(at).map_or_else(String::new, |source| on_one_line(source.slice(at.span)))
    }

    /// The file and line of a place.
    #[must_use]
    pub fn place(&self, at: Location) -> Place {
        let Some(source) = self.source(at) else { return Place::default() };
        Place { file: source.name.clone(), line: source.position(at.span.start).line }
    }

    pub(super) fn source(&self, at: Location) -> Option<&Source> {
        self.sources.iter().find(|source| source.id == at.file)
    }
}

/// The target of an expression, step by step.
#[must_use]
pub const fn of_expr(expr: ExprId, scenario: Option<ScenarioId>) -> Target {
    Target { what: What::Expr(expr), scenario, over: None }
}

/// The target of a definition, step by step.
#[must_use]
pub const fn of_cell(cell: CellId, scenario: Option<ScenarioId>) -> Target {
    Target { what: What::Cell(cell), scenario, over: None }
}

/// The target over a span of steps.
#[must_use]
pub(super) fn over(target: Target, steps: &std::ops::Range<usize>) -> Target {
    Target { over: Some(Steps { first: steps.start as u32, end: steps.end as u32 }), ..target }
}

/// What a definition computes under a scenario; none for tables, texts and references.
#[must_use]
pub fn computed(model: &Model, cell: CellId, scenario: Option<ScenarioId>) -> Option<ExprId> {
    match model.content(cell, scenario) {
        Content::Computed(expr) => Some(expr),
        Content::Table(_) | Content::Reference(_) | Content::Text | Content::Missing => None,
    }
}

/// Whether an expression has a value a step.
pub(super) fn is_series(model: &Model, expr: ExprId) -> bool {
    model.grid.timed() && model.expr(expr).shape == Shape::Series
}

/// Lines joined, comments and runs of blanks dropped; strings stay.
#[must_use]
pub fn on_one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let mut quoted = false;
        let mut escaped = false;
        let code: String = line
            .chars()
            .take_while(|character| {
                if *character == '"' && !escaped {
                    quoted = !quoted;
                }
                escaped = quoted && *character == '\\' && !escaped;
                *character != '#' || quoted
            })
            .collect();
        for word in code.split_whitespace() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(word);
        }
    }
    out
}
