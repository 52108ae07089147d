//! Lines with a word of their own: why `unit …`, `require …`, `fn …` did not parse.

use super::{Line, value};
use crate::diagnostic::Diagnostic;
use crate::syntax::form::Form;
use crate::syntax::mistakes::{declarations, expressions};
use crate::syntax::tokens::{Kind, Token};
use crate::text::Span;

/// Why a line did not parse.
pub(super) fn why(line: &Line<'_>, form: Form) -> Diagnostic {
    match form {
        Form::Require | Form::Expect => requirement(line, form),
        Form::Rate => behind(line, form, &["=", "~"]),
        Form::Function => body(line).unwrap_or_else(|| behind(line, form, &["="])),
        Form::Correlate => pair(line).unwrap_or_else(|| behind(line, form, &["by"])),
        Form::Aim => aim(line, form),
        Form::Model
        | Form::Kind
        | Form::Instance
        | Form::Scenario
        | Form::Test
        | Form::Statement
        | Form::Definition
        | Form::Unit
        | Form::Currency
        | Form::Import
        | Form::Given
        | Form::Goal
        | Form::Later => words(line, form),
    }
}

/// A line with an expression behind a sign.
fn behind(line: &Line<'_>, form: Form, signs: &[&str]) -> Diagnostic {
    let sign = line.tokens.iter().position(|token| signs.iter().any(|sign| token.is(sign)));
    match sign {
        Some(sign) if line.here > sign => value::why(line, sign + 1),
        Some(_) | None => words(line, form),
    }
}

/// `correlate a and b by 0.6`
fn pair(line: &Line<'_>) -> Option<Diagnostic> {
    let here = line.here().filter(|here| matches!(here.text, "and" | "with" | "to"))?;
    let gap = Span::new(line.behind(line.here).span.end, here.span.end);
    Some(declarations::joining_sign(line.at(here.span), here.text, line.at(gap), Form::Correlate))
}

/// `fn f(x): x * 2`, `fn f(x) { x * 2 }`, `fn f(x) => x * 2`
fn body(line: &Line<'_>) -> Option<Diagnostic> {
    let here = line.here().filter(|_| line.before().is_some_and(|before| before.is(")")))?;
    let begins = line.get(line.here + 1).filter(|next| next.is("return")).map_or(here.span.end, |word| word.span.end);
    let gap = Span::new(line.behind(line.here).span.end, begins);
    let closing = line.tokens.last().filter(|last| here.is("{") && last.is("}"));
    let fits = closing.is_some() || matches!(here.text, ":" | "=>" | ":=" | "->");
    fits.then(|| declarations::body_without_equals(line.at(here.span), here.text, line.at(gap), closing.map(|last| line.at(last.span))))
}

/// A line of names.
fn words(line: &Line<'_>, form: Form) -> Diagnostic {
    if line.before().is_some_and(|before| before.is("|")) {
        return declarations::word_missing(line.behind(line.here), "an option", form);
    }
    let Some(here) = line.here() else {
        return declarations::word_missing(line.behind(line.here), missing(line, form), form);
    };
    let at = line.at(here.span);
    if let Some(mistake) = plural(line, here).filter(|_| form == Form::Unit) {
        return mistake;
    }
    let wants_name = line.before().is_some_and(|before| before.kind != Kind::Word || line.here == 1);
    match here.kind {
        Kind::Reserved if wants_name => declarations::reserved(at, here.text),
        Kind::Number if wants_name && form != Form::Import => declarations::not_a_name(at, here.text),
        Kind::Sign if here.text == "==" => expressions::foreign_operator(at, here.text, Some("=")),
        Kind::Sign if here.text == ":=" => expressions::foreign_operator(at, here.text, Some("=")),
        Kind::Word | Kind::Reserved | Kind::Number | Kind::Text | Kind::Open | Kind::Close | Kind::Divider | Kind::Sign => {
            declarations::other_form(at, here.text, form)
        }
    }
}

