//! Expressions that read other steps: openings, levels, delays, cohorts, growth, dates.

use super::What;
use super::graph::NodeId;
use super::lowering::{Lowering, Mode};
use crate::check::model::{CellId, Content, ExprId, Form, Node, ScenarioId, Shape, TableId};
use crate::tape::{Blank, Code};

impl Lowering<'_> {
    /// x less its opening.
    pub(super) fn change(&mut self, value: ExprId, from: ExprId, scenario: Option<ScenarioId>) -> NodeId {
        let opening = self.simple(Code::Opening, &[], &[value, from], scenario);
        let now = self.need(What::Expr(value), scenario);
        self.op(Code::Sum, &[1.0, -1.0], &[now, opening])
    }

    /// By a fixed time, or through stocks in a row; `args` are flow, time and initial flow.
    pub(super) fn delay(&mut self, order: u32, args: [ExprId; 3], scenario: Option<ScenarioId>) -> NodeId {
        match order {
            0 => self.simple(Code::Delay, &[], &args, scenario),
            _ => self.simple(Code::Smear, &[f64::from(order)], &args, scenario),
        }
    }

    /// In the step that holds a date; of a flow, its amount there.
    pub(super) fn at(&mut self, value: ExprId, date: ExprId, scenario: Option<ScenarioId>) -> NodeId {
        let weight = if self.is_flow(value) { self.model.grid.period() } else { 1.0 };
        self.simple(Code::At, &[weight], &[value, date], scenario)
    }

    /// A formula is computed at every age. By a curve that stays the same, the shares are computed once; else each cohort reads it as it joins.
    pub(super) fn cohorts(&mut self, flow: ExprId, curve: TableId, scenario: Option<ScenarioId>) -> NodeId {
        let bands = &self.model.table(curve).bands;
        if self.model.table(curve).form == Form::Formula {
            let args = self.all([flow].into_iter().chain(bands.iter().map(|band| band.value)), scenario);
            return self.op(Code::Cohorts, &[], &args);
        }
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
        let node = &self.model.expr(expr).node;
        if let Node::Accumulate { from, .. } = node {
            self.need(What::Expr(*from), scenario)
        } else if let Node::Cohorts { .. } = node {
            self.number(0.0)
        } else if let Node::Scale(inner, scale) = node {
            let inner = self.need_as(What::Expr(*inner), scenario, Mode::Start);
            self.op(Code::Scale, &[*scale], &[inner])
        } else {
            self.nothing()
        }
    }

    fn nothing(&mut self) -> NodeId {
        self.op(Code::Blank, &[Blank::First.number()], &[])
    }
}
