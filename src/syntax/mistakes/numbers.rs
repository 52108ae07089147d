//! Numbers and dates that are written in another form.

use crate::diagnostic::{Code, Diagnostic, Edit, Fix};
use crate::quantity::MOST_POWERS;
use crate::syntax::spoken::money;
use crate::text::{Location, Span};

/// `2,000`
pub fn comma(at: Location, number: &str) -> Diagnostic {
    let plain = number.replace(',', "_");
    Diagnostic::error(Code("BIZ0007"), "a comma stands between digits", at, "digits are grouped with `_`")
        .fix(format!("write `{plain}`"), at, plain)
}

/// `max(1,000 USD, 2)`: inside of brackets the comma could divide, too.
pub fn comma_or_divider(at: Location, number: &str) -> Diagnostic {
    let apart = number.replace(',', ", ");
    comma(at, number).help("a comma that divides values has a blank behind it").fix(format!("or, for several values, write `{apart}`"), at, apart)
}

/// `1,5`
pub fn decimal_comma(at: Location, number: &str) -> Diagnostic {
    let plain = number.replace(',', ".");
    Diagnostic::error(Code("BIZ0007"), "a comma stands between digits", at, "the decimals stand behind a point")
        .fix(format!("write `{plain}`"), at, plain)
}

/// `120 000`, `120'000`; `plain` is the number as it is to be written.
pub fn grouped(at: Location, plain: &str) -> Diagnostic {
    Diagnostic::error(Code("BIZ0007"), "digits are grouped with `_`", at, "one number").fix(format!("write `{plain}`"), at, plain)
}

/// `max(120 500, 3)`: in brackets a comma may be missing as well, unless no number begins like the second.
pub fn grouped_or_divided(at: Location, plain: &str) -> Diagnostic {
    let mistake = grouped(at, plain);
    if plain.contains("_0") {
        return mistake;
    }
    let apart = plain.replace('_', ", ");
    mistake.help("a comma divides values").fix(format!("or, for several values, write `{apart}`"), at, apart)
}

/// `120 thousand orders`; `at` is the number with the word.
pub fn spelled_scale(at: Location, word: &str, scaled: &str) -> Diagnostic {
    Diagnostic::error(Code("BIZ0008"), format!("`{word}` is no scale"), at, "directly behind the digits stands a scale")
        .help("the scales are k, M, B or bn, T, 万 and 亿")
        .fix(format!("write `{scaled}`"), at, scaled)
}

/// `8y`, `12mo`: units of time, and shorter.
const SHORT: [(&str, &str); 17] = [
    ("y", "year"), ("yr", "year"), ("yrs", "year"), ("a", "year"), ("q", "quarter"), ("qtr", "quarter"), ("mo", "month"), ("mos", "month"), ("mth", "month"),
    ("mths", "month"), ("w", "week"), ("wk", "week"), ("wks", "week"), ("d", "day"), ("h", "hour"), ("hr", "hour"), ("hrs", "hour"),
];

/// What stands behind digits as if it were a scale, and the rest of a unit that is written tight behind it: `/座席/月`.
#[derive(Clone, Debug)]
pub struct Tight<'t> {
    pub digits: &'t str,
    pub scale: &'t str,
    /// The unit behind it, in our words.
    pub behind: String,
    /// Where that ends.
    pub end: u32,
}

/// `2K`, `500万元`, `8000元/座席/月`
pub fn unknown_scale(at: Location, tight: &Tight<'_>) -> Diagnostic {
    let Tight { digits, scale, behind, end } = tight;
    let start = at.span.start + digits.len() as u32;
    let place = Location::new(at.file, Span::new(start, at.span.end));
    let whole = Location::new(at.file, Span::new(at.span.start, *end));
    let mistake = Diagnostic::error(Code("BIZ0008"), format!("`{scale}` is no scale"), place, "directly behind the digits stands a scale")
        .help("the scales are k, M, B or bn, T, 万 and 亿; a unit stands behind a blank");
    let write = |mistake: Diagnostic, text: String| mistake.fix(format!("write `{text}`"), whole, text);
    if let Some(text) = chinese_scale(digits, scale) {
        return write(mistake, format!("{text}{behind}"));
    }
    if let Some((_, unit)) = SHORT.iter().find(|(short, _)| short == scale) {
        let mistake = write(mistake, format!("{digits} {unit}{behind}"));
        // `8w` is 8万 where Chinese is typed.
        return if *scale == "w" { mistake.fix(format!("write `{digits}万`"), place, "万") } else { mistake };
    }
    if let (true, Ok(points)) = (matches!(*scale, "bp" | "bps"), digits.parse::<f64>()) {
        return write(mistake, format!("{}%{behind}", points / 100.0));
    }
    let known = match *scale {
        "pct" | "pc" | "percent" => "%",
        "K" => "k",
        "萬" | "W" => "万",
        "億" => "亿",
        "m" | "mn" | "mio" | "Mio" | "MM" | "mm" => "M",
        "b" | "bln" | "Bn" | "BN" => "bn",
        "t" | "tn" => "T",
        _ => {
            let spaced = ["bn", "k", "M", "B", "T", "万", "亿"].iter().find_map(|known| scale.strip_prefix(known).map(|unit| (*known, unit)));
            // `3万家` is 3万 of a unit; `5USD` is 5 of one, and `5MUSD` 5M of one.
            let (known, unit) = spaced.filter(|(known, unit)| !known.is_ascii() || is_money(unit)).unwrap_or(("", scale));
            return write(mistake, format!("{digits}{known} {}{behind}", money(unit).unwrap_or(unit)));
        }
    };
    let mistake = mistake.fix(format!("write `{digits}{known}`"), place, known);
    // What is so short may be a time as well.
    if *scale == "m" { mistake.fix(format!("write `{digits} month`"), at, format!("{digits} month")) } else { mistake }
}

