//! Cells: the figures of a row as the tables of every format show them.

use crate::report::{Row, Value, number};

/// The figures, in one magnitude where that tells enough; percentages carry their sign.
pub(super) fn texts(row: &Row) -> Vec<String> {
    let numbers: Vec<Option<f64>> = row.values.iter().map(Value::number).collect();
    let sign = if is_percent(row) { "%" } else { "" };
    let written = number::row(&numbers);
    row.values
        .iter()
        .zip(written)
        .map(|(value, text)| text.map_or_else(|| value.word().unwrap_or_default().to_owned(), |text| text + sign))
        .collect()
}

/// The unit beside the figures; none where they carry it.
pub(super) fn unit(row: &Row) -> &str {
    if is_percent(row) { "" } else { &row.unit }
}

fn is_percent(row: &Row) -> bool {
    row.unit == "%"
}
