//! Sensitivities: bars of one name at a time, and shares of the variance.

use super::{Form, heading, written};
use crate::export::json::{digits, figure};
use crate::export::sheet::{Cell, Column, Scale, Sheet};
use crate::export::{Signs, Style};
use crate::report::plot::Axis;
use crate::report::{Bar, Moved, Sensitivity, Share, Shares, Shown, Value};
use serde_json::{Value as Json, json};

/// How wide the bars are drawn at most; figures beside them come first.
const WIDEST: usize = 24;

/// What moves a figure: the widest bar first, then the shares.
#[must_use]
pub fn sensitivity(told: &Sensitivity, form: Form) -> String {
    let style = match form {
        Form::Table(style) => style,
        Form::Json | Form::Csv | Form::Markdown => Style::default(),
    };
    let mut sheets = vec![bars(told, style, form)];
    sheets.extend(told.shares.as_ref().map(shares));
    written(heading(&told.name, &told.title, &told.scenario), &sheets, || tree(told), form)
}

fn bars(told: &Sensitivity, style: Style, form: Form) -> Sheet {
    let base = Shown { value: told.base.clone(), unit: told.unit.clone() };
    let title = format!("{}: {}", told.text, base.brief());
    let split = matches!(form, Form::Csv);
    let mut columns = vec![Column::new("name", "")];
    if split {
        columns.push(Column::new("unit", ""));
    }
    columns.extend([Column::new("low", ""), Column::new("high", "")]);
    columns.extend(["at low", "at high"].map(|head| Column::new(head, &told.unit)));
    columns.push(Column::new("", ""));
    let ends = told.bars.iter().flat_map(|bar| [bar.low.1.number(), bar.high.1.number()]).chain([told.base.number()]).flatten();
    let range = Axis::over(ends);
    let row = |bar: &Bar| {
        let mut cells = vec![Cell::Text(bar.path.clone())];
        if split {
            cells.push(Cell::Text(bar.unit.clone()));
            cells.extend([&bar.low.0, &bar.high.0].map(|value| Cell::Value(value.clone())));
        } else {
            let own = |value: &Value| Cell::Text(Shown { value: value.clone(), unit: bar.unit.clone() }.brief());
            cells.extend([own(&bar.low.0), own(&bar.high.0)]);
        }
        cells.extend([&bar.low.1, &bar.high.1].map(|value| Cell::Value(value.clone())));
        cells.push(Cell::Drawing(drawn(bar, told.base.number(), range, style)));
        cells
    };
    let mut notes = told.notes.clone();
    if told.bars.is_empty() {
        notes.push("nothing moves it".to_owned());
    }
    Sheet { title: Some(title), columns, rows: told.bars.iter().map(row).collect(), notes, scale: Scale::Apart }
}

/// A bar from one end to the other, with the place of what it is at the means.
fn drawn(bar: &Bar, base: Option<f64>, range: Axis, style: Style) -> String {
    let (Some(low), Some(high), false) = (bar.low.1.number(), bar.high.1.number(), range.is_flat()) else { return String::new() };
    let columns = (style.width / 7).clamp(4, WIDEST);
    let place = |value: f64| (range.share(value) * (columns - 1) as f64).round() as usize;
    let (full, middle) = match style.signs {
        Signs::Unicode => ('█', '│'),
        Signs::Ascii => ('#', '|'),
    };
    let (from, to) = (place(low.min(high)), place(low.max(high)));
    let base = base.map(place);
    let sign = |at: usize| if base == Some(at) { middle } else if (from..=to).contains(&at) { full } else { ' ' };
    (0..columns).map(sign).collect()
}

fn shares(shares: &Shares) -> Sheet {
    let title = format!("Shares of the variance, by twice {} samples", shares.samples);
    let columns = vec![
        Column::new("name", ""),
        Column::new("first", "%"),
        Column::new("± standard error", "%"),
        Column::new("total", "%"),
        Column::new("± standard error", "%"),
    ];
    let row = |share: &Share| {
        let numbers = [share.first.0, share.first.1, share.total.0, share.total.1];
        let numbers = numbers.map(|number| Cell::Value(Value::Number((number * 1e4).round() / 100.0)));
        [Cell::Text(share.paths.join(", "))].into_iter().chain(numbers).collect()
    };
    let mut notes = vec!["first: what the variance loses when the name is known; total: what is left of it when all others are".to_owned()];
    if shares.rows.iter().any(|share| share.paths.len() > 1) {
        notes.push("names that go together share theirs".to_owned());
    }
    if shares.skipped > 0 {
        notes.push(format!("{} samples had no value and were left out", shares.skipped));
    }
    Sheet { title: Some(title), columns, rows: shares.rows.iter().map(row).collect(), notes, scale: Scale::Apart }
}

fn tree(told: &Sensitivity) -> Json {
    let end = |(own, value): &(Value, Value)| json!({"input": figure(own), "value": figure(value)});
    let bar = |bar: &Bar| {
        let moved = match bar.moved {
            Moved::Tenths => "p10 to p90",
            Moved::ByTenth => "-10% to +10%",
        };
        json!({"path": bar.path, "unit": bar.unit, "moved": moved, "low": end(&bar.low), "high": end(&bar.high)})
    };
    let share = |share: &Share| {
        let pair = |(value, error): (f64, f64)| json!({"share": digits(value), "error": digits(error)});
        json!({"paths": share.paths, "first": pair(share.first), "total": pair(share.total)})
    };
    let shares = told.shares.as_ref().map(|shares| {
        json!({
            "samples": shares.samples,
            "skipped": shares.skipped,
            "seed": shares.seed,
            "mean": figure(&shares.mean),
            "deviation": figure(&shares.deviation),
            "names": shares.rows.iter().map(share).collect::<Vec<_>>(),
        })
    });
    json!({
        "schema": 1,
        "model": told.name,
        "title": told.title,
        "scenario": told.scenario,
        "expr": told.text,
        "unit": told.unit,
        "base": figure(&told.base),
        "bars": told.bars.iter().map(bar).collect::<Vec<_>>(),
        "shares": shares,
        "notes": told.notes,
    })
}
