//! Undeclared: a unit that is declared nowhere is told once, with all that it takes to mend it.

use super::mistakes::names::{Home, UNKNOWN_UNIT};
use crate::diagnostic::Diagnostic;
use crate::syntax::ast::{self, Item, Node};
use crate::text::{Location, Span};
use foldhash::HashMap;

/// Where a file declares its units: before the first of them, or behind its `model`, else above all.
pub(super) fn home(file: &ast::File) -> Home {
    let unit = file.items.iter().find(|item| matches!(item.node, Node::Unit { .. })).filter(|item| item.doc.is_none());
    let model = file.items.iter().find(|item| matches!(item.node, Node::Model(_)));
    let place = |byte: u32| Location::new(file.id, Span::new(byte, byte));
    let (before, behind) = (|item: &Item| place(item.span.start), |item: &Item| place(item.span.end));
    match (unit, model) {
        (Some(unit), _) => Home { at: before(unit), before: "", after: "\n" },
        (None, Some(model)) => Home { at: behind(model), before: "\n", after: "" },
        (None, None) => Home { at: place(0), before: "", after: "\n" },
    }
}

/// Of the uses of a unit that there is not, the first; what mends the others is added to its mends.
pub(super) fn joined(found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut first: HashMap<String, usize> = HashMap::default();
    let mut mistakes: Vec<Diagnostic> = Vec::with_capacity(found.len());
    for mistake in found {
        if mistake.code != UNKNOWN_UNIT {
            mistakes.push(mistake);
            continue;
        }
        let known = first.get(&mistake.message).and_then(|at| mistakes.get_mut(*at)).filter(|known| known.place().file == mistake.place().file);
        match known {
            Some(known) => join(known, mistake),
            None => {
                first.insert(mistake.message.clone(), mistakes.len());
                mistakes.push(mistake);
            }
        }
    }
    mistakes
}

/// Adds the edits of the mends that do the same.
fn join(first: &mut Diagnostic, other: Diagnostic) {
    let known = first.fixes.iter_mut().chain(first.guesses.iter_mut().map(|guess| &mut guess.fix));
    let mut known: Vec<_> = known.collect();
    for fix in other.fixes.into_iter().chain(other.guesses.into_iter().map(|guess| guess.fix)) {
        let Some(same) = known.iter_mut().find(|known| known.title == fix.title) else { continue };
        for edit in fix.edits {
            if !same.edits.contains(&edit) {
                same.edits.push(edit);
            }
        }
    }
}
