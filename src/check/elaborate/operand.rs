//! Operands: single values out of whatever was written, columns taken element by element; and who is to blame.

use super::list::List;
use super::{Elaborator, Info, Known, Place, Typed, Value};
use crate::check::mistakes;
use crate::check::mistakes::side::{Side, Spelt};
use crate::check::model::{Absence, CellId, Content, ExprId, Factor, InstanceId, Node, Origin, Shape, Type, children};
use crate::diagnostic::Diagnostic;
use crate::syntax::{ast, spoken};
use crate::text::Location;
use foldhash::HashSet;

impl Elaborator<'_, '_> {
    /// Elaborates operands and combines them; where some are columns, element by element.
    pub(super) fn lift(
        &mut self,
        place: &Place,
        ids: &[ast::ExprId],
        combine: &mut dyn FnMut(&mut Self, &[Typed]) -> Value,
    ) -> Value {
        let values = self.operands(place, ids);
        self.lift_values(values, combine)
    }

    pub(super) fn operands(&mut self, place: &Place, ids: &[ast::ExprId]) -> Vec<(Value, Location)> {
        ids.iter().map(|id| (self.expr(place, *id), self.location(place, *id))).collect()
    }

    /// The same for what reads other steps than its own: a list among the operands is one value a step.
    pub(super) fn lift_settled(
        &mut self,
        place: &Place,
        ids: &[ast::ExprId],
        combine: &mut dyn FnMut(&mut Self, &[Typed]) -> Value,
    ) -> Value {
        let values = self.operands(place, ids);
        let values = values.into_iter().map(|(value, at)| (self.settled(value), at)).collect();
        self.lift_values(values, combine)
    }

    pub(super) fn lift_values(
        &mut self,
        values: Vec<(Value, Location)>,
        combine: &mut dyn FnMut(&mut Self, &[Typed]) -> Value,
    ) -> Value {
        let values = self.decided(values);
        let mut length: Option<(usize, Location)> = None;
        let mut listed = None;
        for (value, at) in &values {
            match value {
                Value::Unknown => return Value::Unknown,
                Value::Column(items) | Value::List(List { items, .. }) => {
                    if let Value::List(list) = value {
                        listed = listed.or(Some(list.at));
                    }
                    match length {
                        Some((known, first)) if known != items.len() => {
                            self.report(match listed {
                                Some(_) => mistakes::kinds::lists_of_two_lengths(known, first, items.len(), *at),
                                None => mistakes::kinds::columns_of_two_kinds(first, *at),
                            });
                            return Value::Unknown;
                        }
                        Some(_) | None => length = Some((items.len(), *at)),
                    }
                }
                Value::One(_) | Value::Nothing => {}
                Value::Table(_) | Value::Instances(_) | Value::Instance(_) | Value::Text => {
                    self.report(mistakes::kinds::not_a_figure(self.noun(value), *at));
                    return Value::Unknown;
                }
            }
        }
        let Some((length, at)) = length else {
            let ones: Vec<Typed> = values.into_iter().map(|(value, at)| self.single(&value, 0, at)).collect();
            return combine(self, &ones);
        };
        if listed.is_some() && !self.may_write_out(length, at) {
            return Value::Unknown;
        }
        let mut column = Vec::with_capacity(length);
        for at in 0..length {
            let ones: Vec<Typed> = values.iter().map(|(value, place)| self.single(value, at, *place)).collect();
            match combine(self, &ones) {
                Value::One(one) => column.push(one),
                Value::Unknown => return Value::Unknown,
                Value::Column(_) | Value::List(_) | Value::Table(_) | Value::Instances(_) => return Value::Unknown,
                Value::Instance(_) | Value::Text | Value::Nothing => return Value::Unknown,
            }
        }
        match listed {
            Some(at) => Value::List(List { items: column, at }),
            None => Value::Column(column),
        }
    }

    fn single(&mut self, value: &Value, at: usize, place: Location) -> Typed {
        match value {
            Value::One(one) => *one,
            Value::Column(items) | Value::List(List { items, .. }) => items.get(at).copied().unwrap_or_else(|| self.blank(Absence::First, place)),
            Value::Nothing => self.blank(Absence::First, place),
            Value::Table(_) | Value::Instances(_) | Value::Instance(_) | Value::Text | Value::Unknown => {
                self.arena.push(Node::Blank(Absence::First), Info::unknown(), place)
            }
        }
    }

    pub(super) fn blank(&mut self, why: Absence, at: Location) -> Typed {
        self.arena.push(Node::Blank(why), Info::number(Known::Any, Shape::Constant), at)
    }

    /// One value out of an expression; a column there is a mistake.
    pub(super) fn one(&mut self, place: &Place, id: ast::ExprId) -> Option<Typed> {
        let value = self.expr(place, id);
        let at = self.location(place, id);
        self.one_of(value, at)
    }

