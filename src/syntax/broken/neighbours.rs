//! Two values side by side: what was meant, where that is no product.

use super::Line;
use crate::diagnostic::Diagnostic;
use crate::syntax::mistakes::{characters, neighbours, numbers};
use crate::syntax::tokens::{Kind, Token};
use crate::text::Span;

const MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

/// What two values side by side were to say; none where nothing tells.
pub(super) fn meant(line: &Line<'_>, from: usize) -> Option<Diagnostic> {
    let readings: [fn(&Line<'_>) -> Option<Diagnostic>; 10] = [of, per, month, quarter, scale, word_scale, unit_first, range, drawn, clause];
    readings.iter().find_map(|reading| reading(line)).or_else(|| turned(line, from)).or_else(|| requirement(line, from))
}

/// The token so many places before the one that did not fit.
fn back<'l, 't>(line: &'l Line<'t>, places: usize) -> Option<&'l Token<'t>> {
    line.get(line.here.checked_sub(places)?)
}

/// `5% of revenue`
fn of(line: &Line<'_>) -> Option<Diagnostic> {
    let (here, of) = (line.here()?, line.before()?);
    let share = back(line, 2).filter(|share| of.is("of") && share.ends_value())?;
    Some(neighbours::of(line.at(of.span), line.at(Span::new(share.span.end, here.span.start))))
}

/// `3 USD per 1M token`, `5% per month`
fn per(line: &Line<'_>) -> Option<Diagnostic> {
    let at = [line.here, line.here.checked_sub(1)?].into_iter().find(|at| line.is(*at, "per"))?;
    let left = line.get(at.checked_sub(1)?).filter(|left| left.ends_value())?;
    let (first, second) = (line.get(at + 1)?, line.get(at + 2));
    let (last, what) = match first.kind {
        Kind::Word => (first, first.text.to_owned()),
        Kind::Number => {
            let unit = second.filter(|unit| unit.kind == Kind::Word)?;
            (unit, format!("{} {}", first.text, unit.text))
        }
        Kind::Reserved | Kind::Text | Kind::Open | Kind::Close | Kind::Divider | Kind::Sign => return None,
    };
    Some(numbers::per(line.at(left.span.join(last.span)), &format!("{}/{what}", left.text)))
}

/// `Feb 2026`, `15 Feb 2026`, `Feb 15 2026`
fn month(line: &Line<'_>) -> Option<Diagnostic> {
    let (here, name) = (line.here()?, line.before()?);
    let lower = name.text.to_ascii_lowercase();
    let number = MONTHS.iter().position(|month| *month == lower || lower.len() >= 3 && month.starts_with(&lower))? + 1;
    let digits = |token: &Token<'_>| token.kind == Kind::Number && token.text.bytes().all(|byte| byte.is_ascii_digit());
    let day = |token: &Token<'_>| token.text.parse::<u8>().ok().filter(|day| digits(token) && (1..=31).contains(day));
    let year = |token: &Token<'_>| digits(token) && token.text.len() == 4;
    if !year(here) {
        let (day, year) = (day(here)?, line.get(line.here + 1).filter(|next| year(next))?);
        return Some(numbers::date_in_other_form(line.at(name.span.join(year.span)), Some(&format!("{}-{number:02}-{day:02}", year.text))));
    }
    match back(line, 2).and_then(|before| Some((before, day(before)?))) {
        Some((before, day)) => Some(numbers::date_in_other_form(line.at(before.span.join(here.span)), Some(&format!("{}-{number:02}-{day:02}", here.text)))),
        None => Some(numbers::date_in_other_form(line.at(name.span.join(here.span)), Some(&format!("{}-{number:02}", here.text)))),
    }
}

/// `Q2 2026`
fn quarter(line: &Line<'_>) -> Option<Diagnostic> {
    let (year, name) = (line.here()?, line.before()?);
    let is_year = year.kind == Kind::Number && year.text.len() == 4 && year.text.bytes().all(|byte| byte.is_ascii_digit());
    let is_quarter = matches!(name.text, "Q1" | "Q2" | "Q3" | "Q4" | "q1" | "q2" | "q3" | "q4");
    let text = format!("{}-{}", year.text, name.text.to_ascii_uppercase());
    (is_year && is_quarter).then(|| numbers::date_in_other_form(line.at(name.span.join(year.span)), Some(&text)))
}

/// `1.8 million seats`
fn word_scale(line: &Line<'_>) -> Option<Diagnostic> {
    let (word, number) = (line.before()?, back(line, 2).filter(|number| number.kind == Kind::Number)?);
    let (_, scale) = SCALES.iter().find(|(name, _)| *name == word.text.to_ascii_lowercase())?;
    Some(neighbours::scale_in_words(line.at(number.span.join(word.span)), word.text, &format!("{}{scale}", number.text)))
}

const SCALES: [(&str, &str); 6] = [("thousand", "k"), ("million", "M"), ("millions", "M"), ("mio", "M"), ("billion", "bn"), ("trillion", "T")];

/// `EUR 49`
fn unit_first(line: &Line<'_>) -> Option<Diagnostic> {
    let (number, unit) = (line.here().filter(|here| here.kind == Kind::Number)?, line.before()?);
    let is_currency = unit.kind == Kind::Word && unit.text.len() == 3 && unit.text.bytes().all(|byte| byte.is_ascii_uppercase());
    is_currency.then(|| neighbours::unit_before_number(line.at(unit.span.join(number.span)), &format!("{} {}", number.text, unit.text)))
}

/// `require cash > 0 USD after 2027-01`
fn range(line: &Line<'_>) -> Option<Diagnostic> {
    let (date, word) = (line.here().filter(|here| here.kind == Kind::Number)?, line.before()?);
    let of_claim = line.get(0).is_some_and(|first| first.is("require") || first.is("expect"));
    let ours = match word.text {
        "after" | "since" | "starting" => "from",
        "before" | "till" => "until",
        _ => return None,
    };
    (of_claim && back(line, 2)?.ends_value()).then(|| neighbours::range_word(line.at(word.span), line.at(date.span), word.text, ours))
}

/// `3 USD/M token`
fn scale(line: &Line<'_>) -> Option<Diagnostic> {
    let (here, scale) = (line.here()?, line.before()?);
    let known = matches!(scale.text, "k" | "M" | "B" | "bn" | "T" | "万" | "亿");
    let divides = back(line, 2).is_some_and(|slash| slash.is("/") && slash.span.end == scale.span.start);
    (known && divides && here.kind == Kind::Word).then(|| neighbours::scale_without_number(line.at(scale.span), scale.text, here.text))
}

/// `~ normal(5k, 500) USD/month`
fn drawn(line: &Line<'_>) -> Option<Diagnostic> {
    let (here, close) = (line.here().filter(|here| here.kind == Kind::Word)?, line.before().filter(|before| before.is(")"))?);
    let tilde = line.tokens.iter().position(|token| token.is("~"))?;
    let (family, open) = (line.get(tilde + 1)?, line.get(tilde + 2).filter(|open| open.is("("))?);
    let inside = line.tokens.get(tilde + 3..line.here - 1)?;
    let mut last = line.here;
    while line.is(last + 1, "/") && line.get(last + 2).is_some_and(|unit| unit.kind == Kind::Word) {
        last += 2;
    }
    let unit = here.span.join(line.get(last)?.span);
    let text = written(line.tokens.get(line.here..=last)?);
    // Only where every parameter is a bare number is it plain which of them have the unit.
    let numbers: Option<Vec<String>> = inside.split(|token| token.is(",")).map(|parameter| match parameter {
        [number] if number.kind == Kind::Number => Some(format!("{} {text}", number.text)),
        _ => None,
    }).collect();
    let mend = numbers.map(|numbers| format!("{}({})", family.text, numbers.join(", ")));
    (open.span.end <= close.span.start).then(|| neighbours::unit_behind_draw(line.at(unit), line.at(family.span.join(unit)), mend.as_deref()))
}

/// `with confidence 90%`, `in scenario lean`
fn clause(line: &Line<'_>) -> Option<Diagnostic> {
    let (here, word, opening) = (line.here()?, line.before()?, back(line, 2)?);
    if word.is("confidence") && opening.is("with") && here.kind == Kind::Number {
        let percent = line.get(line.here + 1).filter(|next| next.is("%"));
        let last = percent.unwrap_or(here);
        let level = format!("{}{}", here.text, if percent.is_some() { "%" } else { "" });
        return Some(neighbours::confidence_turned(line.at(word.span.join(last.span)), &level));
    }
    (word.is("scenario") && opening.is("in") && here.kind == Kind::Word)
        .then(|| neighbours::in_scenario(line.at(word.span), line.at(word.span.join(here.span)), here.text))
}

/// `a if c else b`
fn turned(line: &Line<'_>, from: usize) -> Option<Diagnostic> {
    let opening = line.here().filter(|here| here.is("if"))?;
    let mut depth = 0_usize;
    let closes = |token: &Token<'_>, depth: &mut usize| match token.kind {
        Kind::Open => *depth += 1,
        Kind::Close => *depth = depth.saturating_sub(1),
        Kind::Word | Kind::Reserved | Kind::Number | Kind::Text | Kind::Divider | Kind::Sign => {}
    };
    let otherwise = line.tokens.iter().enumerate().skip(line.here).find_map(|(at, token)| {
        closes(token, &mut depth);
        (depth == 0 && token.is("else")).then_some(at)
    });
    let Some(otherwise) = otherwise.filter(|at| !line.tokens.iter().skip(line.here).take(at - line.here).any(|token| token.is("then"))) else {
        return Some(neighbours::if_behind(line.at(opening.span), None));
    };
    let begins = begins(line, from);
    let (value, condition) = (line.tokens.get(begins..line.here)?, line.tokens.get(line.here + 1..otherwise)?);
    let whole = value.first()?.span.join(line.get(otherwise)?.span);
    let text = format!("if {} then {} else", written(condition), written(value));
    Some(neighbours::if_behind(line.at(opening.span), Some((line.at(whole), &text))))
}

/// Where the value begins that stands before the token that did not fit.
fn begins(line: &Line<'_>, from: usize) -> usize {
    let mut depth = 0_usize;
    for at in (from..line.here).rev() {
        let Some(token) = line.get(at) else { break };
        match token.kind {
            Kind::Close => depth += 1,
            Kind::Open if depth == 0 => return at + 1,
            Kind::Open => depth -= 1,
            Kind::Divider if depth == 0 => return at + 1,
            Kind::Sign if depth == 0 && token.is(":") => return at + 1,
            Kind::Word | Kind::Reserved | Kind::Number | Kind::Text | Kind::Divider | Kind::Sign => {}
        }
    }
    from
}

/// Tokens as they were written, any gap one blank.
fn written(tokens: &[Token<'_>]) -> String {
    let mut text = String::new();
    let mut end = tokens.first().map_or(0, |first| first.span.start);
    for token in tokens {
        if token.span.start > end {
            text.push(' ');
        }
        text.push_str(token.text);
        end = token.span.end;
    }
    text
}

/// `require a > 0 require b > 0`, and `require a > 0` where an expression is asked for.
fn requirement(line: &Line<'_>, from: usize) -> Option<Diagnostic> {
    let at = [line.here, line.here.checked_sub(1)?].into_iter().find(|at| line.is(*at, "require") || line.is(*at, "expect"))?;
    let word = line.get(at)?;
    if at == from {
        return Some(neighbours::no_expression(line.at(word.span), word.text));
    }
    line.get(at.checked_sub(1)?).filter(|before| before.ends_value()).map(|_| characters::several_on_a_line(line.at(word.span)))
}
