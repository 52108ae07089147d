//! Differences: what changed between two models, and what each change did to the figures.

use super::decision::{Form, written};
use super::json::{shown, text};
use super::sheet::{Cell, Column, Scale, Sheet};
use super::split::{TIMELINE, brief, effects, side_by_side, split_json};
use crate::report::{Change, ChangeSort, Difference, Figure, Group, RequirementChange, Shown, Split, Status, Value, number};
use serde_json::{Value as Json, json};

/// How many figures a review comment tells, and on how many of them the effects.
const TOLD: usize = 10;
const HEADLINES: usize = 5;

/// How many changes of a group are named where it stands in a row.
const NAMED: usize = 3;

/// The figures before and after, what each change does to them, and the changes themselves.
#[must_use]
pub fn difference(difference: &Difference, form: Form) -> String {
    if form == Form::Json {
        return text(&tree(difference));
    }
    let title = difference.title.as_ref().map(|title| format!("{title}: "));
    let heading = format!("{}{} → {}", title.unwrap_or_default(), difference.before, difference.after);
    let mut sheets = vec![figures(difference, form)];
    sheets.extend(moved(difference, form));
    sheets.push(changes(difference));
    sheets.extend(requirements(difference));
    written(Some(heading), &sheets, || Json::Null, form)
}

fn differing(difference: &Difference) -> Vec<(&Figure, &Split)> {
    difference.figures.iter().zip(&difference.splits).filter(|(figure, split)| split.differs(&figure.base)).collect()
}

/// Each figure that is another, before and after.
fn figures(difference: &Difference, form: Form) -> Sheet {
    let mut differing = differing(difference);
    let title = Some("Key figures".to_owned());
    if differing.is_empty() {
        let notes = vec!["no key figure differs".to_owned()];
        return Sheet { title, columns: Vec::new(), rows: Vec::new(), notes, scale: Scale::Apart };
    }
    let same = difference.figures.len() - differing.len();
    let left = if form == Form::Markdown { differing.len().saturating_sub(TOLD) } else { 0 };
    differing.truncate(differing.len() - left);
    let apart: Vec<Value> = differing.iter().map(|(_, split)| split.difference.map_or(Value::Blank, Value::Number)).collect();
    let rows: Vec<(&Figure, Vec<&Value>)> = differing.iter().map(|(figure, split)| (*figure, vec![&figure.base, &split.value])).collect();
    let mut sheet = side_by_side(title, &["before", "after"], &rows);
    sheet.columns.push(Column::new("difference", ""));
    for ((row, (figure, split)), apart) in sheet.rows.iter_mut().zip(&differing).zip(apart) {
        if let Some(other) = &split.other_unit {
            *row = in_two_units(figure, split, other);
        }
        row.push(Cell::Written(with_sign(&apart, figure)));
    }
    sheet.notes.push(TIMELINE.to_owned());
    if differing.iter().any(|(_, split)| split.other_unit.is_some()) {
        sheet.notes.push("what is in two units has no difference; ask for both in one, such as `final(cash) in USD`".to_owned());
    }
    if left > 0 {
        sheet.notes.push(format!("{left} more {}", if left == 1 { "figure differs" } else { "figures differ" }));
    }
    if same > 0 {
        sheet.notes.push(format!("{same} other key {} the same", if same == 1 { "figure is" } else { "figures are" }));
    }
    sheet
}

/// A row whose values have a unit each.
fn in_two_units(figure: &Figure, split: &Split, other: &str) -> Vec<Cell> {
    let written = |value: &Value, unit: &str| Cell::Written(Shown { value: value.clone(), unit: unit.to_owned() }.brief());
    vec![Cell::Text(figure.text.clone()), Cell::Unit(String::new()), written(&figure.base, &figure.unit), written(&split.value, other)]
}

/// `+1.2M`, `-3 month`, `+2.5 points`: with its unit where that is not the row's.
fn with_sign(apart: &Value, figure: &Figure) -> String {
    let Value::Number(difference) = apart else { return "–".to_owned() };
    let sign = if *difference > 0.0 { "+" } else { "" };
    let unit = if figure.apart == figure.unit { "" } else { figure.apart.as_str() };
    number::with_unit(&format!("{sign}{}", number::compact(*difference)), unit)
}

/// What each group of changes does; nothing where nothing moves a figure.
fn moved(difference: &Difference, form: Form) -> Option<Sheet> {
    let mut told = differing(difference);
    told.retain(|(_, split)| split.difference.is_some());
    if difference.groups.is_empty() || told.is_empty() {
        return None;
    }
    let left = if form == Form::Markdown { told.len().saturating_sub(HEADLINES) } else { 0 };
    told.truncate(told.len() - left);
    // Changes that do nothing to any figure are told below.
    let moves = |at: &usize| told.iter().any(|(_, split)| split.effects.get(*at).copied().flatten() != Some(0.0));
    let kept: Vec<usize> = (0..difference.groups.len()).filter(moves).collect();
    let thinned: Vec<(&Figure, Split)> = told
        .iter()
        .map(|(figure, split)| {
            let effects = kept.iter().map(|at| split.effects.get(*at).copied().flatten()).collect();
            (*figure, Split { effects, ..(*split).clone() })
        })
        .collect();
    let names: Vec<String> = kept.iter().filter_map(|at| difference.groups.get(*at)).map(|group| named(difference, group)).collect();
    let thinned: Vec<(&Figure, &Split)> = thinned.iter().map(|(figure, split)| (*figure, split)).collect();
    let mut sheet = effects(Some("What each change does alone".to_owned()), "", &names, &thinned);
    let idle = difference.groups.len() - kept.len();
    if idle > 0 {
        sheet.notes.push(format!("{idle} more {} no figure", if idle == 1 { "change moves" } else { "changes move" }));
    }
    if left > 0 {
        sheet.notes.push(format!("the effects on {left} more {} not shown here", if left == 1 { "figure are" } else { "figures are" }));
    }
    Some(sheet)
}

