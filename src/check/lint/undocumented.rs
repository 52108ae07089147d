//! Undocumented: an input that no `##` comment says anything of.

use super::walk::{Trees, Within};
use crate::check::mistakes::lints;
use crate::diagnostic::Diagnostic;

/// Inputs without a doc comment, neither their own nor that of a declaration around them.
pub(super) fn undocumented(trees: &Trees<'_>) -> Vec<Diagnostic> {
    let inputs = trees.written.iter().filter(|one| !matches!(one.within, Within::Kind(_)) && trees.is_input(one));
    let bare = inputs.filter(|one| one.item.doc.is_none() && !one.told_above);
    bare.map(|one| lints::undocumented(&one.name(), one.name_at())).collect()
}
