//! Numbers for people: few digits with a magnitude, or every digit that means something.

/// Magnitudes as the language writes them.
const MAGNITUDES: [(i32, &str); 5] = [(12, "T"), (9, "B"), (6, "M"), (3, "k"), (0, "")];

/// A whole number below this is written out with separators: `1,234`.
const WRITTEN_OUT: f64 = 9_999.5;

/// Significant digits of a brief number that stands alone, and at most of the largest of a row.
const ALONE: i32 = 4;
/// Significant digits of the smallest number of a row.
const IN_ROW: i32 = 3;

/// A number in at most four significant digits: `1.23M`, `1,234`, `0.0123`, `1.2e-9`.
#[must_use]
pub fn compact(number: f64) -> String {
    rounded(number, ALONE)
}

/// A part of a whole in percent: `3.25%`; never `0%` for something or `100%` for less than all.
#[must_use]
pub fn percent(share: f64) -> String {
    match share * 100.0 {
        small if small > 0.0 && small < 0.005 => "less than 0.01%".to_owned(),
        large if large > 99.995 && large < 100.0 => "more than 99.99%".to_owned(),
        percent => format!("{}%", compact((percent * 100.0).round() / 100.0)),
    }
}

fn rounded(number: f64, digits: i32) -> String {
    in_magnitude(number, digits).map_or_else(|| scientific(number, digits), |(text, suffix)| trim(&text) + suffix)
}

/// So many digits in the magnitude of a number, and what says it; none where it needs an exponent.
fn in_magnitude(number: f64, digits: i32) -> Option<(String, &'static str)> {
    let magnitude = magnitude(number, digits)?;
    Some((scaled(number, magnitude, decimals_in(number, magnitude, digits)), suffix(magnitude)))
}

/// Numbers of one row, so that they can be compared: one magnitude and one number of decimals, so that the
/// smallest has three digits and the largest four. Where they lie too far apart for that, each for itself.
#[must_use]
pub fn row(numbers: &[Option<f64>]) -> Vec<Option<String>> {
    let numbers = &without_noise(numbers);
    let sizes = || numbers.iter().flatten().map(|number| number.abs()).filter(|size| *size > 0.0);
    let largest = sizes().fold(0.0, f64::max);
    let smallest = sizes().fold(largest, f64::min);
    let Some(magnitude) = magnitude(largest, ALONE).filter(|_| exponent(largest, ALONE) - exponent(smallest, IN_ROW) <= ALONE - IN_ROW) else {
        return numbers.iter().map(|number| number.map(beside_far)).collect();
    };
    let most = decimals_in(largest, magnitude, ALONE).min(decimals_in(smallest, magnitude, IN_ROW));
    // A zero that came of rounding says something: `10.0B` and `11.0B` where they are 10.03 and 11.04.
    let needed = |number: &f64| {
        let kept = trim(&scaled(*number, magnitude, most)).split_once('.').map_or(0, |(_, part)| part.len());
        let said = format!("{number:.*e}", (exponent(*number, ALONE) - magnitude + most as i32).max(0) as usize).parse().unwrap_or(*number);
        if (number - said).abs() > EXACT * number.abs() { most } else { kept }
    };
    let decimals = numbers.iter().flatten().map(needed).max().unwrap_or(0);
    let text = |number: f64| scaled(number, magnitude, decimals) + if number == 0.0 { "" } else { suffix(magnitude) };
    numbers.iter().map(|number| number.map(|number| if number == 0.0 { "0".to_owned() } else { text(number) })).collect()
}

/// A number of a row whose others lie far from it, in three significant digits. A zero that came of rounding is one of them:
/// `4.40M`; what is just 20 thousand is `20k`.
fn beside_far(number: f64) -> String {
    let is_exact = (number - nearest(number, IN_ROW)).abs() <= EXACT * number.abs();
    match in_magnitude(number, IN_ROW) {
        Some((text, suffix)) if !is_exact => text + suffix,
        Some(_) | None => rounded(number, IN_ROW),
    }
}

/// What differs by less of itself is the same number.
const EXACT: f64 = 1e-12;

