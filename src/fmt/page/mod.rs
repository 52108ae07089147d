//! Pages: the lines of a file, block by block, with the comments between them.

mod kept;

use super::align::{Line, Shape, draw};
use super::fold::Fold;
use super::outline::{Lead, Piece, outline};
use super::token::{Kind, Reader, Token, joined};
use super::{STEP, WIDEST, lines};
use crate::syntax::Parsed;
use crate::text::{Source, Span};
use unicode_width::UnicodeWidthStr;

/// The canonical text; none if something stands in the file that belongs to nothing.
pub(super) fn lay(parsed: &Parsed, source: &Source) -> Option<String> {
    let pieces = outline(&parsed.file, &parsed.comments, source);
    let mut page = Page { source, reader: Reader::new(parsed, source), wrong: kept::wrong_lines(parsed, source), lines: Vec::new(), strange: false };
    page.block(&pieces, Span::new(0, source.text.len() as u32), Level { indent: 0, first: 0, spread: Spread::AsWritten });
    (!page.strange).then(|| draw(page.lines))
}

/// What is laid out of a file so far.
struct Page<'s> {
    source: &'s Source,
    reader: Reader<'s>,
    /// How many lines before each hold a mistake.
    wrong: Vec<u32>,
    lines: Vec<Line<'s>>,
    /// Something stands between the pieces that is neither blank, comma nor comment.
    strange: bool,
}

/// Where the lines of a block stand.
#[derive(Clone, Copy)]
struct Level {
    indent: usize,
    /// How many lines there were before its first.
    first: usize,
    spread: Spread,
}

/// How the pieces of a block are spread over lines.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Spread {
    /// Those that the author wrote on one line stay on one.
    AsWritten,
    /// Each on a line of its own: the block stood on one line and is too long for that.
    Each,
}

impl<'s> Page<'s> {
    fn block(&mut self, pieces: &[Piece], inner: Span, level: Level) {
        let mut at = inner.start;
        let mut rest = pieces;
        while let Some(piece) = rest.first() {
            if piece.span.start < at {
                rest = rest.get(1..).unwrap_or_default();
                continue;
            }
            let blank = self.gap(at, piece.span.start, level) > 1 && self.lines.len() > level.first;
            let written = self.lines.len();
            if self.is_raw(piece) {
                at = self.raw(rest);
                rest = rest.get(1..).unwrap_or_default();
            } else {
                let (group, later) = rest.split_at(self.on_one_line(rest, level.spread));
                self.group(group, level.indent);
                at = group.last().map_or(at, |last| last.span.end);
                if let Some(next) = later.first() {
                    self.comma_before(next);
                }
                rest = later;
            }
            if let Some(line) = self.lines.get_mut(written) {
                line.blank |= blank;
            }
        }
        self.gap(at, inner.end, level);
    }

    /// How many pieces stand on the line of the first, divided by commas. What a `given` goes on with always does.
    fn on_one_line(&self, pieces: &[Piece], spread: Spread) -> usize {
        let together = |pair: &[Piece]| match pair {
            [before, next] if next.goes_on || spread == Spread::AsWritten => {
                let between = self.source.text.get(before.span.end as usize..next.span.start as usize).unwrap_or("#");
                let blank = |character| matches!(character, ' ' | '\t' | ',') || next.goes_on && matches!(character, '\r' | '\n');
                before.span.end <= next.span.start && between.chars().all(blank) && !self.is_raw(next)
            }
            _ => false,
        };
        1 + pieces.windows(2).take_while(|pair| together(pair)).count()
    }

