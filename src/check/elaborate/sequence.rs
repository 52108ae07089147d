//! Sequences: payments in order, over time or by the day; what they are worth, and the rate at which that is nothing.

use super::agree::Joined;
use super::call::Arguments;
use super::list::List;
use super::{Elaborator, Info, Known, Place, TableInfo, Typed, Value};
use crate::calendar::Date;
use crate::check::mistakes;
use crate::check::model::{
    Aggregate, Ask, Band, Factor, Form, Node, Payments, Reducer, Shape, Sign, Steps, Table, TableId, Type, ZeroRate,
};
use crate::quantity::UnitId;
use crate::syntax::ast;
use crate::text::Location;

/// The year of dated payments, whatever the model's: actual days over 365.
const DAYS: f64 = 365.0;

/// Payments, as they were given.
pub(super) enum Paid {
    /// Each with its time.
    Each(Clock, Vec<(f64, Typed)>),
    /// A flow over the timeline, in the grid's time, and the unit of what it adds up to.
    Flow(Typed, Known),
}

/// What the times of payments count.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Clock {
    /// Places in a list.
    Places,
    /// Years since the first date.
    Years,
}

/// What a payment is divided by: 1 + rate to the power of the time over `per`.
#[derive(Clone, Copy)]
struct Discount {
    rate: Typed,
    per: f64,
}

impl Elaborator<'_, '_> {
    /// The payments that an argument stands for; anything else is a mistake.
    pub(super) fn paid(&mut self, arguments: &Arguments) -> Option<Paid> {
        let (place, id) = arguments.get(0)?.clone();
        let value = self.expr(&place, id);
        let (clock, items) = match value {
            Value::Unknown => return None,
            Value::One(one) if one.info.unit == Known::Unknown => return None,
            Value::One(one) if one.info.flows && self.world.grid.timed() => {
                return self.flow(one, arguments.name, arguments.at).map(|(flow, unit)| Paid::Flow(flow, unit));
            }
            Value::Table(table) if self.is_schedule(table) => (Clock::Years, self.dated_items(table)),
            Value::Column(items) => (Clock::Places, placed(items)),
            value @ (Value::One(_) | Value::List(_) | Value::Table(_) | Value::Instances(_) | Value::Instance(_) | Value::Text | Value::Nothing) => match self.elements(&value) {
                Some(items) => (Clock::Places, placed(items)),
                None => {
                    let given = self.noun(&value);
                    let at = self.given_at(&value, &place, id);
                    self.report(mistakes::payments::wanted(given, at));
                    return None;
                }
            },
        };
        let amounts: Vec<Typed> = items.iter().map(|(_, amount)| *amount).collect();
        if !amounts.iter().all(|amount| self.expect_type(*amount, Type::Number)) {
            return None;
        }
        let (agreed, _) = self.agree(&amounts, Joined::Arguments);
        Some(Paid::Each(clock, items.iter().map(|(time, _)| *time).zip(agreed).collect()))
    }

    /// Where a modeller gave a value that a function of the prelude can't take.
    fn given_at(&self, value: &Value, place: &Place, id: ast::ExprId) -> Location {
        match value {
            Value::One(one) => self.blamed(*one),
            Value::List(list) => list.at,
            Value::Column(_) | Value::Table(_) | Value::Instances(_) | Value::Instance(_) | Value::Text | Value::Nothing | Value::Unknown => {
                place.call.unwrap_or_else(|| self.location(place, id))
            }
        }
    }

    pub(super) fn is_schedule(&self, table: TableId) -> bool {
        self.arena.tables.get(table.0 as usize).is_some_and(|table| table.form == Form::Schedule)
    }

    fn dated_items(&self, id: TableId) -> Vec<(f64, Typed)> {
        let days: Vec<f64> = self.arena.tables.get(id.0 as usize).into_iter().flat_map(|table| &table.bands).map(|band| band.bound).collect();
        let first = days.first().copied().unwrap_or(0.0);
        days.iter().map(|day| (day - first) / DAYS).zip(self.values(id)).collect()
    }

