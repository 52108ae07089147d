//! Values: why an expression did not parse.

use super::neighbours::Inside;
use super::foreign::{colons, equals_of_rows, foreign, ternary};
use super::{Line, dates, neighbours};
use crate::diagnostic::Diagnostic;
use crate::syntax::form::Place;
use crate::syntax::letters::stands_between;
use crate::syntax::mistakes::{characters, expressions, neighbours as neighbours_mistakes, numbers};
use crate::syntax::spoken::{money, time};
use crate::syntax::tokens::{Kind, Token};
use crate::text::Span;

/// Why a line did not parse whose expressions begin with the token `from`.
pub(super) fn why(line: &Line<'_>, from: usize) -> Diagnostic {
    if let Some(mistake) = token(line) {
        return mistake;
    }
    if let Some(mistake) = neighbours::latin(line).or_else(|| comma_before_definition(line, from)) {
        return mistake;
    }
    let context = Context::of(line, from);
    let wants_value = line.here == from || line.before().is_none_or(|before| !before.ends_value());
    match line.here() {
        None => ends(line, &context, wants_value),
        Some(here) => match here.kind {
            Kind::Close => ends(line, &context, wants_value),
            Kind::Divider => divided(line, here, &context, wants_value),
            Kind::Reserved if stands_between(here.text) => between(line, here, &context, wants_value),
            Kind::Sign => sign(line, here, &context, wants_value),
            Kind::Word | Kind::Reserved | Kind::Number | Kind::Text | Kind::Open => value(line, here, &context, wants_value),
        },
    }
}

/// `amount = 14k EUR begin = 2026-03`: another definition begins, and no comma stands before it.
fn comma_before_definition(line: &Line<'_>, from: usize) -> Option<Diagnostic> {
    let (left, name) = (line.before()?, line.here().filter(|name| name.kind == Kind::Word)?);
    let defines = line.is(line.here + 1, "=") || line.is(line.here + 1, "~");
    let fits = defines && line.here > from && left.ends_value() && line.place != Place::File;
    let context = Context::of(line, from);
    let outside = context.brackets.is_empty() && context.ifs.is_empty();
    (fits && outside).then(|| characters::comma_missing(line.at(name.span), line.behind(line.here)))
}

/// What is open at the place of the mistake.
struct Context<'l, 't> {
    /// Open brackets, innermost last, with the first token of their current part.
    brackets: Vec<&'l Token<'t>>,
    /// Each open `if` of the innermost bracket, with the word it waits for.
    ifs: Vec<(&'l Token<'t>, &'static str)>,
    /// The current row of a table has its `:`.
    keyed: bool,
    /// The first token of the expression.
    from: usize,
}

impl<'l, 't> Context<'l, 't> {
    fn of(line: &'l Line<'t>, from: usize) -> Self {
        let mut outer = Vec::new();
        let mut context = Self { brackets: Vec::new(), ifs: Vec::new(), keyed: false, from };
        for token in line.tokens.iter().take(line.here).skip(from) {
            match token.kind {
                Kind::Open => {
                    outer.push((std::mem::take(&mut context.ifs), context.keyed));
                    context.keyed = false;
                    context.brackets.push(token);
                }
                Kind::Close => {
                    context.brackets.pop();
                    (context.ifs, context.keyed) = outer.pop().unwrap_or_default();
                }
                Kind::Divider => {
                    context.ifs.clear();
                    context.keyed = false;
                }
                Kind::Sign => context.keyed |= token.text == ":",
                Kind::Reserved => context.word(token),
                Kind::Word | Kind::Number | Kind::Text => {}
            }
        }
        context
    }

    fn word(&mut self, token: &'l Token<'t>) {
        match token.text {
            "if" => self.ifs.push((token, "then")),
            "then" => {
                if let Some(waiting) = self.ifs.last_mut() {
                    waiting.1 = "else";
                }
            }
            "else" => {
                self.ifs.pop();
            }
            _ => {}
        }
    }

