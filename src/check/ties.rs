//! Ties: the lines of `correlate`, made into groups whose correlations can all hold.

use super::mistakes::correlations::{self as mistakes, Line as Told};
use super::model::{CellId, CorrelationGroup, Expr, Type};
use super::pass::Pass;
use super::resolve::{Target, resolve};
use super::scenario::Scenarios;
use super::tied::{Line, matrix, pairs_of};
use super::world::{Body, Scope};
use crate::syntax::ast;
use crate::text::{FileId, Location};
use foldhash::{HashMap, HashSet};
use std::collections::{BTreeMap, BTreeSet};

/// How many names may hang together: what finding a contradiction among them costs grows with the fourth power.
pub const MOST_TIED: usize = 200;

/// Lines as far as they are read.
pub(super) struct Ties {
    lines: Vec<Line>,
    /// Files of `--set`: what they make certain ties nothing.
    sets: HashSet<FileId>,
    /// Whether a line is missing, so that nothing can be said of how they go together.
    spoilt: bool,
}

/// What a name of a line is.
enum Name {
    Drawn(CellId),
    /// `--set` has given it a value.
    Certain,
    Wrong,
}

impl Ties {
    pub fn new(sets: &[(ast::File, ast::Definition)]) -> Self {
        Self { lines: Vec::new(), sets: sets.iter().map(|(file, _)| file.id).collect(), spoilt: false }
    }

    /// Takes a line, or tells what is wrong with it.
    pub fn line(&mut self, pass: &mut Pass<'_>, at: Location, names: &[ast::Path], by: ast::ExprId) {
        let mut members: Vec<CellId> = Vec::with_capacity(names.len());
        for path in names {
            let place = Location::new(at.file, path.span);
            match self.name(pass, path, place) {
                Name::Drawn(cell) if members.contains(&cell) => {
                    pass.found.push(mistakes::same_name(&path.text(), place));
                    self.spoilt = true;
                }
                Name::Drawn(cell) => members.push(cell),
                Name::Certain => {}
                Name::Wrong => self.spoilt = true,
            }
        }
        let in_step = steps_agree(pass, &members, at, names);
        self.spoilt |= !in_step;
        let expr = pass.world.expr(at.file, by);
        let place = Location::new(at.file, expr.span);
        match rank(pass, at.file, by) {
            Some(rank) if in_step && members.len() > 1 => self.lines.push(Line { members, rank, by: place, at }),
            Some(_) => {}
            None => {
                pass.found.push(mistakes::by(place));
                self.spoilt = true;
            }
        }
    }

    fn name(&self, pass: &mut Pass<'_>, path: &ast::Path, at: Location) -> Name {
        let Some(cell) = cell_of(pass, path, at) else { return Name::Wrong };
        let Some(Body { file, value }) = pass.world.cell(cell).body else {
            pass.found.push(mistakes::not_drawn(&path.text(), "has no value", at, pass.world.cell(cell).at, None));
            return Name::Wrong;
        };
        match value {
            ast::Value::Uncertain(_) => Name::Drawn(cell),
            ast::Value::Equals(_) if self.sets.contains(&file) => Name::Certain,
            // What it is to be could not be read, which is told.
            ast::Value::Equals(id) if matches!(pass.world.expr(file, *id).node, ast::ExprNode::Broken | ast::ExprNode::To(..)) => Name::Wrong,
            ast::Value::Equals(_) => {
                let mistake = undrawn(pass, path, cell, at);
                pass.found.push(mistake);
                Name::Wrong
            }
        }
    }

