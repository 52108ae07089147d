//! Expressions that read other steps: openings, levels, delays, cohorts, growth, dates.

use super::What;
use super::graph::NodeId;
use super::lower::{Lowering, Mode};
use crate::check::model::{CellId, Content, ExprId, Node, ScenarioId, Shape, TableId};
use crate::tape::{Blank, Code};

impl Lowering<'_> {
    pub(super) fn through_time(&mut self, id: ExprId, scenario: Option<ScenarioId>) -> NodeId {
        match self.model.expr(id).node {
            Node::Opening { value, from } => self.simple(Code::Opening, &[], &[value, from], scenario),
            Node::Change { value, from } => {
                let opening = self.simple(Code::Opening, &[], &[value, from], scenario);
                let now = self.need(What::Expr(value), scenario);
                self.op(Code::Sum, &[1.0, -1.0], &[now, opening])
            }
            Node::Accumulate { flow, from } => self.simple(Code::Accumulate, &[], &[flow, from], scenario),
            Node::Delay { flow, by, order: 0, initial } => self.simple(Code::Delay, &[], &[flow, by, initial], scenario),
            Node::Delay { flow, by, order, initial } => {
                self.simple(Code::Smear, &[f64::from(order)], &[flow, by, initial], scenario)
            }
            Node::Cohorts { flow, curve } => self.cohorts(flow, curve, scenario),
            Node::At(value, date) => {
                let weight = if self.is_flow(value) { self.model.grid.period() } else { 1.0 };
                self.simple(Code::At, &[weight], &[value, date], scenario)
            }
            _ => self.op(Code::Blank, &[Blank::First.number()], &[]),
        }
    }

    /// By a curve that stays the same, the shares are computed once; else each cohort reads it as it joins.
    fn cohorts(&mut self, flow: ExprId, curve: TableId, scenario: Option<ScenarioId>) -> NodeId {
        let bands = &self.model.table(curve).bands;
        let parts = || bands.iter().flat_map(|band| [band.value].into_iter().chain(band.flat));
        let constant = parts().all(|part| self.model.expr(part).shape == Shape::Constant);
        let flow = self.need(What::Expr(flow), scenario);
        let (ages, values) = self.curve(curve, scenario);
        if constant {
            let shares = self.op(Code::Ages, &ages, &values);
            self.op(Code::Cohorts, &[], &[flow, shares])
        } else {
            let args: Vec<NodeId> = [flow].into_iter().chain(values).collect();
            self.op(Code::Vintages, &ages, &args)
        }
    }

    /// What a growing value is multiplied by.
    pub(super) fn growth(&mut self, rate: ExprId, per: f64, scenario: Option<ScenarioId>) -> NodeId {
        let code = match self.model.expr(rate).shape {
            Shape::Constant => Code::Compound,
            Shape::Series => Code::Stepwise,
        };
        self.simple(code, &[per], &[rate], scenario)
    }

    /// What a level opens with before the first step.
    pub(super) fn start(&mut self, cell: CellId, scenario: Option<ScenarioId>) -> NodeId {
        match self.model.content(cell, scenario) {
            Content::Computed(expr) => self.need_as(What::Expr(expr), scenario, Mode::Start),
            Content::Table(_) | Content::Reference(_) | Content::Text | Content::Missing => self.nothing(),
        }
    }

    /// `accumulate` opens with what it says, `cohorts` with nobody.
    pub(super) fn start_of(&mut self, expr: ExprId, scenario: Option<ScenarioId>) -> NodeId {
        match self.model.expr(expr).node {
            Node::Accumulate { from, .. } => self.need(What::Expr(from), scenario),
            Node::Cohorts { .. } => self.number(0.0),
            Node::Scale(inner, scale) => {
                let inner = self.need_as(What::Expr(inner), scenario, Mode::Start);
                self.op(Code::Scale, &[scale], &[inner])
            }
            _ => self.nothing(),
        }
    }

    fn nothing(&mut self) -> NodeId {
        self.op(Code::Blank, &[Blank::First.number()], &[])
    }
}
