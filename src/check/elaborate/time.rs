//! Time: openings, levels, delays, cohorts, and what looks across the timeline.

use super::call::Arguments;
use super::{Elaborator, Info, Known, Place, Typed, Value};
use crate::check::mistakes;
use crate::check::model::{Band, Content, Node, Reducer, Shape, Steps, Table, TableId, Type};
use crate::check::native::Native;
use crate::check::resolve::{Target, resolve};
use crate::quantity::UnitId;
use crate::syntax::ast::{self, ExprNode};

impl Elaborator<'_, '_> {
    fn timed(&mut self, arguments: &Arguments) -> bool {
        if !self.world.grid.timed() {
            self.report(mistakes::time::needs_timeline(&format!("`{}`", arguments.name), arguments.at, self.world.settings_at));
        }
        self.world.grid.timed()
    }

    /// `opening(x, from: s)` and `change(x, from: s)`; a level knows its own start.
    pub(super) fn opening(&mut self, arguments: &Arguments, native: Native) -> Value {
        if !self.timed(arguments) {
            return Value::Unknown;
        }
        let at = arguments.at;
        let Some((place, id)) = arguments.get(0).cloned() else { return Value::Unknown };
        if arguments.get(1).is_some() {
            let Some(from) = self.argument(arguments, 1) else { return Value::Unknown };
            return self.lift_settled(&place, &[id], &mut |this, ones| {
                let Some(value) = ones.first() else { return Value::Unknown };
                if native == Native::Change && !(this.expect_type(*value, Type::Number) && this.expect_type(from, Type::Number)) {
                    return Value::Unknown;
                }
                if !this.expect_type(from, value.info.ty) {
                    return Value::Unknown;
                }
                let (agreed, unit) = this.agree(&[*value, from], super::agree::Joined::Arguments);
                let [value, from] = agreed.as_slice() else { return Value::Unknown };
                let info = Info::of(value.info.ty, unit, &[*value, *from]).series();
                let (value, from) = (value.id, from.id);
                let change = native == Native::Change;
                let node = if change { Node::Change { value, from } } else { Node::Opening { value, from } };
                Value::One(this.arena.push(node, info, at))
            });
        }
        let Some(path) = self.world.expr(place.file, id).node.path() else {
            self.report(mistakes::time::start_value(at, None));
            return Value::Unknown;
        };
        let (cells, column) = match resolve(self.world, self.links, place.scope, path).target {
            Ok(Target::Cell(cell)) => (vec![cell], false),
            Ok(Target::Cells(cells)) => (cells, true),
            Ok(Target::Instance(_) | Target::Instances(..) | Target::Nothing) | Err(_) => {
                // Unknown names are told by the path itself.
                return self.expr(&place, id);
            }
        };
        let mut openings = Vec::with_capacity(cells.len());
        for cell in cells {
            let state = self.states.get(cell);
            if state.is_some_and(|state| state.content == Content::Missing) {
                return self.cell_value(cell, at);
            }
            // What is spoilt has been told of.
            if state.is_some_and(|state| !state.level && state.info.unit == Known::Unknown) {
                return Value::Unknown;
            }
            if state.is_some_and(|state| !state.level) {
                let def = self.world.cell(cell);
                let (name, defined) = (def.path.clone(), def.at);
                self.report(mistakes::time::start_value(at, Some((&name, defined))));
                return Value::Unknown;
            }
            let info = state.map_or(Info::unknown(), |state| state.info).series();
            let opened = self.arena.push(Node::Opened(cell), info, at);
            let result = if native == Native::Change {
                let Value::One(now) = self.cell_value(cell, at) else { return Value::Unknown };
                self.arena.push(Node::Sum(now.id, vec![(crate::check::model::Sign::Minus, opened.id)]), info, at)
            } else {
                opened
            };
            openings.push(result);
        }
        match openings.as_slice() {
            [only] if !column => Value::One(*only),
            _ => Value::Column(openings),
        }
    }

