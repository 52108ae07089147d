//! A second, slow evaluator of the checked model, and what compares it with the engine.
#![allow(clippy::wildcard_enum_match_arm, reason = "what is left over is the same for all others")]

pub mod agree;
pub mod build;
mod date;
mod instances;
mod payments;
pub mod random;
mod sample;
mod sampled;
mod span;
mod table;
mod texts;
mod time;

use biz::check::model::{
    Aggregate, CellId, Comparison, Content, Draw, ExprId, Factor, Function, Model, Node, Part, ScenarioId, Shape, Sign, Steps,
};
use biz::numeric::distribution::{Distribution, Family, Mixture, Parameter, Reason, resolve};
use biz::numeric::{Rounding, beta_lower, exp, gamma_lower, gamma_upper, hypergeometric, ln, ln_gamma, normal_cdf, normal_quantile, pow, round};
use biz::run::FaultKind;
use std::collections::HashMap;

/// A value: nothing is packed.
#[derive(Clone, Copy, Debug)]
pub enum Outcome {
    Number(f64),
    Blank,
    Fault(FaultKind),
}

pub use Outcome::{Blank, Fault, Number};

/// Walks the trees, one definition, scenario and step at a time.
pub struct Naive<'m> {
    pub model: &'m Model,
    cells: HashMap<(CellId, Option<ScenarioId>, usize), Outcome>,
    exprs: HashMap<(ExprId, Option<ScenarioId>, usize), Outcome>,
    by_itself: std::cell::RefCell<HashMap<(CellId, Option<ScenarioId>), bool>>,
    over: HashMap<(ExprId, Option<ScenarioId>, Steps), Outcome>,
    ends: std::cell::RefCell<HashMap<(ExprId, Option<ScenarioId>), bool>>,
    /// Whether any amount of a step is the same in each.
    amounts: bool,
}

/// Of several values the first fault, else a blank; else all are numbers.
pub fn numbers(values: &[Outcome]) -> Result<Vec<f64>, Outcome> {
    if let Some(fault) = values.iter().find(|value| matches!(value, Fault(_))) {
        return Err(*fault);
    }
    let number = |value: &Outcome| match value {
        Number(number) => Ok(*number),
        other => Err(*other),
    };
    values.iter().map(number).collect()
}

pub fn finite(value: f64) -> Outcome {
    if value.is_finite() { Number(value) } else { Fault(FaultKind::Overflow) }
}

/// Something of numbers alone.
pub fn strict(values: &[Outcome], then: impl FnOnce(&[f64]) -> Outcome) -> Outcome {
    match numbers(values) {
        Ok(values) => then(&values),
        Err(other) => other,
    }
}

/// Something that is built up over time.
pub fn level(values: &[Outcome], then: impl FnOnce(&[f64]) -> Outcome) -> Outcome {
    match numbers(values) {
        Ok(values) => then(&values),
        Err(Blank) => Fault(FaultKind::BlankInLevel),
        Err(other) => other,
    }
}

pub fn power(base: f64, exponent: f64) -> Outcome {
    let result = pow(base, exponent);
    if result.is_nan() {
        Fault(FaultKind::InvalidArgument)
    } else if result.is_infinite() && base == 0.0 {
        Fault(FaultKind::DivisionByZero)
    } else {
        finite(result)
    }
}

fn truth(holds: bool) -> Outcome {
    Number(if holds { 1.0 } else { 0.0 })
}

impl<'m> Naive<'m> {
    pub fn new(model: &'m Model) -> Self {
        let ids = || (0..model.exprs.len() as u32).map(ExprId);
        let amounts = ids().any(|id| model.expr(id).shape == Shape::Constant && model.is_amount(id));
        Self { model, cells: HashMap::new(), exprs: HashMap::new(), by_itself: std::cell::RefCell::default(), over: HashMap::new(), ends: std::cell::RefCell::default(), amounts }
    }

    pub fn cell(&mut self, cell: CellId, scenario: Option<ScenarioId>, step: usize) -> Outcome {
        if let Some(known) = self.cells.get(&(cell, scenario, step)) {
            return *known;
        }
        let value = match self.model.content(cell, scenario) {
            Content::Computed(expr) => self.expr(expr, scenario, step),
            _ => Blank,
        };
        self.cells.insert((cell, scenario, step), value);
        value
    }