    fn in_table(&self) -> bool {
        self.brackets.last().is_some_and(|bracket| bracket.text == "{")
    }
}

/// A token that is wrong by itself.
fn token(line: &Line<'_>) -> Option<Diagnostic> {
    let here = line.here()?;
    let before = line.before();
    if here.kind == Kind::Number {
        return number(line, here);
    }
    if before.is_some_and(|before| before.kind == Kind::Number) {
        // The parser stops behind the digits of `1.` or `2026/04/15`.
        if let Some(mistake) = before.and_then(|before| number_before(line, before)) {
            return Some(mistake);
        }
    }
    if here.kind != Kind::Sign {
        return scale(line, here);
    }
    match here.text {
        "%" => {
            let operator = line.get(line.here + 1).is_some_and(Token::begins_value);
            let number = before.filter(|before| before.kind == Kind::Number && !operator);
            let gap = number.map(|before| line.at(Span::new(before.span.end, here.span.start)));
            Some(numbers::percent_apart(line.at(here.span), gap))
        }
        "." => {
            let digits = line.get(line.here + 1).filter(|next| next.kind == Kind::Number && next.span.start == here.span.end)?;
            Some(numbers::bare_point(line.at(here.span.join(digits.span)), digits.text))
        }
        "?" => Some(ternary(line, here).unwrap_or_else(|| expressions::question_mark(line.at(here.span)))),
        "?:" | "??" => Some(expressions::question_mark(line.at(here.span))),
        "->" | "=>" if line.is(0, "timeline") => Some(between_dates(line, here)),
        _ => {
            let ours = foreign(here.text)?;
            Some(expressions::foreign_operator(line.at(here.span), here.text, ours))
        }
    }
}

/// A number in another form.
fn number(line: &Line<'_>, here: &Token<'_>) -> Option<Diagnostic> {
    number_before(line, here).or_else(|| grouped(line, here))
}

fn number_before(line: &Line<'_>, here: &Token<'_>) -> Option<Diagnostic> {
    let index = line.tokens.iter().position(|token| token.span == here.span)?;
    if let Some(mistake) = dates::meant(line, here, index) {
        return Some(mistake);
    }
    let digits = here.text.find(|character: char| !(character.is_ascii_digit() || matches!(character, '_' | '.'))).unwrap_or(here.text.len());
    let (number, rest) = here.text.split_at_checked(digits)?;
    let at = line.at(here.span);
    if here.text.contains("__") || number.ends_with(['_', '.']) || number.matches('.').count() > 1 || here.text.starts_with("0x") {
        return Some(numbers::malformed(at, here.text));
    }
    let exponent = rest.strip_prefix(['e', 'E']).filter(|rest| rest.is_empty() || rest.starts_with(|next: char| next.is_ascii_digit() || matches!(next, '+' | '-')));
    if let Some(exponent) = exponent {
        let whole = exponent.trim_start_matches(['+', '-']);
        return (whole.is_empty() || !whole.bytes().all(|byte| byte.is_ascii_digit())).then(|| numbers::malformed(at, here.text));
    }
    let known = matches!(rest, "" | "k" | "M" | "B" | "bn" | "T" | "万" | "亿");
    (!known && !rest.starts_with('-')).then(|| {
        let (behind, end) = unit_behind(line, index);
        numbers::unknown_scale(at, &numbers::Tight { digits: number, scale: rest, behind, end })
    })
}

/// The rest of a unit that stands tight behind a number, in our words: `/座席/月`; and where it ends.
fn unit_behind(line: &Line<'_>, index: usize) -> (String, u32) {
    let (mut text, mut end, mut next) = (String::new(), line.get(index).map_or(0, |number| number.span.end), index + 1);
    while let (Some(slash), Some(unit)) = (line.get(next), line.get(next + 1)) {
        let tight = slash.is("/") && slash.span.start == end && unit.span.start == slash.span.end;
        if !tight || unit.kind != Kind::Word {
            break;
        }
        text.push('/');
        text.push_str(money(unit.text).or_else(|| time(unit.text)).unwrap_or(unit.text));
        end = unit.span.end;
        next += 2;
    }
    (text, end)
}

/// `(2,000 + 1)`: digits grouped with a comma inside of brackets.
fn grouped(line: &Line<'_>, here: &Token<'_>) -> Option<Diagnostic> {
    let comma = line.before().filter(|before| before.is(","))?;
    let left = line.get(line.here.checked_sub(2)?)?;
    let tight = left.span.end == comma.span.start && comma.span.end == here.span.start;
    let digits = here.text.find(|character: char| !character.is_ascii_digit()).unwrap_or(here.text.len()) == 3;
    (tight && digits && left.kind == Kind::Number).then(|| {
        let number = format!("{},{}", left.text, here.text);
        numbers::comma(line.at(left.span.join(here.span)), &number)
    })
}

/// `1.8 M cup`
fn scale(line: &Line<'_>, here: &Token<'_>) -> Option<Diagnostic> {
    let scale = line.before().filter(|before| matches!(before.text, "k" | "M" | "B" | "bn" | "T" | "万" | "亿"))?;
    let number = line.get(line.here.checked_sub(2)?).filter(|token| token.kind == Kind::Number)?;
    (here.kind == Kind::Word).then(|| numbers::scale_apart(line.at(scale.span), scale.text, line.at(Span::new(number.span.end, scale.span.start))))
}

/// The line or a bracket ends too early.
fn ends(line: &Line<'_>, context: &Context<'_, '_>, wants_value: bool) -> Diagnostic {
    if wants_value {
        return missing(line);
    }
    if let Some((opening, word)) = context.ifs.last() {
        return expressions::if_incomplete(line.behind(line.here), line.at(opening.span), word);
    }
    if let Some(mistake) = neighbours::how_often(line) {
        return mistake;
    }
    if context.in_table() && !context.keyed {
        return expressions::row_without_colon(line.behind(line.here));
    }
    match line.here() {
        Some(here) => expressions::unexpected(line.at(here.span), here.text),
        None => expressions::unexpected_end(line.behind(line.here)),
    }
}

/// A value is missing here.
fn missing(line: &Line<'_>) -> Diagnostic {
    // `f(x, from = 3)`
    if let (Some(before), Some(here)) = (line.before(), line.here())
        && line.is(line.here + 1, "=")
        && here.kind == Kind::Reserved
        && (before.is(",") || before.is("("))
        && let Some(value) = line.get(line.here + 2)
    {
        let place = Span::new(here.span.end, value.span.start);
        return expressions::equals_for_argument(line.at(place), line.at(place), "");
    }
    if let (Some(before), Some(here), Some(next)) = (line.before(), line.here(), line.get(line.here + 1).filter(|next| next.begins_value())) {
        let word = line.at(Span::new(here.span.start, next.span.start));
        match (before.text, here.text) {
            ("growing", "by") => return neighbours_mistakes::growing_by(line.at(here.span), word, "by"),
            ("*", "growing") => {
                let star = line.at(Span::new(before.span.start, here.span.start));
                return expressions::operator_before_growing(line.at(before.span), star);
            }
            ("=", "from") => return numbers::span_with_from(line.at(here.span), word),
            ("<" | ">" | "=" | "!", "=") if before.span.end < here.span.start => {
                let gap = line.at(Span::new(before.span.end, here.span.start));
                return expressions::comparison_apart(line.at(before.span.join(here.span)), before.text, gap);
            }
            (_, "+") => return expressions::plus(line.at(here.span), word),
            _ => {}
        }
    }
    match line.before() {
        Some(before) => expressions::value_missing(line.at(before.span), before.text.trim()),
        None => match line.here() {
            Some(here) => expressions::value_missing_before(line.at(here.span), here.text),
            None => expressions::nothing_written(line.at(line.span)),
        },
    }
}

fn divided(line: &Line<'_>, here: &Token<'_>, context: &Context<'_, '_>, wants_value: bool) -> Diagnostic {
    if wants_value && !context.brackets.is_empty() {
        return missing(line);
    }
    if here.text == "," && !context.in_table() && line.get(line.here + 1).is_some_and(|next| next.kind == Kind::Number) {
        let next = line.get(line.here + 1);
        if let (Some(left), Some(next)) = (line.before().filter(|left| left.kind == Kind::Number), next) {
            let tight = left.span.end == here.span.start && here.span.end == next.span.start;
            if tight && next.text.bytes().take_while(u8::is_ascii_digit).count() == 3 {
                return numbers::comma(line.at(left.span.join(next.span)), &format!("{},{}", left.text, next.text));
            }
            if let Some(decimals) = decimals(left, next).filter(|_| tight) {
                return numbers::decimal_comma(line.at(left.span.join(decimals)), &format!("{},{}", left.text, digits_of(next.text)));
            }
        }
    }
    if !context.ifs.is_empty() || context.in_table() && !context.keyed {
        return ends(line, context, wants_value);
    }
    if wants_value { missing(line) } else { expressions::comma_outside(line.at(here.span)) }
}

/// Where the digits behind a decimal comma stand: `1,5%`, `2,75k`.
fn decimals(left: &Token<'_>, next: &Token<'_>) -> Option<Span> {
    let digits = digits_of(next.text);
    let plain = left.text.bytes().all(|byte| byte.is_ascii_digit()) && !next.text.contains('.');
    (plain && !digits.is_empty()).then(|| Span::new(next.span.start, next.span.start + digits.len() as u32))
}

fn digits_of(text: &str) -> &str {
    text.find(|character: char| !character.is_ascii_digit()).and_then(|end| text.get(..end)).unwrap_or(text)
}

/// An operator or a word such as `then` that does not fit.
fn between(line: &Line<'_>, here: &Token<'_>, context: &Context<'_, '_>, wants_value: bool) -> Diagnostic {
    if wants_value {
        return missing(line);
    }
    match (context.ifs.last(), here.text) {
        (Some((opening, word)), _) => expressions::if_incomplete(line.behind(line.here), line.at(opening.span), word),
        (None, "then" | "else") => expressions::word_without_if(line.at(here.span), here.text),
        (None, "each") => neighbours::how_often(line).unwrap_or_else(|| expressions::unexpected(line.at(here.span), here.text)),
        (None, "between") => neighbours::between(line, context.from).unwrap_or_else(|| expressions::unexpected(line.at(here.span), here.text)),
        (None, "until") if context.from == 2 && line.is(0, "timeline") => between_dates(line, here),
        (None, _) => expressions::unexpected(line.at(here.span), here.text),
    }
}

/// `timeline = 2026-01 until 2027-12`
fn between_dates(line: &Line<'_>, here: &Token<'_>) -> Diagnostic {
    match (line.before(), line.get(line.here + 1)) {
        (Some(before), Some(next)) => numbers::span_without_to(line.at(here.span), line.at(Span::new(before.span.end, next.span.start))),
        (_, None) | (None, _) => expressions::unexpected(line.at(here.span), here.text),
    }
}

fn sign(line: &Line<'_>, here: &Token<'_>, context: &Context<'_, '_>, wants_value: bool) -> Diagnostic {
    if let Some(mistake) = second_definition(line, here, context) {
        return mistake;
    }
    if here.is("=") && context.brackets.is_empty() && line.get(line.here + 1).is_some_and(|name| name.kind == Kind::Word) && line.is(line.here + 2, "=") {
        return expressions::formula_of_spreadsheets(line.at(here.span));
    }
    if let Some((place, function)) = argument(line, here, context) {
        return expressions::equals_for_argument(line.at(here.span), line.at(place), function);
    }
    if here.text == "=" && !wants_value {
        if context.in_table() && !context.keyed && context.ifs.is_empty() {
            return expressions::equals_for_colon(&equals_of_rows(line).map(|span| line.at(span)).collect::<Vec<_>>());
        }
        return expressions::one_equals(line.at(here.span));
    }
    if wants_value && here.text != "~" {
        return missing(line);
    }
    if let Some((opening, word)) = context.ifs.last() {
        let mistake = expressions::if_incomplete(line.behind(line.here), line.at(opening.span), word);
        return match colons(line, here).as_slice() {
            [then, otherwise] if *word == "then" => expressions::colons_for_words(mistake, line.at(*then), line.at(*otherwise)),
            _ => mistake,
        };
    }
    expressions::unexpected(line.at(here.span), here.text)
}

/// `f(x, from = 3)`: the `=` behind the name of an argument, with the blanks round it.
fn argument<'t>(line: &Line<'t>, here: &Token<'_>, context: &Context<'_, '_>) -> Option<(Span, &'t str)> {
    let bracket = context.brackets.last().filter(|bracket| here.is("=") && bracket.is("("))?;
    let name = line.before().filter(|name| matches!(name.kind, Kind::Word | Kind::Reserved))?;
    let before = line.get(line.here.checked_sub(2)?).filter(|before| before.is(",") || before.span == bracket.span)?;
    // Brackets of a call stand tight behind its name; others hold a condition.
    let function = line.tokens.iter().find(|token| token.kind == Kind::Word && token.span.end == bracket.span.start)?;
    let end = line.get(line.here + 1).map_or(here.span.end, |next| next.span.start);
    (before.span.end <= name.span.start).then(|| (Span::new(name.span.end, end), function.text))
}

