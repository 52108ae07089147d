//! The walk that draws a trace: every definition once, and of a loop through time the period before.

use super::super::answer::{OverSpan, Rest, Trace, Usage};
use super::super::outcome::{Outcome, computed, is_series, of_cell, of_expr};
use super::super::reads::{Walk, When};
use super::super::value::{Shown, Value};
use super::made::{Looks, Made, Multiple, Over, Read};
use crate::calendar::{Bucket, Step};
use crate::check::model::{CellId, ExprId, Factor, Origin, Role, ScenarioId, Sign, Type};
use crate::compile::{Target, What};
use crate::quantity::{UnitId, Units};
use std::collections::{BTreeMap, BTreeSet};

pub(super) struct Tracer<'a> {
    looks: Looks<'a>,
    units: Units,
    /// What of the calendar the timeline holds wholly.
    buckets: Vec<Bucket>,
    /// The definitions on the way from the root.
    open: Vec<(CellId, Option<ScenarioId>)>,
    /// What was explained already, and as of when.
    done: BTreeMap<(CellId, Option<ScenarioId>), When>,
    /// The pieces of equations that were explained already: what a function was given may be used at many places.
    pieces: BTreeSet<(ExprId, Option<ScenarioId>, When)>,
}

/// Whose parts are drawn: an expression under a scenario as of when, and the unit its value is shown in.
#[derive(Clone, Copy)]
struct Whole {
    own: Option<CellId>,
    expr: ExprId,
    scenario: Option<ScenarioId>,
    when: When,
    unit: UnitId,
}

impl<'a> Tracer<'a> {
    pub fn new(outcome: &'a Outcome<'a>) -> Self {
        let (units, grid) = (outcome.model.units.clone(), &outcome.model.grid);
        let buckets = [Step::Year, Step::Quarter, Step::Month].into_iter().filter(|_| grid.timed()).flat_map(|by| grid.buckets(by));
        let buckets = buckets.filter(|bucket| bucket.whole).collect();
        Self { looks: Looks::new(outcome), units, buckets, open: Vec::new(), done: BTreeMap::new(), pieces: BTreeSet::new() }
    }

    pub fn missing(self) -> Vec<Target> {
        self.looks.missing()
    }

    fn outcome(&self) -> &'a Outcome<'a> {
        self.looks.outcome
    }

    /// A definition under a scenario as of when, so many equations deep.
    pub fn cell(&mut self, id: CellId, scenario: Option<ScenarioId>, when: When, depth: usize) -> Trace {
        let model = self.outcome().model;
        let cell = model.cell(id);
        let expr = computed(model, id, scenario);
        // A level over a span is the level at its end, unless there are ratios in it, which are computed over the span.
        let adds_up = matches!(cell.role, Role::Flow | Role::Ratio);
        let (target, last) = (of_cell(id, scenario), When::Step(when.last()));
        let differs = || expr.is_some() && self.looks.raw(target, false, when) != self.looks.raw(target, false, last);
        let when = if adds_up || differs() { when } else { last };
        let mut node = Trace {
            path: Some(cell.path.clone()),
            equation: expr.map_or_else(String::new, |expr| self.equation(id, expr)),
            value: expr.map_or(Shown { value: Value::Blank, unit: String::new() }, |expr| self.value(of_cell(id, scenario), expr, cell.unit, when)),
            period: expr.filter(|expr| is_series(model, *expr) || self.is_total(*expr, when)).and_then(|_| self.period(when)),
            usage: Usage::Read,
            adds: None,
            over_span: None,
            share: None,
            place: self.outcome().place(expr.map_or(cell.at, |expr| model.expr(expr).at)),
            doc: cell.doc.clone().filter(|_| cell.origin == Origin::Model),
            parts: Vec::new(),
            rest: Rest::Nothing,
        };
        let Some(expr) = expr else { return node };
        let key = (id, scenario);
        let known = self.done.get(&key).copied();
        if let Some(known) = known {
            node.rest = if known == when { Rest::Above } else { Rest::Otherwhen };
        } else if self.open.contains(&key) {
            node.rest = Rest::Otherwhen;
        } else if depth == 0 {
            node.rest = Rest::Deeper;
        } else {
            self.open.push(key);
            let unit = self.unit(expr, cell.unit, when);
            node.parts = self.parts(Whole { own: Some(id), expr, scenario, when, unit }, depth - 1);
            self.open.pop();
            if !node.parts.is_empty() {
                self.done.insert(key, when);
            }
        }
        if node.rest != Rest::Nothing && self.reads(expr, scenario, when).is_empty() {
            node.rest = Rest::Nothing;
        }
        node
    }