/// Three letters of a currency, or a word for one.
fn is_money(unit: &str) -> bool {
    money(unit).is_some() || unit.len() == 3 && unit.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// `5百万`, `5千`: scales that are spoken, in those that are written; a unit may stand tight behind.
fn chinese_scale(digits: &str, scale: &str) -> Option<String> {
    const SPOKEN: [(&str, f64, &str); 7] =
        [("千万", 1e3, "万"), ("百万", 1e2, "万"), ("十万", 1e1, "万"), ("百亿", 1e2, "亿"), ("十亿", 1e1, "亿"), ("千", 1e3, ""), ("百", 1e2, "")];
    let (unit, by, ours) = SPOKEN.iter().find_map(|(spoken, by, ours)| Some((scale.strip_prefix(spoken)?, by, ours)))?;
    let value = digits.replace('_', "").parse::<f64>().ok()? * by;
    let grouped = if (1e3..1e6).contains(&value) && value.fract() == 0.0 { format!("{}_{:03}", (value / 1e3).floor(), value % 1e3) } else { format!("{value}") };
    let blank = if unit.is_empty() { "" } else { " " };
    Some(format!("{grouped}{ours}{blank}{}", money(unit).unwrap_or(unit)))
}

/// `2026/04/15`; `mend` is the date it seems to mean.
pub fn date_in_other_form(at: Location, mend: Option<&str>) -> Diagnostic {
    let mistake = Diagnostic::error(Code("BIZ0009"), "a date is written year-month-day", at, "looks like a date")
        .help("`2026-01-15`, and shorter `2026-01`, `2026-Q1` or `2026`, longer `2026-01-15T12:30`; to divide or to subtract, put blanks round the sign");
    match mend {
        Some(mend) => mistake.fix(format!("write `{mend}`"), at, mend),
        None => mistake,
    }
}

/// `Jan 2026 to Dec 2027`, each with the dates it may mean: all are mended together, the first points.
pub fn dates_in_other_form(places: &[(Location, Vec<String>)]) -> Diagnostic {
    let at = places.first().map(|(at, _)| *at).unwrap_or_default();
    let mut mistake = date_in_other_form(at, None);
    let most = places.iter().map(|(_, dates)| dates.len()).max().unwrap_or(0);
    if places.iter().all(|(_, dates)| !dates.is_empty()) {
        for choice in 0..most {
            let chosen = || places.iter().filter_map(|(at, dates)| Some((*at, dates.get(choice).or(dates.last())?)));
            let title = chosen().take(MOST_SHOWN).map(|(_, date)| format!("`{date}`")).collect::<Vec<_>>().join(", ");
            let more = if places.len() > MOST_SHOWN { ", …" } else { "" };
            let edits = chosen().map(|(at, date)| Edit { at, text: date.clone() }).collect();
            mistake.fixes.push(Fix { title: format!("write {title}{more}"), edits });
        }
    }
    mistake
}

/// How many dates the title of a mend names.
const MOST_SHOWN: usize = 3;

/// `2026-02-30`; `wrong` is the month, quarter, day or time.
pub fn no_such_date(at: Location, date: &str, wrong: &str) -> Diagnostic {
    let label = match wrong {
        "quarter" => "the quarters are Q1 to Q4",
        "month" => "the months are 01 to 12",
        "clock" => "the times of a day are 00:00 to 23:59",
        _ => "the month has no such day",
    };
    let mistake = Diagnostic::error(Code("BIZ0016"), format!("no calendar has `{date}`"), at, label);
    if wrong == "clock" {
        return mistake;
    }
    let mistake = mistake.help("to subtract, put blanks round the `-`");
    match last_before(date, wrong) {
        Some(last) => mistake.fix(format!("write `{last}`"), at, last),
        None => mistake,
    }
}

/// The last date that there is before one that there is not: 2026-12 for 2026-13, 2026-02-28 for 2026-02-30.
fn last_before(date: &str, wrong: &str) -> Option<String> {
    let parts: Vec<&str> = date.split('-').collect();
    match (wrong, parts.as_slice()) {
        ("quarter", [year, quarter]) => Some(format!("{year}-{}", if *quarter == "Q0" { "Q1" } else { "Q4" })),
        ("month", [year, month, rest @ ..]) => {
            let month = if *month == "00" { "01" } else { "12" };
            Some([&[*year, month], rest].concat().join("-"))
        }
        ("day", [year, month, day]) => {
            let (year, number) = (year.parse::<i32>().ok()?, month.parse::<u32>().ok()?);
            let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
            let last = match number {
                2 if leap => 29,
                2 => 28,
                4 | 6 | 9 | 11 => 30,
                _ => 31,
            };
            let day = if *day == "00" { 1 } else { last };
            Some(format!("{year:04}-{month}-{day:02}"))
        }
        _ => None,
    }
}

/// `5 %`
pub fn percent_apart(at: Location, gap: Option<Location>) -> Diagnostic {
    match gap {
        Some(gap) => Diagnostic::error(Code("BIZ0036"), "`%` stands directly behind its number", at, "apart from its number")
            .fix("join them", gap, ""),
        None => Diagnostic::error(Code("BIZ0036"), "`%` stands directly behind a number", at, "there is no number before it")
            .help("it is no operator; what is left of a division is `a - floor(a / b) * b`"),
    }
}

/// `1.8 M cup`; the gap is marked for the mend.
pub fn scale_apart(at: Location, scale: &str, gap: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0037"), format!("`{scale}` stands apart from its digits"), at, "a scale stands directly behind the digits")
        .fix("join them", gap, "")
}

/// `.5`
pub fn bare_point(at: Location, digits: &str) -> Diagnostic {
    let whole = format!("0.{digits}");
    Diagnostic::error(Code("BIZ0038"), "a number begins with a digit", at, "a point is easily overlooked")
        .fix(format!("write `{whole}`"), at, whole)
}

/// `1e1.5`, `1.2.3`, `1__000`, `1.`
pub fn malformed(at: Location, number: &str) -> Diagnostic {
    let lower = number.to_ascii_lowercase();
    let (message, mend) = if lower.starts_with("0x") || lower.starts_with("0b") {
        ("a number is written in decimal digits", None)
    } else if number.contains("__") || number.ends_with('_') || number.contains("_.") || number.contains("._") {
        ("`_` stands between two digits, one at a time", None)
    } else if let Some((_, exponent)) = lower.split_once('e') {
        (if exponent.contains('.') { "an exponent is a whole number" } else { "the exponent of the number is missing" }, None)
    } else if let Some(whole) = number.strip_suffix('.').filter(|whole| !whole.contains('.')) {
        ("a number ends with a digit", Some(whole.to_owned()))
    } else {
        ("a number has one decimal point at most", points_between_thousands(number))
    };
    let mistake = Diagnostic::error(Code("BIZ0043"), message, at, "not a number");
    match mend {
        Some(mend) => mistake.fix(format!("write `{mend}`"), at, mend),
        None => mistake.help("numbers look like `2_000`, `0.5`, `1.8M`, `1e6` or `5%`"),
    }
}

/// `1.400.000`: digits grouped by points.
fn points_between_thousands(number: &str) -> Option<String> {
    let (first, rest) = number.split_once('.')?;
    let is_group = |group: &str| group.len() == 3 && group.bytes().all(|byte| byte.is_ascii_digit());
    let fits = (1..=3).contains(&first.len()) && first.bytes().all(|byte| byte.is_ascii_digit()) && rest.split('.').all(is_group);
    fits.then(|| number.replace('.', "_"))
}

/// `USD/0 token`
pub fn per_zero(at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0043"), "a price is not per zero of something", at, "zero of them").help("write `/1k token` or `/token`")
}

/// `hour^200`
pub fn power_out_of_range(at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0043"), "a unit has a power from 1 to 127", at, "out of range")
}

/// `USD/month/month/month…`
pub fn too_many_powers(at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0043"), format!("the powers of a unit come to {MOST_POWERS} at most"), at, "more than that")
}

/// `USD / month`, written where a unit stands.
pub fn unit_with_blanks(at: Location, tight: &str) -> Diagnostic {
    Diagnostic::error(Code("BIZ0060"), "a unit is written without blanks", at, "with blanks round it, `/` divides")
        .fix(format!("write `{tight}`"), at, tight)
}

/// `49 USD per month`, `49 USD monthly`; `word` is what stands in place of the `/`.
pub fn per(at: Location, word: &str, tight: &str) -> Diagnostic {
    Diagnostic::error(Code("BIZ0060"), "a unit is written with `/`", at, format!("`{word}` is no word of the language"))
        .fix(format!("write `{tight}`"), at, tight)
}

/// `2026-01..2027-12`, `2026-01 until 2027-12`; `gap` is all that stands between the two ends.
pub fn span_without_to(at: Location, gap: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0009"), "a span of time is written with `to`", at, "`to` belongs here").fix("write `to`", gap, " to ")
}

/// `from 2026-01 to 2027-12`; `whole` is the word with the blank behind it.
pub fn span_with_from(at: Location, whole: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0009"), "a span of time is written `A to B`", at, "not needed").fix("take `from` out", whole, "")
}