    /// The groups that the lines make.
    pub fn groups(self, pass: &mut Pass<'_>, scenarios: &Scenarios<'_>) -> Vec<CorrelationGroup> {
        let mut pairs: BTreeMap<(CellId, CellId), usize> = BTreeMap::new();
        for (at, line) in self.lines.iter().enumerate() {
            for (a, b) in pairs_of(&line.members) {
                let Some(earlier) = pairs.insert((a, b), at).and_then(|earlier| self.lines.get(earlier)) else { continue };
                let [a, b] = [a, b].map(|cell| pass.world.cell(cell).path.clone());
                pass.found.push(mistakes::pair_twice(&a, &b, line.at, earlier.at));
            }
        }
        let mut groups = Vec::new();
        for lines in connected(&self.lines) {
            let members: BTreeSet<CellId> = lines.iter().flat_map(|line| &line.members).copied().collect();
            let mut members: Vec<CellId> = members.into_iter().collect();
            members.sort_by(|a, b| pass.world.cell(*a).path.cmp(&pass.world.cell(*b).path));
            let Some(first) = lines.first().map(|line| line.at) else { continue };
            if members.len() > MOST_TIED {
                pass.found.push(mistakes::too_many(members.len(), MOST_TIED, first));
                continue;
            }
            let each_period = members.iter().any(|cell| each_period(pass, *cell));
            stay_in_step(pass, scenarios, &members, each_period, first);
            let matrix = matrix(&members, &lines);
            if !self.spoilt
                && let Some(conflict) = super::untie::conflict(&members, &lines, &matrix)
            {
                let name = |cell: &CellId| pass.world.cell(*cell).path.clone();
                let told = conflict.lines.iter().map(|line| Told {
                    names: line.members.iter().filter(|cell| conflict.members.contains(cell)).map(name).collect(),
                    rank: line.rank,
                    by: line.by,
                    at: line.at,
                });
                let unnamed = conflict.unnamed.as_ref().map(|(pair, range)| (pair.each_ref().map(name), *range));
                pass.found.push(mistakes::contradiction(&told.collect::<Vec<_>>(), conflict.range, unnamed));
            }
            groups.push(CorrelationGroup { members, matrix, each_period, at: first });
        }
        groups
    }
}

/// Lines whose members they lead from one to the other, in the order written.
fn connected(lines: &[Line]) -> Vec<Vec<&Line>> {
    // Of each member one of its group that stands nearer to the group's root; a root is its own.
    let mut nearer: BTreeMap<CellId, CellId> = BTreeMap::new();
    for line in lines {
        let Some(root) = line.members.first().map(|first| root(&mut nearer, *first)) else { continue };
        for member in &line.members {
            let other = self::root(&mut nearer, *member);
            nearer.insert(other, root);
        }
    }
    let mut groups: BTreeMap<CellId, Vec<&Line>> = BTreeMap::new();
    for line in lines {
        let root = line.members.first().map(|first| root(&mut nearer, *first));
        root.into_iter().for_each(|root| groups.entry(root).or_default().push(line));
    }
    groups.into_values().collect()
}

/// The root of a member's group; the way there is halved for the next who asks.
fn root(nearer: &mut BTreeMap<CellId, CellId>, mut member: CellId) -> CellId {
    loop {
        let next = *nearer.entry(member).or_insert(member);
        if next == member {
            return member;
        }
        let after = *nearer.entry(next).or_insert(next);
        nearer.insert(member, after);
        member = after;
    }
}

/// The definition that a path names; a currency stands for its rate.
fn cell_of(pass: &mut Pass<'_>, path: &ast::Path, at: Location) -> Option<CellId> {
    let text = path.text();
    let target = resolve(&pass.world, &HashMap::default(), Scope::Global, path).target;
    let mistake = match target {
        Ok(Target::Cell(cell)) => return Some(cell),
        Ok(Target::Cells(cells)) => {
            mistakes::column(&text, at, cells.iter().map(|cell| pass.world.cell(*cell).path.as_str()))
        }
        Ok(Target::Instance(id)) => {
            let owner = pass.world.instance(id);
            let members = pass.world.kind(owner.kind).members.len() as u32;
            let cells = (owner.first_cell..owner.first_cell + members).map(CellId);
            let drawn = cells.filter(|cell| is_drawn(pass, *cell)).map(|cell| pass.world.cell(cell).path.as_str());
            mistakes::instance(&text, pass.world.kind(owner.kind).name, at, drawn)
        }
        Ok(Target::Instances(kind, _)) => mistakes::kind(pass.world.kind(kind).name, at),
        Ok(Target::Nothing) | Err(_) => {
            let unit = pass.arena.units.find(&text);
            if let Some(rate) = unit.and_then(|unit| pass.world.rates.get(&unit)) {
                return Some(*rate);
            }
            let cells = (0..pass.world.cell_count() as u32).map(CellId).filter(|cell| is_drawn(pass, *cell));
            mistakes::unknown(&text, at, cells.map(|cell| pass.world.cell(cell).path.as_str()))
        }
    };
    pass.found.push(mistake);
    None
}

