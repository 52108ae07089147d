//! What is said of amounts that stand beside the statements and are in none of them.

use crate::diagnostic::escape::one_line;
use crate::report::Report;

/// ``No statement counts `opex`: nothing reads it.``
pub(super) fn uncounted(report: &Report) -> Option<String> {
    let names: Vec<String> = report.uncounted.iter().map(|name| format!("`{}`", one_line(name))).collect();
    let them = if names.len() == 1 { "it" } else { "them" };
    (!names.is_empty()).then(|| format!("No statement counts {}: nothing reads {them}.", names.join(", ")))
}
