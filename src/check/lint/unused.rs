//! Unused: an input that no equation, requirement, statement, test or goal reads.

use super::Linted;
use super::walk::{Trees, Within, definitions};
use crate::check::mistakes::lints;
use crate::diagnostic::Diagnostic;
use crate::syntax::ast::Node;
use std::collections::HashSet;

/// Inputs at the top level that nothing reads. A name that the prelude defines too is read there, and a file without
/// `model` may be meant to be imported.
pub(super) fn unused(linted: &Linted<'_>, trees: &Trees<'_>) -> Vec<Diagnostic> {
    let mut items = linted.texts.iter().flat_map(|text| &text.file.items);
    if !items.any(|item| matches!(item.node, Node::Model(_))) {
        return Vec::new();
    }
    let of_prelude = linted.prelude.iter().flat_map(|file| definitions(file)).filter(|one| one.within == Within::Top);
    let of_prelude: HashSet<String> = of_prelude.map(|one| one.name()).collect();
    let inputs = trees.written.iter().filter(|one| one.within == Within::Top && trees.is_input(one));
    let unused = inputs.filter(|one| {
        let name = one.name();
        !trees.read.contains(name.as_str()) && !of_prelude.contains(&name)
    });
    unused.map(|one| lints::unused(&one.name(), one.name_at())).collect()
}
