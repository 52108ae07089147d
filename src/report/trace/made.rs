//! What a value is made of: the terms of a sum, the factors of a product, another value, or what it reads.

use super::super::outcome::{Outcome, computed, of_cell, of_expr, over};
use super::super::reads::When;
use crate::check::model::{Aggregate, CellId, Expr, ExprId, Factor, Node, Reducer, ScenarioId, Sign, Steps};
use crate::compile::{Target, What, scale_to_grid};
use crate::quantity::UnitId;
use crate::run;
use std::cell::RefCell;
use foldhash::HashSet;
use std::ops::Range;

/// How far what parts come to may lie from the whole before they are no parts of it.
const NEAR: f64 = 1e-9;

/// A value under a scenario as of when.
#[derive(Clone, Copy, Debug)]
pub(super) struct Read {
    pub what: What,
    pub scenario: Option<ScenarioId>,
    pub when: When,
}

/// A term: what it adds to the whole, in base units.
#[derive(Clone, Copy, Debug)]
pub(super) struct Term {
    pub read: Read,
    pub sign: Sign,
    pub adds: f64,
    pub over: Option<Over>,
}

/// A factor or a divisor.
#[derive(Clone, Copy, Debug)]
pub(super) struct Multiple {
    pub factor: Factor,
    pub read: Read,
    pub over: Option<Over>,
}

/// What a part is over a span, in base units, where that and not its own value comes to the whole.
#[derive(Clone, Copy, Debug)]
pub(super) enum Over {
    Average(f64),
    /// Of a rate per time.
    Total(f64),
}

impl Over {
    const fn number(self) -> f64 {
        match self {
            Self::Average(number) | Self::Total(number) => number,
        }
    }
}

/// What a value is made of.
pub(super) enum Made {
    Sum(Vec<Term>),
    /// With the days of a month among its factors, so many times: -1 where it is divided by them.
    Product(Vec<Multiple>, i32),
    /// Another value is this one; before it, what decided that.
    Same(Option<ExprId>, Read),
    /// Whatever it reads.
    Reads,
}

/// Looks values up in a run, and notes what of them was not asked for.
pub(super) struct Looks<'a> {
    pub outcome: &'a Outcome<'a>,
    missing: RefCell<(HashSet<Target>, Vec<Target>)>,
}

impl<'a> Looks<'a> {
    pub fn new(outcome: &'a Outcome<'a>) -> Self {
        Self { outcome, missing: RefCell::default() }
    }

    pub fn missing(self) -> Vec<Target> {
        self.missing.into_inner().1
    }

