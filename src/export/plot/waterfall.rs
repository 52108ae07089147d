//! Waterfalls: a sum, each term beginning where the one above it ends.

use super::field::{Field, Tint};
use super::rows::{Rows, rows};
use super::{Style, sign_of, titled, told};
use crate::export::Signs;
use crate::report::number;
use crate::report::plot::{Axis, Fall, FallSort, Waterfall};

pub(super) fn waterfall(waterfall: &Waterfall, style: Style) -> String {
    let mut out = told("", &titled(&waterfall.title, &waterfall.unit), style);
    let numbers: Vec<Option<f64>> = waterfall.falls.iter().map(|fall| fall.value.number()).collect();
    let texts = number::row(&numbers).into_iter().zip(&waterfall.falls).enumerate();
    let texts = texts.map(|(at, (text, fall))| {
        let word = || crate::export::layout::signs(fall.value.word().unwrap_or("–"), style.into());
        // The first term is what the others are added to.
        let is_added = fall.sort == FallSort::Term && at > 0 && fall.value.number().is_some_and(|value| value > 0.0);
        let plus = if is_added { "+" } else { "" };
        vec![text.map_or_else(word, |text| format!("{plus}{text}{}", sign_of(&waterfall.unit)))]
    });
    let draw = |at: usize, columns: usize| waterfall.falls.get(at).map_or_else(String::new, |fall| bar(fall, at, &waterfall.axis, columns, style));
    let equals = |fall: &Fall| if fall.sort == FallSort::Sum { format!("= {}", fall.label) } else { format!("  {}", fall.label) };
    let names = waterfall.falls.iter().map(equals).collect();
    out += &rows(&Rows { heads: Vec::new(), names, texts: texts.collect(), draw: &draw }, style);
    out
}

/// From where a step begins to where it ends, at least a column.
fn bar(fall: &Fall, at: usize, axis: &Axis, columns: usize, style: Style) -> String {
    let mut field = Field::new(columns, 1);
    if fall.value.number().is_none() || axis.low == axis.high {
        return String::new();
    }
    let edge = |value: f64| (axis.share(value) * columns as f64).round() as usize;
    let (low, high) = (edge(fall.from.min(fall.to)), edge(fall.from.max(fall.to)));
    let low = low.min(columns - 1);
    let rises = fall.to >= fall.from;
    let (unicode, ascii, tint) = match fall.sort {
        FallSort::Sum => ('█', '#', Tint::Plain),
        FallSort::Term if at == 0 => ('█', '#', Tint::Plain),
        FallSort::Term if rises => ('▒', '+', Tint::Rise),
        FallSort::Term => ('░', '-', Tint::Fall),
    };
    let sign = match style.signs {
        Signs::Unicode => unicode,
        Signs::Ascii => ascii,
    };
    (low..high.max(low + 1)).for_each(|column| field.put(column, 0, sign, tint));
    field.row(0, style.colour)
}
