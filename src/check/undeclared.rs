//! Undeclared: a unit or a name that is declared nowhere is told once, with all that it takes to mend it.

use super::mistakes::claims::UNKNOWN_PATH;
use super::mistakes::names::{Home, UNKNOWN_UNIT};
use crate::diagnostic::{Code, Diagnostic, Label};
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

/// What is said of the other uses of a name.
const HERE_TOO: &str = "here too";

/// How many other uses of a name are pointed at.
const MOST_SHOWN: usize = 3;

/// Of the uses of a unit or a name that there is not, the first; what mends the others is added to its mends. That it is
/// not there to be replaced either follows from that. What is asked beside the files of the model is told where it is asked.
pub(super) fn joined(found: Vec<Diagnostic>, files: &[ast::File]) -> Vec<Diagnostic> {
    let mut first: HashMap<(String, Option<String>), usize> = HashMap::default();
    let mut mistakes: Vec<Diagnostic> = Vec::with_capacity(found.len());
    for mistake in found {
        let is_model = |file: &ast::File| file.items.iter().any(|item| !matches!(item.node, Node::Goal(_)));
        let of_files = files.iter().any(|file| file.id == mistake.place().file && is_model(file));
        if mistake.code != UNKNOWN_UNIT && !(is_of_name(mistake.code) && of_files) {
            mistakes.push(mistake);
            continue;
        }
        // A name for two things of two units is two slips, each with a mend of its own.
        let meant = mistake.fixes.first().map(|fix| fix.title.clone()).filter(|_| is_of_name(mistake.code));
        let key = (mistake.message.clone(), meant);
        let known = first.get(&key).and_then(|at| mistakes.get_mut(*at)).filter(|known| known.place().file == mistake.place().file);
        match known {
            Some(known) => join(known, mistake),
            None => {
                first.insert(key, mistakes.len());
                mistakes.push(mistake);
            }
        }
    }
    let mut kept: Vec<Diagnostic> = Vec::with_capacity(mistakes.len());
    let (paths, mut read): (Vec<_>, Vec<_>) = mistakes.into_iter().partition(|mistake| mistake.code == UNKNOWN_PATH);
    for path in paths {
        let named = path.message.strip_suffix(" to replace");
        let known = read.iter_mut().find(|mistake| mistake.code == UNKNOWN_NAME && Some(mistake.message.as_str()) == named);
        match known.filter(|known| known.place().file == path.place().file) {
            Some(known) => join(known, path),
            None => kept.push(path),
        }
    }
    kept.append(&mut read);
    kept.sort_by_key(|mistake| (mistake.place().file, mistake.place().span.start));
    kept
}

const UNKNOWN_NAME: Code = Code("BIZ0101");

/// Whether something is called by a name that means nothing: a figure, a member, a function.
fn is_of_name(code: Code) -> bool {
    [UNKNOWN_NAME, Code("BIZ0108"), Code("BIZ0109")].contains(&code)
}

/// Adds the place, and the edits of the mends that do the same.
fn join(first: &mut Diagnostic, other: Diagnostic) {
    let here = first.labels.iter().filter(|label| label.text == HERE_TOO).count();
    if is_of_name(first.code) && here < MOST_SHOWN {
        first.labels.push(Label { at: other.place(), text: HERE_TOO.to_owned() });
    }
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
