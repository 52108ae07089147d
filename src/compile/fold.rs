//! Folds: what is known before a run, so that the branch nobody takes and the factor that changes nothing cost nothing.

use super::What;
use super::graph::NodeId;
use super::lowering::{Lowering, Mode};
use crate::check::model::{ExprId, Node, ScenarioId, Shape};
use crate::tape::{Code, Relation};

impl Lowering<'_> {
    /// A branch. Where its condition is known, only what is taken is computed.
    pub(super) fn branch(&mut self, parts: [ExprId; 3], scenario: Option<ScenarioId>, mode: Mode) -> NodeId {
        if let Some(settled) = self.settled(parts, scenario, mode) {
            return settled;
        }
        let args = parts.map(|part| self.need_as(What::Expr(part), scenario, mode));
        self.op(Code::If, &[], &args)
    }

    /// Of a branch whose condition is known, what is taken.
    pub(super) fn settled(&mut self, parts: [ExprId; 3], scenario: Option<ScenarioId>, mode: Mode) -> Option<NodeId> {
        let [condition, yes, no] = parts;
        if !self.may_be_known(condition) {
            return None;
        }
        let known = self.need_as(What::Expr(condition), scenario, mode);
        if self.is_waiting() {
            return Some(known);
        }
        let holds = self.known(known)?;
        Some(self.need_as(What::Expr(if holds == 0.0 { no } else { yes }), scenario, mode))
    }

    /// Factors and divisors in a row. One that is known to be 1 changes no bit of the others, and is left out.
    pub(super) fn product(&mut self, sides: &[f64], args: &[NodeId]) -> NodeId {
        if self.is_waiting() {
            return self.op(Code::Product, sides, args);
        }
        let told = |(at, arg): &(usize, &NodeId)| *at == 0 || self.known(**arg) != Some(1.0);
        let kept: Vec<(usize, &NodeId)> = args.iter().enumerate().filter(told).collect();
        if let [(_, only)] = kept.as_slice() {
            return **only;
        }
        let sides: Vec<f64> = kept.iter().filter_map(|(at, _)| sides.get(*at).copied()).collect();
        let args: Vec<NodeId> = kept.iter().map(|(_, arg)| **arg).collect();
        self.op(Code::Product, &sides, &args)
    }

    /// `and`, `or`, `not`
    pub(super) fn joined(&mut self, code: Code, xs: &[ExprId], scenario: Option<ScenarioId>) -> NodeId {
        let args = self.all(xs.iter().copied(), scenario);
        self.condition(code, &[], &args)
    }

    /// A comparison, or conditions joined; where what is known decides, the answer.
    pub(super) fn condition(&mut self, code: Code, relations: &[f64], args: &[NodeId]) -> NodeId {
        if self.is_waiting() {
            return self.op(code, relations, args);
        }
        let values: Vec<Option<f64>> = args.iter().map(|arg| self.known(*arg)).collect();
        match decided(code, relations, &values) {
            Some(holds) => self.number(f64::from(u8::from(holds))),
            None => self.op(code, relations, args),
        }
    }

    /// A condition that stays the same, or of which a part does: that one may decide alone.
    fn may_be_known(&self, condition: ExprId) -> bool {
        let stays = |id: ExprId| self.model.expr(id).shape == Shape::Constant;
        if let Node::All(parts) | Node::Any(parts) = &self.model.expr(condition).node {
            return parts.iter().any(|part| stays(*part));
        }
        stays(condition)
    }
}

/// What follows from the values that are known.
fn decided(code: Code, relations: &[f64], values: &[Option<f64>]) -> Option<bool> {
    let is = |wanted: bool| move |value: &Option<f64>| value.is_some_and(|value| (value != 0.0) == wanted);
    let deciding = code == Code::Any;
    if matches!(code, Code::All | Code::Any) && values.iter().any(is(deciding)) {
        return Some(deciding);
    }
    let values: Vec<f64> = values.iter().copied().collect::<Option<_>>()?;
    let mut pairs = values.iter().zip(values.iter().skip(1)).zip(relations);
    if code == Code::Not {
        return Some(values.iter().all(|value| *value == 0.0));
    }
    // Of conditions all are known now, and none has decided.
    let joined = matches!(code, Code::All | Code::Any);
    Some(if joined { !deciding } else { pairs.all(|((a, b), relation)| Relation::from_number(*relation).holds(*a, *b)) })
}
