//! Highlight: the words of a text by what they are, however broken it is.

use crate::syntax::{Lexeme, Sort, keywords, lexemes};
use crate::text::Span;
use foldhash::HashSet;
use std::sync::LazyLock;

/// What a piece of a text is to a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// `if`, `growing`, `require`
    Keyword,
    /// `market` at the head of an instance
    Kind,
    /// `total` before its bracket
    Function,
    /// A name that is defined, used or made.
    Name,
    /// `USD/month` behind a number
    Unit,
    /// `1.8M`, `2026-01`
    Number,
    /// `"Small companies"`
    Text,
    /// `# …`
    Comment,
    /// `## …`
    Doc,
    /// Operators and brackets.
    Sign,
}

/// A classified piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub class: Class,
}

static KEYWORDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| keywords().into_iter().collect());

/// The pieces of a text, in its order; takes a time that grows with its length alone.
#[must_use]
pub fn highlight(text: &str) -> Vec<Mark> {
    let lexemes: Vec<Lexeme<'_>> = lexemes(text).collect();
    let mut marks = Vec::with_capacity(lexemes.len());
    let mut before: Option<(Lexeme<'_>, Class)> = None;
    for (at, lexeme) in lexemes.iter().enumerate() {
        let next = lexemes.get(at + 1);
        let Some(class) = class(lexeme, before.as_ref(), next) else {
            before = None;
            continue;
        };
        marks.push(Mark { span: lexeme.span, class });
        before = Some((*lexeme, class));
    }
    marks
}

/// None for the end of a line.
fn class(lexeme: &Lexeme<'_>, before: Option<&(Lexeme<'_>, Class)>, next: Option<&Lexeme<'_>>) -> Option<Class> {
    Some(match lexeme.sort {
        Sort::Break => return None,
        Sort::Reserved => Class::Keyword,
        Sort::Number if goes_on_unit(lexeme, before) => Class::Unit,
        Sort::Number => Class::Number,
        Sort::Text => Class::Text,
        Sort::Comment => Class::Comment,
        Sort::Doc => Class::Doc,
        Sort::Sign if is_tight_slash(lexeme, before, next) => Class::Unit,
        Sort::Sign | Sort::Open | Sort::Close | Sort::Comma => Class::Sign,
        Sort::Name => name(lexeme, before, next),
    })
}

fn name(lexeme: &Lexeme<'_>, before: Option<&(Lexeme<'_>, Class)>, next: Option<&Lexeme<'_>>) -> Class {
    let follows = |text: &str| next.is_some_and(|next| next.text == text);
    let (defines, called) = (follows("=") || follows(":") || follows("~") || follows("."), follows("("));
    let begins = before.is_none_or(|(before, _)| matches!(before.sort, Sort::Open | Sort::Comma));
    let behind_value = before.is_some_and(|(before, class)| {
        matches!(before.sort, Sort::Name | Sort::Close | Sort::Text | Sort::Number) || before.text == "%" || *class == Class::Unit
    });
    if goes_on_unit(lexeme, before) {
        Class::Unit
    } else if KEYWORDS.contains(lexeme.text) && (begins || behind_value) && !defines && !called {
        Class::Keyword
    } else if before.is_some_and(|(before, class)| before.sort == Sort::Number && *class == Class::Number) {
        // `3 users`: what stands behind a number is its unit.
        Class::Unit
    } else if called {
        Class::Function
    } else if begins && next.is_some_and(|next| matches!(next.sort, Sort::Name | Sort::Text) || next.text == "{") {
        Class::Kind
    } else {
        Class::Name
    }
}

/// The `/` of a unit is written tight: `USD/month`, `5%/month`.
fn is_tight_slash(lexeme: &Lexeme<'_>, before: Option<&(Lexeme<'_>, Class)>, next: Option<&Lexeme<'_>>) -> bool {
    let (tight, tight_behind) = (before.is_some_and(|(before, _)| before.span.end == lexeme.span.start), next.is_some_and(|next| next.span.start == lexeme.span.end));
    let unit = before.is_some_and(|(before, class)| *class == Class::Unit || before.text == "%");
    lexeme.text == "/" && unit && tight && tight_behind
}

fn goes_on_unit(lexeme: &Lexeme<'_>, before: Option<&(Lexeme<'_>, Class)>) -> bool {
    let tight = |before: &Lexeme<'_>| before.text == "/" && before.span.end == lexeme.span.start;
    // `/1k token`: what stands behind the number of a unit belongs to it.
    before.is_some_and(|(before, class)| *class == Class::Unit && (tight(before) || before.sort == Sort::Number))
}

#[cfg(test)]
mod tests {
    use super::{Class, highlight};

    fn told(text: &str) -> Vec<(&str, Class)> {
        highlight(text).into_iter().map(|mark| (&text[mark.span.range()], mark.class)).collect()
    }

    #[test]
    fn words_are_told_apart() {
        use Class::{Comment, Doc, Function, Keyword, Kind, Name, Number, Sign, Text, Unit};
        assert_eq!(told("price = 0.02 USD/1k token growing 3%/year ## why"), [
            ("price", Name), ("=", Sign), ("0.02", Number), ("USD", Unit), ("/", Unit), ("1k", Unit), ("token", Unit),
            ("growing", Keyword), ("3", Number), ("%", Sign), ("/", Unit), ("year", Unit), ("## why", Doc),
        ]);
        assert_eq!(told("market 市场 \"小\" {"), [("market", Kind), ("市场", Name), ("\"小\"", Text), ("{", Sign)]);
        assert_eq!(told("require total(cash) / x >= 0 USD # no"), [
            ("require", Keyword), ("total", Function), ("(", Sign), ("cash", Name), (")", Sign), ("/", Sign), ("x", Name),
            (">=", Sign), ("0", Number), ("USD", Unit), ("# no", Comment),
        ]);
        assert_eq!(told("rate = 3\nrate EUR = 1.08 USD"), [
            ("rate", Name), ("=", Sign), ("3", Number), ("rate", Keyword), ("EUR", Name), ("=", Sign), ("1.08", Number), ("USD", Unit),
        ]);
    }

    #[test]
    fn broken_texts_have_marks_too() {
        for text in ["\"open", "((((", "5 /", "= = =", "\u{202e}x", "½ + 三", "if", "..", "\\", "x[2027", "\r\n\r", "# \u{0}"] {
            let marks = highlight(text);
            assert!(marks.iter().all(|mark| text.get(mark.span.range()).is_some()), "{text}");
            assert!(marks.is_sorted_by(|one, next| one.span.end <= next.span.start), "{text}");
        }
    }
}
