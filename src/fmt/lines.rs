//! Lines: an item with comments inside, or with a table or list written line by line, keeps the lines of its author.

use super::align::{Line, Shape};
use super::token::{Kind, Reader, Token, joined};
use super::{STEP, WIDEST};
use crate::syntax::Comment;

/// Whether a table or a list stands open: its elements begin on lines of their own.
pub(super) fn stands_open(tokens: &[Token<'_>]) -> bool {
    let brackets = Brackets::of(tokens);
    brackets.pairs.iter().any(|pair| pair.opens_lines)
}

/// Gives every row of the outermost tables a line of its own, or, without tables, breaks the outermost lists where they are full.
pub(super) fn open_up(tokens: &mut [Token<'_>], reader: &Reader<'_>, indent: usize) {
    let sign = if tokens.iter().any(|token| token.is("{")) { "{" } else { "[" };
    let (mut depth, mut other) = (0_usize, Vec::new());
    let mut column = 0;
    let mut before = None;
    for token in tokens.iter_mut() {
        token.breaks = 0;
        let inside = depth == 1 && other.is_empty();
        let begins = before.is_some_and(|kind| kind == Kind::Open || kind == Kind::Comma) && inside;
        let row = inside && sign == "{" && reader.begins_row(token);
        let full = begins && sign == "[" && (before == Some(Kind::Open) || column + token.width() + STEP > WIDEST);
        let closes = inside && token.kind == Kind::Close;
        token.breaks = usize::from(row || full || closes);
        column = if token.breaks > 0 { indent + STEP } else { column + token.gap } + token.width();
        match token.kind {
            Kind::Open if depth == 0 && token.is(sign) => depth = 1,
            Kind::Open if depth > 0 => other.push(()),
            Kind::Close if depth > 0 && other.pop().is_none() => depth = 0,
            Kind::Open | Kind::Close | Kind::Value | Kind::Word | Kind::Sign | Kind::Minus | Kind::Comma => {}
        }
        before = Some(token.kind);
    }
}

/// The brackets of an item.
struct Brackets {
    pairs: Vec<Pair>,
}

struct Pair {
    first: usize,
    close: usize,
    /// `{` or `[` whose elements begin lines.
    opens_lines: bool,
}

impl Brackets {
    fn of(tokens: &[Token<'_>]) -> Self {
        let mut pairs = Vec::new();
        // Where it opened, whether it is a table or a list, and whether an element begins a line.
        let mut open: Vec<(usize, bool, bool)> = Vec::new();
        let mut before = None;
        for (at, token) in tokens.iter().enumerate() {
            let begins = matches!(before, Some(Kind::Open | Kind::Comma)) || token.kind == Kind::Close;
            if let Some((_, _, lines)) = open.last_mut().filter(|(_, table, _)| token.breaks > 0 && (begins || *table)) {
                *lines = true;
            }
            match token.kind {
                Kind::Open => open.push((at, token.is("{"), false)),
                Kind::Close => {
                    if let Some((opened, _, lines)) = open.pop() {
                        let kept = tokens.get(opened).is_some_and(|token| !token.is("("));
                        pairs.push(Pair { first: opened + 1, close: at, opens_lines: kept && lines });
                    }
                }
                Kind::Value | Kind::Word | Kind::Sign | Kind::Minus | Kind::Comma => {}
            }
            before = Some(token.kind);
        }
        Self { pairs }
    }
}

/// The lines of an item as its author broke them.
pub(super) fn lines<'s>(mut tokens: Vec<Token<'s>>, comments: &'s [Comment], reader: &Reader<'s>, indent: usize) -> Vec<Line<'s>> {
    settle(&mut tokens, reader);
    let mut laid = Laid { lines: Vec::new(), starts: vec![indent] };
    let mut comments = comments.iter().peekable();
    let mut rest = tokens.as_slice();
    let mut behind: Option<&Token<'s>> = None;
    while let Some(first) = rest.first() {
        let comes = indentation(first, behind, &laid, reader, indent);
        // Line breaks since the token or comment before.
        let mut since = behind.map_or(first.span.start, |before| before.span.end);
        let breaks = |since: u32, until: u32| reader.source.text.get(since as usize..until as usize).unwrap_or("").matches('\n').count();
        let mut inside = behind.is_some_and(|before| before.kind != Kind::Open);
        while let Some(comment) = comments.next_if(|comment| comment.span.start < first.span.start) {
            let text = reader.source.slice(comment.span).trim_end();
            let breaks = breaks(since, comment.span.start);
            match laid.lines.last_mut().filter(|line| breaks == 0 && line.shape != Shape::Comment && line.comment.is_none()) {
                Some(line) => line.comment = Some(text),
                None => {
                    let mut line = Line::new(comes, Shape::Comment, vec![text.to_owned()]);
                    line.blank = breaks > 1 && inside;
                    laid.lines.push(line);
                    inside = true;
                }
            }
            since = comment.span.end;
        }
        let blank = inside && first.kind != Kind::Close && breaks(since, first.span.start) > 1;
        let length = 1 + rest.iter().skip(1).take_while(|token| token.breaks == 0).count();
        let (now, later) = rest.split_at(length);
        let mut line = cells(now, later, reader, comes);
        line.blank = blank;
        laid.lines.push(line);
        laid.turn(now, comes);
        behind = now.last();
        rest = later;
    }
    laid.lines
}

/// What has been laid out so far.
struct Laid<'s> {
    lines: Vec<Line<'s>>,
    /// The indentation of the lines that open brackets stand in; the item's own first.
    starts: Vec<usize>,
}