    /// The right side as written.
    fn equation(&self, id: CellId, expr: ExprId) -> String {
        let outcome = self.outcome();
        let (cell, at) = (outcome.model.cell(id), outcome.model.expr(expr).at);
        let whole = outcome.text(cell.at);
        let is_inside = at.file == cell.at.file && cell.at.span.holds(at.span);
        // Of a plain definition everything behind its sign: brackets and `between` too.
        let right = whole.split_once(['=', '~']).map(|(_, right)| right.trim_start_matches(['=', ' ']));
        match right {
            Some(right) if is_inside && !right.is_empty() => right.to_owned(),
            Some(_) | None => outcome.text(at),
        }
    }

    fn period(&self, when: When) -> Option<String> {
        let outcome = self.outcome();
        match when {
            When::Step(step) => outcome.period(step),
            When::Over(first, end) => {
                let whole = self.buckets.iter().find(|bucket| bucket.steps == (first..end)).map(|bucket| bucket.label.clone());
                whole.or_else(|| Some(format!("{} to {}", outcome.period(first)?, outcome.period(end.saturating_sub(1))?)))
            }
        }
    }

    /// The unit a value is shown in: of a flow over a span, what it adds up to.
    fn unit(&mut self, expr: ExprId, unit: UnitId, when: When) -> UnitId {
        if self.is_total(expr, when) { self.units.added_up(unit) } else { unit }
    }

    /// Whether a value is what a flow comes to over a span.
    fn is_total(&self, expr: ExprId, when: When) -> bool {
        self.looks.expr(expr).flows && matches!(when, When::Over(..))
    }

    fn value(&mut self, target: Target, expr: ExprId, unit: UnitId, when: When) -> Shown {
        let unit = self.unit(expr, unit, when);
        let (ty, flows) = (self.looks.expr(expr).ty, self.looks.expr(expr).flows);
        let value = self.outcome().in_unit(&self.units, self.looks.raw(target, flows, when), unit, ty);
        let unit = if ty == Type::Number { self.units.text(unit) } else { String::new() };
        Shown { value, unit }
    }

    fn reads(&self, expr: ExprId, scenario: Option<ScenarioId>, when: When) -> Vec<(CellId, Option<ScenarioId>, When)> {
        let mut walk = Walk::new(self.outcome(), scenario);
        walk.read(expr, when);
        walk.found
    }

    /// What an expression is made of.
    fn parts(&mut self, whole: Whole, depth: usize) -> Vec<Trace> {
        let Whole { own, expr, scenario, when, .. } = whole;
        match self.looks.made(own, expr, scenario, when) {
            Made::Reads => self.read_parts(expr, scenario, when, depth),
            Made::Product(multiples, days) => {
                let parts = multiples.into_iter().map(|one| self.multiple(one, depth)).collect::<Vec<_>>();
                parts.into_iter().chain((0..days.abs()).map(|_| self.days(days, whole))).collect()
            }
            Made::Same(decided, read) => {
                let mut parts = match read.what {
                    What::Cell(_) => vec![Trace { usage: Usage::Itself, ..self.part(read, depth) }],
                    What::Expr(expr) => self.parts(Whole { own: None, expr, scenario: read.scenario, when: read.when, ..whole }, depth),
                };
                // What only decided that it is this one stands behind it.
                parts.extend(decided.map_or_else(Vec::new, |condition| self.read_parts(condition, scenario, when, 0)));
                parts
            }
            Made::Sum(terms) => {
                let total: f64 = terms.iter().map(|term| term.adds).sum();
                let share = |adds: f64| Some(adds / total).filter(|share| (0.0..=1.0).contains(share));
                // Where terms work against each other, a share of what is left says nothing.
                let shared = terms.len() > 1 && terms.iter().all(|term| share(term.adds).is_some());
                let mut parts = Vec::new();
                for term in terms {
                    let usage = if term.sign == Sign::Plus { Usage::Term } else { Usage::Taken };
                    let adds = Some(self.amount(term.adds, whole.unit));
                    let share = share(term.adds).filter(|_| shared);
                    let part = if matches!(term.read.what, What::Expr(same) if same == expr) { self.earlier(term.read) } else { self.part(term.read, depth) };
                    let over_span = term.over.map(|over| self.over_span(term.read, over));
                    parts.push(Trace { usage, adds, over_span, share, ..part });
                }
                parts
            }
        }
    }

