//! Compares: the two sides of a comparison, which of them is the bound, and by how much it is missed.

use super::outcome::{Outcome, is_series, of_expr};
use super::pick::is_input;
use super::shape::Moment;
use crate::check::model::{Comparison, ExprId, Model, ScenarioId};
use crate::compile::Target;
use crate::run;

/// A comparison of a claim, the value on the left.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sides {
    pub value: ExprId,
    pub comparison: Comparison,
    pub bound: ExprId,
}

impl Sides {
    /// What is written down is the bound: in `0% <= x` it stands on the left.
    pub fn new(model: &Model, (left, comparison, right): (ExprId, Comparison, ExprId)) -> Self {
        let fixed = |side: ExprId| !is_series(model, side) && is_input(model, side);
        if fixed(left) && !fixed(right) {
            return Self { value: right, comparison: comparison.mirrored(), bound: left };
        }
        Self { value: left, comparison, bound: right }
    }

    /// What has to be computed.
    pub const fn targets(&self, scenario: Option<ScenarioId>) -> [Target; 2] {
        [of_expr(self.value, scenario), of_expr(self.bound, scenario)]
    }

    /// Both values in a step, in base units; none where one is missing.
    pub fn at(&self, outcome: &Outcome<'_>, scenario: Option<ScenarioId>, step: usize) -> Option<(f64, f64)> {
        let [value, bound] = self.targets(scenario).map(|target| outcome.raw(target, step));
        match (value, bound) {
            (run::Value::Number(value), run::Value::Number(bound)) => Some((value, bound)),
            (run::Value::Blank(_) | run::Value::Fault(_), _) | (_, run::Value::Blank(_) | run::Value::Fault(_)) => None,
        }
    }

    /// The largest figure on either side over the timeline, without its sign.
    pub fn largest(&self, outcome: &Outcome<'_>, scenario: Option<ScenarioId>) -> f64 {
        let steps = (0..outcome.model.grid.len()).filter_map(|step| self.at(outcome, scenario, step));
        steps.fold(0.0, |largest, (value, bound)| value.abs().max(bound.abs()).max(largest))
    }

    /// By how much the bound is missed; above zero where it is.
    pub fn shortfall(&self, (value, bound): (f64, f64)) -> f64 {
        match self.comparison {
            Comparison::Less | Comparison::AtMost => value - bound,
            Comparison::More | Comparison::AtLeast => bound - value,
            Comparison::Equal | Comparison::Unequal => (value - bound).abs(),
        }
    }

    /// Both sides in the unit of the value.
    pub fn moment(&self, outcome: &Outcome<'_>, scenario: Option<ScenarioId>, step: usize, period: Option<String>) -> Moment {
        let unit = unit(outcome.model, self);
        let shown = |side| Some(outcome.shown(side, scenario, step, unit));
        Moment { step, period, value: shown(self.value), bound: shown(self.bound) }
    }
}

/// The unit both sides are shown in: that of a bound as it was written, else the value's. A bare number takes the unit of
/// the other side.
fn unit(model: &Model, sides: &Sides) -> crate::quantity::UnitId {
    let (value, bound) = (model.expr(sides.value).unit, model.expr(sides.bound).unit);
    let is_named = |unit| !model.units.text(unit).is_empty();
    let is_bound = is_named(bound) && (model.is_literal(sides.bound) || !is_named(value));
    if is_bound { bound } else { value }
}
