//! Hollow: claims that say nothing. A condition that holds whatever the model says, or never, and a test that can't fail.

use super::elaborate::Arena;
use super::mistakes;
use super::mistakes::claims::Empty;
use super::model::{CellId, Comparison, Content, ExprId, Node, Tolerance, children, holds_nearly};
use super::pass::{LinkMap, Pass};
use crate::diagnostic::Diagnostic;
use crate::text::{Location, Span};

/// How deep two expressions are compared, and how many parts of a condition are looked at.
const DEEPEST: u32 = 32;

/// A bound that a condition sets: on what, from which side, and where it is written.
#[derive(Clone, Copy)]
struct Bound {
    on: ExprId,
    comparison: Comparison,
    number: ExprId,
    value: f64,
}

impl Pass<'_> {
    /// Tells of a requirement that always holds, or never.
    pub(super) fn hollow_requirement(&mut self, condition: ExprId, at: Location) {
        let told = self.same_on_both_sides(condition, at).or_else(|| self.without_names(condition, at)).or_else(|| self.crossed(condition));
        self.found.extend(told);
    }

    /// Tells of an expectation of a test that can't fail, or never holds.
    pub(super) fn hollow_expectation(&mut self, condition: ExprId, within: Option<Tolerance>, at: Location, test: Span) {
        let told = self.same_on_both_sides(condition, at).or_else(|| self.crossed(condition));
        let told = told.or_else(|| self.expects_what_is_given(condition, at, test)).or_else(|| self.too_wide(condition, within?));
        self.found.extend(told);
    }

    /// `require revenue >= revenue`
    fn same_on_both_sides(&self, condition: ExprId, at: Location) -> Option<Diagnostic> {
        let Node::Compare(first, rest) = &self.arena.expr(condition).node else { return None };
        let [(comparison, second)] = rest.as_slice() else { return None };
        // Of numbers alone there is more to say.
        let same = reads_names(&self.arena, *first) && alike(&self.arena, *first, *second, 0);
        same.then(|| mistakes::claims::same_on_both_sides(empty(comparison.holds(1.0, 1.0)), at))
    }

    /// `require 60% >= 50%`
    fn without_names(&mut self, condition: ExprId, at: Location) -> Option<Diagnostic> {
        let Node::Compare(first, rest) = self.arena.expr(condition).node.clone() else { return None };
        let all = || std::iter::once(first).chain(rest.iter().map(|(_, id)| *id));
        if all().any(|id| reads_names(&self.arena, id)) {
            return None;
        }
        let links = LinkMap::default();
        let elaborator = self.elaborator(&links);
        let values: Vec<f64> = all().map(|id| elaborator.known_value(id)).collect::<Option<_>>()?;
        let holds = values.windows(2).zip(&rest).all(|(pair, (comparison, _))| if let [a, b] = pair { holds_nearly(*comparison, *a, *b) } else { true });
        Some(mistakes::claims::without_names(empty(holds), at))
    }

    /// `require 60% <= gross_margin <= 30%`, `x >= 5 and x <= 3`
    fn crossed(&mut self, condition: ExprId) -> Option<Diagnostic> {
        let mut bounds = Vec::new();
        self.bounds_of(condition, &mut bounds, 0);
        let is_lower = |bound: &&Bound| matches!(bound.comparison, Comparison::More | Comparison::AtLeast | Comparison::Equal);
        let is_upper = |bound: &&Bound| matches!(bound.comparison, Comparison::Less | Comparison::AtMost | Comparison::Equal);
        let (low, high) = bounds.iter().filter(is_lower).find_map(|low| {
            let crosses = |high: &&Bound| low.value > high.value && alike(&self.arena, low.on, high.on, 0);
            bounds.iter().filter(is_upper).find(crosses).map(|high| (*low, *high))
        })?;
        let links = LinkMap::default();
        let elaborator = self.elaborator(&links);
        let written = |bound: &Bound| {
            let expr = elaborator.arena.expr(bound.number);
            (elaborator.written_as(bound.value, expr.unit), expr.at)
        };
        Some(mistakes::claims::crossed(written(&low), written(&high)))
    }

    /// The numbers that a condition holds something against, where all of it has to hold.
    fn bounds_of(&self, condition: ExprId, bounds: &mut Vec<Bound>, depth: u32) {
        let node = &self.arena.expr(condition).node;
        if let Node::All(parts) = node
            && depth < DEEPEST
        {
            parts.iter().for_each(|part| self.bounds_of(*part, bounds, depth + 1));
        }
        let Node::Compare(first, rest) = node else { return };
        let mut left = *first;
        for (comparison, right) in rest {
            match (literal(&self.arena, left), literal(&self.arena, *right)) {
                (Some(value), None) => bounds.push(Bound { on: *right, comparison: comparison.mirrored(), number: left, value }),
                (None, Some(value)) => bounds.push(Bound { on: left, comparison: *comparison, number: *right, value }),
                (Some(_), Some(_)) | (None, None) => {}
            }
            left = *right;
        }
    }

    /// `given price = 20 USD, expect price == 20 USD`; what is given is in the upper states.
    fn expects_what_is_given(&self, condition: ExprId, at: Location, test: Span) -> Option<Diagnostic> {
        let Node::Compare(first, rest) = &self.arena.expr(condition).node else { return None };
        let [(Comparison::Equal, second)] = rest.as_slice() else { return None };
        let given = |id: ExprId| if let Node::Cell(cell) = self.arena.expr(id).node { self.given_number(cell, test).map(|value| (cell, value)) } else { None };
        let (cell, value, expected) = match (given(*first), given(*second)) {
            (Some((cell, value)), None) => (cell, value, literal(&self.arena, *second)?),
            (None, Some((cell, value))) => (cell, value, literal(&self.arena, *first)?),
            (Some(_), Some(_)) | (None, None) => return None,
        };
        (value == expected).then(|| mistakes::claims::expects_what_is_given(&self.world.cell(cell).path, at))
    }

    /// The number that a test gives a definition.
    fn given_number(&self, cell: CellId, test: Span) -> Option<f64> {
        let Content::Computed(id) = self.states.layers.get(&cell)?.content else { return None };
        let at = self.arena.expr(id).at.span;
        literal(&self.arena, id).filter(|_| test.start <= at.start && at.end <= test.end)
    }

    /// `expect revenue == 3k USD within 5k USD`: nothing at all would do too.
    fn too_wide(&self, condition: ExprId, within: Tolerance) -> Option<Diagnostic> {
        let Node::Compare(first, rest) = &self.arena.expr(condition).node else { return None };
        let [(Comparison::Equal, second)] = rest.as_slice() else { return None };
        let (is_wide, tolerance) = match within {
            Tolerance::Relative(share) => (literal(&self.arena, share)? >= 1.0, share),
            Tolerance::Absolute(amount) => {
                let expected = literal(&self.arena, *second).or_else(|| literal(&self.arena, *first))?;
                (expected != 0.0 && literal(&self.arena, amount)? >= expected.abs(), amount)
            }
        };
        is_wide.then(|| mistakes::claims::too_wide(self.arena.expr(tolerance).at))
    }
}

