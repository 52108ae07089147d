//! Folding: a line that is too long is divided at the loosest operator, and where there is none at the arguments of a call.

use super::outline::Lead;
use super::token::{Kind, Token};
use super::{STEP, WIDEST};
use std::ops::Range;

/// The part of a line that is to be folded.
pub(super) struct Fold<'s> {
    pub tokens: Vec<Token<'s>>,
    pub lead: Lead,
}

/// How loosely a break before a token binds; the loosest is taken first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Break {
    /// The text of a requirement.
    Message,
    /// `from …`, `until …`, `within …`
    Clause,
    Else,
    Then,
    Otherwise,
    Or,
    And,
    Compare,
    To,
    Sum,
    Product,
    /// `growing …`, `in …`
    Behind,
}

/// The lines of a text `before` and what is folded behind it.
pub(super) fn fold(told: &Fold<'_>, before: &str, indent: usize) -> Vec<String> {
    let mut ends = Vec::with_capacity(told.tokens.len());
    let mut end = 0;
    for token in &told.tokens {
        end += token.gap + token.width();
        ends.push(end);
    }
    let mut folding = Folding { tokens: &told.tokens, ends, lines: Vec::new(), line: before.to_owned(), column: 0, indent };
    folding.column = unicode_width::UnicodeWidthStr::width(before);
    folding.item(told.lead, indent);
    folding.lines.push(folding.line);
    folding.lines
}

struct Folding<'f, 's> {
    tokens: &'f [Token<'s>],
    /// Columns up to the end of each token, if all stood on one line.
    ends: Vec<usize>,
    lines: Vec<String>,
    line: String,
    /// How wide the line is.
    column: usize,
    /// Blanks before it.
    indent: usize,
}

impl Folding<'_, '_> {
    /// The whole: behind a sign of definition on the next line, if it fits there.
    fn item(&mut self, lead: Lead, indent: usize) {
        let all = 0..self.tokens.len();
        let deeper = indent + STEP;
        let Some(sign) = self.sign(lead) else { return self.lay(all, deeper, 0) };
        let right = sign + 1..all.end;
        if self.column + self.width(&(0..sign + 1)) > WIDEST {
            self.brackets(0..sign + 1, deeper, 0);
        } else {
            self.take(0..sign + 1);
        }
        if lead == Lead::Function || deeper + self.width(&right) <= WIDEST {
            self.next_line(deeper);
        }
        self.lay(right, deeper, 0);
    }

    /// The sign that a definition's value stands behind.
    fn sign(&self, lead: Lead) -> Option<usize> {
        if lead == Lead::Claim {
            return None;
        }
        let mut depth = 0_usize;
        self.tokens.iter().position(|token| {
            match token.kind {
                Kind::Open => depth += 1,
                Kind::Close => depth = depth.saturating_sub(1),
                Kind::Value | Kind::Word | Kind::Sign | Kind::Minus | Kind::Comma => {}
            }
            depth == 0 && (token.is("=") || token.is("~"))
        })
    }

    /// Columns of some tokens on one line, without the blanks before them.
    fn width(&self, range: &Range<usize>) -> usize {
        let end = |at: usize| at.checked_sub(1).and_then(|at| self.ends.get(at)).copied().unwrap_or(0);
        let gap = self.tokens.get(range.start).map_or(0, |token| token.gap);
        (end(range.end) - end(range.start)).saturating_sub(gap)
    }

    fn next_line(&mut self, indent: usize) {
        self.lines.push(std::mem::replace(&mut self.line, " ".repeat(indent)));
        self.column = indent;
        self.indent = indent;
    }

    /// Writes tokens behind what is there.
    fn take(&mut self, range: Range<usize>) {
        for token in self.tokens.get(range).unwrap_or_default() {
            if self.column > self.indent && !self.line.ends_with(' ') {
                self.line.extend(std::iter::repeat_n(' ', token.gap));
                self.column += token.gap;
            }
            self.line.push_str(&token.text);
            self.column += token.width();
        }
    }

