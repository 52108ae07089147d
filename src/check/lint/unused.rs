//! Unused: an input that no equation, requirement, statement, test or goal reads; a slot, a parameter or a unit without use.

use super::walk::{Trees, Within, Written, any, definitions};
use super::{Commented, Linted};
use crate::check::mistakes::lints;
use crate::check::model::Content;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::suggest::nearest;
use crate::syntax::ast::{Expr, ExprNode, Function, Item, Kind, Name, Node, Stated};
use crate::syntax::words;
use crate::text::Location;
use foldhash::HashSet;

/// What is declared and never used. A file without `model` may be meant to be imported: of what stands in one, only the
/// inputs are looked at, and those only where a model imports it.
pub(super) fn unused(linted: &Linted<'_>, trees: &Trees<'_>) -> Vec<Diagnostic> {
    let is_main = |text: &&Commented<'_>| text.file.items.iter().any(|item| matches!(item.node, Node::Model(_)));
    let Some(main) = linted.texts.iter().find(is_main) else { return Vec::new() };
    let mut told = inputs(linted, trees);
    let of_prelude: HashSet<String> = linted.prelude.iter().flat_map(|file| definitions(file)).map(|one| one.name()).collect();
    for item in &main.file.items {
        if let Node::Kind(kind) = &item.node {
            told.extend(slots(main, kind, trees, &of_prelude));
        }
        told.extend(parameters(main, item));
        if let Node::Unit { name, plural } = &item.node {
            let is_used = |name: &Name| trees.counted.contains(name.text.as_str()) || linted.texts.iter().any(|text| is_said(text, item, &name.text));
            if ![Some(name), plural.as_ref()].into_iter().flatten().any(is_used) {
                told.push(lints::unused_unit(&name.text, Location::new(main.file.id, name.span)));
            }
        }
    }
    told
}

/// Inputs at the top level that nothing reads. A name that the prelude defines too is read there, and what a function makes
/// of numbers is a result.
fn inputs(linted: &Linted<'_>, trees: &Trees<'_>) -> Vec<Diagnostic> {
    let of_prelude = || linted.prelude.iter().flat_map(|file| definitions(file)).filter(|one| one.within == Within::Top);
    let inputs_of_prelude: Vec<String> = of_prelude().filter(|one| trees.is_input(one)).map(|one| one.name()).collect();
    let of_prelude: HashSet<String> = of_prelude().map(|one| one.name()).collect();
    let is_call = |expr: &Expr| matches!(expr.node, ExprNode::Call { .. });
    let calls = |one: &Written<'_>| one.equation().is_some_and(|id| any(one.file, id, &is_call));
    let inputs = trees.written.iter().filter(|one| one.within == Within::Top && trees.is_input(one) && !calls(one));
    // That nothing reads a list of another length than the timeline is told by the checker.
    let is_kept_list = |name: &str| linted.model.cells.iter().any(|cell| cell.path == name && matches!(cell.content, Content::Table(_)));
    let is_list = |one: &Written<'_>| one.equation().is_some_and(|id| matches!(one.file.expr(id).node, ExprNode::List(_)));
    let unused = inputs.filter(|one| {
        let name = one.name();
        let is_told = is_list(one) && is_kept_list(&name);
        !is_told && !trees.read.contains(name.as_str()) && !of_prelude.contains(&name)
    });
    let meant = |name: &str| nearest(name, inputs_of_prelude.iter().map(|known| (known.as_str(), 0))).first().map(|known| (*known).to_owned());
    unused.map(|one| lints::unused(&one.name(), one.name_at(), meant(&one.name()).as_deref())).collect()
}

/// Slots of a kind that nothing reads under any owner. A kind that takes over another may fill what that one reads, a text is
/// for people, and what belongs to another kind may be there for its own sake.
fn slots(text: &Commented<'_>, kind: &Kind, trees: &Trees<'_>, of_prelude: &HashSet<String>) -> Vec<Diagnostic> {
    let definitions = kind.members.iter().filter_map(|member| member.node.definition()).filter(|_| kind.is.is_none());
    let is_slot = definitions.filter_map(|definition| Some((definition, definition.stated.as_ref()?)));
    let is_figure = |stated: &Stated| {
        let is_word = |word: &str| stated.unit.factors.iter().any(|factor| factor.name.text == word);
        !stated.many && !is_word("text") && !trees.kinds.iter().any(|kind| is_word(kind))
    };
    let unread = is_slot.filter(|(definition, stated)| {
        let name = definition.path.text();
        is_figure(stated) && !trees.named.contains(name.as_str()) && !of_prelude.contains(&name)
    });
    let told = unread.map(|(definition, _)| {
        lints::unused_slot(&kind.name.text, &definition.path.text(), Location::new(text.file.id, definition.path.span))
    });
    told.collect()
}

/// Parameters that the text of a function at the top level names nowhere but where it declares them; of a function in a kind,
/// who calls it says what it is given.
fn parameters(text: &Commented<'_>, item: &Item) -> Vec<Diagnostic> {
    let Node::Function(Function { name, params, body: Some(_) }) = &item.node else { return Vec::new() };
    let written = text.source.slice(item.span);
    let unread = params.iter().filter(|parameter| words(written).filter(|word| *word == parameter.name.text).count() < 2);
    unread.map(|parameter| lints::unused_parameter(&name.text, &parameter.name.text, Location::new(text.file.id, parameter.name.span))).collect()
}

/// Whether a word stands anywhere in a text but in one declaration.
fn is_said(text: &Commented<'_>, declaration: &Item, word: &str) -> bool {
    let said = words(&text.source.text).filter(|said| *said == word).count();
    let own = text.file.items.iter().any(|item| std::ptr::eq(item, declaration));
    let declared = if own { words(text.source.slice(declaration.span)).filter(|said| *said == word).count() } else { 0 };
    said > declared
}
