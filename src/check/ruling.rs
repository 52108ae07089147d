//! Rules out: figures of a model that a requirement of the prelude forbids, told at their lines where they are written out.

use super::elaborate::Elaborator;
use super::mistakes;
use super::model::{Content, ExprId, Node, Origin, ROUNDING, Requirement, children};
use super::pass::{LinkMap, Pass};
use crate::text::Location;

/// How many parts of a sum are pointed at.
const MOST_SHOWN: usize = 8;

impl Pass<'_> {
    /// Tells of what a requirement of the prelude forbids. What only a run can know is for the report.
    pub(super) fn rule_out(&mut self, requirement: &Requirement) {
        if self.world.origin(requirement.at.file) != Origin::Prelude {
            return;
        }
        let links = LinkMap::new();
        let elaborator = self.elaborator(&links);
        let missed = requirement.comparisons.iter().find_map(|(left, comparison, right)| {
            let (low, high) = elaborator.known_value(*left).zip(elaborator.known_value(*right))?;
            let rounding = (low - high).abs() <= ROUNDING * low.abs().max(high.abs());
            if rounding || comparison.holds(low, high) {
                return None;
            }
            let lines = [*left, *right].map(|side| elaborator.lines(side));
            let word = if (low > high) == lines[1].is_empty() { "too large" } else { "too small" };
            Some((lines.concat(), word))
        });
        let Some((lines, word)) = missed.filter(|(lines, _)| !lines.is_empty()) else { return };
        let owner = requirement.instance.map_or("the model", |id| self.world.instance(id).path.as_str());
        let why = requirement.message.as_deref().unwrap_or("this can't be");
        self.found.push(mistakes::claims::ruled_out(owner, why, word, &lines, requirement.at));
    }
}

impl Elaborator<'_, '_> {
    /// The model's lines that an expression comes from.
    fn lines(&self, from: ExprId) -> Vec<Location> {
        let (mut open, mut lines) = (vec![from], Vec::new());
        while let Some(id) = open.pop().filter(|_| lines.len() < MOST_SHOWN) {
            let expr = self.arena.expr(id);
            if let Node::Cell(cell) = expr.node {
                let def = self.world.cell(cell);
                if def.origin == Origin::Model {
                    lines.push(def.at);
                } else if let Some(Content::Computed(inner)) = self.states.get(cell).map(|state| state.content) {
                    open.push(inner);
                }
            }
            let mut below = Vec::new();
            children(&expr.node, &mut |child| below.push(child));
            // In the order written.
            open.extend(below.into_iter().rev());
        }
        lines
    }
}
