//! Sheets: rows and columns with a heading, in the forms that a table of a decision is written in.

use super::layout::{hanging, left, line_into, right, signs, wide};
use super::{Style, csv, markdown};
use crate::diagnostic::escape::one_line;
use crate::report::{Value, number};

/// A table, with what is said below it.
pub(super) struct Sheet {
    /// What stands above; none for nothing.
    pub title: Option<String>,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Cell>>,
    /// Sentences below.
    pub notes: Vec<String>,
    /// Which columns are written in one magnitude.
    pub scale: Scale,
}

/// Which columns are written in one magnitude.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Scale {
    /// Each by itself.
    Apart,
    /// All behind the first: they are of one figure.
    Together,
}

/// The head of a column.
pub(super) struct Column {
    pub head: String,
    pub unit: String,
}

/// What stands in a row of a column.
#[derive(Clone)]
pub(super) enum Cell {
    /// Words.
    Text(String),
    /// A value in the unit of its column.
    Value(Value),
    /// A number as it is to be written, such as one in the unit of its row.
    Written(String),
    /// A drawing, which only tables for people show.
    Drawing(String),
}

impl Column {
    pub fn new(head: impl Into<String>, unit: impl Into<String>) -> Self {
        Self { head: head.into(), unit: unit.into() }
    }

    fn is_percent(&self) -> bool {
        self.unit == "%"
    }
}

/// Blanks between columns.
const GAP: &str = "  ";

/// Sheets as text of at most the style's width, as far as their columns allow.
pub(super) fn table(heading: Option<String>, sheets: &[Sheet], style: Style) -> String {
    let mut parts: Vec<String> = heading.map(|heading| hanging("", &one_line(&heading), style.width)).into_iter().collect();
    parts.extend(sheets.iter().map(|sheet| one(sheet, style)));
    signs(&parts.join("\n"), style)
}

fn one(sheet: &Sheet, style: Style) -> String {
    let mut out = sheet.title.as_ref().map_or_else(String::new, |title| hanging("", &one_line(title), style.width));
    let texts = texts(sheet);
    let has_units = sheet.columns.iter().any(|column| !column.unit.is_empty() && !column.is_percent());
    let mut rows: Vec<Vec<String>> = Vec::new();
    if sheet.columns.iter().any(|column| !column.head.is_empty()) {
        rows.push(sheet.columns.iter().map(|column| one_line(&column.head)).collect());
    }
    if has_units {
        let unit = |column: &Column| if column.is_percent() { String::new() } else { column.unit.clone() };
        rows.push(sheet.columns.iter().map(unit).collect());
    }
    rows.extend(texts);
    let widths: Vec<usize> =
        (0..sheet.columns.len()).map(|at| rows.iter().filter_map(|row| row.get(at)).map(|text| wide(text)).max().unwrap_or(0)).collect();
    let is_words = |at: usize| sheet.rows.first().and_then(|row| row.get(at)).is_some_and(|cell| matches!(cell, Cell::Text(_) | Cell::Drawing(_)));
    for (number, block) in blocks(&widths, &is_words, &|at| is_drawing(sheet, at), style).into_iter().enumerate() {
        if number > 0 {
            out.push('\n');
        }
        for row in &rows {
            let text = |at: &usize| row.get(*at).map_or("", String::as_str);
            let width = |at: &usize| widths.get(*at).copied().unwrap_or(0);
            let cells: Vec<String> =
                block.iter().map(|at| if is_words(*at) { left(text(at), width(at)) } else { right(text(at), width(at)) }).collect();
            line_into(&mut out, &format!("  {}", cells.join(GAP)));
        }
    }
    for note in &sheet.notes {
        out += &hanging("  ", &one_line(note), style.width);
    }
    out
}

/// The columns in runs that fit the width, each behind the words that the rows begin with; a run has at least one. A drawing
/// is nothing without the figures it is of: it stays beside them, or is left out. Where the words would leave no room for
/// figures, only the first of them are repeated.
fn blocks(widths: &[usize], is_words: &dyn Fn(usize) -> bool, is_drawing: &dyn Fn(usize) -> bool, style: Style) -> Vec<Vec<usize>> {
    let wide = |at: usize| GAP.len() + widths.get(at).copied().unwrap_or(0);
    let words: Vec<usize> = (0..widths.len()).take_while(|at| is_words(*at)).collect();
    let fits = words.iter().map(|at| wide(*at)).sum::<usize>() <= style.width * 3 / 4;
    let named: Vec<usize> = if fits { words } else { vec![0] };
    let start: usize = named.iter().map(|at| wide(*at)).sum();
    let mut blocks = vec![named.clone()];
    let mut used = start;
    for at in named.len()..widths.len() {
        let begun = blocks.last().is_some_and(|block| block.len() > named.len());
        let is_full = used + wide(at) > style.width;
        if is_full && is_drawing(at) {
            continue;
        }
        if begun && is_full {
            blocks.push(named.clone());
            used = start;
        }
        used += wide(at);
        blocks.last_mut().into_iter().for_each(|block| block.push(at));
    }
    blocks
}

