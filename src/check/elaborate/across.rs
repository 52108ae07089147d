//! Across: what looks over instances and over samples, and functions of numbers.

use super::agree::Joined;
use super::call::Arguments;
use super::leading_type;
use super::{Elaborator, Info, Known, Typed, Value};
use crate::check::mistakes;
use crate::check::model::{Absence, Aggregate, Function, Node, Type};
use crate::quantity::UnitId;
use crate::text::Location;

impl Elaborator<'_, '_> {
    /// The elements of a column; anything else is a mistake.
    fn column(&mut self, arguments: &Arguments, at: usize) -> Option<Vec<Typed>> {
        let (place, id) = arguments.get(at)?.clone();
        let location = self.location(&place, id);
        let value = self.expr(&place, id);
        self.column_of(value, arguments.name, location)
    }

    fn column_of(&mut self, value: Value, function: &str, location: Location) -> Option<Vec<Typed>> {
        match value {
            Value::Column(items) => Some(items),
            // What a mistake has spoilt may have been a column.
            Value::One(one) if one.info.unit == Known::Unknown => None,
            value @ (Value::List(_) | Value::One(_)) => {
                let elements = self.elements(&value);
                if elements.is_none() {
                    self.report(mistakes::kinds::column_wanted(function, location));
                }
                elements
            }
            Value::Table(table) if self.is_schedule(table) => Some(self.values(table)),
            Value::Unknown => None,
            Value::Instances(_) => {
                self.report(mistakes::kinds::member_wanted(function, location));
                None
            }
            Value::Table(_) | Value::Instance(_) | Value::Text | Value::Nothing => {
                self.report(mistakes::kinds::column_wanted(function, location));
                None
            }
        }
    }

    pub(super) fn across(&mut self, arguments: &Arguments, aggregate: Aggregate) -> Value {
        let at = arguments.at;
        let Some(items) = self.column(arguments, 0) else { return Value::Unknown };
        if items.is_empty() {
            return Value::One(match aggregate {
                Aggregate::Sum => self.constant(0.0, at),
                Aggregate::Largest | Aggregate::Smallest => self.blank(Absence::First, at),
            });
        }
        let ty = match (aggregate, leading_type(&items)) {
            (Aggregate::Largest | Aggregate::Smallest, Type::Date) => Type::Date,
            (Aggregate::Sum | Aggregate::Largest | Aggregate::Smallest, _) => Type::Number,
        };
        if !items.iter().all(|item| self.expect_type(*item, ty)) {
            return Value::Unknown;
        }
        let (agreed, unit) = self.agree(&items, Joined::Arguments);
        let info = Info::of(ty, unit, &agreed);
        let ids = agreed.iter().map(|item| item.id).collect();
        Value::One(self.arena.push(Node::Across(aggregate, ids), info, at))
    }

    pub(super) fn count(&mut self, arguments: &Arguments) -> Value {
        let at = arguments.at;
        let Some((place, id)) = arguments.get(0).cloned() else { return Value::Unknown };
        let value = self.expr(&place, id);
        let count = if let Value::Instances(ids) = value {
            ids.len()
        } else {
            let location = self.location(&place, id);
            let Some(items) = self.column_of(value, "count", location) else { return Value::Unknown };
            items.len()
        };
        Value::One(self.number(count as f64, Known::Unit(UnitId::NONE), at))
    }

    /// `element(list, at)`, `ranked(list, at)`
    pub(super) fn element(&mut self, arguments: &Arguments, function: Function) -> Value {
        let at = arguments.at;
        let Some(items) = self.column(arguments, 0) else { return Value::Unknown };
        let Some((place, id)) = arguments.get(1).cloned() else { return Value::Unknown };
        let ty = leading_type(&items);
        if !items.iter().all(|item| self.expect_type(*item, ty)) {
            return Value::Unknown;
        }
        let (items, unit) = self.agree(&items, Joined::Arguments);
        self.lift(&place, &[id], &mut |this, ones| {
            let place = ones.first().and_then(|place| this.bare(*place, "the place of an element"));
            let Some(place) = place else { return Value::Unknown };
            if items.is_empty() {
                return Value::One(this.blank(Absence::First, at));
            }
            let parts: Vec<Typed> = [place].into_iter().chain(items.iter().copied()).collect();
            this.apply(function, &parts, unit, ty, at)
        })
    }

    pub(super) fn weighted(&mut self, arguments: &Arguments) -> Value {
        let at = arguments.at;
        let (Some(items), Some(weights)) = (self.column(arguments, 0), self.column(arguments, 1)) else {
            return Value::Unknown;
        };
        if items.len() != weights.len() {
            self.report(mistakes::kinds::columns_of_two_kinds(at, at));
            return Value::Unknown;
        }
        if items.is_empty() {
            return Value::One(self.blank(Absence::First, at));
        }
        if !items.iter().chain(&weights).all(|item| self.expect_type(*item, Type::Number)) {
            return Value::Unknown;
        }
        let (items, unit) = self.agree(&items, Joined::Arguments);
        let (weights, _) = self.agree(&weights, Joined::Arguments);
        let parts: Vec<Typed> = items.iter().chain(&weights).copied().collect();
        let info = Info::of(Type::Number, unit, &parts);
        let pairs = items.iter().zip(&weights).map(|(item, weight)| (item.id, weight.id)).collect();
        Value::One(self.arena.push(Node::Weighted(pairs), info, at))
    }

