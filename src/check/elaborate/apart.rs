//! Apart: how long payments last from the first to the last, and the even rate that leads from an amount there to one here.

use super::call::Arguments;
use super::sequence::{Clock, Paid};
use super::{Elaborator, Info, Known, Value};
use crate::check::model::{Absence, Node, Sign, Type};
use crate::quantity::{self, UnitId};

impl Elaborator<'_, '_> {
    /// `to_last(x)`: in places of a list, steps of a flow, years of a schedule.
    pub(super) fn last_of_payments(&mut self, arguments: &Arguments) -> Value {
        let Some(paid) = self.paid(arguments) else { return Value::Unknown };
        let apart = match paid {
            Paid::Flow(..) => self.world.grid.len().saturating_sub(1) as f64,
            Paid::Each(_, items) => items.last().map_or(0.0, |(time, _)| *time),
        };
        Value::One(self.number(apart, Known::Unit(UnitId::NONE), arguments.at))
    }

    /// `even_rate(x, start_amount, end_amount)`: per place of a list, else per year.
    pub(super) fn even_rate(&mut self, arguments: &Arguments) -> Value {
        let at = arguments.at;
        let Some(paid) = self.paid(arguments) else { return Value::Unknown };
        let (Some(from), Some(to)) = (self.argument(arguments, 1), self.argument(arguments, 2)) else { return Value::Unknown };
        let (apart, by_place) = match &paid {
            Paid::Flow(..) => (self.years_to(self.world.grid.len().saturating_sub(1)), false),
            Paid::Each(clock, items) => (items.last().map_or(0.0, |(time, _)| *time), *clock == Clock::Places),
        };
        if apart == 0.0 {
            return Value::One(self.blank(Absence::First, at));
        }
        let Value::One(ratio) = self.product(&[to, from], &[crate::syntax::ast::Operator::Divide], at) else { return Value::Unknown };
        let Some(ratio) = self.bare(ratio, "the ratio of the amounts") else { return Value::Unknown };
        let info = Info::of(Type::Number, Known::Unit(UnitId::PERCENT), &[ratio]);
        let [all, power] = [1.0, apart.recip()].map(|value| self.number(value, Known::Unit(UnitId::NONE), at));
        let grown = self.arena.push(Node::Power(ratio.id, power.id), info, at);
        let rate = self.arena.push(Node::Sum(grown.id, vec![(Sign::Minus, all.id)]), info, at);
        if by_place {
            return Value::One(rate);
        }
        let per_year = self.per_year();
        let (scale, shown) = (self.arena.units.to_base(per_year, 1.0), self.percent_per_year());
        Value::One(self.scaled(rate, scale, Known::Unit(shown)))
    }

    /// How many years lie between the first step and another.
    pub(super) fn years_to(&mut self, step: usize) -> f64 {
        let year = self.unit_named("year");
        let grid = self.time_unit();
        let units = &mut self.arena.units;
        let year = units.scale(year, grid).unwrap_or(1.0) * units.to_base(year, 1.0) / units.to_base(grid, 1.0);
        step as f64 * self.world.grid.period() / year
    }

    pub(super) fn per_year(&mut self) -> UnitId {
        let year = self.unit_named("year");
        let factors = self.arena.units.factors(year).to_vec();
        let inverse = factors.into_iter().map(|factor| quantity::Factor { exponent: -1, ..factor }).collect();
        self.arena.units.intern(inverse, false)
    }

    /// `%/year`
    pub(super) fn percent_per_year(&mut self) -> UnitId {
        let per_year = self.per_year();
        let factors = self.arena.units.factors(per_year).to_vec();
        self.arena.units.intern(factors, true)
    }
}
