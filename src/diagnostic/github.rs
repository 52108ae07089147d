//! Diagnostics for GitHub: workflow commands, which it shows beside the lines of a change.
//!
//! ```text
//! ::error file=plan.biz,line=4,endLine=4,col=11,endColumn=14,title=BIZ0201::message
//! ```

use super::escape::{one_line, visible};
use super::mark::find;
use super::shape::{Diagnostic, Severity};
use super::tally::{SHOWN, Warnings, summary};
use crate::text::Source;

/// One command a diagnostic, in the order given; columns in code points. A last line counts them, which is no
/// command, where some are left out or warnings are denied.
#[must_use]
pub fn commands(diagnostics: &[Diagnostic], sources: &[Source], warnings: Warnings) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics.iter().take(SHOWN) {
        out.push_str(&command(diagnostic, sources));
        out.push('\n');
    }
    if diagnostics.len() > SHOWN || warnings.fail(diagnostics) {
        out.push_str(&summary(diagnostics, warnings));
        out.push('\n');
    }
    out
}

fn command(diagnostic: &Diagnostic, sources: &[Source]) -> String {
    let word = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let mut properties = Vec::new();
    if let Some((source, span)) = diagnostic.labels.first().and_then(|label| find(sources, label.at)) {
        let (from, to) = (source.position(span.start), source.position(span.end));
        properties.push(format!("file={}", property(&source.name)));
        properties.push(format!("line={},endLine={}", from.line, to.line));
        properties.push(format!("col={},endColumn={}", from.column, to.column));
    }
    properties.push(format!("title={}", property(diagnostic.code.0)));
    let mut text = one_line(&diagnostic.message);
    if let Some(help) = &diagnostic.help {
        text.push_str(&format!("\nhelp: {}", visible(help)));
    }
    for fix in &diagnostic.fixes {
        text.push_str(&format!("\nhelp: {}", one_line(&fix.title)));
    }
    format!("::{word} {}::{}", properties.join(","), data(&text))
}

/// The text of a command, in one line.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, which a colon or a comma would end.
fn property(text: &str) -> String {
    data(&one_line(text)).replace(':', "%3A").replace(',', "%2C")
}
