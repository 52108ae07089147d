//! Glimpse: the value of an expression in the few lines that a prompt has for it.

use super::columns::GAP;
use super::layout::{left, line_into, right, signs, wide};
use super::{Style, answer, spark};
use crate::report::{Answer, Evaluation, Shown, Value, number};

/// A value on a line; a series as a drawing with some of its values, or as the spans in which it stays the same.
#[must_use]
pub fn glimpse(evaluation: &Evaluation, style: Style) -> String {
    match &evaluation.answer {
        Answer::Once(_) | Answer::Spread { .. } => answer::evaluations(std::slice::from_ref(evaluation), style),
        Answer::Series { periods, values } if values.iter().any(|value| value.number().is_some()) && changes(values) > 0 => {
            signs(&(drawing(values, style.width, style) + &some(periods, values, &evaluation.unit, style)), style)
        }
        Answer::Series { periods, values } => signs(&spans(periods, values, &evaluation.unit), style),
    }
}

/// A value in at most so many columns, for a ghost behind what is typed; none where it has no room.
#[must_use]
pub fn ghost(evaluation: &Evaluation, style: Style) -> Option<String> {
    let shown = |value: &Value| Shown { value: value.clone(), unit: evaluation.unit.clone() }.brief();
    let text = match &evaluation.answer {
        Answer::Once(value) => shown(value),
        Answer::Series { periods, values } => {
            let (last, period) = (values.last()?, periods.last()?);
            let bars = if last.number().is_some() { drawn(values, 12, style) + " " } else { String::new() };
            format!("{bars}{} in {period}", shown(last))
        }
        Answer::Spread { .. } => return None,
    };
    let text = signs(&text, style);
    (wide(&text) <= style.width).then_some(text)
}

/// The value in few digits; of a series the last.
#[must_use]
pub fn brief(evaluation: &Evaluation, style: Style) -> String {
    let shown = |value: &Value| Shown { value: value.clone(), unit: evaluation.unit.clone() }.brief();
    let text = match &evaluation.answer {
        Answer::Once(value) => shown(value),
        Answer::Series { values, .. } => values.last().map_or_else(String::new, shown),
        Answer::Spread { spreads, .. } => spreads.last().map_or_else(String::new, |spread| shown(&spread.mean)),
    };
    signs(&text, style)
}

/// A drawing of a series in so many columns; empty for what is one value, or stays one.
#[must_use]
pub fn small(evaluation: &Evaluation, columns: usize, style: Style) -> String {
    match &evaluation.answer {
        Answer::Series { values, .. } if values.iter().any(|value| value.number().is_some()) && changes(values) > 0 => drawn(values, columns, style),
        Answer::Once(_) | Answer::Series { .. } | Answer::Spread { .. } => String::new(),
    }
}

fn drawing(values: &[Value], columns: usize, style: Style) -> String {
    let mut out = String::new();
    line_into(&mut out, &drawn(values, columns, style));
    out
}

fn drawn(values: &[Value], columns: usize, style: Style) -> String {
    let figures: Vec<Option<f64>> = values.iter().map(Value::number).collect();
    spark::line(&figures, columns.max(1), style)
}