const fn empty(holds: bool) -> Empty {
    if holds { Empty::Always } else { Empty::Never }
}

/// A number that is written out, brought to the unit in which it is compared.
fn literal(arena: &Arena, id: ExprId) -> Option<f64> {
    let mut scale = 1.0;
    let mut id = id;
    for _ in 0..DEEPEST {
        let node = &arena.expr(id).node;
        if let Node::Number(value) = node {
            return Some(scale * value);
        }
        (id, scale) = if let Node::Scale(inner, by) = node { (*inner, scale * by) } else if let Node::Negate(inner) = node { (*inner, -scale) } else { return None };
    }
    None
}

/// Whether an expression reads more than numbers that are written out.
fn reads_names(arena: &Arena, id: ExprId) -> bool {
    let mut open = vec![id];
    while let Some(id) = open.pop() {
        let node = &arena.expr(id).node;
        if !matches!(node, Node::Number(_) | Node::Scale(..) | Node::Negate(_) | Node::Sum(..) | Node::Product(..)) {
            return true;
        }
        children(node, &mut |child| open.push(child));
    }
    false
}

/// Whether two expressions say the same in the same order. Two dates may name one step on purpose: `won[2026-02-15] == won[2026-02-09]`.
fn alike(arena: &Arena, a: ExprId, b: ExprId, depth: u32) -> bool {
    let (left, right) = (&arena.expr(a).node, &arena.expr(b).node);
    if a == b {
        return true;
    }
    let same = |a: ExprId, b: ExprId| depth < DEEPEST && alike(arena, a, b, depth + 1);
    if let (Node::OverTime(how, a, steps), Node::OverTime(other, b, others)) = (left, right) {
        return how == other && steps == others && same(*a, *b);
    }
    if let (Node::Scale(a, by), Node::Scale(b, other)) = (left, right) {
        return by == other && same(*a, *b);
    }
    if let (Node::Sum(a, rest), Node::Sum(b, others)) = (left, right) {
        let pairs = || rest.iter().zip(others);
        return rest.len() == others.len() && same(*a, *b) && pairs().all(|((sign, a), (other, b))| sign == other && same(*a, *b));
    }
    if let (Node::Product(a, rest), Node::Product(b, others)) = (left, right) {
        let pairs = || rest.iter().zip(others);
        return rest.len() == others.len() && same(*a, *b) && pairs().all(|((how, a), (other, b))| how == other && same(*a, *b));
    }
    matches!(left, Node::Number(_) | Node::Cell(_)) && left == right
}
