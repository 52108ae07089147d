//! Diagnostics as SARIF 2.1.0, the OASIS standard that code scanners, editors and dashboards read.
//!
//! One run: the rules are the codes that appear, each with its explanation; a result has its first label as its
//! location, the others as related ones, and its mends as fixes. Columns count code points, which the run declares.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::document::{Document, Page};
use super::escape::{one_line, visible};
use super::explain::{explain, title};
use super::mark::find;
use super::shape::{Diagnostic, Fix, Label, Severity};
use super::tally::SHOWN;
use super::uri::reference;
use crate::text::{Location, Source, Span};

/// Where the form is defined.
const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The document, with a line break at its end.
#[must_use]
pub fn document(document: &Document) -> String {
    let shown = || document.pages.iter().flat_map(|page| page.diagnostics.iter().take(SHOWN));
    let mut levels: BTreeMap<&str, Severity> = BTreeMap::new();
    for one in shown() {
        levels.entry(one.code.0).or_insert(one.severity);
    }
    let index: BTreeMap<&str, usize> = levels.keys().enumerate().map(|(at, code)| (*code, at)).collect();
    let rules: Vec<Value> = levels.iter().map(|(code, severity)| rule(code, *severity)).collect();
    let results: Vec<Value> = document
        .pages
        .iter()
        .flat_map(|page| page.diagnostics.iter().take(SHOWN).map(|one| result(one, &page.sources, index.get(one.code.0).copied())))
        .collect();
    let version = env!("CARGO_PKG_VERSION");
    let run = json!({
        "tool": { "driver": { "name": "biz", "version": version, "semanticVersion": version, "rules": rules } },
        "columnKind": "unicodeCodePoints",
        "invocations": [invocation(document)],
        "results": results,
    });
    let whole = json!({ "$schema": SCHEMA, "version": "2.1.0", "runs": [run] });
    format!("{whole:#}\n")
}

/// How the command ended, and what it said beside the results.
fn invocation(document: &Document) -> Value {
    let hidden = |page: &Page| match page.diagnostics.len().saturating_sub(SHOWN) {
        0 => None,
        more => Some(format!("{}: {more} more not shown", page.name)),
    };
    let lines = document.pages.iter().filter_map(hidden).chain(document.remarks.iter().cloned());
    let level = if document.status > 1 { "error" } else { "note" };
    let told: Vec<Value> = lines.map(|line| json!({ "level": level, "message": message(line.trim_end()) })).collect();
    let mut invocation = Map::new();
    invocation.insert("executionSuccessful".to_owned(), json!(document.status <= 1));
    invocation.insert("exitCode".to_owned(), json!(document.status));
    if !told.is_empty() {
        invocation.insert("toolExecutionNotifications".to_owned(), json!(told));
    }
    Value::Object(invocation)
}

fn rule(code: &str, severity: Severity) -> Value {
    let title = title(code).unwrap_or(code);
    let text = explain(code).unwrap_or(code);
    let plain = text.trim_start_matches("# ");
    let plain = plain.replace("```biz bad", "This fails:").replace("```biz good", "This runs:").replace("```\n", "");
    json!({
        "id": code,
        "shortDescription": message(title),
        "help": { "text": escaped(plain.trim_end()), "markdown": escaped(text) },
        "defaultConfiguration": { "level": severity.word() },
    })
}

fn result(diagnostic: &Diagnostic, sources: &[Source], rule: Option<usize>) -> Value {
    let mut text = one_line(&diagnostic.message);
    if let Some(help) = &diagnostic.help {
        text.push_str(&format!("\nhelp: {}", visible(help)));
    }
    let mut placed = diagnostic.labels.iter().filter_map(|label| location(label, sources));
    let first: Vec<Value> = placed.next().map(Value::Object).into_iter().collect();
    let related: Vec<Value> = placed
        .enumerate()
        .map(|(at, mut one)| {
            one.insert("id".to_owned(), json!(at + 1));
            Value::Object(one)
        })
        .collect();
    let fixes: Vec<Value> = diagnostic.fixes.iter().filter_map(|one| fix(one, sources)).collect();
    let mut result = Map::new();
    result.insert("ruleId".to_owned(), json!(diagnostic.code.0));
    result.extend(rule.map(|at| ("ruleIndex".to_owned(), json!(at))));
    result.insert("level".to_owned(), json!(diagnostic.severity.word()));
    result.insert("message".to_owned(), message(&text));
    result.insert("locations".to_owned(), json!(first));
    if !related.is_empty() {
        result.insert("relatedLocations".to_owned(), json!(related));
    }
    if !fixes.is_empty() {
        result.insert("fixes".to_owned(), json!(fixes));
    }
    Value::Object(result)
}

fn location(label: &Label, sources: &[Source]) -> Option<Map<String, Value>> {
    let (source, span) = find(sources, label.at)?;
    let mut location = Map::new();
    let place = json!({ "artifactLocation": artifact(source), "region": region(source, span) });
    location.insert("physicalLocation".to_owned(), place);
    if !label.text.is_empty() {
        location.insert("message".to_owned(), message(&one_line(&label.text)));
    }
    Some(location)
}

/// A mend, whole or not at all: a part of its edits would make it worse.
fn fix(fix: &Fix, sources: &[Source]) -> Option<Value> {
    let mut files: Vec<(&Source, Vec<Value>)> = Vec::new();
    for edit in &fix.edits {
        let (source, replacement) = replacement(edit.at, &edit.text, sources)?;
        match files.iter_mut().find(|(known, _)| known.id == source.id) {
            Some((_, replacements)) => replacements.push(replacement),
            None => files.push((source, vec![replacement])),
        }
    }
    let change = |(source, replacements): (&Source, Vec<Value>)| json!({ "artifactLocation": artifact(source), "replacements": replacements });
    let changes: Vec<Value> = files.into_iter().map(change).collect();
    (!changes.is_empty()).then(|| json!({ "description": message(&one_line(&fix.title)), "artifactChanges": changes }))
}

fn replacement<'s>(at: Location, text: &str, sources: &'s [Source]) -> Option<(&'s Source, Value)> {
    let (source, span) = find(sources, at)?;
    let mut replacement = Map::new();
    replacement.insert("deletedRegion".to_owned(), region(source, span));
    if !text.is_empty() {
        replacement.insert("insertedContent".to_owned(), json!({ "text": text }));
    }
    Some((source, Value::Object(replacement)))
}

fn artifact(source: &Source) -> Value {
    json!({ "uri": reference(&source.name) })
}

fn region(source: &Source, span: Span) -> Value {
    let (from, to) = (source.position(span.start), source.position(span.end));
    json!({ "startLine": from.line, "startColumn": from.column, "endLine": to.line, "endColumn": to.column })
}

fn message(text: &str) -> Value {
    json!({ "text": escaped(&visible(text)) })
}

/// Braces stand for arguments in messages, and are doubled where they stand for themselves (SARIF 2.1.0, 3.11.5).
fn escaped(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}
