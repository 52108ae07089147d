//! Graphs: which figures read which, as plain data: inputs, calculations and requirements.

use super::outcome::on_one_line;
use super::pick;
use crate::check::model::{CellId, Content, ExprId, Model, Node, Origin, ScenarioId, TableId, Type, children};
use crate::text::Source;
use foldhash::{HashMap, HashSet};
use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::UnicodeNormalization;

/// Who reads whom.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Graph {
    /// `model NAME`
    pub name: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Figures in the order of the model, then requirements.
    pub nodes: Vec<GraphNode>,
    /// By the reader, then by what it reads.
    pub edges: Vec<GraphEdge>,
}

/// A figure or a requirement.
#[derive(Clone, Debug, PartialEq)]
pub struct GraphNode {
    /// `smb.size`; of a requirement its condition as written.
    pub name: String,
    /// What it is called in plain words, where somebody says so; of a requirement why it matters.
    pub title: Option<String>,
    /// Its unit; empty for a bare number and for requirements.
    pub unit: String,
    /// What it is.
    pub sort: NodeSort,
    /// Who wrote it.
    pub origin: Origin,
}

/// What a node of a graph is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeSort {
    /// It was written down and reads nothing else.
    Input,
    /// The same, as a distribution.
    Uncertain,
    /// It reads others.
    Calculation,
    /// It has to hold.
    Requirement,
}

impl NodeSort {
    /// `input`, `uncertain input`, `calculation`, `requirement`
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Input => "input",
            Self::Uncertain => "uncertain input",
            Self::Calculation => "calculation",
            Self::Requirement => "requirement",
        }
    }
}

/// That one node reads another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct GraphEdge {
    /// Who reads, by its place among the nodes.
    pub to: usize,
    /// What is read.
    pub from: usize,
    /// As of when.
    pub read: Read,
}

/// As of when a figure is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Read {
    /// In the same step, or over the whole timeline.
    Now,
    /// As it stood a step or more ago, and in no other way.
    Before,
}

/// What of a model is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GraphView {
    /// Figures, or instances with all of theirs, and what they are made of; the whole model where there are none.
    pub figures: Vec<String>,
    /// How far from those; none for all the way.
    pub depth: Option<usize>,
    /// Whose figures.
    pub through: Through,
    /// The scenario.
    pub scenario: Option<ScenarioId>,
}

/// Whose figures are nodes of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Through {
    /// Those of the model's author and those that they name; between them the prelude's are passed through.
    Model,
    /// All.
    All,
}

/// A definition or a requirement, by its number in the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Id {
    Cell(u32),
    Requirement(usize),
}

type Reads = BTreeMap<Id, Read>;
/// Expressions that were walked through: one that a function was given may be used more often than can be counted.
type Seen = HashSet<(ExprId, Read)>;

/// The graph of a model, or of some of its figures.
///
/// # Errors
/// The names that the model does not have.
pub fn graph(model: &Model, sources: &[Source], view: &GraphView) -> Result<Graph, Vec<String>> {
    let mut builder = Builder { model, view, tables: HashMap::default(), direct: HashMap::default() };
    builder.tables = model.cells.iter().enumerate().filter_map(|(at, cell)| {
        let Content::Table(table) = model.content(CellId(at as u32), view.scenario) else { return None };
        (cell.origin != Origin::Test).then_some((table, at as u32))
    }).collect();
    let roots = builder.roots()?;
    let shown = builder.shown(&roots);
    let mut reads: BTreeMap<Id, Reads> = BTreeMap::new();
    let (mut open, mut depth) = (roots.clone(), 0);
    while !open.is_empty() {
        let last = view.depth.is_some_and(|most| depth >= most);
        let mut next = Vec::new();
        for id in open {
            if reads.contains_key(&id) {
                continue;
            }
            let found = if last { Reads::default() } else { builder.through(id, &shown) };
            next.extend(found.keys().copied());
            reads.insert(id, found);
        }
        (open, depth) = (next, depth + 1);
    }
    let places: HashMap<Id, usize> = reads.keys().enumerate().map(|(at, id)| (*id, at)).collect();
    let nodes = reads.keys().map(|id| builder.node(*id, sources)).collect();
    let edge = |(to, found): (&Id, &Reads)| -> Vec<GraphEdge> {
        found.iter().filter_map(|(from, read)| Some(GraphEdge { to: *places.get(to)?, from: *places.get(from)?, read: *read })).collect()
    };
    let edges = reads.iter().flat_map(edge).collect();
    Ok(Graph { name: model.name.clone(), title: model.title.clone(), nodes, edges })
}

