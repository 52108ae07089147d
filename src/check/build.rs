//! Builds: puts the model together out of what the passes found.

use super::claims::Claims;
use super::demand::Wanting;
use super::depend::{Reads, readers};
use super::elaborate::{Arena, Info, Known, State, States};
use super::model::plain::Plain;
use super::model::{
    Cell, CellId, Content, ExprId, Factor, Function, Instance, InstanceId, Model, Node, Origin, Requirement, Role, Statement, Test, Type,
};
use super::scenario::Scenarios;
use super::world::World;
use crate::quantity::UnitId;
use crate::syntax::ast;
use foldhash::{HashMap, HashSet};

/// The finished model.
#[allow(clippy::too_many_arguments, reason = "it takes over everything the passes made")]
pub(super) fn build(
    asked: &super::Asked<'_>,
    world: World<'_>,
    arena: Arena,
    states: States,
    reads: &[Reads],
    scenarios: Scenarios<'_>,
    claims: Claims,
    wanting: &Wanting,
) -> Model {
    let touched = touched(&world, reads);
    let cells = (0..world.cell_count()).map(|at| {
        let id = CellId(at as u32);
        let state = if wanting.lacks.contains_key(&id) { None } else { states.base.get(at).copied().flatten() };
        cell(&world, (&arena, &states), id, state, touched.contains(&id))
    });
    let cells: Vec<Cell> = cells.collect();
    let missing = |needs: &[CellId]| needs.iter().any(|cell| wanting.lacks.contains_key(cell));
    let replaced: HashSet<CellId> = scenarios.all.iter().flat_map(|scenario| scenario.written.iter().copied()).collect();
    let concerned = |cell: &CellId| touched.contains(cell) || replaced.contains(cell);
    let asked_of = |(claim, needs): &(Requirement, Vec<CellId>)| is_own(claim) || needs.iter().any(concerned);
    let requirements = claims.requirements.into_iter().filter(|one| !missing(&one.1) && asked_of(one));
    let requirements: Vec<Requirement> = requirements.map(|(claim, _)| claim).collect();
    let tests: Vec<Test> = claims.tests.into_iter().map(|(test, _)| test).collect();
    let statements: Vec<Statement> = claims
        .statements
        .into_iter()
        .map(|(mut statement, needs)| {
            let rows = statement.rows.into_iter().zip(needs).filter(|(_, needs)| !missing(needs));
            statement.rows = rows
                .map(|(mut row, needs)| {
                    row.touched = needs.iter().any(|cell| touched.contains(cell));
                    row
                })
                .collect();
            statement
        })
        .collect();
    let (name, title) = heading(asked.files);
    let mut model = Model {
        name,
        title,
        instances: instances(&world),
        grid: world.grid,
        units: arena.units,
        exprs: arena.exprs,
        tables: arena.tables,
        choices: arena.choices,
        cells,
        scenarios: scenarios.all,
        requirements,
        tests,
        statements,
        correlations: claims.correlations,
        goals: claims.goals.into_iter().map(|(goal, _)| goal).collect(),
        queries: claims.queries.into_iter().map(|(query, _)| query).collect(),
        supposed: HashMap::default(),
    };
    let requirements = std::mem::take(&mut model.requirements);
    model.requirements = with_something(&model, requirements);
    model
}

/// What the prelude asks of something that is nothing in this model falls away.
fn with_something(model: &Model, requirements: Vec<Requirement>) -> Vec<Requirement> {
    let mut plain = Plain::new(model);
    // Of `0% <= x <= 100%` the middle is what is spoken of.
    let spoken = |claim: &Requirement| {
        let first = claim.comparisons.first().map(|(left, ..)| *left);
        let sides = first.into_iter().chain(claim.comparisons.iter().map(|(.., right)| *right));
        sides.into_iter().find(|side| !matches!(model.expr(*side).node, Node::Number(_)))
    };
    let mut of_nothing = |claim: &Requirement| spoken(claim).is_some_and(|side| plain.expr(side).is_empty());
    requirements.into_iter().filter(|claim| is_own(claim) || !of_nothing(claim)).collect()
}

/// Whether the model's author asks for it, or a kind he uses.
fn is_own(claim: &Requirement) -> bool {
    claim.origin == Origin::Model || claim.instance.is_some()
}

fn heading(files: &[ast::File]) -> (Option<String>, Option<String>) {
    let mut heading = (None, None);
    for item in files.iter().flat_map(|file| &file.items) {
        let ast::Node::Model(model) = &item.node else { continue };
        heading.0 = heading.0.or_else(|| model.name.as_ref().map(|name| name.text.clone()));
        heading.1 = heading.1.or_else(|| model.title.as_ref().map(|title| title.text.clone()));
    }
    heading
}

