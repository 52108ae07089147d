//! Resolves: what a path means in a scope. Looks names up, computes nothing.

use super::model::{CellId, InstanceId, Origin};
use super::world::{Fill, KindId, Named, Scope, World};
use crate::syntax::ast::{self, ExprNode, Value};
use crate::text::FileId;
use foldhash::HashMap;

/// What the timeline offers by itself.
pub(super) const BUILT_IN: [&str; 5] = ["time", "period", "start", "finish", "year_begins"];

/// What a path leads to.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Target {
    /// A definition.
    Cell(CellId),
    /// An instance.
    Instance(InstanceId),
    /// One definition an instance: `product.revenue`.
    Cells(Vec<CellId>),
    /// Instances of a kind: `product`, `meters`.
    Instances(KindId, Vec<InstanceId>),
    /// A reference that is left out, or `before` of the first: a blank.
    Nothing,
}

/// A path, followed as far as it goes.
#[derive(Clone, Debug)]
pub(super) struct Resolved {
    /// What it leads to; an error tells at which name it broke.
    pub target: Result<Target, Broken>,
    /// The reference slots it went through; another reference there makes it another path.
    pub through: Vec<CellId>,
}

/// Where a path breaks off.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Broken {
    /// The first name is unknown.
    Unknown,
    /// The name at an index is no member of the instance or kind before it.
    NoMember(usize, Owner),
    /// A slot that nobody filled.
    Unfilled(CellId),
    /// The name at an index follows a plain value.
    NotInside(usize),
    /// An instance that has to stand in one of a kind, and does not.
    Outside(InstanceId, KindId),
}

/// Whose member was asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Owner {
    Instance(InstanceId),
    Kind(KindId),
}

