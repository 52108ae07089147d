//! Dates: written ones, moved by calendar months and exact days, and what the calendar says of them.

use super::call::Arguments;
use super::{Elaborator, Info, Known, Place, Typed, Value};
use crate::calendar::{Family, Moment};
use crate::check::mistakes;
use crate::check::model::{Factor, Function, Node, Shape, Sign, Type};
use crate::check::native::Calendar;
use crate::check::settings;
use crate::quantity::{Atom, UnitId};
use crate::syntax::ast::{self, Operator};
use crate::text::Location;

/// What stands beside a date in a sum.
#[derive(Default)]
struct Moves {
    dates: Vec<(Sign, Typed)>,
    months: Vec<(Sign, Typed)>,
    days: Vec<(Sign, Typed)>,
}

impl Elaborator<'_, '_> {
    pub(super) fn date(&mut self, place: &Place, id: ast::ExprId, at: Location) -> Value {
        let moment = self.world.trees.get(&place.file).and_then(|file| settings::moment(file, id));
        moment.map_or(Value::Unknown, |moment| Value::One(self.date_of(moment, at)))
    }

    fn date_of(&mut self, moment: Moment, at: Location) -> Typed {
        let number = moment.number(self.world.grid.family());
        self.arena.push(Node::Number(number), date_info(Shape::Constant), at)
    }

    /// `date + 3 month`, `date - 10 day`, `date - date`.
    pub(super) fn date_sum(&mut self, ones: &[Typed], operators: &[Operator], at: Location) -> Value {
        let mut moves = Moves::default();
        let signs = [Operator::Add].into_iter().chain(operators.iter().copied());
        for (value, operator) in ones.iter().zip(signs) {
            let sign = if operator == Operator::Subtract { Sign::Minus } else { Sign::Plus };
            if value.info.ty == Type::Date {
                moves.dates.push((sign, *value));
                continue;
            }
            let family = self.counts_in(*value);
            let Some(span) = self.stretch(*value, family) else { return Value::Unknown };
            let moved = if family == Family::Day { &mut moves.days } else { &mut moves.months };
            moved.push((sign, span));
        }
        let later = moves.dates.iter().filter(|(sign, _)| *sign == Sign::Plus).count();
        match (later, moves.dates.len() - later) {
            (1, 0) => self.moved(&moves, at),
            (more, less) if more == less + 1 => self.beside(moves, Type::Date, Known::Unit(UnitId::NONE), at),
            (more, less) if more == less => {
                let unit = self.time_unit();
                self.beside(moves, Type::Number, Known::Unit(unit), at)
            }
            _ => {
                self.report(mistakes::time::dates_added(at));
                Value::Unknown
            }
        }
    }

    /// The family of time a stretch beside a date is counted in; the grid's where its unit does not say.
    fn counts_in(&self, value: Typed) -> Family {
        let Known::Unit(unit) = value.info.unit else { return self.world.grid.family() };
        let units = &self.arena.units;
        let counts = |atom: Atom| units.factors(unit).iter().any(|factor| units.name_of(factor.name).atom == atom);
        match (counts(Atom::DAY), counts(Atom::MONTH)) {
            (true, false) => Family::Day,
            (false, true) => Family::Month,
            (true, true) | (false, false) => self.world.grid.family(),
        }
    }

    fn stretch(&mut self, value: Typed, family: Family) -> Option<Typed> {
        if !self.expect_type(value, Type::Number) {
            return None;
        }
        let unit = self.unit_named(name_of(family));
        let what = "a stretch of time beside a date";
        self.in_unit(value, unit, |side, wanted| mistakes::units::argument(what, side, &wanted))
    }

    /// One date, moved by months first, then by days.
    fn moved(&mut self, moves: &Moves, at: Location) -> Value {
        let Some((_, date)) = moves.dates.first().copied() else { return Value::Unknown };
        let mut date = Typed { info: Info { unit: Known::Unit(UnitId::NONE), ..date.info }, ..date };
        if let Some(months) = self.total_of(&moves.months, at) {
            let counted = self.counted(date, Family::Month, at);
            let info = Info::of(Type::Date, Known::Unit(UnitId::NONE), &[date, months]);
            let later = self.arena.push(Node::Call(Function::MonthsLater, vec![counted.id, months.id]), info, at);
            date = self.dated(later, Family::Month, at);
        }
        if let Some(days) = self.total_of(&moves.days, at) {
            let counted = self.counted(date, Family::Day, at);
            let info = Info::of(Type::Date, Known::Unit(UnitId::NONE), &[date, days]);
            let later = self.arena.push(Node::Sum(counted.id, vec![(Sign::Plus, days.id)]), info, at);
            date = self.dated(later, Family::Day, at);
        }
        Value::One(date)
    }

    /// Stretches of one family, added up; nothing of none.
    fn total_of(&mut self, parts: &[(Sign, Typed)], at: Location) -> Option<Typed> {
        let ((sign, first), rest) = parts.split_first()?;
        let values: Vec<Typed> = parts.iter().map(|(_, value)| *value).collect();
        let info = Info::of(Type::Number, first.info.unit, &values);
        let first = match sign {
            Sign::Plus => *first,
            Sign::Minus => self.arena.push(Node::Negate(first.id), first.info, at),
        };
        if rest.is_empty() {
            return Some(first);
        }
        let rest = rest.iter().map(|(sign, value)| (*sign, value.id)).collect();
        Some(self.arena.push(Node::Sum(first.id, rest), info, at))
    }

