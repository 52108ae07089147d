//! Operators: a flat list of operands becomes a tree by who binds tighter, without recursion.

use super::{Builder, Operand};
use crate::syntax::ast::{Comparison, ExprId, ExprNode, Operator};
use crate::syntax::grammar::Rule;
use crate::syntax::limits::LONGEST_CHAIN;
use crate::syntax::mistakes::{expressions, limits};
use crate::text::Span;

/// How tightly an operator binds, loosest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Otherwise,
    Or,
    And,
    Not,
    Compare,
    To,
    Sum,
    Product,
    Negate,
    Power,
}

/// An operator between two operands.
#[derive(Clone, Copy, Debug)]
pub(super) enum Infix {
    Chain(Operator),
    Compare(Comparison),
    To,
    Power,
}

/// The operands and operators read so far that still wait for what follows.
#[derive(Default)]
pub(super) struct Waiting {
    frames: Vec<Frame>,
}

/// An operator that waits for its right side.
struct Frame {
    level: Level,
    start: u32,
    left: Left,
}

/// What stands left of it.
enum Left {
    Nothing,
    One(ExprId),
    Chain { first: ExprId, rest: Vec<(Operator, ExprId)>, next: Operator },
    Compare { first: ExprId, rest: Vec<(Comparison, ExprId)>, next: Comparison },
}

/// The operator of a rule; none for an operand.
#[allow(clippy::wildcard_enum_match_arm, reason = "the rules are pest's; the others are operands")]
pub(super) fn infix(rule: Rule) -> Option<Infix> {
    Some(match rule {
        Rule::kw_otherwise => Infix::Chain(Operator::Otherwise),
        Rule::kw_or => Infix::Chain(Operator::Or),
        Rule::kw_and => Infix::Chain(Operator::And),
        Rule::plus => Infix::Chain(Operator::Add),
        Rule::minus => Infix::Chain(Operator::Subtract),
        Rule::times => Infix::Chain(Operator::Multiply),
        Rule::divide => Infix::Chain(Operator::Divide),
        Rule::less => Infix::Compare(Comparison::Less),
        Rule::at_most => Infix::Compare(Comparison::AtMost),
        Rule::more => Infix::Compare(Comparison::More),
        Rule::at_least => Infix::Compare(Comparison::AtLeast),
        Rule::equal => Infix::Compare(Comparison::Equal),
        Rule::unequal => Infix::Compare(Comparison::Unequal),
        Rule::kw_to => Infix::To,
        Rule::power => Infix::Power,
        _ => return None,
    })
}

impl Infix {
    fn level(self) -> Level {
        match self {
            Self::Chain(Operator::Otherwise) => Level::Otherwise,
            Self::Chain(Operator::Or) => Level::Or,
            Self::Chain(Operator::And) => Level::And,
            Self::Chain(Operator::Add | Operator::Subtract) => Level::Sum,
            Self::Chain(Operator::Multiply | Operator::Divide) => Level::Product,
            Self::Compare(_) => Level::Compare,
            Self::To => Level::To,
            Self::Power => Level::Power,
        }
    }
}

impl Builder<'_> {
    /// `-` or `not` before an operand.
    pub(super) fn prefix(&mut self, waiting: &mut Waiting, rule: Rule, span: Span) {
        let level = if rule == Rule::kw_not { Level::Not } else { Level::Negate };
        if level == Level::Not && waiting.frames.last().is_some_and(|frame| frame.level > Level::Not) {
            self.told.tell(expressions::not_inside, span);
        }
        waiting.frames.push(Frame { level, start: span.start, left: Left::Nothing });
    }

    /// An operator behind an operand: what binds tighter before it is complete.
    pub(super) fn infix(&mut self, waiting: &mut Waiting, left: Operand, infix: Infix, span: Span) {
        let level = infix.level();
        let mut left = left;
        while let Some(frame) = waiting.frames.pop_if(|frame| frame.level > level) {
            left = self.close(frame, left);
        }
        let same = waiting.frames.last_mut().filter(|frame| frame.level == level);
        match (same.map(|frame| &mut frame.left), infix) {
            (Some(Left::Chain { rest, next, .. }), Infix::Chain(operator)) => {
                rest.push((std::mem::replace(next, operator), left.id));
                return;
            }
            (Some(Left::Compare { rest, next, .. }), Infix::Compare(comparison)) => {
                rest.push((std::mem::replace(next, comparison), left.id));
                return;
            }
            (Some(_), Infix::To) => self.told.tell(expressions::three_ends, span),
            (Some(_), Infix::Power | Infix::Chain(_) | Infix::Compare(_)) | (None, _) => {}
        }
        let first = left.id;
        let waits = match infix {
            Infix::Chain(next) => Left::Chain { first, rest: Vec::new(), next },
            Infix::Compare(next) => Left::Compare { first, rest: Vec::new(), next },
            Infix::To | Infix::Power => Left::One(first),
        };
        waiting.frames.push(Frame { level, start: left.outer.start, left: waits });
    }

    /// The last operand was read: everything is complete.
    pub(super) fn complete(&mut self, waiting: Waiting, last: Operand) -> Operand {
        waiting.frames.into_iter().rev().fold(last, |right, frame| self.close(frame, right))
    }

    fn close(&mut self, frame: Frame, right: Operand) -> Operand {
        let span = Span::new(frame.start, right.outer.end);
        let id = match frame.left {
            Left::Nothing if frame.level == Level::Not => self.push(span, ExprNode::Not(right.id), &[right.id]),
            Left::Nothing => self.push(span, ExprNode::Negate(right.id), &[right.id]),
            Left::One(left) if frame.level == Level::To => self.push(span, ExprNode::To(left, right.id), &[left, right.id]),
            Left::One(left) => self.push(span, ExprNode::Power(left, right.id), &[left, right.id]),
            Left::Chain { first, mut rest, next } => {
                rest.push((next, right.id));
                let children = children(first, rest.iter().map(|(_, id)| *id));
                self.chain(span, ExprNode::Chain { first, rest }, &children)
            }
            Left::Compare { first, mut rest, next } => {
                rest.push((next, right.id));
                let children = children(first, rest.iter().map(|(_, id)| *id));
                self.chain(span, ExprNode::Compare { first, rest }, &children)
            }
        };
        Operand { id, outer: span }
    }

    fn chain(&mut self, span: Span, node: ExprNode, children: &[ExprId]) -> ExprId {
        if children.len() > LONGEST_CHAIN {
            self.told.tell(|at| limits::chain_too_long(at, children.len()), span);
            return self.broken(span);
        }
        self.push(span, node, children)
    }
}

fn children(first: ExprId, rest: impl Iterator<Item = ExprId>) -> Vec<ExprId> {
    std::iter::once(first).chain(rest).collect()
}
