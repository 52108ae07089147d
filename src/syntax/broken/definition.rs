//! Definitions: why `NAME = VALUE` did not parse.

use super::{Line, value};
use crate::diagnostic::Diagnostic;
use crate::syntax::form::{Form, Place, meant};
use crate::syntax::mistakes::{characters, declarations, expressions, neighbours, numbers};
use crate::syntax::tokens::{Kind, Token};
use crate::text::Span;

/// Why a definition, or a slot, did not parse.
pub(super) fn why(line: &Line<'_>, form: Form) -> Diagnostic {
    let first = usize::from(form == Form::Given);
    let Some(name) = line.get(first) else {
        return declarations::word_missing(line.behind(first), "a name", form);
    };
    if let Some(mistake) = beginning(line, name, first, form) {
        return mistake;
    }
    let mut next = first + 1;
    while line.is(next, ".") && line.get(next + 1).is_some_and(|part| part.kind == Kind::Word) {
        next += 2;
    }
    let Some(sign) = line.get(next) else {
        return declarations::value_not_given(line.at(line.span), name.text, None);
    };
    match sign.text {
        "~" if sign.kind == Kind::Sign => clause(line, form).unwrap_or_else(|| value::why(line, next + 1)),
        "=" if sign.kind == Kind::Sign => value::why(line, next + 1),
        ":" if sign.kind == Kind::Sign => stated(line, next, form),
        _ => not_defined(line, first, next),
    }
}

/// `~ DIST between a` without `and`, `each` without `period`.
fn clause(line: &Line<'_>, form: Form) -> Option<Diagnostic> {
    let before = line.before()?;
    if before.is("each") {
        if let Some(word) = line.here().filter(|word| matches!(word.text, "month" | "year" | "quarter" | "week" | "day" | "step")) {
            return Some(neighbours::each(line.at(word.span), word.text));
        }
        return Some(declarations::word_missing(line.behind(line.here), "`period`", form));
    }
    let before_here = line.tokens.get(..line.here)?;
    let between = before_here.iter().rposition(|token| token.is("between"))?;
    let joined = before_here.iter().skip(between).any(|token| token.is("and"));
    (!joined && before.ends_value() && line.here().is_none_or(|here| here.kind != Kind::Sign)).then(|| declarations::word_missing(line.behind(line.here), "`and`", form))
}

/// A line that does not begin with a name.
fn beginning(line: &Line<'_>, name: &Token<'_>, first: usize, form: Form) -> Option<Diagnostic> {
    let at = line.at(name.span);
    let defines = |index: usize| ["=", "~", ":"].iter().any(|sign| line.is(index, sign));
    match name.kind {
        Kind::Word if name.text.starts_with('_') => Some(declarations::not_a_name(at, name.text)),
        Kind::Word => None,
        Kind::Reserved if defines(first + 1) || form == Form::Given => Some(declarations::reserved(at, name.text)),
        Kind::Number if defines(first + 1) => Some(declarations::not_a_name(at, name.text)),
        Kind::Reserved | Kind::Number | Kind::Text | Kind::Open | Kind::Close | Kind::Divider | Kind::Sign => {
            Some(declarations::begins_otherwise(at, name.text))
        }
    }
}

/// `NAME : …`
fn stated(line: &Line<'_>, colon: usize, form: Form) -> Diagnostic {
    let Some(unit) = line.get(colon + 1) else {
        return declarations::word_missing(line.behind(colon + 1), "a unit", form);
    };
    if line.before().is_some_and(|before| before.is("|")) {
        return declarations::word_missing(line.behind(line.here), "an option", form);
    }
    let equals = line.tokens.iter().skip(colon).position(|token| token.is("=") || token.is("~")).map(|at| colon + at);
    if let Some(equals) = equals.filter(|equals| line.here > *equals) {
        return value::why(line, equals + 1);
    }
    if line.is(colon + 1, "=") {
        return expressions::foreign_operator(line.at(unit.span), ":=", Some("="));
    }
    if unit.kind == Kind::Reserved {
        return declarations::reserved(line.at(unit.span), unit.text);
    }
    if let Some(mistake) = members(line, colon) {
        return mistake;
    }
    let end = equals.unwrap_or(line.tokens.len());
    let parts = line.tokens.get(colon + 1..end).unwrap_or(&[]);
    let only_unit = parts.iter().all(|part| matches!(part.kind, Kind::Word) || matches!(part.text, "/" | "*" | "^" | "%" | "1"));
    if let (true, Some(last)) = (only_unit && parts.iter().any(|part| matches!(part.text, "/" | "*")), parts.last()) {
        let tight: String = parts.iter().map(|part| part.text).collect();
        return numbers::unit_with_blanks(line.at(unit.span.join(last.span)), &tight);
    }
    match line.get(colon) {
        Some(sign) if equals.is_none() => declarations::colon_for_equals(line.at(sign.span)),
        Some(_) | None => {
            let here = line.here().unwrap_or(unit);
            declarations::other_form(line.at(here.span), here.text, form)
        }
    }
}

