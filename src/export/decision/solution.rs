//! Solutions: what goals come to, with what to put behind `--set`.

use super::{Form, written};
use crate::export::json::figure;
use crate::export::sheet::{Cell, Column, Scale, Sheet};
use crate::report::{Answered, Found, Shown, Side, Solution};
use serde_json::{Value as Json, json};

/// Each goal with its answers.
#[must_use]
pub fn solutions(solutions: &[Solution], form: Form) -> String {
    let sheets: Vec<Sheet> = match form {
        Form::Csv => vec![list(solutions)],
        Form::Table(_) | Form::Markdown | Form::Json => solutions.iter().map(sheet).collect(),
    };
    written(None, &sheets, || Json::Array(solutions.iter().map(tree).collect()), form)
}

fn sheet(solution: &Solution) -> Sheet {
    let name = solution.title.as_ref().or(solution.goal.as_ref());
    let title = name.map_or_else(|| solution.aim.clone(), |name| format!("{name}: {}", solution.aim));
    let title = solution.scenario.as_ref().map_or_else(|| title.clone(), |scenario| format!("{title} · scenario {scenario}"));
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let row = |name: &str, value: &Shown, word: &str, set: &str| {
        [name, &value.brief(), word, set].map(|text| Cell::Text(text.to_owned())).to_vec()
    };
    for answer in &solution.answers {
        let set = |found: &Found| format!("--set '{}'", found.set);
        rows.extend(answer.inputs.iter().map(|found| row(&found.path, &found.value, side(answer.holds), &set(found))));
        rows.extend(answer.figures.iter().map(|(text, value)| row(text, value, "", "")));
    }
    let columns = ["", "", "", ""].map(|head| Column::new(head, "")).into_iter().collect();
    Sheet { title: Some(title), columns, rows, notes: solution.notes.clone(), scale: Scale::Apart }
}

/// On which side of the value the condition holds.
const fn side(side: Option<Side>) -> &'static str {
    match side {
        Some(Side::Above) => "or more",
        Some(Side::Below) => "or less",
        Some(Side::At) | None => "",
    }
}

fn list(solutions: &[Solution]) -> Sheet {
    let columns = ["goal", "aim", "answer", "name", "value", "unit"].map(|head| Column::new(head, "")).into_iter().collect();
    let mut rows = Vec::new();
    for solution in solutions {
        let name = solution.goal.clone().unwrap_or_default();
        for (number, answer) in solution.answers.iter().enumerate() {
            let found = answer.inputs.iter().map(|found| (found.path.clone(), found.value.clone()));
            for (text, Shown { value, unit }) in found.chain(answer.figures.iter().cloned()) {
                let place = Cell::Text((number + 1).to_string());
                let words = [name.clone(), solution.aim.clone()].map(Cell::Text);
                rows.push(words.into_iter().chain([place, Cell::Text(text), Cell::Value(value), Cell::Text(unit)]).collect());
            }
        }
    }
    Sheet { title: None, columns, rows, notes: Vec::new(), scale: Scale::Apart }
}

fn tree(solution: &Solution) -> Json {
    let shown = |name: &str, shown: &Shown| json!({"expr": name, "unit": shown.unit, "value": figure(&shown.value)});
    let answer = |one: &Answered| {
        let holds = one.holds.map(|side| match side {
            Side::Above => "from",
            Side::Below => "until",
            Side::At => "at",
        });
        let input = |found: &Found| {
            json!({"path": found.path, "unit": found.value.unit, "value": figure(&found.value.value), "set": found.set})
        };
        json!({
            "inputs": one.inputs.iter().map(input).collect::<Vec<_>>(),
            "holds": holds,
            "figures": one.figures.iter().map(|(text, value)| shown(text, value)).collect::<Vec<_>>(),
        })
    };
    json!({
        "goal": solution.goal,
        "title": solution.title,
        "aim": solution.aim,
        "scenario": solution.scenario,
        "answers": solution.answers.iter().map(answer).collect::<Vec<_>>(),
        "notes": solution.notes,
    })
}