/// `unit seat, seats`, `unit seat seats`
fn plural(line: &Line<'_>, here: &Token<'_>) -> Option<Diagnostic> {
    let name = line.before().filter(|name| name.kind == Kind::Word && line.here == 2)?;
    let plural = line.get(if here.kind == Kind::Word { 2 } else { 3 }).filter(|plural| plural.kind == Kind::Word)?;
    let gap = line.at(Span::new(name.span.end, plural.span.start));
    (here.kind == Kind::Word || matches!(here.text, "," | "|" | "-" | ":" | "=")).then(|| declarations::plural_apart(line.at(here.span), gap))
}

/// What a line that breaks off still needs.
fn missing(line: &Line<'_>, form: Form) -> &'static str {
    match form {
        Form::Correlate if line.tokens.iter().any(|token| token.is(",")) && line.before().is_some_and(|before| before.kind == Kind::Word) => "`by`",
        Form::Rate if line.here > 1 => "`=`",
        Form::Import => "a text",
        Form::Aim if line.here > 1 => "`from`",
        Form::Function if line.here > 2 => "`(`",
        Form::Function if line.here == 1 && line.is(0, "native") => "`fn`",
        Form::Model
        | Form::Kind
        | Form::Instance
        | Form::Scenario
        | Form::Test
        | Form::Statement
        | Form::Definition
        | Form::Unit
        | Form::Currency
        | Form::Rate
        | Form::Correlate
        | Form::Function
        | Form::Require
        | Form::Given
        | Form::Expect
        | Form::Aim
        | Form::Goal
        | Form::Later => "a name",
    }
}

/// `vary x from a to b until c`, `maximize e subject to requirements`
fn aim(line: &Line<'_>, form: Form) -> Diagnostic {
    let Some(first) = line.get(0) else { return words(line, form) };
    match first.text {
        "vary" => between(line, form).unwrap_or_else(|| behind(line, form, &["from", "until"])),
        "until" => value::why(line, 1),
        "maximize" | "minimize" => match line.tokens.iter().position(|token| token.is("subject")) {
            Some(subject) if line.here > subject => {
                let wanted = if line.here == subject + 1 { "`to requirements`" } else { "`requirements`" };
                declarations::word_missing(line.behind(line.here), wanted, form)
            }
            Some(_) | None => value::why(line, 1),
        },
        _ => declarations::other_form(line.at(first.span), first.text, form),
    }
}

/// `vary x between a and b`
fn between(line: &Line<'_>, form: Form) -> Option<Diagnostic> {
    let word = line.here().filter(|here| here.is("between"))?;
    let and = line.tokens.iter().skip(line.here).find(|token| token.is("and"))?;
    Some(declarations::between_for_from(line.at(word.span), line.at(and.span), form))
}

/// `require C from A until B in SCENARIO with 90% confidence "why"`
fn requirement(line: &Line<'_>, form: Form) -> Diagnostic {
    let with = line.tokens.iter().take(line.here).rposition(|token| token.is("with"));
    let before_ends = line.before().is_some_and(|before| before.ends_value());
    if let (Some(_), true) = (with, before_ends) {
        let clause = line.here().is_none_or(|here| here.kind == Kind::Text || matches!(here.text, "from" | "until" | "in" | "with"));
        if clause && with.is_some_and(|with| !line.tokens.iter().skip(with).any(|token| token.is("confidence"))) {
            return declarations::word_missing(line.behind(line.here), "`confidence`", form);
        }
    }
    message_first(line).unwrap_or_else(|| value::why(line, 1))
}

/// `require "why" C`
fn message_first(line: &Line<'_>) -> Option<Diagnostic> {
    let (text, value, last) = (line.get(1)?, line.get(2)?, line.tokens.last()?);
    let fits = text.kind == Kind::Text && line.here == 2 && value.begins_value() && last.kind != Kind::Text;
    let gap = Span::new(text.span.start, value.span.start);
    fits.then(|| declarations::message_first(line.at(text.span), line.at(gap), line.at(last.span.after()), text.text))
}
