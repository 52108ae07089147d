//! Expressions in each step: one operation or a few for every kind of node.

use super::What;
use super::graph::NodeId;
use super::lowering::{Lowering, Mode};
use crate::check::model::{
    Absence, Aggregate, Ask, Comparison, Draw, ExprId, Factor, Form, Function, Node, Payments, Reducer, ScenarioId, Sign,
    TableId, ZeroRate,
};
use crate::run;
use crate::tape::{Blank, Code, Relation, Which};

impl Lowering<'_> {
    /// An expression in each step.
    pub(super) fn expr(&mut self, id: ExprId, scenario: Option<ScenarioId>) -> NodeId {
        let model = self.model;
        match &model.expr(id).node {
            Node::Number(value) => self.number(*value),
            Node::Blank(absence) => self.op(Code::Blank, &[blank(*absence).number()], &[]),
            Node::Cell(cell) => self.need(What::Cell(*cell), scenario),
            Node::Base(cell, parent) => self.need(What::Cell(*cell), *parent),
            Node::Opened(cell) => {
                let start = self.need_as(What::Cell(*cell), scenario, Mode::Start);
                let now = self.need(What::Cell(*cell), scenario);
                self.op(Code::Opening, &[], &[now, start])
            }
            // What only has another unit is the same number.
            Node::Scale(x, 1.0) => self.need(What::Expr(*x), scenario),
            Node::Scale(x, scale) => self.simple(Code::Scale, &[*scale], &[*x], scenario),
            Node::Sum(first, rest) => {
                let args = self.all([*first].into_iter().chain(rest.iter().map(|(_, x)| *x)), scenario);
                let signs: Vec<f64> = [1.0].into_iter().chain(rest.iter().map(|(sign, _)| of_sign(*sign))).collect();
                self.op(Code::Sum, &signs, &args)
            }
            Node::Product(first, rest) => {
                let args = self.all([*first].into_iter().chain(rest.iter().map(|(_, x)| *x)), scenario);
                let sides: Vec<f64> = [1.0].into_iter().chain(rest.iter().map(|(side, _)| of_factor(*side))).collect();
                self.product(&sides, &args)
            }
            Node::Negate(x) => self.simple(Code::Negate, &[], &[*x], scenario),
            Node::Power(a, b) => self.simple(Code::Power, &[], &[*a, *b], scenario),
            Node::Compare(first, rest) => {
                let args = self.all([*first].into_iter().chain(rest.iter().map(|(_, x)| *x)), scenario);
                let relations: Vec<f64> = rest.iter().map(|(comparison, _)| relation(*comparison).number()).collect();
                self.condition(Code::Compare, &relations, &args)
            }
            Node::All(xs) => self.joined(Code::All, xs, scenario),
            Node::Any(xs) => self.joined(Code::Any, xs, scenario),
            Node::Not(x) => self.joined(Code::Not, &[*x], scenario),
            Node::If(c, a, b) => self.branch([*c, *a, *b], scenario, Mode::Plain),
            Node::Otherwise(xs) => self.simple(Code::Otherwise, &[], xs, scenario),
            Node::Across(aggregate, xs) => self.across(*aggregate, xs, scenario),
            Node::Weighted(pairs) => self.weighted(pairs, scenario),
            Node::Call(function, xs) => self.simple(code_of(*function), &[], xs, scenario),
            Node::Lookup(table, quantity) => self.look_up(*table, *quantity, scenario),
            Node::Draw(draw) => self.draw(draw, scenario),
            Node::AcrossSamples(sampled, x) => self.across_samples(*sampled, *x, scenario),
            Node::Time => self.op(Code::Time, &[], &[]),
            Node::Period => self.number(self.model.grid.period()),
            Node::After(date) => self.simple(Code::After, &[], &[*date], scenario),
            Node::Steps(rows) => self.over_dates(Code::Steps, rows, scenario),
            Node::Linear(rows) => self.over_dates(Code::Linear, rows, scenario),
            Node::List(xs) => self.simple(Code::List, &[], xs, scenario),
            Node::Span(x, steps) => self.need_as(What::Expr(*x), scenario, Mode::Over(*steps)),
            Node::OverTime(reducer, x, steps) => {
                let numbers = [f64::from(steps.first), f64::from(steps.end)];
                self.simple(code_over(*reducer), &numbers, &[*x], scenario)
            }
            Node::Growing { value, rate, per } => {
                let value = self.need(What::Expr(*value), scenario);
                let growth = self.growth(*rate, *per, scenario);
                self.op(Code::Product, &[1.0, 1.0], &[value, growth])
            }
            Node::Opening { value, from } => self.simple(Code::Opening, &[], &[*value, *from], scenario),
            Node::Change { value, from } => self.change(*value, *from, scenario),
            Node::Accumulate { flow, from } => self.simple(Code::Accumulate, &[], &[*flow, *from], scenario),
            Node::Delay { flow, by, order, initial } => self.delay(*order, [*flow, *by, *initial], scenario),
            Node::Cohorts { flow, curve } => self.cohorts(*flow, *curve, scenario),
            Node::At(value, date) => self.at(*value, *date, scenario),
            Node::Turn(rows) => self.over_dates(Code::Turn, rows, scenario),
            Node::ZeroRate(asked) => self.zero_rate(asked, scenario),
        }
    }

    fn zero_rate(&mut self, asked: &ZeroRate, scenario: Option<ScenarioId>) -> NodeId {
        let which = match asked.ask {
            Ask::Only => Which::Only,
            Ask::Nearest(_) => Which::Nearest,
            Ask::Count => Which::Count,
        };
        let code = match asked.payments {
            Payments::Each(_) => Code::ZeroRate,
            Payments::Over(_) => Code::ZeroRateOver,
        };
        let numbers: Vec<f64> = [which.number()].into_iter().chain(asked.times.iter().copied()).collect();
        let args = self.all(asked.reads(), scenario);
        self.op(code, &numbers, &args)
    }

    /// An operation that reads some expressions.
    pub(super) fn simple(&mut self, code: Code, numbers: &[f64], args: &[ExprId], scenario: Option<ScenarioId>) -> NodeId {
        let args = self.all(args.iter().copied(), scenario);
        self.op(code, numbers, &args)
    }

    fn over_dates(&mut self, code: Code, rows: &[(f64, ExprId)], scenario: Option<ScenarioId>) -> NodeId {
        let dates: Vec<f64> = rows.iter().map(|(date, _)| *date).collect();
        let args = self.all(rows.iter().map(|(_, value)| *value), scenario);
        self.op(code, &dates, &args)
    }

    fn across(&mut self, aggregate: Aggregate, xs: &[ExprId], scenario: Option<ScenarioId>) -> NodeId {
        match (aggregate, xs) {
            (Aggregate::Sum, []) => self.number(0.0),
            (Aggregate::Largest | Aggregate::Smallest, []) => self.op(Code::Blank, &[Blank::First.number()], &[]),
            (Aggregate::Sum, xs) => self.simple(Code::Sum, &vec![1.0; xs.len()], xs, scenario),
            (Aggregate::Largest, xs) => self.simple(Code::Max, &[], xs, scenario),
            (Aggregate::Smallest, xs) => self.simple(Code::Min, &[], xs, scenario),
        }
    }

    /// Σ x·w / Σ w
    fn weighted(&mut self, pairs: &[(ExprId, ExprId)], scenario: Option<ScenarioId>) -> NodeId {
        let (parts, weights) = self.weights(pairs, scenario);
        self.op(Code::Product, &[1.0, -1.0], &[parts, weights])
    }

    /// Σ x·w and Σ w
    pub(super) fn weights(&mut self, pairs: &[(ExprId, ExprId)], scenario: Option<ScenarioId>) -> (NodeId, NodeId) {
        let values = self.all(pairs.iter().map(|(value, _)| *value), scenario);
        let weights = self.all(pairs.iter().map(|(_, weight)| *weight), scenario);
        let parts: Vec<NodeId> =
            values.iter().zip(&weights).map(|(x, w)| self.op(Code::Product, &[1.0, 1.0], &[*x, *w])).collect();
        let signs = vec![1.0; pairs.len()];
        (self.op(Code::Sum, &signs, &parts), self.op(Code::Sum, &signs, &weights))
    }

    fn look_up(&mut self, table: TableId, quantity: ExprId, scenario: Option<ScenarioId>) -> NodeId {
        let quantity = self.need(What::Expr(quantity), scenario);
        let form = self.model.table(table).form;
        if form == Form::Curve {
            let (ages, values) = self.curve(table, scenario);
            let args: Vec<NodeId> = [quantity].into_iter().chain(values).collect();
            return self.op(Code::Curve, &ages, &args);
        }
        let bands = &self.model.table(table).bands;
        let bounds: Vec<f64> = bands.iter().map(|band| band.bound).collect();
        let prices = self.all(bands.iter().map(|band| band.value), scenario);
        let none = self.number(0.0);
        let mut args: Vec<NodeId> = [quantity].into_iter().chain(prices).collect();
        for band in bands {
            let fee = band.flat.map_or(none, |fee| self.need(What::Expr(fee), scenario));
            args.push(fee);
        }
        let code = match form {
            Form::Graduated => Code::Graduated,
            Form::Volume => Code::Volume,
            Form::Package => Code::Package,
            // Lists and schedules are not read at a quantity.
            Form::Stairstep | Form::Curve | Form::Formula | Form::List | Form::Schedule => Code::Stairstep,
        };
        self.op(code, &bounds, &args)
    }

    /// The ages of a curve and the values there, flat fees included.
    pub(super) fn curve(&mut self, table: TableId, scenario: Option<ScenarioId>) -> (Vec<f64>, Vec<NodeId>) {
        let bands = &self.model.table(table).bands;
        let ages = bands.iter().map(|band| band.bound).collect();
        let mut values = Vec::with_capacity(bands.len());
        for band in bands {
            let value = self.need(What::Expr(band.value), scenario);
            values.push(match band.flat {
                Some(fee) => {
                    let fee = self.need(What::Expr(fee), scenario);
                    self.op(Code::Sum, &[1.0, 1.0], &[value, fee])
                }
                None => value,
            });
        }
        (ages, values)
    }

    fn draw(&mut self, draw: &Draw, scenario: Option<ScenarioId>) -> NodeId {
        let (numbers, exprs) = of_draw(draw);
        let code = if draw.each_period { Code::DrawEach } else { Code::Draw };
        self.simple(code, &numbers, &exprs, scenario)
    }
}

