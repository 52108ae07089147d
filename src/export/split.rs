//! Splits: a difference and what of it each change makes alone, as sheets and objects.

use super::decision::{Form, written};
use super::json::{digits, figure};
use super::sheet::{Cell, Column, Scale, Sheet};
use crate::report::{Against, Figure, Replacement, Shown, Split, Value, number};
use serde_json::{Value as Json, json};

/// What the changes make together beyond what each makes alone.
pub(super) const INTERACTION: &str = "interaction";

/// What figures are that stand side by side.
pub(super) const TIMELINE: &str = "over the whole timeline: flows are totals, levels stand at its end, ratios are of the totals";

/// How long a definition may be before it is cut in a table.
const LONGEST: usize = 80;

/// The values of figures on several sides: a row a figure, in the unit of the row.
pub(super) fn side_by_side(title: Option<String>, heads: &[&str], rows: &[(&Figure, Vec<&Value>)]) -> Sheet {
    let columns = ["", ""].into_iter().chain(heads.iter().copied()).map(|head| Column::new(head, ""));
    let row = |(figure, values): &(&Figure, Vec<&Value>)| {
        let is_percent = figure.unit == "%";
        let numbers: Vec<Option<f64>> = values.iter().map(|value| value.number()).collect();
        let sign = if is_percent { "%" } else { "" };
        let texts = values.iter().zip(number::row(&numbers));
        let texts = texts.map(|(value, text)| text.map_or_else(|| value.word().unwrap_or_default().to_owned(), |text| text + sign));
        let unit = if is_percent { String::new() } else { figure.unit.clone() };
        [Cell::Text(figure.text.clone()), Cell::Unit(unit)].into_iter().chain(texts.map(Cell::Written)).collect()
    };
    Sheet { title, columns: columns.collect(), rows: rows.iter().map(row).collect(), notes: Vec::new(), scale: Scale::Apart }
}

/// What each change does to the figures that differ, a row a change; then their interaction, and all of it.
pub(super) fn effects(title: Option<String>, head: &str, names: &[String], figures: &[(&Figure, &Split)]) -> Sheet {
    let shown: Vec<&(&Figure, &Split)> = figures.iter().filter(|(_, split)| split.difference.is_some_and(|apart| apart != 0.0)).collect();
    let columns = [Column::new(head, "")].into_iter().chain(shown.iter().map(|(figure, _)| Column::new(&figure.text, &figure.apart)));
    let value = |number: Option<f64>| Cell::Value(number.map_or(Value::Blank, Value::Number));
    let row = |name: &str, of: &dyn Fn(&Split) -> Option<f64>| {
        [Cell::Text(name.to_owned())].into_iter().chain(shown.iter().map(|(_, split)| value(of(split)))).collect::<Vec<Cell>>()
    };
    let mut rows = Vec::new();
    if !shown.is_empty() {
        for (at, name) in names.iter().enumerate() {
            rows.push(row(name, &|split| split.effects.get(at).copied().flatten()));
        }
        if shown.iter().any(|(_, split)| split.interacts()) {
            rows.push(row(INTERACTION, &|split| split.interaction));
        }
        if rows.len() > 1 {
            rows.push(row("difference", &|split| split.difference));
        }
    }
    Sheet { title, columns: columns.collect(), rows, notes: Vec::new(), scale: Scale::Apart }
}

/// What a part of a scenario is called: its names.
pub(super) fn named(part: &[Replacement]) -> String {
    part.iter().map(|one| one.path.as_str()).collect::<Vec<_>>().join(" + ")
}

/// `price: 12 USD → 8 USD [plan.biz:7]`
pub(super) fn told(one: &Replacement) -> String {
    format!("{}: {} → {} [{}:{}]", one.path, brief(&one.from), brief(&one.to), one.place.file, one.place.line)
}

/// A definition, cut where it is long.
pub(super) fn brief(text: &str) -> String {
    if text.chars().count() <= LONGEST { text.to_owned() } else { text.chars().take(LONGEST - 1).chain(['…']).collect() }
}

/// A number with its unit, as it stands in a sentence.
fn amount(number: f64, unit: &str) -> String {
    Shown { value: Value::Number(number), unit: unit.to_owned() }.exact()
}

/// Why a figure is another under a scenario.
pub(super) fn against(against: &Against, scenario: &str, form: Form) -> String {
    let Against { figure, parts, split, idle } = against;
    let names: Vec<String> = parts.iter().map(|part| named(part)).collect();
    let mut sheet = effects(Some(format!("Why {} differs in scenario {scenario}", figure.text)), "", &names, &[(figure, split)]);
    let of = |value: &Value, unit: &str| Shown { value: value.clone(), unit: unit.to_owned() }.exact();
    let apart = match split.difference {
        Some(0.0) => "nothing differs".to_owned(),
        Some(difference) => format!("the difference is {}", amount(difference, &figure.apart)),
        None => "no number tells the difference".to_owned(),
    };
    sheet.notes.push(format!("{} in the model itself, {} in {scenario}: {apart}", of(&figure.base, &figure.unit), of(&split.value, split.other_unit.as_ref().unwrap_or(&figure.unit))));
    sheet.notes.extend(parts.iter().flatten().map(told));
    if !idle.is_empty() {
        sheet.notes.push(format!("{} {} no part in it", idle.join(", "), if idle.len() == 1 { "has" } else { "have" }));
    }
    written(None, &[sheet], || Json::Null, form)
}

pub(super) fn against_json(against: &Against) -> Json {
    let Against { figure: of, parts, split, idle } = against;
    let names: Vec<Json> = parts.iter().map(|part| Json::Array(part.iter().map(replacement).collect())).collect();
    let mut told = split_json(of, split, "definitions", &names);
    if let Json::Object(told) = &mut told {
        told.insert("without_part".to_owned(), json!(idle));
    }
    told
}

/// How a figure differs, with what each part does.
pub(super) fn split_json(of: &Figure, split: &Split, what: &str, parts: &[Json]) -> Json {
    let number = |number: Option<f64>| number.map_or(Json::Null, digits);
    let effect = |(at, part): (usize, &Json)| {
        json!({
            what: part,
            "value": split.alone.get(at).map(figure),
            "effect": number(split.effects.get(at).copied().flatten()),
        })
    };
    json!({
        "figure": of.text,
        "path": of.path,
        "unit": of.unit,
        "base": figure(&of.base),
        "value": figure(&split.value),
        "value_unit": split.other_unit.as_ref().unwrap_or(&of.unit),
        "difference": number(split.difference),
        "difference_unit": of.apart,
        "effects": parts.iter().enumerate().map(effect).collect::<Vec<_>>(),
        "interaction": number(split.interaction),
    })
}

pub(super) fn replacement(one: &Replacement) -> Json {
    json!({"path": one.path, "from": one.from, "to": one.to, "file": one.place.file, "line": one.place.line})
}
