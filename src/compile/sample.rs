//! Samples: what is known across them without drawing any. Where one draw is scaled and shifted by what is certain, its
//! family tells; of what is certain itself, every sample is the same.

use super::What;
use super::graph::NodeId;
use super::lowering::{Certain, Lowering, Mode, Read};
use super::node::{of_draw, of_factor, of_sign, relation};
use crate::check::model::{
    CellId, Comparison, Content, Draw, ExprId, Factor, Model, Node, Sampled, ScenarioId, Sign, Steps, Supposed, TableId, children,
};
use crate::run::{Moment, Statistic};
use crate::tape::Code;

/// A draw, and what is done to it, from the inside out.
struct Line<'m> {
    draw: &'m Draw,
    scenario: Option<ScenarioId>,
    turns: Vec<Turn>,
}

enum Turn {
    Scaled(f64),
    Times(Factor, Read),
    Plus(Sign, Read),
    Grown { rate: Read, per: f64 },
    /// It passes through a definition, which a run may scale as an input.
    Defined(CellId, ExprId),
}

/// What the answer follows from.
enum Source<'m> {
    /// Nothing is drawn: the value itself.
    Certain,
    /// One draw.
    Line(Line<'m>),
    /// Whether one draw holds against something certain.
    Chance(Line<'m>, Comparison, Read),
}

/// Whether what is asked across samples is known without them.
#[must_use]
pub fn is_known(model: &Model, sampled: Sampled, x: ExprId, scenario: Option<ScenarioId>) -> bool {
    source(model, sampled, (x, scenario), &mut Certain::default()).is_some() || model.supposed.contains_key(&(x, scenario)) && !is_share(sampled)
}

impl Lowering<'_> {
    pub(super) fn across_samples(&mut self, sampled: Sampled, x: ExprId, scenario: Option<ScenarioId>) -> NodeId {
        let mut certain = std::mem::take(&mut self.certain);
        let source = source(self.model, sampled, (x, scenario), &mut certain);
        self.certain = certain;
        match (source, sampled) {
            (Some(Source::Certain), Sampled::Deviation) => self.number(0.0),
            (Some(Source::Certain), Sampled::Mean | Sampled::Percentile(_) | Sampled::Probability) => {
                self.need(What::Expr(x), scenario)
            }
            (Some(Source::Line(line)), Sampled::Mean) => self.moment(Moment::Mean, &line, None),
            (Some(Source::Line(line)), Sampled::Deviation) => self.moment(Moment::Deviation, &line, None),
            (Some(Source::Line(line)), Sampled::Percentile(share)) => {
                self.moment(Moment::Percentile, &line, Some((share, scenario)))
            }
            (Some(Source::Chance(line, how, bound)), _) => self.moment(Moment::Chance(relation(how)), &line, Some(bound)),
            (Some(Source::Line(_)), Sampled::Probability) | (None, _) => self.asked_of_all(sampled, x, scenario, Mode::Plain),
        }
    }

    /// By the outcomes of the draws behind it where they are known, else by samples.
    fn asked_of_all(&mut self, sampled: Sampled, x: ExprId, scenario: Option<ScenarioId>, mode: Mode) -> NodeId {
        match self.model.supposed.get(&(x, scenario)).filter(|_| !is_share(sampled)) {
            Some(supposed) => self.over_outcomes(sampled, supposed, x, scenario, mode),
            None => {
                let value = self.need_as(What::Expr(x), scenario, mode);
                self.statistic(sampled, value, scenario)
            }
        }
    }

    /// Each outcome by its weight. As over samples, a blank has no part in a mean and holds in no part.
    fn over_outcomes(&mut self, sampled: Sampled, supposed: &[Supposed], x: ExprId, scenario: Option<ScenarioId>, mode: Mode) -> NodeId {
        let [none, one] = [0.0, 1.0].map(|value| self.number(value));
        let mut outcomes = Vec::with_capacity(supposed.len());
        for one_of in supposed {
            let value = self.need_as(What::Expr(x), Some(one_of.scenario), mode);
            let weights: Vec<NodeId> = one_of.weights.iter().map(|weight| self.need(What::Expr(*weight), scenario)).collect();
            let weight = self.product(&vec![1.0; weights.len()], &weights);
            let nothing = self.op(Code::Product, &[1.0, 1.0], &[value, none]);
            let is_there = self.op(Code::Sum, &[1.0, 1.0], &[nothing, one]);
            let counts = self.op(Code::Otherwise, &[], &[is_there, if sampled == Sampled::Probability { one } else { none }]);
            outcomes.push((value, self.op(Code::Product, &[1.0, 1.0], &[weight, counts])));
        }
        let weights: Vec<NodeId> = outcomes.iter().map(|(_, weight)| *weight).collect();
        let all = self.op(Code::Sum, &vec![1.0; weights.len()], &weights);
        let values: Vec<NodeId> = outcomes.iter().map(|(value, _)| *value).collect();
        let mean = self.by_weight(&values, &weights, all);
        if sampled != Sampled::Deviation {
            return mean;
        }
        let mut apart = |value: &NodeId| {
            let apart = self.op(Code::Sum, &[1.0, -1.0], &[*value, mean]);
            self.op(Code::Product, &[1.0, 1.0], &[apart, apart])
        };
        let squares: Vec<NodeId> = values.iter().map(&mut apart).collect();
        let variance = self.by_weight(&squares, &weights, all);
        self.op(Code::Sqrt, &[], &[variance])
    }

    /// Σ weight × value ÷ all weights; a blank has no weight.
    fn by_weight(&mut self, values: &[NodeId], weights: &[NodeId], all: NodeId) -> NodeId {
        let none = self.number(0.0);
        let mut part = |(value, weight): (&NodeId, &NodeId)| {
            let value = self.op(Code::Otherwise, &[], &[*value, none]);
            self.op(Code::Product, &[1.0, 1.0], &[*weight, value])
        };
        let parts: Vec<NodeId> = values.iter().zip(weights).map(&mut part).collect();
        let sum = self.op(Code::Sum, &vec![1.0; parts.len()], &parts);
        self.op(Code::Product, &[1.0, -1.0], &[sum, all])
    }

    /// What has to be sampled.
    fn statistic(&mut self, sampled: Sampled, value: NodeId, scenario: Option<ScenarioId>) -> NodeId {
        let (which, share) = match sampled {
            Sampled::Mean => (Statistic::Mean, None),
            Sampled::Deviation => (Statistic::Deviation, None),
            Sampled::Percentile(share) => (Statistic::Percentile, Some(share)),
            Sampled::Probability => (Statistic::Probability, None),
        };
        let share = share.map(|share| self.need(What::Expr(share), scenario));
        let args: Vec<NodeId> = [value].into_iter().chain(share).collect();
        self.op(Code::Statistic, &[which.number()], &args)
    }

    /// Over a span: what every sample comes to in it, then across them; of one draw as it stands at the end.
    pub(super) fn samples_over(
        &mut self,
        sampled: Sampled,
        x: ExprId,
        id: ExprId,
        scenario: Option<ScenarioId>,
        steps: Steps,
    ) -> NodeId {
        match source(self.model, sampled, (x, scenario), &mut self.certain) {
            Some(Source::Certain) if sampled != Sampled::Deviation => self.need_as(What::Expr(x), scenario, Mode::Over(steps)),
            Some(Source::Certain | Source::Line(_) | Source::Chance(..)) => {
                self.across_steps(Code::Final, What::Expr(id), scenario, steps)
            }
            None => self.asked_of_all(sampled, x, scenario, Mode::Over(steps)),
        }
    }

    fn moment(&mut self, moment: Moment, line: &Line<'_>, asked: Option<Read>) -> NodeId {
        let asked = match asked {
            Some((asked, scenario)) => self.need(What::Expr(asked), scenario),
            None => self.number(0.0),
        };
        let (mut scale, mut shift) = (self.number(1.0), self.number(0.0));
        for turn in &line.turns {
            (scale, shift) = self.turned(turn, scale, shift);
        }
        let (draw, parameters) = of_draw(line.draw);
        let numbers: Vec<f64> = [moment.number()].into_iter().chain(draw).collect();
        let mut args = vec![asked, scale, shift];
        args.extend(self.all(parameters, line.scenario));
        self.op(Code::Moment, &numbers, &args)
    }

    /// What scales and shifts the draw, after one more thing is done to it.
    fn turned(&mut self, turn: &Turn, scale: NodeId, shift: NodeId) -> (NodeId, NodeId) {
        let (by, side) = match *turn {
            Turn::Scaled(by) => (self.number(by), Factor::Times),
            Turn::Times(side, (by, scenario)) => (self.need(What::Expr(by), scenario), side),
            Turn::Grown { rate: (rate, scenario), per } => (self.growth(rate, per, scenario), Factor::Times),
            Turn::Defined(cell, expr) if self.is_input(expr) => (self.factor(cell), Factor::Times),
            Turn::Defined(..) => return (scale, shift),
            Turn::Plus(sign, (more, scenario)) => {
                let more = self.need(What::Expr(more), scenario);
                return (scale, self.op(Code::Sum, &[1.0, of_sign(sign)], &[shift, more]));
            }
        };
        let sides = [1.0, of_factor(side)];
        (self.op(Code::Product, &sides, &[scale, by]), self.op(Code::Product, &sides, &[shift, by]))
    }
}