    /// `accumulate(flow, from: s)`
    pub(super) fn accumulate(&mut self, arguments: &Arguments) -> Value {
        if !self.timed(arguments) {
            return Value::Unknown;
        }
        let at = arguments.at;
        let (Some(flow), Some(from)) = (self.argument(arguments, 0), self.argument(arguments, 1)) else {
            return Value::Unknown;
        };
        let Some((flow, unit)) = self.flow(flow, "accumulate", at) else { return Value::Unknown };
        let (from, unit) = match (unit, from.info.unit) {
            (Known::Unit(unit), _) => {
                let name = arguments.name;
                let from = self.in_unit(from, unit, |side, wanted| mistakes::units::start_of_level(name, side, &wanted));
                (from, Known::Unit(unit))
            }
            (Known::Any | Known::Unknown, known) => (Some(from), known),
        };
        let Some(from) = from else { return Value::Unknown };
        let info = Info::of(Type::Number, unit, &[flow, from]).series();
        Value::One(self.arena.push(Node::Accumulate { flow: flow.id, from: from.id }, info, at))
    }

    /// `delay(flow, by, order: n, initial: v)`
    pub(super) fn delay(&mut self, arguments: &Arguments) -> Value {
        if !self.timed(arguments) {
            return Value::Unknown;
        }
        let at = arguments.at;
        let (Some(by), Some(initial)) = (self.argument(arguments, 1), self.argument(arguments, 3)) else {
            return Value::Unknown;
        };
        if by.info.unit == Known::Unknown {
            return Value::Unknown;
        }
        let Some(by) = self.duration(by, "the time of a delay") else { return Value::Unknown };
        let Some(order) = self.argument(arguments, 2) else { return Value::Unknown };
        if order.info.unit == Known::Unknown {
            return Value::Unknown;
        }
        let Some(order) = self.shaping_value(order.id).filter(|order| order.fract() == 0.0 && (0.0..=12.0).contains(order)) else {
            self.report(mistakes::time::delay_order(at));
            return Value::Unknown;
        };
        let order = order as u32;
        let period = self.world.grid.period();
        if order > 0 && self.shaping_value(by.id).is_some_and(|by| by < f64::from(order) * period * (1.0 - 1e-9)) {
            self.report(mistakes::time::short_stocks(order, self.blamed(by)));
            return Value::Unknown;
        }
        if order == 0 && by.info.shape == Shape::Series {
            self.report(mistakes::time::fixed_delay(self.blamed(by)));
            return Value::Unknown;
        }
        self.over_argument(arguments, &mut |this, flow| {
            if !(this.expect_type(flow, Type::Number) && this.expect_type(initial, Type::Number)) {
                return Value::Unknown;
            }
            let (agreed, unit) = this.agree(&[flow, initial], super::agree::Joined::Arguments);
            let [flow, initial] = agreed.as_slice() else { return Value::Unknown };
            let info = Info::of(Type::Number, unit, &[*flow, by, *initial]).series();
            let node = Node::Delay { flow: flow.id, by: by.id, order, initial: initial.id };
            Value::One(this.arena.push(node, info, at))
        })
    }

    /// `cohorts(new, curve)`
    pub(super) fn cohorts(&mut self, arguments: &Arguments) -> Value {
        if !self.timed(arguments) {
            return Value::Unknown;
        }
        let at = arguments.at;
        let Some(flow) = self.argument(arguments, 0) else { return Value::Unknown };
        let Some((flow, unit)) = self.flow(flow, "cohorts", at) else { return Value::Unknown };
        let Some((place, id)) = arguments.get(1).cloned() else { return Value::Unknown };
        let curve = match self.expr(&place, id) {
            Value::Table(table) if !self.is_schedule(table) => table,
            Value::Unknown => return Value::Unknown,
            // What spoilt it has been told, or is if anything asks for it.
            Value::One(value) if value.info.unit == Known::Unknown => return Value::Unknown,
            Value::Nothing => return Value::Nothing,
            Value::One(_) | Value::Column(_) | Value::List(_) | Value::Table(_) | Value::Instances(_) | Value::Instance(_) | Value::Text => {
                let at = self.location(&place, id);
                self.report(mistakes::tables::curve_wanted(at));
                return Value::Unknown;
            }
        };
        let curve_at = self.location(&place, id);
        let Some(curve) = self.by_age(curve, curve_at) else { return Value::Unknown };
        let table = self.arena.table_info(curve);
        let mut info = Info::of(Type::Number, unit, &[flow]).series();
        info.uncertain |= table.uncertain;
        Value::One(self.arena.push(Node::Cohorts { flow: flow.id, curve }, info, at))
    }

