//! CSV: one row a figure and period, quoted by RFC 4180.

use crate::report::{Report, Value, number};

/// The report's series and scalars: `path,title,kind,unit,period,value`. A scalar has no period, a blank no value.
#[must_use]
pub fn csv(report: &Report) -> String {
    let mut out = String::new();
    record(&mut out, &["path", "title", "kind", "unit", "period", "value"]);
    for series in &report.series {
        for (period, value) in report.periods.iter().zip(&series.values) {
            let value = digits(value);
            record(&mut out, &[&series.path, &series.title, series.kind.word(), &series.unit, period, &value]);
        }
    }
    for scalar in &report.scalars {
        let value = digits(&scalar.value.value);
        record(&mut out, &[&scalar.path, &scalar.title, scalar.kind.word(), &scalar.value.unit, "", &value]);
    }
    out
}

pub(super) fn digits(value: &Value) -> String {
    match value {
        Value::Number(number) => number::shortest(*number),
        Value::Condition(true) => "true".to_owned(),
        Value::Condition(false) => "false".to_owned(),
        Value::Date(text) | Value::Choice(text) => text.clone(),
        Value::Blank | Value::Fault => String::new(),
    }
}

pub(super) fn record(out: &mut String, fields: &[&str]) {
    let fields: Vec<String> = fields.iter().map(|field| quoted(field)).collect();
    out.push_str(&fields.join(","));
    out.push_str("\r\n");
}

fn quoted(field: &str) -> String {
    // A spreadsheet would run a text that begins like a formula; a number keeps its sign.
    let is_formula = field.starts_with(['=', '+', '-', '@', '\t', '\r']) && field.parse::<f64>().is_err();
    let field = if is_formula { format!("'{field}") } else { field.to_owned() };
    if field.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", field.replace('"', "\"\"")) } else { field }
}