    pub fn expr(&mut self, expr: ExprId, scenario: Option<ScenarioId>, step: usize) -> Outcome {
        if let Some(known) = self.exprs.get(&(expr, scenario, step)) {
            return *known;
        }
        let value = self.evaluate(expr, scenario, step);
        self.exprs.insert((expr, scenario, step), value);
        value
    }

    pub fn all(&mut self, exprs: &[ExprId], scenario: Option<ScenarioId>, step: usize) -> Vec<Outcome> {
        exprs.iter().map(|expr| self.expr(*expr, scenario, step)).collect()
    }

    fn evaluate(&mut self, id: ExprId, s: Option<ScenarioId>, step: usize) -> Outcome {
        let model = self.model;
        match &model.expr(id).node {
            Node::Number(value) => Number(*value),
            Node::Blank(_) => Blank,
            Node::Cell(cell) => self.cell(*cell, s, step),
            Node::Base(cell, parent) => self.cell(*cell, *parent, step),
            Node::Scale(x, scale) => strict(&[self.expr(*x, s, step)], |x| finite(x[0] * scale)),
            Node::Sum(first, rest) => {
                let values = self.chain(*first, rest, s, step);
                strict(&values, |values| sum(values, &rest.iter().map(|(sign, _)| *sign).collect::<Vec<_>>()))
            }
            Node::Product(first, rest) => {
                let values = self.chain(*first, rest, s, step);
                strict(&values, |values| product(values, &rest.iter().map(|(side, _)| *side).collect::<Vec<_>>()))
            }
            Node::Negate(x) => strict(&[self.expr(*x, s, step)], |x| Number(-x[0])),
            Node::Power(a, b) => {
                let values = self.all(&[*a, *b], s, step);
                strict(&values, |x| power(x[0], x[1]))
            }
            Node::Compare(first, rest) => {
                let values = self.chain(*first, rest, s, step);
                strict(&values, |x| truth(rest.iter().enumerate().all(|(at, (how, _))| holds(*how, x[at], x[at + 1]))))
            }
            Node::All(xs) => {
                let values = self.all(xs, s, step);
                if values.iter().any(|value| matches!(value, Number(0.0))) { truth(false) } else { strict(&values, |_| truth(true)) }
            }
            Node::Any(xs) => {
                let values = self.all(xs, s, step);
                let yes = |value: &Outcome| matches!(value, Number(number) if *number != 0.0);
                if values.iter().any(yes) { truth(true) } else { strict(&values, |_| truth(false)) }
            }
            Node::Not(x) => strict(&[self.expr(*x, s, step)], |x| truth(x[0] == 0.0)),
            Node::If(condition, yes, no) => match self.expr(*condition, s, step) {
                Number(0.0) => self.expr(*no, s, step),
                Number(_) => self.expr(*yes, s, step),
                other => other,
            },
            Node::Otherwise(xs) => {
                let mut values = xs.iter().map(|x| self.expr(*x, s, step));
                values.find(|value| !matches!(value, Blank)).unwrap_or(Blank)
            }
            Node::Across(aggregate, xs) => {
                let values = self.all(xs, s, step);
                strict(&values, |values| across(*aggregate, values))
            }
            Node::Weighted(pairs) => {
                let (parts, weights) = self.weights(pairs, s, step);
                strict(&[parts, weights], |x| product(x, &[Factor::Over]))
            }
            Node::Call(function, xs) => {
                let values = self.all(xs, s, step);
                called(*function, &values)
            }
            Node::Lookup(table, quantity) => self.look_up(*table, *quantity, s, step),
            Node::Steps(rows) => self.last_row(rows, s, step),
            Node::Linear(rows) => self.on_line(rows, s, step),
            Node::List(xs) => self.expr(xs[step], s, step),
            Node::ZeroRate(asked) => self.zero_rate(asked, s, step),
            Node::Turn(rows) => self.turn(rows, s, step),
            Node::Draw(draw) => self.draw(draw, s, step),
            Node::AcrossSamples(sampled, x) => self.across_samples(*sampled, *x, s, step),
            Node::Span(x, steps) => self.over(*x, s, *steps),
            Node::OverTime(reducer, x, steps) => self.over_time(*reducer, *x, s, *steps),
            Node::Opened(_) | Node::Growing { .. } | Node::Opening { .. } | Node::Change { .. } => self.timed(id, s, step),
            Node::Accumulate { .. } | Node::Delay { .. } | Node::Cohorts { .. } | Node::At(..) => self.timed(id, s, step),
            Node::Period => Number(self.model.grid.period()),
            Node::Time | Node::After(_) => self.timed(id, s, step),
        }
    }

