//! Fans: a spread as a bar on a scale that the spreads around it share.

use crate::export::{Signs, Style};
use crate::report::plot::Axis;
use crate::report::{Sort, Spread};

/// What a fan is drawn with: between the outermost shares, between the inner ones, and at the middle.
struct Strokes {
    outer: char,
    inner: char,
    middle: char,
}

const UNICODE: Strokes = Strokes { outer: '─', inner: '━', middle: '┃' };
const ASCII: Strokes = Strokes { outer: '-', inner: '=', middle: '|' };

/// The spreads as bars of at most `columns` characters; empty where there is nothing to compare by a drawing.
pub(super) fn fans(spreads: &[Spread], sort: Sort, columns: usize, style: Style) -> Vec<String> {
    let shares: Vec<Vec<f64>> =
        spreads.iter().map(|spread| spread.shares.iter().filter_map(|value| value.number()).collect()).collect();
    let axis = Axis::over(shares.iter().flatten().copied());
    if sort != Sort::Number || columns < 2 || axis.is_flat() {
        return Vec::new();
    }
    let strokes = match style.signs {
        Signs::Unicode => UNICODE,
        Signs::Ascii => ASCII,
    };
    let at = |value: f64| (axis.share(value) * (columns - 1) as f64).round() as usize;
    shares.iter().map(|shares| fan(&shares.iter().map(|value| at(*value)).collect::<Vec<_>>(), &strokes)).collect()
}

/// One bar, by the places of its shares from the least up.
fn fan(places: &[usize], strokes: &Strokes) -> String {
    let (Some(first), Some(last)) = (places.first(), places.last()) else { return String::new() };
    let inner = (places.len() > 3).then(|| places.get(1).zip(places.get(places.len() - 2))).flatten();
    let middle = places.get(places.len() / 2).filter(|_| places.len() % 2 == 1);
    let sign = |at: usize| {
        if Some(&at) == middle {
            strokes.middle
        } else if inner.is_some_and(|(from, to)| (*from..=*to).contains(&at)) {
            strokes.inner
        } else if (*first..=*last).contains(&at) {
            strokes.outer
        } else {
            ' '
        }
    };
    (0..=*last).map(sign).collect()
}
