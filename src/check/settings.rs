//! Settings: timeline, step, currency and days per month of the `model` block.

use super::mistakes;
use super::world::World;
use crate::calendar::{Date, Grid, Moment, Period, Step};
use crate::diagnostic::Diagnostic;
use crate::syntax::ast::{self, DateLiteral, ExprNode, Node, Value};
use crate::text::{FileId, Location, Span};
use foldhash::HashMap;

/// How many steps a timeline may have.
pub const MOST_PERIODS: usize = 12_000;

const SETTINGS: [&str; 4] = ["timeline", "step", "currency", "days_per_month"];

/// Reads every `model` block into the world.
pub(super) fn read(files: &[&ast::File], world: &mut World<'_>, found: &mut Vec<Diagnostic>) {
    let mut reader = Reader { seen: HashMap::default(), timeline: None, step: Step::Month, world, found };
    for file in files {
        for item in &file.items {
            let Node::Model(model) = &item.node else { continue };
            for line in &model.settings {
                reader.line(file, line);
            }
        }
    }
    if reader.timeline.is_none() && files.iter().flat_map(|file| &file.items).any(may_hold_timeline) {
        reader.stand_in();
    }
    reader.finish();
    if world.currency.is_none() {
        world.currency = only_currency(files, world);
    }
}

/// The period an expression names, where it is written out: `2026`, `2026-Q1`, `2026-01`, `2026-01-15`.
pub(super) fn period(file: &ast::File, id: ast::ExprId) -> Option<Period> {
    let node = &file.expr(id).node;
    if let ExprNode::Date(date) = node {
        return match *date {
            DateLiteral::Day(year, month, day) => Date::new(year, month, day).map(Period::Day),
            DateLiteral::Minute(..) => None,
            DateLiteral::Month(year, month) => Some(Period::Month(year, month)),
            DateLiteral::Quarter(year, quarter) => Some(Period::Quarter(year, quarter)),
        };
    }
    let year = node.bare_number().filter(|year| year.fract() == 0.0 && (1000.0..10_000.0).contains(year));
    year.map(|year| Period::Year(year as i32))
}

/// `2026/01` as it is written: `2026-01`.
fn divided_date(file: &ast::File, id: ast::ExprId) -> Option<String> {
    let ExprNode::Chain { first, rest } = &file.expr(id).node else { return None };
    let [(ast::Operator::Divide, month)] = rest.as_slice() else { return None };
    let (year, month) = (file.expr(*first).node.bare_number()?, file.expr(*month).node.bare_number()?);
    mistakes::time::month_written(year, month)
}

/// The moment an expression names, where it is written out: `2026-01-15T12:30`, or the start of a period.
pub(super) fn moment(file: &ast::File, id: ast::ExprId) -> Option<Moment> {
    if let ExprNode::Date(DateLiteral::Minute(year, month, day, minute)) = file.expr(id).node {
        return Date::new(year, month, day).map(|date| Moment { date, minute });
    }
    period(file, id).map(|period| Moment { date: period.first(), minute: 0 })
}

/// Whether a declaration may hold a timeline that could not be read: a line of a `model` that did not parse, or one in a
/// block that is none of a model.
fn may_hold_timeline(item: &ast::Item) -> bool {
    let is_timeline = |line: &ast::Item| line.node.definition().is_some_and(|definition| definition.path.text() == "timeline");
    if let Node::Model(model) = &item.node {
        model.settings.iter().any(|line| matches!(line.node, Node::Broken))
    } else if let Node::Instance(instance) = &item.node {
        instance.members.iter().any(is_timeline)
    } else {
        is_timeline(item)
    }
}

struct Reader<'w, 'a, 'f> {
    seen: HashMap<String, Location>,
    timeline: Option<(Period, Period, Location)>,
    step: Step,
    world: &'w mut World<'a>,
    found: &'f mut Vec<Diagnostic>,
}