impl Laid<'_> {
    /// Takes note of the brackets of a line.
    fn turn(&mut self, tokens: &[Token<'_>], indent: usize) {
        for token in tokens {
            match token.kind {
                Kind::Open => self.starts.push(indent),
                Kind::Close => drop(self.starts.pop()),
                Kind::Value | Kind::Word | Kind::Sign | Kind::Minus | Kind::Comma => {}
            }
        }
    }
}

/// Blanks before a line.
fn indentation(first: &Token<'_>, behind: Option<&Token<'_>>, laid: &Laid<'_>, reader: &Reader<'_>, item: usize) -> usize {
    let Some(behind) = behind else { return item };
    let opened = laid.starts.last().copied().unwrap_or(item);
    if laid.starts.len() < 2 {
        return item + STEP;
    }
    if first.kind == Kind::Close {
        return opened;
    }
    let begins = matches!(behind.kind, Kind::Open | Kind::Comma) || reader.begins_row(first);
    opened + if begins { STEP } else { 2 * STEP }
}

/// Open tables and lists have their brackets apart, and no comma where a line ends.
fn settle(tokens: &mut Vec<Token<'_>>, reader: &Reader<'_>) {
    // A comma that begins a line goes to the end of the one above, unless a comment stands there.
    for at in 1..tokens.len() {
        let Some([before, comma, rest @ ..]) = tokens.get_mut(at - 1..) else { break };
        let between = crate::text::Span::new(before.span.end, comma.span.start);
        if comma.kind == Kind::Comma && comma.breaks > 0 && reader.comments_in(between).is_empty() {
            let breaks = std::mem::take(&mut comma.breaks);
            if let Some(next) = rest.first_mut() {
                next.breaks = next.breaks.max(breaks);
            }
        }
    }
    let mut tables = Vec::new();
    for pair in Brackets::of(tokens).pairs.iter().filter(|pair| pair.opens_lines) {
        for at in [pair.first, pair.close] {
            if let Some(token) = tokens.get_mut(at) {
                token.breaks = token.breaks.max(1);
            }
        }
        tables.push(pair.first - 1);
    }
    tables.sort_unstable();
    let mut open: Vec<bool> = Vec::new();
    let mut drop_at = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        match token.kind {
            Kind::Open => open.push(token.is("{") && tables.binary_search(&at).is_ok()),
            Kind::Close => drop(open.pop()),
            Kind::Comma => {
                let next = tokens.get(at + 1);
                let closed = next.is_none_or(|next| next.kind == Kind::Close);
                let ended = next.is_some_and(|next| next.breaks > 0 && !next.text.starts_with(['-', '+', '*', '/', '"']));
                if closed || ended && open.last() == Some(&true) {
                    drop_at.push(at);
                }
            }
            Kind::Value | Kind::Word | Kind::Sign | Kind::Minus => {}
        }
    }
    let mut at = 0;
    let mut dropped = drop_at.into_iter().peekable();
    tokens.retain(|_| {
        let goes = dropped.next_if_eq(&at).is_some();
        at += 1;
        !goes
    });
}

/// A line of tokens; one row of a table is key and value.
fn cells<'s>(now: &[Token<'s>], later: &[Token<'s>], reader: &Reader<'s>, indent: usize) -> Line<'s> {
    let row = now.first().is_some_and(|first| reader.begins_row(first)) && later.first().is_none_or(|next| next.kind == Kind::Close || reader.begins_row(next));
    let single = now.iter().filter(|token| reader.begins_row(token)).count() == 1;
    let colon = now.iter().position(|token| token.is(":")).filter(|_| row && single);
    match colon.map(|colon| now.split_at(colon + 1)) {
        Some((key, value)) => Line::new(indent, Shape::Row, vec![joined(key), joined(value)]),
        None => Line::new(indent, Shape::Other, vec![joined(now)]),
    }
}