/// Other contents of reference slots, by scenario.
pub(super) type Links<'l> = &'l HashMap<CellId, (FileId, &'l Value)>;

/// What a dotted path means in a scope. Reference slots are followed; `links` are those that a scenario replaces.
pub(super) fn resolve(world: &World<'_>, links: Links<'_>, scope: Scope, path: &ast::Path) -> Resolved {
    let mut through = Vec::new();
    let target = walk(world, links, scope, path, &mut through, 0);
    Resolved { target, through }
}

/// Reference slots may refer to reference slots; a chain longer than this is a circle.
const LONGEST_CHAIN: u32 = 64;

fn walk(
    world: &World<'_>,
    links: Links<'_>,
    scope: Scope,
    path: &ast::Path,
    through: &mut Vec<CellId>,
    depth: u32,
) -> Result<Target, Broken> {
    let mut names = path.names.iter().map(|name| name.text.as_str()).enumerate();
    let Some((_, first)) = names.next() else { return Err(Broken::Unknown) };
    let mut target = first_name(world, scope, first, path.names.len() > 1)?;
    for (at, name) in names {
        target = step(world, links, target, at, name, through, depth)?;
    }
    // A path that ends at a reference slot is the instance it refers to.
    if let Target::Cell(cell) = target
        && is_reference(world, cell)
    {
        return fitting(world, links, cell, through, depth);
    }
    Ok(target)
}

fn first_name(world: &World<'_>, scope: Scope, name: &str, longer: bool) -> Result<Target, Broken> {
    let inside = match scope {
        Scope::Global | Scope::Prelude => None,
        Scope::Kind(instance) => of_instance(world, instance, name),
        Scope::Filled(instance, fill) => {
            let own = of_instance(world, instance, name);
            // `churn = churn` in an instance takes the value from outside: one of the model's, not one of the prelude's.
            let itself = fill == Fill::Slot && matches!(own, Some(Target::Cell(_)));
            let outside = itself && (is_of_model(world, name) || enclosing_name(world, instance, name).is_some());
            if outside { None } else { own }.or_else(|| enclosing_name(world, instance, name))
        }
        Scope::Test(at) => {
            let names = world.test_names.get(at as usize);
            names.and_then(|names| names.get(name)).map(|cell| Target::Cell(*cell))
        }
    };
    if let Some(target) = inside {
        return Ok(target);
    }
    if let Scope::Kind(instance) | Scope::Filled(instance, _) = scope
        && name == "before"
    {
        return Ok(world.instance(instance).before.map_or(Target::Nothing, Target::Instance));
    }
    let kind = world.kind_ids.get(name).copied();
    if let (Some(kind), Scope::Kind(instance) | Scope::Filled(instance, _)) = (kind, scope)
        && let Some(enclosing) = world.enclosing(instance, kind)
    {
        return Ok(Target::Instance(enclosing));
    }
    if let (Some(kind), Scope::Kind(instance)) = (kind, scope)
        && world.nests(kind, world.instance(instance).kind)
    {
        return Err(Broken::Outside(instance, kind));
    }
    // What a model calls by the name of something built in means that to the model alone.
    if (name == "none" || BUILT_IN.contains(&name)) && is_of_prelude(world, scope) {
        return if name == "none" { Ok(Target::Nothing) } else { Err(Broken::Unknown) };
    }
    match world.names.get(name) {
        // An instance may be named like a kind: a plan `team` hides the teams from the model alone.
        Some(Named::Instance(id)) if kind.is_none() || scope != Scope::Prelude => Ok(Target::Instance(*id)),
        Some(Named::Cell(cell)) if !longer => Ok(Target::Cell(*cell)),
        // `cost.amount` is the column of the kind, even where the model has a figure `cost` of its own.
        Some(Named::Cell(cell)) if kind.is_none() => Ok(Target::Cell(*cell)),
        Some(Named::Cell(_) | Named::Instance(_)) | None => match kind {
            Some(kind) => Ok(Target::Instances(kind, world.by_kind.get(&kind).cloned().unwrap_or_default())),
            None if name == "none" => Ok(Target::Nothing),
            None => Err(Broken::Unknown),
        },
    }
}

/// Whether a scope is that of the prelude's text.
fn is_of_prelude(world: &World<'_>, scope: Scope) -> bool {
    match scope {
        Scope::Prelude => true,
        Scope::Kind(instance) => world.origin(world.kind(world.instance(instance).kind).file) == Origin::Prelude,
        Scope::Global | Scope::Filled(..) | Scope::Test(_) => false,
    }
}

/// Whether the model's author defined a top-level name.
fn is_of_model(world: &World<'_>, name: &str) -> bool {
    world.names.get(name).is_some_and(|named| match named {
        Named::Cell(cell) => world.cell(*cell).origin == Origin::Model,
        Named::Instance(_) => true,
    })
}

/// A name that an instance itself offers: a member, or what is nested in it.
fn of_instance(world: &World<'_>, instance: InstanceId, name: &str) -> Option<Target> {
    world.member(instance, name).map(Target::Cell).or_else(|| world.child(instance, name).map(Target::Instance))
}

/// A name of one of the instances around a nested one.
fn enclosing_name(world: &World<'_>, instance: InstanceId, name: &str) -> Option<Target> {
    let mut at = world.instance(instance).parent;
    while let Some(id) = at {
        if let Some(target) = of_instance(world, id, name) {
            return Some(target);
        }
        at = world.instance(id).parent;
    }
    None
}

fn step(
    world: &World<'_>,
    links: Links<'_>,
    target: Target,
    at: usize,
    name: &str,
    through: &mut Vec<CellId>,
    depth: u32,
) -> Result<Target, Broken> {
    match target {
        Target::Instance(id) => of_instance(world, id, name).ok_or(Broken::NoMember(at, Owner::Instance(id))),
        Target::Cell(cell) if is_reference(world, cell) => {
            let next = fitting(world, links, cell, through, depth)?;
            step(world, links, next, at, name, through, depth)
        }
        Target::Cell(_) | Target::Cells(_) => Err(Broken::NotInside(at)),
        Target::Instances(kind, ids) => {
            // Also of a kind without instances, so that a slip there is told.
            if !world.kind(kind).by_name.contains_key(name) {
                return Err(Broken::NoMember(at, Owner::Kind(kind)));
            }
            let mut cells = Vec::with_capacity(ids.len());
            for id in ids {
                match world.member(id, name) {
                    Some(cell) => cells.push(cell),
                    None => return Err(Broken::NoMember(at, Owner::Instance(id))),
                }
            }
            Ok(Target::Cells(cells))
        }
        Target::Nothing => Ok(Target::Nothing),
    }
}

/// Whether a cell's slot is a kind: `market : market`, `meters : many meter`.
pub(super) fn is_reference(world: &World<'_>, cell: CellId) -> bool {
    reference_kind(world, cell).is_some()
}

/// The kind a reference slot is for.
pub(super) fn reference_kind(world: &World<'_>, cell: CellId) -> Option<(KindId, bool)> {
    let def = world.cell(cell);
    let (stated, _) = def.instance.and(def.slot)?;
    let factor = stated.unit.factors.first().filter(|_| stated.unit.factors.len() == 1)?;
    world.kind_ids.get(factor.name.text.as_str()).map(|kind| (*kind, stated.many))
}

/// What a reference slot refers to, if it is what the slot is for; that it is not is told at the slot.
fn fitting(
    world: &World<'_>,
    links: Links<'_>,
    cell: CellId,
    through: &mut Vec<CellId>,
    depth: u32,
) -> Result<Target, Broken> {
    // That its name means nothing is told at the slot too.
    let target = follow(world, links, cell, through, depth).map_err(|_| Broken::Unfilled(cell))?;
    let kind = reference_kind(world, cell);
    match &target {
        Target::Instance(id) if kind.is_some_and(|(kind, _)| world.is_kind(world.instance(*id).kind, kind)) => Ok(target),
        Target::Instances(..) if kind.is_some_and(|(_, many)| many) => Ok(target),
        Target::Nothing => Ok(target),
        Target::Instance(_) | Target::Instances(..) | Target::Cell(_) | Target::Cells(_) => Err(Broken::Unfilled(cell)),
    }
}

/// What a reference slot refers to.
pub(super) fn follow(
    world: &World<'_>,
    links: Links<'_>,
    cell: CellId,
    through: &mut Vec<CellId>,
    depth: u32,
) -> Result<Target, Broken> {
    through.push(cell);
    let def = world.cell(cell);
    let (Some(instance), Some((kind, many))) = (def.instance, reference_kind(world, cell)) else {
        return Err(Broken::Unfilled(cell));
    };
    if depth > LONGEST_CHAIN {
        return Err(Broken::Unfilled(cell));
    }
    let replaced = links.get(&cell).map(|(file, value)| (*file, *value, Scope::Global));
    let body = replaced.or(def.body.map(|body| (body.file, body.value, def.scope)));
    let written = match body {
        Some((file, Value::Equals(id), scope)) => Some((file, *id, scope)),
        Some((_, Value::Uncertain(_), _)) | None => None,
    };
    if many {
        let mut ids = world.children_of(instance, kind);
        if let Some((file, id, scope)) = written {
            ids.extend(listed(world, links, file, id, scope, through, depth)?);
        }
        return Ok(Target::Instances(kind, ids));
    }
    match written {
        Some((file, id, scope)) => match world.expr(file, id).node.path() {
            Some(path) => walk(world, links, scope, path, through, depth + 1),
            None => Err(Broken::Unfilled(cell)),
        },
        None => world
            .enclosing(instance, kind)
            .or_else(|| only_child(world, instance, kind))
            .map(Target::Instance)
            .ok_or(Broken::Unfilled(cell)),
    }
}

/// A single reference may be filled by an instance nested right there.
fn only_child(world: &World<'_>, instance: InstanceId, kind: KindId) -> Option<InstanceId> {
    world.children_of(instance, kind).first().copied()
}

/// `channels = [direct, agents]`
fn listed(
    world: &World<'_>,
    links: Links<'_>,
    file: FileId,
    id: ast::ExprId,
    scope: Scope,
    through: &mut Vec<CellId>,
    depth: u32,
) -> Result<Vec<InstanceId>, Broken> {
    let entries = if let ExprNode::List(entries) = &world.expr(file, id).node { entries.clone() } else { vec![id] };
    let mut ids = Vec::new();
    for entry in entries {
        let ExprNode::Path(path) = &world.expr(file, entry).node else { continue };
        match walk(world, links, scope, path, through, depth + 1)? {
            Target::Instance(id) => ids.push(id),
            Target::Instances(_, more) => ids.extend(more),
            Target::Cell(_) | Target::Cells(_) | Target::Nothing => {}
        }
    }
    Ok(ids)
}

/// The definition a path names, a reference slot at its end not followed.
pub(super) fn resolve_to_cell(world: &World<'_>, links: Links<'_>, path: &ast::Path) -> Option<CellId> {
    let (last, before) = path.names.split_last()?;
    if before.is_empty() {
        return match world.names.get(last.text.as_str()) {
            Some(Named::Cell(cell)) => Some(*cell),
            Some(Named::Instance(_)) | None => None,
        };
    }
    let owner = ast::Path { names: before.to_vec(), span: path.span };
    match resolve(world, links, Scope::Global, &owner).target {
        Ok(Target::Instance(id)) => world.member(id, &last.text),
        Ok(Target::Cell(_) | Target::Cells(_) | Target::Instances(..) | Target::Nothing) | Err(_) => None,
    }
}
