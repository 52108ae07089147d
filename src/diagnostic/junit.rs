//! What was told as JUnit's XML, which build servers show as tests: a suite a model.
//!
//! A mistake is a test that failed, a warning one that passed with a word, unless warnings are denied; requirements and
//! tests stand for themselves. A model without mistakes has one test that passed, so that it is seen to be checked.

use super::document::{Case, Document, Outcome, Page, Reason};
use super::escape::{one_line, visible};
use super::mark::find;
use super::render::{self, Style};
use super::shape::{Diagnostic, Severity};
use super::tally::{SHOWN, Warnings};
use crate::text::Source;

/// The document, with a line break at its end.
#[must_use]
pub fn document(document: &Document) -> String {
    let mut suites: Vec<Suite> = document.pages.iter().map(|page| suite(page, document.warnings)).collect();
    let remarks = document.remarks.concat();
    if suites.is_empty() && (!remarks.is_empty() || document.status > 1) {
        suites.push(Suite { name: "biz".to_owned(), cases: Vec::new(), notes: String::new() });
    }
    if let Some(last) = suites.last_mut() {
        if document.status > 1 && last.cases.iter().all(|case| matches!(case.outcome, Outcome::Passed(_))) {
            let first = remarks.lines().next().unwrap_or("it could not be done").to_owned();
            let reason = Reason { kind: "usage".to_owned(), message: first, text: remarks };
            last.cases.push(Case { name: "biz".to_owned(), outcome: Outcome::Undecided(reason) });
        } else {
            last.notes.push_str(&remarks);
        }
    }
    let all = suites.iter().flat_map(|suite| &suite.cases);
    let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
    out.push_str(&format!("<testsuites name=\"biz\" {}>\n", counts(all)));
    for suite in &suites {
        out.push_str(&written(suite));
    }
    out.push_str("</testsuites>\n");
    out
}

/// The tests of a model.
struct Suite {
    name: String,
    cases: Vec<Case>,
    /// What is said beside them.
    notes: String,
}

fn suite(page: &Page, warnings: Warnings) -> Suite {
    let mut cases: Vec<Case> = page.diagnostics.iter().take(SHOWN).map(|one| case(one, &page.sources, warnings)).collect();
    if cases.iter().all(|case| matches!(case.outcome, Outcome::Passed(_))) {
        cases.insert(0, Case { name: "no mistakes".to_owned(), outcome: Outcome::Passed(String::new()) });
    }
    cases.extend(page.cases.iter().cloned());
    let notes = match page.diagnostics.len().saturating_sub(SHOWN) {
        0 => String::new(),
        more => format!("{more} more not shown\n"),
    };
    Suite { name: page.name.clone(), cases, notes }
}

/// A mistake, with the place in its name so that no two are alike.
fn case(diagnostic: &Diagnostic, sources: &[Source], warnings: Warnings) -> Case {
    let place = diagnostic.labels.first().and_then(|label| find(sources, label.at)).map(|(source, span)| {
        let at = source.position(span.start);
        format!(" {}:{}:{}", source.name, at.line, at.column)
    });
    let text = render::one_plain(diagnostic, sources, Style::default());
    let passes = diagnostic.severity == Severity::Warning && warnings == Warnings::Allowed;
    let outcome = if passes {
        Outcome::Passed(text)
    } else {
        Outcome::Failed(Reason { kind: diagnostic.code.0.to_owned(), message: diagnostic.message.clone(), text })
    };
    Case { name: format!("{}{}", diagnostic.code.0, place.unwrap_or_default()), outcome }
}

fn counts<'c>(cases: impl Iterator<Item = &'c Case>) -> String {
    let (mut tests, mut failures, mut errors) = (0, 0, 0);
    for case in cases {
        tests += 1;
        match case.outcome {
            Outcome::Passed(_) => {}
            Outcome::Failed(_) => failures += 1,
            Outcome::Undecided(_) => errors += 1,
        }
    }
    format!("tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\"")
}

fn written(suite: &Suite) -> String {
    let mut out = format!("  <testsuite name=\"{}\" {}>\n", attribute(&suite.name), counts(suite.cases.iter()));
    for case in &suite.cases {
        let head = format!("    <testcase classname=\"{}\" name=\"{}\"", attribute(&suite.name), attribute(&case.name));
        let inside = match &case.outcome {
            Outcome::Passed(text) if text.is_empty() => None,
            Outcome::Passed(text) => Some(format!("<system-out>{}</system-out>", content(text))),
            Outcome::Failed(reason) => Some(told("failure", reason)),
            Outcome::Undecided(reason) => Some(told("error", reason)),
        };
        out.push_str(&match inside {
            Some(inside) => format!("{head}>\n      {inside}\n    </testcase>\n"),
            None => format!("{head}/>\n"),
        });
    }
    if !suite.notes.is_empty() {
        out.push_str(&format!("    <system-err>{}</system-err>\n", content(&suite.notes)));
    }
    out.push_str("  </testsuite>\n");
    out
}

fn told(element: &str, reason: &Reason) -> String {
    let (kind, message) = (attribute(&reason.kind), attribute(&reason.message));
    format!("<{element} type=\"{kind}\" message=\"{message}\">{}</{element}>", content(reason.text.trim_end()))
}

/// A text between tags. What XML can't hold at all, not even escaped, is written out as it would be on a terminal.
fn content(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in visible(text).chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => out.push_str(&format!("\\u{{{:x}}}", u32::from(character))),
            other => out.push(other),
        }
    }
    out
}

fn attribute(text: &str) -> String {
    content(&one_line(text))
}
