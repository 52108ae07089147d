//! Amounts: functions of some amounts in one unit and some bare numbers.

use super::agree::Joined;
use super::call::Arguments;
use super::{Elaborator, Info, Known, Typed, Value};
use crate::check::model::{Function, Node, Type};
use crate::quantity::UnitId;
use std::ops::Range;

impl Elaborator<'_, '_> {
    /// A function whose arguments at some places are amounts, the others bare; of elements of lists one by one.
    pub(super) fn of_amounts(&mut self, arguments: &Arguments, function: Function, amounts: &Range<usize>) -> Value {
        let at = arguments.at;
        let mut values = Vec::new();
        while let Some((place, id)) = arguments.get(values.len()).cloned() {
            let value = self.expr(&place, id);
            values.push((value, self.location(&place, id)));
        }
        self.lift_values(values, &mut |this, ones| {
            let (Some(before), Some(paid), Some(behind)) =
                (ones.get(..amounts.start), ones.get(amounts.clone()), ones.get(amounts.end..))
            else {
                return Value::Unknown;
            };
            if !paid.iter().all(|amount| this.expect_type(*amount, Type::Number)) {
                return Value::Unknown;
            }
            let (paid, unit) = this.agree(paid, Joined::Arguments);
            let bare = |this: &mut Self, one: &Typed| this.bare(*one, "this argument");
            let before: Option<Vec<Typed>> = before.iter().map(|one| bare(this, one)).collect();
            let behind: Option<Vec<Typed>> = behind.iter().map(|one| bare(this, one)).collect();
            let (Some(before), Some(behind)) = (before, behind) else { return Value::Unknown };
            let all: Vec<Typed> = before.into_iter().chain(paid).chain(behind).collect();
            let unit = if function == Function::AnnuityRate { Known::Unit(UnitId::PERCENT) } else { unit };
            let info = Info::of(Type::Number, unit, &all);
            Value::One(this.arena.push(Node::Call(function, all.iter().map(|one| one.id).collect()), info, at))
        })
    }
}
