//! What is said of years that the timeline cuts: a figure of ten months is none of a year.

use crate::report::Report;

/// `The timeline holds only 10 months of 2026 and 2 months of 2028.`; none where every year is whole or nothing is shown by year.
pub(super) fn cut(report: &Report) -> Option<String> {
    let shown = report.statements.iter().any(|statement| !statement.buckets.is_empty());
    let told: Vec<String> = report.cut.iter().map(|(label, steps)| format!("{steps} of {label}")).collect();
    (shown && !told.is_empty()).then(|| format!("The timeline holds only {}.", told.join(" and ")))
}
