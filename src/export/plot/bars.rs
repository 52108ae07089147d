//! Bars: values beside each other, to the right of 0 or to its left.

use super::field::{Field, Tint};
use super::rows::{Rows, rows};
use super::{Style, sign_of, titled, told};
use crate::export::Signs;
use crate::report::number;
use crate::report::plot::{Axis, Bars};

/// Eighths of a column, from the left.
const EIGHTHS: [char; 8] = ['▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'];

pub(super) fn bars(bars: &Bars, style: Style) -> String {
    let title = titled(&bars.title, &bars.unit);
    let mut out = if title.is_empty() { String::new() } else { told("", &title, style) };
    let numbers: Vec<Option<f64>> = bars.bars.iter().map(|bar| bar.value.number()).collect();
    let texts = number::row(&numbers).into_iter().zip(&bars.bars);
    let texts = texts.map(|(text, bar)| {
        let word = || crate::export::layout::signs(bar.value.word().unwrap_or("–"), style.into());
        vec![text.map_or_else(word, |text| text + sign_of(&bars.unit))]
    });
    let draw = |at: usize, columns: usize| {
        let value = numbers.get(at).copied().flatten();
        value.map_or_else(String::new, |value| bar(value, &bars.axis, columns, style))
    };
    let names = bars.bars.iter().map(|bar| bar.label.clone()).collect();
    out += &rows(&Rows { heads: Vec::new(), names, texts: texts.collect(), draw: &draw }, style);
    out
}

/// One bar; what is not 0 is to be seen.
fn bar(value: f64, axis: &Axis, columns: usize, style: Style) -> String {
    let mut field = Field::new(columns, 1);
    if axis.low == axis.high || value == 0.0 {
        return field_with_zero(field, axis, columns, style).row(0, style.colour);
    }
    let eighths = |value: f64| (axis.share(value) * (columns * 8) as f64).round() as usize;
    let (zero, end) = (eighths(0.0) / 8 * 8, eighths(value));
    let full = match style.signs {
        Signs::Unicode => '█',
        Signs::Ascii => '#',
    };
    if value > 0.0 {
        let (first, length) = ((zero / 8).min(columns - 1), end.saturating_sub(zero).max(1));
        (0..length / 8).for_each(|at| field.put(first + at, 0, full, Tint::Figure(0)));
        let part = EIGHTHS.get((length % 8).wrapping_sub(1)).copied();
        match (style.signs, part) {
            (Signs::Unicode, Some(part)) => field.put(first + length / 8, 0, part, Tint::Figure(0)),
            (Signs::Ascii, Some(_)) if length % 8 >= 4 || length < 8 => field.put(first + length / 8, 0, full, Tint::Figure(0)),
            (Signs::Unicode | Signs::Ascii, _) => {}
        }
    } else {
        // There are no eighths from the right, but halves.
        let (halves, last) = (((zero.saturating_sub(end)) as f64 / 4.0).round() as usize, (zero / 8).max(1));
        let halves = halves.max(1);
        (1..=halves / 2).for_each(|at| field.put(last.saturating_sub(at), 0, full, Tint::Fall));
        if halves % 2 == 1 && halves / 2 < last {
            let half = match style.signs {
                Signs::Unicode => '▐',
                Signs::Ascii => full,
            };
            field.put(last - 1 - halves / 2, 0, half, Tint::Fall);
        }
    }
    field_with_zero(field, axis, columns, style).row(0, style.colour)
}

/// Where bars go both ways, 0 is marked.
fn field_with_zero(mut field: Field, axis: &Axis, columns: usize, style: Style) -> Field {
    let zero = ((axis.share(0.0) * (columns * 8) as f64).round() as usize / 8).min(columns.saturating_sub(1));
    if axis.low < 0.0 && field.is_empty_at(zero, 0) {
        let sign = match style.signs {
            Signs::Unicode => '▏',
            Signs::Ascii => '|',
        };
        field.put(zero, 0, sign, Tint::Plain);
    }
    field
}
