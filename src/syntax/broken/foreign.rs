//! Foreign: operators and choices as spreadsheets and other languages write them.

use super::Line;
use crate::diagnostic::Diagnostic;
use crate::syntax::mistakes::expressions;
use crate::syntax::tokens::{Kind, Token};
use crate::text::Span;

/// `c ? a : b`, where it is all that stands behind the sign that defines.
pub(super) fn ternary(line: &Line<'_>, here: &Token<'_>) -> Option<Diagnostic> {
    let begins = line.tokens.iter().take(line.here).rposition(|token| token.is("="))? + 1;
    let plain = line.tokens.get(begins..)?.iter().all(|token| !matches!(token.kind, Kind::Open | Kind::Close | Kind::Divider) || token.is("(") || token.is(")"));
    let colon = line.tokens.iter().skip(line.here).filter(|token| token.is(":")).map(|token| token.span).collect::<Vec<_>>();
    let ([colon], true) = (colon.as_slice(), plain) else { return None };
    let start = line.get(begins)?.span.start;
    Some(expressions::ternary(line.at(here.span), line.at(Span::new(start, start)), line.at(*colon)))
}

/// Our spelling of an operator of another language, where there is one.
pub(super) fn foreign(operator: &str) -> Option<Option<&'static str>> {
    Some(match operator {
        "**" => Some("^"),
        "&&" | "&" => Some(" and "),
        "||" | "|" => Some(" or "),
        "!" => Some("not "),
        "===" => Some("=="),
        "!==" | "<>" => Some("!="),
        "=<" => Some("<="),
        "=>" => Some(">="),
        ":=" => Some("="),
        "->" | "<-" | "+=" | "-=" | "*=" | "/=" | "^=" | "++" | "<=>" | "::" => None,
        _ => return None,
    })
}

/// `if c: a else: b`: the colons of other languages, each with the blank before it.
pub(super) fn colons(line: &Line<'_>, here: &Token<'_>) -> Vec<Span> {
    if !here.is(":") {
        return Vec::new();
    }
    let otherwise = line.tokens.windows(2).find_map(|pair| if let [word, colon] = pair { (word.is("else") && colon.is(":")).then_some(colon.span) } else { None });
    let before = line.before().map_or(here.span.start, |before| before.span.end);
    std::iter::once(Span::new(before, here.span.end)).chain(otherwise).collect()
}

/// The `=` of a row and of those behind it in the same braces.
pub(super) fn equals_of_rows<'l>(line: &'l Line<'_>) -> impl Iterator<Item = Span> + 'l {
    let mut depth = 0_usize;
    let mut inside = true;
    line.tokens.iter().skip(line.here).filter_map(move |token| {
        match token.kind {
            Kind::Open => depth += 1,
            Kind::Close if depth == 0 => inside = false,
            Kind::Close => depth -= 1,
            Kind::Word | Kind::Reserved | Kind::Number | Kind::Text | Kind::Divider | Kind::Sign => {}
        }
        (inside && depth == 0 && token.is("=")).then_some(token.span)
    })
}
