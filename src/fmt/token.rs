//! Tokens: the words and signs of a line, numbers with their units whole, each with the blanks before it.

use super::outline::Lead;
use crate::syntax::ast::{ExprNode, File, Item, Node, Stated, StepNode};
use crate::syntax::tokens::{self, tokens};
use crate::syntax::{Comment, Parsed};
use crate::text::{Source, Span};
use std::borrow::Cow;
use foldhash::HashSet;
use unicode_width::UnicodeWidthStr;

/// A token as it is laid out.
#[derive(Clone, Debug)]
pub(super) struct Token<'s> {
    /// As written; of a number with a unit, with one blank between the two.
    pub text: Cow<'s, str>,
    pub span: Span,
    pub kind: Kind,
    /// Blanks before it, where it begins no line.
    pub gap: usize,
    /// Line breaks before it, as written.
    pub breaks: usize,
}

/// What a token is to the layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name, a number, a text: a value ends with it.
    Value,
    /// A word of the language.
    Word,
    /// An operator or another sign.
    Sign,
    /// `-` before its value.
    Minus,
    /// `(`, `[`, `{`
    Open,
    /// `)`, `]`, `}`
    Close,
    /// `,`
    Comma,
}

impl Token<'_> {
    pub fn is(&self, text: &str) -> bool {
        self.text == text
    }

    pub fn width(&self) -> usize {
        self.text.width()
    }
}

/// Reads the tokens of pieces.
pub(super) struct Reader<'s> {
    pub source: &'s Source,
    pub comments: &'s [Comment],
    /// Numbers with units, dates and stated units, in order: each is one token.
    whole: Vec<Span>,
    /// Where rows of tables begin.
    rows: HashSet<u32>,
}

impl<'s> Reader<'s> {
    pub fn new(parsed: &'s Parsed, source: &'s Source) -> Self {
        let mut whole = Vec::new();
        let mut rows = HashSet::default();
        for expr in &parsed.file.exprs {
            match &expr.node {
                ExprNode::Number(_) | ExprNode::Date(_) => whole.push(expr.span),
                ExprNode::Table { rows: told, .. } => rows.extend(told.iter().map(|row| row.span.start)),
                ExprNode::Text(_)
                | ExprNode::Flag(_)
                | ExprNode::Path(_)
                | ExprNode::Negate(_)
                | ExprNode::Not(_)
                | ExprNode::Chain { .. }
                | ExprNode::Compare { .. }
                | ExprNode::Power(..)
                | ExprNode::To(..)
                | ExprNode::If { .. }
                | ExprNode::Growing(..)
                | ExprNode::In(..)
                | ExprNode::Index(..)
                | ExprNode::Call { .. }
                | ExprNode::List(_)
                | ExprNode::Broken => {}
            }
        }
        stated(&parsed.file, &mut whole);
        whole.sort_unstable();
        Self { source, comments: &parsed.comments, whole, rows }
    }

    /// Whether a row of a table begins with a token.
    pub fn begins_row(&self, token: &Token<'_>) -> bool {
        self.rows.contains(&token.span.start)
    }

    /// The comments inside of a span.
    pub fn comments_in(&self, span: Span) -> &'s [Comment] {
        let first = self.comments.partition_point(|comment| comment.span.start < span.start);
        let rest = self.comments.get(first..).unwrap_or_default();
        rest.get(..rest.partition_point(|comment| comment.span.start < span.end)).unwrap_or_default()
    }

    /// The tokens of a piece, or of its head; none where a comment parts what belongs together.
    pub fn tokens(&self, span: Span, lead: Lead) -> Option<Vec<Token<'s>>> {
        let first = self.whole.partition_point(|whole| whole.start < span.start);
        let whole = self.whole.iter().skip(first).take_while(|whole| whole.end <= span.end).map(|whole| (*whole, true));
        let mut cuts: Vec<(Span, bool)> = self.comments_in(span).iter().map(|comment| (comment.span, false)).chain(whole).collect();
        cuts.sort_by_key(|(cut, _)| cut.start);
        let mut found = Vec::new();
        let mut breaks = 0;
        let mut at = span.start;
        for (cut, is_whole) in cuts {
            if cut.start < at {
                if is_whole {
                    continue;
                }
                return None;
            }
            self.read(Span::new(at, cut.start), &mut breaks, &mut found);
            if is_whole {
                let text = one_blank(self.source.slice(cut));
                found.push(Token { text, span: cut, kind: Kind::Value, gap: 0, breaks: std::mem::take(&mut breaks) });
            }
            at = cut.end;
        }
        self.read(Span::new(at, span.end), &mut breaks, &mut found);
        space(&mut found, lead);
        Some(found)
    }

    fn read(&self, span: Span, breaks: &mut usize, found: &mut Vec<Token<'s>>) {
        let mut start = span.start;
        for line in self.source.slice(span).split_inclusive('\n') {
            let code = line.trim_end_matches(['\n', '\r']);
            for token in tokens(code, start) {
                let (text, kind) = (Cow::Borrowed(token.text), kind(&token));
                found.push(Token { text, span: token.span, kind, gap: 0, breaks: std::mem::take(breaks) });
            }
            *breaks += usize::from(line.ends_with('\n'));
            start += line.len() as u32;
        }
    }
}

