//! Diagnostics in one line each: `plan.biz:4:11: error[BIZ0201]: message`.

use super::escape::one_line;
use super::mark::find;
use super::shape::Diagnostic;
use super::tally::{SHOWN, Warnings, summary};
use crate::text::Source;

/// One line a diagnostic, in the order given; line and column count from 1, the column in code points. Above
/// [`SHOWN`] of them a last line tells how many are left out.
#[must_use]
pub fn short(diagnostics: &[Diagnostic], sources: &[Source]) -> String {
    lines(diagnostics, sources, Warnings::Allowed)
}

/// Like [`short`], and a last line counts them where warnings are denied.
#[must_use]
pub fn lines(diagnostics: &[Diagnostic], sources: &[Source], warnings: Warnings) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics.iter().take(SHOWN) {
        if let Some((source, span)) = diagnostic.labels.first().and_then(|label| find(sources, label.at)) {
            let at = source.position(span.start);
            out.push_str(&format!("{}:{}:{}: ", one_line(&source.name), at.line, at.column));
        }
        out.push_str(&format!("{}: {}\n", diagnostic.kind(), one_line(&diagnostic.message)));
    }
    if diagnostics.len() > SHOWN || warnings.fail(diagnostics) {
        out.push_str(&summary(diagnostics, warnings));
        out.push('\n');
    }
    out
}
