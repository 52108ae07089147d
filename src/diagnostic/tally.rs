//! How many diagnostics of which severity there are, and how many are shown.

use super::shape::{Diagnostic, Severity};

/// How many diagnostics are written at most; the rest is counted.
pub const SHOWN: usize = 100;

/// What becomes of warnings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Warnings {
    /// They are told.
    #[default]
    Allowed,
    /// They fail as errors do.
    Denied,
}

impl Warnings {
    /// Whether there is a warning that fails.
    #[must_use]
    pub fn fail(self, diagnostics: &[Diagnostic]) -> bool {
        self == Self::Denied && diagnostics.iter().any(|one| one.severity == Severity::Warning)
    }
}

/// `2 errors, 1 warning`, whether that is denied, and how many are not shown; nothing for none.
pub(super) fn summary(diagnostics: &[Diagnostic], denied: Warnings) -> String {
    let errors = diagnostics.iter().filter(|one| one.severity == Severity::Error).count();
    let warnings = diagnostics.len() - errors;
    let mut parts = Vec::new();
    if errors > 0 {
        parts.push(counted(errors, "error"));
    }
    if warnings > 0 {
        parts.push(counted(warnings, "warning"));
        if denied == Warnings::Denied {
            parts.push("warnings are denied".to_owned());
        }
    }
    let hidden = diagnostics.len().saturating_sub(SHOWN);
    if hidden > 0 {
        parts.push(format!("{hidden} more not shown"));
    }
    parts.join(", ")
}

/// `1 error`, `2 errors`.
pub(super) fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
