//! What stands behind a value: a call, an index, a table's rows, growth, conversion.

use super::{Builder, Operand};
use crate::syntax::ast::{Argument, ExprId, ExprNode, Name};
use crate::syntax::grammar::Rule;
use crate::syntax::mistakes::expressions::{self, Keys};
use crate::text::Span;
use pest::iterators::Pair;

#[allow(clippy::wildcard_enum_match_arm, reason = "the rules are pest's, and a rule has few children")]
impl Builder<'_> {
    pub(super) fn postfix(&mut self, left: Operand, pair: Pair<'_, Rule>) -> Operand {
        let outer = left.outer.join(self.span(&pair));
        let id = match pair.as_rule() {
            Rule::call => self.call(left, pair, outer),
            Rule::index => {
                let index = self.inner(pair);
                self.push(outer, ExprNode::Index(left.id, index), &[left.id, index])
            }
            Rule::table => self.formless(pair, outer),
            Rule::growing => {
                let (rate, since) = self.rate(pair);
                let children: Vec<ExprId> = [left.id, rate].into_iter().chain(since).collect();
                self.push(outer, ExprNode::Growing(left.id, rate, since), &children)
            }
            _ => self.conversion(left, pair, outer),
        };
        Operand { id, outer }
    }

    /// `x in USD`
    fn conversion(&mut self, left: Operand, pair: Pair<'_, Rule>, outer: Span) -> ExprId {
        match pair.into_inner().find(|part| part.as_rule() == Rule::name) {
            Some(name) => {
                let name = self.name(&name);
                self.push(outer, ExprNode::In(left.id, name), &[left.id])
            }
            None => self.broken(outer),
        }
    }

    /// The rate behind `growing`, and the date from which: operands with their own signs, calls and indices.
    fn rate(&mut self, pair: Pair<'_, Rule>) -> (ExprId, Option<ExprId>) {
        let span = self.span(&pair);
        let parts: Vec<Pair<'_, Rule>> = pair.into_inner().filter(|part| part.as_rule() == Rule::rate).collect();
        let mut operands = parts.into_iter().map(|part| {
            let span = self.span(&part);
            self.fold(part.into_inner(), span).id
        });
        let (rate, since) = (operands.next(), operands.next());
        drop(operands);
        (rate.unwrap_or_else(|| self.broken(span)), since)
    }

    fn call(&mut self, left: Operand, pair: Pair<'_, Rule>, outer: Span) -> ExprId {
        let brackets = self.span(&pair);
        let arguments: Vec<Argument> = pair.into_inner().map(|argument| self.argument(argument)).collect();
        if !self.is_callable(left) {
            let several = arguments.len() > 1 || arguments.first().is_some_and(|argument| argument.name.is_some());
            let opening = self.whole(Span::new(brackets.start, brackets.start + 1));
            let (value, place) = (self.told.at(left.outer), self.told.at(opening));
            self.told.push(expressions::not_callable(place, value, !several && !arguments.is_empty()));
            return self.broken(outer);
        }
        let children: Vec<ExprId> = std::iter::once(left.id).chain(arguments.iter().map(|argument| argument.value)).collect();
        self.listed(outer, arguments.len(), ExprNode::Call { callee: left.id, arguments }, &children)
    }

    /// Whether brackets behind an expression call it: a name, a table, what a call or an index gives.
    fn is_callable(&self, left: Operand) -> bool {
        self.exprs.get(left.id.0 as usize).is_some_and(|expr| match &expr.node {
            ExprNode::Path(_) | ExprNode::Table { .. } => expr.span == left.outer,
            ExprNode::Call { .. } | ExprNode::Index(..) | ExprNode::Broken => true,
            ExprNode::Number(_)
            | ExprNode::Date(_)
            | ExprNode::Text(_)
            | ExprNode::Flag(_)
            | ExprNode::Negate(_)
            | ExprNode::Not(_)
            | ExprNode::Chain { .. }
            | ExprNode::Compare { .. }
            | ExprNode::Power(..)
            | ExprNode::To(..)
            | ExprNode::If { .. }
            | ExprNode::Growing(..)
            | ExprNode::In(..)
            | ExprNode::List(_) => false,
        })
    }

    fn argument(&mut self, pair: Pair<'_, Rule>) -> Argument {
        let span = self.span(&pair);
        let mut name = None;
        let mut value = None;
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::label => name = Some(self.name(&part)),
                _ => value = Some(self.expression(part)),
            }
        }
        Argument { name, value: value.unwrap_or_else(|| self.broken(span)) }
    }

    /// `graduated { … }`
    pub(super) fn table(&mut self, form: &Pair<'_, Rule>, rows: Pair<'_, Rule>, outer: Span) -> ExprId {
        let form = self.path(form);
        let (rows, children) = self.rows(rows);
        match <[Name; 1]>::try_from(form.names) {
            Ok([form]) => self.listed(outer, rows.len(), ExprNode::Table { form, rows }, &children),
            Err(_) => {
                self.told.tell(|at| expressions::table_without_form(at, Keys::Others), form.span);
                self.broken(outer)
            }
        }
    }

    /// Braces behind something that is no word.
    fn formless(&mut self, pair: Pair<'_, Rule>, outer: Span) -> ExprId {
        let brace = self.span(&pair).start;
        self.rows(pair);
        self.told.tell(|at| expressions::table_without_form(at, Keys::Others), self.whole(Span::new(brace, brace + 1)));
        self.broken(outer)
    }

    /// What the keys of a table's rows are.
    pub(super) fn keys_of(&mut self, pair: Pair<'_, Rule>) -> Keys {
        let (rows, _) = self.rows(pair);
        let is_date = |id: ExprId| self.exprs.get(id.0 as usize).is_some_and(|expr| matches!(expr.node, ExprNode::Date(_)));
        let dated = !rows.is_empty() && rows.iter().all(|row| row.key.is_some_and(is_date));
        if dated { Keys::Dates } else { Keys::Others }
    }
}