/// What a group is called: the names of its changes.
fn named(difference: &Difference, group: &Group) -> String {
    let names: Vec<&str> = group.changes.iter().filter_map(|at| difference.changes.get(*at)).map(|change| change.name.as_str()).collect();
    let more = names.len().saturating_sub(NAMED);
    let first = names.iter().take(NAMED).map(|name| brief(name)).collect::<Vec<_>>().join(" + ");
    if more > 0 { format!("{first} + {more} more") } else { first }
}

fn changes(difference: &Difference) -> Sheet {
    let mut notes: Vec<String> = difference.changes.iter().map(told).collect();
    if notes.is_empty() {
        notes.push("nothing: layout and comments apart, both say the same".to_owned());
    }
    Sheet { title: Some("Changes".to_owned()), columns: Vec::new(), rows: Vec::new(), notes, scale: Scale::Apart }
}

/// `price: 12 USD → 9 USD [plan.biz:7]`, `added requirement: require cash >= 0 USD [plan.biz:9]`
fn told(change: &Change) -> String {
    let value = |text: &str, value: &Option<Shown>| {
        let said = text.replace('_', "");
        let told = value.as_ref().filter(|value| value.exact() != said && value.brief() != said).map(Shown::brief);
        told.map_or_else(|| brief(text), |value| format!("{} (= {value})", brief(text)))
    };
    let [before, after] = &change.values;
    // The name of what has none is all that it says, its own word first.
    let named = !matches!(change.what, "definition" | "requirement" | "test");
    let what = if named { format!("{} ", change.what) } else { String::new() };
    let place = format!("[{}:{}]", change.place.file, change.place.line);
    match (change.sort, &change.from, &change.to) {
        (ChangeSort::Changed, Some(from), Some(to)) if named || change.what == "definition" => {
            format!("{what}{}: {} → {} {place}", brief(&change.name), value(from, before), value(to, after))
        }
        (ChangeSort::Changed, Some(from), Some(to)) => format!("{} → {} {place}", brief(from), brief(to)),
        (ChangeSort::Removed, Some(from), _) => format!("removed {what}{}{} {place}", brief(&change.name), said(change, &value(from, before))),
        (_, _, Some(to)) => format!("added {what}{}{} {place}", brief(&change.name), said(change, &value(to, after))),
        (sort, ..) => format!("{} {what}{} {place}", sort.word(), brief(&change.name)),
    }
}

/// What a change says behind its name; nothing where the name is all of it.
fn said(change: &Change, text: &str) -> String {
    if *text == brief(&change.name) || change.name.starts_with(text.trim_end_matches('…')) { String::new() } else { format!(": {text}") }
}

fn requirements(difference: &Difference) -> Option<Sheet> {
    let told = |one: &RequirementChange| {
        let was = one.was.as_ref().map_or_else(String::new, |was| format!("{was} → "));
        let after = one.after.word();
        let status = match one.before {
            Some(before) if before == one.after => format!("still {after}"),
            Some(before) => format!("{} → {after}", before.word()),
            None => format!("not asked → {after}"),
        };
        format!("{was}{}: {status}", one.text)
    };
    let notes: Vec<String> = difference.requirements.iter().map(told).collect();
    (!notes.is_empty()).then(|| Sheet { title: Some("Requirements".to_owned()), columns: Vec::new(), rows: Vec::new(), notes, scale: Scale::Apart })
}

fn tree(difference: &Difference) -> Json {
    let value = |value: &Option<Shown>| value.as_ref().map(shown);
    let change = |change: &Change| {
        let [before, after] = &change.values;
        json!({
            "change": change.sort.word(),
            "what": change.what,
            "name": change.name,
            "from": change.from,
            "to": change.to,
            "from_value": value(before),
            "to_value": value(after),
            "file": change.place.file,
            "line": change.place.line,
        })
    };
    let groups: Vec<Json> = difference.groups.iter().map(|group| json!(group.changes)).collect();
    let requirement = |one: &RequirementChange| {
        json!({"text": one.text, "was": one.was, "before": one.before.map(Status::word), "after": one.after.word()})
    };
    json!({
        "schema": 1,
        "before": difference.before,
        "after": difference.after,
        "title": difference.title,
        "changes": difference.changes.iter().map(change).collect::<Vec<_>>(),
        "figures": difference.figures.iter().zip(&difference.splits).map(|(of, split)| split_json(of, split, "changes", &groups)).collect::<Vec<_>>(),
        "requirements": difference.requirements.iter().map(requirement).collect::<Vec<_>>(),
    })
}