    /// A curve with its ages in the grid's unit of time.
    fn by_age(&mut self, table: TableId, at: crate::text::Location) -> Option<TableId> {
        let info = self.arena.table_info(table);
        let grid = self.time_unit();
        let scale = match info.key {
            Known::Unit(key) => self.arena.units.scale(key, grid),
            Known::Any | Known::Unknown => Some(1.0),
        };
        if let Known::Unit(unit) = info.result
            && !self.arena.units.is_bare(unit)
        {
            let unit = self.arena.units.text(unit);
            self.report(mistakes::tables::shares_wanted(&unit, at));
            return None;
        }
        let Some(scale) = scale else {
            self.report(mistakes::tables::curve_wanted(at));
            return None;
        };
        if let Some(formula) = self.formula_of(table) {
            return self.by_step(&formula, info, at);
        }
        if scale == 1.0 {
            return Some(table);
        }
        let known = self.arena.tables.get(table.0 as usize)?.clone();
        let bands = known.bands.iter().map(|band| Band { bound: band.bound * scale, ..band.clone() }).collect();
        let id = TableId(self.arena.tables.len() as u32);
        self.arena.tables.push(Table { bands, ..known });
        self.arena.table_infos.push(super::TableInfo { key: Known::Unit(grid), ..info });
        Some(id)
    }

    /// `total(x)`, `lowest(x)`, `when(c)` …; with a period behind x, over its steps: `lowest(cash[2027])`.
    pub(super) fn over_time(&mut self, arguments: &Arguments, reducer: Reducer) -> Value {
        if !self.timed(arguments) {
            return Value::Unknown;
        }
        let at = arguments.at;
        let Some((place, id)) = arguments.get(0).cloned() else { return Value::Unknown };
        let Some((id, steps)) = self.part_of_time(&place, id) else { return Value::Unknown };
        self.lift_settled(&place, &[id], &mut |this, ones| {
            let Some(value) = ones.first().copied() else { return Value::Unknown };
            let (value, unit, ty) = match reducer {
                Reducer::Total => match this.flow(value, "total", at) {
                    Some((value, unit)) => (value, unit, Type::Number),
                    None => return Value::Unknown,
                },
                Reducer::When => {
                    if !this.expect_type(value, Type::Condition) {
                        return Value::Unknown;
                    }
                    (value, Known::Unit(UnitId::NONE), Type::Date)
                }
                Reducer::Lowest | Reducer::Highest | Reducer::Average => {
                    if !this.expect_type(value, Type::Number) {
                        return Value::Unknown;
                    }
                    (value, value.info.unit, Type::Number)
                }
                Reducer::Final => (value, value.info.unit, value.info.ty),
            };
            let info = Info::of(ty, unit, &[value]).constant();
            Value::One(this.arena.push(Node::OverTime(reducer, value.id, steps), info, at))
        })
    }

    /// What is looked over, and in which steps: those of a period that is written behind it, else all. None where that
    /// period is a mistake.
    fn part_of_time(&mut self, place: &Place, id: ast::ExprId) -> Option<(ast::ExprId, Steps)> {
        if let ExprNode::Index(whole, period) = self.world.expr(place.file, id).node
            && let Some(steps) = self.steps(place, period)
        {
            return steps.map(|steps| (whole, steps));
        }
        Some((id, Steps { first: 0, end: self.world.grid.len() as u32 }))
    }

    /// `after(date)`
    pub(super) fn after(&mut self, arguments: &Arguments) -> Value {
        if !self.timed(arguments) {
            return Value::Unknown;
        }
        let at = arguments.at;
        self.over_argument(arguments, &mut |this, date| {
            if !this.expect_type(date, Type::Date) {
                return Value::Unknown;
            }
            let info = Info::of(Type::Number, Known::Unit(UnitId::NONE), &[date]).series();
            Value::One(this.arena.push(Node::After(date.id), info, at))
        })
    }

    /// Whether a definition's right side is `accumulate(…)` or `cohorts(…)` itself.
    pub(super) fn builds_level(&self, value: Typed) -> bool {
        matches!(self.arena.expr(value.id).node, Node::Accumulate { .. } | Node::Cohorts { .. })
    }
}
