//! Sweeps: a table of one input, a matrix a figure of two.

use super::{Form, heading, written};
use crate::export::json::{digits, figure};
use crate::export::sheet::{Cell, Column, Scale, Sheet};
use crate::report::{Axis, Sweep, SweptFigure, Value, number};
use serde_json::{Value as Json, json};

/// The figures over the grid: of one input a row a value, of two a matrix a figure; in CSV always a row a point.
#[must_use]
pub fn sweep(sweep: &Sweep, form: Form) -> String {
    let sheets = match (sweep.axes.as_slice(), form) {
        ([down, across], Form::Table(_) | Form::Markdown) => {
            sweep.figures.iter().map(|figure| matrix(figure, down, across)).collect()
        }
        (_, Form::Table(_) | Form::Markdown | Form::Csv | Form::Json) => vec![list(sweep)],
    };
    written(heading(&sweep.name, &sweep.title, &sweep.scenario), &sheets, || tree(sweep), form)
}

/// A row a point.
fn list(sweep: &Sweep) -> Sheet {
    let axes = sweep.axes.iter().map(|axis| Column::new(&axis.path, &axis.unit));
    let columns = axes.chain(sweep.figures.iter().map(|figure| Column::new(&figure.text, &figure.unit))).collect();
    let points: usize = sweep.axes.iter().map(|axis| axis.values.len()).product();
    let row = |point: usize| {
        let mut behind = points;
        let mut cells = Vec::new();
        for axis in &sweep.axes {
            behind /= axis.values.len().max(1);
            let value = axis.values.get(point / behind.max(1) % axis.values.len().max(1)).copied();
            cells.push(Cell::Value(value.map_or(Value::Blank, Value::Number)));
        }
        cells.extend(sweep.figures.iter().map(|figure| Cell::Value(figure.values.get(point).cloned().unwrap_or(Value::Blank))));
        cells
    };
    Sheet { title: None, columns, rows: (0..points).map(row).collect(), notes: Vec::new(), scale: Scale::Apart }
}

/// The first input downwards, the second across.
fn matrix(figure: &SweptFigure, down: &Axis, across: &Axis) -> Sheet {
    let mut columns = vec![Column::new(&down.path, &down.unit)];
    let heads = number::row(&across.values.iter().map(|value| Some(*value)).collect::<Vec<_>>());
    let sign = if across.unit == "%" { "%" } else { "" };
    columns.extend(heads.into_iter().map(|head| Column::new(head.unwrap_or_default() + sign, "")));
    let width = across.values.len();
    let row = |(at, value): (usize, &f64)| {
        let values = figure.values.iter().skip(at * width).take(width).cloned();
        [Value::Number(*value)].into_iter().chain(values).map(Cell::Value).collect()
    };
    let unit = |unit: &str| if unit.is_empty() { String::new() } else { format!(" [{unit}]") };
    let title = format!("{}{}, by {} across{}", figure.text, unit(&figure.unit), across.path, unit(&across.unit));
    Sheet { title: Some(title), columns, rows: down.values.iter().enumerate().map(row).collect(), notes: Vec::new(), scale: Scale::Together }
}

fn tree(sweep: &Sweep) -> Json {
    let axis = |axis: &Axis| {
        json!({"path": axis.path, "unit": axis.unit, "values": axis.values.iter().map(|value| digits(*value)).collect::<Vec<_>>()})
    };
    let swept = |one: &SweptFigure| {
        json!({"expr": one.text, "unit": one.unit, "values": one.values.iter().map(figure).collect::<Vec<_>>()})
    };
    json!({
        "schema": 1,
        "model": sweep.name,
        "title": sweep.title,
        "scenario": sweep.scenario,
        "inputs": sweep.axes.iter().map(axis).collect::<Vec<_>>(),
        "figures": sweep.figures.iter().map(swept).collect::<Vec<_>>(),
    })
}
