//! Arithmetic: sums, products, powers, growth and currencies, with their units.

use super::agree::Joined;
use super::{Elaborator, Info, Known, Place, Typed, Value};
use crate::check::mistakes;
use crate::check::model::{ExprId, Factor, Function, Node, Reducer, Shape, Sign, Steps, Type};
use crate::quantity::{UnitId, UnitNameId};
use crate::syntax::ast::{self, ExprNode, Operator};
use crate::text::Location;

impl Elaborator<'_, '_> {
    pub(super) fn negate(&mut self, ones: &[Typed], at: Location) -> Value {
        let Some(value) = ones.first().copied().filter(|value| self.expect_type(*value, Type::Number)) else {
            return Value::Unknown;
        };
        Value::One(self.arena.push(Node::Negate(value.id), value.info, at))
    }

    pub(super) fn sum(&mut self, ones: &[Typed], operators: &[Operator], at: Location) -> Value {
        let dated = ones.iter().any(|value| value.info.ty == Type::Date);
        if self.may_miss_a_date(ones) {
            // Beside a date the unknown may be a stretch or another date, beside a stretch a date or a number.
            return if dated { Value::Unknown } else { self.sum_node(ones, operators, Info::unknown(), at) };
        }
        if dated {
            return self.date_sum(ones, operators, at);
        }
        if !ones.iter().all(|value| self.expect_type(*value, Type::Number)) {
            return Value::Unknown;
        }
        if let ([amount, share], [operator]) = (ones, operators)
            && self.is_share_of_amount(*amount, *share)
        {
            return self.raised(*amount, *share, *operator);
        }
        let told = self.found.len();
        let (agreed, unit) = self.agree(ones, Joined::Sum);
        if self.found.len() > told {
            let guesses = self.meant_as_product(ones, operators);
            self.add_guesses(told, guesses);
        }
        let info = Info::of(Type::Number, unit, &agreed);
        self.sum_node(&agreed, operators, info, at)
    }

    /// Whether something unknown stands beside dates or stretches of time, and so may have been meant for a date. Unknowns
    /// by themselves may be members of a loop whose units are still to come.
    fn may_miss_a_date(&self, ones: &[Typed]) -> bool {
        let is_stretch = |value: &Typed| matches!(value.info.unit, Known::Unit(unit) if self.arena.units.is_only_time(unit));
        let is_unknown = |value: &Typed| value.info.unit == Known::Unknown;
        let is_timely = |value: &Typed| value.info.ty == Type::Date || is_stretch(value);
        ones.iter().any(is_unknown)
            && ones.iter().any(is_timely)
            && ones.iter().all(|value| is_unknown(value) || is_timely(value))
    }

    fn is_share_of_amount(&self, amount: Typed, share: Typed) -> bool {
        let units = &self.arena.units;
        let (Known::Unit(amount), Known::Unit(share)) = (amount.info.unit, share.info.unit) else { return false };
        // Beside a rate per time a percentage is another rate, that lacks its time.
        !units.is_bare(amount) && !units.is_percent(amount) && units.is_bare(share) && units.is_percent(share)
    }

    /// `100 USD + 5%`: what is meant is `100 USD * (1 + 5%)`.
    fn raised(&mut self, amount: Typed, share: Typed, operator: Operator) -> Value {
        let (left, right) = (self.side(amount), self.side(share));
        let mistake = mistakes::shares::percent_of_amount(&left, &right);
        let written = left.at.file == right.at.file && left.at.span.end < right.at.span.start;
        let leaves = [amount, share].iter().all(|side| matches!(self.arena.expr(side.id).node, Node::Cell(_) | Node::Number(_) | Node::Base(..)));
        let sign = if operator == Operator::Subtract { "-" } else { "+" };
        let ones = self.one_before(amount).map(|one| (one, self.at(share)));
        self.report(match ones {
            Some((one, share)) => mistakes::shares::bracketed(mistake, one, share),
            None if written && leaves => mistakes::shares::raise(mistake, &left, &right, sign),
            None => mistake,
        });
        Value::Unknown
    }

