//! Settings: timeline, step, currency and days per month of the `model` block.

use super::world::World;
use super::{dates, mistakes};
use crate::calendar::{Date, Grid, Moment, Period, Step};
use crate::diagnostic::{Diagnostic, suggest};
use crate::syntax::ast::{self, DateLiteral, ExprNode, Node, Value};
use crate::syntax::{SETTINGS, spoken};
use crate::text::{FileId, Location, Span};
use foldhash::HashMap;

/// How many steps a timeline may have.
pub const MOST_PERIODS: usize = 12_000;

/// Reads every `model` block into the world.
pub(super) fn read(files: &[&ast::File], world: &mut World<'_>, found: &mut Vec<Diagnostic>) {
    let mut reader = Reader { seen: HashMap::default(), timeline: None, ends: None, step: Step::Month, year_begins: 1, world, found };
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
    /// Where its two periods stand.
    ends: Option<[Location; 2]>,
    step: Step,
    /// The month that a year of reports begins with.
    year_begins: u8,
    world: &'w mut World<'a>,
    found: &'f mut Vec<Diagnostic>,
}

impl Reader<'_, '_, '_> {
    fn line(&mut self, file: &ast::File, line: &ast::Item) {
        let Node::Definition(def) = &line.node else { return };
        let Some(name) = def.path.names.first() else { return };
        let at = Location::new(file.id, def.path.span);
        let start = Location::new(file.id, Span::new(line.span.start, line.span.start));
        self.world.settings_at.get_or_insert(start);
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
            "year_begins" => match file.expr(value).node.bare_number().filter(|month| month.fract() == 0.0 && (1.0..=12.0).contains(month)) {
                Some(month) => self.year_begins = month as u8,
                None => self.found.push(mistakes::time::year_begins(place)),
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
            Some((from, until)) => {
                self.timeline = Some((from, until, place));
                self.ends = (a != b).then(|| [a, b].map(|id| Location::new(file.id, file.expr(id).span)));
            }
            None => {
                let is_broken = [value, a, b].iter().any(|id| file.expr(*id).node == ExprNode::Broken);
                if !is_broken {
                    self.found.push(mistakes::time::timeline_form(place, &meant(file, value, a, b)));
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
            None => {
                let word = if let ExprNode::Number(ast::Number { unit: Some(unit), .. }) = &file.expr(value).node {
                    unit.factors.first().map_or("", |factor| factor.name.text.as_str())
                } else if let ExprNode::Text(text) = &file.expr(value).node {
                    text
                } else {
                    name
                };
                let lower = word.to_lowercase();
                let plain = lower.strip_suffix('s').unwrap_or(&lower);
                let meant = steps.iter().map(|(known, _)| *known).find(|known| *known == plain).or_else(|| spoken::time(&lower)).or(match lower.as_str() {
                    "q" | "quart" => Some("quarter"),
                    "m" => Some("month"),
                    "w" => Some("week"),
                    _ => None,
                });
                let meant = meant.or_else(|| suggest::nearest(word, steps.iter().map(|(known, _)| (*known, 0))).first().copied());
                self.found.push(mistakes::time::step_form(place, meant));
            }
        }
    }

    fn currency(&mut self, file: &ast::File, value: ast::ExprId, place: Location) {
        let name = path_name(file, value).unwrap_or_default();
        if let ExprNode::Text(text) = &file.expr(value).node {
            return self.found.push(mistakes::names::currency_in_quotes(text, place, &self.world.units));
        }
        match self.world.units.find(name).filter(|id| self.world.units.name_of(*id).currency) {
            Some(id) => self.world.currency = Some(id),
            None => self.found.push(mistakes::names::unknown_currency(name, place, &self.world.units)),
        }
    }

    fn finish(&mut self) {
        let Some((from, until, place)) = self.timeline else { return };
        let told = match Grid::new(from, until, self.step) {
            None => mistakes::time::timeline_backwards(place, self.ends.zip(period_text(from).zip(period_text(until))).map(|([a, b], (from, until))| [(a, from), (b, until)])),
            Some(grid) if grid.len() > MOST_PERIODS => mistakes::time::too_many_periods(grid.len(), MOST_PERIODS, place),
            Some(grid) => {
                self.world.grid = grid.with_year(self.year_begins);
                self.world.grid_stands_in = false;
                return;
            }
        };
        self.found.push(told);
        self.world.grid = Grid::new(from, from, self.step).unwrap_or_else(Grid::timeless);
        self.world.grid_stands_in = true;
    }
}

/// What a timeline that is none seems to mean, and where: `to` for a dash, dates in other forms, a text.
fn meant(file: &ast::File, value: ast::ExprId, a: ast::ExprId, b: ast::ExprId) -> Vec<(String, Location)> {
    let at = |id: ast::ExprId| Location::new(file.id, file.expr(id).span);
    if let Some(place) = dash(file, value) {
        return vec![(" to ".to_owned(), place)];
    }
    if let ExprNode::Text(text) = &file.expr(value).node {
        let ends = [" to ", " - ", " – ", "–", "..", "至", "到"].iter().find_map(|sign| text.split_once(sign));
        let ends = ends.and_then(|(from, until)| Some(format!("{} to {}", spoken::date(from.trim())?, spoken::date(until.trim())?)));
        return ends.map(|text| (text, at(value))).into_iter().collect();
    }
    let odd = if a == b { vec![a] } else { vec![a, b] };
    let meant: Option<Vec<_>> = odd.iter().filter(|id| period(file, **id).is_none()).map(|id| Some((dates::meant(file, *id)?, at(*id)))).collect();
    meant.unwrap_or_default()
}

/// A period as it is written.
fn period_text(period: Period) -> Option<String> {
    Some(match period {
        Period::Year(year) => year.to_string(),
        Period::Quarter(year, quarter) => format!("{year}-Q{quarter}"),
        Period::Month(year, month) => format!("{year}-{month:02}"),
        Period::Day(_) => return None,
    })
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
