//! Spreads: figures that are one value each, as bars from the least to the most likely ends.

use super::field::{Field, Tint};
use super::rows::{Rows, rows};
use super::{Style, sign_of, titled, told};
use crate::export::Signs;
use crate::report::number;
use crate::report::plot::Spreads;

pub(super) fn spreads(spreads: &Spreads, style: Style) -> String {
    let title = titled(&spreads.title, &spreads.unit);
    let mut out = if title.is_empty() { String::new() } else { told("", &title, style) };
    let middle = spreads.shares.len() / 2;
    let shown = [0, middle, spreads.shares.len().saturating_sub(1)];
    let heads = shown.iter().filter_map(|at| spreads.shares.get(*at)).map(|share| format!("{}%", number::plain(share * 100.0))).collect();
    let texts = spreads.rows.iter().map(|row| {
        let value = |at: &usize| row.values.as_ref().and_then(|values| values.get(*at)).copied();
        let numbers: Vec<Option<f64>> = shown.iter().map(value).collect();
        let blank = || crate::export::layout::signs("–", style.into());
        number::row(&numbers).into_iter().map(|text| text.map_or_else(blank, |text| text + sign_of(&spreads.unit))).collect()
    });
    let draw = |at: usize, columns: usize| {
        let values = spreads.rows.get(at).and_then(|row| row.values.as_ref());
        values.map_or_else(String::new, |values| bar(values, spreads, columns, style))
    };
    let names = spreads.rows.iter().map(|row| row.label.clone()).collect();
    out += &rows(&Rows { heads, names, texts: texts.collect(), draw: &draw }, style);
    out
}

fn bar(values: &[f64], spreads: &Spreads, columns: usize, style: Style) -> String {
    let mut field = Field::new(columns, 1);
    let [outer, inner, middle] = match style.signs {
        Signs::Unicode => ['─', '━', '┃'],
        Signs::Ascii => ['-', '=', '|'],
    };
    let place = |value: f64| (spreads.axis.share(value) * columns.saturating_sub(1) as f64).round() as usize;
    let places: Vec<usize> = values.iter().map(|value| place(*value)).collect();
    let ends = |inset: usize| places.get(inset).copied().zip(places.len().checked_sub(1 + inset).and_then(|at| places.get(at)).copied());
    for (inset, sign) in [(0, outer), (1, inner)] {
        if let Some((from, to)) = ends(inset) {
            (from..=to).for_each(|column| field.put(column, 0, sign, Tint::Figure(0)));
        }
    }
    places.get(places.len() / 2).into_iter().for_each(|column| field.put(*column, 0, middle, Tint::Plain));
    field.row(0, style.colour)
}
