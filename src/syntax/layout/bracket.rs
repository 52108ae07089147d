//! Brackets: what opens, what closes, and what does neither.

use super::{Block, Bracket, Entry, Health, Last, Open, Parked, Scanner, Shape, Trust};
use crate::diagnostic::Diagnostic;
use crate::syntax::limits::DEEPEST;
use crate::syntax::mistakes::brackets;
use crate::text::Span;

impl Bracket {
    /// The sign that closes it.
    fn end(self) -> char {
        match self {
            Self::Round => ')',
            Self::Square => ']',
            Self::Table | Self::Block => '}',
        }
    }
}

impl Scanner<'_> {
    /// A bracket inside of an item.
    pub(super) fn opens(&mut self, bracket: Bracket, end: usize) {
        let span = self.span(self.at, end);
        self.check_depth_of(span);
        self.take(end, Last::Operator);
        self.shape(Shape::Other);
        self.open.push(Open { bracket, span, ifs: self.ifs, line: self.line.start, parked: None });
    }

    fn check_depth_of(&mut self, span: Span) {
        self.begin();
        self.check_depth(span);
    }

    /// `{`: the block of a declaration, or a table.
    pub(super) fn opens_brace(&mut self, end: usize) {
        let head = self.item.as_ref().is_some_and(|item| self.is_head(item));
        if !head || self.inline().is_some() || self.trust == Trust::Nothing {
            return self.opens(Bracket::Table, end);
        }
        let span = self.span(self.at, end);
        self.check_depth(span);
        if self.depth() >= DEEPEST {
            return self.opens(Bracket::Table, end);
        }
        self.line.first.get_or_insert(self.at);
        self.at = end;
        self.open_block(span, false);
    }

    /// The block of a head whose `{` is missing.
    pub(super) fn imply_block(&mut self) {
        let Some(item) = &self.item else { return };
        let colon = self.is_head_with_colon(item).then(|| self.span(item.end - 1, item.end));
        if let (Some(colon), Some(item)) = (colon, self.item.as_mut()) {
            item.end = colon.start as usize;
            item.shape = Shape::Head;
            self.mask(colon.start as usize, colon.end as usize, "");
        }
        let Some(item) = &self.item else { return };
        let (head, end) = (self.span(item.start, item.end), item.end);
        if self.depth() >= DEEPEST {
            return self.end_item();
        }
        let text = self.text.get(head.range()).unwrap_or("");
        match colon {
            Some(colon) => self.told.tell(|at| brackets::colon_for_brace(at, text), colon),
            None => self.told.tell(|at| brackets::block_without_brace(at, text), head),
        }
        self.open_block(self.span(end, end), true);
    }

    fn open_block(&mut self, span: Span, implied: bool) {
        let Some(head) = self.item.take() else { return };
        let before = std::mem::take(&mut self.entries);
        let parked = Some(Parked { head, before, inner: None, implied });
        self.open.push(Open { bracket: Bracket::Block, span, ifs: self.ifs, line: self.line.start, parked });
    }

    /// Ends the innermost block at a place; its items go to its head.
    pub(super) fn close_block(&mut self, end: usize) {
        let Some(open) = self.open.pop() else { return };
        self.ifs = open.ifs;
        let Some(Parked { head, before, .. }) = open.parked else { return };
        let entries = std::mem::replace(&mut self.entries, before);
        self.last_end = end;
        self.entries.push(Entry {
            head: self.span(head.start, head.end),
            block: Some(Block { span: Span::new(open.span.start, end as u32), entries }),
            health: head.health,
            before: head.before,
            docs: head.docs,
        });
        self.divider = super::Divider::Break;
    }

    /// `)` or `]`.
    pub(super) fn closes(&mut self, bracket: Bracket, end: usize) {
        let span = self.span(self.at, end);
        match self.nearest(bracket) {
            Some(at) => self.close_down_to(at),
            None => match self.inline() {
                Some(Bracket::Round | Bracket::Square) => self.close_by_another(span, bracket),
                Some(Bracket::Table | Bracket::Block) | None => {
                    let mistake = brackets::closes_nothing(self.told.at(span), bracket.end());
                    self.tell_once(mistake);
                }
            },
        }
        self.take(end, Last::Value);
    }

    /// `}`.
    pub(super) fn closes_brace(&mut self, end: usize) {
        let span = self.span(self.at, end);
        if let Some(at) = self.nearest(Bracket::Table) {
            self.close_down_to(at);
            return self.take(end, Last::Value);
        }
        if self.inline().is_some() {
            let block = self.open.iter().rev().take(2 * DEEPEST).find(|open| open.bracket == Bracket::Block);
            let first = self.line.first.is_none();
            let mistaken = self.open.last().is_some_and(|open| open.line == self.line.start)
                && block.is_none_or(|block| block.line != self.line.start)
                && !first;
            if block.is_none() || mistaken {
                self.close_by_another(span, Bracket::Table);
                return self.take(end, Last::Value);
            }
            self.close_inline(self.at);
        }
        self.end_item();
        self.end_outer_blocks();
        if self.open.is_empty() {
            // A row of them is one mistake.
            let rest = self.rest(end);
            let row = rest.trim_start_matches(['}', ' ']);
            let end = end + rest.len() - row.len();
            self.told.tell(|at| brackets::closes_nothing(at, '}'), self.span(self.at, end));
            self.at = end;
            return;
        }
        self.line.first.get_or_insert(self.at);
        self.at = end;
        self.above.clear();
        self.close_block(end);
    }

    /// A `}` that stands less deep than the innermost block's head belongs to one further out.
    fn end_outer_blocks(&mut self) {
        if self.trust != Trust::Indentation || self.line.first.is_some() {
            return;
        }
        let indent = self.at - self.line.start;
        while self.open.len() > 1 {
            let outer = self.open.iter().rev().skip(1).any(|open| open.parked.as_ref().is_some_and(|parked| parked.head.indent == indent));
            let Some(open) = self.open.last() else { return };
            let Some(parked) = &open.parked else { return };
            if !outer || parked.head.indent <= indent {
                return;
            }
            let end = self.last_end.max(open.span.end as usize);
            self.close_unclosed_block(end);
        }
    }

    /// The place of the innermost bracket of a sort among those of the item.
    fn nearest(&self, bracket: Bracket) -> Option<usize> {
        let of_item = self.open.iter().enumerate().rev().take_while(|(_, open)| open.bracket != Bracket::Block);
        // Far more than anyone writes; a bound keeps a text of nothing but brackets linear.
        of_item.take(DEEPEST).find(|(_, open)| open.bracket == bracket).map(|(at, _)| at)
    }

    /// Closes a bracket and, as mistakes, those that are still open inside of it.
    fn close_down_to(&mut self, at: usize) {
        while self.open.len() > at + 1 {
            self.tell_unclosed(self.at);
        }
        if let Some(open) = self.open.pop() {
            self.ifs = open.ifs;
        }
    }

    /// Closes every bracket of the item, as mistakes.
    pub(super) fn close_inline(&mut self, end: usize) {
        while self.inline().is_some() {
            self.tell_unclosed(end);
        }
    }

    /// Takes the innermost bracket off and tells that it is not closed, once an item.
    fn tell_unclosed(&mut self, end: usize) {
        let Some(open) = self.open.pop() else { return };
        self.ifs = open.ifs;
        let last = self.item.as_ref().map_or(end, |item| item.end);
        let (at, ends) = (self.told.at(open.span), self.told.at(self.span(last, last)));
        self.tell_once(match open.bracket {
            Bracket::Round | Bracket::Square => brackets::unclosed(at, ends, open.bracket.end()),
            Bracket::Table | Bracket::Block => brackets::unclosed_table(at, ends),
        });
    }

    fn close_by_another(&mut self, span: Span, by: Bracket) {
        let Some(open) = self.open.pop() else { return };
        self.ifs = open.ifs;
        let (at, opening) = (self.told.at(span), self.told.at(open.span));
        self.tell_once(brackets::closed_by_another(at, opening, open.bracket.end(), by.end()));
    }

    /// Of the brackets of an item only the first mistake is told; the others may follow from it.
    fn tell_once(&mut self, mistake: Diagnostic) {
        if self.item.as_ref().is_none_or(|item| item.health == Health::Sound) {
            self.told.push(mistake);
        }
        self.spoil();
    }
}
