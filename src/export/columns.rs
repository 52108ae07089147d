//! Columns: names and what stands beside them, in blocks that fit the width.

use super::Style;
use super::layout::{left, line_into, right, wide};

/// Blanks between columns.
pub(super) const GAP: usize = 2;

/// A column of a table: figures under a heading, or drawings.
#[derive(Clone)]
pub(super) struct Column {
    pub heading: String,
    pub cells: Vec<String>,
    pub drawn: bool,
}

/// The columns in runs that fit beside the names; a run has at least one.
pub(super) fn blocks<'a>(columns: &'a [Column], names: &[Vec<String>], style: Style) -> Vec<&'a [Column]> {
    let room = style.width.saturating_sub(width_of_names(names));
    let mut blocks = Vec::new();
    let (mut from, mut used) = (0, 0);
    for (at, column) in columns.iter().enumerate() {
        let more = GAP + width_of(column);
        if at > from && used + more > room {
            blocks.extend(columns.get(from..at));
            (from, used) = (at, 0);
        }
        used += more;
    }
    blocks.extend(columns.get(from..).filter(|rest| !rest.is_empty()));
    blocks
}

/// By how much the widest column leaves the width, even alone beside the names.
pub(super) fn excess(columns: &[Column], names: &[Vec<String>], style: Style) -> usize {
    let widest = columns.iter().map(width_of).max().unwrap_or(0);
    (width_of_names(names) + GAP + widest).saturating_sub(style.width)
}

/// One block: the names, and as many columns as fit beside them.
pub(super) fn lay(out: &mut String, names: &[Vec<String>], block: &[Column]) {
    let named = width_of_names(names);
    let widths: Vec<usize> = block.iter().map(width_of).collect();
    let beside = |texts: Vec<&str>| -> String {
        texts.iter().zip(&widths).zip(block).map(|((text, width), column)| {
            let text = if column.drawn { left(text, *width) } else { right(text, *width) };
            format!("{}{text}", " ".repeat(GAP))
        }).collect()
    };
    if block.iter().any(|column| !column.heading.is_empty()) {
        let headings = beside(block.iter().map(|column| column.heading.as_str()).collect());
        line_into(out, &format!("{}{headings}", " ".repeat(named)));
    }
    for (at, name) in names.iter().enumerate() {
        let cells = beside(block.iter().map(|column| column.cells.get(at).map_or("", String::as_str)).collect());
        let (last, above) = name.split_last().map_or(("", &[][..]), |(last, above)| (last.as_str(), above));
        above.iter().for_each(|line| line_into(out, line));
        line_into(out, &format!("{}{cells}", left(last, named)));
    }
}

fn width_of(column: &Column) -> usize {
    column.cells.iter().chain([&column.heading]).map(|text| wide(text)).max().unwrap_or(0)
}

pub(super) fn width_of_names(names: &[Vec<String>]) -> usize {
    names.iter().flatten().map(|line| wide(line)).max().unwrap_or(0)
}
