//! Literals: names, texts, numbers, units and dates, each exactly as written.

use super::Builder;
use crate::calendar::Date;
use crate::quantity::MOST_POWERS;
use crate::syntax::ast::{DateLiteral, Digits, ExprId, ExprNode, Name, Number, Path, Text, UnitExpr, UnitFactor};
use crate::syntax::grammar::Rule;
use crate::syntax::limits::{LONGEST_NAME, LONGEST_NUMBER, LONGEST_TEXT};
use crate::syntax::mistakes::{characters, limits, numbers};
use crate::text::Span;
use pest::iterators::Pair;
use unicode_normalization::UnicodeNormalization;

#[allow(clippy::wildcard_enum_match_arm, reason = "the rules are pest's, and a literal has few parts")]
impl Builder<'_> {
    /// A name, after NFC.
    pub(super) fn name(&mut self, pair: &Pair<'_, Rule>) -> Name {
        self.name_of(pair.as_str(), self.span(pair))
    }

    pub(super) fn name_of(&mut self, text: &str, span: Span) -> Name {
        if text.len() > LONGEST_NAME {
            self.told.tell(|at| limits::name_too_long(at, text), span);
        }
        let text = if text.is_ascii() { text.to_owned() } else { text.nfc().collect() };
        Name { text, span }
    }

    pub(super) fn path(&mut self, pair: &Pair<'_, Rule>) -> Path {
        let names = pair.clone().into_inner().map(|name| self.name(&name)).collect();
        Path { names, span: self.span(pair) }
    }

    /// A text, escapes resolved.
    pub(super) fn text(&mut self, pair: &Pair<'_, Rule>) -> Text {
        self.text_of(pair.as_str(), self.span(pair))
    }

    pub(super) fn text_of(&mut self, quoted: &str, span: Span) -> Text {
        let inside = quoted.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(quoted);
        if inside.len() > LONGEST_TEXT {
            self.told.tell(|at| limits::text_too_long(at, inside.len()), span);
        }
        let text = if inside.contains('\\') { self.unescape(inside, span.start + 1) } else { inside.to_owned() };
        Text { text, span }
    }

    fn unescape(&mut self, inside: &str, start: u32) -> String {
        let mut out = String::with_capacity(inside.len());
        let mut rest = inside;
        while let Some(slash) = rest.find('\\') {
            out.push_str(rest.get(..slash).unwrap_or(""));
            let escape = rest.get(slash..).unwrap_or("");
            let (character, width) = escaped(escape);
            match character {
                Some(character) => out.push(character),
                None => {
                    let at = start + (inside.len() - escape.len()) as u32;
                    let text = escape.get(..width).unwrap_or("\\");
                    self.told.tell(|at| characters::unknown_escape(at, text), Span::new(at, at + width as u32));
                }
            }
            rest = escape.get(width..).unwrap_or("");
        }
        out.push_str(rest);
        out
    }

    pub(super) fn number(&mut self, pair: Pair<'_, Rule>) -> ExprId {
        let span = self.span(&pair);
        let digits = Span::new(span.start, span.start + digits_of(pair.as_str()));
        let mut number = Number { value: 0.0, percent: false, unit: None, digits: Digits::Plain };
        let (mut decimal, mut shift) = ("", 0);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::decimal => decimal = part.as_str(),
                Rule::magnitude => shift += magnitude(part.as_str()),
                Rule::percent => {
                    number.percent = true;
                    shift -= 2;
                }
                _ => number.unit = Some(self.unit(&part)),
            }
        }
        if decimal.len() > LONGEST_NUMBER {
            self.told.tell(|at| limits::number_too_long(at, decimal.len()), digits);
            return self.broken(span);
        }
        let Some(value) = read(decimal, shift) else {
            self.told.tell(limits::number_too_large, digits);
            return self.broken(span);
        };
        let digits = if number.percent || shift != 0 { Digits::Plain } else { grouped(decimal) };
        self.push(span, ExprNode::Number(Number { value, digits, ..number }), &[])
    }

    /// A unit behind a number or a colon.
    pub(super) fn unit(&mut self, pair: &Pair<'_, Rule>) -> UnitExpr {
        let text = pair.as_str();
        let mut span = self.span(pair);
        span.start += (text.len() - text.trim_start_matches([' ', '\t']).len()) as u32;
        let mut factors = Vec::new();
        // The first factor stands beside the others without a rule of its own.
        let mut first = None;
        for part in pair.clone().into_inner() {
            match part.as_rule() {
                Rule::unit_percent => factors.push(UnitFactor { name: self.name(&part), exponent: 1, per: 1.0 }),
                Rule::unit_name => first = Some(UnitFactor { name: self.name(&part), exponent: 1, per: 1.0 }),
                Rule::unit_power => first = first.map(|factor| UnitFactor { exponent: self.power(&part), ..factor }),
                Rule::over => {
                    factors.extend(first.take());
                    factors.extend(self.factor(part, -1));
                }
                _ => {
                    factors.extend(first.take());
                    factors.extend(self.factor(part, 1));
                }
            }
        }
        factors.extend(first);
        if factors.iter().map(|factor| u32::from(factor.exponent.unsigned_abs())).sum::<u32>() > MOST_POWERS {
            self.told.tell(numbers::too_many_powers, span);
            factors.truncate(1);
        }
        UnitExpr { span, factors }
    }

    /// `/1k token`, `*month^2`.
    fn factor(&mut self, pair: Pair<'_, Rule>, sign: i8) -> Option<UnitFactor> {
        let (mut name, mut power, mut per) = (None, 1, 1.0);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::unit_per => per = self.per(part),
                Rule::unit_power => power = self.power(&part),
                _ => name = Some(self.name(&part)),
            }
        }
        name.map(|name| UnitFactor { name, exponent: sign * power, per })
    }

    fn per(&mut self, pair: Pair<'_, Rule>) -> f64 {
        let span = self.span(&pair);
        let (mut decimal, mut shift) = ("", 0);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::magnitude => shift = magnitude(part.as_str()),
                _ => decimal = part.as_str(),
            }
        }
        if decimal.len() > LONGEST_NUMBER {
            self.told.tell(|at| limits::number_too_long(at, decimal.len()), span);
            return 1.0;
        }
        match read(decimal, shift) {
            Some(0.0) => {
                self.told.tell(numbers::per_zero, span);
                1.0
            }
            Some(per) => per,
            None => {
                self.told.tell(limits::number_too_large, span);
                1.0
            }
        }
    }

    fn power(&mut self, pair: &Pair<'_, Rule>) -> i8 {
        let digits = pair.as_str().trim_start_matches('^');
        match digits.parse::<i8>() {
            Ok(power) if power > 0 => power,
            Ok(_) | Err(_) => {
                self.told.tell(numbers::power_out_of_range, self.span(pair));
                1
            }
        }
    }

    pub(super) fn date(&mut self, pair: &Pair<'_, Rule>) -> ExprId {
        let span = self.span(pair);
        let text = pair.as_str();
        match date(text) {
            Ok(date) => self.push(span, ExprNode::Date(date), &[]),
            Err(wrong) => {
                self.told.tell(|at| numbers::no_such_date(at, text, wrong), span);
                self.broken(span)
            }
        }
    }
}