/// A number and its unit with one blank between them, however many were written.
fn one_blank(text: &str) -> Cow<'_, str> {
    if text.contains("  ") || text.contains(['\t', '\n', '\r']) {
        Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" "))
    } else {
        Cow::Borrowed(text)
    }
}

fn kind(token: &tokens::Token<'_>) -> Kind {
    match token.kind {
        tokens::Kind::Reserved if token.ends_value() => Kind::Value,
        tokens::Kind::Reserved => Kind::Word,
        tokens::Kind::Word | tokens::Kind::Number | tokens::Kind::Text => Kind::Value,
        tokens::Kind::Open => Kind::Open,
        tokens::Kind::Close => Kind::Close,
        tokens::Kind::Divider => Kind::Comma,
        tokens::Kind::Sign => Kind::Sign,
    }
}

/// The units behind the colons of definitions.
fn stated(file: &File, whole: &mut Vec<Span>) {
    let mut open: Vec<&Item> = file.items.iter().collect();
    let mut take = |stated: &Option<Stated>| whole.extend(stated.as_ref().filter(|stated| stated.choice.is_none()).map(|stated| stated.unit.span));
    while let Some(item) = open.pop() {
        match &item.node {
            Node::Definition(definition) => take(&definition.stated),
            Node::Model(model) => open.extend(&model.settings),
            Node::Kind(kind) => open.extend(&kind.members),
            Node::Instance(instance) => open.extend(&instance.members),
            Node::Scenario(scenario) => open.extend(&scenario.replacements),
            Node::Test(test) => {
                for step in &test.steps {
                    match &step.node {
                        StepNode::Given(definition) | StepNode::Define(definition) => take(&definition.stated),
                        StepNode::Expect { .. } | StepNode::Broken => {}
                    }
                }
            }
            Node::Unit { .. }
            | Node::Currency(_)
            | Node::Rate { .. }
            | Node::Import(_)
            | Node::Function(_)
            | Node::Require(_)
            | Node::Correlate { .. }
            | Node::Statement(_)
            | Node::Goal(_)
            | Node::Broken => {}
        }
    }
}

/// How many blanks stand before each token.
fn space(tokens: &mut [Token<'_>], lead: Lead) {
    let mut open: Vec<char> = Vec::new();
    let mut parameters = lead == Lead::Function;
    let (mut before, mut text) = (None, "");
    for token in tokens {
        // A line break in a table's braces begins a row, unless an operator goes on there.
        let row = token.breaks > 0 && token.kind == Kind::Value && open.last() == Some(&'{');
        let value = matches!(before, Some(Kind::Value | Kind::Close)) && !row;
        match token.kind {
            // Two values side by side: the second is a word of the language, such as `since`.
            Kind::Value if before.is_none() && lead != Lead::Plain => token.kind = Kind::Word,
            Kind::Value if value && lead != Lead::Head && token.text.starts_with(|first: char| first.is_alphabetic()) => token.kind = Kind::Word,
            Kind::Sign if token.is("-") && !value => token.kind = Kind::Minus,
            Kind::Value | Kind::Word | Kind::Sign | Kind::Minus | Kind::Open | Kind::Close | Kind::Comma => {}
        }
        let first_bracket = parameters && open.is_empty() && token.is("(");
        token.gap = match (before, token.kind) {
            (None, _) | (Some(Kind::Minus), _) | (_, Kind::Comma) => 0,
            (Some(Kind::Open), Kind::Close) => 0,
            (Some(Kind::Open), _) => usize::from(text == "{"),
            (_, Kind::Close) => usize::from(token.is("}")),
            (_, Kind::Open) => usize::from(token.is("{") || !(value || first_bracket)),
            (_, Kind::Sign) if token.is(":") => usize::from(open.is_empty() || parameters && open.len() == 1),
            (_, Kind::Value) if lead == Lead::Claim && value && open.is_empty() && token.text.starts_with('"') => 2,
            _ if token.is(".") || text == "." => 0,
            (Some(_), _) => 1,
        };
        match token.kind {
            Kind::Open => open.extend(token.text.chars()),
            Kind::Close => {
                open.pop();
                parameters &= !open.is_empty();
            }
            Kind::Value | Kind::Word | Kind::Sign | Kind::Minus | Kind::Comma => {}
        }
        before = Some(token.kind);
        text = match token.text.as_ref() {
            "{" => "{",
            "." => ".",
            _ => "",
        };
    }
}

/// Tokens on one line; a comma before a closing bracket says nothing and is left out.
pub(super) fn joined(tokens: &[Token<'_>]) -> String {
    let mut out = String::new();
    for (at, token) in tokens.iter().enumerate() {
        if token.kind == Kind::Comma && tokens.get(at + 1).is_some_and(|next| next.kind == Kind::Close) {
            continue;
        }
        if at > 0 {
            out.extend(std::iter::repeat_n(' ', token.gap));
        }
        out.push_str(&token.text);
    }
    out
}