    fn read_parts(&mut self, expr: ExprId, scenario: Option<ScenarioId>, when: When, depth: usize) -> Vec<Trace> {
        let reads = self.reads(expr, scenario, when);
        reads.into_iter().map(|(cell, scenario, when)| self.cell(cell, scenario, when, depth)).collect()
    }

    /// A factor or a divisor, with what it is on average where that comes to the whole.
    fn multiple(&mut self, one: Multiple, depth: usize) -> Trace {
        let over_span = one.over.map(|over| self.over_span(one.read, over));
        let usage = if one.factor == Factor::Times { Usage::Factor } else { Usage::Divisor };
        Trace { usage, over_span, ..self.part(one.read, depth) }
    }

    /// The days of a month as a factor, or a divisor below 0, of a product that counts by both.
    fn days(&mut self, power: i32, product: Whole) -> Trace {
        let usage = if power > 0 { Usage::Factor } else { Usage::Divisor };
        let days = Shown { value: Value::Number(self.units.days_per_month()), unit: "day/month".to_owned() };
        let piece = self.piece(product.expr, product.scenario, product.when);
        Trace { equation: "days of a month".to_owned(), value: days, usage, ..piece }
    }

    /// What a part is over a span: on average in its own unit, in all in what that adds up to.
    fn over_span(&mut self, read: Read, over: Over) -> OverSpan {
        let unit = match read.what {
            What::Cell(cell) => self.outcome().model.cell(cell).unit,
            What::Expr(expr) => self.looks.expr(expr).unit,
        };
        match over {
            Over::Average(number) => OverSpan::Average(self.amount(number, unit)),
            Over::Total(number) => {
                let unit = self.units.added_up(unit);
                OverSpan::Total(self.amount(number, unit))
            }
        }
    }

    fn amount(&self, number: f64, unit: UnitId) -> Shown {
        Shown { value: Value::Number(self.units.to_shown(unit, number)), unit: self.units.text(unit) }
    }

    /// A part: a definition, or a piece of the equation.
    fn part(&mut self, read: Read, depth: usize) -> Trace {
        let Read { what, scenario, when } = read;
        let expr = match what {
            What::Cell(cell) => return self.cell(cell, scenario, when, depth),
            What::Expr(expr) => expr,
        };
        let unit = self.looks.expr(expr).unit;
        let unit = self.unit(expr, unit, when);
        if self.pieces.contains(&(expr, scenario, when)) {
            return Trace { rest: Rest::Above, ..self.piece(expr, scenario, when) };
        }
        let parts = self.parts(Whole { own: None, expr, scenario, when, unit }, depth);
        if !parts.is_empty() {
            self.pieces.insert((expr, scenario, when));
        }
        Trace { parts, ..self.piece(expr, scenario, when) }
    }

    /// What a piece of the equation has accumulated before.
    fn earlier(&mut self, read: Read) -> Trace {
        match read.what {
            What::Cell(cell) => self.cell(cell, read.scenario, read.when, 0),
            What::Expr(expr) => {
                let piece = self.piece(expr, read.scenario, read.when);
                Trace { period: self.period(read.when), rest: Rest::Otherwhen, ..piece }
            }
        }
    }

    fn piece(&mut self, expr: ExprId, scenario: Option<ScenarioId>, when: When) -> Trace {
        let outcome = self.outcome();
        let about = self.looks.expr(expr);
        Trace {
            path: None,
            equation: outcome.text(about.at),
            value: self.value(of_expr(expr, scenario), expr, about.unit, when),
            period: if self.is_total(expr, when) { self.period(when) } else { None },
            usage: Usage::Read,
            adds: None,
            over_span: None,
            share: None,
            place: outcome.place(about.at),
            doc: None,
            parts: Vec::new(),
            rest: Rest::Nothing,
        }
    }
}
