//! Expressions: operands, conditions, lists and tables.

use super::operator::{Waiting, infix};
use super::{Builder, Operand};
use crate::syntax::ast::{ExprId, ExprNode, Row};
use crate::syntax::grammar::Rule;
use crate::syntax::limits::LONGEST_LIST;
use crate::syntax::mistakes::{expressions, limits};
use crate::text::Span;
use pest::iterators::{Pair, Pairs};

#[allow(clippy::wildcard_enum_match_arm, reason = "the rules are pest's, and a rule has few children")]
impl Builder<'_> {
    /// The expression of a rule `expression` or `bound`.
    pub(super) fn expression(&mut self, pair: Pair<'_, Rule>) -> ExprId {
        let span = self.span(&pair);
        self.fold(pair.into_inner(), span).id
    }

    /// The expression of a rule that holds one: `low = { kw_from ~ expression }`.
    pub(super) fn inner(&mut self, pair: Pair<'_, Rule>) -> ExprId {
        let span = self.span(&pair);
        match pair.into_inner().rfind(|part| matches!(part.as_rule(), Rule::expression | Rule::bound)) {
            Some(part) => self.expression(part),
            None => self.broken(span),
        }
    }

    /// A flat list of prefixes, operands, what stands behind them, and operators.
    pub(super) fn fold(&mut self, pairs: Pairs<'_, Rule>, whole: Span) -> Operand {
        let mut waiting = Waiting::default();
        let mut value: Option<Operand> = None;
        let mut pairs = pairs.peekable();
        while let Some(pair) = pairs.next() {
            let rule = pair.as_rule();
            let span = self.span(&pair);
            let form = rule == Rule::path && value.is_none();
            if let Some(rows) = pairs.next_if(|next| form && next.as_rule() == Rule::table) {
                let outer = span.join(self.span(&rows));
                value = Some(Operand { id: self.table(&pair, rows, outer), outer });
                continue;
            }
            value = match (value, infix(rule)) {
                (Some(left), Some(operator)) => {
                    self.infix(&mut waiting, left, operator, span);
                    None
                }
                (Some(left), None) => Some(self.postfix(left, pair)),
                (None, _) if matches!(rule, Rule::kw_not | Rule::negative) => {
                    self.prefix(&mut waiting, rule, span);
                    None
                }
                (None, _) => Some(Operand { id: self.primary(pair), outer: span }),
            };
        }
        // The grammar ends a list with an operand.
        let last = value.unwrap_or_else(|| Operand { id: self.broken(whole), outer: whole });
        self.complete(waiting, last)
    }

    fn primary(&mut self, pair: Pair<'_, Rule>) -> ExprId {
        let span = self.span(&pair);
        match pair.as_rule() {
            Rule::number => self.number(pair),
            Rule::date => self.date(&pair),
            Rule::path => {
                let path = self.path(&pair);
                self.push(span, ExprNode::Path(path), &[])
            }
            Rule::text => {
                let text = self.text(&pair).text;
                self.push(span, ExprNode::Text(text), &[])
            }
            Rule::kw_true => self.push(span, ExprNode::Flag(true), &[]),
            Rule::kw_false => self.push(span, ExprNode::Flag(false), &[]),
            Rule::conditional => self.conditional(pair, span),
            Rule::list => {
                let values: Vec<ExprId> = pair.into_inner().map(|value| self.expression(value)).collect();
                self.listed(span, values.len(), ExprNode::List(values.clone()), &values)
            }
            Rule::formless => {
                let keys = self.keys_of(pair);
                let brace = self.whole(Span::new(span.start, span.start + 1));
                self.told.tell(|at| expressions::table_without_form(at, keys), brace);
                self.broken(span)
            }
            _ => self.inner(pair),
        }
    }

    /// A node with as many parts as someone wrote.
    pub(super) fn listed(&mut self, span: Span, parts: usize, node: ExprNode, children: &[ExprId]) -> ExprId {
        if parts > LONGEST_LIST {
            self.told.tell(|at| limits::list_too_long(at, parts), span);
            return self.broken(span);
        }
        self.push(span, node, children)
    }

    /// `if c then a else if d then b else e`
    fn conditional(&mut self, pair: Pair<'_, Rule>, span: Span) -> ExprId {
        let parts = pair.into_inner().filter(|part| part.as_rule() == Rule::expression);
        let mut parts: Vec<ExprId> = parts.map(|part| self.expression(part)).collect();
        let children = parts.clone();
        let Some(otherwise) = parts.pop() else { return self.broken(span) };
        let pairs = parts.chunks_exact(2);
        let branches = pairs.filter_map(|pair| Some((*pair.first()?, *pair.last()?))).collect();
        self.listed(span, parts.len() / 2, ExprNode::If { branches, otherwise }, &children)
    }

    /// The rows of a table, and every expression in them.
    pub(super) fn rows(&mut self, pair: Pair<'_, Rule>) -> (Vec<Row>, Vec<ExprId>) {
        let mut children = Vec::new();
        let rows = pair.into_inner().map(|row| self.row(row, &mut children)).collect();
        (rows, children)
    }

    fn row(&mut self, pair: Pair<'_, Rule>, children: &mut Vec<ExprId>) -> Row {
        let span = self.span(&pair);
        let mut beyond = false;
        let mut parts = Vec::new();
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::kw_beyond => beyond = true,
                Rule::expression => parts.push(self.expression(part)),
                _ => {}
            }
        }
        children.extend(&parts);
        let mut parts = parts.into_iter();
        let key = if beyond { None } else { parts.next() };
        let value = parts.next().unwrap_or_else(|| self.broken(span));
        Row { span, key, value, plus: parts.next() }
    }
}
