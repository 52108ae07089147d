//! Tokens: what each byte begins, and how it changes the item.

use super::{Bracket, Divider, Health, Item, Last, Scanner, Shape, Trust};
use crate::syntax::comments::Comment;
use crate::syntax::letters::{continues_name, stands_between, word};
use crate::syntax::mistakes::{brackets, characters, numbers};

impl Scanner<'_> {
    /// Reads the token that begins with `byte`.
    pub(super) fn token(&mut self, byte: u8) {
        match byte {
            b' ' | b'\t' => self.at += 1,
            b'\n' => self.line_break(),
            b'\r' if self.byte(self.at + 1) == Some(b'\n') => self.carriage_return(),
            b'#' => self.comment(self.at),
            b'"' => self.quoted(),
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => self.word(),
            b'0'..=b'9' => self.digits(),
            b'/' if self.byte(self.at + 1) == Some(b'/') => self.slashes(),
            b'/' if self.byte(self.at + 1) == Some(b'*') => self.slash_star(),
            b'(' | b'[' | b'{' | b')' | b']' | b'}' | b',' | b';' | b'.' | b'%' => self.sign(byte, 1),
            b'+' | b'-' | b'*' | b'/' | b'^' | b'<' | b'>' | b'=' | b'!' | b'~' | b':' | b'&' | b'|' | b'?' => self.sign(byte, 1),
            _ => self.odd(),
        }
    }

    /// One sign; `width` is more than 1 where another character stood for it.
    pub(super) fn sign(&mut self, byte: u8, width: usize) {
        let end = self.at + width;
        match byte {
            b'(' => self.opens(Bracket::Round, end),
            b'[' => self.opens(Bracket::Square, end),
            b'{' => self.opens_brace(end),
            b')' => self.closes(Bracket::Round, end),
            b']' => self.closes(Bracket::Square, end),
            b'}' => self.closes_brace(end),
            b',' => self.comma(end),
            b';' => self.semicolon(end),
            b':' | b'=' if self.is_before_block(end) => {
                let sign = if byte == b':' { ":" } else { "=" };
                self.told.tell(|at| brackets::sign_in_head(at, sign), self.span(self.at, end));
                self.mask(self.at, end, "");
                self.at = end;
            }
            b'=' | b'~' | b':' => {
                self.take(end, Last::Operator);
                self.shape(Shape::Defines);
            }
            b'.' | b'%' => self.take(end, Last::Value),
            _ => {
                self.take(end, Last::Operator);
                self.shape(Shape::Other);
            }
        }
    }

    /// Begins an item unless one is being read.
    pub(super) fn begin(&mut self) {
        self.line.first.get_or_insert(self.at);
        if self.item.is_some() {
            return;
        }
        self.outdented();
        let indent = self.line.first.unwrap_or(self.at) - self.line.start;
        let own_line = self.line.first == Some(self.at);
        if let Some(parked) = self.open.last_mut().and_then(|open| open.parked.as_mut()).filter(|_| own_line && self.entries.is_empty()) {
            parked.inner = Some(indent);
        }
        self.item = Some(Item {
            start: self.at,
            end: self.at,
            indent,
            line: self.line.start,
            first_word: self.span(self.at, self.at),
            words: 0,
            shape: Shape::Head,
            last: Last::Value,
            health: Health::Sound,
            before: std::mem::replace(&mut self.divider, Divider::Break),
            docs: std::mem::take(&mut self.above),
            told_deep: false,
        });
    }

    fn carriage_return(&mut self) {
        self.mask(self.at, self.at + 1, "");
        self.at += 1;
    }

    /// Takes a `#` comment; nothing of it reaches the parser.
    pub(super) fn comment(&mut self, start: usize) {
        let rest = self.rest(start);
        let line = first_line(rest);
        let end = start + line.len();
        let doc = line.starts_with("##") && !line.starts_with("###");
        self.take_comment(start, end, doc);
    }

    fn take_comment(&mut self, start: usize, end: usize, doc: bool) {
        let span = self.span(start, end);
        self.mask(start, end, "");
        self.hidden_directions(start, end);
        self.comments.push(Comment { span, doc });
        if doc {
            self.explain(span);
        }
        self.line.comment = true;
        self.at = end;
    }

    fn slashes(&mut self) {
        let start = self.at;
        self.told.tell(characters::slashes, self.span(start, start + 2));
        let rest = self.rest(start);
        let end = start + first_line(rest).len();
        self.take_comment(start, end, false);
    }

    /// `/* … */`, over lines; up to the end of the line where it has no end.
    fn slash_star(&mut self) {
        let start = self.at;
        self.told.tell(characters::slash_star, self.span(start, start + 2));
        let rest = self.rest(start);
        let found = if self.no_comment_end { None } else { rest.find("*/") };
        self.no_comment_end = found.is_none();
        let end = match found {
            Some(end) => start + end + 2,
            None => start + rest.find('\n').unwrap_or(rest.len()),
        };
        self.take_comment(start, end, false);
        if let Some(last) = self.text.get(start..end).and_then(|text| text.rfind('\n')) {
            self.line.start = start + last + 1;
            self.line.first = None;
        }
    }

    /// `"…"`, on one line.
    fn quoted(&mut self) {
        let start = self.at;
        let mut end = start + 1;
        loop {
            match self.byte(end) {
                Some(b'"') => {
                    end += 1;
                    break;
                }
                Some(b'\\') if !matches!(self.byte(end + 1), None | Some(b'\n' | b'\r')) => end += 1 + self.width(end + 1),
                None | Some(b'\n') => return self.unclosed_text(start, end),
                Some(_) => end += 1,
            }
        }
        self.hidden_directions(start, end);
        self.take(end, Last::Value);
    }

    /// A text that its line ends; what a brace in it may have opened is opened after all.
    fn unclosed_text(&mut self, start: usize, end: usize) {
        let text = self.text.get(start..end).unwrap_or("").trim_end();
        let end = start + text.len();
        self.begin();
        let head = self.item.as_ref().is_some_and(|item| item.shape == Shape::Head) && self.inline().is_none();
        self.told.tell(|at| characters::unclosed_text(at, text), self.span(start, end));
        self.hidden_directions(start, end);
        if let Some((title, _)) = text.split_once('{').filter(|_| head && self.trust != Trust::Nothing) {
            // The text is closed where it should have been, and the block begins.
            let brace = start + title.len();
            let title_end = start + title.trim_end().len();
            if title_end < brace {
                self.mask(title_end, brace, "\"");
                self.take(title_end + 1, Last::Value);
            } else {
                self.take(brace, Last::Value);
                self.spoil();
            }
            self.at = brace;
            return;
        }
        self.take(end, Last::Value);
        self.spoil();
    }

    /// Bytes of the character at a place.
    pub(super) fn width(&self, at: usize) -> usize {
        self.rest(at).chars().next().map_or(1, char::len_utf8)
    }

    /// A name or a word of the language.
    pub(super) fn word(&mut self) {
        let start = self.at;
        let word = word(self.rest(start));
        let end = start + word.len().max(1);
        let after_else = self.item.as_ref().is_some_and(|item| item.last == Last::Else);
        let last = match word {
            "else" => Last::Else,
            "if" | "not" => Last::Operator,
            _ if stands_between(word) => Last::Operator,
            _ => Last::Value,
        };
        self.take(end, last);
        let span = self.span(start, end);
        if let Some(item) = &mut self.item {
            item.words += 1;
            if item.words == 1 {
                item.first_word = span;
            }
        }
        if word == "if" && !after_else {
            self.check_depth(span);
            self.ifs += 1;
        }
    }

    /// A number, with what stands tight behind it.
    fn digits(&mut self) {
        let rest = self.rest(self.at);
        let end = self.at + rest.find(|character| !continues_name(character)).unwrap_or(rest.len());
        self.take(end, Last::Value);
    }

    fn comma(&mut self, end: usize) {
        if self.comma_in_number(end) {
            return;
        }
        if self.inline().is_some() {
            self.take(end, Last::Operator);
            self.close_ifs();
            return;
        }
        let span = self.span(self.at, end);
        let divides = !self.open.is_empty() || self.trust != Trust::Nothing && self.defines_at(end);
        if self.item.is_none() && !self.follows_block() {
            self.told.tell(characters::stray_comma, span);
        } else if self.open.is_empty() && self.trust != Trust::Nothing && self.ends_line(end) {
            self.told.tell(characters::trailing_comma, span);
        } else if !divides {
            self.take(end, Last::Operator);
            self.shape(Shape::Other);
            return;
        } else if self.open.is_empty() {
            self.told.tell(characters::several_by_comma, span);
        }
        self.line.first.get_or_insert(self.at);
        self.at = end;
        self.last_end = end;
        self.end_item();
        self.divider = Divider::Comma;
    }

    /// Whether nothing follows on the line but a comment.
    fn ends_line(&self, at: usize) -> bool {
        let rest = self.rest(at).trim_start_matches([' ', '\t']);
        rest.is_empty() || rest.starts_with(['\n', '\r', '#'])
    }

    /// A comma with digits right before and behind it: `2,000`, `1,5`.
    fn comma_in_number(&mut self, end: usize) -> bool {
        let Some(start) = self.digits_before().filter(|_| end - self.at == 1) else { return false };
        let mut number_end = end;
        // Every group of three digits belongs to the number.
        while let Some(next) = self.group(number_end) {
            number_end = next;
            if self.byte(number_end) != Some(b',') {
                break;
            }
            number_end += 1;
        }
        let inline = self.inline().is_some();
        if number_end == end {
            let decimal = !inline && self.byte(end).is_some_and(|byte| byte.is_ascii_digit()) && !self.open.is_empty();
            if decimal {
                let digits = self.rest(end).bytes().take_while(u8::is_ascii_digit).count();
                let span = self.span(start, end + digits);
                self.told.tell(|at| numbers::decimal_comma(at, self.text.get(at.span.range()).unwrap_or("")), span);
                self.mask(self.at, end, ".");
                self.at = end;
            }
            return decimal;
        }
        let number_end = if self.byte(number_end - 1) == Some(b',') { number_end - 1 } else { number_end };
        let span = self.span(start, number_end);
        let mistake = if inline { numbers::comma_or_divider } else { numbers::comma };
        self.told.tell(|at| mistake(at, self.text.get(at.span.range()).unwrap_or("")), span);
        for at in self.at..number_end {
            if self.byte(at) == Some(b',') {
                self.mask(at, at + 1, "_");
            }
        }
        self.take(number_end, Last::Value);
        true
    }

    /// Where the one to three digits right before this place begin, if they are a whole number.
    pub(super) fn digits_before(&self) -> Option<usize> {
        let digits = self.text.as_bytes().get(..self.at)?.iter().rev().take(4).take_while(|byte| byte.is_ascii_digit()).count();
        let start = self.at.checked_sub(digits).filter(|_| (1..=3).contains(&digits) && self.item.is_some())?;
        let before = start.checked_sub(1).and_then(|before| self.byte(before)).unwrap_or(b' ');
        let date = before == b'-' && start.checked_sub(2).and_then(|year| self.byte(year)).is_some_and(|byte| byte.is_ascii_digit());
        (!before.is_ascii_alphanumeric() && !date && !matches!(before, b'_' | b'.' | b'"')).then_some(start)
    }

    /// Behind three digits and no more.
    pub(super) fn group(&self, at: usize) -> Option<usize> {
        let digits = self.text.as_bytes().get(at..)?.iter().take(4).take_while(|byte| byte.is_ascii_digit()).count();
        (digits == 3).then_some(at + 3)
    }

    fn semicolon(&mut self, end: usize) {
        if matches!(self.inline(), Some(Bracket::Round | Bracket::Square)) && !self.ends_line(end) {
            self.told.tell(characters::semicolon_for_comma, self.span(self.at, end));
            self.mask(self.at, end, ",");
            self.take(end, Last::Operator);
            return self.close_ifs();
        }
        let by = if self.ends_line(end) { "" } else { "\n" };
        self.told.tell(|at| characters::semicolon(at, by), self.span(self.at, end));
        self.line.first.get_or_insert(self.at);
        if self.inline().is_some() || self.trust == Trust::Nothing {
            self.take(end, Last::Operator);
            self.spoil();
            return;
        }
        self.at = end;
        self.end_item();
    }
}

/// A text up to its first line break.
fn first_line(text: &str) -> &str {
    text.find('\n').map_or(text, |end| text.get(..end).unwrap_or(text)).trim_end_matches('\r')
}