    /// A schedule out of days and amounts.
    fn schedule_of(&mut self, rows: &[(f64, Typed)], at: Location) -> TableId {
        let amounts: Vec<Typed> = rows.iter().map(|(_, amount)| *amount).collect();
        let (agreed, unit) = self.agree(&amounts, Joined::Branches);
        let info = Info::of(Type::Number, unit, &agreed);
        let bands = rows.iter().zip(&agreed).map(|((day, _), amount)| Band { bound: *day, value: amount.id, flat: None });
        let bands = bands.collect();
        self.arena.tables.push(Table { form: Form::Schedule, bands, at });
        self.arena.table_infos.push(TableInfo::of(Known::Any, unit, info));
        TableId(self.arena.tables.len() as u32 - 1)
    }

    /// `schedule { 2026-01-15: -100 USD, 2026-09-01: 120 USD }`
    pub(super) fn schedule(&mut self, days: &[f64], ones: &[Typed], at: Location) -> Value {
        if !ones.iter().all(|one| self.expect_type(*one, Type::Number)) {
            return Value::Unknown;
        }
        let rows: Vec<(f64, Typed)> = days.iter().copied().zip(ones.iter().copied()).collect();
        Value::Table(self.schedule_of(&rows, at))
    }

    /// `dated(x)`: the payments of a flow on the days their steps begin.
    pub(super) fn by_date(&mut self, arguments: &Arguments) -> Value {
        let at = arguments.at;
        let Some((place, id)) = arguments.get(0).cloned() else { return Value::Unknown };
        let value = self.expr(&place, id);
        match value {
            Value::Unknown => Value::Unknown,
            Value::Table(table) if self.is_schedule(table) => value,
            Value::One(one) if one.info.flows && self.world.grid.timed() => {
                let Some((flow, unit)) = self.flow(one, arguments.name, at) else { return Value::Unknown };
                let info = Info { unit, ..flow.info }.constant();
                let grid = self.world.grid.clone();
                let rows: Vec<(f64, Typed)> = (0..grid.len())
                    .map(|step| {
                        let steps = Steps { first: step as u32, end: step as u32 + 1 };
                        let day = Date::from_number(grid.start(step), grid.family()).days() as f64;
                        (day, self.arena.push(Node::OverTime(Reducer::Total, flow.id, steps), info, at))
                    })
                    .collect();
                Value::Table(self.schedule_of(&rows, at))
            }
            Value::One(one) if one.info.unit == Known::Unknown => Value::Unknown,
            Value::One(_) | Value::Column(_) | Value::List(_) | Value::Table(_) | Value::Instances(_) | Value::Instance(_) | Value::Text
            | Value::Nothing => {
                let given = self.noun(&value);
                let at = self.given_at(&value, &place, id);
                self.report(mistakes::payments::dates_wanted(given, at));
                Value::Unknown
            }
        }
    }

    /// The rate payments are discounted by: per place of a list, else per time, compounded as in `growing`.
    fn discount(&mut self, rate: Typed, paid: &Paid) -> Option<Discount> {
        if !self.expect_type(rate, Type::Number) {
            return None;
        }
        self.rate_without_percent(rate);
        let clock = match paid {
            Paid::Each(clock, _) => Some(*clock),
            Paid::Flow(..) => None,
        };
        if rate.info.shape == Shape::Series && clock.is_none() {
            let side = self.side(rate);
            self.report(mistakes::payments::one_rate(&side));
            return None;
        }
        if clock == Some(Clock::Places) {
            let rate = self.in_unit(rate, UnitId::NONE, |side, _| mistakes::payments::rate_of_places(side))?;
            return Some(Discount { rate, per: 1.0 });
        }
        let year = self.unit_named("year");
        let target = if clock.is_some() { year } else { self.time_unit() };
        let Known::Unit(unit) = rate.info.unit else {
            let per = self.arena.units.scale(year, target).unwrap_or(1.0) * self.arena.units.to_base(year, 1.0);
            let per = per / self.arena.units.to_base(target, 1.0);
            return Some(Discount { rate, per });
        };
        let Some((length, per)) = self.period_of_rate(unit, target) else {
            let side = self.side(rate);
            self.report(mistakes::payments::rate_of_time(&side));
            return None;
        };
        let rate = self.scaled(rate, length, Known::Unit(UnitId::PERCENT));
        Some(Discount { rate, per: per / self.arena.units.to_base(target, 1.0) })
    }

