//! Inputs: definitions that stand for themselves, and that a run may scale.

use super::What;
use super::graph::NodeId;
use super::lowering::Lowering;
use crate::check::model::{CellId, ExprId, Node, ScenarioId, Type};
use crate::tape::{Code, InputId};

impl Lowering<'_> {
    /// Whether the right side of a definition, of the model itself or of a scenario, is an input: a literal or a draw,
    /// growing or not, or a table of them over dates.
    pub(super) fn is_input(&self, expr: ExprId) -> bool {
        self.model.expr(expr).ty == Type::Number && self.stands_alone(expr)
    }

    fn stands_alone(&self, expr: ExprId) -> bool {
        let node = &self.model.expr(expr).node;
        if let Node::Growing { value, .. } = node {
            self.is_given(*value)
        } else if let Node::Steps(rows) | Node::Linear(rows) = node {
            rows.iter().all(|(_, value)| self.is_given(*value))
        } else if let Node::List(values) = node {
            values.iter().all(|value| self.is_given(*value))
        } else {
            self.is_given(expr)
        }
    }

    fn is_given(&self, mut expr: ExprId) -> bool {
        while let Node::Scale(inner, _) | Node::Negate(inner) = self.model.expr(expr).node {
            expr = inner;
        }
        matches!(self.model.expr(expr).node, Node::Number(_) | Node::Draw(_))
    }

    /// An input in each step; under every scenario a definition is the same input. Of what grows the start is scaled, which costs one value instead of a series.
    pub(super) fn input(&mut self, cell: CellId, expr: ExprId, scenario: Option<ScenarioId>) -> NodeId {
        let input = self.input_of(cell);
        let Node::Growing { value, rate, per } = self.model.expr(expr).node else {
            return self.scaled(expr, input, scenario);
        };
        let start = self.scaled(value, input, scenario);
        let growth = self.growth(rate, per, scenario);
        self.op(Code::Product, &[1.0, 1.0], &[start, growth])
    }

    /// What a run multiplies an input by.
    pub(super) fn factor(&mut self, cell: CellId) -> NodeId {
        let input = self.input_of(cell);
        let one = self.number(1.0);
        self.op(Code::Input, &[f64::from(input.0)], &[one])
    }

    fn input_of(&mut self, cell: CellId) -> InputId {
        let next = InputId(self.inputs.len() as u32);
        *self.inputs.entry(cell).or_insert(next)
    }

    fn scaled(&mut self, value: ExprId, input: InputId, scenario: Option<ScenarioId>) -> NodeId {
        let value = self.need(What::Expr(value), scenario);
        self.op(Code::Input, &[f64::from(input.0)], &[value])
    }
}