    pub(super) fn one_of(&mut self, value: Value, at: Location) -> Option<Typed> {
        match value {
            Value::One(one) => Some(one),
            Value::Nothing => Some(self.blank(Absence::First, at)),
            Value::Unknown => None,
            Value::Column(_) => {
                self.report(mistakes::units::column_as_value(at));
                None
            }
            Value::List(_) => {
                let settled = self.settled(value);
                self.one_of(settled, at)
            }
            Value::Table(_) | Value::Instances(_) | Value::Instance(_) | Value::Text => {
                self.report(mistakes::kinds::not_a_figure(self.noun(&value), at));
                None
            }
        }
    }

    /// A number, told if it is a condition or a date.
    pub(in crate::check) fn expect_type(&mut self, value: Typed, wanted: Type) -> bool {
        if value.info.ty == wanted || value.info.unit == Known::Unknown {
            return true;
        }
        let at = self.blamed(value);
        let given = type_noun(value.info.ty);
        self.report(match wanted {
            Type::Date => match self.date_in_parts(value) {
                Some(date) => mistakes::time::date_in_parts(&date, at),
                None => mistakes::time::date_wanted(given, self.year_of(value), at),
            },
            Type::Number | Type::Condition | Type::Choice(_) => {
                let first = self.compared_first(at).filter(|_| wanted == Type::Number);
                mistakes::units::wrong_type(type_noun(wanted), given, at, first)
            }
        });
        false
    }

    /// What stands in the brackets of `x[…]`, told if it is no date.
    pub(super) fn expect_period(&mut self, value: Typed) -> bool {
        let counts = value.info.ty == Type::Number && value.info.unit != Known::Unknown;
        if counts && self.date_in_parts(value).is_none() && self.year_of(value).is_none() {
            self.report(mistakes::time::period_wanted(self.blamed(value)));
            return false;
        }
        self.expect_type(value, Type::Date)
    }

    /// Numbers that read like a month: `2026/03`, `03/2026`, `2026.03`.
    fn date_in_parts(&self, value: Typed) -> Option<String> {
        let number = |id: ExprId| if let Node::Number(number) = self.arena.expr(id).node { Some(number) } else { None };
        let month = mistakes::time::month_written;
        if let Node::Product(first, rest) = &self.arena.expr(value.id).node {
            let [(Factor::Over, second)] = rest.as_slice() else { return None };
            let (first, second) = (number(*first)?, number(*second)?);
            return month(first, second).or_else(|| month(second, first));
        }
        if let Some(days) = number(value.id).filter(|days| days.fract() == 0.0 && *days >= 1e7) {
            return spoken::date(&days.to_string());
        }
        let whole = number(value.id).filter(|whole| whole.fract() != 0.0)?;
        let hundredths = (whole * 100.0).round();
        ((whole * 100.0 - hundredths).abs() < 1e-6).then(|| month((hundredths / 100.0).floor(), hundredths % 100.0))?
    }

    /// A bare number that reads like a year: `2027`.
    fn year_of(&self, value: Typed) -> Option<f64> {
        let Known::Unit(unit) = value.info.unit else { return None };
        let written = self.known_value(value.id).filter(|_| self.arena.units.is_bare(unit));
        written.filter(|year| year.fract() == 0.0 && (1900.0..2200.0).contains(year))
    }

