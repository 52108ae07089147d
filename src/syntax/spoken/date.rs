//! Dates in other forms: `15 Feb 2026`, `Feb-26`, `Q1 2026`, `1Q26`, `15/2/2026`, `15.02.2026`, `2026年2月`.

use crate::calendar::Date;
use crate::syntax::tokens::{Kind, Token, tokens};

const MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

/// A date that is written in another form.
#[derive(Clone, Debug)]
pub(in crate::syntax) struct Reading {
    /// How many tokens it takes.
    pub tokens: usize,
    /// What it may mean, in our form: two dates where day and month can't be told apart, none where no calendar has it.
    pub dates: Vec<String>,
}

impl Reading {
    fn of(tokens: usize, dates: impl IntoIterator<Item = String>) -> Self {
        Self { tokens, dates: dates.into_iter().collect() }
    }
}

/// The date that a whole text writes, in our form; none where it may mean two.
#[must_use]
pub fn date(text: &str) -> Option<String> {
    match <[String; 1]>::try_from(dates(text)) {
        Ok([only]) => Some(only),
        Err(_) => None,
    }
}

/// The dates that a whole text may write.
#[must_use]
pub fn dates(text: &str) -> Vec<String> {
    let tokens = tokens(text, 0);
    read(&tokens, 0).filter(|reading| reading.tokens == tokens.len()).map(|reading| reading.dates).unwrap_or_default()
}

/// The number of the month that a word calls, in full or by three letters and more.
#[must_use]
pub fn month(word: &str) -> Option<u8> {
    let lower = word.to_ascii_lowercase();
    let called = |month: &&str| *month == lower || lower.len() >= 3 && month.starts_with(&lower) || lower == "sept" && month.starts_with("sep");
    MONTHS.iter().position(called).map(|at| at as u8 + 1)
}

