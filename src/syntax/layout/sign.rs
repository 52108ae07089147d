//! Signs that are not the language's: those that look like one of its own, quotes, currencies, and the invisible.

use super::{Last, Scanner, Shape};
use crate::syntax::letters::{continues_name, starts_name};
use crate::syntax::mistakes::{characters, numbers};

/// Signs of other keyboards and of word processors, with the plain one.
const LOOKALIKES: [(char, &str); 46] = [
    ('×', "*"), ('·', "*"), ('∙', "*"), ('⋅', "*"), ('∗', "*"), ('＊', "*"), ('÷', "/"), ('∕', "/"), ('⁄', "/"), ('／', "/"),
    ('–', "-"), ('—', "-"), ('−', "-"), ('‐', "-"), ('‑', "-"), ('－', "-"), ('＋', "+"), ('＾', "^"), ('≤', "<="), ('≥', ">="),
    ('≠', "!="), ('＜', "<"), ('＞', ">"), ('＝', "="), ('～', "~"), ('∼', "~"), ('（', "("), ('）', ")"), ('［', "["), ('］', "]"),
    ('【', "["), ('】', "]"), ('｛', "{"), ('｝', "}"), ('，', ","), ('、', ","), ('：', ":"), ('；', ";"), ('．', "."), ('。', "."),
    ('％', "%"), ('＃', "#"), ('！', "!"), ('²', "^2"), ('³', "^3"), ('＿', "_"),
];

/// Quotes with their partners.
const QUOTES: [(char, char); 12] = [
    ('\'', '\''), ('`', '`'), ('“', '”'), ('”', '”'), ('„', '“'), ('‘', '’'), ('’', '’'), ('«', '»'), ('「', '」'), ('『', '』'), ('＂', '＂'),
    ('＇', '＇'),
];

/// Signs of currencies, with the currency where there is no doubt.
const CURRENCIES: [(char, &str); 8] =
    [('$', "USD"), ('€', "EUR"), ('£', "GBP"), ('¥', ""), ('￥', ""), ('₹', "INR"), ('₩', "KRW"), ('¢', "")];

