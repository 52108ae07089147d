//! Sheets: rows and columns with a heading, in the forms that a table of a decision is written in.

use super::columns::{self, Names, Stand};
use super::layout::{hanging, left, right, signs, wide};
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
    /// The unit of a row, which is a part of what the row is called.
    Unit(String),
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

/// Columns of the narrowest names.
const NARROW: usize = 12;

/// Sheets as text of at most the style's width.
pub(super) fn table(heading: Option<String>, sheets: &[Sheet], style: Style) -> String {
    let mut parts: Vec<String> = heading.map(|heading| hanging("", &one_line(&heading), style)).into_iter().collect();
    parts.extend(sheets.iter().map(|sheet| one(sheet, style)));
    signs(&parts.join("\n"), style)
}

fn one(sheet: &Sheet, style: Style) -> String {
    let mut out = sheet.title.as_ref().map_or_else(String::new, |title| hanging("", &one_line(title), style));
    if !sheet.columns.is_empty() {
        out += &rows(sheet, style);
    }
    for note in &sheet.notes {
        out += &hanging("  ", &one_line(note), style);
    }
    out
}

/// The rows behind the words that they begin with. Where those would leave no room for figures, only what a row is called
/// stands before every block.
fn rows(sheet: &Sheet, style: Style) -> String {
    let texts = texts(sheet);
    let columns: Vec<columns::Column> = (0..sheet.columns.len()).map(|at| column(sheet, &texts, at, style)).collect();
    let of = |at: usize| sheet.rows.first().and_then(|row| row.get(at));
    let words = (1..columns.len()).take_while(|at| matches!(of(*at), Some(Cell::Text(_) | Cell::Unit(_)))).count() + 1;
    let own = if matches!(of(1), Some(Cell::Unit(_))) { 2 } else { 1 };
    let heads = columns.first().map_or(&[][..], |column| column.heads.as_slice());
    let joined = |texts: &[String]| texts.iter().filter(|text| !text.is_empty()).cloned().collect::<Vec<_>>().join(", ");
    // A number says little without the name of what it is a value of.
    let before = if is_words(of(0)) { String::new() } else { format!("{}: ", joined(heads)) };
    let labels: Vec<String> = texts.iter().map(|row| before.clone() + &joined(row.get(..own).unwrap_or_default())).collect();
    let parted = |names: Names, from: usize| (names, columns.get(from..).unwrap_or_default().to_vec());
    let abreast = |count: usize| {
        let columns = columns.iter().take(count).map(|column| column.clone().folded(style.width / 3));
        parted(side_by_side(&columns.collect::<Vec<_>>()), count)
    };
    let folded = |room: usize| {
        let heads = heads.iter().map(|head| format!("  {head}")).collect();
        parted(Names { heads, ..Names::folded(&labels, room.max(NARROW)) }, own)
    };
    let fits = |(names, _): &(Names, Vec<columns::Column>)| names.width() <= style.width * 3 / 4;
    let mut ways: Vec<(Names, Vec<columns::Column>)> = [abreast(words), abreast(own)].into_iter().filter(fits).take(1).collect();
    if is_words(of(0)) {
        ways.extend([style.width * 9 / 20, style.width / 3].map(folded));
    } else if ways.is_empty() {
        ways.push(abreast(own));
    }
    columns::table(&labels, ways, style)
}

/// Columns that stand before all others, as names.
fn side_by_side(columns: &[columns::Column]) -> Names {
    let width = |column: &columns::Column| column.cells.iter().chain(&column.heads).map(|text| wide(text)).max().unwrap_or(0);
    let line = |text: &dyn Fn(&columns::Column) -> Option<String>| -> String {
        columns.iter().map(|column| {
            let (text, width) = (text(column).unwrap_or_default(), width(column));
            format!("  {}", if column.stand == Stand::Right { right(&text, width) } else { left(&text, width) })
        }).collect()
    };
    let high = columns.iter().map(|column| column.heads.len()).max().unwrap_or(0);
    let rows = columns.iter().map(|column| column.cells.len()).max().unwrap_or(0);
    Names {
        heads: (0..high).map(|at| line(&|column| column.heads.get(at).cloned())).collect(),
        rows: (0..rows).map(|at| vec![line(&|column| column.cells.get(at).cloned())]).collect(),
    }
}

fn column(sheet: &Sheet, texts: &[Vec<String>], at: usize, style: Style) -> columns::Column {
    let cells = texts.iter().map(|row| row.get(at).cloned().unwrap_or_default()).collect();
    let stand = match sheet.rows.first().and_then(|row| row.get(at)) {
        Some(Cell::Drawing(_)) => Stand::Beside,
        cell if is_words(cell) => Stand::Left,
        _ => Stand::Right,
    };
    let head = |column: &Column| signs(&one_line(&column.head), style);
    let unit = |column: &Column| if column.is_percent() { String::new() } else { column.unit.clone() };
    let heads: [&dyn Fn(&Column) -> String; 2] = [&head, &unit];
    // A line of heads that stands above no column is none.
    let heads = heads.iter().filter(|head| sheet.columns.iter().any(|column| !head(column).is_empty()));
    let heads = heads.map(|head| sheet.columns.get(at).map(head).unwrap_or_default()).collect();
    columns::Column::new(heads, cells, stand)
}

fn is_words(cell: Option<&Cell>) -> bool {
    match cell {
        Some(Cell::Text(_) | Cell::Unit(_) | Cell::Drawing(_)) => true,
        Some(Cell::Value(_) | Cell::Written(_)) | None => false,
    }
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
                Some(Cell::Text(_) | Cell::Unit(_) | Cell::Written(_) | Cell::Drawing(_)) | None => None,
            })
            .collect();
        let alone = sheet.scale == Scale::Apart || at == 0;
        let written = if alone { number::row(&numbers) } else { together.get(at - 1).cloned().unwrap_or_default() };
        for ((row, cell), written) in rows.iter_mut().zip(&cells).zip(written) {
            let sign = if column.is_percent() { "%" } else { "" };
            row.push(match cell {
                Some(Cell::Text(text) | Cell::Unit(text) | Cell::Written(text)) => one_line(text),
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
        Some(Cell::Text(_) | Cell::Unit(_) | Cell::Written(_) | Cell::Drawing(_)) | None => None,
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
        let rule = |at: &usize| {
            let cell = sheet.rows.first().and_then(|row| row.get(*at));
            if cell.is_some() && !is_words(cell) { "---:" } else { "---" }.to_owned()
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
                Some(Cell::Text(text) | Cell::Unit(text) | Cell::Written(text)) => text.clone(),
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
