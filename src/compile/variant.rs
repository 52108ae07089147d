//! Variants: which definitions a scenario can change, itself or through what they read.

use crate::check::model::{CellId, Content, ExprId, Model, Node, ScenarioId, TableId, children};
use foldhash::{HashMap, HashSet};

pub(super) struct Variants<'m> {
    model: &'m Model,
    /// Who reads each definition of the model itself; filled when the first scenario asks.
    readers: Option<Vec<Vec<CellId>>>,
    changed: HashMap<ScenarioId, HashSet<CellId>>,
}

impl<'m> Variants<'m> {
    pub fn new(model: &'m Model) -> Self {
        Self { model, readers: None, changed: HashMap::default() }
    }

    /// Whether a definition may have another value under a scenario.
    pub fn changes(&mut self, scenario: ScenarioId, cell: CellId) -> bool {
        if !self.changed.contains_key(&scenario) {
            let changed = self.changed_by(scenario);
            self.changed.insert(scenario, changed);
        }
        self.changed.get(&scenario).is_some_and(|changed| changed.contains(&cell))
    }

    fn changed_by(&mut self, scenario: ScenarioId) -> HashSet<CellId> {
        let model = self.model;
        let readers = self.readers.get_or_insert_with(|| readers(model));
        let contents = model.scenarios.get(scenario.0 as usize).map(|scenario| &scenario.contents);
        let other = contents.into_iter().flatten().filter(|(cell, content)| model.cell(**cell).content != **content);
        let mut queue: Vec<CellId> = other.map(|(cell, _)| *cell).collect();
        let mut changed: HashSet<CellId> = queue.iter().copied().collect();
        while let Some(cell) = queue.pop() {
            for reader in readers.get(cell.0 as usize).into_iter().flatten() {
                if changed.insert(*reader) {
                    queue.push(*reader);
                }
            }
        }
        changed
    }
}

fn readers(model: &Model) -> Vec<Vec<CellId>> {
    let mut readers = vec![Vec::new(); model.cells.len()];
    let mut seen = Seen { exprs: vec![u32::MAX; model.exprs.len()], tables: vec![u32::MAX; model.tables.len()] };
    for (at, cell) in model.cells.iter().enumerate() {
        let reader = CellId(at as u32);
        let mut add = |read: CellId| {
            if let Some(list) = readers.get_mut(read.0 as usize)
                && list.last() != Some(&reader)
            {
                list.push(reader);
            }
        };
        match cell.content {
            Content::Computed(expr) => reads(model, vec![expr], at as u32, &mut seen, &mut add),
            Content::Table(table) => reads(model, values(model, table), at as u32, &mut seen, &mut add),
            Content::Reference(_) | Content::Text | Content::Missing => {}
        }
    }
    readers
}

/// Who has seen an expression or a table last.
struct Seen {
    exprs: Vec<u32>,
    tables: Vec<u32>,
}

fn first_time(marks: &mut [u32], at: u32, by: u32) -> bool {
    marks.get_mut(at as usize).is_some_and(|mark| std::mem::replace(mark, by) != by)
}

/// Visits every definition that some expressions read.
fn reads(model: &Model, mut stack: Vec<ExprId>, by: u32, seen: &mut Seen, add: &mut impl FnMut(CellId)) {
    while let Some(id) = stack.pop() {
        if !first_time(&mut seen.exprs, id.0, by) {
            continue;
        }
        let node = &model.expr(id).node;
        if let Node::Cell(cell) | Node::Opened(cell) | Node::Base(cell, _) = node {
            add(*cell);
        }
        if let Node::Lookup(table, _) | Node::Cohorts { curve: table, .. } = node
            && first_time(&mut seen.tables, table.0, by)
        {
            stack.extend(values(model, *table));
        }
        children(node, &mut |child| stack.push(child));
    }
}

/// The expressions of a table.
fn values(model: &Model, table: TableId) -> Vec<ExprId> {
    model.table(table).bands.iter().flat_map(|band| [band.value].into_iter().chain(band.flat)).collect()
}