    /// The bare 1 that a product ends with: `fee * 1 - share`.
    fn one_before(&self, amount: Typed) -> Option<Location> {
        let Node::Product(_, rest) = &self.arena.expr(amount.id).node else { return None };
        let (_, last) = rest.last().filter(|(factor, _)| *factor == Factor::Times)?;
        let one = self.arena.expr(*last);
        (matches!(one.node, Node::Number(1.0)) && one.unit == UnitId::NONE).then_some(one.at)
    }

    pub(super) fn sum_node(&mut self, values: &[Typed], operators: &[Operator], info: Info, at: Location) -> Value {
        let Some((first, rest)) = values.split_first() else { return Value::Unknown };
        let rest = rest.iter().zip(operators).map(|(value, operator)| (sign(*operator), value.id)).collect();
        Value::One(self.arena.push(Node::Sum(first.id, rest), info, at))
    }

    pub(super) fn product(&mut self, ones: &[Typed], operators: &[Operator], at: Location) -> Value {
        if !ones.iter().all(|value| self.expect_type(*value, Type::Number)) {
            return Value::Unknown;
        }
        let Some((first, rest)) = ones.split_first() else { return Value::Unknown };
        let mut unit = first.info.unit;
        let mut scale = 1.0;
        let mut factors = Vec::with_capacity(rest.len());
        for (value, operator) in rest.iter().zip(operators) {
            unit = match (unit, value.info.unit) {
                (Known::Unit(left), Known::Unit(right)) => {
                    let units = &mut self.arena.units;
                    let joined = if *operator == Operator::Divide { units.divide(left, right) } else { units.multiply(left, right) };
                    let Some(joined) = joined else {
                        self.report(mistakes::powers::too_many(at));
                        return Value::Unknown;
                    };
                    scale *= joined.scale;
                    Known::Unit(joined.unit)
                }
                (Known::Any, _) | (_, Known::Any) => Known::Any,
                (Known::Unknown, _) | (_, Known::Unknown) => Known::Unknown,
            };
            factors.push((if *operator == Operator::Divide { Factor::Over } else { Factor::Times }, value.id));
        }
        let info = Info::of(Type::Number, unit, ones);
        let product = self.arena.push(Node::Product(first.id, factors), info, at);
        Value::One(self.scaled(product, scale, unit))
    }

    pub(super) fn power(&mut self, place: &Place, a: ast::ExprId, b: ast::ExprId, at: Location) -> Value {
        let written = self.whole_exponent(place, b);
        let literal = written.and_then(|whole| i8::try_from(whole).ok());
        self.lift(place, &[a, b], &mut |this, ones| {
            let [base, exponent] = ones else { return Value::Unknown };
            if !this.expect_type(*base, Type::Number) {
                return Value::Unknown;
            }
            if !this.expect_type(*exponent, Type::Number) {
                return Value::Unknown;
            }
            let bare = this.in_unit(*exponent, UnitId::NONE, |side, _| mistakes::powers::exponent_with_unit(side));
            let Some(exponent) = bare else { return Value::Unknown };
            let unit = match (base.info.unit, literal) {
                (Known::Unit(unit), Some(whole)) => this.arena.units.power(unit, whole).map(Known::Unit),
                (Known::Unit(unit), None) if this.arena.units.is_bare(unit) => Some(Known::Unit(UnitId::NONE)),
                (Known::Unit(_), None) => None,
                (Known::Any | Known::Unknown, _) => Some(base.info.unit),
            };
            let Some(unit) = unit else {
                let mistake = match this.ratio(*base) {
                    _ if written.is_some() => mistakes::powers::too_many(at),
                    Some((over, under)) => mistakes::powers::ratio(&this.side(over), &this.side(under), at),
                    None => mistakes::powers::exponent(&this.side(*base), at),
                };
                this.report(mistake);
                return Value::Unknown;
            };
            let info = Info::of(Type::Number, unit, ones);
            Value::One(this.arena.push(Node::Power(base.id, exponent.id), info, at))
        })
    }