/// Definitions in which the model's author has a part.
fn touched(world: &World<'_>, reads: &[Reads]) -> HashSet<CellId> {
    let readers = readers(reads);
    let written = |cell: &CellId| {
        let def = world.cell(*cell);
        let own = def.instance.is_some_and(|id| world.origin(world.instance(id).file) == Origin::Model);
        own || def.origin != Origin::Prelude
    };
    let mut queue: Vec<CellId> = (0..world.cells.len()).map(|at| CellId(at as u32)).filter(written).collect();
    let mut touched: HashSet<CellId> = queue.iter().copied().collect();
    while let Some(cell) = queue.pop() {
        for reader in readers.get(&cell).into_iter().flatten() {
            if touched.insert(*reader) {
                queue.push(*reader);
            }
        }
    }
    touched
}

fn cell(world: &World<'_>, found: (&Arena, &States), id: CellId, state: Option<State>, touched: bool) -> Cell {
    let def = world.cell(id);
    let content = state.map_or(Content::Missing, |state| state.content);
    let info = state.map_or(Info::unknown(), |state| state.info);
    let unit = match info.unit {
        Known::Unit(unit) => unit,
        Known::Any | Known::Unknown => UnitId::NONE,
    };
    Cell {
        path: def.path.clone(),
        instance: def.instance,
        doc: def.doc.map(str::to_owned),
        at: def.at,
        origin: def.origin,
        content,
        unit,
        role: role(found, content, info, unit),
        touched,
    }
}

fn role((arena, states): (&Arena, &States), content: Content, info: Info, unit: UnitId) -> Role {
    let Content::Computed(expr) = content else { return Role::Other };
    match info.ty {
        Type::Condition => Role::Condition,
        Type::Date => Role::Date,
        Type::Number if info.flows => Role::Flow,
        Type::Number if arena.units.is_flow(unit) => Role::Level,
        Type::Choice(_) => Role::Choice,
        Type::Number if arena.units.is_bare(unit) || arena.units.time_exponent(unit) == -1 || is_quotient(arena, states, expr) => Role::Ratio,
        Type::Number => Role::Level,
    }
}

/// Whether a value is one flow over another, or chosen among such by names: a ratio although it has a unit, such as revenue an order.
fn is_quotient(arena: &Arena, states: &States, expr: ExprId) -> bool {
    let flow = |id: ExprId| arena.units.time_exponent(arena.expr(id).unit) == -1;
    let mut open = vec![expr];
    let mut seen: HashSet<ExprId> = HashSet::default();
    while let Some(id) = open.pop() {
        if !seen.insert(id) {
            continue;
        }
        let node = &arena.expr(id).node;
        if let Node::Scale(inner, _) | Node::Negate(inner) = node {
            open.push(*inner);
        } else if let Node::If(_, yes, no) = node {
            open.extend([*yes, *no]);
        } else if let Node::Otherwise(parts) | Node::Call(Function::Min | Function::Max, parts) = node {
            open.extend(parts);
        } else if let Node::Cell(cell) = node {
            let content = states.base.get(cell.0 as usize).copied().flatten().map(|state| state.content);
            open.extend(if let Some(Content::Computed(expr)) = content { Some(expr) } else { None });
        } else if let Node::Product(first, rest) = node
            && flow(*first)
            && rest.iter().any(|(factor, x)| *factor == Factor::Over && flow(*x))
        {
            return true;
        }
    }
    false
}

fn instances(world: &World<'_>) -> Vec<Instance> {
    let cells_of = |id: u32| {
        let def = world.instance(InstanceId(id));
        let count = world.kind(def.kind).members.len() as u32;
        (def.first_cell..def.first_cell + count).map(CellId).collect()
    };
    world
        .instances
        .iter()
        .take(world.first_sketch.0 as usize)
        .enumerate()
        .map(|(at, def)| Instance {
            kind: world.kind(def.kind).name.to_owned(),
            kinds: world.kinds_of(def.kind).map(|kind| kind.name.to_owned()).collect(),
            path: def.path.clone(),
            title: def.decl.title.as_ref().map(|title| title.text.clone()),
            parent: def.parent,
            at: crate::text::Location::new(def.file, def.decl.name.as_ref().map_or(def.decl.kind.span, |name| name.span)),
            cells: cells_of(at as u32),
        })
        .collect()
}
