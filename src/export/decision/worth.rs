//! Worth: the scenarios of a choice, and what knowing more before it is worth.

use super::{Form, heading, written};
use crate::export::json::{digits, figure};
use crate::export::sheet::{Cell, Column, Scale, Sheet};
use crate::report::{Choice, NameWorth, Value, Worth};
use serde_json::{Value as Json, json};

/// The choice, the worth of knowing everything, and of knowing each name.
#[must_use]
pub fn worth(worth: &Worth, form: Form) -> String {
    written(heading(&worth.name, &worth.title, &None), &[choices(worth), names(worth)], || tree(worth), form)
}

fn choices(worth: &Worth) -> Sheet {
    let columns = vec![
        Column::new("scenario", ""),
        Column::new("mean", &worth.unit),
        Column::new("± standard error", &worth.unit),
        Column::new("best in", "%"),
    ];
    let row = |choice: &Choice| {
        let best = Value::Number((choice.best * 1e4).round() / 100.0);
        let values = [choice.mean.0.clone(), choice.mean.1.clone(), best].map(Cell::Value);
        [Cell::Text(choice.scenario.clone())].into_iter().chain(values).collect()
    };
    let best = worth.choices.get(worth.best).map_or("", |choice| choice.scenario.as_str());
    let mut notes = vec![format!("the best mean is that of {best}")];
    if worth.skipped > 0 {
        notes.push(format!("{} samples had no value and were left out", worth.skipped));
    }
    let title = format!("{}, by {} samples", worth.text, worth.samples);
    Sheet { title: Some(title), columns, rows: worth.choices.iter().map(row).collect(), notes, scale: Scale::Apart }
}

fn names(worth: &Worth) -> Sheet {
    let columns =
        vec![Column::new("known", ""), Column::new("worth", &worth.unit), Column::new("± standard error", &worth.unit)];
    let row = |name: &str, (value, error): &(Value, Value)| {
        [Cell::Text(name.to_owned())].into_iter().chain([value.clone(), error.clone()].map(Cell::Value)).collect::<Vec<Cell>>()
    };
    let everything = row("everything", &worth.perfect);
    let rows = [everything].into_iter().chain(worth.names.iter().map(|one| row(&one.path, &one.worth))).collect();
    Sheet { title: Some("Worth of knowing before the choice".to_owned()), columns, rows, notes: Vec::new(), scale: Scale::Apart }
}

fn tree(worth: &Worth) -> Json {
    let pair = |(value, error): &(Value, Value)| json!({"value": figure(value), "error": figure(error)});
    let choice = |choice: &Choice| json!({"scenario": choice.scenario, "mean": pair(&choice.mean), "best": digits(choice.best)});
    let name = |one: &NameWorth| json!({"path": one.path, "worth": pair(&one.worth)});
    json!({
        "schema": 1,
        "model": worth.name,
        "title": worth.title,
        "expr": worth.text,
        "unit": worth.unit,
        "samples": worth.samples,
        "skipped": worth.skipped,
        "seed": worth.seed,
        "choices": worth.choices.iter().map(choice).collect::<Vec<_>>(),
        "best": worth.choices.get(worth.best).map(|choice| &choice.scenario),
        "perfect_information": pair(&worth.perfect),
        "names": worth.names.iter().map(name).collect::<Vec<_>>(),
    })
}
