//! Periods behind a value: `x[2027]`, `x[launch]`.

use super::{Elaborator, Info, Known, Place, Typed, Value};
use crate::calendar::{Grid, Period, Step};
use crate::check::mistakes;
use crate::check::model::{Content, ExprId, Node, Reducer, Shape, Steps};
use crate::check::native::name_of_over_time;
use crate::check::settings;
use crate::diagnostic::Edit;
use crate::syntax::ast::{self, ExprNode};
use crate::text::{Location, Span};

/// Through how many names a look over time is followed.
const MOST_NAMES: usize = 64;

impl Elaborator<'_, '_> {
    /// The steps a written period covers, or the mistake is told.
    pub(in crate::check) fn steps(&mut self, place: &Place, id: ast::ExprId) -> Option<Option<Steps>> {
        let world = self.world;
        let file = world.trees.get(&place.file)?;
        let at = self.location(place, id);
        let (a, b) = if let ExprNode::To(a, b) = &file.expr(id).node { (*a, *b) } else { (id, id) };
        let (from, until) = (settings::period(file, a)?, settings::period(file, b)?);
        if !self.world.grid.timed() {
            self.report(mistakes::time::needs_timeline("a period", at, self.world.settings_at));
            return Some(None);
        }
        let family = self.world.grid.family();
        let grid = &self.world.grid;
        let (start, end) = (from.first().number(family), until.end().number(family));
        // A week has no other name than a day of it.
        let of_week = grid.step() == Step::Week && a == b && matches!(from, Period::Day(_));
        let found = if of_week { grid.step_at(start).map(|step| step..step + 1) } else { grid.steps(start, end) };
        if found.is_none() {
            let finer = grid.is_finer(start, end) && !of_week;
            let mistake = if finer { mistakes::time::finer_than_step(from, at) } else { mistakes::time::outside_timeline(at, grid, part_held(grid, [start, end]).as_deref()) };
            self.report(mistake);
        }
        Some(found.map(|range| Steps { first: range.start as u32, end: range.end as u32 }))
    }

    pub(super) fn index(&mut self, place: &Place, x: ast::ExprId, period: ast::ExprId, at: Location) -> Value {
        let steps = self.steps(place, period);
        let by_date = match steps {
            None => self.one(place, period).filter(|date| self.expect_period(*date)),
            Some(_) => None,
        };
        if steps.is_none() && by_date.is_none() {
            return Value::Unknown;
        }
        self.lift_settled(place, &[x], &mut |this, ones| {
            let Some(value) = ones.first().copied() else { return Value::Unknown };
            if let Some(reducer) = this.looked_over(value.id) {
                this.report(mistakes::time::looked_over_already(name_of_over_time(reducer), at, this.moved_inside(place, x, period, at.span)));
                return Value::Unknown;
            }
            let (value, unit) = this.amount(value, at);
            let node = match (steps, by_date) {
                (Some(Some(steps)), _) => Node::Span(value.id, steps),
                (None, Some(date)) => Node::At(value.id, date.id),
                (Some(None), _) | (None, None) => return Value::Unknown,
            };
            let uncertain = value.info.uncertain || by_date.is_some_and(|date| date.info.uncertain);
            // The date may be another in every step: `x[time]`.
            let shape = by_date.map_or(Shape::Constant, |date| date.info.shape);
            let info = Info { unit, shape, uncertain, ..value.info };
            Value::One(this.arena.push(node, info, at))
        })
    }

    /// What a span of a value measures: of a flow, what it adds up to.
    fn amount(&mut self, value: Typed, at: Location) -> (Typed, Known) {
        match value.info.unit {
            Known::Unit(_) if value.info.flows => {
                self.flow(value, "a period", at).unwrap_or((value, Known::Unknown))
            }
            Known::Unit(_) | Known::Any | Known::Unknown => (value, value.info.unit),
        }
    }

    /// By what a value looks over several steps, as itself or as a name for such a look: a period behind it picks nothing.
    fn looked_over(&self, mut id: ExprId) -> Option<Reducer> {
        for _ in 0..MOST_NAMES {
            let node = &self.arena.expr(id).node;
            if let Node::Scale(inner, _) = node {
                id = *inner;
            } else if let Node::Cell(cell) | Node::Base(cell, _) = node {
                let Content::Computed(inner) = self.states.get(*cell)?.content else { return None };
                id = inner;
            } else if let Node::OverTime(reducer, _, steps) = node {
                return (steps.end - steps.first > 1).then_some(*reducer);
            } else {
                return None;
            }
        }
        None
    }

    /// `highest(x[2027])` for `highest(x)[2027]`; nothing where the look has a name, or a period inside already.
    fn moved_inside(&self, place: &Place, x: ast::ExprId, period: ast::ExprId, all: Span) -> Vec<Edit> {
        let span = |id: ast::ExprId| self.world.expr(place.file, id).span;
        let ExprNode::Call { arguments, .. } = &self.world.expr(place.file, x).node else { return Vec::new() };
        let [argument] = arguments.as_slice() else { return Vec::new() };
        let inner = self.world.expr(place.file, argument.value);
        let whole = span(x);
        let Some(text) = self.written_period(place, period) else { return Vec::new() };
        let at = |start, end| Location::new(place.file, Span::new(start, end));
        let binds = matches!(inner.node, ExprNode::Path(_) | ExprNode::Call { .. });
        if whole.start != all.start || matches!(inner.node, ExprNode::Index(..)) {
            return Vec::new();
        }
        let (open, close) = if binds { ("", "") } else { ("(", ")") };
        vec![
            Edit { at: at(inner.span.start, inner.span.start), text: open.to_owned() },
            Edit { at: at(inner.span.end, inner.span.end), text: format!("{close}[{text}]") },
            Edit { at: at(whole.end, all.end), text: String::new() },
        ]
    }

    /// A period as it is written: `2027-Q1`, `2026-06 to 2027-02`.
    fn written_period(&self, place: &Place, id: ast::ExprId) -> Option<String> {
        let file = self.world.trees.get(&place.file)?;
        if let ExprNode::To(a, b) = &file.expr(id).node {
            return Some(format!("{} to {}", settings::period(file, *a)?, settings::period(file, *b)?));
        }
        Some(settings::period(file, id)?.to_string())
    }
}

/// Of a span that the timeline cuts, the steps that it holds: `2026-04 to 2026-12`.
fn part_held(grid: &Grid, [start, end]: [f64; 2]) -> Option<String> {
    let held = grid.steps(start.max(grid.start(0)), end.min(grid.start(grid.len())))?;
    let [first, last] = [held.start, held.end.checked_sub(1)?].map(|step| grid.label(step));
    Some(if first == last { first } else { format!("{first} to {last}") })
}
