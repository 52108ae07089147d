//! Logic: comparisons, conditions, branches and what replaces a blank.

use super::agree::Joined;
use super::leading_type;
use super::{Elaborator, Info, Known, Place, Typed, Value};
use crate::check::mistakes;
use crate::check::model::{Absence, Comparison, Node, Type};
use crate::check::world::Scope;
use crate::quantity::UnitId;
use crate::syntax::ast;
use crate::text::Location;

impl Elaborator<'_, '_> {
    pub(super) fn not(&mut self, ones: &[Typed], at: Location) -> Value {
        let Some(value) = ones.first().copied().filter(|value| self.expect_type(*value, Type::Condition)) else {
            return Value::Unknown;
        };
        Value::One(self.arena.push(Node::Not(value.id), value.info, at))
    }

    pub(super) fn all(&mut self, ones: &[Typed], at: Location) -> Value {
        self.conditions(ones, at, Node::All)
    }

    pub(super) fn any(&mut self, ones: &[Typed], at: Location) -> Value {
        self.conditions(ones, at, Node::Any)
    }

    fn conditions(&mut self, ones: &[Typed], at: Location, node: fn(Vec<super::ExprId>) -> Node) -> Value {
        if !ones.iter().all(|value| self.expect_type(*value, Type::Condition)) {
            return Value::Unknown;
        }
        let info = Info::of(Type::Condition, Known::Unit(UnitId::NONE), ones);
        Value::One(self.arena.push(node(ones.iter().map(|value| value.id).collect()), info, at))
    }

    pub(super) fn compare(
        &mut self,
        place: &Place,
        first: ast::ExprId,
        rest: &[(Comparison, ast::ExprId)],
        at: Location,
    ) -> Value {
        let ids: Vec<ast::ExprId> = [first].into_iter().chain(rest.iter().map(|(_, id)| *id)).collect();
        let beside = self.unit_beside(place, &ids);
        let outer = std::mem::replace(&mut self.wanted, beside);
        let operands = match self.compared_choices(place, &ids, rest, at) {
            Some(operands) => operands,
            None => self.operands(place, &ids),
        };
        let compared = self.lift_values(operands, &mut |this, ones| {
            let lead = leading_type(ones);
            if !ones.iter().all(|value| this.expect_type(*value, lead)) {
                return Value::Unknown;
            }
            let (agreed, _) = this.agree(ones, Joined::Comparison);
            if place.scope == Scope::Global || matches!(place.scope, Scope::Filled(..)) {
                this.held_against_percentages(ones);
            }
            let Some((first, others)) = agreed.split_first() else { return Value::Unknown };
            let pairs = rest.iter().zip(others).map(|((comparison, _), value)| (*comparison, value.id)).collect();
            let info = Info::of(Type::Condition, Known::Unit(UnitId::NONE), &agreed);
            Value::One(this.arena.push(Node::Compare(first.id, pairs), info, at))
        });
        self.wanted = outer;
        compared
    }

    pub(super) fn branches(
        &mut self,
        place: &Place,
        branches: &[(ast::ExprId, ast::ExprId)],
        otherwise: ast::ExprId,
        at: Location,
    ) -> Value {
        let mut ids: Vec<ast::ExprId> = branches.iter().flat_map(|(condition, value)| [*condition, *value]).collect();
        ids.push(otherwise);
        self.lift(place, &ids, &mut |this, ones| this.branches_of(ones, at))
    }

    /// `ones` holds condition, value, condition, value, …, value.
    pub(super) fn branches_of(&mut self, ones: &[Typed], at: Location) -> Value {
        let Some((last, pairs)) = ones.split_last() else { return Value::Unknown };
        let (conditions, mut values): (Vec<Typed>, Vec<Typed>) =
            pairs.chunks_exact(2).filter_map(|pair| pair.first().copied().zip(pair.get(1).copied())).unzip();
        values.push(*last);
        if !conditions.iter().all(|condition| self.expect_type(*condition, Type::Condition)) {
            return Value::Unknown;
        }
        let ty = leading_type(&values);
        if !values.iter().all(|value| self.expect_type(*value, ty)) {
            return Value::Unknown;
        }
        let (agreed, unit) = self.agree(&values, Joined::Branches);
        let Some((last, values)) = agreed.split_last() else { return Value::Unknown };
        let mut result = *last;
        for (condition, value) in conditions.iter().zip(values).rev() {
            let info = Info::of(ty, unit, &[*condition, *value, result]);
            result = self.arena.push(Node::If(condition.id, value.id, result.id), info, at);
        }
        Value::One(Typed { info: Info { unit, ..result.info }, ..result })
    }

