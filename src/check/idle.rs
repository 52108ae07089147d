//! Idle: instances that count nowhere, because they stand outside of what they are parts of and nothing names them.

use super::mistakes;
use super::mistakes::lints::Home;
use super::model::Origin;
use super::world::{InstanceDef, KindDef, KindId, World};
use crate::diagnostic::{Code, Diagnostic, Edit};
use crate::syntax::ast::{self, ExprNode, Item, Node, Stated, Value};
use crate::text::{Location, Span};
use foldhash::HashSet;

/// In how many places a mend is offered.
const MOST_HOMES: usize = 3;

/// Instances of the file with the model, at its top level, that a slot of another kind is made for, such as a channel of a
/// product, where nothing names them. A file without `model` may be meant to be imported by others, and what could not be
/// read may have named them. `found` are the mistakes so far: one cause is told once.
pub(super) fn idle(world: &World<'_>, files: &[ast::File], found: &[Diagnostic]) -> Vec<Diagnostic> {
    let Some(main) = files.iter().find(|file| file.items.iter().any(|item| matches!(item.node, Node::Model(_)))) else {
        return Vec::new();
    };
    if files.iter().any(is_broken) {
        return Vec::new();
    }
    let named = names(files);
    let is_alone = |def: &&InstanceDef<'_>| {
        let name = def.decl.name.as_ref().map(|name| name.text.as_str());
        let is_named = name.is_some_and(|name| named.contains(name));
        let in_column = || world.kinds_of(def.kind).any(|kind| named.contains(kind.name));
        def.file == main.id && def.parent.is_none() && !is_named && !in_column()
    };
    let declared = || world.instances.iter().take(world.first_sketch.0 as usize);
    // Kinds whose instances are told to stand in no row.
    let in_no_row: Vec<KindId> = declared().filter(|def| found.iter().any(|known| is_of_no_row(known, head(def)))).map(|def| def.kind).collect();
    let idle = declared().filter(is_alone).filter(|def| !in_no_row.contains(&def.kind)).filter_map(|def| told(world, def));
    idle.filter(|idle| found.iter().all(|known| known.place() != idle.place())).collect()
}

/// Whether a mistake says of an instance that nothing stands before it.
fn is_of_no_row(mistake: &Diagnostic, head: Location) -> bool {
    mistake.code == Code("BIZ0420") && mistake.labels.iter().any(|label| label.at == head)
}

/// Where an instance is named.
fn head(def: &InstanceDef<'_>) -> Location {
    Location::new(def.file, def.decl.name.as_ref().map_or(def.decl.kind.span, |name| name.span))
}

/// Whether something in a file could not be read.
fn is_broken(file: &ast::File) -> bool {
    let broken = |items: &[Item]| items.iter().any(|item| item.node == Node::Broken);
    let inside = |item: &Item| if let Node::Instance(instance) = &item.node { broken(&instance.members) } else { false };
    broken(&file.items) || file.items.iter().any(inside) || file.exprs.iter().any(|expr| expr.node == ExprNode::Broken)
}

/// The first names of what the model reads anywhere. A metric of the prelude that looks across a column counts in no statement.
fn names(files: &[ast::File]) -> HashSet<&str> {
    let mut names: HashSet<&str> = HashSet::default();
    for file in files {
        names.extend(file.exprs.iter().filter_map(|expr| expr.node.path()).filter_map(first_name));
        // What stands in quotes for a name is told.
        names.extend(file.exprs.iter().filter_map(|expr| if let ExprNode::Text(text) = &expr.node { Some(text.as_str()) } else { None }));
        let tied = file.items.iter().filter_map(|item| if let Node::Correlate { names, .. } = &item.node { Some(names) } else { None });
        names.extend(tied.flatten().filter_map(first_name));
    }
    names
}

fn first_name(path: &ast::Path) -> Option<&str> {
    path.names.first().map(|name| name.text.as_str())
}

/// A kind that has a slot, and the slot.
type Slot<'w, 'a> = (&'w KindDef<'a>, &'a str, &'a Stated);

