//! Comparisons: scenarios side by side, and what each of their replacements does.

use super::csv;
use super::decision::{Form, heading, written};
use super::json::figure;
use super::sheet::Sheet;
use super::split::{INTERACTION, TIMELINE, effects, named, replacement, side_by_side, split_json, told};
use crate::report::{Compared, Comparison, Figure, Split, Value};
use serde_json::{Value as Json, json};

/// The figures of every side, and for each side how its differences are made up.
#[must_use]
pub fn comparison(comparison: &Comparison, form: Form) -> String {
    if form == Form::Csv {
        return separated(comparison);
    }
    let mut sheets = vec![values(comparison)];
    sheets.extend(comparison.sides.iter().map(|side| differences(comparison, side)));
    written(heading(&comparison.name, &comparison.title, &None), &sheets, || tree(comparison), form)
}

fn values(comparison: &Comparison) -> Sheet {
    let heads: Vec<&str> = ["base"].into_iter().chain(comparison.sides.iter().map(|side| side.scenario.as_str())).collect();
    let rows: Vec<(&Figure, Vec<&Value>)> = comparison
        .figures
        .iter()
        .enumerate()
        .map(|(at, figure)| (figure, [&figure.base].into_iter().chain(comparison.sides.iter().filter_map(|side| Some(&side.splits.get(at)?.value))).collect()))
        .collect();
    let mut sheet = side_by_side(Some("Key figures".to_owned()), &heads, &rows);
    sheet.notes.push(TIMELINE.to_owned());
    sheet
}

fn differences(comparison: &Comparison, side: &Compared) -> Sheet {
    let names: Vec<String> = side.parts.iter().map(|part| named(part)).collect();
    let figures: Vec<(&Figure, &Split)> = comparison.figures.iter().zip(&side.splits).collect();
    let extends = side.extends.as_ref().map(|parent| format!("extends {parent}"));
    let title: Vec<String> = [format!("{} against base", side.scenario)].into_iter().chain(side.title.clone()).chain(extends).collect();
    let mut sheet = effects(Some(title.join(" · ")), "", &names, &figures);
    if figures.iter().all(|(figure, split)| !split.differs(&figure.base)) {
        sheet.notes.push("no figure differs".to_owned());
    }
    sheet.notes.extend(side.parts.iter().flatten().map(told));
    sheet
}

fn separated(comparison: &Comparison) -> String {
    let mut out = String::new();
    csv::record(&mut out, &["scenario", "figure", "unit", "part", "definition", "value"]);
    for figure in &comparison.figures {
        csv::record(&mut out, &["base", &figure.text, &figure.unit, "value", "", &csv::digits(&figure.base)]);
    }
    for side in &comparison.sides {
        for (figure, split) in comparison.figures.iter().zip(&side.splits) {
            let number = |number: Option<f64>| csv::digits(&number.map_or(Value::Blank, Value::Number));
            let mut line = |unit: &str, part: &str, name: &str, value: String| {
                csv::record(&mut out, &[&side.scenario, &figure.text, unit, part, name, &value]);
            };
            line(&figure.unit, "value", "", csv::digits(&split.value));
            line(&figure.apart, "difference", "", number(split.difference));
            for (part, effect) in side.parts.iter().zip(&split.effects) {
                line(&figure.apart, "effect", &named(part), number(*effect));
            }
            line(&figure.apart, INTERACTION, "", number(split.interaction));
        }
    }
    out
}

fn tree(comparison: &Comparison) -> Json {
    let side = |side: &Compared| {
        let parts: Vec<Json> = side.parts.iter().map(|part| Json::Array(part.iter().map(|one| json!(one.path)).collect())).collect();
        json!({
            "scenario": side.scenario,
            "title": side.title,
            "extends": side.extends,
            "replaced": side.parts.iter().flatten().map(replacement).collect::<Vec<_>>(),
            "figures": comparison.figures.iter().zip(&side.splits).map(|(of, split)| split_json(of, split, "definitions", &parts)).collect::<Vec<_>>(),
        })
    };
    let base = |one: &Figure| json!({"figure": one.text, "path": one.path, "unit": one.unit, "value": figure(&one.base)});
    json!({
        "schema": 1,
        "model": comparison.name,
        "title": comparison.title,
        "figures": comparison.figures.iter().map(base).collect::<Vec<_>>(),
        "scenarios": comparison.sides.iter().map(side).collect::<Vec<_>>(),
    })
}
