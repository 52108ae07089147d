//! Bands: a figure over time as a fan, darker where more of the samples lie.

use super::field::{Field, Tint};
use super::frame::Frame;
use super::{Style, titled, told};
use crate::export::Signs;
use crate::report::number::{self, compact, with_unit};
use crate::report::plot::Bands;

/// What a fan is drawn with: between the outermost shares, between the inner ones, and at the middle.
pub(super) struct Shades {
    pub outer: char,
    pub inner: char,
    pub middle: char,
}

const UNICODE: Shades = Shades { outer: '░', inner: '▒', middle: '━' };
const ASCII: Shades = Shades { outer: '.', inner: ':', middle: '=' };

pub(super) fn bands(bands: &Bands, style: Style) -> String {
    let title = titled(&bands.title, &bands.unit);
    let mut out = if title.is_empty() { String::new() } else { told("", &title, style) };
    let shades = match style.signs {
        Signs::Unicode => &UNICODE,
        Signs::Ascii => &ASCII,
    };
    let frame = Frame::new(&bands.axis, &bands.unit, style);
    let mut field = Field::new(frame.columns, frame.rows);
    for column in 0..frame.columns {
        if let Some(values) = at(bands, &frame, column) {
            fan(&values, column, &frame, shades, &mut field);
        }
    }
    out += &frame.around(field, &bands.times, style);
    out += &told("", &legend(&bands.shares, shades), style);
    let blank = bands.spreads.iter().filter(|spread| spread.is_none()).count();
    if blank > 0 {
        out += &told("", &format!("no value in {blank} of {} periods", bands.spreads.len()), style);
    }
    let last = bands.spreads.iter().zip(&bands.times.labels).rev().find_map(|(spread, label)| Some((spread.as_ref()?, label)));
    if let Some((values, label)) = last {
        let end = |value: Option<&f64>| value.map_or_else(String::new, |value| with_unit(&compact(*value), &bands.unit));
        let (low, middle, high) = (end(values.first()), end(values.get(values.len() / 2)), end(values.last()));
        let spread = if low == high { format!("{middle} at all of these shares") } else { format!("{low} to {high}, half of the samples below {middle}") };
        out += &told("", &format!("in {label} {spread}"), style);
    }
    out
}

/// `░ 5% to 95%, ▒ 25% to 75%, ━ 50%`
fn legend(shares: &[f64], shades: &Shades) -> String {
    let share = |at: usize| shares.get(at).map_or_else(String::new, |share| format!("{}%", number::plain(share * 100.0)));
    let last = shares.len().saturating_sub(1);
    format!("{} {} to {}, {} {} to {}, {} {}", shades.outer, share(0), share(last), shades.inner, share(1), share(last - 1), shades.middle, share(last / 2))
}

/// The shares in a column: those of its periods at the widest, or on the way from one period to the next.
fn at(bands: &Bands, frame: &Frame, column: usize) -> Option<Vec<f64>> {
    let count = bands.spreads.len();
    let of = |at: usize| bands.spreads.get(at).and_then(Option::as_ref);
    let (first, last) = near(count, frame, column);
    let own: Vec<&Vec<f64>> = (first..=last).filter(|at| frame.column(*at, count) == column).filter_map(of).collect();
    if let Some(lead) = own.first() {
        let middle = lead.len() / 2;
        let merged = |share: usize| -> Option<f64> {
            let values = own.iter().filter_map(|values| values.get(share).copied());
            match share.cmp(&middle) {
                std::cmp::Ordering::Less => values.reduce(f64::min),
                std::cmp::Ordering::Equal => Some(values.map(|value| value / own.len() as f64).sum()),
                std::cmp::Ordering::Greater => values.reduce(f64::max),
            }
        };
        return (0..lead.len()).map(merged).collect();
    }
    let (before, behind) = (of(first)?, of(last)?);
    let (from, to) = (frame.column(first, count), frame.column(last, count));
    let part = (column.checked_sub(from)?) as f64 / (to.checked_sub(from)?).max(1) as f64;
    Some(before.iter().zip(behind).map(|(before, behind)| before * (1.0 - part) + behind * part).collect())
}

/// The last period that lies before a column, and the first behind it; those of the column itself are between them.
fn near(count: usize, frame: &Frame, column: usize) -> (usize, usize) {
    let last = count.saturating_sub(1);
    let guess = if frame.columns < 2 { 0 } else { column * last / (frame.columns - 1) };
    let mut first = (guess + 1).min(last);
    while first > 0 && frame.column(first, count) >= column {
        first -= 1;
    }
    let mut behind = first;
    while behind < last && (frame.column(behind, count) <= column) {
        behind += 1;
    }
    (first, behind)
}

fn fan(values: &[f64], column: usize, frame: &Frame, shades: &Shades, field: &mut Field) {
    let rows: Vec<usize> = values.iter().map(|value| frame.row(*value)).collect();
    let pair = |inset: usize| Some((*rows.get(rows.len().checked_sub(1 + inset)?)?, *rows.get(inset)?));
    for (inset, sign) in [(0, shades.outer), (1, shades.inner)] {
        if let Some((top, bottom)) = pair(inset) {
            (top..=bottom).for_each(|row| field.put(column, row, sign, Tint::Figure(0)));
        }
    }
    if let Some(row) = rows.get(rows.len() / 2) {
        field.put(column, *row, shades.middle, Tint::Plain);
    }
}
