//! Table: a report for a terminal, in blocks of years that fit its width.

use super::columns::{self, Column, GAP, Names, Stand};
use super::layout::{hanging, left, line_into, signs, wide};
use super::{Style, cells, cut, drawn, requirement, spark, uncounted};
use crate::diagnostic::escape::one_line;
use crate::report::{Origin, Report, Requirement, Row, Scalar, Statement, Status, Value};

/// How wide the drawing of a row may be, from the best down.
const DRAWINGS: [usize; 3] = [12, 9, 6];
/// Columns of the narrowest names.
const NARROW: usize = 12;

/// The report as text of at most `style.width` columns.
#[must_use]
pub fn table(report: &Report, style: Style) -> String {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(heading(report, style));
    parts.extend(report.statements.iter().map(|one| statement(one, style)).filter(|text| !text.is_empty()));
    parts.extend(cut::cut(report).map(|told| hanging("", &told, style)));
    parts.extend(uncounted::uncounted(report).map(|told| hanging("", &told, style)));
    if !report.figures.is_empty() {
        parts.push(figures(&report.figures, style));
    }
    if !report.requirements.is_empty() {
        parts.push(requirements(&report.requirements, report.scenario.as_deref(), style));
    }
    parts.extend(drawn::told(report).map(|told| hanging("", &told, style)));
    if has_faults(report) {
        parts.push(hanging("", "! stands for a value that could not be computed; the messages say why.", style));
    }
    signs(&parts.join("\n"), style)
}

fn heading(report: &Report, style: Style) -> Option<String> {
    let title = report.title.as_ref().or(report.name.as_ref()).map(|title| one_line(title));
    let scenario = report.scenario.as_ref().map(|name| format!("scenario {}", one_line(name)));
    let words: Vec<String> = title.into_iter().chain(scenario).collect();
    (!words.is_empty()).then(|| hanging("", &words.join(" · "), style))
}

fn has_faults(report: &Report) -> bool {
    let rows = report.statements.iter().flat_map(|statement| &statement.rows).flat_map(|row| &row.values);
    rows.chain(report.figures.iter().map(|figure| &figure.value.value)).any(|value| *value == Value::Fault)
}

fn statement(statement: &Statement, style: Style) -> String {
    let abreast = abreast(&statement.rows);
    let labels: Vec<String> = statement.rows.iter().map(label).collect();
    // Folded names and a narrow drawing pay where they keep all years side by side.
    let room = style.width * 9 / 20;
    let folded = Names::folded(&labels, room.max(NARROW));
    let names: Vec<Names> = [abreast].into_iter().filter(|names| names.width() <= room).chain([folded]).collect();
    let ways = names.iter().flat_map(|names| DRAWINGS.map(|drawing| (names.clone(), columns(statement, drawing, style))));
    let title = statement.title.as_ref().map_or_else(String::new, |title| hanging("", &one_line(title), style));
    title + &columns::table(&labels, ways.collect(), style)
}

/// Label and unit of each row side by side.
fn abreast(rows: &[Row]) -> Names {
    let labels: Vec<String> = rows.iter().map(|row| one_line(&row.label)).collect();
    let label = labels.iter().map(|text| wide(text)).max().unwrap_or(0);
    let unit = rows.iter().map(|row| wide(cells::unit(row))).max().unwrap_or(0);
    let line = |text: &str, row: &Row| format!("{}  {}", left(text, label), left(cells::unit(row), unit));
    Names::in_one_line(&labels.iter().zip(rows).map(|(text, row)| line(text, row)).collect::<Vec<_>>())
}

/// `Revenue, USD`
fn label(row: &Row) -> String {
    let (label, unit) = (one_line(&row.label), cells::unit(row));
    if unit.is_empty() { label } else { format!("{label}, {unit}") }
}

fn columns(statement: &Statement, drawing: usize, style: Style) -> Vec<Column> {
    let texts: Vec<Vec<String>> = statement.rows.iter().map(cells::texts).collect();
    let year = |at: usize| statement.buckets.get(at).cloned().unwrap_or_default();
    let cells = |at: usize| texts.iter().map(|row| row.get(at).cloned().unwrap_or_default()).collect();
    let mut columns: Vec<Column> = (0..statement.buckets.len()).map(|at| Column::new(vec![year(at)], cells(at), Stand::Right)).collect();
    if statement.rows.iter().any(|row| row.trend.len() > 1) {
        let cells = statement.rows.iter().map(|row| spark::line(&row.trend, drawing, style)).collect();
        columns.push(Column::new(Vec::new(), cells, Stand::Left));
    }
    columns
}

fn figures(figures: &[Scalar], style: Style) -> String {
    let mut out = String::from("Key figures\n");
    let titles: Vec<String> = figures.iter().map(|figure| one_line(&figure.title)).collect();
    let named = titles.iter().map(|title| wide(title)).max().unwrap_or(0).min(style.width / 2);
    for (title, figure) in titles.iter().zip(figures) {
        let value = figure.value.brief();
        if wide(title) <= named && 2 + named + GAP + wide(&value) <= style.width {
            line_into(&mut out, &format!("  {}  {value}", left(title, named)));
        } else {
            out += &hanging("  ", title, style);
            out += &hanging("    ", &value, style);
        }
    }
    out
}

/// What became of the requirements, in a report of a scenario or of the model itself.
pub(super) fn requirements(requirements: &[Requirement], reported: Option<&str>, style: Style) -> String {
    "Requirements\n".to_owned() + &verdicts(requirements, reported, style)
}

/// The same without a heading.
#[must_use]
pub fn verdicts(requirements: &[Requirement], reported: Option<&str>, style: Style) -> String {
    let mut out = String::new();
    let word = requirements.iter().map(|one| wide(one.status.word())).max().unwrap_or(0);
    let quiet = |one: &Requirement| one.status == Status::Met && (one.instance.is_some() || one.origin == Origin::Prelude);
    let (quiet, told): (Vec<&Requirement>, Vec<&Requirement>) = requirements.iter().partition(|one| quiet(one));
    for one in told {
        let lead = format!("  {}  ", left(one.status.word(), word));
        out += &hanging(&lead, &one_line(&requirement::head(one)), style);
        if one.breaches.is_empty() && one.chance.is_none() {
            continue;
        }
        let indent = " ".repeat(if style.width < 60 { 4 } else { wide(&lead) });
        for sentence in requirement::sentences(one, reported) {
            out += &hanging(&indent, &one_line(&sentence), style);
        }
    }
    let (kinds, statements): (Vec<&Requirement>, Vec<&Requirement>) = quiet.into_iter().partition(|one| one.instance.is_some());
    let counted = [
        (kinds.len(), "that a kind asks of its instance", "that kinds ask of their instances"),
        (statements.len(), "that the statements ask", "that the statements ask"),
    ];
    for (count, one, many) in counted.into_iter().filter(|(count, ..)| *count > 0) {
        let lead = format!("  {}  ", left(Status::Met.word(), word));
        out += &hanging(&lead, &format!("{count} {}", if count == 1 { one } else { many }), style);
    }
    out
}
