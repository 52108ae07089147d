//! Spans of the calendar: `x[2027]`, and reports by year.
//!
//! A flow is added up. A quotient of flows is the quotient of their totals, and arithmetic, comparisons and branches
//! over such a ratio are done again over what it makes of the span. An opening is that of the first step, and a change goes
//! from there to the end, so that opening and flows make the closing of a year too. Everything else is as it stands at the end, and what
//! stands at the end asks there whether it holds: a year with a burn may end without one, and nothing is divided by it.

use super::What;
use super::graph::NodeId;
use super::lowering::{Lowering, Mode};
use super::node::{code_of, of_sign, relation};
use crate::check::model::{
    Aggregate, CellId, Content, ExprId, Factor, Function, Model, Node, Role, ScenarioId, Shape, Sign, Steps, Type,
};
use crate::calendar;
use crate::quantity::{Atom, Factor as UnitFactor, UnitId};
use crate::tape::Code;

/// Through how many names for it an opening is looked for.
const MOST_NAMES: usize = 64;

/// What a product comes to over a span.
pub(super) enum ProductWay {
    /// A quotient of flows is that of their totals.
    Quotient,
    /// A flow times `period`: what it comes to in the span, held against openings and constants.
    Amount,
    /// One factor changes and is no flow, or the whole is a ratio: the product of what its factors come to.
    Again,
    /// Everything else is as it stands at the end.
    AtEnd,
}

