//! Dates that are written in another form.

use super::Line;
use crate::diagnostic::Diagnostic;
use crate::syntax::mistakes::numbers;
use crate::syntax::tokens::{Kind, Token};
use crate::text::Span;

/// The date, or the span of time, that a number looks like.
pub(super) fn meant(line: &Line<'_>, here: &Token<'_>, index: usize) -> Option<Diagnostic> {
    clock(line, here, index)
        .or_else(|| date(line, here, index))
        .or_else(|| tight(here.text).map(|date| numbers::date_in_other_form(line.at(here.span), Some(&date))))
        .or_else(|| dots(line, here))
}

/// `2026-01..2027-12`
fn dots(line: &Line<'_>, here: &Token<'_>) -> Option<Diagnostic> {
    let at = here.text.find("..")?;
    let second = here.text.get(at + 2..)?.starts_with(|next: char| next.is_ascii_digit());
    let start = here.span.start + at as u32;
    let dots = line.at(Span::new(start, start + 2));
    second.then(|| numbers::span_without_to(dots, dots))
}

/// `2026Q1`, `2026年3月15日`
fn tight(text: &str) -> Option<String> {
    let (year, rest) = text.split_at_checked(4).filter(|(year, _)| year.bytes().all(|byte| byte.is_ascii_digit()))?;
    if let Some(quarter) = rest.strip_prefix(['Q', 'q']) {
        return matches!(quarter, "1" | "2" | "3" | "4").then(|| format!("{year}-Q{quarter}"));
    }
    let (month, day) = rest.strip_prefix('年')?.split_once('月')?;
    let month: u8 = month.parse().ok()?;
    match day.trim_end_matches(['日', '号']) {
        "" => Some(format!("{year}-{month:02}")),
        day => day.parse::<u8>().ok().map(|day| format!("{year}-{month:02}-{day:02}")),
    }
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

/// `2026/04/15`, `15.01.2026`, `2026-1`, `2026-q1`
fn date(line: &Line<'_>, here: &Token<'_>, index: usize) -> Option<Diagnostic> {
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let tight = |token: &Token<'_>, before: Span| token.span.start == before.end;
    // Numbers and slashes without a gap.
    let mut parts = vec![here.text];
    let mut span = here.span;
    let mut next = index + 1;
    while let (Some(slash), Some(part)) = (line.get(next), line.get(next + 1)) {
        if parts.len() > 2 || !slash.is("/") || part.kind != Kind::Number || !tight(slash, span) || !tight(part, slash.span) {
            break;
        }
        parts.push(part.text);
        span = span.join(part.span);
        next += 2;
    }
    if parts.len() < 3 {
        let separator = if here.text.contains('-') { '-' } else { '.' };
        parts = here.text.split(separator).collect();
        span = here.span;
        if separator == '.' && parts.len() != 3 {
            return None;
        }
        if let Some((year, quarter)) = here.text.split_once(['q', 'Q']).and_then(|(year, quarter)| Some((year.strip_suffix('-')?, quarter))) {
            let fits = year.len() == 4 && all_digits(year) && matches!(quarter, "1" | "2" | "3" | "4");
            return fits.then(|| numbers::date_in_other_form(line.at(span), Some(&format!("{year}-Q{quarter}"))));
        }
    }
    // A date that is written as it should be is not what is wrong.
    let mend = dotted(&parts, here.text).map(Some).or_else(|| mended(&parts, all_digits)).filter(|mend| mend.as_deref() != Some(here.text));
    mend.map(|mend| numbers::date_in_other_form(line.at(span), mend.as_deref()))
}

/// `15.01.2026`: between points the day comes first.
fn dotted(parts: &[&str], text: &str) -> Option<String> {
    let [day, month, year] = parts else { return None };
    let (day, month): (u8, u8) = (day.parse().ok()?, month.parse().ok()?);
    let fits = text.contains('.') && year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit()) && (1..=31).contains(&day) && (1..=12).contains(&month);
    fits.then(|| format!("{year}-{month:02}-{day:02}"))
}

/// The date of three parts in any order; within `Some` nothing if day and month can't be told apart.
fn mended(parts: &[&str], all_digits: impl Fn(&str) -> bool) -> Option<Option<String>> {
    if !parts.iter().all(|part| all_digits(part) && (part.len() <= 2 || part.len() == 4)) {
        return None;
    }
    let two = |text: &str| format!("{text:0>2}");
    match parts {
        [year, month] if year.len() == 4 && month.len() <= 2 => Some(Some(format!("{year}-{}", two(month)))),
        [year, month, day] if year.len() == 4 && month.len() <= 2 && day.len() <= 2 => Some(Some(format!("{year}-{}-{}", two(month), two(day)))),
        [first, second, year] if year.len() == 4 && first.len() <= 2 && second.len() <= 2 => {
            let (a, b): (u8, u8) = (first.parse().ok()?, second.parse().ok()?);
            Some(match (a > 12, b > 12) {
                (true, false) => Some(format!("{year}-{}-{}", two(second), two(first))),
                (false, true) => Some(format!("{year}-{}-{}", two(first), two(second))),
                (true, true) | (false, false) => None,
            })
        }
        _ => None,
    }
}