struct Builder<'a> {
    model: &'a Model,
    view: &'a GraphView,
    /// The definition that holds a table.
    tables: HashMap<TableId, u32>,
    direct: HashMap<Id, Reads>,
}

impl Builder<'_> {
    /// Where the graph begins: the figures that are asked for, else everything that there is.
    fn roots(&self) -> Result<Vec<Id>, Vec<String>> {
        let is_there = |at: &u32| self.model.cell(CellId(*at)).origin != Origin::Test && self.is_figure(*at);
        let all = || (0..self.model.cells.len() as u32).filter(is_there);
        if self.view.figures.is_empty() {
            let own = |origin: Origin| self.view.through == Through::All || origin == Origin::Model;
            let cells = all().filter(|at| self.model.cell(CellId(*at)).touched && own(self.model.cell(CellId(*at)).origin));
            let requirements = self.model.requirements.iter().enumerate().filter(|(_, one)| own(one.origin));
            let requirements = requirements.filter(|(_, one)| one.scenario.is_none() || one.scenario == self.view.scenario);
            let ids: Vec<Id> = cells.map(Id::Cell).chain(requirements.map(|(at, _)| Id::Requirement(at))).collect();
            return Ok(ids);
        }
        let (mut found, mut unknown) = (Vec::new(), Vec::new());
        for figure in &self.view.figures {
            let name: String = figure.trim().nfc().collect();
            let answers = |at: &u32| {
                let path = &self.model.cell(CellId(*at)).path;
                path.strip_prefix(name.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            };
            let before = found.len();
            found.extend(all().filter(answers).map(Id::Cell));
            if found.len() == before {
                unknown.push(name);
            }
        }
        if unknown.is_empty() { Ok(found) } else { Err(unknown) }
    }

    fn is_figure(&self, at: u32) -> bool {
        matches!(self.model.content(CellId(at), self.view.scenario), Content::Computed(_) | Content::Table(_))
    }

    /// The definitions that are nodes of their own; none for all.
    fn shown(&mut self, roots: &[Id]) -> Option<BTreeSet<Id>> {
        if self.view.through == Through::All {
            return None;
        }
        let mut shown: BTreeSet<Id> = roots.iter().copied().collect();
        let ids = (0..self.model.cells.len() as u32).map(Id::Cell).chain((0..self.model.requirements.len()).map(Id::Requirement));
        for id in ids {
            let origin = match id {
                Id::Cell(at) => self.model.cell(CellId(at)).origin,
                Id::Requirement(at) => self.model.requirements.get(at).map_or(Origin::Test, |one| one.origin),
            };
            if origin == Origin::Model {
                shown.insert(id);
                shown.extend(self.reads(id).into_keys());
            }
        }
        Some(shown)
    }

    /// What a node reads of the nodes that are shown, through those that are not.
    fn through(&mut self, id: Id, shown: &Option<BTreeSet<Id>>) -> Reads {
        let mut found = Reads::default();
        let mut seen: BTreeSet<(Id, Read)> = BTreeSet::new();
        let mut open: Vec<(Id, Read)> = self.reads(id).into_iter().collect();
        while let Some((next, read)) = open.pop() {
            if !seen.insert((next, read)) {
                continue;
            }
            if shown.as_ref().is_none_or(|shown| shown.contains(&next)) {
                let known = found.entry(next).or_insert(read);
                *known = (*known).min(read);
            } else {
                open.extend(self.reads(next).into_iter().map(|(inner, own)| (inner, own.max(read))));
            }
        }
        found
    }

    /// The definitions that a definition or a requirement names.
    fn reads(&mut self, id: Id) -> Reads {
        if let Some(known) = self.direct.get(&id) {
            return known.clone();
        }
        let (mut found, mut seen) = (Reads::default(), HashSet::default());
        let seen = &mut seen;
        match id {
            Id::Cell(at) => match self.model.content(CellId(at), self.view.scenario) {
                Content::Computed(expr) => self.walk(expr, Read::Now, &mut found, seen),
                Content::Table(table) => self.table(table, Read::Now, &mut found, seen),
                Content::Reference(_) | Content::Text | Content::Missing => {}
            },
            Id::Requirement(at) => {
                if let Some(one) = self.model.requirements.get(at) {
                    self.walk(one.condition, Read::Now, &mut found, seen);
                }
            }
        }
        self.direct.insert(id, found.clone());
        found
    }

    fn table(&self, table: TableId, read: Read, found: &mut Reads, seen: &mut Seen) {
        for band in &self.model.table(table).bands {
            self.walk(band.value, read, found, seen);
            band.flat.iter().for_each(|flat| self.walk(*flat, read, found, seen));
        }
    }

    fn walk(&self, expr: ExprId, read: Read, found: &mut Reads, seen: &mut Seen) {
        if !seen.insert((expr, read)) {
            return;
        }
        let mut add = |cell: u32, read: Read| {
            let known = found.entry(Id::Cell(cell)).or_insert(read);
            *known = (*known).min(read);
        };
        let node = &self.model.expr(expr).node;
        if let Node::Cell(cell) = node {
            return add(cell.0, read);
        }
        if let Node::Opened(cell) = node {
            return add(cell.0, Read::Before);
        }
        if let Node::Base(cell, scenario) = node {
            // What a scenario calls `base` is what the definition holds without it.
            if let Content::Computed(inner) = self.model.content(*cell, *scenario) {
                self.walk(inner, read, found, seen);
            }
            return;
        }
        if let Node::Lookup(table, _) | Node::Cohorts { curve: table, .. } = node {
            match self.tables.get(table) {
                Some(cell) => add(*cell, read),
                None => self.table(*table, read, found, seen),
            }
        }
        if let Node::Opening { value, from } | Node::Change { value, from } = node {
            self.walk(*value, if matches!(node, Node::Opening { .. }) { Read::Before } else { read }, found, seen);
            return self.walk(*from, read, found, seen);
        }
        if let Node::Delay { flow, by, initial, .. } = node {
            self.walk(*flow, Read::Before, found, seen);
            return [*by, *initial].into_iter().for_each(|inner| self.walk(inner, read, found, seen));
        }
        children(node, &mut |inner| self.walk(inner, read, found, seen));
    }

    fn node(&self, id: Id, sources: &[Source]) -> GraphNode {
        match id {
            Id::Cell(at) => {
                let (id, cell) = (CellId(at), self.model.cell(CellId(at)));
                let doc = cell.doc.as_deref().and_then(|doc| doc.lines().next()).map(str::trim).filter(|doc| !doc.is_empty());
                let sort = match self.model.content(id, self.view.scenario) {
                    Content::Computed(expr) if pick::is_input(self.model, expr) => if self.is_drawn(expr) { NodeSort::Uncertain } else { NodeSort::Input },
                    Content::Computed(_) => NodeSort::Calculation,
                    Content::Table(_) | Content::Reference(_) | Content::Text | Content::Missing => NodeSort::Input,
                };
                let is_number = matches!(self.model.content(id, self.view.scenario), Content::Computed(expr) if self.model.expr(expr).ty == Type::Number);
                let unit = if is_number { self.model.units.text(cell.unit) } else { String::new() };
                GraphNode { name: cell.path.clone(), title: doc.map(str::to_owned), unit, sort, origin: cell.origin }
            }
            Id::Requirement(at) => {
                let Some(one) = self.model.requirements.get(at) else {
                    return GraphNode { name: String::new(), title: None, unit: String::new(), sort: NodeSort::Requirement, origin: Origin::Model };
                };
                let source = sources.iter().find(|source| source.id == one.at.file);
                let name = source.map_or_else(String::new, |source| on_one_line(source.slice(one.at.span)));
                let name = one.instance.map_or(name.clone(), |id| format!("{name} ({})", self.model.instance(id).path));
                GraphNode { name, title: one.message.clone(), unit: String::new(), sort: NodeSort::Requirement, origin: one.origin }
            }
        }
    }

    fn is_drawn(&self, expr: ExprId) -> bool {
        self.model.within(expr).any(|id| matches!(self.model.expr(id).node, Node::Draw(_)))
    }
}
