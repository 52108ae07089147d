//! Markdown: a report as headings and tables.

use super::{Style, cells, cut, drawn, requirement, spark, uncounted};
use crate::diagnostic::escape::one_line;
use crate::report::{Report, Requirement, Scalar, Statement};

/// The widest drawing of a row.
const DRAWING: usize = 12;

/// The report as Markdown, with tables as GitHub writes them.
#[must_use]
pub fn markdown(report: &Report) -> String {
    let mut parts = vec![heading(report)];
    parts.extend(report.statements.iter().map(statement));
    parts.extend(cut::cut(report).map(|told| format!("{told}\n")));
    parts.extend(uncounted::uncounted(report).map(|told| format!("{told}\n")));
    if !report.figures.is_empty() {
        parts.push(figures(&report.figures));
    }
    if !report.requirements.is_empty() {
        parts.push(requirements(&report.requirements, report.scenario.as_deref()));
    }
    parts.extend(drawn::told(report).map(|told| format!("{told}\n")));
    parts.retain(|part| !part.is_empty());
    parts.join("\n")
}

fn heading(report: &Report) -> String {
    let title = report.title.as_ref().or(report.name.as_ref());
    let title = title.map_or_else(String::new, |title| format!("# {}\n", safe(title)));
    match &report.scenario {
        Some(name) if title.is_empty() => format!("Scenario {}\n", safe(name)),
        Some(name) => format!("{title}\nScenario {}\n", safe(name)),
        None => title,
    }
}

fn statement(statement: &Statement) -> String {
    let drawn = statement.rows.iter().any(|row| row.trend.len() > 1);
    let mut out = statement.title.as_ref().map_or_else(String::new, |title| format!("## {}\n\n", safe(title)));
    let mut head = vec![String::new(), "Unit".to_owned()];
    head.extend(statement.buckets.iter().cloned());
    let mut rule = vec!["---".to_owned(), "---".to_owned()];
    rule.extend(statement.buckets.iter().map(|_| "---:".to_owned()));
    if drawn {
        head.push("Course".to_owned());
        rule.push("---".to_owned());
    }
    line(&mut out, &head);
    line(&mut out, &rule);
    for row in &statement.rows {
        let mut cells = vec![safe(&row.label), safe(cells::unit(row))];
        cells.extend(cells::texts(row));
        if drawn {
            cells.push(spark::line(&row.trend, DRAWING, Style::default()));
        }
        line(&mut out, &cells);
    }
    out
}

fn figures(figures: &[Scalar]) -> String {
    let mut out = "## Key figures\n\n".to_owned();
    line(&mut out, &[String::new(), "Value".to_owned()]);
    line(&mut out, &["---".to_owned(), "---:".to_owned()]);
    for figure in figures {
        line(&mut out, &[safe(&figure.title), safe(&figure.value.brief())]);
    }
    out
}

/// What became of the requirements, in a report of a scenario or of the model itself.
pub(super) fn requirements(requirements: &[Requirement], reported: Option<&str>) -> String {
    let mut out = "## Requirements\n\n".to_owned();
    for one in requirements {
        out += &format!("- **{}**: {}\n", one.status.word(), safe(&requirement::head(one)));
        if one.breaches.is_empty() && one.chance.is_none() {
            continue;
        }
        for sentence in requirement::sentences(one, reported) {
            out += &format!("  - {}\n", safe(&sentence));
        }
    }
    out
}

pub(super) fn line(out: &mut String, cells: &[String]) {
    out.push_str(&format!("| {} |\n", cells.join(" | ")));
}

/// The author's text with every sign that Markdown or HTML would take for its own put behind a backslash.
pub(super) fn safe(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in one_line(text).chars() {
        if matches!(character, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '&' | '~' | '$') {
            out.push('\\');
        }
        out.push(character);
    }
    out
}
