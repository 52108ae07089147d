//! Listing: rows of short texts in columns, the last of which is broken over lines where it does not fit.

use super::columns::GAP;
use super::layout::{left, line_into, right, signs, wide, wrap};
use super::Style;

/// How the texts of a column stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// At its left.
    Left,
    /// At its right, as figures do.
    Right,
}

/// The least room for the last column beside the others.
const LEAST: usize = 16;

/// Rows in columns that stand at the sides given; what has no side stands left. Where the terminal is too narrow for the
/// last column beside the others, it stands below them.
#[must_use]
pub fn listing(rows: &[Vec<String>], sides: &[Side], style: Style) -> String {
    let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(|text| signs(text, style)).collect()).collect();
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let cell = |row: &Vec<String>, at: usize| row.get(at).cloned().unwrap_or_default();
    let widths: Vec<usize> = (0..columns).map(|at| rows.iter().map(|row| wide(&cell(row, at))).max().unwrap_or(0)).collect();
    let before: usize = widths.iter().take(columns.saturating_sub(1)).map(|width| width + GAP).sum();
    let last = columns.saturating_sub(1);
    let room = style.width.saturating_sub(before);
    let mut out = String::new();
    for row in &rows {
        let head: String = (0..last)
            .map(|at| {
                let width = widths.get(at).copied().unwrap_or(0);
                let text = cell(row, at);
                let text = if sides.get(at) == Some(&Side::Right) { right(&text, width) } else { left(&text, width) };
                text + &" ".repeat(GAP)
            })
            .collect();
        let text = cell(row, last);
        if room >= LEAST.min(widths.get(last).copied().unwrap_or(0)) {
            for (at, line) in wrap(&text, room).iter().enumerate() {
                let lead = if at == 0 { head.clone() } else { " ".repeat(before) };
                line_into(&mut out, &format!("{lead}{line}"));
            }
        } else {
            let whole: Vec<String> = (0..last).map(|at| cell(row, at)).filter(|text| !text.is_empty()).collect();
            wrap(&whole.join("  "), style.width).iter().for_each(|line| line_into(&mut out, line));
            wrap(&text, style.width.saturating_sub(GAP)).iter().filter(|line| !line.is_empty()).for_each(|line| line_into(&mut out, &format!("  {line}")));
        }
    }
    out
}