    /// The sides of `a / b`, where each measures something.
    fn ratio(&self, value: Typed) -> Option<(Typed, Typed)> {
        let node = &self.arena.expr(value.id).node;
        let node = if let Node::Scale(inner, _) = node { &self.arena.expr(*inner).node } else { node };
        let Node::Product(over, rest) = node else { return None };
        let [(Factor::Over, under)] = rest.as_slice() else { return None };
        let side = |id: ExprId| {
            let unit = self.arena.expr(id).unit;
            (!self.arena.units.is_bare(unit)).then_some(Typed { id, info: Info { unit: Known::Unit(unit), ..value.info } })
        };
        side(*over).zip(side(*under))
    }

    fn whole_exponent(&self, place: &Place, id: ast::ExprId) -> Option<i32> {
        let node = &self.world.expr(place.file, id).node;
        let (sign, node) = if let ExprNode::Negate(inner) = node {
            (-1.0, &self.world.expr(place.file, *inner).node)
        } else {
            (1.0, node)
        };
        node.bare_number().filter(|number| number.fract() == 0.0).map(|number| (sign * number) as i32)
    }

    /// `x growing 3%/year`: the rate compounds by the time its unit names, from the first step or a date on.
    pub(super) fn growing(&mut self, place: &Place, [x, rate]: [ast::ExprId; 2], since: Option<ast::ExprId>, at: Location) -> Value {
        let written = self.world.expr(place.file, rate).node.number().map(|number| number.value);
        if !self.world.grid.timed() {
            self.report(mistakes::time::needs_timeline("`growing`", at, self.world.settings_at));
            return Value::Unknown;
        }
        let parts: Vec<ast::ExprId> = [x, rate].into_iter().chain(since).collect();
        self.lift_settled(place, &parts, &mut |this, ones| {
            let [value, rate, date @ ..] = ones else { return Value::Unknown };
            if !this.expect_type(*value, Type::Number) || !date.iter().all(|date| this.expect_type(*date, Type::Date)) {
                return Value::Unknown;
            }
            let Known::Unit(unit) = rate.info.unit else {
                let info = Info::of(Type::Number, value.info.unit, ones).series();
                return Value::One(Typed { info, ..*value });
            };
            let grid = this.time_unit();
            let per = this.period_of_rate(unit, grid);
            let Some((length, per)) = per else {
                let side = this.side(*rate);
                this.report(mistakes::units::growth_rate(&side));
                return Value::Unknown;
            };
            this.rate_without_percent(*rate);
            let bare = match written {
                // As written: 3 % a year is 0.03, not 0.0025 × 12.
                Some(number) => {
                    let place = this.at(*rate);
                    this.number(number, Known::Unit(UnitId::PERCENT), place)
                }
                None => this.scaled(*rate, length, Known::Unit(UnitId::PERCENT)),
            };
            let info = Info::of(Type::Number, value.info.unit, ones).series();
            let (value, rate) = match date {
                [date] => this.growing_since(*value, bare, per, *date, at),
                _ => (*value, bare),
            };
            Value::One(this.arena.push(Node::Growing { value: value.id, rate: rate.id, per }, info, at))
        })
    }