/// The texts of every row: the numbers of a column in one magnitude where that tells enough.
fn texts(sheet: &Sheet) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = vec![Vec::new(); sheet.rows.len()];
    let together = if sheet.scale == Scale::Together { matrix(sheet) } else { Vec::new() };
    for (at, column) in sheet.columns.iter().enumerate() {
        let cells: Vec<Option<&Cell>> = sheet.rows.iter().map(|row| row.get(at)).collect();
        let numbers: Vec<Option<f64>> = cells
            .iter()
            .map(|cell| match cell {
                Some(Cell::Value(value)) => value.number(),
                Some(Cell::Text(_) | Cell::Written(_) | Cell::Drawing(_)) | None => None,
            })
            .collect();
        let alone = sheet.scale == Scale::Apart || at == 0;
        let written = if alone { number::row(&numbers) } else { together.get(at - 1).cloned().unwrap_or_default() };
        for ((row, cell), written) in rows.iter_mut().zip(&cells).zip(written) {
            let sign = if column.is_percent() { "%" } else { "" };
            row.push(match cell {
                Some(Cell::Text(text) | Cell::Written(text)) => one_line(text),
                Some(Cell::Drawing(drawing)) => drawing.clone(),
                Some(Cell::Value(value)) => {
                    written.map_or_else(|| value.word().unwrap_or_default().to_owned(), |text| text + sign)
                }
                None => String::new(),
            });
        }
    }
    rows
}

/// The numbers of all columns but the first, as one row would write them.
fn matrix(sheet: &Sheet) -> Vec<Vec<Option<String>>> {
    let width = sheet.columns.len().saturating_sub(1);
    let number = |cell: Option<&Cell>| match cell {
        Some(Cell::Value(value)) => value.number(),
        Some(Cell::Text(_) | Cell::Written(_) | Cell::Drawing(_)) | None => None,
    };
    let all: Vec<Option<f64>> = (1..=width).flat_map(|at| sheet.rows.iter().map(move |row| number(row.get(at)))).collect();
    number::row(&all).chunks(sheet.rows.len().max(1)).map(<[Option<String>]>::to_vec).collect()
}

/// Sheets as Markdown.
pub(super) fn marked(heading: Option<String>, sheets: &[Sheet]) -> String {
    let mut parts: Vec<String> = heading.map(|heading| format!("# {}\n", markdown::safe(&heading))).into_iter().collect();
    for sheet in sheets {
        let mut out = sheet.title.as_ref().map_or_else(String::new, |title| format!("## {}\n\n", markdown::safe(title)));
        let shown: Vec<usize> = (0..sheet.columns.len()).filter(|at| !is_drawing(sheet, *at)).collect();
        let head = |at: &usize| sheet.columns.get(*at).map_or_else(String::new, |column| markdown::safe(&headed(column)));
        let rule = |at: &usize| match sheet.rows.first().and_then(|row| row.get(*at)) {
            Some(Cell::Value(_) | Cell::Written(_)) => "---:".to_owned(),
            Some(Cell::Text(_) | Cell::Drawing(_)) | None => "---".to_owned(),
        };
        if !sheet.rows.is_empty() {
            markdown::line(&mut out, &shown.iter().map(head).collect::<Vec<_>>());
            markdown::line(&mut out, &shown.iter().map(rule).collect::<Vec<_>>());
        }
        for row in texts(sheet) {
            let cells: Vec<String> = shown.iter().map(|at| row.get(*at).map_or_else(String::new, |text| markdown::safe(text))).collect();
            markdown::line(&mut out, &cells);
        }
        if !sheet.notes.is_empty() && !sheet.rows.is_empty() {
            out.push('\n');
        }
        sheet.notes.iter().for_each(|note| out += &format!("- {}\n", markdown::safe(note)));
        parts.push(out);
    }
    parts.join("\n")
}

/// Sheets as CSV, one below the other, with an empty line between.
pub(super) fn separated(sheets: &[Sheet]) -> String {
    let mut parts = Vec::new();
    for sheet in sheets.iter().filter(|sheet| !sheet.rows.is_empty()) {
        let mut out = String::new();
        let shown: Vec<usize> = (0..sheet.columns.len()).filter(|at| !is_drawing(sheet, *at)).collect();
        let heads: Vec<String> = shown.iter().filter_map(|at| sheet.columns.get(*at)).map(headed).collect();
        csv::record(&mut out, &heads.iter().map(String::as_str).collect::<Vec<_>>());
        for row in &sheet.rows {
            let cell = |at: &usize| match row.get(*at) {
                Some(Cell::Text(text) | Cell::Written(text)) => text.clone(),
                Some(Cell::Value(value)) => csv::digits(value),
                Some(Cell::Drawing(_)) | None => String::new(),
            };
            let cells: Vec<String> = shown.iter().map(cell).collect();
            csv::record(&mut out, &cells.iter().map(String::as_str).collect::<Vec<_>>());
        }
        parts.push(out);
    }
    parts.join("\r\n")
}

fn is_drawing(sheet: &Sheet, at: usize) -> bool {
    sheet.rows.iter().any(|row| matches!(row.get(at), Some(Cell::Drawing(_))))
}

/// `price [USD/seat]`, as the heads of data are read.
fn headed(column: &Column) -> String {
    if column.unit.is_empty() { column.head.clone() } else { format!("{} [{}]", column.head, column.unit) }
}