/// The marks that turn the direction of a text.
fn turns(character: char) -> bool {
    matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// What takes no room, controls included.
fn is_invisible(character: char) -> bool {
    character.is_control() || crate::diagnostic::escape::is_hidden(character) || matches!(character, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}')
}

/// A blank that is not the plain one.
fn other_blank(character: char) -> bool {
    character.is_whitespace() && !character.is_ascii()
}

/// A full-width digit or letter of ASCII.
fn narrow(character: char) -> Option<char> {
    let code = u32::from(character);
    (0xff01..=0xff5e).contains(&code).then(|| char::from_u32(code - 0xfee0)).flatten()
}

impl Scanner<'_> {
    /// A character that is not plain ASCII, or has no place in a model.
    pub(super) fn odd(&mut self) {
        let Some(character) = self.rest(self.at).chars().next() else { return };
        let width = character.len_utf8();
        if starts_name(character) && narrow(character).is_none() {
            return self.word();
        }
        if let Some((_, plain)) = LOOKALIKES.iter().find(|(sign, _)| *sign == character) {
            return self.lookalike(character, plain, width);
        }
        if let Some((_, partner)) = QUOTES.iter().find(|(quote, _)| *quote == character) {
            return self.quote(*partner, width);
        }
        if let Some((_, code)) = CURRENCIES.iter().find(|(sign, _)| *sign == character) {
            return self.currency(code, width);
        }
        if turns(character) {
            return self.nothing(width, turns, |at, _| characters::turns(at));
        }
        if is_invisible(character) {
            return self.nothing(width, |next| is_invisible(next) && !turns(next) && next != '\n', characters::invisible);
        }
        if character.is_whitespace() {
            return self.nothing(width, other_blank, |at, _| characters::lookalike(at, character, " "));
        }
        if let Some(plain) = narrow(character) {
            let end = self.run_of(|next| narrow(next).is_some_and(|plain| plain.is_ascii_alphanumeric())).max(self.at + width);
            let text: String = self.text.get(self.at..end).unwrap_or("").chars().filter_map(narrow).collect();
            self.told.tell(|at| characters::full_width(at, plain, &text), self.span(self.at, end));
            return self.strange(end);
        }
        let end = self.run_of(|next| !next.is_ascii() && !continues_name(next) && !next.is_whitespace() && !is_invisible(next)).max(self.at + width);
        let text = self.text.get(self.at..end).unwrap_or("");
        self.told.tell(|at| characters::without_meaning(at, text), self.span(self.at, end));
        self.strange(end);
    }

    /// The end of the run of characters of one sort that begins here.
    fn run_of(&self, sort: impl Fn(char) -> bool) -> usize {
        let rest = self.rest(self.at);
        self.at + rest.find(|character| !sort(character)).unwrap_or(rest.len())
    }

    /// Takes something that can't be parsed.
    fn strange(&mut self, end: usize) {
        self.take(end, Last::Value);
        self.shape(Shape::Other);
        self.spoil();
    }

    /// Something that is told and then read as blanks.
    fn nothing(&mut self, width: usize, sort: impl Fn(char) -> bool, mistake: impl FnOnce(crate::text::Location, &str) -> crate::diagnostic::Diagnostic) {
        let end = self.run_of(sort).max(self.at + width);
        let text = self.text.get(self.at..end).unwrap_or("");
        self.told.tell(|at| mistake(at, text), self.span(self.at, end));
        self.mask(self.at, end, "");
        self.at = end;
    }

    /// A sign that is told and then read as the plain one.
    fn lookalike(&mut self, character: char, plain: &str, width: usize) {
        let end = self.at + width;
        self.told.tell(|at| characters::lookalike(at, character, plain), self.span(self.at, end));
        match plain.as_bytes() {
            [b'#'] => self.comment(self.at),
            [b';'] => {
                self.mask(self.at, end, "");
                self.at = end;
                if self.inline().is_none() {
                    self.end_item();
                }
            }
            [b'_'] | [] => self.strange(end),
            [sign, ..] => {
                self.mask(self.at, end, plain);
                self.sign(*sign, width);
            }
        }
    }

    /// `120'000`: groups of digits as they are written in Switzerland.
    fn apostrophes(&mut self) -> bool {
        let Some(start) = self.digits_before().filter(|_| self.byte(self.at) == Some(b'\'')) else { return false };
        let mut end = self.at;
        while let Some(next) = self.group(end + 1).filter(|_| self.byte(end) == Some(b'\'')) {
            self.mask(end, end + 1, "_");
            end = next;
        }
        if end == self.at {
            return false;
        }
        let plain = self.text.get(start..end).unwrap_or("").replace('\'', "_");
        self.told.tell(|at| numbers::grouped(at, &plain), self.span(start, end));
        self.take(end, Last::Value);
        true
    }

    /// A text in other quotes.
    fn quote(&mut self, partner: char, width: usize) {
        if self.apostrophes() {
            return;
        }
        let start = self.at;
        let rest = self.rest(start + width);
        let line = if start < self.quotes_dead_up_to { "" } else { rest.find('\n').map_or(rest, |end| rest.get(..end).unwrap_or(rest)) };
        let Some(length) = line.find(partner) else {
            self.quotes_dead_up_to = self.quotes_dead_up_to.max(start + width + line.len());
            let text = self.text.get(start..start + width).unwrap_or("");
            self.told.tell(|at| characters::lone_quote(at, text), self.span(start, start + width));
            return self.strange(start + width);
        };
        let inside = line.get(..length).unwrap_or("");
        let end = start + width + length + partner.len_utf8();
        self.told.tell(|at| characters::wrong_quotes(at, inside), self.span(start, end));
        self.hidden_directions(start, end);
        if inside.contains(['"', '\\']) {
            return self.strange(end);
        }
        // Blanks first, so that the quote stands right before the text.
        let opening = format!("{:>width$}", '"');
        self.mask(start, start + width, &opening);
        self.mask(end - partner.len_utf8(), end, "\"");
        self.take(end, Last::Value);
    }

    /// `$49`, `49 €`.
    fn currency(&mut self, code: &str, width: usize) {
        let end = self.at + width;
        let rest = self.rest(end);
        let is_amount = rest.starts_with(|next: char| next.is_ascii_digit());
        let number = if is_amount { rest.len() - rest.trim_start_matches(|next: char| next.is_ascii_digit() || matches!(next, '_' | '.' | ',')).len() } else { 0 };
        let scale = crate::syntax::letters::word(rest.get(number..).unwrap_or(""));
        let number = if number > 0 { number + scale.len() } else { 0 };
        let digits = rest.get(..number).unwrap_or("");
        if self.rest(self.at).starts_with('¢') {
            self.told.tell(characters::cents, self.span(self.at, end));
            return self.strange(end);
        }
        let tight = self.at.checked_sub(1).and_then(|before| self.byte(before)).is_some_and(|byte| byte.is_ascii_alphanumeric());
        self.told.tell(|at| characters::currency(at, code, digits, if tight { " " } else { "" }), self.span(self.at, end + number));
        self.strange(end + number);
    }

    /// Tells of marks that turn the direction inside of a text or a comment.
    pub(super) fn hidden_directions(&mut self, start: usize, end: usize) {
        let bytes = self.text.as_bytes().get(start..end).unwrap_or(&[]);
        if !bytes.iter().any(|byte| matches!(byte, 0xe2 | 0xd8)) {
            return;
        }
        let text = self.text.get(start..end).unwrap_or("");
        for (offset, character) in text.char_indices().filter(|(_, character)| turns(*character)) {
            let at = start + offset;
            self.told.tell(characters::turns, self.span(at, at + character.len_utf8()));
        }
    }
}
