//! Lines: where one ends, where it goes on, and to which item a comment belongs.

use super::{Bracket, Entry, Item, Last, Scanner, Shape, Trust};
use crate::syntax::keywords::SETTINGS;
use crate::syntax::letters::{is_reserved, path, starts_name, stands_between, word};
use crate::syntax::mistakes::{brackets, characters};
use crate::text::Span;

/// What the next line begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Begin {
    /// There is none, or it begins with a closing bracket.
    End,
    /// An operator or a clause.
    Operator,
    /// A text.
    Text,
    /// `{`
    Brace,
    /// `name =`, `name ~`
    Definition,
    /// `name :`
    Stated,
    /// `word word`, `word "text"`, `word {`
    Declaration,
    /// Anything else.
    Value,
}

/// The first token behind line breaks and comments.
struct Ahead {
    at: usize,
    indent: usize,
    begin: Begin,
}

impl Scanner<'_> {
    /// A line break: it ends the item, ends a row, or nothing.
    pub(super) fn line_break(&mut self) {
        if self.item.is_none() {
            if self.line.first.is_none() && !self.line.comment {
                self.above.clear();
            }
        } else if self.at < self.joined_up_to || self.trust == Trust::Nothing {
            self.blank_break();
        } else {
            let ahead = self.ahead();
            self.divide(&ahead);
        }
        self.at += 1;
        self.line.start = self.at;
        self.line.first = None;
        self.line.comment = false;
    }

    /// A break inside of a table's row must not end it.
    fn blank_break(&mut self) {
        let keeps = self.trust == Trust::Nothing && self.inline() == Some(Bracket::Table);
        if !keeps {
            self.mask(self.at, self.at + 1, "");
        }
    }

    fn divide(&mut self, ahead: &Ahead) {
        let Some(item) = &self.item else { return };
        let outside = ahead.indent <= item.indent;
        let goes_on = match ahead.begin {
            Begin::Operator => true,
            Begin::Value => item.last != Last::Value,
            Begin::Text => item.words > 0,
            Begin::Brace => item.shape == Shape::Head && item.words > 0 || item.last != Last::Value,
            Begin::End | Begin::Definition | Begin::Stated | Begin::Declaration => false,
        };
        let new_item = outside && matches!(ahead.begin, Begin::Definition | Begin::Declaration);
        match self.inline() {
            Some(_) if new_item => {
                self.close_inline(self.at);
                self.end_item();
            }
            Some(Bracket::Table) if !goes_on => self.close_ifs(),
            Some(_) => self.mask(self.at, self.at + 1, ""),
            None if goes_on => self.mask(self.at, self.at + 1, ""),
            None if self.opens_below(ahead) => self.imply_block(),
            None => self.end_item(),
        }
        self.joined_up_to = ahead.at;
    }

    /// A head without its `{`: what follows stands deeper and looks like lines of a block.
    fn opens_below(&self, ahead: &Ahead) -> bool {
        let lines = matches!(ahead.begin, Begin::Definition | Begin::Stated | Begin::Declaration);
        self.item.as_ref().is_some_and(|item| {
            let more = item.words > 1 || item.end > item.first_word.end as usize;
            let head = item.shape == Shape::Head && self.is_head(item) || self.is_head_with_colon(item);
            lines && more && head && (ahead.indent > item.indent || self.is_setting_of_model(item, ahead.at))
        })
    }

    /// `market smb:`, as other languages begin a block.
    pub(super) fn is_head_with_colon(&self, item: &Item) -> bool {
        let text = self.text.get(item.start..item.end).unwrap_or("");
        let Some(head) = text.strip_suffix(':').map(str::trim_end) else { return false };
        let (names, title) = head.split_once('"').map_or((head, true), |(names, title)| (names, title.trim_end().ends_with('"')));
        let mut words = names.split_whitespace();
        let named = words.clone().count() == 2 && words.all(|name| name.starts_with(starts_name) && word(name) == name && !is_reserved(name));
        named && title && !self.in_statement()
    }

    /// Whether the item is a head so far, and its block begins behind a colon: `market smb: {`, `market: smb {`.
    pub(super) fn is_before_block(&self, at: usize) -> bool {
        let Some(item) = self.item.as_ref().filter(|item| item.shape == Shape::Head && self.is_head(item)) else { return false };
        if self.inline().is_some() || self.trust == Trust::Nothing {
            return false;
        }
        // `plan.usage = { … }` is a table that lacks its word.
        if self.text.get(item.start..self.at).is_some_and(|head| head.contains('.')) {
            return false;
        }
        let colon = self.byte(self.at) == Some(b':');
        if !colon && (item.words < 2 || self.byte(at) == Some(b'=')) {
            return false;
        }
        let rest = self.rest(at).trim_start_matches([' ', '\t']);
        let name = if colon && item.words == 1 && rest.starts_with(starts_name) { word(rest) } else { "" };
        let behind = rest.get(name.len()..).unwrap_or("").trim_start_matches([' ', '\t']);
        let title = behind.strip_prefix('"').and_then(|text| text.split_once('"')).filter(|(title, _)| !name.is_empty() && !title.contains('\n'));
        title.map_or(behind, |(_, rest)| rest.trim_start_matches([' ', '\t'])).starts_with('{')
    }

    /// Whether the item is the head of a `model`, and a line that follows holds one of its settings.
    fn is_setting_of_model(&self, head: &Item, at: usize) -> bool {
        self.word_of(head.first_word) == "model" && SETTINGS.contains(&word(self.rest(at))) && self.begins(at) == Begin::Definition
    }

    /// Whether the item may be the head of a block.
    pub(super) fn is_head(&self, item: &Item) -> bool {
        let first = self.word_of(item.first_word);
        let line = matches!(first, "require" | "expect" | "given" | "fn" | "native" | "unit" | "currency" | "rate" | "import" | "correlate");
        item.shape != Shape::Defines && item.words > 0 && !line && !is_reserved(first) && !self.in_statement()
    }

    fn in_statement(&self) -> bool {
        let parked = self.open.last().and_then(|open| open.parked.as_ref());
        parked.is_some_and(|parked| self.word_of(parked.head.first_word) == "statement")
    }

    /// Looks past blank lines and comments.
    fn ahead(&self) -> Ahead {
        let mut at = self.at;
        let mut line = at;
        loop {
            match self.byte(at) {
                Some(b'\n') => {
                    at += 1;
                    line = at;
                }
                Some(b' ' | b'\t' | b'\r') => at += 1,
                Some(b'#') => at += self.rest(at).find('\n').unwrap_or(self.rest(at).len()),
                Some(b'/') if self.byte(at + 1) == Some(b'/') => at += self.rest(at).find('\n').unwrap_or(self.rest(at).len()),
                Some(_) | None => return Ahead { at, indent: at - line, begin: self.begins(at) },
            }
        }
    }

    fn begins(&self, at: usize) -> Begin {
        match self.byte(at) {
            None | Some(b')' | b']' | b'}' | b',' | b';') => Begin::End,
            Some(b'"') => Begin::Text,
            Some(b'{') => Begin::Brace,
            Some(b'+' | b'-' | b'*' | b'/' | b'^' | b'<' | b'>' | b'=' | b'!' | b'~' | b':' | b'&' | b'|' | b'?') => Begin::Operator,
            Some(_) => self.begins_word(at),
        }
    }

    fn begins_word(&self, at: usize) -> Begin {
        let rest = self.rest(at);
        if !rest.starts_with(starts_name) {
            return Begin::Value;
        }
        let first = word(rest);
        if stands_between(first) {
            return Begin::Operator;
        }
        if is_reserved(first) {
            return Begin::Value;
        }
        let path = path(rest);
        let next = rest.get(path.len()..).unwrap_or("").trim_start_matches([' ', '\t']);
        let one_word = path.len() == first.len();
        match next.as_bytes() {
            [b'=', b'=', ..] => Begin::Value,
            [b'=' | b'~', ..] => Begin::Definition,
            [b':', ..] => Begin::Stated,
            [b'{' | b'"', ..] if one_word => Begin::Declaration,
            _ if one_word && next.starts_with(starts_name) && !is_reserved(word(next)) => Begin::Declaration,
            _ => Begin::Value,
        }
    }

    /// Whether a definition begins behind a place on the same line.
    pub(super) fn defines_at(&self, at: usize) -> bool {
        let blanks = self.rest(at).len() - self.rest(at).trim_start_matches([' ', '\t']).len();
        matches!(self.begins(at + blanks), Begin::Definition)
    }

    /// Whether a block ended just before, on this line.
    pub(super) fn follows_block(&self) -> bool {
        self.item.is_none() && self.entries.last().is_some_and(|entry| entry.block.is_some() && entry.span().end as usize >= self.line.start)
    }

    /// The item is complete.
    pub(super) fn end_item(&mut self) {
        self.ifs = self.open.last().map_or(0, |open| open.ifs);
        if let Some(item) = self.item.take() {
            self.entries.push(Entry {
                head: self.span(item.start, item.end),
                block: None,
                health: item.health,
                before: item.before,
                docs: item.docs,
            });
        }
    }

    /// A comma or a row's end: no `if` reaches over it.
    pub(super) fn close_ifs(&mut self) {
        self.ifs = self.open.last().map_or(0, |open| open.ifs);
    }

    /// Finds the item that a `##` comment explains.
    pub(super) fn explain(&mut self, doc: Span) {
        let line = self.line.start;
        if self.line.first.is_none() {
            match &mut self.item {
                None => self.above.push(doc),
                Some(item) if self.open.last().is_none_or(|open| open.bracket == Bracket::Block) => item.docs.push(doc),
                Some(_) => {}
            }
            return;
        }
        let inline = self.inline().is_some();
        if let Some(item) = &mut self.item {
            if !inline || item.line == line {
                item.docs.push(doc);
            }
            return;
        }
        if let Some(entry) = self.entries.last_mut() {
            if entry.span().end as usize >= line {
                entry.docs.push(doc);
            }
        } else if let Some(parked) = self.open.last_mut().filter(|open| open.line == line).and_then(|open| open.parked.as_mut()) {
            parked.head.docs.push(doc);
        }
    }

    /// Before an item begins: a second one on the line, or one that stands outside of a block that was not closed.
    pub(super) fn outdented(&mut self) {
        if self.follows_block() && self.divider == super::Divider::Break && self.line.first.is_some_and(|first| first < self.at) {
            self.told.tell(characters::several_on_a_line, self.span(self.at, self.at + self.width(self.at)));
        }
        if self.line.first != Some(self.at) {
            return;
        }
        let indent = self.at - self.line.start;
        let begin = self.begins(self.at);
        while let Some(open) = self.open.last() {
            let Some(parked) = &open.parked else { return };
            let guess = self.trust == Trust::Indentation || parked.implied;
            let deeper = parked.inner.is_some_and(|inner| inner > parked.head.indent);
            let other = parked.implied && self.word_of(parked.head.first_word) == "model" && !self.is_setting_of_model(&parked.head, self.at);
            let outside = indent <= parked.head.indent && (deeper || begin == Begin::Declaration || other);
            if !guess || !outside || open.line == self.line.start {
                return;
            }
            let end = self.last_end.max(open.span.end as usize);
            self.close_unclosed_block(end);
        }
    }

    /// Everything that is still open at the end of the text is closed there.
    pub(super) fn end_of_text(&mut self) {
        let end = self.text.trim_end().len();
        self.close_inline(end);
        self.end_item();
        while let Some(open) = self.open.last() {
            self.unclosed |= !open.parked.as_ref().is_some_and(|parked| parked.implied);
            let end = self.last_end.max(open.span.end as usize);
            self.close_unclosed_block(end);
        }
    }

    /// Ends a block that has no `}` and tells so; of one that never had a `{` that is told, and both are mended together.
    pub(super) fn close_unclosed_block(&mut self, end: usize) {
        if let Some((open, parked)) = self.open.last().and_then(|open| Some((open, open.parked.as_ref()?))) {
            let (at, ends) = (self.told.at(open.span), self.told.at(self.span(end, end)));
            let head = self.text.get(parked.head.start..parked.head.end).unwrap_or("");
            let one_line = self.text.get(open.line..end).is_some_and(|text| !text.contains('\n'));
            let closing = if one_line { " }".to_owned() } else { format!("\n{:indent$}}}", "", indent = parked.head.indent) };
            if parked.implied {
                self.told.mend_with(brackets::WITHOUT_BRACE, at, brackets::closing(ends, closing));
            } else {
                self.told.push(brackets::unclosed_block(at, ends, head, closing));
            }
        }
        self.close_block(end);
    }
}