/// The character of an escape at the beginning of a text, and the bytes it takes.
fn escaped(text: &str) -> (Option<char>, usize) {
    let mut characters = text.chars().skip(1);
    match characters.next() {
        Some('"') => (Some('"'), 2),
        Some('\\') => (Some('\\'), 2),
        Some('n') => (Some('\n'), 2),
        Some('t') => (Some('\t'), 2),
        Some('u') => {
            let code = text.get(3..).filter(|_| text.starts_with("\\u{")).and_then(|rest| rest.split_once('}')).map(|(code, _)| code);
            let code = code.filter(|code| (1..=6).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_hexdigit()));
            let character = code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
            (character, code.filter(|_| character.is_some()).map_or(2, |code| code.len() + 4))
        }
        Some(other) => (None, 1 + other.len_utf8()),
        None => (None, 1),
    }
}

/// What digits look like to who groups thousands by points.
fn grouped(decimal: &str) -> Digits {
    let Some((whole, rest)) = decimal.split_once('.') else { return Digits::Plain };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let fits = (1..=3).contains(&whole.len()) && digits(whole) && !whole.starts_with('0') && rest.len() == 3 && digits(rest);
    match rest {
        "000" if fits => Digits::Thousands,
        _ if fits && rest.ends_with('0') => Digits::Grouped,
        _ => Digits::Plain,
    }
}

/// Bytes of the digits at the beginning of a number, with all that stands tight before its unit.
fn digits_of(text: &str) -> u32 {
    text.find([' ', '\t', '/']).unwrap_or(text.len()) as u32
}

/// How many tens a scale stands for.
fn magnitude(text: &str) -> i32 {
    match text {
        "k" => 3,
        "万" => 4,
        "M" => 6,
        "亿" => 8,
        "B" | "bn" => 9,
        _ => 12,
    }
}

/// The double nearest to the decimal as it is written, the scale taken into its exponent: `1.8M` is `1.8e6`, so it
/// is the same double as `1_800_000`. None if it is too large.
fn read(decimal: &str, shift: i32) -> Option<f64> {
    let plain: String = decimal.chars().filter(|character| *character != '_').collect();
    let (digits, exponent) = plain.split_once(['e', 'E']).unwrap_or((&plain, "0"));
    // An exponent that does not fit is as good as a very large one.
    let exponent = exponent.parse::<i32>().unwrap_or(if exponent.starts_with('-') { -100_000 } else { 100_000 });
    let value: f64 = format!("{digits}e{}", exponent.saturating_add(shift)).parse().ok()?;
    value.is_finite().then_some(value)
}

/// The date of a well-formed text, or what of it does not exist.
fn date(text: &str) -> Result<DateLiteral, &'static str> {
    let mut parts = text.split('-');
    let year: i32 = parts.next().and_then(|year| year.parse().ok()).unwrap_or(0);
    let second = parts.next().unwrap_or("");
    if let Some(quarter) = second.strip_prefix('Q') {
        let quarter: u8 = quarter.parse().unwrap_or(0);
        return if (1..=4).contains(&quarter) { Ok(DateLiteral::Quarter(year, quarter)) } else { Err("quarter") };
    }
    let month: u8 = second.parse().unwrap_or(0);
    if !(1..=12).contains(&month) {
        return Err("month");
    }
    let Some(day) = parts.next() else { return Ok(DateLiteral::Month(year, month)) };
    let (day, clock) = day.split_once('T').map_or((day, None), |(day, clock)| (day, Some(clock)));
    let day: u8 = day.parse().unwrap_or(0);
    if Date::new(year, month, day).is_none() {
        return Err("day");
    }
    let Some((hour, minute)) = clock.and_then(|clock| clock.split_once(':')) else {
        return Ok(DateLiteral::Day(year, month, day));
    };
    match (hour.parse::<u16>(), minute.parse::<u16>()) {
        (Ok(hour @ 0..24), Ok(minute @ 0..60)) => Ok(DateLiteral::Minute(year, month, day, hour * 60 + minute)),
        (Ok(_) | Err(_), Ok(_) | Err(_)) => Err("clock"),
    }
}