/// The numbers of a draw on the tape, and what it reads: the parameters of each part, the weights, the bounds.
pub(super) fn of_draw(draw: &Draw) -> (Vec<f64>, Vec<ExprId>) {
    use crate::numeric::distribution::{Family, Parameter};
    let (mut parts, mut exprs) = (Vec::with_capacity(draw.parts.len()), Vec::new());
    for part in &draw.parts {
        let mut parameters: Vec<Parameter> = part.parameters.iter().map(|(parameter, _)| *parameter).collect();
        exprs.extend(part.parameters.iter().map(|(_, value)| *value));
        for (value, weight) in &part.outcomes {
            parameters.push(Parameter::Value);
            exprs.push(*value);
            // Of an empirical distribution every value weighs the same.
            if part.family != Family::Empirical {
                parameters.push(Parameter::Weight);
                exprs.push(*weight);
            }
        }
        parts.push((part.family, parameters));
    }
    exprs.extend(draw.parts.iter().filter_map(|part| part.weight));
    exprs.extend(draw.low.iter().chain(&draw.high));
    (run::encode(draw.of.0, draw.low.is_some(), draw.high.is_some(), &parts), exprs)
}

pub(super) const fn of_sign(sign: Sign) -> f64 {
    match sign {
        Sign::Plus => 1.0,
        Sign::Minus => -1.0,
    }
}

