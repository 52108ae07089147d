//! Percent: ratios that their author wants to see in hundredths.

use super::{Elaborator, Info, Known, Place, Typed, Value};
use crate::quantity::UnitId;
use crate::syntax::ast::{self, Operator};
use crate::text::Location;

impl Elaborator<'_, '_> {
    /// A product, in percent where it asks for that.
    pub(super) fn factors(&mut self, place: &Place, ids: &[ast::ExprId], operators: &[Operator], at: Location) -> Value {
        let asked = self.asks_for_percent(place, ids, operators);
        self.lift(place, ids, &mut |this, ones| {
            let product = this.product(ones, operators, at);
            if let Value::One(product) = product {
                this.told_by_hand(place, ones, product);
            }
            match asked {
                Some(unit) => this.shown_in(product, unit),
                None => product,
            }
        })
    }

    /// `won / asked * 100%`: a factor of just 100 % changes no value, so what it stands for is how the ratio is shown. Other
    /// percentages don't: `1_000 * 5%` is 50, not 5,000 %.
    fn asks_for_percent(&self, place: &Place, ids: &[ast::ExprId], operators: &[Operator]) -> Option<UnitId> {
        let is_whole = |id: &ast::ExprId| {
            let number = self.world.expr(place.file, *id).node.number();
            number.is_some_and(|number| number.percent && number.unit.is_none() && number.value == 1.0)
        };
        let before = [Operator::Multiply].iter().chain(operators);
        ids.iter().zip(before).any(|(id, before)| *before == Operator::Multiply && is_whole(id)).then_some(UnitId::PERCENT)
    }

    /// A bare number in another bare unit; what measures something stays as it is.
    fn shown_in(&self, value: Value, unit: UnitId) -> Value {
        if let Value::One(one) = value
            && matches!(one.info.unit, Known::Unit(own) if self.arena.units.is_bare(own))
        {
            return Value::One(Typed { info: Info { unit: Known::Unit(unit), ..one.info }, ..one });
        }
        value
    }
}