    fn chain<T>(&mut self, first: ExprId, rest: &[(T, ExprId)], s: Option<ScenarioId>, step: usize) -> Vec<Outcome> {
        let mut values = vec![self.expr(first, s, step)];
        values.extend(rest.iter().map(|(_, x)| self.expr(*x, s, step)));
        values
    }

    /// Σ x·w and Σ w
    pub fn weights(&mut self, pairs: &[(ExprId, ExprId)], s: Option<ScenarioId>, step: usize) -> (Outcome, Outcome) {
        let (mut parts, mut weights) = (Vec::new(), Vec::new());
        for (x, w) in pairs {
            let both = self.all(&[*x, *w], s, step);
            parts.push(strict(&both, |both| finite(both[0] * both[1])));
            weights.push(both[1]);
        }
        let plus = vec![Sign::Plus; pairs.len() - 1];
        (strict(&parts, |parts| sum(parts, &plus)), strict(&weights, |weights| sum(weights, &plus)))
    }

    /// The parameters of a draw, its bounds left out.
    fn given(&mut self, part: &Part, s: Option<ScenarioId>, step: usize) -> Vec<(Parameter, Outcome)> {
        let mut given: Vec<(Parameter, Outcome)> =
            part.parameters.iter().map(|(parameter, x)| (*parameter, self.expr(*x, s, step))).collect();
        for (value, weight) in &part.outcomes {
            given.push((Parameter::Value, self.expr(*value, s, step)));
            if part.family != Family::Empirical {
                given.push((Parameter::Weight, self.expr(*weight, s, step)));
            }
        }
        given
    }

    /// Of a mixture each part counts by its weight and by what the bounds leave of it.
    fn draw(&mut self, draw: &Draw, s: Option<ScenarioId>, step: usize) -> Outcome {
        let mut parts = Vec::new();
        for part in &draw.parts {
            let weight = part.weight.map_or(Outcome::Number(1.0), |weight| self.expr(weight, s, step));
            parts.push((part.family, self.given(part, s, step), weight));
        }
        let bounds = [draw.low, draw.high].map(|bound| bound.map(|x| self.expr(x, s, step)));
        let given = parts.iter().flat_map(|(_, given, _)| given.iter().map(|(_, value)| *value));
        let all = given.chain(parts.iter().map(|(_, _, weight)| *weight)).chain(bounds.into_iter().flatten());
        let number = |outcome: Outcome| if let Outcome::Number(number) = outcome { number } else { f64::NAN };
        strict(&all.collect::<Vec<_>>(), |_| {
            let [low, high] = bounds.map(|bound| bound.map(number));
            let whole = |(family, given, weight): &(Family, Vec<(Parameter, Outcome)>, Outcome)| {
                let given: Vec<(Parameter, f64)> = given.iter().map(|(parameter, value)| (*parameter, number(*value))).collect();
                Ok((resolve(*family, &given)?, number(*weight)))
            };
            let wholes: Result<Vec<(Distribution, f64)>, Reason> = parts.iter().map(whole).collect();
            let one = wholes.and_then(|mut wholes| {
                if wholes.len() == 1 {
                    return Ok(wholes.remove(0).0);
                }
                let parts = wholes.into_iter().map(|(whole, weight)| Ok((whole.between(None, None)?, weight)));
                Mixture::weighted(parts.collect::<Result<Vec<_>, Reason>>()?).map(Distribution::Mixture)
            });
            match one.and_then(|one| one.between(low, high)) {
                Ok(rest) => finite(rest.mean()),
                Err(_) => Fault(FaultKind::Parameter),
            }
        })
    }
}

pub fn sum(values: &[f64], signs: &[Sign]) -> Outcome {
    let mut total = values[0];
    for (value, sign) in values[1..].iter().zip(signs) {
        match sign {
            Sign::Plus => total += value,
            Sign::Minus => total -= value,
        }
    }
    finite(total)
}

