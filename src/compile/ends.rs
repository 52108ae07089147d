//! What of a figure is, over a span, as it stands at the end.

use super::What;
use super::lowering::{Key, Lowering, Mode, Seen};
use super::span::ProductWay;
use crate::check::model::{Content, ExprId, Factor, Function, Node, ScenarioId, Type};

impl Lowering<'_> {
    /// Whether anything that an expression takes from a span is computed in its last step alone. What is given is none of
    /// that: it stands there whatever a condition says. Each thing is looked at once, without recursion.
    pub(super) fn ends(&mut self, expr: ExprId, scenario: Option<ScenarioId>) -> bool {
        let none = (What::Expr(expr), scenario);
        let mut path: Vec<(Seen, Vec<Seen>)> = vec![(none, vec![none])];
        while let Some((thing, parts)) = path.last_mut() {
            let Some(next) = parts.pop() else {
                self.ending.entry(*thing).or_insert(false);
                path.pop();
                continue;
            };
            let next = self.usual(next);
            let ends = match self.ending.get(&next) {
                Some(known) => *known,
                None => match self.parts_over(next) {
                    Some(parts) => {
                        self.ending.insert(next, false);
                        path.push((next, parts));
                        false
                    }
                    None => true,
                },
            };
            if ends {
                // Whatever leads to an end takes it over.
                self.ending.extend(path.iter().map(|(thing, _)| (*thing, true)).chain([(next, true)]));
                return true;
            }
        }
        false
    }

    /// A definition that a scenario leaves alone is looked at once.
    fn usual(&mut self, (what, scenario): Seen) -> Seen {
        let key = self.canonical(Key { what, scenario, mode: Mode::Plain });
        (key.what, key.scenario)
    }

    /// What is asked over the span in turn; nothing where a thing is as it stands at the end.
    fn parts_over(&self, (what, scenario): Seen) -> Option<Vec<Seen>> {
        let id = match what {
            What::Expr(expr) => expr,
            What::Cell(cell) => match self.model.content(cell, scenario) {
                Content::Computed(expr) if !self.is_flow(expr) && self.opened.opens_itself(self.model, cell, scenario) => return None,
                Content::Computed(expr) => expr,
                Content::Table(_) | Content::Reference(_) | Content::Text | Content::Missing => return Some(vec![]),
            },
        };
        let expr = self.model.expr(id);
        if let Node::Cell(cell) = expr.node {
            return Some(vec![(What::Cell(cell), scenario)]);
        }
        if let Node::Base(cell, parent) = expr.node {
            return Some(vec![(What::Cell(cell), parent)]);
        }
        if self.is_flow(id) || self.is_constant(id) || self.is_input(id) {
            return Some(vec![]);
        }
        if expr.ty != Type::Number {
            return None;
        }
        let parts = match &expr.node {
            Node::If(_, yes, no) => vec![*yes, *no],
            Node::Scale(x, _) if self.is_flow(*x) => return None,
            Node::Scale(x, _) | Node::Negate(x) => vec![*x],
            Node::Sum(first, rest) => [*first].into_iter().chain(rest.iter().map(|(_, x)| *x)).collect(),
            Node::Product(first, rest) => match self.product_way(id, *first, rest, scenario) {
                ProductWay::Quotient => vec![],
                ProductWay::Amount => rest.iter().filter(|(factor, _)| *factor == Factor::Over).map(|(_, x)| *x).collect(),
                ProductWay::Again => [*first].into_iter().chain(rest.iter().map(|(_, x)| *x)).collect(),
                ProductWay::AtEnd => return None,
            },
            Node::Power(x, exponent) if self.is_constant(*exponent) => vec![*x],
            Node::Weighted(pairs) if self.weighs_flows(pairs) => vec![],
            Node::Call(Function::Ceil | Function::Floor | Function::Round, _) => return None,
            Node::Call(_, xs) | Node::Otherwise(xs) | Node::Across(_, xs) => xs.clone(),
            Node::Opened(_) | Node::Opening { .. } | Node::Change { .. } => vec![],
            Node::Number(_) | Node::Blank(_) | Node::Cell(_) | Node::Base(..) | Node::Power(..) => return None,
            Node::Growing { .. } | Node::Accumulate { .. } => return None,
            Node::Delay { .. } | Node::Cohorts { .. } | Node::OverTime(..) | Node::Span(..) | Node::At(..) => return None,
            Node::Time | Node::Period | Node::After(_) | Node::Lookup(..) | Node::Steps(_) | Node::Linear(_) | Node::List(_) => return None,
            Node::Weighted(_) | Node::AcrossSamples(..) | Node::Draw(_) | Node::ZeroRate(_) | Node::Turn(_) => return None,
            Node::Compare(..) | Node::All(_) | Node::Any(_) | Node::Not(_) => return None,
        };
        Some(parts.into_iter().map(|part| (What::Expr(part), scenario)).collect())
    }
}