    /// (1 + rate) ^ exponent
    fn compounded(&mut self, discount: Discount, exponent: Typed, at: Location) -> Typed {
        let one = self.number(1.0, Known::Unit(UnitId::NONE), at);
        let info = Info::of(Type::Number, Known::Unit(UnitId::NONE), &[discount.rate, exponent]);
        let base = self.arena.push(Node::Sum(one.id, vec![(Sign::Plus, discount.rate.id)]), info, at);
        self.arena.push(Node::Power(base.id, exponent.id), info, at)
    }

    fn over(&mut self, amount: Typed, divisor: Typed, at: Location) -> Typed {
        let info = Info::of(Type::Number, amount.info.unit, &[amount, divisor]);
        self.arena.push(Node::Product(amount.id, vec![(Factor::Over, divisor.id)]), info, at)
    }

    /// Each payment as it is worth at the time of the first.
    fn worth(&mut self, paid: Paid, discount: Discount, at: Location) -> Paid {
        match paid {
            Paid::Flow(flow, unit) => {
                let one = self.number(1.0, Known::Unit(UnitId::NONE), at);
                let info = Info::of(Type::Number, one.info.unit, &[discount.rate]).series();
                let node = Node::Growing { value: one.id, rate: discount.rate.id, per: discount.per };
                let growth = self.arena.push(node, info, at);
                Paid::Flow(self.over(flow, growth, at), unit)
            }
            Paid::Each(clock, items) => {
                let mut worth = Vec::with_capacity(items.len());
                for (time, amount) in items {
                    let exponent = self.number(time / discount.per, Known::Unit(UnitId::NONE), at);
                    let grown = self.compounded(discount, exponent, at);
                    worth.push((time, if time == 0.0 { amount } else { self.over(amount, grown, at) }));
                }
                Paid::Each(clock, worth)
            }
        }
    }

    fn discounted_payments(&mut self, arguments: &Arguments) -> Option<(Paid, Discount)> {
        let paid = self.paid(arguments)?;
        let rate = self.argument(arguments, 1)?;
        let discount = self.discount(rate, &paid)?;
        Some((self.worth(paid, discount, arguments.at), discount))
    }

    /// `discounted(x, rate)`: each payment by itself.
    pub(super) fn discounted(&mut self, arguments: &Arguments) -> Value {
        let at = arguments.at;
        match self.discounted_payments(arguments) {
            None => Value::Unknown,
            Some((Paid::Flow(flow, _), _)) => Value::One(flow),
            Some((Paid::Each(Clock::Places, items), _)) => {
                Value::List(List { items: items.into_iter().map(|(_, amount)| amount).collect(), at })
            }
            Some((Paid::Each(Clock::Years, items), _)) => {
                let rows: Vec<(f64, Typed)> = items.into_iter().map(|(year, amount)| (year * DAYS, amount)).collect();
                Value::Table(self.schedule_of(&rows, at))
            }
        }
    }

    /// `present(x, rate, shift)`: all of them together.
    pub(super) fn present(&mut self, arguments: &Arguments) -> Value {
        let at = arguments.at;
        let Some((paid, discount)) = self.discounted_payments(arguments) else { return Value::Unknown };
        let Some(shift) = self.argument(arguments, 2) else { return Value::Unknown };
        let Some(shift) = self.bare(shift, "how far payments are shifted") else { return Value::Unknown };
        let (sum, step) = match paid {
            Paid::Flow(flow, unit) => {
                let steps = Steps { first: 0, end: self.world.grid.len() as u32 };
                let info = Info { unit, ..flow.info }.constant();
                (self.arena.push(Node::OverTime(Reducer::Total, flow.id, steps), info, at), self.world.grid.period())
            }
            Paid::Each(_, items) => {
                let items: Vec<Typed> = items.into_iter().map(|(_, amount)| amount).collect();
                let unit = items.first().map_or(Known::Any, |item| item.info.unit);
                let info = Info::of(Type::Number, unit, &items);
                let ids = items.iter().map(|item| item.id).collect();
                (self.arena.push(Node::Across(Aggregate::Sum, ids), info, at), 1.0)
            }
        };
        if self.known_value(shift.id) == Some(0.0) {
            return Value::One(sum);
        }
        let exponent = self.scaled(shift, step / discount.per, Known::Unit(UnitId::NONE));
        let grown = self.compounded(discount, exponent, at);
        Value::One(self.over(sum, grown, at))
    }