    /// `a otherwise b`; a part that is nothing by itself (`before` of the first) drops out.
    pub(super) fn otherwise(&mut self, place: &Place, ids: &[ast::ExprId], at: Location) -> Value {
        self.lift(place, ids, &mut |this, ones| {
            let absent = |this: &Self, value: &Typed| this.arena.expr(value.id).node == Node::Blank(Absence::First);
            let present: Vec<Typed> = ones.iter().copied().filter(|value| !absent(this, value)).collect();
            if present.is_empty() {
                return ones.first().map_or(Value::Unknown, |one| Value::One(*one));
            }
            let ty = leading_type(&present);
            if !present.iter().all(|value| this.expect_type(*value, ty)) {
                return Value::Unknown;
            }
            let (agreed, unit) = this.agree(&present, Joined::Branches);
            if let [only] = agreed.as_slice() {
                return Value::One(*only);
            }
            let info = Info::of(ty, unit, &agreed);
            Value::One(this.arena.push(Node::Otherwise(agreed.iter().map(|value| value.id).collect()), info, at))
        })
    }

    /// How far two sides may lie apart, brought to the unit in which they are compared; a percentage is a share of them.
    pub(in crate::check) fn distance(&mut self, place: &Place, id: ast::ExprId, condition: super::ExprId) -> Option<Typed> {
        let within = self.value_of(place, id)?;
        let Node::Compare(left, rest) = &self.arena.expr(condition).node else { return Some(within) };
        let bare = |unit: Known| matches!(unit, Known::Unit(unit) if self.arena.units.is_bare(unit));
        // A bare 0 has any unit, and what is unknown has none: the unit is that of a side which has one.
        let sides: Vec<super::ExprId> = [*left].into_iter().chain(rest.iter().map(|(_, side)| *side)).collect();
        let has_unit = |side: &&super::ExprId| !bare(Known::Unit(self.arena.expr(**side).unit));
        let left = sides.iter().find(has_unit).copied().unwrap_or(*left);
        let side = self.arena.expr(left);
        if side.ty != Type::Number || bare(within.info.unit) {
            let compared = Typed { id: left, info: Info { unit: Known::Unit(side.unit), ..within.info } };
            self.beside_percentages(&[compared, within]);
            return Some(within);
        }
        let compared = Typed { id: left, info: Info { unit: Known::Unit(side.unit), ..within.info } };
        match self.agree(&[compared, within], Joined::Comparison) {
            (agreed, Known::Unit(_)) => agreed.last().copied(),
            _ => None,
        }
    }

    /// A condition, or the mistake is told.
    pub(in crate::check) fn condition(&mut self, place: &Place, id: ast::ExprId) -> Option<Typed> {
        let value = self.one(place, id)?;
        if value.info.ty == Type::Condition || value.info.unit == Known::Unknown {
            return Some(value);
        }
        let at = self.location(place, id);
        self.report(mistakes::units::condition_wanted(super::operand::type_noun(value.info.ty), at));
        None
    }
}

impl Elaborator<'_, '_> {
    /// Whether the step starts before, or after, a date.
    pub(in crate::check) fn time_compared(&mut self, place: &Place, date: ast::ExprId, how: Comparison) -> Option<Typed> {
        let at = self.location(place, date);
        let date = self.one(place, date)?;
        if !self.expect_type(date, Type::Date) {
            return None;
        }
        let unit = Known::Unit(UnitId::NONE);
        let info = Info { ty: Type::Date, ..Info::number(unit, crate::check::model::Shape::Series) };
        let time = self.arena.push(Node::Time, info, at);
        let info = Info { uncertain: date.info.uncertain, ..Info { ty: Type::Condition, ..info } };
        Some(self.arena.push(Node::Compare(time.id, vec![(how, date.id)]), info, at))
    }

    /// A figure out of something that may be none; tells what it is instead.
    pub(in crate::check) fn figure(&mut self, place: &Place, id: ast::ExprId, value: Value) -> Option<Typed> {
        let at = self.location(place, id);
        self.one_of(value, at)
    }
}