    pub(super) fn noun(&self, value: &Value) -> &'static str {
        match value {
            Value::One(_) => "a figure",
            Value::Column(_) => "a column",
            Value::List(_) => "a list",
            Value::Table(table) if self.is_schedule(*table) => "a schedule",
            Value::Table(_) => "a table",
            Value::Instances(_) => "a kind",
            Value::Instance(_) => "an instance",
            Value::Text => "a text",
            Value::Nothing | Value::Unknown => "nothing",
        }
    }

    /// One side of a comparison of units, as a reader sees it.
    pub(in crate::check) fn side(&self, value: Typed) -> Side {
        let unit = match value.info.unit {
            Known::Unit(unit) => self.arena.units.text(unit),
            Known::Any | Known::Unknown => String::new(),
        };
        let (at, found) = self.culprit(value).unwrap_or_else(|| (self.owner(self.at(value)), value.id));
        let (at, found) = self.before_growth(found).unwrap_or((at, found));
        let units = &self.arena.units;
        let part = self.arena.expr(found).unit;
        let is_part = matches!(value.info.unit, Known::Unit(whole) if !units.is_bare(part) && units.scale(part, whole).is_none());
        let spelt = self.spelt(found);
        let number = self.known_value(found).filter(|_| spelt == Spelt::Number);
        let defined = if spelt == Spelt::Name { self.number_of_name(found) } else { None };
        Side { at, unit, part: is_part.then(|| units.text(part)), spelt, number, defined }
    }

    /// Where the number stands that a name of the model's author is defined by.
    fn number_of_name(&self, id: ExprId) -> Option<Location> {
        let Node::Cell(cell) = self.arena.expr(id).node else { return None };
        let Some(Content::Computed(inner)) = self.states.get(cell).map(|state| state.content) else { return None };
        let inner = self.before_growth(inner).map_or(inner, |(_, number)| number);
        let at = self.arena.expr(inner).at;
        let is_written = matches!(self.arena.expr(inner).node, Node::Number(_)) && self.world.origin(at.file) == Origin::Model;
        is_written.then_some(at)
    }

    /// The number that grows: `24k USD growing 6%/year` has its unit.
    fn before_growth(&self, id: ExprId) -> Option<(Location, ExprId)> {
        let Node::Growing { value, .. } = self.arena.expr(id).node else { return None };
        let number = self.arena.expr(value);
        let written = matches!(number.node, Node::Number(_)) && self.world.origin(number.at.file) == Origin::Model;
        written.then_some((number.at, value))
    }

    fn spelt(&self, id: ExprId) -> Spelt {
        let ends = |id: ExprId| self.arena.expr(id).at.span.end;
        let mut inner = id;
        while let Node::Scale(next, _) | Node::Negate(next) = self.arena.expr(inner).node
            && ends(next) == ends(id)
        {
            inner = next;
        }
        let node = &self.arena.expr(inner).node;
        if matches!(node, Node::Number(_)) {
            Spelt::Number
        } else if inner == id && matches!(node, Node::Cell(_)) {
            Spelt::Name
        } else {
            Spelt::Formula
        }
    }

    /// Where a modeller can mend a value.
    pub(super) fn blamed(&self, value: Typed) -> Location {
        self.culprit(value).map_or_else(|| self.owner(self.at(value)), |(at, _)| at)
    }

    /// What of a value a modeller can mend, and where: itself if the model's author wrote it, else the nearest part of it
    /// that he wrote, such as an argument of the prelude's function, or definition of his that has a part in it.
    /// Something bare does not give a value its unit: a share of a market is no culprit where what the market counts is.
    fn culprit(&self, value: Typed) -> Option<(Location, ExprId)> {
        let from = value.id;
        let is_bare = |id: ExprId| self.arena.units.is_bare(self.arena.expr(id).unit);
        let mut first = None;
        let mut queue = std::collections::VecDeque::from([from]);
        let mut seen: HashSet<CellId> = self.cell.into_iter().collect();
        // Far enough for any chain of the prelude, and an end to a hostile one.
        for _ in 0..2_000 {
            let Some(id) = queue.pop_front() else { break };
            let at = self.at(Typed { id, ..value });
            if self.world.origin(at.file) == Origin::Model {
                first = first.or(Some((at, id)));
                if id == from || !is_bare(id) || is_bare(from) {
                    return Some((at, id));
                }
            } else if let Node::Cell(cell) | Node::Opened(cell) = self.arena.expr(id).node {
                let def = self.world.cell(cell);
                if def.origin == Origin::Model {
                    first = first.or(Some((def.at, id)));
                    if !is_bare(id) || is_bare(from) {
                        return Some((def.at, id));
                    }
                } else if seen.insert(cell)
                    && let Some(Content::Computed(inner)) = self.states.get(cell).map(|state| state.content)
                {
                    queue.push_back(inner);
                }
            }
            children(&self.arena.expr(id).node, &mut |child| queue.push_back(child));
        }
        first
    }

    /// The head of the instance whose definition is in hand; else the place itself.
    fn owner(&self, at: Location) -> Location {
        let instance = self.cell.and_then(|cell| self.world.cell(cell).instance);
        instance.map_or(at, |id| self.head(id))
    }

    /// The name of an instance, else the word for its kind.
    pub(super) fn head(&self, id: InstanceId) -> Location {
        let def = self.world.instance(id);
        Location::new(def.file, def.decl.name.as_ref().map_or(def.decl.kind.span, |name| name.span))
    }

    /// Notes a mistake. One that stands in the prelude is moved to what the modeller wrote, and tells where the prelude
    /// asks for it.
    pub(super) fn report(&mut self, mut mistake: Diagnostic) {
        let at = mistake.place();
        if self.is_of_prelude(at) {
            let moved = self.owner(at);
            if let Some(label) = mistake.labels.first_mut() {
                label.at = moved;
            }
            mistake.fixes.clear();
            // Of what a function of the prelude brings together, the modeller's part comes first.
            if let Some(own) = mistake.labels.iter().position(|label| !self.is_of_prelude(label.at)) {
                mistake.labels.swap(0, own);
            }
        }
        if self.is_told(&mistake) {
            return;
        }
        if let Some(cell) = self.cell
            && self.world.cell(cell).origin == Origin::Prelude
        {
            let def = self.world.cell(cell);
            mistake = mistake.also(def.at, format!("asked for by `{}`", def.path));
        }
        self.found.push(mistake);
    }
}

impl Elaborator<'_, '_> {
    fn is_of_prelude(&self, at: Location) -> bool {
        self.world.origin(at.file) == Origin::Prelude
    }

    /// Whether one of the last mistakes blames a place already: what follows from one cause is told once.
    fn is_told(&self, mistake: &Diagnostic) -> bool {
        let at = mistake.place();
        let same = |known: &Diagnostic| known.place() == at && known.severity == mistake.severity;
        !self.is_of_prelude(at) && self.found.iter().rev().take(4).any(same)
    }
}

pub(super) const fn type_noun(ty: Type) -> &'static str {
    match ty {
        Type::Number => "a number",
        Type::Condition => "a condition (yes or no)",
        Type::Date => "a date",
        Type::Choice(_) => "a choice",
    }
}
