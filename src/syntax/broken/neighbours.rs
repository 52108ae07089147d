//! Two values side by side: what was meant, where that is no product.

use super::{Line, dates};
use crate::diagnostic::Diagnostic;
use crate::syntax::mistakes::{characters, neighbours, numbers};
use crate::syntax::tokens::{Kind, Token};
use crate::text::Span;

/// What two values side by side were to say; none where nothing tells.
pub(super) fn meant(line: &Line<'_>, from: usize) -> Option<Diagnostic> {
    let readings = [
        of, per, how_often, dates::among, scale, spelled_scale, currency_first, range, drawn, clause, growing, times, function,
    ];
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
    let (mut last, what) = match first.kind {
        Kind::Word => (at + 1, first.text.to_owned()),
        Kind::Number => {
            let unit = second.filter(|unit| unit.kind == Kind::Word)?;
            (at + 2, format!("{} {}", first.text, unit.text))
        }
        Kind::Reserved | Kind::Text | Kind::Open | Kind::Close | Kind::Divider | Kind::Sign => return None,
    };
    let mut tight = format!("{}/{what}", left.text);
    // `per seat per month`
    while let Some(next) = line.get(last + 2).filter(|next| line.is(last + 1, "per") && next.kind == Kind::Word) {
        tight.push('/');
        tight.push_str(next.text);
        last += 2;
    }
    Some(numbers::per(line.at(left.span.join(line.get(last)?.span)), "per", &tight))
}

/// `require margin between 20% and 60%`
pub(super) fn between(line: &Line<'_>, from: usize) -> Option<Diagnostic> {
    let of_claim = line.get(0).is_some_and(|first| first.is("require") || first.is("expect"));
    let word = line.here().filter(|here| of_claim && here.is("between"))?;
    let and = line.tokens.iter().skip(line.here).position(|token| token.is("and"))? + line.here;
    let value = line.tokens.get(from..line.here).filter(|value| !value.is_empty())?;
    let low = line.tokens.get(line.here + 1..and).filter(|low| !low.is_empty())?;
    let start = value.first()?.span;
    let text = format!("{} <= {} <=", written(low), written(value));
    Some(neighbours::between(line.at(word.span), line.at(start.join(line.get(and)?.span)), &text))
}

/// How often something is paid or happens, with the time of one.
const OFTEN: [(&str, &str); 11] = [
    ("monthly", "month"), ("pm", "month"), ("yearly", "year"), ("annually", "year"), ("annual", "year"), ("pa", "year"), ("yoy", "year"),
    ("quarterly", "quarter"), ("weekly", "week"), ("daily", "day"), ("hourly", "hour"),
];

/// `4k USD monthly`, `3% a year`
pub(super) fn how_often(line: &Line<'_>) -> Option<Diagnostic> {
    // Behind `%` the word is read as its unit, and what follows does not fit.
    let is_read = line.before().is_some_and(|word| is_each(word.text) || OFTEN.iter().any(|(often, _)| word.is(often)));
    let (here, left, next) = match back(line, 2).filter(|_| is_read) {
        Some(left) => (line.before()?, left, line.here()),
        None => (line.here()?, line.before()?, line.get(line.here + 1)),
    };
    let (unit, last) = match OFTEN.iter().find(|(word, _)| here.is(word)) {
        Some((_, unit)) => (*unit, here),
        None => {
            let next = next.filter(|next| is_each(here.text) && matches!(next.text, "day" | "week" | "month" | "quarter" | "year"))?;
            (next.text, next)
        }
    };
    let is_unit = left.kind == Kind::Word || left.is("%");
    is_unit.then(|| numbers::per(line.at(left.span.join(last.span)), here.text, &format!("{}/{unit}", left.text)))
}

/// `4k USD p.m.`, `30% p.a.`
pub(super) fn latin(line: &Line<'_>) -> Option<Diagnostic> {
    let at = [line.here, line.here.checked_sub(1)?].into_iter().find(|at| line.is(*at, "p"))?;
    let left = line.get(at.checked_sub(1)?).filter(|left| left.kind == Kind::Word || left.is("%"))?;
    let unit = match line.get(at + 2).filter(|_| line.is(at + 1, "."))?.text {
        "a" => "year",
        "m" => "month",
        "q" => "quarter",
        "d" => "day",
        _ => return None,
    };
    let last = line.get(at + 3).filter(|last| last.is(".")).or(line.get(at + 2))?;
    let said = if unit == "year" { "p.a." } else { "p.m." };
    Some(numbers::per(line.at(left.span.join(last.span)), said, &format!("{}/{unit}", left.text)))
}

fn is_each(word: &str) -> bool {
    matches!(word, "a" | "an" | "each" | "every")
}

/// Where two values stand side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Inside {
    /// Outside of brackets: no comma may be missing.
    Nothing,
    /// `f(1 2)`, `[1 2]`
    Brackets,
}

/// `120 000 orders`
pub(super) fn grouped(line: &Line<'_>, how: Inside) -> Option<Diagnostic> {
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let first = line.before().filter(|first| first.kind == Kind::Number && first.text.len() <= 3 && all_digits(first.text))?;
    let mut plain = first.text.to_owned();
    let mut last = None;
    for group in line.tokens.iter().skip(line.here) {
        let digits = group.text.bytes().take_while(u8::is_ascii_digit).count();
        if group.kind != Kind::Number || digits != 3 || last.is_some_and(|last: &Token<'_>| !all_digits(last.text)) {
            break;
        }
        plain.push('_');
        plain.push_str(group.text);
        last = Some(group);
    }
    let at = line.at(first.span.join(last?.span));
    Some(match how {
        Inside::Nothing => numbers::grouped(at, &plain),
        Inside::Brackets => numbers::grouped_or_divided(at, &plain),
    })
}