/// `a = 1 b = 2`: another definition on the line.
fn second_definition(line: &Line<'_>, here: &Token<'_>, context: &Context<'_, '_>) -> Option<Diagnostic> {
    let name = line.before().filter(|before| before.kind == Kind::Word && matches!(here.text, "=" | "~"))?;
    let index = line.here.checked_sub(2).filter(|index| *index >= context.from)?;
    let left = line.get(index).filter(|left| left.ends_value())?;
    let outside = context.brackets.is_empty() && context.ifs.is_empty() && !left.is(".");
    outside.then(|| characters::several_on_a_line(line.at(name.span)))
}

/// A value where none is wanted.
fn value(line: &Line<'_>, here: &Token<'_>, context: &Context<'_, '_>, wants_value: bool) -> Diagnostic {
    let Some(left) = line.before().filter(|_| !wants_value) else {
        return expressions::unexpected(line.at(here.span), here.text);
    };
    if line.is(0, "timeline") && here.kind == Kind::Word && line.get(line.here + 1).is_some_and(|next| next.kind == Kind::Number) {
        return between_dates(line, here);
    }
    if let Some((opening, "then")) = context.ifs.last().map(|(opening, word)| (opening, *word)) {
        let mistake = expressions::if_incomplete(line.behind(line.here), line.at(opening.span), "then");
        return expressions::then_missing(mistake, line.at(Span::new(left.span.end, here.span.start)));
    }
    let inside = if context.brackets.is_empty() { Inside::Nothing } else { Inside::Brackets };
    if let Some(mistake) = neighbours::grouped(line, inside).or_else(|| neighbours::meant(line, context.from)) {
        return mistake;
    }
    if context.in_table() && !context.keyed {
        return expressions::row_without_colon(line.behind(line.here));
    }
    if left.kind == Kind::Text || here.kind == Kind::Text {
        return expressions::unexpected(line.at(here.span), here.text);
    }
    if !context.brackets.is_empty() && here.kind != Kind::Open {
        return expressions::comma_missing(line.at(here.span), line.at(left.span));
    }
    let joined = (left.kind == Kind::Word && here.kind == Kind::Word).then(|| format!("{}_{}", left.text, here.text));
    expressions::operator_missing(line.at(here.span), line.at(left.span), joined.as_deref())
}