/// `price : USD/B quantity : B/month`: members of a kind with nothing to divide them.
fn members(line: &Line<'_>, colon: usize) -> Option<Diagnostic> {
    let defines = |index: usize| ["=", "~", ":"].iter().any(|sign| line.is(index, sign));
    let ends = |index: usize| line.get(index).is_some_and(Token::ends_value);
    let begins = |index: usize| line.get(index).is_some_and(|token| token.kind == Kind::Word) && defines(index + 1) && ends(index - 1);
    let names: Vec<usize> = (colon + 2..line.tokens.len()).filter(|index| begins(*index)).collect();
    let first = line.get(*names.first()?)?;
    Some(characters::commas_missing(line.at(first.span), names.iter().map(|index| line.behind(*index))))
}

/// `units seat`, `assert cash > 0 USD`, in a scenario `set churn = 4%/month`: a word that begins no line.
fn word_meant(line: &Line<'_>, first: usize, next: usize) -> Option<Diagnostic> {
    let (word, behind) = (line.get(first)?, line.get(next)?);
    let defines = line.tokens.iter().any(|token| token.is("=") || token.is("~"));
    let alone = next == first + 1 && (behind.begins_value() || behind.is("not"));
    if line.place == Place::Scenario && alone && defines && matches!(word.text, "set" | "let" | "replace" | "override" | "given" | "with") {
        let gap = Span::new(word.span.start, behind.span.start);
        return Some(declarations::superfluous_word(line.at(word.span), line.at(gap), word.text));
    }
    let meant = meant(word.text, line.place).filter(|meant| alone && defines == matches!(*meant, "rate" | "given" | "fn"))?;
    Some(declarations::word_meant(line.at(word.span), word.text, meant))
}

/// A name, and behind it no sign that defines.
fn not_defined(line: &Line<'_>, first: usize, next: usize) -> Diagnostic {
    let (Some(name), Some(sign)) = (line.get(first), line.get(next)) else {
        return declarations::value_not_given(line.at(line.span), "", None);
    };
    let at = line.at(sign.span);
    match sign.text {
        "==" => return declarations::two_equals(at),
        ":=" | "===" | "=>" => return expressions::foreign_operator(at, sign.text, Some("=")),
        "+=" | "-=" | "*=" | "/=" | "->" | "<-" | "++" | "::" => return expressions::foreign_operator(at, sign.text, None),
        "?" | "?:" | "??" => return expressions::question_mark(at),
        "(" if name.span.end == sign.span.start && line.tokens.iter().any(|token| token.is("=")) => {
            return declarations::function_without_fn(line.at(name.span));
        }
        _ => {}
    }
    if let Some(mistake) = word_meant(line, first, next) {
        return mistake;
    }
    // Words, or words joined by `-`, up to a sign that defines.
    let defines = |token: &Token<'_>| token.is("=") || token.is("~") || token.is(":");
    let ends = line.tokens.iter().skip(first).position(defines).map(|at| first + at);
    if let Some(whole) = ends.and_then(|ends| line.tokens.get(first..ends)) {
        let span = whole.iter().map(|token| token.span).reduce(crate::text::Span::join).unwrap_or(name.span);
        if whole.iter().all(|token| matches!(token.kind, Kind::Word | Kind::Reserved | Kind::Number)) {
            let words: Vec<&str> = whole.iter().map(|token| token.text).collect();
            let mistake = declarations::several_words(line.at(span), &words.join(" "));
            return match words.as_slice() {
                [kind, name] if mistake.help.is_none() => {
                    mistake.help(format!("`{kind} {name} {{ … }}`, with its figures in the braces, if it is an instance of a kind"))
                }
                _ => mistake,
            };
        }
        if whole.iter().all(|token| matches!(token.kind, Kind::Word | Kind::Reserved | Kind::Number) || token.is("-")) {
            let text: String = whole.iter().map(|token| token.text).collect();
            return declarations::not_a_name(line.at(span), &text);
        }
    }
    let gap = sign.begins_value().then(|| line.behind(next));
    declarations::value_not_given(line.at(line.span), name.text, gap.filter(|_| sign.kind != Kind::Word))
}
