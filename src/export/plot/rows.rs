//! Rows: names, numbers and a drawing beside each other, or below each other where there is little room.

use super::Style;
use crate::diagnostic::escape::one_line;
use crate::export::layout::{left, line_into, right, wide, wrap};

/// Columns of the smallest drawing beside its numbers.
const SMALLEST: usize = 6;
const GAP: &str = "  ";

/// Rows to be laid out.
pub(super) struct Rows<'a> {
    /// What stands above the numbers; empty where nothing does.
    pub heads: Vec<String>,
    pub names: Vec<String>,
    /// Of each row a text a column.
    pub texts: Vec<Vec<String>>,
    /// The drawing of a row in so many columns.
    pub draw: &'a dyn Fn(usize, usize) -> String,
}

pub(super) fn rows(rows: &Rows<'_>, style: Style) -> String {
    let count = rows.texts.iter().map(Vec::len).max().unwrap_or(0);
    let cells = |at: usize| rows.texts.iter().filter_map(move |row| row.get(at)).chain(rows.heads.get(at));
    let widths: Vec<usize> = (0..count).map(|at| cells(at).map(|text| wide(text)).max().unwrap_or(0)).collect();
    let texts: usize = widths.iter().map(|width| width + GAP.len()).sum();
    let line = |row: &[String]| -> String {
        row.iter().zip(&widths).map(|(text, width)| format!("{GAP}{}", right(text, *width))).collect()
    };
    let names: Vec<String> = rows.names.iter().map(|name| one_line(name)).collect();
    let longest = names.iter().map(|name| wide(name)).max().unwrap_or(0);
    let named = longest.min((style.width * 2 / 5).max(8));
    let mut out = String::new();
    let beside = style.width.checked_sub(GAP.len() + named + texts + GAP.len()).filter(|room| *room >= SMALLEST);
    if let Some(room) = beside {
        if !rows.heads.is_empty() {
            line_into(&mut out, &format!("{GAP}{}{}", " ".repeat(named), line(&rows.heads)));
        }
        for (at, name) in names.iter().enumerate() {
            let folded = wrap(name, named);
            let (last, above) = folded.split_last().map_or(("", &[][..]), |(last, above)| (last.as_str(), above));
            above.iter().for_each(|part| line_into(&mut out, &format!("{GAP}{part}")));
            let row = rows.texts.get(at).map_or_else(String::new, |row| line(row));
            line_into(&mut out, &format!("{GAP}{}{row}{GAP}{}", left(last, named), (rows.draw)(at, room)));
        }
        return out;
    }
    if !rows.heads.is_empty() {
        line_into(&mut out, &format!("{GAP}{}", rows.heads.join(" ")));
    }
    for (at, name) in names.iter().enumerate() {
        wrap(name, style.width).iter().for_each(|part| line_into(&mut out, part));
        let row = rows.texts.get(at).map_or_else(String::new, |row| line(row));
        match style.width.checked_sub(wide(&row) + GAP.len()).filter(|room| *room >= SMALLEST) {
            Some(room) => line_into(&mut out, &format!("{row}{GAP}{}", (rows.draw)(at, room))),
            None => {
                let told = rows.texts.get(at).map_or_else(String::new, |row| row.join(" "));
                wrap(&told, style.width.saturating_sub(GAP.len())).iter().for_each(|part| line_into(&mut out, &format!("{GAP}{part}")));
                line_into(&mut out, &format!("{GAP}{}", (rows.draw)(at, style.width.saturating_sub(GAP.len()))));
            }
        }
    }
    out
}