impl Reader<'_, '_, '_> {
    fn line(&mut self, file: &ast::File, line: &ast::Item) {
        let Node::Definition(def) = &line.node else { return };
        let Some(name) = def.path.names.first() else { return };
        let at = Location::new(file.id, def.path.span);
        if let Some(earlier) = self.seen.insert(name.text.clone(), at) {
            self.found.push(mistakes::names::defined_twice(&name.text, at, earlier));
            return;
        }
        let Some(Value::Equals(value)) = def.value else { return };
        let place = Location::new(file.id, file.expr(value).span);
        if matches!(file.expr(value).node, ExprNode::Broken) {
            // What did not parse is told; the line may have been the timeline.
            return self.stand_in();
        }
        match name.text.as_str() {
            "timeline" => self.timeline(file, value, place),
            "step" => self.step(file, value, place),
            "currency" => self.currency(file, value, place),
            "days_per_month" => match file.expr(value).node.bare_number().filter(|days| *days > 0.0) {
                Some(days) => self.world.units.set_days_per_month(days),
                None => self.found.push(mistakes::time::days_per_month(place)),
            },
            unknown => {
                self.found.push(mistakes::time::unknown_setting(unknown, at, &SETTINGS));
                if matches!(file.expr(value).node, ExprNode::To(..)) {
                    self.stand_in();
                }
            }
        }
    }

    fn timeline(&mut self, file: &ast::File, value: ast::ExprId, place: Location) {
        let (a, b) = if let ExprNode::To(a, b) = &file.expr(value).node { (*a, *b) } else { (value, value) };
        match period(file, a).zip(period(file, b)) {
            Some((from, until)) => self.timeline = Some((from, until, place)),
            None => {
                let is_broken = [value, a, b].iter().any(|id| file.expr(*id).node == ExprNode::Broken);
                if !is_broken {
                    let slashed = || [a, b].iter().find_map(|id| Some((divided_date(file, *id)?, Location::new(file.id, file.expr(*id).span))));
                    let meant = dash(file, value).map(|place| (" to ".to_owned(), place)).or_else(slashed);
                    self.found.push(mistakes::time::timeline_form(place, meant));
                }
                self.stand_in();
            }
        }
    }

    /// After a mistake one step stands in, so that what needs a timeline is not told as well.
    fn stand_in(&mut self) {
        let stand_in = Period::Year(2000);
        self.world.grid = Grid::new(stand_in, stand_in, Step::Year).unwrap_or_else(Grid::timeless);
        self.world.grid_stands_in = true;
    }

    fn step(&mut self, file: &ast::File, value: ast::ExprId, place: Location) {
        let steps = [
            ("day", Step::Day),
            ("week", Step::Week),
            ("month", Step::Month),
            ("quarter", Step::Quarter),
            ("year", Step::Year),
        ];
        let name = path_name(file, value).unwrap_or_default();
        match steps.iter().find(|(known, _)| *known == name) {
            Some((_, step)) => self.step = *step,
            None => self.found.push(mistakes::time::step_form(place)),
        }
    }

    fn currency(&mut self, file: &ast::File, value: ast::ExprId, place: Location) {
        let name = path_name(file, value).unwrap_or_default();
        match self.world.units.find(name).filter(|id| self.world.units.name_of(*id).currency) {
            Some(id) => self.world.currency = Some(id),
            None => self.found.push(mistakes::names::unknown_currency(name, place, &self.world.units)),
        }
    }

    fn finish(&mut self) {
        let Some((from, until, place)) = self.timeline else { return };
        let told = match Grid::new(from, until, self.step) {
            None => mistakes::time::timeline_backwards(place),
            Some(grid) if grid.len() > MOST_PERIODS => mistakes::time::too_many_periods(grid.len(), MOST_PERIODS, place),
            Some(grid) => {
                self.world.grid = grid;
                self.world.grid_stands_in = false;
                return;
            }
        };
        self.found.push(told);
        self.world.grid = Grid::new(from, from, self.step).unwrap_or_else(Grid::timeless);
        self.world.grid_stands_in = true;
    }
}

/// `2026-01 - 2027-12`: what stands between two periods.
fn dash(file: &ast::File, value: ast::ExprId) -> Option<Location> {
    let ExprNode::Chain { first, rest } = &file.expr(value).node else { return None };
    let [(ast::Operator::Subtract, second)] = rest.as_slice() else { return None };
    period(file, *first).zip(period(file, *second))?;
    Some(Location::new(file.id, Span::new(file.expr(*first).span.end, file.expr(*second).span.start)))
}

/// The one name of a path of one.
fn path_name(file: &ast::File, id: ast::ExprId) -> Option<&str> {
    let names = file.expr(id).node.path().map(|path| path.names.as_slice());
    if let Some([only]) = names { Some(&only.text) } else { None }
}

/// The one currency that the model's own files mention; none if there are several.
fn only_currency(files: &[&ast::File], world: &World<'_>) -> Option<crate::quantity::UnitNameId> {
    let mut only = None;
    let model = files.iter().filter(|file| file.id >= FileId(world.prelude));
    for expr in model.flat_map(|file| &file.exprs) {
        let ExprNode::Number(ast::Number { unit: Some(unit), .. }) = &expr.node else { continue };
        for factor in &unit.factors {
            let Some(id) = world.units.find(&factor.name.text).filter(|id| world.units.name_of(*id).currency) else { continue };
            if only.is_some_and(|known| known != id) {
                return None;
            }
            only = Some(id);
        }
    }
    only
}