    fn group(&mut self, group: &[Piece], indent: usize) {
        let texts: Option<Vec<String>> = if group.len() > 1 { group.iter().map(|piece| self.one_line(piece)).collect() } else { None };
        let Some(texts) = texts else {
            for (at, piece) in group.iter().enumerate() {
                if at > 0 {
                    self.comma_before(piece);
                }
                self.piece(piece, indent);
            }
            return;
        };
        let mut line: Vec<String> = Vec::new();
        let (mut width, mut first) = (indent, 0);
        for (at, (text, piece)) in texts.into_iter().zip(group).enumerate() {
            if at > first && width + text.width() + 2 > WIDEST {
                self.several(group.get(first..at).unwrap_or_default(), std::mem::take(&mut line), indent);
                self.comma_before(piece);
                (width, first) = (indent, at);
            }
            width += text.width() + 2;
            line.push(text);
        }
        self.several(group.get(first..).unwrap_or_default(), line, indent);
    }

    /// Some pieces of a group on one line.
    fn several(&mut self, pieces: &[Piece], texts: Vec<String>, indent: usize) {
        match pieces {
            [piece] if !piece.goes_on => self.piece(piece, indent),
            [first, ..] => {
                let indent = if first.goes_on { indent + STEP } else { indent };
                self.lines.push(Line::new(indent, Shape::Other, vec![texts.join(", ")]));
            }
            [] => {}
        }
    }

    /// The comma that has to stay where a line ends before a piece.
    fn comma_before(&mut self, next: &Piece) {
        let wanted = next.goes_on || self.source.slice(next.span).starts_with(['-', '+', '*', '/', '"', '(']);
        if let Some(cell) = self.lines.last_mut().and_then(|line| line.cells.last_mut()).filter(|_| wanted) {
            cell.push(',');
        }
    }

    fn piece(&mut self, piece: &Piece, indent: usize) {
        let done = match &piece.members {
            Some(members) => self.head(piece, members, indent),
            None => self.item(piece, indent),
        };
        if done.is_none() {
            self.raw(std::slice::from_ref(piece));
        }
    }

    /// The tokens of a head, and the bytes between its braces.
    fn head_of(&self, piece: &Piece, members: &[Piece]) -> Option<(Vec<Token<'s>>, Span)> {
        let bound = members.first().map_or(piece.span.end, |first| first.span.start.min(piece.span.end));
        let mut tokens = self.reader.tokens(Span::new(piece.span.start, bound), Lead::Head)?;
        let brace = tokens.iter().position(|token| token.is("{"))?;
        let inner = Span::new(tokens.get(brace)?.span.end, piece.span.end.checked_sub(1)?);
        tokens.truncate(brace);
        let ends = self.source.slice(piece.span).ends_with('}') && inner.start <= inner.end;
        let bare = self.reader.comments_in(Span::new(piece.span.start, inner.start)).is_empty();
        (ends && bare).then_some((tokens, inner))
    }

    fn head(&mut self, piece: &Piece, members: &[Piece], indent: usize) -> Option<()> {
        let (tokens, inner) = self.head_of(piece, members)?;
        let head = joined(&tokens);
        let block = self.braces(members, inner).filter(|block| indent + head.width() + block.width() < WIDEST);
        if let Some(block) = block {
            let title = tokens.iter().position(|token| token.text.starts_with('"'));
            let mut cells: Vec<String> = match title.filter(|title| *title > 0).map(|title| tokens.split_at(title)) {
                Some((names, [title])) => vec![joined(names), title.text.clone().into_owned()],
                Some(_) | None => vec![head],
            };
            cells.push(block);
            self.lines.push(Line::new(indent, Shape::Block, cells));
            return Some(());
        }
        self.lines.push(Line::new(indent, Shape::Other, vec![format!("{head} {{")]));
        let whole = self.on_one(members, inner) && !tokens.first().is_some_and(|first| first.is("statement"));
        let spread = if whole { Spread::Each } else { Spread::AsWritten };
        let level = Level { indent: indent + STEP, first: self.lines.len(), spread };
        self.block(members, inner, level);
        self.lines.push(Line::new(indent, Shape::Other, vec!["}".to_owned()]));
        Some(())
    }