    pub fn expr(&self, id: ExprId) -> &'a Expr {
        self.outcome.model.expr(id)
    }

    /// A value as of when; what no run was asked for over a span is added up here.
    pub fn raw(&self, target: Target, flows: bool, when: When) -> run::Value {
        let When::Over(first, end) = when else { return self.outcome.raw(target, when.last()) };
        let whole = over(target, &(first..end));
        if self.outcome.compiled.slot(whole).is_some() {
            return self.outcome.raw(whole, 0);
        }
        let (known, missing) = &mut *self.missing.borrow_mut();
        if known.insert(whole) {
            missing.push(whole);
        }
        if !flows {
            return self.outcome.raw(target, when.last());
        }
        let (mut sum, length) = (0.0, self.outcome.model.grid.period() * self.scale_to_grid(target.what));
        for step in first..end {
            match self.outcome.raw(target, step) {
                run::Value::Number(number) => sum += number * length,
                other @ (run::Value::Blank(_) | run::Value::Fault(_)) => return other,
            }
        }
        run::Value::Number(sum)
    }

    pub fn number(&self, read: Read) -> Option<f64> {
        let target = match read.what {
            What::Cell(cell) => of_cell(cell, read.scenario),
            What::Expr(expr) => of_expr(expr, read.scenario),
        };
        match self.raw(target, self.is_flow(read), read.when) {
            run::Value::Number(number) => Some(number),
            run::Value::Blank(_) | run::Value::Fault(_) => None,
        }
    }

    fn is_flow(&self, read: Read) -> bool {
        self.behind(read).is_some_and(|expr| expr.flows)
    }

    /// Whether a value has a unit per time, as a rate of `1%/month` has that adds up to nothing by itself.
    fn is_per_time(&self, read: Read) -> bool {
        self.behind(read).is_some_and(|expr| self.outcome.model.units.time_exponent(expr.unit) == -1)
    }

    fn behind(&self, read: Read) -> Option<&'a Expr> {
        let expr = match read.what {
            What::Cell(cell) => computed(self.outcome.model, cell, read.scenario),
            What::Expr(expr) => Some(expr),
        };
        expr.map(|expr| self.expr(expr))
    }

    /// The definition behind an expression that is nothing but its name.
    fn read(&self, expr: ExprId, scenario: Option<ScenarioId>, when: When) -> Read {
        if let Node::Cell(cell) = self.expr(expr).node {
            Read { what: What::Cell(cell), scenario, when }
        } else if let Node::Base(cell, other) = self.expr(expr).node {
            Read { what: What::Cell(cell), scenario: other, when }
        } else {
            Read { what: What::Expr(expr), scenario, when }
        }
    }

    /// What an expression is made of; `own` is the definition it is the whole right side of.
    pub fn made(&self, own: Option<CellId>, expr: ExprId, scenario: Option<ScenarioId>, when: When) -> Made {
        let made = self.form(own, expr, scenario, when);
        let whole = self.number(Read { what: What::Expr(expr), scenario, when });
        // What stands at the end of a span is not made of totals: only parts that come to the whole are shown as such.
        if self.is_balanced(&made, expr, when) && self.is_whole(&made, whole) {
            return made;
        }
        let averaged = match made {
            Made::Product(multiples, _) => self.averaged(&multiples, when).map(|multiples| self.with_days(expr, multiples, when)),
            Made::Sum(_) | Made::Same(..) | Made::Reads => None,
        };
        if let Some(averaged) = averaged.filter(|made| self.expr(expr).flows && self.is_balanced(made, expr, when) && self.is_whole(made, whole)) {
            return averaged;
        }
        let at_end = self.form(own, expr, scenario, When::Step(when.last()));
        // Until a run was asked for it over the span, what it is at the end only stands in.
        let is_known = if let When::Over(first, end) = when { self.outcome.compiled.slot(over(of_expr(expr, scenario), &(first..end))).is_some() } else { true };
        if is_known && !self.expr(expr).flows && self.is_whole(&at_end, whole) { at_end } else { Made::Reads }
    }

    fn steps(&self, read: Read, steps: Range<usize>) -> Option<Vec<f64>> {
        steps.map(|step| self.number(Read { when: When::Step(step), ..read })).collect()
    }

    /// Whether parts come to the whole; where that has no value, another value is it all the same.
    fn is_whole(&self, made: &Made, whole: Option<f64>) -> bool {
        match self.comes_to(made).zip(whole) {
            Some(((value, size), whole)) => (value - whole).abs() <= NEAR * size.max(whole.abs()),
            None => whole.is_none() && matches!(made, Made::Same(..)),
        }
    }

    /// A flow that is a product, over a span: the total of the factor that flows, or that is a rate per time, and the others
    /// on average. Each is weighted by the product of those before it, step by step, so that together they come to the total
    /// of the products.
    fn averaged(&self, multiples: &[Multiple], when: When) -> Option<Vec<Multiple>> {
        let When::Over(first, end) = when else { return None };
        let steps = |read: Read| self.steps(read, first..end);
        let mut averaged = multiples.to_vec();
        let times = |one: &Multiple| one.factor == Factor::Times;
        let flow = multiples.iter().position(|one| times(one) && self.is_flow(one.read));
        let flow = flow.or_else(|| multiples.iter().position(|one| times(one) && self.is_per_time(one.read)))?;
        let one = averaged.get_mut(flow)?;
        let mut weights = steps(one.read)?;
        if !self.is_flow(one.read) {
            let length = self.outcome.model.grid.period() * self.scale_to_grid(one.read.what);
            one.over = Some(Over::Total(weights.iter().sum::<f64>() * length));
        }
        for (_, one) in averaged.iter_mut().enumerate().filter(|(at, _)| *at != flow) {
            let values = steps(one.read)?;
            let by = |(weight, value): (&f64, &f64)| if one.factor == Factor::Times { weight * value } else { weight / value };
            let products: Vec<f64> = weights.iter().zip(&values).map(by).collect();
            let ratio = products.iter().sum::<f64>() / weights.iter().sum::<f64>();
            one.over = Some(Over::Average(if one.factor == Factor::Times { ratio } else { ratio.recip() }));
            weights = products;
        }
        Some(averaged)
    }

    /// How often the days of a month are among the factors: where those are counted by months and by days. What is told in
    /// all has been brought into the time of the grid already.
    fn with_days(&self, expr: ExprId, multiples: Vec<Multiple>, when: When) -> Made {
        let scale = if let Node::Scale(x, by) = self.expr(expr).node && self.product_of(x).is_some() { by } else { 1.0 };
        let mut turned = scale * self.brought(What::Expr(expr), self.expr(expr).flows, when);
        for Multiple { factor, read, over } in &multiples {
            let brought = self.brought(read.what, self.in_all(*read, *over), when);
            turned = if *factor == Factor::Times { turned / brought } else { turned * brought };
        }
        let days = self.outcome.model.units.days_per_month();
        let power = [0, 1, -1, 2, -2].into_iter().find(|power| (turned / days.powi(*power) - 1.0).abs() <= NEAR);
        Made::Product(multiples, power.unwrap_or(0))
    }

    /// Whether a value is told in all, over a span.
    fn in_all(&self, read: Read, over: Option<Over>) -> bool {
        match over {
            Some(Over::Average(_)) => false,
            Some(Over::Total(_)) => true,
            None => self.is_flow(read),
        }
    }

    /// Whether a product is a total where one of its factors is: neither a product of levels is one, nor that of two totals.
    fn is_balanced(&self, made: &Made, expr: ExprId, when: When) -> bool {
        let (Made::Product(multiples, _), When::Over(..)) = (made, when) else { return true };
        let totals = multiples.iter().filter(|one| self.in_all(one.read, one.over));
        let count: i32 = totals.map(|one| if one.factor == Factor::Times { 1 } else { -1 }).sum();
        count == i32::from(self.expr(expr).flows || self.outcome.model.is_amount(expr))
    }

    /// By what a value has been multiplied to be in the time of the grid: where it is told in all, and counted by the other.
    fn brought(&self, what: What, in_all: bool, when: When) -> f64 {
        if in_all && matches!(when, When::Over(..)) { self.scale_to_grid(what) } else { 1.0 }
    }

    fn scale_to_grid(&self, what: What) -> f64 {
        scale_to_grid(self.outcome.model, self.unit(what))
    }

    fn unit(&self, what: What) -> UnitId {
        match what {
            What::Cell(cell) => self.outcome.model.cell(cell).unit,
            What::Expr(expr) => self.expr(expr).unit,
        }
    }

    fn product_of(&self, expr: ExprId) -> Option<(ExprId, &'a [(Factor, ExprId)])> {
        if let Node::Product(first, rest) = &self.expr(expr).node { Some((*first, rest)) } else { None }
    }

    /// What parts come to, and the largest figure on the way.
    fn comes_to(&self, made: &Made) -> Option<(f64, f64)> {
        match made {
            Made::Sum(terms) => {
                let size = terms.iter().fold(0.0, |size: f64, term| size.max(term.adds.abs()));
                Some((terms.iter().map(|term| term.adds).sum(), size))
            }
            Made::Product(multiples, days) => {
                let mut product = self.outcome.model.units.days_per_month().powi(*days);
                for one in multiples {
                    let number = one.over.map(Over::number).or_else(|| self.number(one.read))?;
                    product = if one.factor == Factor::Times { product * number } else { product / number };
                }
                product.is_finite().then_some((product, product.abs()))
            }
            Made::Same(_, read) => self.number(*read).map(|number| (number, number.abs())),
            Made::Reads => None,
        }
    }

    fn form(&self, own: Option<CellId>, expr: ExprId, scenario: Option<ScenarioId>, when: When) -> Made {
        let same = |expr, when| Made::Same(None, self.read(expr, scenario, when));
        // What reaches back stands as it does at the end of a span.
        let before = || when.last().checked_sub(1).map(When::Step);
        let step = When::Step(when.last());
        // An opening, and what a change goes from, stand at the beginning of it.
        let first = || when.first().checked_sub(1).map(When::Step);
        let start = When::Step(when.first());
        match &self.expr(expr).node {
            Node::Cell(_) | Node::Base(..) => same(expr, when),
            Node::Opened(cell) => first().map_or(Made::Reads, |when| Made::Same(None, Read { what: What::Cell(*cell), scenario, when })),
            Node::Sum(first, rest) => {
                let terms = [(Sign::Plus, *first)].into_iter().chain(rest.iter().copied());
                self.terms(expr, terms, scenario, when)
            }
            Node::Negate(x) => self.terms(expr, [(Sign::Minus, *x)], scenario, when),
            Node::Across(Aggregate::Sum, xs) if !xs.is_empty() => self.terms(expr, xs.iter().map(|x| (Sign::Plus, *x)), scenario, when),
            Node::Scale(x, by) => match self.product_of(*x) {
                Some((first, rest)) => self.product(expr, first, rest, scenario, when),
                None if self.outcome.model.is_literal(*x) => Made::Reads,
                None => {
                    let read = self.read(*x, scenario, when);
                    self.sum([(Sign::Plus, read, by * self.brought_again(expr, read))])
                }
            },
            Node::Product(first, rest) => self.product(expr, *first, rest, scenario, when),
            Node::If(condition, yes, no) => match self.number(self.read(*condition, scenario, when)) {
                Some(0.0) => Made::Same(Some(*condition), self.read(*no, scenario, when)),
                Some(_) => Made::Same(Some(*condition), self.read(*yes, scenario, when)),
                None => Made::Reads,
            },
            Node::Otherwise(xs) => {
                let found = xs.iter().find(|x| self.number(self.read(**x, scenario, when)).is_some());
                found.map_or(Made::Reads, |x| same(*x, when))
            }
            Node::Accumulate { flow, from } => {
                let opening = match before() {
                    Some(when) => Read { what: own.map_or(What::Expr(expr), What::Cell), scenario, when },
                    None => self.read(*from, scenario, step),
                };
                let period = self.outcome.model.grid.period();
                let (flow, by) = self.as_counted(*flow);
                self.sum([(Sign::Plus, opening, 1.0), (Sign::Plus, self.read(flow, scenario, step), by * period)])
            }
            Node::Opening { value, from } => first().map_or_else(|| same(*from, start), |when| same(*value, when)),
            Node::Change { value, from } => {
                let opening = first().map_or_else(|| self.read(*from, scenario, start), |when| self.read(*value, scenario, when));
                self.sum([(Sign::Plus, self.read(*value, scenario, step), 1.0), (Sign::Minus, opening, 1.0)])
            }
            Node::OverTime(reducer, value, steps) => self.reduced(*reducer, [expr, *value], scenario, *steps),
            Node::Span(value, steps) => same(self.as_counted(*value).0, When::over(*steps)),
            Node::Number(_) | Node::Blank(_) | Node::Power(..) | Node::Compare(..) | Node::All(_) | Node::Any(_) => Made::Reads,
            Node::Not(_) | Node::Growing { .. } | Node::Delay { .. } | Node::Cohorts { .. } | Node::At(..) => Made::Reads,
            Node::Across(..) | Node::Weighted(_) | Node::Call(..) | Node::Time | Node::Period | Node::After(_) | Node::Lookup(..) => Made::Reads,
            Node::AcrossSamples(..) | Node::Steps(_) | Node::Linear(_) | Node::List(_) | Node::Draw(_) => Made::Reads,
            Node::ZeroRate(_) | Node::Turn(_) => Made::Reads,
        }
    }

    fn product(&self, whole: ExprId, first: ExprId, rest: &[(Factor, ExprId)], scenario: Option<ScenarioId>, when: When) -> Made {
        let in_all = matches!(when, When::Over(..)) && self.outcome.model.is_amount(whole);
        let is_told = |(factor, x): &(Factor, ExprId)| !(in_all && *factor == Factor::Times && self.expr(*x).node == Node::Period);
        let factors = [(Factor::Times, first)].into_iter().chain(rest.iter().copied()).filter(is_told);
        let multiples = factors.map(|(factor, expr)| Multiple { factor, read: self.read(expr, scenario, when), over: None });
        self.with_days(whole, multiples.collect(), when)
    }

    /// The terms of a sum, each as of when the sum is.
    fn terms(&self, whole: ExprId, terms: impl IntoIterator<Item = (Sign, ExprId)>, scenario: Option<ScenarioId>, when: When) -> Made {
        self.sum(terms.into_iter().map(|(sign, expr)| {
            let (read, by) = self.unscaled(expr, scenario, when);
            let again = if matches!(read.what, What::Cell(_)) { self.brought_again(whole, read) } else { 1.0 };
            (sign, read, by * again)
        }))
    }

    /// A term, and by what it is multiplied: what is counted by days in a sum of months is that definition still.
    fn unscaled(&self, expr: ExprId, scenario: Option<ScenarioId>, when: When) -> (Read, f64) {
        let Node::Scale(inner, by) = self.expr(expr).node else { return (self.read(expr, scenario, when), 1.0) };
        let read = self.read(inner, scenario, when);
        if matches!(read.what, What::Cell(_)) { (read, by) } else { (self.read(expr, scenario, when), 1.0) }
    }

    /// What is left to be brought into the time of the whole, where both are told in all.
    fn brought_again(&self, whole: ExprId, read: Read) -> f64 {
        self.brought(What::Expr(whole), self.expr(whole).flows, read.when) / self.brought(read.what, self.is_flow(read), read.when)
    }

    fn sum(&self, terms: impl IntoIterator<Item = (Sign, Read, f64)>) -> Made {
        let term = |(sign, read, by): (Sign, Read, f64)| {
            let number = self.number(read)? * by;
            Some(Term { read, sign, adds: if sign == Sign::Plus { number } else { -number }, over: None })
        };
        terms.into_iter().map(term).collect::<Option<Vec<Term>>>().map_or(Made::Reads, Made::Sum)
    }

    /// A flow that is counted in the other time than the grid, before it was brought into that to be added up, and by what it was.
    fn as_counted(&self, flow: ExprId) -> (ExprId, f64) {
        let scale = self.scale_to_grid(What::Expr(flow));
        if let Node::Scale(inner, by) = self.expr(flow).node && by == scale && scale != 1.0 { (inner, by) } else { (flow, 1.0) }
    }

    fn reduced(&self, reducer: Reducer, [whole, value]: [ExprId; 2], scenario: Option<ScenarioId>, steps: Steps) -> Made {
        let value = self.as_counted(value).0;
        let last = When::Step((steps.end as usize).saturating_sub(1));
        let when = match reducer {
            Reducer::Total => Some(When::over(steps)),
            Reducer::Final => Some(last),
            Reducer::Average | Reducer::When => None,
            Reducer::Lowest | Reducer::Highest => {
                let wanted = self.number(self.read(whole, scenario, When::Step(0)));
                let at = |step: &usize| self.number(self.read(value, scenario, When::Step(*step))) == wanted;
                (steps.first as usize..steps.end as usize).find(at).map(When::Step)
            }
        };
        when.map_or(Made::Reads, |when| Made::Same(None, self.read(value, scenario, when)))
    }
}