fn told(world: &World<'_>, def: &InstanceDef<'_>) -> Option<Diagnostic> {
    let kind = world.kind(def.kind);
    let slots = || world.kinds.iter().flat_map(|owner| slots_for(world, owner, def.kind));
    // Of a kind that says nothing by itself, to be named in a slot is all that it is for; of one that does, to be counted.
    let (owner, slot, stated) = slots().find(|(_, _, stated)| stated.many).or_else(|| slots().next().filter(|_| has_no_figures(world, def.kind)))?;
    // A pricing without any product is the beginning of a model.
    let has_slot = |home: &InstanceDef<'_>| slots_for(world, world.kind(home.kind), def.kind).next().is_some();
    if !stated.many && !world.instances.iter().take(world.first_sketch.0 as usize).any(has_slot) {
        return None;
    }
    let at = head(def);
    let name = def.decl.name.as_ref().map(|name| name.text.as_str());
    let homes: Vec<Home> = match name {
        Some(name) if stated.many => world.instances.iter().filter_map(|home| home_in(world, home, slot, def.kind, name)).take(MOST_HOMES + 1).collect(),
        Some(_) | None => Vec::new(),
    };
    let homes = if homes.len() > MOST_HOMES { Vec::new() } else { homes };
    Some(mistakes::lints::idle(kind.name, name, owner.name, (slot, stated.many), at, homes))
}

/// The slots of a kind that another is made for, both of the prelude or both of the model.
fn slots_for<'w, 'a>(world: &'w World<'a>, owner: &'w KindDef<'a>, kind: KindId) -> impl Iterator<Item = Slot<'w, 'a>> {
    let together = world.origin(owner.file) == world.origin(world.kinds_of(kind).last().map_or(owner.file, |first| first.file));
    let own = owner.members.iter().filter(move |_| together);
    own.filter_map(move |member| {
        let stated = member.stated?;
        let [only] = stated.unit.factors.as_slice() else { return None };
        let wanted = world.kind_ids.get(only.name.text.as_str())?;
        world.is_kind(kind, *wanted).then_some((owner, member.name, stated))
    })
}

fn has_no_figures(world: &World<'_>, kind: KindId) -> bool {
    world.kind(kind).members.iter().all(|member| member.stated.is_some())
}

/// Where an instance of the model can name another in a slot for many; not where it is a part of one that is named itself.
fn home_in(world: &World<'_>, home: &InstanceDef<'_>, slot: &str, kind: KindId, name: &str) -> Option<Home> {
    let row = slots_for(world, world.kind(home.kind), kind).find(|(_, own, stated)| stated.many && *own == slot);
    let of_model = home.decl.name.as_ref().filter(|_| row.is_some() && world.origin(home.file) == Origin::Model);
    let edit = |byte: u32, text: String| Edit { at: Location::new(home.file, Span::new(byte, byte)), text };
    let filled = home.decl.members.iter().filter_map(|item| item.node.definition()).find(|line| line.path.text() == slot);
    let edit = match filled.map(|line| line.value.as_ref()) {
        Some(Some(Value::Equals(id))) => {
            let list = world.expr(home.file, *id);
            let ExprNode::List(entries) = &list.node else { return None };
            let last = world.expr(home.file, *entries.last()?);
            edit(last.span.end, format!(", {name}"))
        }
        Some(Some(Value::Uncertain(_)) | None) => return None,
        None => {
            let (byte, before) = beside(&home.decl.members)?;
            edit(byte, if before { format!("{slot} = [{name}], ") } else { format!(", {slot} = [{name}]") })
        }
    };
    of_model.map(|_| Home { path: home.path.clone(), edit })
}

/// Where a definition can be added between braces, and whether it stands before what is there: the comment of a line is to
/// stay with what it speaks of.
fn beside(members: &[Item]) -> Option<(u32, bool)> {
    let bare = |item: &&Item| item.node.definition().is_some() && item.doc.is_none();
    let last = members.last()?;
    Some(members.iter().rev().find(bare).map_or((last.span.start, true), |item| (item.span.end, false)))
}