    /// Lays tokens out from the current column on; lines that go on stand at `indent`, and `reserved` columns have to be
    /// left behind the last.
    fn lay(&mut self, range: Range<usize>, indent: usize, reserved: usize) {
        let gap = if self.column > self.indent && !self.line.ends_with(' ') { self.tokens.get(range.start).map_or(0, |token| token.gap) } else { 0 };
        if self.column + gap + self.width(&range) + reserved <= WIDEST {
            return self.take(range);
        }
        let Some(loosest) = self.breaks(&range).map(|(_, loose)| loose).min() else {
            return self.brackets(range, indent, reserved);
        };
        let starts: Vec<usize> = self.breaks(&range).filter(|(_, loose)| *loose == loosest).map(|(at, _)| at).collect();
        let packed = matches!(loosest, Break::Sum | Break::Product);
        let bounds = std::iter::once(range.start).chain(starts.iter().copied()).zip(starts.iter().copied().chain([range.end]));
        for (start, end) in bounds {
            let last = if end == range.end { reserved } else { 0 };
            let part = start..end;
            if start == range.start {
                self.lay(part, if loosest == Break::Else { indent } else { indent + STEP }, last);
                continue;
            }
            let fits = self.column + 1 + self.width(&part) + last <= WIDEST;
            if !(packed && fits) {
                self.next_line(indent);
            }
            self.lay(part, indent + STEP, last);
        }
    }

    /// Where a range can be broken outside of its brackets.
    fn breaks(&self, range: &Range<usize>) -> impl Iterator<Item = (usize, Break)> {
        let tokens = self.tokens.get(range.clone()).unwrap_or_default();
        let mut depth = 0_usize;
        let mut before: Option<Kind> = None;
        let start = range.start;
        tokens.iter().enumerate().filter_map(move |(at, token)| {
            let outside = depth == 0 && matches!(before, Some(Kind::Value | Kind::Close));
            match token.kind {
                Kind::Open => depth += 1,
                Kind::Close => depth = depth.saturating_sub(1),
                Kind::Value | Kind::Word | Kind::Sign | Kind::Minus | Kind::Comma => {}
            }
            before = Some(token.kind);
            if outside { looseness(token).map(|loose| (start + at, loose)) } else { None }
        })
    }

    /// No operator is left to break at: the widest bracket is opened.
    fn brackets(&mut self, range: Range<usize>, indent: usize, reserved: usize) {
        let widest = self.outer(&range).into_iter().max_by_key(|(open, close)| self.width(&(*open..*close + 1)));
        let Some((open, close)) = widest.filter(|(open, close)| open + 1 < *close) else { return self.take(range) };
        let commas = self.commas(open + 1..close);
        let line = self.indent;
        self.take(range.start..open + 1);
        if commas.is_empty() {
            let behind = self.width(&(close..range.end)) + reserved;
            self.lay(open + 1..close, indent, behind.min(WIDEST / 2));
        } else {
            let bounds = std::iter::once(open + 1).chain(commas.iter().map(|comma| comma + 1)).zip(commas.iter().map(|comma| comma + 1).chain([close]));
            for (start, end) in bounds.filter(|(start, end)| start < end) {
                self.next_line(line + STEP);
                self.lay(start..end, line + 2 * STEP, 0);
            }
            self.next_line(line);
        }
        self.lay(close..range.end, indent, reserved);
    }

    /// The outermost brackets of a range.
    fn outer(&self, range: &Range<usize>) -> Vec<(usize, usize)> {
        let (mut found, mut open) = (Vec::new(), Vec::new());
        for (at, token) in self.tokens.get(range.clone()).unwrap_or_default().iter().enumerate() {
            match token.kind {
                Kind::Open => open.push(range.start + at),
                Kind::Close => {
                    let opened = open.pop();
                    found.extend(opened.filter(|_| open.is_empty()).map(|opened| (opened, range.start + at)));
                }
                Kind::Value | Kind::Word | Kind::Sign | Kind::Minus | Kind::Comma => {}
            }
        }
        found
    }

    /// The commas of a range outside of its brackets.
    fn commas(&self, range: Range<usize>) -> Vec<usize> {
        let mut depth = 0_usize;
        let mut found = Vec::new();
        for at in range {
            match self.tokens.get(at).map(|token| token.kind) {
                Some(Kind::Open) => depth += 1,
                Some(Kind::Close) => depth = depth.saturating_sub(1),
                Some(Kind::Comma) if depth == 0 => found.push(at),
                Some(Kind::Value | Kind::Word | Kind::Sign | Kind::Minus | Kind::Comma) | None => {}
            }
        }
        found
    }
}

/// How loose a break before a token is, behind a value.
fn looseness(token: &Token<'_>) -> Option<Break> {
    Some(match token.text.as_ref() {
        "from" | "until" | "with" | "within" | "between" | "each" | "by" => Break::Clause,
        "else" => Break::Else,
        "then" => Break::Then,
        "otherwise" => Break::Otherwise,
        "or" => Break::Or,
        "and" => Break::And,
        "<" | "<=" | ">" | ">=" | "==" | "!=" => Break::Compare,
        "to" => Break::To,
        "+" | "-" => Break::Sum,
        "*" | "/" => Break::Product,
        "growing" | "in" => Break::Behind,
        text if text.starts_with('"') => Break::Message,
        _ => return None,
    })
}