    /// What grows since a date, as what grows since the first step: the value has grown already by then if the date comes
    /// before, and the rate is cut to the part of each step's growth that lies behind the date.
    fn growing_since(&mut self, value: Typed, rate: Typed, per: f64, date: Typed, at: Location) -> (Typed, Typed) {
        let bare = Known::Unit(UnitId::NONE);
        let whole = Info::of(Type::Number, bare, &[rate, date]);
        let [zero, one, period, per, start] =
            [0.0, 1.0, self.world.grid.period(), per, self.world.grid.start(0)].map(|number| self.number(number, bare, at).id);
        let time = self.arena.push(Node::Time, Info { ty: Type::Date, ..whole }.series(), at).id;
        let factor = self.arena.push(Node::Sum(one, vec![(Sign::Plus, rate.id)]), whole, at).id;
        // (1 + rate) to the power of the part of `length` that lies between the date and a moment.
        let grown = |this: &mut Self, moment, length, info| {
            let passed = this.arena.push(Node::Sum(moment, vec![(Sign::Minus, date.id)]), info, at).id;
            let parts = this.arena.push(Node::Product(passed, vec![(Factor::Over, length)]), info, at).id;
            this.arena.push(Node::Call(Function::Max, vec![zero, parts]), info, at).id
        };
        let before = grown(self, start, per, whole);
        // Of a rate that changes, that of the first step holds before it.
        let first = Node::OverTime(Reducer::Final, factor, Steps { first: 0, end: 1 });
        let first = if rate.info.shape == Shape::Series { self.arena.push(first, whole.constant(), at).id } else { factor };
        let before = self.arena.push(Node::Power(first, before), whole, at).id;
        let value = self.arena.push(Node::Product(value.id, vec![(Factor::Times, before)]), Info::of(Type::Number, value.info.unit, &[value, rate, date]), at);
        let part = grown(self, time, period, whole.series());
        let part = self.arena.push(Node::Call(Function::Min, vec![one, part]), whole.series(), at).id;
        let factor = self.arena.push(Node::Power(factor, part), whole.series(), at).id;
        let rate = self.arena.push(Node::Sum(factor, vec![(Sign::Minus, one)]), whole.series(), at);
        (value, rate)
    }

    /// Of `/year`: its length in its own base, and in that of another time.
    pub(super) fn period_of_rate(&mut self, unit: UnitId, other: UnitId) -> Option<(f64, f64)> {
        let units = &self.arena.units;
        let only = match units.factors(unit) {
            [only] if only.exponent == -1 && units.is_only_time(unit) => *only,
            _ => return None,
        };
        let period = self.arena.units.intern(vec![crate::quantity::Factor { exponent: 1, ..only }], false);
        let length = self.arena.units.to_base(period, 1.0);
        self.arena.units.scale(period, other).map(|scale| (length, length * scale))
    }

    /// `x in USD`, by the declared rates.
    pub(super) fn in_currency(&mut self, ones: &[Typed], place: &Place, name: &ast::Name, at: Location) -> Value {
        let name_at = Location::new(place.file, name.span);
        let Some(value) = ones.first().copied() else { return Value::Unknown };
        let target = self.arena.units.find(&name.text).filter(|id| self.arena.units.name_of(*id).currency);
        let Some(target) = target else {
            self.report(mistakes::names::unknown_currency(&name.text, name_at, &self.arena.units));
            return Value::Unknown;
        };
        let Known::Unit(unit) = value.info.unit else { return Value::One(value) };
        let currencies: Vec<UnitNameId> = self.arena.units.currencies(unit).collect();
        let [from] = currencies.as_slice() else {
            let side = self.side(value);
            self.report(mistakes::currencies::one_currency_wanted(&side, name_at));
            return Value::Unknown;
        };
        if *from == target {
            return Value::One(value);
        }
        let Some(rate) = self.rate(*from, target, at) else {
            // Of a declared one that is no rate, that is the mistake.
            if [*from, target].iter().any(|name| self.world.rates.contains_key(name) && self.declared_rate(*name, at).is_none()) {
                return Value::Unknown;
            }
            let (from, to) = (self.arena.units.name_of(*from).singular.clone(), name.text.clone());
            self.report(mistakes::currencies::no_rate(&from, &to, name_at));
            return Value::Unknown;
        };
        let exponent = self.arena.units.factors(unit).iter().find(|f| f.name == *from).map_or(1, |f| f.exponent);
        let operator = if exponent < 0 { Operator::Divide } else { Operator::Multiply };
        self.product(&[value, rate], &[operator], at)
    }

