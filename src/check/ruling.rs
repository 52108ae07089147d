//! Rules out: figures of a model that a requirement of the prelude forbids, told at their lines where they are written out.

use super::elaborate::{Elaborator, Known, SlotType};
use super::mistakes;
use super::model::{CellId, Comparison, Content, ExprId, Node, Origin, Requirement, Type, children, holds_nearly};
use super::pass::{LinkMap, Pass};
use super::scenario::Scenarios;
use super::world::Body;
use crate::syntax::ast::{ExprNode, Number, Severity, Stated, Value};
use crate::text::{Location, Span};
use foldhash::{HashMap, HashSet};

/// How many parts of a sum are pointed at.
const MOST_SHOWN: usize = 8;

impl Pass<'_> {
    /// Tells of what a requirement of the prelude forbids. What only a run can know is for the report.
    pub(super) fn rule_out(&mut self, requirement: &Requirement) {
        self.rule_out_with(requirement, None);
    }

    /// The same of what a named scenario writes out.
    pub(super) fn rule_out_in_scenarios(&mut self, requirements: &[(Requirement, Vec<CellId>)], scenarios: &mut Scenarios<'_>) {
        for at in 0..scenarios.all.len() {
            let Some(lines) = scenarios.lines(at) else { continue };
            scenarios.layers.get_mut(at).into_iter().for_each(|layers| std::mem::swap(&mut self.states.layers, layers));
            requirements.iter().for_each(|(requirement, _)| self.rule_out_with(requirement, Some(&lines)));
            scenarios.layers.get_mut(at).into_iter().for_each(|layers| std::mem::swap(&mut self.states.layers, layers));
        }
    }

    /// Where a scenario replaces something, only what has to do with that is told.
    fn rule_out_with(&mut self, requirement: &Requirement, replaced: Option<&HashMap<CellId, Body<'_>>>) {
        if self.world.origin(requirement.at.file) != Origin::Prelude {
            return;
        }
        let links = LinkMap::default();
        let elaborator = self.elaborator(&links);
        let missed = requirement.comparisons.iter().find_map(|(left, comparison, right)| {
            let (low, high) = elaborator.known_value(*left).zip(elaborator.known_value(*right))?;
            if holds_nearly(*comparison, low, high) {
                return None;
            }
            let [values, bounds] = [*left, *right].map(|side| elaborator.figures(side));
            // Both may be equal where the one has to lie strictly below the other.
            let above = match comparison {
                Comparison::Less | Comparison::AtMost => true,
                Comparison::More | Comparison::AtLeast => false,
                Comparison::Equal | Comparison::Unequal => low > high,
            };
            let word = match (elaborator.arena.expr(*left).ty == Type::Date, above == values.is_empty()) {
                (true, true) => "too early",
                (true, false) => "too late",
                (false, true) => "too small",
                (false, false) => "too large",
            };
            let word = match (values.len() + bounds.len(), values.is_empty() || bounds.is_empty()) {
                (0 | 1, _) => word.to_owned(),
                (_, true) => format!("{word} together with the others"),
                (_, false) => format!("{word} beside the other"),
            };
            Some(([bounds, values].concat(), word))
        });
        let Some((figures, word)) = missed.filter(|(figures, _)| !figures.is_empty()) else { return };
        if replaced.is_some_and(|replaced| !figures.iter().any(|cell| replaced.contains_key(cell))) {
            return;
        }
        // Of a figure in a wrong unit that is the mistake, and nothing is known of its value.
        let unknown = |cell: &CellId| self.states.get(*cell).is_none_or(|state| state.info.unit == Known::Unknown);
        if figures.iter().any(unknown) {
            return;
        }
        let figure = figures.last().map_or("the model", |cell| self.world.cell(*cell).path.as_str());
        let owner = requirement.instance.map_or(figure, |id| self.world.instance(id).path.as_str());
        let why = requirement.message.as_deref().unwrap_or("this can't be");
        let lines: Vec<Location> = figures.iter().map(|cell| self.line_of(*cell, replaced)).collect();
        let tell = match requirement.severity {
            Severity::Require => mistakes::claims::ruled_out,
            Severity::Expect => mistakes::claims::hardly_meant,
        };
        let mistake = tell(owner, why, &word, &lines, requirement.at);
        let bare = if let [only] = figures.as_slice() { self.bare_share(*only, replaced) } else { None };
        let mistake = match bare {
            Some((number, at)) => mistakes::claims::percent_meant(mistake, number, at),
            None => mistake,
        };
        let sign = if let [only] = figures.as_slice() { self.sign_of(*only, replaced) } else { None };
        self.found.push(match sign {
            Some(sign) if requirement.severity == Severity::Expect => mistakes::claims::without_sign(mistake, sign),
            Some(_) | None => mistake,
        });
    }

    /// Where a figure is written out: in a scenario by its right side there.
    fn line_of(&self, cell: CellId, replaced: Option<&HashMap<CellId, Body<'_>>>) -> Location {
        let right = replaced.and_then(|replaced| replaced.get(&cell)).and_then(|body| match body.value {
            Value::Equals(id) => Some(Location::new(body.file, self.world.expr(body.file, *id).span)),
            Value::Uncertain(_) => None,
        });
        right.unwrap_or(self.world.cell(cell).at)
    }

    /// The minus before a number that a figure is.
    fn sign_of(&self, cell: CellId, replaced: Option<&HashMap<CellId, Body<'_>>>) -> Option<Location> {
        let body = replaced.and_then(|replaced| replaced.get(&cell)).copied().or(self.world.cell(cell).body);
        let Some(Body { file, value: Value::Equals(id) }) = body else { return None };
        let expr = self.world.expr(file, *id);
        let ExprNode::Negate(number) = &expr.node else { return None };
        let number = self.world.expr(file, *number);
        number.node.number().map(|_| Location::new(file, Span::new(expr.span.start, number.span.start)))
    }

    /// A share that is a number without `%`, of at most a hundred.
    fn bare_share(&self, cell: CellId, replaced: Option<&HashMap<CellId, Body<'_>>>) -> Option<(f64, Location)> {
        let def = self.world.cell(cell);
        let body = replaced.and_then(|replaced| replaced.get(&cell)).copied().or(def.body);
        let in_percent = |stated: &Stated| matches!(stated.unit.factors.as_slice(), [only] if only.name.text == "%");
        let stated = def.slot.or(def.stated);
        let is_share = stated.is_some_and(|(stated, _)| SlotType::of(stated) == SlotType::Share || in_percent(stated));
        let is_rate = stated.is_some_and(|(stated, _)| stated.unit.factors.len() > 1 && stated.unit.factors.iter().any(|factor| factor.name.text == "share"));
        let (Some(Body { file, value: Value::Equals(id) }), true) = (body, is_share || is_rate) else { return None };
        let expr = self.world.expr(file, *id);
        let ExprNode::Number(Number { value, percent: false, unit, .. }) = &expr.node else { return None };
        // What stands behind the digits: `/month` of `5/month`.
        let digits = unit.as_ref().map_or(expr.span, |unit| Span::new(expr.span.start, unit.span.start));
        (is_share == unit.is_none() && (0.0..=100.0).contains(value)).then_some((*value, Location::new(file, digits)))
    }
}

impl Elaborator<'_, '_> {
    /// The model's figures that an expression comes from.
    fn figures(&self, from: ExprId) -> Vec<CellId> {
        let (mut open, mut figures, mut seen) = (vec![from], Vec::new(), HashSet::default());
        while let Some(id) = open.pop().filter(|_| figures.len() < MOST_SHOWN) {
            if !seen.insert(id) {
                continue;
            }
            let expr = self.arena.expr(id);
            if let Node::Cell(cell) = expr.node {
                let def = self.world.cell(cell);
                if def.origin == Origin::Model {
                    figures.push(cell);
                } else if let Some(Content::Computed(inner)) = self.states.get(cell).map(|state| state.content) {
                    open.push(inner);
                }
            }
            let mut below = Vec::new();
            children(&expr.node, &mut |child| below.push(child));
            // In the order written.
            open.extend(below.into_iter().rev());
        }
        figures
    }
}
