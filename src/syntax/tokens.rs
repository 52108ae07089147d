//! Tokens of one line, whatever is wrong with it: what a mistake tells of, what is laid out anew, what an editor colours.

use super::letters::{continues_name, is_reserved, starts_name, stands_between, word};
use crate::text::Span;

/// A token of a line.
#[derive(Clone, Copy, Debug)]
pub struct Token<'t> {
    /// What it is.
    pub kind: Kind,
    /// As written.
    pub text: &'t str,
    /// Where it stands.
    pub span: Span,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A name.
    Word,
    /// A reserved word.
    Reserved,
    /// Digits and all that stands tight behind them, dates too.
    Number,
    /// `"…"`
    Text,
    /// `(`, `[`, `{`
    Open,
    /// `)`, `]`, `}`
    Close,
    /// `,` or the end of a table's row
    Divider,
    /// Operators and other signs
    Sign,
}

/// Signs of several characters, ours and those of other languages, longest first.
const SIGNS: [&str; 25] = [
    "===", "!==", "<=>", "<=", ">=", "==", "!=", "<>", "=<", "=>", "->", "<-", ":=", "+=", "-=", "*=", "/=", "**", "&&", "||", "++", "^=", "??", "?:", "::",
];

impl Token<'_> {
    /// Whether a value may begin with it.
    #[must_use]
    pub fn begins_value(&self) -> bool {
        match self.kind {
            Kind::Word | Kind::Number | Kind::Text | Kind::Open => true,
            Kind::Reserved => !stands_between(self.text),
            Kind::Close | Kind::Divider | Kind::Sign => false,
        }
    }

    /// Whether a value may end with it.
    #[must_use]
    pub fn ends_value(&self) -> bool {
        match self.kind {
            Kind::Word | Kind::Number | Kind::Text | Kind::Close => true,
            Kind::Reserved => matches!(self.text, "true" | "false"),
            Kind::Sign => self.text == "%",
            Kind::Open | Kind::Divider => false,
        }
    }

    /// Whether it is this sign or word.
    #[must_use]
    pub fn is(&self, text: &str) -> bool {
        self.text == text && self.kind != Kind::Text
    }
}

/// The tokens of a text that begins at `start` and holds no comment.
#[must_use]
pub fn tokens(text: &str, start: u32) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let rest = rest.get(blanks..).unwrap_or("");
        at += blanks;
        let Some(first) = rest.chars().next() else { break };
        let (kind, length) = token(rest, first);
        let from = start + at as u32;
        tokens.push(Token { kind, text: rest.get(..length).unwrap_or(rest), span: Span::new(from, from + length as u32) });
        at += length;
    }
    tokens
}

/// What begins here, and its bytes.
pub(super) fn token(rest: &str, first: char) -> (Kind, usize) {
    match first {
        '"' => (Kind::Text, quoted(rest)),
        '(' | '[' | '{' => (Kind::Open, 1),
        ')' | ']' | '}' => (Kind::Close, 1),
        ',' | '\n' => (Kind::Divider, 1),
        '0'..='9' => (Kind::Number, number(rest)),
        _ if starts_name(first) || first == '_' => {
            let word = word(rest);
            (if is_reserved(word) { Kind::Reserved } else { Kind::Word }, word.len().max(1))
        }
        _ => (Kind::Sign, SIGNS.iter().find(|sign| rest.starts_with(**sign)).map_or(first.len_utf8(), |sign| sign.len())),
    }
}

fn quoted(rest: &str) -> usize {
    let mut escaped = false;
    for (at, character) in rest.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// Digits, letters and points without a gap; the `-` of an exponent and of a date belongs to it.
fn number(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let mut end = 0;
    for (at, character) in rest.char_indices() {
        let before = at.checked_sub(1).and_then(|before| bytes.get(before)).copied().unwrap_or(b' ');
        let behind = bytes.get(at + 1).copied().unwrap_or(b' ');
        let exponent = matches!(character, '+' | '-') && matches!(before, b'e' | b'E') && behind.is_ascii_digit();
        let dash = character == '-' && (4..=7).contains(&at) && rest.get(..4).is_some_and(|year| year.bytes().all(|byte| byte.is_ascii_digit())) && before.is_ascii_digit() && (behind.is_ascii_digit() || matches!(behind, b'Q' | b'q'));
        if !(continues_name(character) || character == '.' || exponent || dash) {
            break;
        }
        end = at + character.len_utf8();
    }
    end
}
