//! Rates over a step: what a share per time takes of what there is, compounded in the period the modeller wrote it in.

use super::call::Arguments;
use super::{Elaborator, Info, Known, Typed, Value};
use crate::check::mistakes;
use crate::check::model::{Function, Node, Sign, Type};
use crate::quantity::UnitId;
use crate::text::Location;

impl Elaborator<'_, '_> {
    /// `in_step(5%/month)`: 5 % in a step of a month, 1 − 0.95³ in one of a quarter, 1 − 0.95^(12/365) in one of a day.
    pub(super) fn in_step(&mut self, arguments: &Arguments) -> Value {
        let at = arguments.at;
        if !self.world.grid.timed() {
            self.report(mistakes::time::needs_timeline("`in_step`", at, self.world.settings_at));
            return Value::Unknown;
        }
        self.over_argument(arguments, &mut |this, rate| {
            if !this.expect_type(rate, Type::Number) {
                return Value::Unknown;
            }
            match rate.info.unit {
                Known::Unit(unit) => this.taken_in_step(rate, unit, at),
                Known::Any | Known::Unknown => Value::One(rate),
            }
        })
    }

    fn taken_in_step(&mut self, rate: Typed, unit: UnitId, at: Location) -> Value {
        let grid = self.time_unit();
        let Some((length, per)) = self.period_of_rate(unit, grid) else {
            let side = self.side(rate);
            self.report(mistakes::units::rate_wanted(&side));
            return Value::Unknown;
        };
        self.rate_without_percent(rate);
        let info = Info { unit: Known::Unit(UnitId::PERCENT), ..rate.info };
        let taken = self.arena.push(Node::Scale(rate.id, length), info, at);
        let periods = self.world.grid.period() / per;
        if periods == 1.0 {
            return Value::One(taken);
        }
        let [nothing, all, periods] = [0.0, 1.0, periods].map(|value| self.number(value, info.unit, at).id);
        let left = self.arena.push(Node::Sum(all, vec![(Sign::Minus, taken.id)]), info, at);
        // A rate above 100 % takes all there is, and no root of what is below.
        let left = self.arena.push(Node::Call(Function::Max, vec![nothing, left.id]), info, at);
        let left = self.arena.push(Node::Power(left.id, periods), info, at);
        Value::One(self.arena.push(Node::Sum(all, vec![(Sign::Minus, left.id)]), info, at))
    }
}