/// Whether a share of the samples is asked for, which takes all of them in order.
const fn is_share(sampled: Sampled) -> bool {
    matches!(sampled, Sampled::Percentile(_))
}

fn source<'m>(model: &'m Model, sampled: Sampled, x: Read, certain: &mut Certain) -> Option<Source<'m>> {
    if is_certain(model, x, certain) {
        return Some(Source::Certain);
    }
    match sampled {
        Sampled::Mean | Sampled::Deviation | Sampled::Percentile(_) => line(model, x, certain).map(Source::Line),
        Sampled::Probability => chance(model, x, certain),
    }
}

/// One draw compared with something certain, on whichever side.
fn chance<'m>(model: &'m Model, condition: Read, certain: &mut Certain) -> Option<Source<'m>> {
    let (condition, scenario) = defined(model, condition, |_, _| {})?;
    let Node::Compare(left, rest) = &model.expr(condition).node else { return None };
    let [(how, right)] = rest.as_slice() else { return None };
    let (left, right) = ((*left, scenario), (*right, scenario));
    if is_certain(model, right, certain) {
        return line(model, left, certain).map(|line| Source::Chance(line, *how, right));
    }
    if is_certain(model, left, certain) {
        return line(model, right, certain).map(|line| Source::Chance(line, how.mirrored(), left));
    }
    None
}