fn is_drawn(pass: &Pass<'_>, cell: CellId) -> bool {
    pass.world.cell(cell).body.is_some_and(|body| matches!(body.value, ast::Value::Uncertain(_)))
}

fn each_period(pass: &Pass<'_>, cell: CellId) -> bool {
    pass.world.cell(cell).body.is_some_and(|body| draws_each_period(body.value))
}

const fn draws_each_period(value: &ast::Value) -> bool {
    if let ast::Value::Uncertain(uncertain) = value { uncertain.each_period } else { false }
}

/// What a name is that has a value but is not drawn.
fn undrawn(pass: &Pass<'_>, path: &ast::Path, cell: CellId, at: Location) -> crate::diagnostic::Diagnostic {
    let def = pass.world.cell(cell);
    let behind = draws_behind(pass, cell);
    if !behind.is_empty() {
        let names: Vec<&str> = behind.iter().map(|cell| pass.world.cell(*cell).path.as_str()).collect();
        return mistakes::calculated(&path.text(), at, def.at, &names);
    }
    let info = pass.states.get(cell).map(|state| state.content);
    let figure = if let Some(super::model::Content::Computed(id)) = info { Some(pass.arena.expr(id)) } else { None };
    let is = match figure {
        Some(Expr { ty: Type::Number, .. }) => "is a plain value",
        Some(Expr { ty: Type::Condition, .. }) => "is a condition",
        Some(Expr { ty: Type::Date, .. }) => "is a date",
        Some(Expr { ty: Type::Choice(_), .. }) => "is a choice",
        None => "is no figure",
    };
    let number = figure.filter(|expr| expr.ty == Type::Number).map(|expr| pass.arena.units.text(expr.unit));
    mistakes::not_drawn(&path.text(), is, at, def.at, number.as_deref())
}

/// The drawn definitions that a calculated one comes from.
fn draws_behind(pass: &Pass<'_>, cell: CellId) -> Vec<CellId> {
    let (mut seen, mut open, mut drawn) = (HashSet::from_iter([cell]), vec![cell], Vec::new());
    while let Some(cell) = open.pop() {
        if is_drawn(pass, cell) {
            drawn.push(cell);
        }
        let reads = pass.reads.get(cell.0 as usize).into_iter().flatten();
        open.extend(reads.map(|(read, _)| *read).filter(|read| seen.insert(*read)));
    }
    drawn.sort_unstable();
    drawn
}

/// The number behind `by`.
fn rank(pass: &Pass<'_>, file: FileId, by: ast::ExprId) -> Option<f64> {
    let node = &pass.world.expr(file, by).node;
    let rank = if let ast::ExprNode::Negate(inner) = node {
        pass.world.expr(file, *inner).node.bare_number().map(|number| -number)
    } else {
        node.bare_number()
    };
    rank.filter(|rank| (-1.0..=1.0).contains(rank))
}

/// Whether all members of a line are drawn at the same times; told where not.
fn steps_agree(pass: &mut Pass<'_>, members: &[CellId], at: Location, names: &[ast::Path]) -> bool {
    let (each, once): (Vec<CellId>, Vec<CellId>) = members.iter().copied().partition(|cell| each_period(pass, *cell));
    let (Some(each), Some(once)) = (each.first(), once.first()) else { return true };
    let [each, once] = [each, once].map(|cell| pass.world.cell(*cell));
    let span = names.first().zip(names.last()).map_or(at.span, |(first, last)| first.span.join(last.span));
    let place = Location::new(at.file, span);
    pass.found.push(mistakes::out_of_step((&each.path, each.at), (&once.path, once.at), place));
    false
}

/// Scenarios may draw a member otherwise, but not at other times.
fn stay_in_step(pass: &mut Pass<'_>, scenarios: &Scenarios<'_>, members: &[CellId], each_period: bool, line: Location) {
    for cell in members {
        for body in scenarios.replacements(*cell) {
            if let ast::Value::Uncertain(uncertain) = body.value
                && uncertain.each_period != each_period
            {
                let span = pass.world.expr(body.file, uncertain.distribution).span;
                let at = Location::new(body.file, span);
                pass.found.push(mistakes::scenario_out_of_step(&pass.world.cell(*cell).path, each_period, at, line));
            }
        }
    }
}