impl Lowering<'_> {
    /// Whether a value adds up over time.
    pub(super) fn is_flow(&self, id: ExprId) -> bool {
        self.model.expr(id).flows
    }

    /// A definition over a span.
    pub(super) fn cell_over(&mut self, cell: CellId, scenario: Option<ScenarioId>, steps: Steps) -> NodeId {
        let Content::Computed(expr) = self.model.content(cell, scenario) else { return self.need(What::Cell(cell), scenario) };
        if self.is_flow(expr) {
            return self.across_steps(Code::Total, What::Cell(cell), scenario, steps);
        }
        if self.opened.is_steady(self.model, expr, scenario) {
            return self.need(What::Cell(cell), scenario);
        }
        // What is made of its own opening goes on from step to step, and is a level whatever else stands in it.
        let as_it_ends = self.model.expr(expr).ty != Type::Number || self.is_input(expr) || self.opened.opens_itself(self.model, cell, scenario);
        if as_it_ends {
            return self.across_steps(Code::Final, What::Cell(cell), scenario, steps);
        }
        self.need_as(What::Expr(expr), scenario, Mode::Over(steps))
    }

    /// An expression over a span.
    pub(super) fn over(&mut self, id: ExprId, scenario: Option<ScenarioId>, steps: Steps) -> NodeId {
        let model = self.model;
        let expr = model.expr(id);
        if let Node::Cell(cell) = expr.node {
            return self.need_as(What::Cell(cell), scenario, Mode::Over(steps));
        }
        if let Node::Base(cell, parent) = expr.node {
            return self.need_as(What::Cell(cell), parent, Mode::Over(steps));
        }
        if self.is_flow(id) {
            return self.across_steps(Code::Total, What::Expr(id), scenario, steps);
        }
        if self.opened.is_steady(self.model, id, scenario) {
            return self.need(What::Expr(id), scenario);
        }
        let at_end = |this: &mut Self| this.across_steps(Code::Final, What::Expr(id), scenario, steps);
        let compares = matches!(expr.node, Node::Compare(..) | Node::All(_) | Node::Any(_) | Node::Not(_));
        if expr.ty != Type::Number && !compares {
            return at_end(self);
        }
        match &expr.node {
            Node::If(c, a, b) => self.branch_over(id, [*c, *a, *b], scenario, steps),
            Node::Compare(first, rest) => {
                let args: Vec<ExprId> = [*first].into_iter().chain(rest.iter().map(|(_, x)| *x)).collect();
                let relations: Vec<f64> = rest.iter().map(|(how, _)| relation(*how).number()).collect();
                self.again(Code::Compare, &relations, &args, scenario, steps)
            }
            Node::All(xs) => self.again(Code::All, &[], xs, scenario, steps),
            Node::Any(xs) => self.again(Code::Any, &[], xs, scenario, steps),
            Node::Not(x) => self.again(Code::Not, &[], &[*x], scenario, steps),
            // A rate is no sum of what it is made of.
            Node::Scale(x, _) if self.is_flow(*x) => at_end(self),
            Node::Scale(x, 1.0) => self.need_as(What::Expr(*x), scenario, Mode::Over(steps)),
            Node::Scale(x, scale) => self.again(Code::Scale, &[*scale], &[*x], scenario, steps),
            Node::Negate(x) => self.again(Code::Negate, &[], &[*x], scenario, steps),
            Node::Sum(first, rest) => {
                let args: Vec<ExprId> = [*first].into_iter().chain(rest.iter().map(|(_, x)| *x)).collect();
                let signs: Vec<f64> = [Sign::Plus].into_iter().chain(rest.iter().map(|(sign, _)| *sign)).map(of_sign).collect();
                self.again(Code::Sum, &signs, &args, scenario, steps)
            }
            Node::Product(first, rest) => self.product_over(id, *first, rest, scenario, steps),
            Node::Power(x, exponent) if self.is_constant(*exponent) => {
                self.again(Code::Power, &[], &[*x, *exponent], scenario, steps)
            }
            // Whole machines or people are counted as they are in a step; the mean of a year is no whole number of them.
            Node::Call(Function::Ceil | Function::Floor | Function::Round, _) => at_end(self),
            Node::Call(function, xs) => self.again(code_of(*function), &[], xs, scenario, steps),
            Node::Otherwise(xs) => self.again(Code::Otherwise, &[], xs, scenario, steps),
            Node::Across(Aggregate::Sum, xs) => self.again(Code::Sum, &vec![1.0; xs.len()], xs, scenario, steps),
            Node::Across(Aggregate::Largest, xs) => self.again(Code::Max, &[], xs, scenario, steps),
            Node::Across(Aggregate::Smallest, xs) => self.again(Code::Min, &[], xs, scenario, steps),
            Node::Weighted(pairs) => self.weighted_over(id, pairs, scenario, steps),
            Node::Opened(_) | Node::Opening { .. } => self.across_steps(Code::Final, What::Expr(id), scenario, first_of(steps)),
            Node::Change { value, from } => self.change_over(*value, *from, scenario, steps),
            Node::Number(_) | Node::Blank(_) | Node::Cell(_) | Node::Base(..) | Node::Power(..) => at_end(self),
            Node::Growing { .. } | Node::Accumulate { .. } => at_end(self),
            Node::Delay { .. } => at_end(self),
            Node::Cohorts { .. } | Node::OverTime(..) | Node::Span(..) | Node::At(..) | Node::Time | Node::Period => at_end(self),
            Node::After(_) | Node::Lookup(..) | Node::Steps(_) | Node::Linear(_) | Node::List(_) => at_end(self),
            Node::AcrossSamples(sampled, x) => self.samples_over(*sampled, *x, id, scenario, steps),
            Node::Draw(_) | Node::ZeroRate(_) | Node::Turn(_) => at_end(self),
        }
    }

    pub(super) fn is_constant(&self, id: ExprId) -> bool {
        self.model.expr(id).shape == Shape::Constant
    }

    /// A branch by the condition of the span. One that is as it stands at the end holds only where the condition says the
    /// same there; where it does not, the whole `if` is as it stands at the end.
    fn branch_over(&mut self, id: ExprId, parts: [ExprId; 3], scenario: Option<ScenarioId>, steps: Steps) -> NodeId {
        if let Some(settled) = self.settled(parts, scenario, Mode::Over(steps)) {
            return settled;
        }
        let [condition, yes, no] = parts;
        let ends = [yes, no].map(|branch| self.ends(branch, scenario));
        let [asked, yes, no] = parts.map(|part| self.need_as(What::Expr(part), scenario, Mode::Over(steps)));
        if !ends.contains(&true) {
            return self.op(Code::If, &[], &[asked, yes, no]);
        }
        let at_end = self.across_steps(Code::Final, What::Expr(condition), scenario, steps);
        let whole = self.across_steps(Code::Final, What::Expr(id), scenario, steps);
        let yes = if ends[0] { self.op(Code::If, &[], &[at_end, yes, whole]) } else { yes };
        let no = if ends[1] { self.op(Code::If, &[], &[at_end, whole, no]) } else { no };
        self.op(Code::If, &[], &[asked, yes, no])
    }

    /// The same operation over what its parts come to in the span.
    fn again(&mut self, code: Code, numbers: &[f64], xs: &[ExprId], scenario: Option<ScenarioId>, steps: Steps) -> NodeId {
        let args: Vec<NodeId> =
            xs.iter().map(|x| self.need_as(What::Expr(*x), scenario, Mode::Over(steps))).collect();
        self.op(code, numbers, &args)
    }

    pub(super) fn across_steps(&mut self, code: Code, what: What, scenario: Option<ScenarioId>, steps: Steps) -> NodeId {
        let value = self.need(what, scenario);
        self.op(code, &span(steps), &[value])
    }

    /// From the opening of the first step to the end of the last.
    fn change_over(&mut self, value: ExprId, from: ExprId, scenario: Option<ScenarioId>, steps: Steps) -> NodeId {
        let opening = self.simple(Code::Opening, &[], &[value, from], scenario);
        let before = self.op(Code::Final, &span(first_of(steps)), &[opening]);
        let now = self.across_steps(Code::Final, What::Expr(value), scenario, steps);
        self.op(Code::Sum, &[1.0, -1.0], &[now, before])
    }

    fn time_exponent(&self, id: ExprId) -> i32 {
        i32::from(self.model.units.time_exponent(self.model.expr(id).unit))
    }

    /// What a product comes to over a span.
    pub(super) fn product_way(&self, id: ExprId, first: ExprId, rest: &[(Factor, ExprId)], scenario: Option<ScenarioId>) -> ProductWay {
        let exponent = |wanted: Factor| {
            rest.iter().filter(|(factor, _)| *factor == wanted).map(|(_, x)| self.time_exponent(*x)).sum::<i32>()
        };
        let all = || [first].into_iter().chain(rest.iter().map(|(_, x)| *x));
        let flows = |wanted: Factor| rest.iter().any(|(factor, x)| *factor == wanted && self.is_flow(*x));
        match (self.time_exponent(first) + exponent(Factor::Times), exponent(Factor::Over)) {
            (-1, -1) => return ProductWay::Quotient,
            // What is won of revenue that recurs, in `USD/month/month`, adds up too; a square of levels does not.
            (-2, -2) if (self.is_flow(first) || flows(Factor::Times)) && flows(Factor::Over) => return ProductWay::Quotient,
            _ => {}
        }
        if self.is_amount(first, rest, scenario) {
            return ProductWay::Amount;
        }
        // A total in place of a flow would be another thing: twelve times a month's figure is not twelve times a year's.
        let flows = all().any(|x| self.is_flow(x));
        let mut changing = rest.iter().filter(|(_, x)| !self.is_constant(*x));
        match (changing.next(), changing.next()) {
            _ if flows => ProductWay::AtEnd,
            (None, _) => ProductWay::Again,
            // What grew in a year is held against the opening of the year.
            (Some((Factor::Over, below)), None) if self.is_opening(*below, scenario) => ProductWay::Again,
            (Some(_), None) if self.is_constant(first) => ProductWay::Again,
            // A ratio of ratios is that of the span's, as the rows above it tell; an amount, such as a stock at its price, stands at the end.
            (Some(_), _) if self.model.units.is_ratio(self.model.expr(id).unit) && !all().any(|x| self.is_opening(x, scenario)) => ProductWay::Again,
            (Some(_), _) => ProductWay::AtEnd,
        }
    }

    /// `lost * period / opening(customers)`
    fn is_amount(&self, first: ExprId, rest: &[(Factor, ExprId)], scenario: Option<ScenarioId>) -> bool {
        let side = |wanted: Factor| rest.iter().filter(move |(factor, _)| *factor == wanted).map(|(_, x)| *x);
        let above: Vec<ExprId> = [first].into_iter().chain(side(Factor::Times)).collect();
        let periods = above.iter().filter(|x| self.is_period(**x)).count();
        let exponent: i32 = above.iter().filter(|x| !self.is_period(**x)).map(|x| self.time_exponent(*x)).sum();
        let held = |below: ExprId| self.is_constant(below) || !self.is_flow(below) && self.is_opening(below, scenario);
        periods == 1 && exponent == -1 && above.iter().any(|x| self.is_flow(*x)) && side(Factor::Over).all(held)
    }

    fn is_period(&self, id: ExprId) -> bool {
        matches!(self.model.expr(id).node, Node::Period)
    }

    /// Whether an expression is an opening, or a name for one or for a sum of such.
    fn is_opening(&self, mut id: ExprId, mut scenario: Option<ScenarioId>) -> bool {
        for _ in 0..MOST_NAMES {
            let node = &self.model.expr(id).node;
            if let Node::Cell(cell) | Node::Base(cell, _) = node {
                if let Node::Base(_, parent) = node {
                    scenario = *parent;
                }
                let Content::Computed(content) = self.model.content(*cell, scenario) else { return false };
                id = content;
            } else if let Node::Scale(x, _) | Node::Negate(x) = node {
                id = *x;
            } else if let Node::Across(Aggregate::Sum, xs) = node
                && let Some(x) = xs.first()
            {
                id = *x;
            } else {
                return matches!(node, Node::Opened(_) | Node::Opening { .. });
            }
        }
        false
    }

    fn product_over(
        &mut self,
        id: ExprId,
        first: ExprId,
        rest: &[(Factor, ExprId)],
        scenario: Option<ScenarioId>,
        steps: Steps,
    ) -> NodeId {
        match self.product_way(id, first, rest, scenario) {
            ProductWay::AtEnd => self.across_steps(Code::Final, What::Expr(id), scenario, steps),
            ProductWay::Quotient => {
                let side = |wanted: Factor| rest.iter().filter(move |(factor, _)| *factor == wanted).map(|(_, x)| *x);
                let above: Vec<ExprId> = [first].into_iter().chain(side(Factor::Times)).collect();
                let below: Vec<ExprId> = side(Factor::Over).collect();
                let parts = [above, below].map(|xs| {
                    let joined = match xs.as_slice() {
                        [only] => self.need(What::Expr(*only), scenario),
                        many => self.simple(Code::Product, &vec![1.0; many.len()], many, scenario),
                    };
                    self.op(Code::Total, &span(steps), &[joined])
                });
                self.op(Code::Product, &[1.0, -1.0], &parts)
            }
            ProductWay::Amount => {
                let above = [first].into_iter().chain(rest.iter().filter(|(factor, _)| *factor == Factor::Times).map(|(_, x)| *x));
                let above: Vec<ExprId> = above.filter(|x| !self.is_period(*x)).collect();
                let flow = self.simple(Code::Product, &vec![1.0; above.len()], &above, scenario);
                let mut args = vec![self.op(Code::Total, &span(steps), &[flow])];
                let below = rest.iter().filter(|(factor, _)| *factor == Factor::Over);
                args.extend(below.map(|(_, x)| self.need_as(What::Expr(*x), scenario, Mode::Over(steps))));
                let sides: Vec<f64> = (0..args.len()).map(|at| if at == 0 { 1.0 } else { -1.0 }).collect();
                self.op(Code::Product, &sides, &args)
            }
            ProductWay::Again => {
                let all: Vec<ExprId> = [first].into_iter().chain(rest.iter().map(|(_, x)| *x)).collect();
                let sides: Vec<f64> =
                    [1.0].into_iter().chain(rest.iter().map(|(factor, _)| super::node::of_factor(*factor))).collect();
                self.again(Code::Product, &sides, &all, scenario, steps)
            }
        }
    }

    /// Whether an average is weighted by flows.
    pub(super) fn weighs_flows(&self, pairs: &[(ExprId, ExprId)]) -> bool {
        pairs.iter().all(|(x, w)| self.time_exponent(*w) == -1 && self.time_exponent(*x) == 0)
    }

    /// An average weighted by flows is that of the whole span.
    fn weighted_over(
        &mut self,
        id: ExprId,
        pairs: &[(ExprId, ExprId)],
        scenario: Option<ScenarioId>,
        steps: Steps,
    ) -> NodeId {
        if !self.weighs_flows(pairs) {
            return self.across_steps(Code::Final, What::Expr(id), scenario, steps);
        }
        let (parts, weights) = self.weights(pairs, scenario);
        let parts = self.op(Code::Total, &span(steps), &[parts]);
        let weights = self.op(Code::Total, &span(steps), &[weights]);
        self.op(Code::Product, &[1.0, -1.0], &[parts, weights])
    }

    /// A flow that is counted in the other family of time than the grid is brought into the grid's before it is shown.
    pub(super) fn in_time_of_grid(&mut self, what: What, node: NodeId) -> NodeId {
        let (unit, flows) = match what {
            What::Cell(cell) => (self.model.cell(cell).unit, self.model.cell(cell).role == Role::Flow),
            What::Expr(expr) => (self.model.expr(expr).unit, self.is_flow(expr)),
        };
        let scale = if flows { scale_to_grid(self.model, unit) } else { 1.0 };
        if scale == 1.0 { node } else { self.op(Code::Scale, &[scale], &[node]) }
    }
}

/// By what the steps of a flow are multiplied before they are added up over a span: 1, or the days of a month where it is
/// counted by days and the grid by months.
#[must_use]
pub fn scale_to_grid(model: &Model, unit: UnitId) -> f64 {
    let grid = match model.grid.family() {
        calendar::Family::Month => Atom::MONTH,
        calendar::Family::Day => Atom::DAY,
    };
    let time = |factor: &UnitFactor| Some(model.units.name_of(factor.name).atom).filter(|atom| atom.is_time() && factor.exponent < 0);
    let own = model.units.factors(unit).iter().find_map(time).unwrap_or(grid);
    let days = model.units.days_per_month();
    if own == grid { 1.0 } else if grid == Atom::MONTH { days } else { days.recip() }
}

const fn first_of(steps: Steps) -> Steps {
    Steps { first: steps.first, end: steps.first + 1 }
}

fn span(steps: Steps) -> [f64; 2] {
    [f64::from(steps.first), f64::from(steps.end)]
}
