//! Lexemes: a text cut into words, numbers, signs and comments, whatever is wrong with it. What editors look at.

use super::letters::stands_between;
use super::tokens::{Kind, token};
use crate::text::Span;

/// A piece of a text; what lies between two of them is blank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lexeme<'t> {
    /// What it is.
    pub sort: Sort,
    /// As written.
    pub text: &'t str,
    /// Where it stands.
    pub span: Span,
}

/// What a piece of a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A name, or a word of the language that may be one.
    Name,
    /// A word that is never a name.
    Reserved,
    /// Digits and all that stands tight behind them, dates too.
    Number,
    /// `"…"`, to the end of its line at most.
    Text,
    /// `(`, `[`, `{`
    Open,
    /// `)`, `]`, `}`
    Close,
    /// `,`
    Comma,
    /// The end of a line.
    Break,
    /// Operators and other signs.
    Sign,
    /// `# …`
    Comment,
    /// `## …`
    Doc,
}

/// The pieces of a text, in its order.
pub fn lexemes(text: &str) -> impl Iterator<Item = Lexeme<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let inner = rest.trim_start_matches([' ', '\t', '\r']);
        let start = at + rest.len() - inner.len();
        let first = inner.chars().next()?;
        // No piece is longer than its line.
        let line = inner.find('\n').map_or(inner, |end| inner.get(..end.max(1)).unwrap_or(inner));
        let (sort, length) = piece(line, first);
        at = start + length;
        let span = Span::new(start as u32, at as u32);
        Some(Lexeme { sort, text: inner.get(..length).unwrap_or(inner), span })
    })
}

fn piece(line: &str, first: char) -> (Sort, usize) {
    if first == '#' {
        let doc = line.starts_with("##") && !line.starts_with("###");
        return (if doc { Sort::Doc } else { Sort::Comment }, line.trim_end_matches('\r').len());
    }
    let (kind, length) = token(line, first);
    let sort = match kind {
        Kind::Word => Sort::Name,
        Kind::Reserved => Sort::Reserved,
        Kind::Number => Sort::Number,
        Kind::Text => Sort::Text,
        Kind::Open => Sort::Open,
        Kind::Close => Sort::Close,
        Kind::Divider if first == '\n' => Sort::Break,
        Kind::Divider => Sort::Comma,
        Kind::Sign => Sort::Sign,
    };
    (sort, length)
}

/// Signs behind which a value has to come.
const OPERATORS: [&str; 14] = ["+", "-", "*", "/", "^", "=", "~", ":", "<", "<=", ">", ">=", "==", "!="];

/// Whether a text that is typed is to go on below: a bracket is open, it ends in an operator, or nothing but a `##` comment
/// is there yet. A blank line ends what an operator holds open.
#[must_use]
pub fn is_unfinished(text: &str) -> bool {
    let (mut depth, mut last, mut breaks) = (0_usize, None, 0);
    let mut only_doc = false;
    for lexeme in lexemes(text) {
        match lexeme.sort {
            Sort::Open => depth += 1,
            Sort::Close => depth = depth.saturating_sub(1),
            Sort::Break => {
                breaks += 1;
                continue;
            }
            Sort::Doc => only_doc |= last.is_none(),
            Sort::Name | Sort::Reserved | Sort::Number | Sort::Text | Sort::Comma | Sort::Sign | Sort::Comment => {}
        }
        breaks = 0;
        if !matches!(lexeme.sort, Sort::Comment | Sort::Doc) {
            (last, only_doc) = (Some(lexeme), false);
        }
    }
    let held = last.is_some_and(|last| match last.sort {
        Sort::Sign => OPERATORS.contains(&last.text),
        Sort::Reserved => stands_between(last.text) || matches!(last.text, "if" | "not"),
        Sort::Name | Sort::Number | Sort::Text | Sort::Open | Sort::Close | Sort::Comma | Sort::Break | Sort::Comment | Sort::Doc => false,
    });
    depth > 0 || breaks == 0 && (held || only_doc)
}

/// Whether a line goes on with what stands above it: it begins with what can only stand between two values.
#[must_use]
pub fn goes_on(line: &str) -> bool {
    lexemes(line).next().is_some_and(|first| match first.sort {
        // A minus may begin a value of its own.
        Sort::Sign => OPERATORS.contains(&first.text) && !matches!(first.text, "-" | ":"),
        Sort::Reserved => stands_between(first.text),
        Sort::Name | Sort::Number | Sort::Text | Sort::Open | Sort::Close | Sort::Comma | Sort::Break | Sort::Comment | Sort::Doc => false,
    })
}