    pub(super) fn function(&mut self, arguments: &Arguments, function: Function) -> Value {
        let at = arguments.at;
        let mut values = Vec::new();
        let mut place = 0;
        while let Some((from, id)) = arguments.get(place).cloned() {
            let value = self.expr(&from, id);
            values.push((value, self.location(&from, id)));
            place += 1;
        }
        if values.is_empty() {
            self.report(mistakes::kinds::missing_argument(arguments.name, "x", at));
            return Value::Unknown;
        }
        if let ([(Value::One(one), _)], Function::Max | Function::Min) = (values.as_slice(), function)
            && one.info.ty == Type::Number
        {
            let over_time = if function == Function::Max { "highest" } else { "lowest" };
            self.report(mistakes::kinds::nothing_to_compare(arguments.name, over_time, at));
            return Value::Unknown;
        }
        if let ([(Value::List(_), _)], Function::Max | Function::Min) = (values.as_slice(), function) {
            let over_list = if function == Function::Max { "largest" } else { "smallest" };
            self.report(mistakes::kinds::list_to_compare(arguments.name, over_list, at));
            return Value::Unknown;
        }
        self.lift_values(values, &mut |this, ones| this.function_of(function, ones, at))
    }

    fn function_of(&mut self, function: Function, ones: &[Typed], at: Location) -> Value {
        let ty = leading_type(ones);
        let dates = matches!(function, Function::Min | Function::Max) && ty == Type::Date;
        let wanted = if dates { Type::Date } else { Type::Number };
        if !ones.iter().all(|one| self.expect_type(*one, wanted)) {
            return Value::Unknown;
        }
        let (agreed, unit) = self.agree(ones, Joined::Arguments);
        let Some(first) = agreed.first().copied() else { return Value::Unknown };
        if matches!(function, Function::Min | Function::Max) {
            self.beside_percentages(ones);
        }
        match function {
            Function::Min | Function::Max | Function::Abs => self.apply(function, &agreed, unit, wanted, at),
            Function::Floor | Function::Ceil | Function::Round => self.in_shown_unit(function, first, at),
            Function::Sqrt => {
                let root = match unit {
                    Known::Unit(unit) => self.arena.units.root(unit).map(Known::Unit),
                    Known::Any | Known::Unknown => Some(unit),
                };
                let Some(root) = root else {
                    let side = self.side(first);
                    let units = &self.arena.units;
                    let odd = match unit {
                        Known::Unit(unit) => units.factors(unit).iter().find(|factor| factor.exponent % 2 != 0),
                        Known::Any | Known::Unknown => None,
                    };
                    let odd = odd.map(|factor| (units.name_of(factor.name).singular.as_ref(), factor.exponent));
                    let mistake = mistakes::units::no_root(&side, odd);
                    self.report(mistake);
                    return Value::Unknown;
                };
                self.apply(function, &agreed, root, wanted, at)
            }
            Function::Exp => self.of_bare(function, first, "the argument of `exp`", at),
            Function::Ln => self.of_bare(function, first, "the argument of `ln`", at),
            Function::LnGamma => self.of_bare(function, first, "the argument of `ln_gamma`", at),
            Function::NormalCdf => self.of_bare(function, first, "the argument of `normal_cdf`", at),
            Function::NormalQuantile => self.of_bare(function, first, "the argument of `normal_quantile`", at),
            Function::Hypergeometric => self.of_all_bare(function, &agreed, "an argument of `hypergeometric`", at),
            Function::GammaCdf => self.of_all_bare(function, &agreed, "an argument of `gamma_cdf`", at),
            Function::GammaTail => self.of_all_bare(function, &agreed, "an argument of `gamma_tail`", at),
            Function::BetaCdf => self.of_all_bare(function, &agreed, "an argument of `beta_cdf`", at),
            // Made by sums of dates, and by `element` and `ranked`.
            Function::InDays | Function::InMonths | Function::MonthsLater | Function::Element | Function::Ranked => Value::Unknown,
            // Their arguments differ in unit; `of_amounts` makes them.
            Function::AnnuityRate | Function::DecliningLeft => Value::Unknown,
        }
    }

    fn of_bare(&mut self, function: Function, value: Typed, what: &'static str, at: Location) -> Value {
        let Some(bare) = self.bare(value, what) else { return Value::Unknown };
        self.apply(function, &[bare], Known::Unit(UnitId::NONE), Type::Number, at)
    }

    fn of_all_bare(&mut self, function: Function, values: &[Typed], what: &'static str, at: Location) -> Value {
        let bare = values.iter().map(|value| self.bare(*value, what)).collect::<Option<Vec<_>>>();
        bare.map_or(Value::Unknown, |values| self.apply(function, &values, Known::Unit(UnitId::NONE), Type::Number, at))
    }

    fn apply(&mut self, function: Function, values: &[Typed], unit: Known, ty: Type, at: Location) -> Value {
        let info = Info::of(ty, unit, values);
        let ids = values.iter().map(|value| value.id).collect();
        Value::One(self.arena.push(Node::Call(function, ids), info, at))
    }

    /// Whole numbers are whole in the unit the author sees, not in the base behind it.
    fn in_shown_unit(&mut self, function: Function, value: Typed, at: Location) -> Value {
        let Known::Unit(unit) = value.info.unit else {
            return self.apply(function, &[value], value.info.unit, Type::Number, at);
        };
        let (shown, base) = (self.arena.units.to_shown(unit, 1.0), self.arena.units.to_base(unit, 1.0));
        let inner = self.scaled(value, shown, value.info.unit);
        let Value::One(whole) = self.apply(function, &[inner], value.info.unit, Type::Number, at) else {
            return Value::Unknown;
        };
        Value::One(self.scaled(whole, base, value.info.unit))
    }

    /// `one(x)`: 1 in the unit of x.
    pub(super) fn one_unit(&mut self, arguments: &Arguments) -> Value {
        let at = arguments.at;
        self.over_argument(arguments, &mut |this, value| Value::One(this.number(1.0, value.info.unit, at)))
    }
}