pub(super) const fn of_factor(factor: Factor) -> f64 {
    match factor {
        Factor::Times => 1.0,
        Factor::Over => -1.0,
    }
}

const fn blank(absence: Absence) -> Blank {
    match absence {
        Absence::First => Blank::First,
    }
}

pub(super) const fn relation(comparison: Comparison) -> Relation {
    match comparison {
        Comparison::Less => Relation::Less,
        Comparison::AtMost => Relation::AtMost,
        Comparison::More => Relation::More,
        Comparison::AtLeast => Relation::AtLeast,
        Comparison::Equal => Relation::Equal,
        Comparison::Unequal => Relation::Unequal,
    }
}

pub(super) const fn code_of(function: Function) -> Code {
    match function {
        Function::Min => Code::Min,
        Function::Max => Code::Max,
        Function::Abs => Code::Abs,
        Function::Floor => Code::Floor,
        Function::Ceil => Code::Ceil,
        Function::Round => Code::Round,
        Function::Sqrt => Code::Sqrt,
        Function::Exp => Code::Exp,
        Function::Ln => Code::Ln,
        Function::Element => Code::Element,
        Function::Ranked => Code::Ranked,
        Function::AnnuityRate => Code::AnnuityRate,
        Function::DecliningLeft => Code::DecliningLeft,
        Function::LnGamma => Code::LnGamma,
        Function::Hypergeometric => Code::Hypergeometric,
        Function::GammaCdf => Code::GammaCdf,
        Function::GammaTail => Code::GammaTail,
        Function::BetaCdf => Code::BetaCdf,
        Function::NormalCdf => Code::NormalCdf,
        Function::NormalQuantile => Code::NormalQuantile,
        Function::InDays => Code::InDays,
        Function::InMonths => Code::InMonths,
        Function::MonthsLater => Code::MonthsLater,
    }
}

const fn code_over(reducer: Reducer) -> Code {
    match reducer {
        Reducer::Total => Code::Total,
        Reducer::Lowest => Code::Lowest,
        Reducer::Highest => Code::Highest,
        Reducer::Average => Code::Average,
        Reducer::Final => Code::Final,
        Reducer::When => Code::When,
    }
}
