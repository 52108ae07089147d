//! Heads: why the first line of a block did not parse.

use super::Line;
use crate::diagnostic::Diagnostic;
use crate::syntax::form::Form;
use crate::syntax::letters::name_of;
use crate::syntax::mistakes::declarations;
use crate::syntax::tokens::{Kind, Token};
use crate::text::Span;

/// Why a head did not parse.
pub(super) fn why(line: &Line<'_>, form: Form) -> Diagnostic {
    let Some(here) = line.here() else {
        return declarations::word_missing(line.behind(line.here), "a name", form);
    };
    let at = line.at(here.span);
    match here.kind {
        _ if joins(form, here.text).is_some() => declarations::joining_word(at, here.text, joins(form, here.text).unwrap_or(""), form),
        Kind::Reserved => declarations::reserved(at, here.text),
        Kind::Number => declarations::not_a_name(at, here.text),
        Kind::Text if line.here == 1 && takes_name(form) => declarations::title_without_name(line.behind(line.here), &name_of(here.text), at, form),
        Kind::Word if form == Form::Test => untitled(line, here, form),
        Kind::Word if here.is("is") && line.here + 1 == line.tokens.len() => {
            let gap = Span::new(line.behind(line.here).span.end, here.span.end);
            declarations::head_mended(at, here.text, form, "take it out", line.at(gap), "")
        }
        Kind::Word if here.text.starts_with('_') => declarations::not_a_name(at, here.text),
        Kind::Sign if here.is("-") => joined(line, form),
        Kind::Word if line.before().is_some_and(|before| before.kind == Kind::Word) && takes_name(form) => words(line, form),
        Kind::Word | Kind::Text | Kind::Open | Kind::Close | Kind::Divider | Kind::Sign => declarations::other_form(at, here.text, form),
    }
}

/// What other languages write where one declaration builds on another.
fn joins(form: Form, word: &str) -> Option<&'static str> {
    match (form, word) {
        (Form::Scenario, "from" | "is" | "extend" | "of" | "on" | "inherits" | "based") => Some("extends"),
        (Form::Kind, "from" | "extends" | "extend" | "of" | "inherits") => Some("is"),
        _ => None,
    }
}

/// `test support { … }`
fn untitled(line: &Line<'_>, here: &Token<'_>, form: Form) -> Diagnostic {
    let words: Vec<&Token<'_>> = line.tokens.iter().skip(line.here).collect();
    let span = words.iter().map(|token| token.span).reduce(Span::join).unwrap_or(here.span);
    let is_plain = words.iter().all(|token| matches!(token.kind, Kind::Word | Kind::Reserved | Kind::Number));
    if !is_plain {
        return declarations::other_form(line.at(here.span), here.text, form);
    }
    let title = format!("\"{}\"", words.iter().map(|token| token.text).collect::<Vec<_>>().join(" "));
    declarations::head_mended(line.at(here.span), here.text, form, &format!("write {title}"), line.at(span), &title)
}

fn takes_name(form: Form) -> bool {
    matches!(form, Form::Model | Form::Kind | Form::Instance | Form::Scenario | Form::Goal)
}

/// `market small business { … }`
fn words(line: &Line<'_>, form: Form) -> Diagnostic {
    let name = line.tokens.iter().skip(1).take_while(|token| token.kind == Kind::Word && !token.is("is") && !token.is("extends"));
    let tokens: Vec<_> = name.collect();
    let span = tokens.iter().map(|token| token.span).reduce(Span::join);
    match (span, tokens.len()) {
        (Some(span), 2..) => {
            let words: Vec<&str> = tokens.iter().map(|token| token.text).collect();
            declarations::several_words(line.at(span), &words.join(" "))
        }
        (Some(_) | None, _) => {
            let here = line.here().map_or(line.span, |here| here.span);
            declarations::other_form(line.at(here), line.here().map_or("", |here| here.text), form)
        }
    }
}

/// `market small-business { … }`
fn joined(line: &Line<'_>, form: Form) -> Diagnostic {
    let first = line.here.saturating_sub(1);
    let parts: Vec<_> = line.tokens.iter().skip(first).take_while(|token| matches!(token.kind, Kind::Word | Kind::Number) || token.is("-")).collect();
    let span = parts.iter().map(|token| token.span).reduce(Span::join);
    let text: String = parts.iter().map(|token| token.text).collect();
    match span {
        Some(span) if text.chars().any(char::is_alphanumeric) => declarations::not_a_name(line.at(span), &text),
        Some(_) | None => declarations::other_form(line.at(line.span), "-", form),
    }
}