    /// Several dates and stretches, as the numbers of the grid's family that they are.
    fn beside(&mut self, moves: Moves, ty: Type, unit: Known, at: Location) -> Value {
        let mut parts = moves.dates;
        for (sign, stretch) in moves.months.into_iter().chain(moves.days) {
            let Some(stretch) = self.stretch(stretch, self.world.grid.family()) else { return Value::Unknown };
            parts.push((sign, stretch));
        }
        // A sum begins with what is added.
        parts.sort_by_key(|(sign, _)| *sign == Sign::Minus);
        let values: Vec<Typed> = parts.iter().map(|(_, value)| *value).collect();
        let info = Info::of(ty, unit, &values);
        let Some(((_, first), rest)) = parts.split_first() else { return Value::Unknown };
        let rest = rest.iter().map(|(sign, value)| (*sign, value.id)).collect();
        Value::One(self.arena.push(Node::Sum(first.id, rest), info, at))
    }

    /// A date's number in a family of time.
    fn counted(&mut self, date: Typed, family: Family, at: Location) -> Typed {
        let function = match (self.world.grid.family(), family) {
            (Family::Month, Family::Month) | (Family::Day, Family::Day) => return date,
            (Family::Month, Family::Day) => Function::InDays,
            (Family::Day, Family::Month) => Function::InMonths,
        };
        self.arena.push(Node::Call(function, vec![date.id]), date.info, at)
    }

    /// The date of a number in a family of time.
    fn dated(&mut self, number: Typed, family: Family, at: Location) -> Typed {
        let function = match (family, self.world.grid.family()) {
            (Family::Month, Family::Month) | (Family::Day, Family::Day) => return number,
            (Family::Month, Family::Day) => Function::InDays,
            (Family::Day, Family::Month) => Function::InMonths,
        };
        self.arena.push(Node::Call(function, vec![number.id]), number.info, at)
    }

    /// `days(a, b)`, `months(a, b)`
    pub(super) fn between(&mut self, arguments: &Arguments, family: Family) -> Value {
        let at = arguments.at;
        let mut ends = Vec::with_capacity(2);
        for (place, id) in [0, 1].into_iter().filter_map(|end| arguments.get(end)).cloned() {
            let value = self.expr(&place, id);
            ends.push((value, self.location(&place, id)));
        }
        let unit = self.unit_named(name_of(family));
        self.lift_values(ends, &mut |this, ones| {
            let [from, until] = ones else { return Value::Unknown };
            if !ones.iter().all(|date| this.expect_type(*date, Type::Date)) {
                return Value::Unknown;
            }
            let [first, last] = [*from, *until].map(|date| this.counted(date, family, at));
            let info = Info::of(Type::Number, Known::Unit(unit), ones);
            Value::One(this.arena.push(Node::Sum(last.id, vec![(Sign::Minus, first.id)]), info, at))
        })
    }

    /// `year_of(date)` and its like.
    pub(super) fn of_calendar(&mut self, arguments: &Arguments, what: Calendar) -> Value {
        let at = arguments.at;
        self.over_argument(arguments, &mut |this, date| {
            if !this.expect_type(date, Type::Date) {
                return Value::Unknown;
            }
            let family = if what == Calendar::StartOfDay { Family::Day } else { Family::Month };
            let counted = this.counted(date, family, at);
            let whole = this.floor(counted, at);
            Value::One(match what {
                Calendar::StartOfMonth | Calendar::StartOfDay => this.dated(whole, family, at),
                Calendar::Year => this.years(whole, at),
                Calendar::Month => {
                    let years = this.years(whole, at);
                    let january = this.arena.push(Node::Scale(years.id, 12.0), years.info, at);
                    let one = this.number(1.0, Known::Unit(UnitId::NONE), at);
                    let parts = vec![(Sign::Minus, january.id), (Sign::Plus, one.id)];
                    this.arena.push(Node::Sum(whole.id, parts), years.info, at)
                }
            })
        })
    }

    fn floor(&mut self, value: Typed, at: Location) -> Typed {
        self.arena.push(Node::Call(Function::Floor, vec![value.id]), value.info, at)
    }

    /// Whole years of a number of months.
    fn years(&mut self, months: Typed, at: Location) -> Typed {
        let info = Info { ty: Type::Number, ..months.info };
        let twelve = self.number(12.0, Known::Unit(UnitId::NONE), at);
        let years = self.arena.push(Node::Product(months.id, vec![(Factor::Over, twelve.id)]), info, at);
        self.floor(years, at)
    }
}

const fn name_of(family: Family) -> &'static str {
    match family {
        Family::Month => "month",
        Family::Day => "day",
    }
}

/// What is known of a date.
pub(super) fn date_info(shape: Shape) -> Info {
    Info { ty: Type::Date, ..Info::number(Known::Unit(UnitId::NONE), shape) }
}