    /// Whether no line ends between the members of a block.
    fn on_one(&self, members: &[Piece], inner: Span) -> bool {
        let starts = members.iter().map(|member| member.span.start).chain([inner.end]);
        let ends = std::iter::once(inner.start).chain(members.iter().map(|member| member.span.end));
        ends.zip(starts).all(|(end, start)| !self.source.text.get(end as usize..start as usize).unwrap_or("").contains('\n'))
    }

    /// A block on one line, if it was written so.
    fn braces(&self, members: &[Piece], inner: Span) -> Option<String> {
        if !self.reader.comments_in(inner).is_empty() {
            return None;
        }
        if members.is_empty() {
            return Some("{}".to_owned());
        }
        if !self.on_one(members, inner) || members.iter().any(|member| self.is_raw(member)) {
            return None;
        }
        let texts: Option<Vec<String>> = members.iter().map(|member| self.one_line(member)).collect();
        Some(format!("{{ {} }}", texts?.join(", ")))
    }

    /// A piece on one line, if it may stand so.
    fn one_line(&self, piece: &Piece) -> Option<String> {
        // What is far too long is not written out to see that.
        if piece.span.len() as usize > 6 * WIDEST {
            return None;
        }
        if let Some(members) = &piece.members {
            let (tokens, inner) = self.head_of(piece, members)?;
            return Some(format!("{} {}", joined(&tokens), self.braces(members, inner)?));
        }
        let tokens = self.reader.tokens(piece.span, piece.lead)?;
        let plain = self.reader.comments_in(piece.span).is_empty() && !lines::stands_open(&tokens);
        plain.then(|| joined(&tokens))
    }

    fn item(&mut self, piece: &Piece, indent: usize) -> Option<()> {
        let mut tokens = self.reader.tokens(piece.span, piece.lead)?;
        let comments = self.reader.comments_in(piece.span);
        let lined = !comments.is_empty() || lines::stands_open(&tokens);
        let width: usize = tokens.iter().map(|token| token.gap + token.width()).sum();
        let long = indent + width > WIDEST;
        let brackets = tokens.iter().any(|token| token.is("{") || token.is("["));
        if !lined && long && brackets {
            lines::open_up(&mut tokens, &self.reader, indent);
        }
        if lined || long && brackets {
            self.lines.extend(lines::lines(tokens, comments, &self.reader, indent));
            return Some(());
        }
        let (shape, at) = divided(&tokens, piece.lead);
        let (left, right) = tokens.split_at(at);
        let mut cells = if left.is_empty() { Vec::new() } else { vec![joined(left)] };
        if !long {
            cells.push(joined(right));
        }
        let mut line = Line::new(indent, shape, cells);
        if long {
            let (left, shape) = if shape == Shape::Claim { (0, Shape::Other) } else { (at, shape) };
            line.cells.truncate(usize::from(left > 0));
            line.shape = shape;
            line.fold = Some(Fold { tokens: tokens.split_off(left), lead: piece.lead });
        }
        self.lines.push(line);
        Some(())
    }
}

/// What an item is, and the token its second cell begins with.
fn divided(tokens: &[Token<'_>], lead: Lead) -> (Shape, usize) {
    let mut depth = 0_usize;
    let at = tokens.iter().position(|token| {
        match token.kind {
            Kind::Open => depth += 1,
            Kind::Close => depth = depth.saturating_sub(1),
            Kind::Value | Kind::Word | Kind::Sign | Kind::Minus | Kind::Comma => {}
        }
        depth == 0
            && match lead {
                Lead::Plain => token.is("=") || token.is("~") || token.is(":"),
                Lead::Claim => token.gap == STEP,
                Lead::Word | Lead::Function | Lead::Head => false,
            }
    });
    match at.filter(|at| *at > 0) {
        Some(at) if lead == Lead::Claim => (Shape::Claim, at),
        Some(at) => (Shape::Definition, at),
        None => (Shape::Other, 0),
    }
}
