//! Cuts a line of source to a width around what is marked in it, and writes hidden characters out.

use std::ops::Range;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::escape::is_hidden;

/// Columns from one tab stop to the next.
pub(super) const TAB: usize = 4;

/// How wide a line may be, and what stands for a part left out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    /// Columns.
    pub columns: usize,
    /// `…`, or `...` where only ASCII can be printed.
    pub ellipsis: &'static str,
}

/// Something to be seen in a line.
#[derive(Clone, Debug)]
pub(super) struct Focus {
    /// Bytes of the line.
    pub range: Range<usize>,
    /// Columns that what is written below it needs, counted from its middle.
    pub need: usize,
}

/// A line ready to be drawn.
#[derive(Clone, Debug)]
pub(super) struct Clipped {
    /// No tab, no control character, no wider than the room.
    pub text: String,
    /// Where each place asked for is now.
    pub places: Vec<Range<usize>>,
}

/// One character of the line as it is drawn.
struct Cell {
    at: usize,
    column: usize,
    width: usize,
    shown: String,
}

/// Cuts a line so that every focus is in sight, if they fit together, else the first; `places` are followed.
/// Only the part of the line around the foci is read, so a line of a megabyte costs no more than a short one.
pub(super) fn clip(line: &str, foci: &[Focus], places: &[Range<usize>], room: Room) -> Clipped {
    let low = line.floor_char_boundary(foci.iter().map(|focus| focus.range.start).min().unwrap_or(0));
    let start = back(line, low, room.columns * 4);
    let end = forth(line, low, room.columns * 8);
    let cells = cells(line, start..end);
    let total = cells.last().map_or(0, |cell| cell.column + cell.width);
    let column = |byte: usize| cells.iter().find(|cell| cell.at >= byte).map_or(total, |cell| cell.column);

    let low_column = column(low);
    let wanted = foci.iter().map(|focus| middle(column(focus.range.start), column(focus.range.end), room) + focus.need).max();
    let wanted = wanted.unwrap_or(0);
    let mark = room.ellipsis.width();
    let from = if wanted <= room.columns { 0 } else { (wanted + mark - room.columns).min(low_column) };

    let cut_left = start > 0 || from > 0;
    let mut budget = room.columns - if cut_left { mark } else { 0 };
    let first = cells.iter().position(|cell| cell.column >= from).unwrap_or(cells.len());
    let seen = cells.get(first..).unwrap_or(&[]);
    let left_of = seen.first().map_or(total, |cell| cell.column);
    let cut_right = end < line.len() || total - left_of > budget;
    budget -= if cut_right { mark } else { 0 };

    let mut text = String::from(if cut_left { room.ellipsis } else { "" });
    let mut bounds = Vec::with_capacity(seen.len() + 1);
    let mut behind = end;
    for cell in seen {
        if cell.column + cell.width - left_of > budget {
            behind = cell.at;
            break;
        }
        bounds.push((cell.at, text.len()));
        text.push_str(&cell.shown);
    }
    bounds.push((behind, text.len()));
    if cut_right {
        text.push_str(room.ellipsis);
    }
    let places = places.iter().map(|place| moved(place, &bounds, cut_left, text.len())).collect();
    Clipped { text, places }
}

/// The column in the middle of a range, which is cut where it is wider than the room.
pub(super) fn middle(start: usize, end: usize, room: Room) -> usize {
    (start + end.clamp(start + 1, start + room.columns.max(1))) / 2
}

/// How many columns a text takes, up to a limit.
pub(super) fn width_up_to(text: &str, limit: usize) -> usize {
    let mut column = 0;
    for (count, character) in text.chars().enumerate() {
        if column > limit || count > limit * 8 {
            return limit + 1;
        }
        column += draw(character, column).1;
    }
    column
}

/// Where a range of the line is in the drawn text; what was cut off is at the ellipsis.
fn moved(place: &Range<usize>, bounds: &[(usize, usize)], cut_left: bool, end: usize) -> Range<usize> {
    let (first, last) = (bounds.first().map_or(0, |bound| bound.0), bounds.last().map_or((0, 0), |bound| *bound));
    let find = |byte: usize| bounds.iter().find(|bound| bound.0 >= byte).map_or(last.1, |bound| bound.1);
    let start = if cut_left && place.start < first { 0 } else { find(place.start) };
    let stop = if place.end > last.0 { end } else { find(place.end) };
    start..stop.max(start)
}

fn cells(line: &str, range: Range<usize>) -> Vec<Cell> {
    let mut column = 0;
    let part = line.get(range.clone()).unwrap_or("");
    part.char_indices()
        .map(|(at, character)| {
            let (shown, width) = draw(character, column);
            column += width;
            Cell { at: range.start + at, column: column - width, width, shown }
        })
        .collect()
}

/// A character as it is drawn at a column, and its width.
fn draw(character: char, column: usize) -> (String, usize) {
    if character == '\t' {
        let width = TAB - column % TAB;
        return (" ".repeat(width), width);
    }
    if is_hidden(character) {
        let shown = format!("\\u{{{:x}}}", u32::from(character));
        let width = shown.len();
        return (shown, width);
    }
    (character.to_string(), character.width().unwrap_or(0))
}

/// The byte `count` characters before another.
fn back(line: &str, from: usize, count: usize) -> usize {
    let before = line.get(..from).unwrap_or("");
    before.char_indices().rev().take(count).last().map_or(from, |(at, _)| at)
}

/// The byte `count` characters behind another.
fn forth(line: &str, from: usize, count: usize) -> usize {
    let behind = line.get(from..).unwrap_or("");
    behind.char_indices().nth(count).map_or(line.len(), |(at, _)| from + at)
}
