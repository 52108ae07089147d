//! Asks: the values of `eval`, and whether the expectations of a `test` hold.

use super::answer::{Answer, Evaluation, ExpectationResult, Leeway, Slip, TestResult, Verdict};
use super::compare::Sides;
use super::outcome::{Outcome, is_series, of_expr};
use super::require::absent;
use super::shape::Moment;
use super::spread::Spread;
use super::View;
use crate::check::model::{Comparison, Expectation, ExprId, Model, ScenarioId, Tolerance, holds_nearly};
use crate::compile::Target;
use crate::quantity::UnitId;
use crate::run;

/// What `eval` needs computed.
#[must_use]
pub fn query_targets(model: &Model, view: &View) -> Vec<Target> {
    model.queries.iter().map(|query| of_expr(query.expr, view.scenario)).collect()
}

/// The value of a question; none if there are fewer.
#[must_use]
pub fn evaluate(outcome: &Outcome<'_>, view: &View, question: usize) -> Option<Evaluation> {
    let model = outcome.model;
    let id = model.queries.get(question)?.expr;
    let expr = model.expr(id);
    let value = |step| outcome.value(of_expr(id, view.scenario), step, expr.unit, expr.ty);
    let timed = is_series(model, id);
    let steps = 0..if timed { model.grid.len() } else { 1 };
    let spread = |step| Spread::of(outcome, &model.units, of_expr(id, view.scenario), step, expr.unit, expr.ty);
    let spreads: Option<Vec<Spread>> = steps.map(spread).collect();
    let spreads = spreads.filter(|spreads| spreads.iter().any(|spread| spread.drawn));
    let answer = if let Some(spreads) = spreads {
        let periods = (0..model.grid.len()).filter(|_| timed).map(|step| model.grid.label(step)).collect();
        Answer::Spread { periods, spreads }
    } else if timed {
        let steps = 0..model.grid.len();
        Answer::Series { periods: steps.clone().map(|step| model.grid.label(step)).collect(), values: steps.map(value).collect() }
    } else {
        Answer::Once(value(0))
    };
    // The question is a text of its own, so that its brackets are kept.
    let text = outcome.source(expr.at).map_or_else(String::new, |source| source.text.trim().to_owned());
    Some(Evaluation { expr: text, unit: outcome.unit_text(expr.unit, expr.ty), answer })
}

/// What the tests need computed.
#[must_use]
pub fn test_targets(model: &Model) -> Vec<Target> {
    let mut targets = Vec::new();
    for test in &model.tests {
        for one in &test.expectations {
            let within = one.within.map(|within| match within { Tolerance::Absolute(expr) | Tolerance::Relative(expr) => expr });
            let sides = one.comparisons.iter().flat_map(|(left, _, right)| [*left, *right]);
            targets.extend([one.condition].into_iter().chain(sides).chain(within).map(|expr| of_expr(expr, test.overlay)));
        }
    }
    targets
}

/// What became of each test.
#[must_use]
pub fn tests(outcome: &Outcome<'_>) -> Vec<TestResult> {
    let result = |test: &crate::check::model::Test| TestResult {
        title: test.title.clone(),
        expectations: test.expectations.iter().map(|one| expectation(outcome, one, test.overlay)).collect(),
        at: test.at,
    };
    outcome.model.tests.iter().map(result).collect()
}

/// The first step in which an expectation does not hold decides.
fn expectation(outcome: &Outcome<'_>, one: &Expectation, scenario: Option<ScenarioId>) -> ExpectationResult {
    let model = outcome.model;
    let parts = one.comparisons.iter().flat_map(|(left, _, right)| [*left, *right]).chain([one.condition]);
    let timed = parts.into_iter().any(|expr| is_series(model, expr));
    let last = if timed { model.grid.len() } else { 1 };
    let found = (0..last).map(|step| (step, verdict(outcome, one, scenario, step))).find(|(_, verdict)| *verdict != Verdict::Passed);
    let (step, verdict) = found.unwrap_or((0, Verdict::Passed));
    let period = outcome.period(step).filter(|_| timed && verdict != Verdict::Passed);
    let moment = failing(outcome, one, scenario, step).map(|(left, _, right)| {
        Sides { value: left, comparison: Comparison::Equal, bound: right }.moment(outcome, scenario, step, None)
    });
    let Moment { value, bound, .. } = moment.unwrap_or(Moment { step, period: None, value: None, bound: None });
    ExpectationResult {
        text: outcome.text(one.at),
        verdict,
        period,
        slip: value.as_ref().zip(bound.as_ref()).and_then(|(left, right)| Slip::between(left, right)),
        left: value,
        right: bound,
        within: one.within.map(|within| tolerance(outcome, one, within, scenario, step)),
        at: one.at,
    }
}

fn verdict(outcome: &Outcome<'_>, one: &Expectation, scenario: Option<ScenarioId>, step: usize) -> Verdict {
    match outcome.raw(of_expr(one.condition, scenario), step) {
        run::Value::Blank(blank) => Verdict::Undefined(absent(blank).to_owned()),
        run::Value::Fault(_) => Verdict::Undefined("a value could not be computed".to_owned()),
        run::Value::Number(number) if number != 0.0 => Verdict::Passed,
        run::Value::Number(_) if one.comparisons.is_empty() => Verdict::Failed,
        run::Value::Number(_) if failing(outcome, one, scenario, step).is_some() => Verdict::Failed,
        run::Value::Number(_) => Verdict::Passed,
    }
}

/// The first comparison that does not hold in a step, the tolerance and roundings counted; those are the same as of a requirement.
fn failing(
    outcome: &Outcome<'_>,
    one: &Expectation,
    scenario: Option<ScenarioId>,
    step: usize,
) -> Option<(ExprId, Comparison, ExprId)> {
    let number = |expr: ExprId| match outcome.raw(of_expr(expr, scenario), step) {
        run::Value::Number(number) => Some(number),
        run::Value::Blank(_) | run::Value::Fault(_) => None,
    };
    one.comparisons.iter().copied().find(|(left, comparison, right)| {
        let Some((left, right)) = number(*left).zip(number(*right)) else { return true };
        let near = one.within.is_some_and(|within| {
            let (Tolerance::Absolute(by) | Tolerance::Relative(by)) = within;
            let scale = if matches!(within, Tolerance::Relative(_)) { right.abs() } else { 1.0 };
            number(by).is_some_and(|by| (left - right).abs() <= by * scale)
        });
        !(holds_nearly(*comparison, left, right) || (*comparison == Comparison::Equal && near))
    })
}

/// The tolerance as written: an amount in its unit, or a percentage of the right side.
fn tolerance(outcome: &Outcome<'_>, one: &Expectation, within: Tolerance, scenario: Option<ScenarioId>, step: usize) -> Leeway {
    match within {
        Tolerance::Relative(by) => Leeway::Share(outcome.shown(by, scenario, step, UnitId::PERCENT)),
        Tolerance::Absolute(by) => {
            let model = outcome.model;
            let side = one.comparisons.first().map_or(by, |(left, _, _)| *left);
            let own = model.expr(by).unit;
            let unit = if model.units.text(own).is_empty() { model.expr(side).unit } else { own };
            Leeway::Distance(outcome.shown(by, scenario, step, unit))
        }
    }
}