/// The date that begins with a token, whatever its form; one that is written as it should be is read as well.
pub(in crate::syntax) fn read(tokens: &[Token<'_>], from: usize) -> Option<Reading> {
    let rest = tokens.get(from..)?;
    worded(rest).or_else(|| dashed(rest)).or_else(|| quarter(rest)).or_else(|| slashes(rest)).or_else(|| tight(rest.first()?))
}

/// `15 Feb 2026`, `Feb 15 2026`, `Feb 15, 2026`, `Feb 2026`
fn worded(rest: &[Token<'_>]) -> Option<Reading> {
    if let [one, two, three, ..] = rest {
        let first = day(one).zip(name(two)).zip(year(three));
        let second = || Some(((day(two)?, name(one)?), year(three)?));
        if let Some(((day, month), year)) = first.or_else(second) {
            return Some(Reading::of(3, day_of(year, month, day)));
        }
    }
    if let [one, two, comma, four, ..] = rest
        && comma.is(",")
        && let Some(((month, day), year)) = name(one).zip(day(two)).zip(year(four))
    {
        return Some(Reading::of(4, day_of(year, month, day)));
    }
    let [one, two, ..] = rest else { return None };
    let (month, year) = name(one).zip(year(two))?;
    Some(Reading::of(2, [month_of(year, month)]))
}

/// `Feb-26`, `Feb-2026`, `15-Feb-26`, as spreadsheets show them
fn dashed(rest: &[Token<'_>]) -> Option<Reading> {
    let is_joined = |parts: &[Token<'_>]| parts.windows(2).all(|pair| if let [one, two] = pair { one.span.end == two.span.start } else { true });
    if let [one, dash, two, again, three, ..] = rest
        && dash.is("-")
        && again.is("-")
        && is_joined(rest.get(..5)?)
        && let Some(((day, month), year)) = day(one).zip(name(two)).zip(short_year(three))
    {
        return Some(Reading::of(5, day_of(year, month, day)));
    }
    let [one, dash, two, ..] = rest else { return None };
    let (month, year) = name(one).zip(short_year(two)).filter(|_| dash.is("-"))?;
    is_joined(rest.get(..3)?).then(|| Reading::of(3, [month_of(year, month)]))
}

/// `FY2026`, `FY26`
#[must_use]
pub fn financial_year(name: &str) -> Option<String> {
    let digits = name.strip_prefix("FY").filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    match digits.len() {
        4 => Some(digits.to_owned()),
        2 => Some(format!("20{digits}")),
        _ => None,
    }
}

/// `Q1 2026`, `2026 Q1`, `Q1-2026`
fn quarter(rest: &[Token<'_>]) -> Option<Reading> {
    if let [one, dash, two, ..] = rest
        && dash.is("-")
        && let Some((number, year)) = one.text.strip_prefix(['Q', 'q']).zip(short_year(two))
        && matches!(number, "1" | "2" | "3" | "4")
    {
        return Some(Reading::of(3, [format!("{year}-Q{number}")]));
    }
    let [one, two, ..] = rest else { return None };
    let quarter = |token: &Token<'_>| token.text.strip_prefix(['Q', 'q']).filter(|number| matches!(*number, "1" | "2" | "3" | "4")).map(str::to_owned);
    let (quarter, year) = quarter(one).zip(year(two)).or_else(|| quarter(two).zip(year(one)))?;
    Some(Reading::of(2, [format!("{year}-Q{quarter}")]))
}

/// `2026/04/15`, `4/15/2026`, `04/2026`, without a gap
fn slashes(rest: &[Token<'_>]) -> Option<Reading> {
    let mut parts = vec![digits(rest.first()?)?];
    let mut end = rest.first()?.span.end;
    while let (Some(slash), Some(part)) = (rest.get(2 * parts.len() - 1), rest.get(2 * parts.len())) {
        let joined = slash.is("/") && slash.span.start == end && part.span.start == slash.span.end;
        let Some(part_digits) = digits(part).filter(|_| joined && parts.len() < 3) else { break };
        parts.push(part_digits);
        end = part.span.end;
    }
    (parts.len() > 1).then(|| in_parts(&parts).map(|dates| Reading::of(2 * parts.len() - 1, dates)))?
}

/// `2026-1`, `15.01.2026`, `2026Q1`, `1Q26`, `2026年3月15日`, `20260315`
fn tight(token: &Token<'_>) -> Option<Reading> {
    let text = token.text;
    if token.kind != Kind::Number {
        return None;
    }
    let whole = |date: Option<String>| date.map(|date| Reading::of(1, [date]));
    if let Some((before, quarter)) = text.split_once(['q', 'Q']) {
        let (year, quarter) = if before.len() == 1 { (quarter, before) } else { (before.strip_suffix('-').unwrap_or(before), quarter) };
        let year = if year.len() == 2 { format!("20{year}") } else { year.to_owned() };
        let fits = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit()) && matches!(quarter, "1" | "2" | "3" | "4");
        return whole(fits.then(|| format!("{year}-Q{quarter}")));
    }
    if let Some((year, rest)) = text.split_once('年') {
        let (month, day) = rest.split_once('月')?;
        let (year, month): (i32, u8) = (year.parse().ok().filter(|_| year.len() == 4)?, month.parse().ok()?);
        return match day.trim_end_matches(['日', '号']) {
            "" => whole(Some(month_of(year, month))),
            day => Some(Reading::of(1, day_of(year, month, day.parse().ok()?))),
        };
    }
    let all_digits = text.bytes().all(|byte| byte.is_ascii_digit());
    if all_digits && text.len() == 8 {
        let (year, month, day) = (text.get(..4)?.parse().ok()?, text.get(4..6)?.parse().ok()?, text.get(6..)?.parse().ok()?);
        return whole(day_of(year, month, day).filter(|_| (1900..2200).contains(&year)));
    }
    let separator = if text.contains('-') { '-' } else { '.' };
    let parts: Vec<&str> = text.split(separator).collect();
    let is_date = parts.len() == 3 || parts.len() == 2 && separator == '-';
    if !is_date || !parts.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    // Between points the day comes first.
    if let ('.', [day, month, year]) = (separator, parts.as_slice())
        && year.len() == 4
        && let Some(date) = day_of(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    {
        return whole(Some(date));
    }
    in_parts(&parts).map(|dates| Reading::of(1, dates))
}

/// The dates of a year with a month, and perhaps a day, in any order.
fn in_parts(parts: &[&str]) -> Option<Vec<String>> {
    let number = |text: &str| text.parse::<u8>().ok().filter(|_| text.len() <= 2);
    let year = |text: &str| text.parse::<i32>().ok().filter(|_| text.len() == 4);
    match parts {
        [one, two] => {
            let (year, month) = year(one).zip(number(two)).or_else(|| year(two).zip(number(one)))?;
            (1..=12).contains(&month).then(|| vec![month_of(year, month)])
        }
        [one, two, three] => {
            if let Some(((year, month), day)) = year(one).zip(number(two)).zip(number(three)) {
                return Some(day_of(year, month, day).into_iter().collect());
            }
            let ((one, two), year) = number(one).zip(number(two)).zip(year(three))?;
            let mut dates: Vec<String> = day_of(year, two, one).into_iter().chain(day_of(year, one, two)).collect();
            dates.dedup();
            Some(dates)
        }
        _ => None,
    }
}

fn digits<'t>(token: &Token<'t>) -> Option<&'t str> {
    Some(token.text).filter(|text| token.kind == Kind::Number && text.bytes().all(|byte| byte.is_ascii_digit()))
}

fn day(token: &Token<'_>) -> Option<u8> {
    digits(token)?.parse().ok().filter(|day| (1..=31).contains(day))
}

fn year(token: &Token<'_>) -> Option<i32> {
    digits(token).filter(|text| text.len() == 4)?.parse().ok()
}

/// `2026`, `26`
fn short_year(token: &Token<'_>) -> Option<i32> {
    year(token).or_else(|| digits(token).filter(|text| text.len() == 2)?.parse::<i32>().ok().map(|year| 2000 + year))
}

fn name(token: &Token<'_>) -> Option<u8> {
    month(token.text).filter(|_| token.kind == Kind::Word)
}

fn month_of(year: i32, month: u8) -> String {
    format!("{year}-{month:02}")
}

fn day_of(year: i32, month: u8, day: u8) -> Option<String> {
    Date::new(year, month, day).map(|_| format!("{year}-{month:02}-{day:02}"))
}
