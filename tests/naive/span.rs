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
            Content::Computed(expr) if !self.is_flow(expr) && self.opens_itself(cell, s) => self.over_time(Reducer::Final, expr, s, steps),
            Content::Computed(expr) => self.over(expr, s, steps),
            _ => Outcome::Blank,
        }
    }

    pub fn over(&mut self, id: ExprId, s: Option<ScenarioId>, steps: Steps) -> Outcome {
        if let Some(known) = self.over.get(&(id, s, steps)) {
            return *known;
        }
        let value = self.made_over(id, s, steps);
        self.over.insert((id, s, steps), value);
        value
    }

    fn made_over(&mut self, id: ExprId, s: Option<ScenarioId>, steps: Steps) -> Outcome {
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
        if expr.shape == Shape::Constant && !self.has_amount(id, s) || expr.ty == Type::Date {
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

    /// Whether a definition reads its own opening, by names of the same step.
    fn opens_itself(&self, cell: CellId, s: Option<ScenarioId>) -> bool {
        if let Some(known) = self.by_itself.borrow().get(&(cell, s)) {
            return *known;
        }
        let found = self.leads_back(cell, s);
        self.by_itself.borrow_mut().insert((cell, s), found);
        found
    }

    fn leads_back(&self, cell: CellId, s: Option<ScenarioId>) -> bool {
        let mut cells = vec![(cell, s)];
        let mut at = 0;
        while let Some((reader, s)) = cells.get(at).copied() {
            at += 1;
            let Content::Computed(expr) = self.model.content(reader, s) else { continue };
            let mut exprs = vec![expr];
            let mut looked_at = std::collections::HashSet::new();
            while let Some(id) = exprs.pop() {
                if !looked_at.insert(id) {
                    continue;
                }
                match &self.model.expr(id).node {
                    Node::Opened(read) if *read == cell => return true,
                    Node::Opening { value, .. } => {
                        let names = |id: ExprId| matches!(self.model.expr(id).node, Node::Cell(read) | Node::Base(read, _) if read == cell);
                        if self.model.within(*value).any(names) {
                            return true;
                        }
                    }
                    Node::Cell(read) if !cells.contains(&(*read, s)) => cells.push((*read, s)),
                    Node::Base(read, parent) if !cells.contains(&(*read, *parent)) => cells.push((*read, *parent)),
                    Node::Accumulate { .. } | Node::Cohorts { .. } | Node::Delay { .. } | Node::Change { .. } => {}
                    Node::OverTime(..) | Node::Span(..) | Node::At(..) | Node::AcrossSamples(..) | Node::Opened(_) => {}
                    _ => self.model.below(id, &mut exprs),
                }
            }
        }
        false
    }

    /// Whether a flow times `period` has a part in a value, by whatever names.
    fn has_amount(&self, id: ExprId, s: Option<ScenarioId>) -> bool {
        if !self.amounts {
            return false;
        }
        let (mut open, mut seen) = (vec![(id, s)], std::collections::HashSet::new());
        while let Some((id, s)) = open.pop() {
            if !seen.insert((id, s)) {
                continue;
            }
            let expr = self.model.expr(id);
            if expr.shape == Shape::Constant && self.model.is_amount(id) {
                return true;
            }
            let of = |cell: CellId, s: Option<ScenarioId>| if let Content::Computed(content) = self.model.content(cell, s) { Some((content, s)) } else { None };
            match expr.node {
                Node::Cell(cell) => open.extend(of(cell, s)),
                Node::Base(cell, parent) => open.extend(of(cell, parent)),
                _ => {
                    let mut below = Vec::new();
                    self.model.below(id, &mut below);
                    open.extend(below.into_iter().map(|id| (id, s)));
                }
            }
        }
        false
    }

    /// A flow times `period`, held against openings and constants: what is above without the period, and what is below.
    fn amount(&self, above: &[ExprId], below: &[ExprId], s: Option<ScenarioId>) -> Option<Vec<ExprId>> {
        let is_period = |x: &ExprId| self.model.expr(*x).node == Node::Period;
        let others: Vec<ExprId> = above.iter().copied().filter(|x| !is_period(x)).collect();
        let flows = others.iter().any(|x| self.is_flow(*x)) && others.iter().map(|x| i32::from(self.exponent(*x))).sum::<i32>() == -1;
        let held = |x: &ExprId| self.model.expr(*x).shape == Shape::Constant || !self.is_flow(*x) && self.is_opening(*x, s, 64);
        (others.len() + 1 == above.len() && flows && below.iter().all(held)).then_some(others)
    }

    /// Whether all but constants that a value is multiplied with or divided by is one opening, as a divisor.
    fn is_held_against_opening(&self, rest: &[(model::Factor, ExprId)], s: Option<ScenarioId>) -> bool {
        let changing: Vec<_> = rest.iter().filter(|(_, x)| self.model.expr(*x).shape == Shape::Series).collect();
        matches!(changing.as_slice(), [(model::Factor::Over, below)] if self.is_opening(*below, s, 64))
    }

    /// Whether a product is bare, a stretch of time, or so much for each of something, and none of its factors an opening.
    fn is_ratio_of_ratios(&self, id: ExprId, all: &[ExprId], s: Option<ScenarioId>) -> bool {
        let units = &self.model.units;
        let unit = self.model.expr(id).unit;
        let mut powers: Vec<(Atom, i32)> = Vec::new();
        for factor in units.factors(unit) {
            let (atom, power) = (units.name_of(factor.name).atom, i32::from(factor.exponent));
            match powers.iter_mut().find(|(known, _)| *known == atom) {
                Some((_, known)) => *known += power,
                None => powers.push((atom, power)),
            }
        }
        powers.retain(|(_, power)| *power != 0);
        let stretch = powers.iter().all(|(atom, power)| atom.is_time() && *power > 0);
        let each = powers.iter().any(|(atom, power)| !atom.is_time() && *power < 0);
        (stretch || each) && !all.iter().any(|x| self.is_opening(*x, s, 64))
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
        if let Some(known) = self.ends.borrow().get(&(id, s)) {
            return *known;
        }
        let found = self.found_ending(id, s);
        self.ends.borrow_mut().insert((id, s), found);
        found
    }

    fn found_ending(&self, id: ExprId, s: Option<ScenarioId>) -> bool {
        let expr = self.model.expr(id);
        let of_cell = |cell: CellId, s: Option<ScenarioId>| match self.model.content(cell, s) {
            Content::Computed(expr) => self.ends(expr, s) || !self.is_flow(expr) && self.opens_itself(cell, s),
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
                if self.amount(&above, &below, s).is_some() {
                    return any(&below);
                }
                let changing = all.iter().filter(|x| self.model.expr(**x).shape == Shape::Series).count();
                let at_end = changing > 1 && !self.is_held_against_opening(rest, s) && !self.is_ratio_of_ratios(id, &all, s);
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
        if let Some(others) = self.amount(&above, &below, s) {
            let each: Vec<Outcome> = (steps.first as usize..steps.end as usize)
                .map(|step| {
                    let values = self.all(&others, s, step);
                    strict(&values, |values| product(values, &vec![model::Factor::Times; values.len() - 1]))
                })
                .collect();
            let mut values = vec![total(&each, self.model.grid.period())];
            values.extend(self.parts(&below, s, steps));
            return strict(&values, |values| product(values, &vec![model::Factor::Over; values.len() - 1]));
        }
        let all = chained(first, rest);
        let flows = all.iter().any(|x| self.is_flow(*x));
        let changing = all.iter().filter(|x| self.model.expr(**x).shape == Shape::Series).count();
        if flows || changing > 1 && !self.is_held_against_opening(rest, s) && !self.is_ratio_of_ratios(id, &all, s) {
            return self.over_time(Reducer::Final, id, s, steps);
        }
        let values = self.parts(&all, s, steps);
        strict(&values, |values| product(values, &rest.iter().map(|(side, _)| *side).collect::<Vec<_>>()))
    }
}

fn chained<T>(first: ExprId, rest: &[(T, ExprId)]) -> Vec<ExprId> {
    [first].into_iter().chain(rest.iter().map(|(_, x)| *x)).collect()
}
