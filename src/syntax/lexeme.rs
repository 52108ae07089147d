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
    let (mut at, mut end) = (0, 0);
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let inner = rest.trim_start_matches([' ', '\t', '\r']);
        let start = at + rest.len() - inner.len();
        let first = inner.chars().next()?;
        // No piece is longer than its line, whose end is looked for once.
        if start >= end {
            end = start + inner.find('\n').map_or(inner.len(), |end| end.max(1));
        }
        let (sort, length) = piece(text.get(start..end).unwrap_or(inner), first);
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
    let mut ending = Ending::default();
    ending.read(text);
    ending.is_unfinished()
}

/// How a text ends, read line by line, so that a long one is read once.
#[derive(Clone, Debug, Default)]
pub struct Ending {
    /// Brackets that are open.
    depth: usize,
    /// Line ends behind the last piece.
    breaks: usize,
    ends: End,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum End {
    /// There is nothing but comments.
    #[default]
    Nothing,
    /// A comment that documents what is to come.
    Doc,
    /// An operator, or a word that wants a value.
    Operator,
    /// All else.
    Whole,
}

impl Ending {
    /// Goes on with a part of the text, which begins and ends as a line does.
    pub fn read(&mut self, text: &str) {
        for lexeme in lexemes(text) {
            match lexeme.sort {
                Sort::Open => self.depth += 1,
                Sort::Close => self.depth = self.depth.saturating_sub(1),
                Sort::Break => {
                    self.breaks += 1;
                    continue;
                }
                Sort::Name | Sort::Reserved | Sort::Number | Sort::Text | Sort::Comma | Sort::Sign | Sort::Comment | Sort::Doc => {}
            }
            self.breaks = 0;
            self.ends = match lexeme.sort {
                Sort::Comment => self.ends,
                Sort::Doc if self.ends == End::Nothing => End::Doc,
                Sort::Doc => self.ends,
                Sort::Sign if OPERATORS.contains(&lexeme.text) => End::Operator,
                Sort::Reserved if stands_between(lexeme.text) || matches!(lexeme.text, "if" | "not") => End::Operator,
                Sort::Sign | Sort::Reserved | Sort::Name | Sort::Number | Sort::Text | Sort::Open | Sort::Close | Sort::Comma | Sort::Break => End::Whole,
            };
        }
    }

    /// Whether more is to come.
    #[must_use]
    pub fn is_unfinished(&self) -> bool {
        self.depth > 0 || self.breaks == 0 && matches!(self.ends, End::Operator | End::Doc)
    }
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