/// The nearest number with so many significant digits.
fn nearest(number: f64, digits: i32) -> f64 {
    format!("{number:.*e}", (digits - 1).max(0) as usize).parse().unwrap_or(number)
}

/// Beside the largest of a row, a fraction that is smaller by this is what rounding left of a zero.
const NOISE: f64 = 1e-14;

fn without_noise(numbers: &[Option<f64>]) -> Vec<Option<f64>> {
    let largest = numbers.iter().flatten().fold(0.0, |largest: f64, number| largest.max(number.abs()));
    numbers.iter().map(|number| number.map(|number| if number.abs() < (NOISE * largest).min(1.0) { 0.0 } else { number })).collect()
}

/// A number in twelve significant digits, as the language reads it: `1234567.5`, `0.3`. What lies behind them is
/// the noise of binary fractions.
#[must_use]
pub fn plain(number: f64) -> String {
    shortest(nearest(number, 12))
}

/// The fewest digits that read back as the same number.
#[must_use]
pub fn shortest(number: f64) -> String {
    if number == 0.0 {
        return "0".to_owned();
    }
    // Rust writes the shortest digits; an exponent keeps the very large and the very small short too.
    let size = number.abs();
    if (1e-6..1e16).contains(&size) { format!("{number}") } else { format!("{number:e}") }
}

/// A number with its unit, written as the language writes it: `5%`, `3%/month`, `49 USD`, `2/month`.
#[must_use]
pub fn with_unit(digits: &str, unit: &str) -> String {
    let tight = unit.is_empty() || unit.starts_with(['%', '/']);
    if tight { format!("{digits}{unit}") } else { format!("{digits} {unit}") }
}

/// The power of ten of the first digit, once rounded to a number of digits: 3 for 999.96 in four.
fn exponent(number: f64, digits: i32) -> i32 {
    let text = format!("{:.*e}", (digits - 1).max(0) as usize, number.abs());
    text.split_once('e').and_then(|(_, power)| power.parse().ok()).unwrap_or(0)
}

/// The magnitude a number is written in; none where it needs an exponent.
fn magnitude(number: f64, digits: i32) -> Option<i32> {
    if number == 0.0 {
        return Some(0);
    }
    let first = exponent(number, digits);
    if !(-4..16).contains(&first) {
        return None;
    }
    if number.abs() < WRITTEN_OUT {
        return Some(0);
    }
    MAGNITUDES.iter().map(|(power, _)| *power).find(|power| first >= *power)
}

fn suffix(magnitude: i32) -> &'static str {
    MAGNITUDES.iter().find(|(power, _)| *power == magnitude).map_or("", |(_, suffix)| suffix)
}

/// How many decimals make so many significant digits.
fn decimals_in(number: f64, magnitude: i32, digits: i32) -> usize {
    if number == 0.0 {
        return 0;
    }
    (digits - 1 - (exponent(number, digits) - magnitude)).max(0) as usize
}

/// The digits in a magnitude, with separators between thousands.
fn scaled(number: f64, magnitude: i32, decimals: usize) -> String {
    let divisor = match magnitude { 12 => 1e12, 9 => 1e9, 6 => 1e6, 3 => 1e3, _ => 1.0 };
    let text = format!("{:.decimals$}", number / divisor);
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |digits| ("-", digits));
    let sign = if digits.chars().any(|digit| digit.is_ascii_digit() && digit != '0') { sign } else { "" };
    let (whole, part) = digits.split_once('.').map_or((digits, None), |(whole, part)| (whole, Some(part)));
    let part = part.map_or_else(String::new, |part| format!(".{part}"));
    format!("{sign}{}{part}", separated(whole))
}

fn separated(whole: &str) -> String {
    let mut out = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Without the zeros that say nothing behind the point.
fn trim(text: &str) -> String {
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text.to_owned() }
}

fn scientific(number: f64, digits: i32) -> String {
    let text = format!("{number:.*e}", (digits - 1) as usize);
    text.split_once('e').map_or(text.clone(), |(digits, power)| format!("{}e{power}", trim(digits)))
}