    /// `internal_rate(x, near)`: per place of a list, else per year.
    pub(super) fn internal_rate(&mut self, arguments: &Arguments) -> Value {
        let Some(paid) = self.paid(arguments) else { return Value::Unknown };
        let per_year = self.per_year();
        let scale = self.arena.units.to_base(per_year, 1.0);
        let places = matches!(paid, Paid::Each(Clock::Places, _));
        let near = match arguments.get(1).cloned() {
            None => None,
            Some((place, id)) => {
                let value = self.expr(&place, id);
                if value == Value::Nothing {
                    None
                } else {
                    let at = self.location(&place, id);
                    let Some(near) = self.one_of(value, at) else { return Value::Unknown };
                    let (wanted, back) = if places { (UnitId::NONE, 1.0) } else { (per_year, 1.0 / scale) };
                    let near = self.in_unit(near, wanted, |side, _| {
                        if places { mistakes::payments::rate_of_places(side) } else { mistakes::payments::rate_of_time(side) }
                    });
                    let Some(near) = near else { return Value::Unknown };
                    if near.info.shape == Shape::Series && matches!(paid, Paid::Flow(..)) {
                        let side = self.side(near);
                        self.report(mistakes::payments::one_rate_near(&side));
                        return Value::Unknown;
                    }
                    Some(self.scaled(near, back, Known::Unit(UnitId::PERCENT)))
                }
            }
        };
        let ask = near.map_or(Ask::Only, |near| Ask::Nearest(near.id));
        let at = arguments.get(0).and_then(|(place, _)| place.call).unwrap_or(arguments.at);
        if places {
            return Value::One(self.zero_rate(paid, ask, near, UnitId::PERCENT, at));
        }
        let shown = self.percent_per_year();
        let rate = self.zero_rate(paid, ask, near, shown, at);
        Value::One(self.scaled(rate, scale, Known::Unit(shown)))
    }

    /// `internal_rates(x)`: how many there are.
    pub(super) fn internal_rates(&mut self, arguments: &Arguments) -> Value {
        let Some(paid) = self.paid(arguments) else { return Value::Unknown };
        Value::One(self.zero_rate(paid, Ask::Count, None, UnitId::NONE, arguments.at))
    }

    fn zero_rate(&mut self, paid: Paid, ask: Ask, near: Option<Typed>, unit: UnitId, at: Location) -> Typed {
        let (times, payments, mut parts, over) = match paid {
            Paid::Each(_, items) => {
                let (times, amounts): (Vec<f64>, Vec<Typed>) = items.into_iter().unzip();
                (times, Payments::Each(amounts.iter().map(|amount| amount.id).collect()), amounts, false)
            }
            Paid::Flow(flow, _) => {
                let times = (0..self.world.grid.len()).map(|step| self.years_to(step)).collect();
                (times, Payments::Over(flow.id), vec![flow], true)
            }
        };
        parts.extend(near);
        let info = Info::of(Type::Number, Known::Unit(unit), &parts);
        let info = if over { info.constant() } else { info };
        self.arena.push(Node::ZeroRate(ZeroRate { ask, times, payments }), info, at)
    }
}

fn placed(items: Vec<Typed>) -> Vec<(f64, Typed)> {
    items.into_iter().enumerate().map(|(at, item)| (at as f64, item)).collect()
}