/// How far names and sums are followed; what is farther from its draw is left to samples.
const FARTHEST: usize = 64;

/// The expression behind a name, and the scenario it is read under.
fn defined(model: &Model, mut at: Read, mut passed: impl FnMut(CellId, ExprId)) -> Option<Read> {
    for _ in 0..FARTHEST {
        let node = &model.expr(at.0).node;
        let (cell, scenario) = if let Node::Cell(cell) = node {
            (*cell, at.1)
        } else if let Node::Base(cell, parent) = node {
            (*cell, *parent)
        } else {
            return Some(at);
        };
        let Content::Computed(expr) = model.content(cell, scenario) else { return None };
        passed(cell, expr);
        at = (expr, scenario);
    }
    None
}

fn line<'m>(model: &'m Model, x: Read, certain: &mut Certain) -> Option<Line<'m>> {
    let mut turns = Vec::new();
    let mut at = x;
    for _ in 0..FARTHEST {
        at = defined(model, at, |cell, expr| turns.push(Turn::Defined(cell, expr)))?;
        let scenario = at.1;
        let node = &model.expr(at.0).node;
        if let Node::Draw(draw) = node {
            turns.reverse();
            return Some(Line { draw, scenario, turns });
        } else if let Node::Scale(inner, by) = node {
            turns.push(Turn::Scaled(*by));
            at.0 = *inner;
        } else if let Node::Negate(inner) = node {
            turns.push(Turn::Scaled(-1.0));
            at.0 = *inner;
        } else if let Node::Growing { value, rate, per } = node {
            let rate = (*rate, scenario);
            if !is_certain(model, rate, certain) {
                return None;
            }
            turns.push(Turn::Grown { rate, per: *per });
            at.0 = *value;
        } else if let Node::Sum(first, rest) = node {
            let parts = [(Sign::Plus, *first)].into_iter().chain(rest.iter().copied());
            let (sign, drawn, others) = only_drawn(model, parts, scenario, certain)?;
            turns.extend(others.into_iter().rev().map(|(sign, other)| Turn::Plus(sign, other)));
            turns.push(Turn::Scaled(of_sign(sign)));
            at.0 = drawn;
        } else if let Node::Product(first, rest) = node {
            let parts = [(Factor::Times, *first)].into_iter().chain(rest.iter().copied());
            let (Factor::Times, drawn, others) = only_drawn(model, parts, scenario, certain)? else { return None };
            turns.extend(others.into_iter().rev().map(|(side, other)| Turn::Times(side, other)));
            at.0 = drawn;
        } else {
            return None;
        }
    }
    None
}