    /// What one of a currency is in another: declared, the inverse of a declared one, or through others.
    fn rate(&mut self, from: UnitNameId, to: UnitNameId, at: Location) -> Option<Typed> {
        let (direct, back) = (self.worths(from, at), self.worths(to, at));
        let own = |chain: &[(Typed, UnitNameId)], at: usize| if at == 0 { None } else { chain.get(at - 1).map(|(rate, _)| *rate) };
        let names = |first: UnitNameId, chain: &[(Typed, UnitNameId)]| -> Vec<UnitNameId> {
            std::iter::once(first).chain(chain.iter().map(|(_, into)| *into)).collect()
        };
        let behind = names(to, &back);
        let ahead = names(from, &direct);
        let (there, here) = ahead.iter().enumerate().find_map(|(at, name)| Some((at, behind.iter().position(|other| other == name)?)))?;
        match (own(&direct, there), own(&back, here)) {
            (Some(rate), None) => Some(rate),
            (Some(rate), Some(other)) => self.quotient(rate, other, at),
            (None, Some(other)) => {
                let one = self.number(1.0, Known::Unit(UnitId::NONE), at);
                self.quotient(one, other, at)
            }
            (None, None) => None,
        }
    }

    /// What one of a currency is in each that its declared rates lead to, one after another.
    fn worths(&mut self, currency: UnitNameId, at: Location) -> Vec<(Typed, UnitNameId)> {
        let (mut chain, mut next) = (Vec::<(Typed, UnitNameId)>::new(), currency);
        while let Some((rate, into)) = self.declared_rate(next, at) {
            if into == currency || chain.iter().any(|(_, known)| *known == into) {
                break;
            }
            let whole = match chain.last() {
                None => Some(rate),
                Some((before, _)) => self.times(*before, rate, at),
            };
            let Some(whole) = whole else { break };
            chain.push((whole, into));
            next = into;
        }
        chain
    }

    fn times(&mut self, a: Typed, b: Typed, at: Location) -> Option<Typed> {
        self.one_product(a, b, Operator::Multiply, at)
    }

    fn quotient(&mut self, a: Typed, b: Typed, at: Location) -> Option<Typed> {
        self.one_product(a, b, Operator::Divide, at)
    }

    fn one_product(&mut self, a: Typed, b: Typed, operator: Operator, at: Location) -> Option<Typed> {
        match self.product(&[a, b], &[operator], at) {
            Value::One(one) => Some(one),
            Value::Column(_) | Value::List(_) | Value::Table(_) | Value::Instances(_) | Value::Instance(_) => None,
            Value::Text | Value::Nothing | Value::Unknown => None,
        }
    }

    /// A declared rate in the unit `other/currency`, and the other currency.
    fn declared_rate(&mut self, currency: UnitNameId, at: Location) -> Option<(Typed, UnitNameId)> {
        let cell = *self.world.rates.get(&currency)?;
        let Value::One(rate) = self.cell_value(cell, at) else { return None };
        let Known::Unit(unit) = rate.info.unit else { return None };
        let into = self.arena.units.currencies(unit).find(|id| *id != currency)?;
        let mut factors = self.arena.units.factors(unit).to_vec();
        if factors.iter().any(|factor| factor.name == into && factor.exponent != 1) {
            return None;
        }
        if factors.len() == 1 {
            factors.push(crate::quantity::Factor { name: currency, exponent: -1, per: 1.0 });
        }
        let unit = self.arena.units.intern(factors, false);
        Some((Typed { info: Info { unit: Known::Unit(unit), ..rate.info }, ..rate }, into))
    }

    /// A bare number where the engine wants one, such as a default.
    pub(super) fn constant(&mut self, value: f64, at: Location) -> Typed {
        self.arena.push(Node::Number(value), Info::number(Known::Any, Shape::Constant), at)
    }
}

const fn sign(operator: Operator) -> Sign {
    match operator {
        Operator::Subtract => Sign::Minus,
        Operator::Add | Operator::Multiply | Operator::Divide => Sign::Plus,
        Operator::And | Operator::Or | Operator::Otherwise => Sign::Plus,
    }
}