pub fn product(values: &[f64], sides: &[Factor]) -> Outcome {
    let mut result = values[0];
    for (value, side) in values[1..].iter().zip(sides) {
        match side {
            Factor::Times => result *= value,
            Factor::Over if *value == 0.0 && result == 0.0 => return Blank,
            Factor::Over if *value == 0.0 => return Fault(FaultKind::DivisionByZero),
            Factor::Over => result /= value,
        }
        if result.is_infinite() {
            return Fault(FaultKind::Overflow);
        }
    }
    Number(result)
}

pub fn holds(how: Comparison, a: f64, b: f64) -> bool {
    match how {
        Comparison::Less => a < b,
        Comparison::AtMost => a <= b,
        Comparison::More => a > b,
        Comparison::AtLeast => a >= b,
        Comparison::Equal => a == b,
        Comparison::Unequal => a != b,
    }
}

pub fn across(aggregate: Aggregate, values: &[f64]) -> Outcome {
    match aggregate {
        Aggregate::Sum => sum(values, &vec![Sign::Plus; values.len() - 1]),
        Aggregate::Largest => call(Function::Max, values),
        Aggregate::Smallest => call(Function::Min, values),
    }
}

pub fn called(function: Function, values: &[Outcome]) -> Outcome {
    if function != Function::Element {
        return strict(values, |values| call(function, values));
    }
    match values[0] {
        Number(at) if at.fract() == 0.0 && at > 0.0 => {
            let inside = at <= values.len() as f64 - 1.0;
            if inside { values[at as usize] } else { Fault(FaultKind::InvalidArgument) }
        }
        Number(_) => Fault(FaultKind::InvalidArgument),
        other => other,
    }
}

pub fn call(function: Function, values: &[f64]) -> Outcome {
    let x = values[0];
    match function {
        Function::Min => Number(values.iter().copied().fold(f64::INFINITY, f64::min)),
        Function::Max => Number(values.iter().copied().fold(f64::NEG_INFINITY, f64::max)),
        Function::Abs => Number(x.abs()),
        Function::Floor => Number(x.floor()),
        Function::Ceil => Number(x.ceil()),
        Function::Round => Number(round(x, 0, Rounding::HalfEven)),
        Function::Sqrt if x < 0.0 => Fault(FaultKind::InvalidArgument),
        Function::Sqrt => Number(x.sqrt()),
        Function::Exp => finite(exp(x)),
        Function::Ln if x <= 0.0 => Fault(FaultKind::InvalidArgument),
        Function::Ln => Number(ln(x)),
        Function::Element => unreachable!("it reads one of its values"),
        Function::Ranked => {
            let mut sorted = values[1..].to_vec();
            sorted.sort_by(f64::total_cmp);
            let inside = x.fract() == 0.0 && x >= 1.0;
            sorted.get(x as usize - usize::from(inside)).filter(|_| inside).map_or(Fault(FaultKind::InvalidArgument), |value| Number(*value))
        }
        Function::LnGamma | Function::NormalCdf | Function::NormalQuantile => special(function, x),
        Function::AnnuityRate | Function::DecliningLeft => payments::formula(function, values),
        Function::Hypergeometric => defined(hypergeometric(values[3], x, values[1], values[2])),
        Function::GammaCdf => defined(gamma_lower(values[1], x.max(0.0))),
        Function::GammaTail => defined(gamma_upper(values[1], x.max(0.0))),
        Function::BetaCdf => defined(beta_lower(values[1], values[2], x.clamp(0.0, 1.0))),
        Function::InDays => date::in_days(x),
        Function::InMonths => date::in_months(x),
        Function::MonthsLater => date::months_later(x, values[1]),
    }
}

/// What a function gives where it is defined.
fn defined(value: f64) -> Outcome {
    if value.is_nan() { Fault(FaultKind::InvalidArgument) } else { finite(value) }
}

fn special(function: Function, x: f64) -> Outcome {
    let inside = match function {
        Function::LnGamma => x > 0.0,
        Function::NormalQuantile => x > 0.0 && x < 1.0,
        _ => true,
    };
    match function {
        _ if !inside => Fault(FaultKind::InvalidArgument),
        Function::LnGamma => finite(ln_gamma(x)),
        Function::NormalQuantile => Number(normal_quantile(x)),
        _ => Number(normal_cdf(x)),
    }
}