/// Of a sum or product the side and expression of the one part that is drawn, and the others, which are certain.
type OnlyDrawn<S> = (S, ExprId, Vec<(S, Read)>);

fn only_drawn<S>(
    model: &Model,
    parts: impl Iterator<Item = (S, ExprId)>,
    scenario: Option<ScenarioId>,
    certain: &mut Certain,
) -> Option<OnlyDrawn<S>> {
    let (mut drawn, mut others) = (None, Vec::new());
    for (side, part) in parts {
        if is_certain(model, (part, scenario), certain) {
            others.push((side, (part, scenario)));
        } else if drawn.is_none() {
            drawn = Some((side, part));
        } else {
            return None;
        }
    }
    drawn.map(|(side, part)| (side, part, others))
}

/// Whether no draw has a part in an expression.
fn is_certain(model: &Model, root: Read, certain: &mut Certain) -> bool {
    let (mut seen, mut open) = (Certain::from_iter([root]), vec![root]);
    while let Some((id, scenario)) = open.pop() {
        if certain.contains(&(id, scenario)) {
            continue;
        }
        let mut add = |read: Read| if seen.insert(read) { open.push(read) };
        let node = &model.expr(id).node;
        if let Node::Draw(_) = node {
            return false;
        } else if let Node::Cell(cell) | Node::Opened(cell) = node {
            computed(model, *cell, scenario).into_iter().for_each(&mut add);
        } else if let Node::Base(cell, parent) = node {
            computed(model, *cell, *parent).into_iter().for_each(&mut add);
        } else if let Node::Lookup(table, _) | Node::Cohorts { curve: table, .. } = node {
            values(model, *table).for_each(|value| add((value, scenario)));
        }
        // What looks across samples is one figure for all of them.
        if !matches!(node, Node::AcrossSamples(..)) {
            children(node, &mut |child| add((child, scenario)));
        }
    }
    certain.extend(seen);
    true
}

fn computed(model: &Model, cell: CellId, scenario: Option<ScenarioId>) -> Option<Read> {
    match model.content(cell, scenario) {
        Content::Computed(expr) => Some((expr, scenario)),
        // A table is looked through where it is read.
        Content::Table(_) | Content::Reference(_) | Content::Text | Content::Missing => None,
    }
}

fn values(model: &Model, table: TableId) -> impl Iterator<Item = ExprId> + '_ {
    model.table(table).bands.iter().flat_map(|band| [band.value].into_iter().chain(band.flat))
}