/// Scales as they are spoken.
const SPELLED: [(&str, &str); 13] = [
    ("hundred", "00"), ("thousand", "k"), ("thousands", "k"), ("million", "M"), ("millions", "M"), ("mio", "M"), ("mn", "M"), ("mln", "M"),
    ("billion", "bn"), ("billions", "bn"), ("bln", "bn"), ("trillion", "T"), ("trillions", "T"),
];

/// `120 thousand orders`
fn spelled_scale(line: &Line<'_>) -> Option<Diagnostic> {
    let (word, number) = (line.before()?, back(line, 2).filter(|number| number.kind == Kind::Number)?);
    let (_, scale) = SPELLED.iter().find(|(spelled, _)| word.text.eq_ignore_ascii_case(spelled))?;
    let plain = number.text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_' || byte == b'.' && *scale != "00");
    plain.then(|| numbers::spelled_scale(line.at(number.span.join(word.span)), word.text, &format!("{}{scale}", number.text)))
}

/// `USD 49`
fn currency_first(line: &Line<'_>) -> Option<Diagnostic> {
    let (number, code) = (line.here()?, line.before()?);
    let is_code = code.text.len() == 3 && code.text.bytes().all(|byte| byte.is_ascii_uppercase());
    let is_unit = back(line, 2).is_some_and(|before| before.kind == Kind::Number || before.is("/"));
    (is_code && !is_unit && number.kind == Kind::Number)
        .then(|| neighbours::currency_first(line.at(code.span.join(number.span)), &format!("{} {}", number.text, code.text)))
}

/// `growing at 3%/year`, `rent grows 3%/year`
fn growing(line: &Line<'_>) -> Option<Diagnostic> {
    let (here, left) = (line.here()?, line.before()?);
    if matches!(left.text, "at" | "about" | "around") && back(line, 2).is_some_and(|word| word.is("growing")) {
        return Some(neighbours::growing_by(line.at(left.span), line.at(Span::new(left.span.start, here.span.start)), left.text));
    }
    let is_rate = line.get(line.here + 1).is_some_and(|next| next.kind == Kind::Number);
    (is_rate && matches!(here.text, "grows" | "grown" | "growth" | "rising" | "rises" | "increasing" | "increases"))
        .then(|| neighbours::grows(line.at(here.span), here.text))
}

/// `price x 3`, `3 x price`
fn times(line: &Line<'_>) -> Option<Diagnostic> {
    let at = [line.here, line.here.checked_sub(1)?].into_iter().find(|at| line.is(*at, "x") || line.is(*at, "X"))?;
    let (left, cross, right) = (line.get(at.checked_sub(1)?)?, line.get(at)?, line.get(at + 1)?);
    (left.ends_value() && right.begins_value())
        .then(|| neighbours::times(line.at(cross.span), line.at(Span::new(left.span.end, right.span.start))))
}

/// Functions that look across time, instances or samples, and are read aloud without brackets.
const LOOKS: [&str; 12] =
    ["sum", "largest", "smallest", "count", "total", "lowest", "highest", "average", "final", "mean", "deviation", "probability"];

/// `lowest cash`
fn function(line: &Line<'_>) -> Option<Diagnostic> {
    let (name, function) = (line.here().filter(|name| name.kind == Kind::Word)?, line.before()?);
    if !LOOKS.contains(&function.text) || back(line, 2).is_some_and(|before| before.kind == Kind::Number || before.is(".")) {
        return None;
    }
    let mut last = line.here;
    while line.is(last + 1, ".") && line.get(last + 2).is_some_and(|part| part.kind == Kind::Word) {
        last += 2;
    }
    let path = line.tokens.get(line.here..=last)?;
    let whole = format!("{}({})", function.text, written(path));
    let (gap, end) = (Span::new(function.span.end, name.span.start), path.last()?.span.after());
    Some(neighbours::call_without_brackets(line.at(function.span), &whole, line.at(gap), line.at(end)))
}

/// `require cash > 0 USD after 2027-01`
fn range(line: &Line<'_>) -> Option<Diagnostic> {
    let (date, word) = (line.here().filter(|here| here.kind == Kind::Number)?, line.before()?);
    let of_claim = line.get(0).is_some_and(|first| first.is("require") || first.is("expect"));
    let ours = match word.text {
        "after" | "since" | "starting" => "from",
        "before" | "till" | "through" => "until",
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
    let here = line.here().filter(|here| here.kind == Kind::Word && line.before().is_some_and(|before| before.is(")")))?;
    let tilde = line.tokens.iter().position(|token| token.is("~"))?;
    let family = line.get(tilde + 1).filter(|_| line.is(tilde + 2, "("))?;
    // The bracket that ends here is that of the distribution.
    let inside = line.tokens.get(tilde + 3..line.here - 1).filter(|inside| inside.iter().all(|token| token.kind != Kind::Close))?;
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
    Some(neighbours::unit_behind_draw(line.at(unit), line.at(family.span.join(unit)), mend.as_deref()))
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