/// Some periods and their values in two lines: the first, the last, and between them whole years or what fits.
fn some(periods: &[String], values: &[Value], unit: &str, style: Style) -> String {
    let numbers: Vec<Option<f64>> = values.iter().map(Value::number).collect();
    let texts = |chosen: &[usize]| -> Vec<String> {
        let row: Vec<Option<f64>> = chosen.iter().map(|at| numbers.get(*at).copied().flatten()).collect();
        let words = chosen.iter().map(|at| values.get(*at).and_then(Value::word).unwrap_or_default().to_owned());
        number::row(&row).into_iter().zip(words).map(|(text, word)| text.map_or(word, |text| sign(text, unit))).collect()
    };
    let beside = if unit == "%" { String::new() } else { unit.to_owned() };
    let lay = |chosen: &[usize]| -> [String; 2] {
        let mut lines = [String::new(), String::new()];
        for (text, at) in texts(chosen).iter().zip(chosen) {
            let period = periods.get(*at).map_or("", String::as_str);
            let width = wide(text).max(wide(period));
            let gap = if lines.iter().all(String::is_empty) { 0 } else { GAP };
            for (line, text) in lines.iter_mut().zip([period, text.as_str()]) {
                *line += &format!("{}{}", " ".repeat(gap), right(text, width));
            }
        }
        let [periods, values] = lines;
        [periods, format!("{values}{}{beside}", if beside.is_empty() { "" } else { " " })]
    };
    let tries = strides(periods).into_iter().map(|stride| lay(&chosen(values.len(), stride)));
    let fitting = |lines: &[String; 2]| lines.iter().all(|line| wide(line) <= style.width);
    let mut all: Vec<[String; 2]> = tries.collect();
    let last = all.pop();
    let lines = all.into_iter().find(fitting).or(last).unwrap_or_default();
    let mut out = String::new();
    if fitting(&lines) {
        lines.iter().for_each(|line| line_into(&mut out, line));
        return out;
    }
    // Too narrow for columns: one below the other.
    let ends = chosen(values.len(), values.len());
    for (text, at) in texts(&ends).iter().zip(&ends) {
        line_into(&mut out, &format!("{} {text} {beside}", periods.get(*at).map_or("", String::as_str)));
    }
    out
}

fn sign(text: String, unit: &str) -> String {
    if unit == "%" { text + "%" } else { text }
}

/// How far apart chosen periods may lie, the closest first: where months make years, by whole years before all else.
fn strides(periods: &[String]) -> Vec<usize> {
    let count = periods.len();
    let of_year = |period: &String| period.get(..4).map(str::to_owned);
    let year = periods.first().and_then(of_year);
    let in_year = periods.iter().take_while(|period| of_year(period) == year).count().clamp(1, 12);
    let mut strides: Vec<usize> = if count <= 12 { vec![1] } else { Vec::new() };
    strides.extend([in_year, in_year * 2, in_year * 5].into_iter().filter(|stride| *stride > 1 && *stride < count));
    strides.extend([count / 4, count / 3, count / 2, count].into_iter().filter(|stride| *stride > 0));
    strides.sort_unstable();
    strides
}

/// The first, every so many, and the last.
fn chosen(count: usize, stride: usize) -> Vec<usize> {
    let last = count.saturating_sub(1);
    let mut chosen: Vec<usize> = (0..count).step_by(stride.max(1)).filter(|at| *at != last).collect();
    chosen.push(last);
    chosen
}

fn changes(values: &[Value]) -> usize {
    values.windows(2).filter(|pair| pair.first() != pair.last()).count()
}

/// The most spans that are told one by one.
const MOST_SPANS: usize = 8;

/// `2026-01 to 2027-02  false`
fn spans(periods: &[String], values: &[Value], unit: &str) -> String {
    let shown = |value: &Value| Shown { value: value.clone(), unit: unit.to_owned() }.exact();
    let mut out = String::new();
    if let (0, Some(value)) = (changes(values), values.first()) {
        line_into(&mut out, &format!("{} in every period", shown(value)));
        return out;
    }
    let mut spans: Vec<(&String, &String, &Value)> = Vec::new();
    for (period, value) in periods.iter().zip(values) {
        match spans.last_mut().filter(|span| span.2 == value) {
            Some(span) => span.1 = period,
            None => spans.push((period, period, value)),
        }
    }
    let span = |(first, last, _): &(&String, &String, &Value)| if first == last { (*first).clone() } else { format!("{first} to {last}") };
    let named = spans.iter().map(|one| wide(&span(one))).max().unwrap_or(0);
    for one in spans.iter().take(MOST_SPANS) {
        line_into(&mut out, &format!("{}  {}", left(&span(one), named), shown(one.2)));
    }
    if spans.len() > MOST_SPANS {
        line_into(&mut out, &format!("… and {} more spans", spans.len() - MOST_SPANS));
    }
    out
}
