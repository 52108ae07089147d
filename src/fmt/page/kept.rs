//! Kept: comments between the lines, and lines that stay as they are because they could not be read.

use super::{Level, Line, Page, Piece, Shape};
use crate::syntax::Parsed;
use crate::text::{Source, Span};

/// How many lines before each hold a mistake.
pub(super) fn wrong_lines(parsed: &Parsed, source: &Source) -> Vec<u32> {
    let lines = source.line_count() as usize;
    let mut change = vec![0_i32; lines + 1];
    for label in parsed.mistakes.iter().flat_map(|mistake| &mistake.labels) {
        let (first, last) = lines_of(source, label.at.span);
        for (line, by) in [(first, 1), (last + 1, -1)] {
            if let Some(change) = change.get_mut(line as usize) {
                *change += by;
            }
        }
    }
    let (mut open, mut count) = (0, 0);
    let mut before = vec![0];
    for by in change {
        open += by;
        count += u32::from(open > 0);
        before.push(count);
    }
    before
}

/// The first and the last line of a span.
fn lines_of(source: &Source, span: Span) -> (u32, u32) {
    (source.line_of(span.start), source.line_of(span.end.max(span.start + 1) - 1))
}

impl Page<'_> {
    /// Takes what lies between two pieces, and counts the line breaks behind it.
    pub(super) fn gap(&mut self, from: u32, to: u32, level: Level) -> usize {
        let mut at = from;
        let mut comments = self.reader.comments_in(Span::new(from, to.max(from))).iter().peekable();
        loop {
            let comment = comments.peek().map(|comment| comment.span);
            let end = comment.map_or(to, |comment| comment.start);
            let text = self.source.text.get(at as usize..end as usize).unwrap_or("");
            let known = |character| matches!(character, ' ' | '\t' | '\r' | '\n') || character == ',' && level.indent > 0;
            let odd = text.find(|character| !known(character)).map(|odd| at + odd as u32);
            let other = comment.filter(|comment| self.is_wrong(*comment)).map(|comment| comment.start);
            if let Some(odd) = odd.or(other) {
                let Some(behind) = self.odd_line(at, odd, to, level) else { return 0 };
                at = behind;
                while comments.next_if(|comment| comment.span.start < at).is_some() {}
                continue;
            }
            let breaks = text.matches('\n').count();
            let Some(comment) = comment else { return breaks };
            self.comment(comment, breaks, level);
            at = comment.end;
            comments.next();
        }
    }

    /// Whether a comment is another language's, or holds what no text may.
    fn is_wrong(&self, comment: Span) -> bool {
        let line = self.source.line_of(comment.start);
        !self.source.slice(comment).starts_with('#') || self.wrong_between(line, line) > 0
    }

    fn comment(&mut self, comment: Span, breaks: usize, level: Level) {
        let text = self.source.slice(comment).trim_end();
        let behind = self.lines.last_mut().filter(|line| breaks == 0 && line.comment.is_none() && !matches!(line.shape, Shape::Comment | Shape::Raw));
        match behind {
            Some(line) => line.comment = Some(text),
            None => {
                let mut line = Line::new(level.indent, Shape::Comment, vec![text.to_owned()]);
                line.blank = breaks > 1 && self.lines.len() > level.first;
                self.lines.push(line);
            }
        }
    }

    /// Keeps a line with something that belongs to no piece, such as a `}` too many; gives where it ends.
    fn odd_line(&mut self, from: u32, odd: u32, to: u32, level: Level) -> Option<u32> {
        let line = self.source.line_of(odd);
        let (start, next) = (self.source.line_start(line), self.source.line_start(line + 1));
        let end = if self.source.text.get(..next as usize).is_some_and(|text| text.ends_with('\n')) { next - 1 } else { next };
        self.strange |= start < from || end > to;
        if self.strange {
            return None;
        }
        let breaks = self.source.text.get(from as usize..start as usize).unwrap_or("").matches('\n').count();
        let blank = breaks > 1 && self.lines.len() > level.first;
        self.raw_line(line);
        if let Some(line) = self.lines.last_mut() {
            line.blank = blank;
        }
        Some(end)
    }

    /// A line as it is written.
    fn raw_line(&mut self, line: u32) {
        let text = self.source.text.get(self.source.line_start(line) as usize..self.source.line_start(line + 1) as usize).unwrap_or("");
        let text = text.strip_suffix('\n').unwrap_or(text);
        self.lines.push(Line::new(0, Shape::Raw, vec![text.strip_suffix('\r').unwrap_or(text).to_owned()]));
    }

    fn wrong_between(&self, first: u32, last: u32) -> u32 {
        let before = |line: u32| self.wrong.get(line as usize).or(self.wrong.last()).copied().unwrap_or(0);
        before(last + 1) - before(first)
    }

    /// Whether a piece has a line with a mistake that none of its members has on lines of its own.
    pub(super) fn is_raw(&self, piece: &Piece) -> bool {
        if piece.broken {
            return true;
        }
        let (first, last) = lines_of(self.source, piece.span);
        let wrong = self.wrong_between(first, last);
        if wrong == 0 {
            return false;
        }
        let mut covered = first;
        let mut inside = 0;
        for member in piece.members.iter().flatten() {
            let (start, end) = lines_of(self.source, member.span);
            if start > covered && end < last {
                inside += self.wrong_between(start, end);
                covered = end;
            }
        }
        inside < wrong
    }

    /// Keeps the lines of the first piece, and of those that stand on the same; gives where they end.
    pub(super) fn raw(&mut self, pieces: &[Piece]) -> u32 {
        let Some(piece) = pieces.first() else { return 0 };
        let (first, mut last) = lines_of(self.source, piece.span);
        for next in pieces.iter().skip(1) {
            let (start, end) = lines_of(self.source, next.span);
            if start > last {
                break;
            }
            last = last.max(end);
        }
        (first..=last).for_each(|line| self.raw_line(line));
        let end = self.source.line_start(last + 1) as usize;
        let text = self.source.text.get(..end).unwrap_or("");
        text.strip_suffix('\n').unwrap_or(text).len() as u32
    }
}
