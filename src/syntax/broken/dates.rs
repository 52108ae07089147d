//! Dates that are written in another form.

use super::Line;
use crate::diagnostic::Diagnostic;
use crate::syntax::mistakes::numbers;
use crate::syntax::spoken::{Reading, read};
use crate::syntax::tokens::{Kind, Token};
use crate::text::{Location, Span};

/// The date, or the span of time, that a number looks like.
pub(super) fn meant(line: &Line<'_>, here: &Token<'_>, index: usize) -> Option<Diagnostic> {
    clock(line, here, index).or_else(|| begins(line, index)).or_else(|| dots(line, here))
}

/// The date that two tokens side by side belong to: `Feb 2026`, `15 Feb 2026`, `Q1 2026`.
pub(super) fn among(line: &Line<'_>) -> Option<Diagnostic> {
    let holds = |from: &usize| read(&line.tokens, *from).is_some_and(|reading| reading.tokens > 1 && from + reading.tokens > line.here);
    (line.here.saturating_sub(2)..line.here).find(holds).and_then(|from| begins(line, from))
}

/// The date in another form that begins with a token; those behind it are mended with it.
fn begins(line: &Line<'_>, from: usize) -> Option<Diagnostic> {
    let mut found = vec![odd(line, from)?];
    let mut next = from + found.first().map_or(1, |(_, reading)| reading.tokens);
    while next < line.tokens.len() {
        match odd(line, next).filter(|(_, reading)| !reading.dates.is_empty()) {
            Some((at, reading)) => {
                next += reading.tokens;
                found.push((at, reading));
            }
            None => next += 1,
        }
    }
    let places: Vec<(Location, Vec<String>)> = found.into_iter().map(|(at, reading)| (at, reading.dates)).collect();
    Some(numbers::dates_in_other_form(&places))
}

/// A date that begins with a token and is not written as it should be.
fn odd(line: &Line<'_>, from: usize) -> Option<(Location, Reading)> {
    let reading = read(&line.tokens, from)?;
    let whole = line.tokens.get(from..from + reading.tokens)?;
    let span = whole.iter().map(|token| token.span).reduce(Span::join)?;
    let is_right = matches!((whole, reading.dates.as_slice()), ([only], [date]) if only.text == date);
    // `2026/4` divides, but for the ends of a timeline.
    let divides = reading.tokens == 3 && whole.iter().any(|token| token.is("/")) && !line.is(0, "timeline");
    // A long number stands for itself where no date is looked for.
    let counts = reading.tokens == 1 && whole.iter().all(|token| token.text.bytes().all(|byte| byte.is_ascii_digit()));
    (!is_right && !divides && !counts).then(|| (line.at(span), reading))
}

/// `2026-01..2027-12`
fn dots(line: &Line<'_>, here: &Token<'_>) -> Option<Diagnostic> {
    let at = here.text.find("..")?;
    let second = here.text.get(at + 2..)?.starts_with(|next: char| next.is_ascii_digit());
    let start = here.span.start + at as u32;
    let dots = line.at(Span::new(start, start + 2));
    second.then(|| numbers::span_without_to(dots, dots))
}

/// `2026-04-15T9:30`, `2026-04-15T12`, `2026-04-15T12:00:00Z`
fn clock(line: &Line<'_>, here: &Token<'_>, index: usize) -> Option<Diagnostic> {
    let digits = |text: &str| text.chars().take_while(char::is_ascii_digit).take(2).collect::<String>();
    let (day, hour) = here.text.split_once(['T', 't'])?;
    let parts: Vec<&str> = day.split('-').collect();
    if parts.len() != 3 || !parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    let (mut span, mut times, mut next) = (here.span, vec![hour], index + 1);
    while let (Some(colon), Some(part)) = (line.get(next), line.get(next + 1)) {
        if !colon.is(":") || part.kind != Kind::Number || colon.span.start != span.end || part.span.start != colon.span.end {
            break;
        }
        times.push(part.text);
        span = span.join(part.span);
        next += 2;
    }
    let two = |at: usize| times.get(at).map_or_else(String::new, |text| digits(text));
    let mend = format!("{day}T{:0>2}:{:0>2}", two(0), two(1));
    (here.text.contains('t') || mend != format!("{day}T{}", times.join(":"))).then(|| numbers::date_in_other_form(line.at(span), Some(&mend)))
}
