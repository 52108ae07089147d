//! Build: what pest found → the tree, without a word of pest left in it.

mod expression;
mod goal;
mod item;
mod head;
mod line;
mod literal;
mod operator;
mod postfix;
mod salvaged;

use super::ast::{Definition, Expr, ExprId, ExprNode, File, Item};
use super::form::Place;
use super::grammar::{Grammar, Rule};
use super::layout::{Entry, Layout};
use super::limits::DEEPEST;
use super::mistakes::Told;
use crate::text::{Source, Span};
use pest::Parser;
use pest::iterators::Pair;

/// What grows while a file is read.
pub(super) struct Builder<'s> {
    pub source: &'s Source,
    /// The text without comments, byte for byte.
    pub masked: &'s str,
    pub told: Told,
    exprs: Vec<Expr>,
    /// How deep the tree is below each expression.
    depths: Vec<u16>,
    /// Where the text given to pest begins.
    base: u32,
    /// An item is refused for its depth once.
    told_deep: bool,
    /// What the lines in hand stand in.
    pub place: Place,
}

/// An expression, and where it stands with its brackets.
#[derive(Clone, Copy, Debug)]
struct Operand {
    id: ExprId,
    outer: Span,
}

/// Builds the tree of a file.
pub(super) fn file(source: &Source, layout: Layout) -> (File, Told) {
    let Layout { masked, entries, told, .. } = layout;
    let mut builder = Builder::new(source, &masked, told);
    let items = builder.items(&entries, Place::File);
    builder.finish(items)
}

impl<'s> Builder<'s> {
    pub fn new(source: &'s Source, masked: &'s str, told: Told) -> Self {
        Self { source, masked, told, exprs: Vec::new(), depths: Vec::new(), base: 0, told_deep: false, place: Place::File }
    }

    /// The tree and the mistakes.
    pub fn finish(self, items: Vec<Item>) -> (File, Told) {
        (File { id: self.source.id, items, exprs: self.exprs }, self.told)
    }

    /// Parses a line by its rule; the byte at which it stops fitting if it does not.
    pub fn parse(&mut self, rule: Rule, span: Span) -> Result<Pair<'s, Rule>, u32> {
        self.base = span.start;
        self.told_deep = false;
        let text = self.masked.get(span.range()).unwrap_or("");
        match Grammar::parse(rule, text) {
            // A rule without a name of its own gives its children; the first of them is the line.
            Ok(mut pairs) => pairs.next().ok_or(span.start),
            Err(error) => Err(span.start + position(&error) as u32),
        }
    }

    /// Where a pair stands in the file, without the blanks that were passed over in looking for more of it.
    fn span(&self, pair: &Pair<'_, Rule>) -> Span {
        let start = self.base + pair.as_span().start() as u32;
        self.whole(Span::new(start, start + pair.as_str().trim_end().len() as u32))
    }

    /// A span that cuts no character: a wide sign that was read as a plain one is longer than that.
    pub fn whole(&self, span: Span) -> Span {
        let text = self.source.text.as_str();
        let (mut start, mut end) = (span.start, span.end);
        while start > 0 && !text.is_char_boundary(start as usize) {
            start -= 1;
        }
        while (end as usize) < text.len() && !text.is_char_boundary(end as usize) {
            end += 1;
        }
        Span::new(start, end)
    }

    /// Adds an expression to the arena, unless it would stand too deep.
    fn push(&mut self, span: Span, node: ExprNode, children: &[ExprId]) -> ExprId {
        let below = children.iter().filter_map(|child| self.depths.get(child.0 as usize)).max();
        let depth = below.map_or(0, |below| below + 1);
        if usize::from(depth) > DEEPEST {
            if !std::mem::replace(&mut self.told_deep, true) {
                self.told.tell(super::mistakes::limits::too_deep, span);
            }
            return self.broken(span);
        }
        self.add(span, node, depth)
    }

    fn add(&mut self, span: Span, node: ExprNode, depth: u16) -> ExprId {
        let id = ExprId(self.exprs.len() as u32);
        self.exprs.push(Expr { span, node });
        self.depths.push(depth);
        id
    }

    /// An expression about which a mistake has been told.
    fn broken(&mut self, span: Span) -> ExprId {
        self.add(span, ExprNode::Broken, 0)
    }
}

/// The byte that a parse did not get past.
fn position(error: &pest::error::Error<Rule>) -> usize {
    match error.location {
        pest::error::InputLocation::Pos(at) | pest::error::InputLocation::Span((at, _)) => at,
    }
}

/// Whether an entry is worth parsing.
fn is_sound(entry: &Entry) -> bool {
    entry.health == super::layout::Health::Sound
}

impl Builder<'_> {
    /// A text that is one expression.
    pub fn single_expression(&mut self, entry: &Entry) -> Option<ExprId> {
        is_sound(entry).then(|| self.only_expression(entry.head))
    }

    /// A text that is one definition with a value; its path may be dotted.
    pub fn single_definition(&mut self, entry: &Entry) -> Option<Definition> {
        if !is_sound(entry) {
            return None;
        }
        let definition = self.definition(entry, Rule::definition_line)?;
        if definition.value.is_none() {
            let text = self.source.slice(definition.path.span);
            self.told.tell(|at| super::mistakes::declarations::no_value(at, text), entry.head);
        }
        Some(definition)
    }
}
