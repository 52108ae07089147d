//! Decisions: sweeps, solutions, sensitivities and choices as tables, CSV, Markdown and JSON.

mod sensitivity;
mod solution;
mod sweep;
mod worth;

pub use sensitivity::sensitivity;
pub use solution::solutions;
pub use sweep::sweep;
pub use worth::worth;

use super::Style;
use super::sheet::{self, Sheet};
use serde_json::Value as Json;

/// The form that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// For people.
    Table(Style),
    /// For programs.
    Json,
    /// For spreadsheets.
    Csv,
    /// For documents.
    Markdown,
}

pub(super) fn written(heading: Option<String>, sheets: &[Sheet], json: impl FnOnce() -> Json, form: Form) -> String {
    match form {
        Form::Table(style) => sheet::table(heading, sheets, style),
        Form::Csv => sheet::separated(sheets),
        Form::Markdown => sheet::marked(heading, sheets),
        // A tree of strings and finite numbers always has a text.
        Form::Json => serde_json::to_string_pretty(&json()).unwrap_or_default() + "\n",
    }
}

/// `Corner shop · scenario cheaper`
pub(super) fn heading(name: &Option<String>, title: &Option<String>, scenario: &Option<String>) -> Option<String> {
    let scenario = scenario.as_ref().map(|scenario| format!("scenario {scenario}"));
    let words: Vec<String> = title.clone().or(name.clone()).into_iter().chain(scenario).collect();
    (!words.is_empty()).then(|| words.join(" · "))
}
