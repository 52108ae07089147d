//! Folds: conditions over figures that are known, so that the branch nobody takes costs nothing.

use super::What;
use super::graph::NodeId;
use super::lower::{Lowering, Mode};
use crate::check::model::{ExprId, ScenarioId, Shape};
use crate::tape::{Code, Relation};

impl Lowering<'_> {
    /// A branch. Where its condition is known, only what is taken is computed.
    pub(super) fn branch(&mut self, parts: [ExprId; 3], scenario: Option<ScenarioId>, mode: Mode) -> NodeId {
        let [condition, yes, no] = parts;
        if self.model.expr(condition).shape == Shape::Constant {
            let known = self.need_as(What::Expr(condition), scenario, mode);
            if self.is_waiting() {
                return known;
            }
            if let Some(holds) = self.known(known) {
                return self.need_as(What::Expr(if holds == 0.0 { no } else { yes }), scenario, mode);
            }
        }
        let args = parts.map(|part| self.need_as(What::Expr(part), scenario, mode));
        self.op(Code::If, &[], &args)
    }

    /// `and`, `or`, `not`
    pub(super) fn joined(&mut self, code: Code, xs: &[ExprId], scenario: Option<ScenarioId>) -> NodeId {
        let args = self.all(xs.iter().copied(), scenario);
        self.condition(code, &[], &args)
    }

    /// A comparison, or conditions joined; of figures that are known, the answer.
    pub(super) fn condition(&mut self, code: Code, relations: &[f64], args: &[NodeId]) -> NodeId {
        if self.is_waiting() {
            return self.op(code, relations, args);
        }
        let known: Option<Vec<f64>> = args.iter().map(|arg| self.known(*arg)).collect();
        match known {
            Some(values) => self.number(f64::from(u8::from(holds(code, relations, &values)))),
            None => self.op(code, relations, args),
        }
    }
}

fn holds(code: Code, relations: &[f64], values: &[f64]) -> bool {
    let yes = |value: &f64| *value != 0.0;
    if code == Code::All {
        return values.iter().all(yes);
    }
    if code == Code::Any {
        return values.iter().any(yes);
    }
    if code == Code::Not {
        return !values.iter().any(yes);
    }
    let pairs = values.iter().zip(values.iter().skip(1));
    pairs.zip(relations).all(|((a, b), relation)| Relation::from_number(*relation).holds(*a, *b))
}
