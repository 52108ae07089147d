//! Definitions that go on from their own opening: `stock = opening(stock, from: 9 box) + bought * period`.

use crate::check::model::{CellId, Content, ExprId, Model, Node, ScenarioId, Shape};
use foldhash::{HashMap, HashSet};
use std::cell::{OnceCell, RefCell};

/// Which definitions are read at their opening, and which of them by themselves, as far as has been asked.
#[derive(Default)]
pub(super) struct Opened {
    read: OnceCell<HashSet<CellId>>,
    by_itself: RefCell<HashMap<(CellId, Option<ScenarioId>), bool>>,
    /// Whether there is any amount of a step, `rent * period`, that is the same in each.
    amounts: OnceCell<bool>,
}

impl Opened {
    /// Whether what a definition is in a step is made of what it was in the step before, through whatever names.
    pub fn opens_itself(&self, model: &Model, cell: CellId, scenario: Option<ScenarioId>) -> bool {
        if !self.read.get_or_init(|| read_at_opening(model)).contains(&cell) {
            return false;
        }
        if let Some(known) = self.by_itself.borrow().get(&(cell, scenario)) {
            return *known;
        }
        let found = leads_back(model, cell, scenario);
        self.by_itself.borrow_mut().insert((cell, scenario), found);
        found
    }

    /// Whether a value is over a span what it is in a step: it never changes, and is made of no amount of a step.
    pub fn is_steady(&self, model: &Model, id: ExprId, scenario: Option<ScenarioId>) -> bool {
        let is_amount = |id: ExprId| model.expr(id).shape == Shape::Constant && model.is_amount(id);
        let any = || (0..model.exprs.len()).any(|at| is_amount(ExprId(at as u32)));
        if model.expr(id).shape != Shape::Constant || !*self.amounts.get_or_init(any) {
            return model.expr(id).shape == Shape::Constant;
        }
        let (mut open, mut seen) = (vec![(id, scenario)], HashSet::default());
        while let Some((id, scenario)) = open.pop() {
            if !seen.insert((id, scenario)) {
                continue;
            }
            if is_amount(id) {
                return false;
            }
            let node = &model.expr(id).node;
            let read = if let Node::Cell(cell) = node {
                Some((*cell, scenario))
            } else if let Node::Base(cell, parent) = node {
                Some((*cell, *parent))
            } else {
                let mut below = Vec::new();
                model.below(id, &mut below);
                open.extend(below.into_iter().map(|id| (id, scenario)));
                None
            };
            if let Some((cell, scenario)) = read
                && let Content::Computed(content) = model.content(cell, scenario)
            {
                open.push((content, scenario));
            }
        }
        true
    }
}

/// Looks through what is read in the same step, without recursion.
fn leads_back(model: &Model, cell: CellId, scenario: Option<ScenarioId>) -> bool {
    let mut queue = vec![(cell, scenario)];
    let mut seen: HashSet<(CellId, Option<ScenarioId>)> = queue.iter().copied().collect();
    while let Some((reader, scenario)) = queue.pop() {
        let Content::Computed(expr) = model.content(reader, scenario) else { continue };
        let mut exprs = vec![expr];
        let mut looked_at: HashSet<ExprId> = HashSet::default();
        while let Some(id) = exprs.pop() {
            if !looked_at.insert(id) {
                continue;
            }
            let node = &model.expr(id).node;
            if let Some(opened) = openings(model, node) {
                if opened.contains(&cell) {
                    return true;
                }
            } else if let Node::Cell(read) = node {
                queue.extend(Some((*read, scenario)).filter(|read| seen.insert(*read)));
            } else if let Node::Base(read, parent) = node {
                queue.extend(Some((*read, *parent)).filter(|read| seen.insert(*read)));
            } else if !looks_elsewhere(node) {
                model.below(id, &mut exprs);
            }
        }
    }
    false
}

fn read_at_opening(model: &Model) -> HashSet<CellId> {
    model.exprs.iter().filter_map(|expr| openings(model, &expr.node)).flatten().collect()
}

/// The definitions that an opening reads; nothing for another node.
fn openings(model: &Model, node: &Node) -> Option<Vec<CellId>> {
    if let Node::Opened(cell) = node {
        return Some(vec![*cell]);
    }
    let Node::Opening { value, .. } = node else { return None };
    let named = |id: ExprId| if let Node::Cell(cell) | Node::Base(cell, _) = model.expr(id).node { Some(cell) } else { None };
    Some(model.within(*value).filter_map(named).collect())
}

/// What looks at other steps, or is a level of its own.
const fn looks_elsewhere(node: &Node) -> bool {
    matches!(
        node,
        Node::Accumulate { .. } | Node::Cohorts { .. } | Node::Delay { .. } | Node::Change { .. } | Node::OverTime(..)
            | Node::Span(..) | Node::At(..) | Node::AcrossSamples(..)
    )
}
