//! Frames: the axes around a field, with round numbers beside it and periods beneath.

use super::field::Field;
use super::{Style, sign_of};
use crate::export::Signs;
use crate::export::layout::{line_into, right, wide};
use crate::report::plot::{Axis, Scale, Tick, Times};

/// The room between two periods' names.
const APART: usize = 2;
/// Columns that a field has at least, so that numbers may stand beside it.
const ROOM: usize = 8;

/// Rows of a field where all values are the same.
const FLAT: usize = 5;

/// Where a field lies and what stands around it.
pub(super) struct Frame {
    pub scale: Scale,
    pub columns: usize,
    pub rows: usize,
    /// The numbers beside it, from the lowest up; empty where they would take its room.
    numbers: Vec<String>,
    gutter: usize,
}

struct Strokes {
    side: char,
    number: char,
    zero: char,
    corner: char,
    foot: char,
    period: char,
    base: char,
}

const UNICODE: Strokes = Strokes { side: '│', number: '┤', zero: '┼', corner: '└', foot: '─', period: '┬', base: '·' };
const ASCII: Strokes = Strokes { side: '|', number: '+', zero: '+', corner: '+', foot: '-', period: '+', base: '.' };

impl Frame {
    /// A frame as wide as the style, and as high as suits that.
    pub fn new(axis: &Axis, unit: &str, style: Style) -> Self {
        let high = (style.width / 6).clamp(6, 15);
        // A row for each step, so that each number has one of its own.
        let scale = axis.scale(high - 1);
        let rows = if scale.steps == 0 { FLAT } else { scale.steps + 1 };
        let numbers: Vec<String> = scale.texts().into_iter().map(|text| text + sign_of(unit)).collect();
        let gutter = numbers.iter().map(|text| wide(text)).max().unwrap_or(0) + 1;
        if gutter + 1 + ROOM > style.width {
            return Self { scale, columns: style.width - 1, rows, numbers: Vec::new(), gutter: 0 };
        }
        Self { scale, columns: style.width - gutter - 1, rows, numbers, gutter }
    }

    /// The row of a share of the height, from the top.
    pub fn row(&self, value: f64) -> usize {
        self.dot(value, 4) / 4
    }

    /// The dot of a value where a row has so many, from the top.
    pub fn dot(&self, value: f64, each: usize) -> usize {
        let last = self.rows * each - 1;
        last - (self.scale.share(value) * last as f64).round() as usize
    }

    /// Whether numbers stand beside the field; else what they would say is to be told.
    pub fn is_numbered(&self) -> bool {
        !self.numbers.is_empty()
    }

    /// The field with its axes.
    pub fn around(&self, mut field: Field, times: &Times, style: Style) -> String {
        let strokes = match style.signs {
            Signs::Unicode => &UNICODE,
            Signs::Ascii => &ASCII,
        };
        let zero = self.scale.ticks.contains(&0.0).then(|| self.row(0.0)).filter(|row| *row + 1 < self.rows);
        if let Some(row) = zero {
            (0..field.columns).filter(|column| field.is_empty_at(*column, row)).collect::<Vec<_>>().into_iter().for_each(|column| {
                field.put(column, row, strokes.base, super::field::Tint::Plain);
            });
        }
        let numbers: Vec<(usize, &String)> = self.scale.ticks.iter().map(|tick| self.row(*tick)).zip(&self.numbers).collect();
        let mut out = String::new();
        for row in 0..self.rows {
            let number = numbers.iter().find(|(at, _)| *at == row).map(|(_, text)| *text);
            let side = match number {
                Some(_) if zero == Some(row) => strokes.zero,
                Some(_) => strokes.number,
                None => strokes.side,
            };
            let text = number.map_or("", String::as_str);
            let beside = if self.gutter == 0 { String::new() } else { format!("{} ", right(text, self.gutter - 1)) };
            line_into(&mut out, &format!("{beside}{side}{}", field.row(row, style.colour)));
        }
        out + &self.foot(times, strokes)
    }

    /// The line beneath, and the periods that there is room for.
    fn foot(&self, times: &Times, strokes: &Strokes) -> String {
        let count = times.labels.len();
        let placed = |ticks: &[Tick]| self.placed(ticks, count);
        let level = times.levels.iter().find_map(|ticks| placed(ticks)).or_else(|| {
            let end = |at: usize| times.labels.get(at).map(|text| Tick { at, text: text.clone() });
            let ends: Vec<Tick> = [end(0), count.checked_sub(1).filter(|last| *last > 0).and_then(end)].into_iter().flatten().collect();
            placed(&ends).or_else(|| placed(ends.get(..1).unwrap_or_default()))
        });
        let level = level.unwrap_or_default();
        let mut line: Vec<char> = vec![strokes.foot; self.columns];
        let mut names = String::new();
        for (column, start, text) in level {
            if let Some(sign) = line.get_mut(column) {
                *sign = strokes.period;
            }
            names += &" ".repeat(start - wide(&names));
            names += &text;
        }
        let mut out = String::new();
        line_into(&mut out, &format!("{}{}{}", " ".repeat(self.gutter), strokes.corner, line.iter().collect::<String>()));
        if !names.is_empty() {
            line_into(&mut out, &names);
        }
        out
    }

    /// Each tick's column in the field, where its name begins, and that; none where they do not fit.
    fn placed(&self, ticks: &[Tick], count: usize) -> Option<Vec<(usize, usize, String)>> {
        let whole = self.gutter + 1 + self.columns;
        let mut used = 0;
        let mut placed = Vec::new();
        for tick in ticks {
            let column = self.column(tick.at, count);
            let text = wide(&tick.text);
            let start = (self.gutter + 1 + column).saturating_sub(text / 2).min(whole.checked_sub(text)?);
            if !placed.is_empty() && start < used + APART {
                return None;
            }
            used = start + text;
            placed.push((column, start, tick.text.clone()));
        }
        (!placed.is_empty()).then_some(placed)
    }

    /// The column of a period.
    pub fn column(&self, at: usize, count: usize) -> usize {
        self.across(at, count, 2) / 2
    }

    /// The dot of a period where a column has so many; one alone stands in the middle.
    pub fn across(&self, at: usize, count: usize, each: usize) -> usize {
        let last = self.columns * each - 1;
        let steps = count.saturating_sub(1);
        if steps == 0 { last / 2 } else { (at * last * 2 + steps) / (steps * 2) }
    }
}
