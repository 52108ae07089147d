//! The rule of `x[2027]`, the slow way.

use super::time::total;
use super::{Naive, Outcome, across, called, finite, holds, power, product, strict, sum, truth};
use biz::calendar::Family;
use biz::check::model::{self, CellId, Content, ExprId, Function, Node, Reducer, Sampled, ScenarioId, Shape, Steps, Type};
use biz::quantity::{Atom, Factor, UnitId};

impl Naive<'_> {
    /// What is asked for over a span: a flow by the month, added up by the day, is counted by the day first.
    pub fn asked_over(&mut self, unit: UnitId, value: Outcome) -> Outcome {
        let mut units = self.model.units.clone();
        let names = ["month", "day"].map(|name| units.find(name).unwrap());
        let atoms = names.map(|name| units.name_of(name).atom);
        let [by_month, by_day] = names.map(|name| units.intern(vec![Factor { name, exponent: -1, per: 1.0 }], false));
        let counted_in = |atom: Atom| {
            let of = units.factors(unit).iter().filter(|factor| units.name_of(factor.name).atom == atom);
            of.map(|factor| factor.exponent).sum::<i8>() == -1
        };
        let scale = match self.model.grid.family() {
            Family::Day if counted_in(atoms[0]) => units.scale(by_month, by_day).unwrap(),
            Family::Month if counted_in(atoms[1]) => units.scale(by_day, by_month).unwrap(),
            Family::Day | Family::Month => return value,
        };
        strict(&[value], |x| finite(x[0] * scale))
    }

    pub fn cell_over(&mut self, cell: CellId, s: Option<ScenarioId>, steps: Steps) -> Outcome {
        match self.model.content(cell, s) {
            // A yes or no of its own, and a date, is as it stands at the end.
            Content::Computed(expr) if self.model.expr(expr).ty != Type::Number => {
                self.cell(cell, s, steps.end as usize - 1)
            }
            Content::Computed(expr) => self.over(expr, s, steps),
            _ => Outcome::Blank,
        }
    }

    pub fn over(&mut self, id: ExprId, s: Option<ScenarioId>, steps: Steps) -> Outcome {
        let expr = self.model.expr(id);
        if let Node::Cell(cell) = expr.node {
            return self.cell_over(cell, s, steps);
        }
        if let Node::Base(cell, parent) = expr.node {
            return self.cell_over(cell, parent, steps);
        }
        if self.is_flow(id) {
            return total(&self.series(id, s, steps), self.model.grid.period());
        }
        let end = steps.end as usize - 1;
        if expr.shape == Shape::Constant || expr.ty == Type::Date {
            return self.expr(id, s, end);
        }
        match &expr.node {
            Node::If(condition, yes, no) if expr.ty == Type::Number => {
                let (taken, at_end) = match self.over(*condition, s, steps) {
                    Outcome::Number(0.0) => (*no, true),
                    Outcome::Number(_) => (*yes, false),
                    other => return other,
                };
                if self.ends(taken, s) {
                    // What stands at the end has to be what the condition lets stand there.
                    match self.over_time(Reducer::Final, *condition, s, steps) {
                        Outcome::Number(holds) if (holds == 0.0) == at_end => {}
                        Outcome::Number(_) => return self.over_time(Reducer::Final, id, s, steps),
                        other => return other,
                    }
                }
                self.over(taken, s, steps)
            }
            Node::Compare(first, rest) => {
                let values = self.parts(&chained(*first, rest), s, steps);
                let pairs = |x: &[f64]| rest.iter().enumerate().all(|(at, (how, _))| holds(*how, x[at], x[at + 1]));
                strict(&values, |x| truth(pairs(x)))
            }
            Node::All(xs) => {
                let values = self.parts(xs, s, steps);
                let no = values.iter().any(|value| matches!(value, Outcome::Number(0.0)));
                if no { truth(false) } else { strict(&values, |_| truth(true)) }
            }
            Node::Any(xs) => {
                let values = self.parts(xs, s, steps);
                let yes = values.iter().any(|value| matches!(value, Outcome::Number(number) if *number != 0.0));
                if yes { truth(true) } else { strict(&values, |_| truth(false)) }
            }
            Node::Not(x) => strict(&[self.over(*x, s, steps)], |x| truth(x[0] == 0.0)),
            Node::Scale(x, _) if self.is_flow(*x) => self.over_time(Reducer::Final, id, s, steps),
            Node::Scale(x, scale) => strict(&[self.over(*x, s, steps)], |x| finite(x[0] * scale)),
            Node::Negate(x) => strict(&[self.over(*x, s, steps)], |x| Outcome::Number(-x[0])),
            Node::Sum(first, rest) => {
                let values = self.parts(&chained(*first, rest), s, steps);
                strict(&values, |values| sum(values, &rest.iter().map(|(sign, _)| *sign).collect::<Vec<_>>()))
            }
            Node::AcrossSamples(sampled, x) if *sampled != Sampled::Deviation && !self.drawn(*x, s) => self.over(*x, s, steps),
            Node::Product(first, rest) => self.product_over(id, *first, rest, s, steps),
            Node::Opened(_) | Node::Opening { .. } if expr.ty == Type::Number => self.expr(id, s, steps.first as usize),
            Node::Change { value, from } => {
                let before = if steps.first > 0 { self.expr(*value, s, steps.first as usize - 1) } else { self.expr(*from, s, 0) };
                strict(&[self.expr(*value, s, end), before], |x| finite(x[0] - x[1]))
            }
            Node::Power(a, b) if self.model.expr(*b).shape == Shape::Constant => {
                let values = self.parts(&[*a, *b], s, steps);
                strict(&values, |x| power(x[0], x[1]))
            }
            Node::Call(Function::Ceil | Function::Floor | Function::Round, _) => self.over_time(Reducer::Final, id, s, steps),
            Node::Call(function, xs) => {
                let values = self.parts(xs, s, steps);
                called(*function, &values)
            }
            Node::Across(aggregate, xs) => {
                let values = self.parts(xs, s, steps);
                strict(&values, |values| across(*aggregate, values))
            }
            Node::Otherwise(xs) => {
                let values = self.parts(xs, s, steps);
                values.into_iter().find(|value| !matches!(value, Outcome::Blank)).unwrap_or(Outcome::Blank)
            }
            Node::Weighted(pairs) if pairs.iter().all(|(x, w)| self.exponent(*x) == 0 && self.exponent(*w) == -1) => {
                let (mut parts, mut weights) = (Vec::new(), Vec::new());
                for step in steps.first..steps.end {
                    let (part, weight) = self.weights(pairs, s, step as usize);
                    parts.push(part);
                    weights.push(weight);
                }
                self.quotient(&parts, &weights)
            }
            _ => self.over_time(Reducer::Final, id, s, steps),
        }
    }

    /// Whether all but constants that a value is multiplied with or divided by is one opening, as a divisor.
    fn is_held_against_opening(&self, rest: &[(model::Factor, ExprId)], s: Option<ScenarioId>) -> bool {
        let changing: Vec<_> = rest.iter().filter(|(_, x)| self.model.expr(*x).shape == Shape::Series).collect();
        matches!(changing.as_slice(), [(model::Factor::Over, below)] if self.is_opening(*below, s, 64))
    }

    fn is_opening(&self, id: ExprId, s: Option<ScenarioId>, left: usize) -> bool {
        let of = |cell: CellId, s: Option<ScenarioId>| match self.model.content(cell, s) {
            Content::Computed(expr) => self.is_opening(expr, s, left - 1),
            _ => false,
        };
        match &self.model.expr(id).node {
            _ if left == 0 => false,
            Node::Opened(_) | Node::Opening { .. } => true,
            Node::Cell(cell) => of(*cell, s),
            Node::Base(cell, parent) => of(*cell, *parent),
            Node::Scale(x, _) | Node::Negate(x) => self.is_opening(*x, s, left - 1),
            Node::Across(biz::check::model::Aggregate::Sum, xs) => xs.first().is_some_and(|x| self.is_opening(*x, s, left - 1)),
            _ => false,
        }
    }

    /// Whether something that is computed in the last step alone has a part in what an expression is over a span.
    fn ends(&self, id: ExprId, s: Option<ScenarioId>) -> bool {
        let expr = self.model.expr(id);
        let of_cell = |cell: CellId, s: Option<ScenarioId>| match self.model.content(cell, s) {
            Content::Computed(expr) => self.ends(expr, s),
            _ => false,
        };
        let any = |xs: &[ExprId]| xs.iter().any(|x| self.ends(*x, s));
        match &expr.node {
            Node::Cell(cell) => of_cell(*cell, s),
            Node::Base(cell, parent) => of_cell(*cell, *parent),
            _ if self.is_flow(id) || expr.shape == Shape::Constant || self.is_given(id) => false,
            _ if expr.ty != Type::Number => true,
            Node::If(_, yes, no) => any(&[*yes, *no]),
            Node::Scale(x, _) if self.is_flow(*x) => true,
            Node::Scale(x, _) | Node::Negate(x) => any(&[*x]),
            Node::Sum(first, rest) => any(&chained(*first, rest)),
            Node::Product(first, rest) => {
                let all = chained(*first, rest);
                let side = |over: bool| rest.iter().filter(move |(factor, _)| (*factor == model::Factor::Over) == over).map(|(_, x)| *x);
                let above: Vec<ExprId> = [*first].into_iter().chain(side(false)).collect();
                let below: Vec<ExprId> = side(true).collect();
                if self.is_quotient(&above, &below) {
                    return false;
                }
                let changing = all.iter().filter(|x| self.model.expr(**x).shape == Shape::Series).count();
                let at_end = changing > 1 && !self.is_held_against_opening(rest, s);
                all.iter().any(|x| self.is_flow(*x)) || at_end || any(&all)
            }
            Node::Opened(_) | Node::Opening { .. } | Node::Change { .. } => false,
            Node::Power(a, b) => self.model.expr(*b).shape != Shape::Constant || any(&[*a]),
            Node::Weighted(pairs) => !pairs.iter().all(|(x, w)| self.exponent(*x) == 0 && self.exponent(*w) == -1),
            Node::Call(Function::Ceil | Function::Floor | Function::Round, _) => true,
            Node::Call(_, xs) | Node::Otherwise(xs) | Node::Across(_, xs) => any(xs),
            _ => true,
        }
    }

    /// Whether an expression only hands on what was given: a figure or a draw, growing or not, or some of them by date.
    fn is_given(&self, id: ExprId) -> bool {
        let plain = |mut id: ExprId| {
            while let Node::Scale(inner, _) | Node::Negate(inner) = self.model.expr(id).node {
                id = inner;
            }
            matches!(self.model.expr(id).node, Node::Number(_) | Node::Draw(_))
        };
        let given = match &self.model.expr(id).node {
            Node::Growing { value, .. } => plain(*value),
            Node::Steps(rows) | Node::Linear(rows) => rows.iter().all(|(_, value)| plain(*value)),
            Node::List(values) => values.iter().all(|value| plain(*value)),
            _ => plain(id),
        };
        given && self.model.expr(id).ty == Type::Number
    }

    fn parts(&mut self, xs: &[ExprId], s: Option<ScenarioId>, steps: Steps) -> Vec<Outcome> {
        xs.iter().map(|x| self.over(*x, s, steps)).collect()
    }

    fn exponent(&self, id: ExprId) -> i8 {
        self.model.units.time_exponent(self.model.expr(id).unit)
    }

    /// A quotient of flows, or of what flows by the month is won of flows.
    fn is_quotient(&self, above: &[ExprId], below: &[ExprId]) -> bool {
        let exponent = |xs: &[ExprId]| xs.iter().map(|x| i32::from(self.exponent(*x))).sum::<i32>();
        let flows = [above, below].iter().all(|side| side.iter().any(|x| self.is_flow(*x)));
        match [exponent(above), exponent(below)] {
            [-1, -1] => true,
            [-2, -2] => flows,
            _ => false,
        }
    }

    fn quotient(&self, above: &[Outcome], below: &[Outcome]) -> Outcome {
        let period = self.model.grid.period();
        strict(&[total(above, period), total(below, period)], |x| product(x, &[model::Factor::Over]))
    }

    fn product_over(
        &mut self,
        id: ExprId,
        first: ExprId,
        rest: &[(model::Factor, ExprId)],
        s: Option<ScenarioId>,
        steps: Steps,
    ) -> Outcome {
        let mut above = vec![first];
        let mut below = Vec::new();
        for (factor, x) in rest {
            if *factor == model::Factor::Times { above.push(*x) } else { below.push(*x) }
        }
        if self.is_quotient(&above, &below) {
            let mut joined = |xs: &[ExprId]| -> Vec<Outcome> {
                let steps = steps.first as usize..steps.end as usize;
                steps
                    .map(|step| {
                        let values = self.all(xs, s, step);
                        strict(&values, |values| product(values, &vec![model::Factor::Times; values.len() - 1]))
                    })
                    .collect()
            };
            let (above, below) = (joined(&above), joined(&below));
            return self.quotient(&above, &below);
        }
        let all = chained(first, rest);
        let flows = all.iter().any(|x| self.is_flow(*x));
        let changing = all.iter().filter(|x| self.model.expr(**x).shape == Shape::Series).count();
        if flows || changing > 1 && !self.is_held_against_opening(rest, s) {
            return self.over_time(Reducer::Final, id, s, steps);
        }
        let values = self.parts(&all, s, steps);
        strict(&values, |values| product(values, &rest.iter().map(|(side, _)| *side).collect::<Vec<_>>()))
    }
}

fn chained<T>(first: ExprId, rest: &[(T, ExprId)]) -> Vec<ExprId> {
    [first].into_iter().chain(rest.iter().map(|(_, x)| *x)).collect()
}
