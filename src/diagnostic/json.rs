//! Diagnostics for programs: JSON lines, one object a diagnostic.
//!
//! ```json
//! {"code": "BIZ0101", "severity": "error", "message": "…", "help": null,
//!  "labels": [{"file": "plan.biz", "start": 10, "end": 14, "line": 2, "column": 3, "end_line": 2, "end_column": 7, "text": "…"}],
//!  "fixes": [{"title": "write `price`", "edits": [{"file": "plan.biz", "start": 10, "end": 14, "text": "price"}]}]}
//! ```
//!
//! (Each object stands on one line.) `start` and `end` are byte offsets into the file without its byte-order mark;
//! lines and columns count from 1, columns in code points, and `end_column` is one past the last. The first label
//! is the place to edit. `help` is null where there is none; `file` is null, and the places 0, for a place outside
//! of the files given. Above [`SHOWN`] diagnostics a last line `{"not_shown": N}` counts the rest.

use serde_json::{Value, json};

use super::mark::find;
use super::shape::{Diagnostic, Fix, Label};
use super::tally::SHOWN;
use crate::text::{Location, Source};

/// One JSON object a line.
#[must_use]
pub fn lines(diagnostics: &[Diagnostic], sources: &[Source]) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics.iter().take(SHOWN) {
        out.push_str(&object(diagnostic, sources).to_string());
        out.push('\n');
    }
    if diagnostics.len() > SHOWN {
        out.push_str(&json!({ "not_shown": diagnostics.len() - SHOWN }).to_string());
        out.push('\n');
    }
    out
}

/// One diagnostic as a JSON object.
#[must_use]
pub fn object(diagnostic: &Diagnostic, sources: &[Source]) -> Value {
    json!({
        "code": diagnostic.code.0,
        "severity": diagnostic.severity.word(),
        "message": diagnostic.message,
        "help": diagnostic.help,
        "labels": diagnostic.labels.iter().map(|one| label(one, sources)).collect::<Vec<_>>(),
        "fixes": diagnostic.fixes.iter().map(|one| fix(one, sources)).collect::<Vec<_>>(),
    })
}

fn label(label: &Label, sources: &[Source]) -> Value {
    let Some((source, span)) = find(sources, label.at) else {
        return json!({
            "file": null, "start": 0, "end": 0, "line": 0, "column": 0, "end_line": 0, "end_column": 0, "text": label.text,
        });
    };
    let (from, to) = (source.position(span.start), source.position(span.end));
    json!({
        "file": source.name, "start": span.start, "end": span.end, "line": from.line, "column": from.column,
        "end_line": to.line, "end_column": to.column, "text": label.text,
    })
}

fn fix(fix: &Fix, sources: &[Source]) -> Value {
    let edits: Vec<Value> = fix.edits.iter().map(|edit| change(edit.at, &edit.text, sources)).collect();
    json!({ "title": fix.title, "edits": edits })
}

fn change(at: Location, text: &str, sources: &[Source]) -> Value {
    match find(sources, at) {
        Some((source, span)) => json!({ "file": source.name, "start": span.start, "end": span.end, "text": text }),
        None => json!({ "file": null, "start": 0, "end": 0, "text": text }),
    }
}
