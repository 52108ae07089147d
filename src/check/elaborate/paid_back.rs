//! Paid back: how long until what has come in outweighs what went out.

use super::call::Arguments;
use super::sequence::{Clock, Paid};
use super::{Elaborator, Info, Known, Typed, Value};
use crate::calendar::Step;
use crate::check::model::{Comparison, Factor, Node, Reducer, Shape, Sign, Steps, Type};
use crate::quantity::UnitId;
use crate::text::Location;

impl Elaborator<'_, '_> {
    /// `paid_back(x, shift)`: how long until what comes in outweighs what went out.
    pub(super) fn paid_back(&mut self, arguments: &Arguments) -> Value {
        let at = arguments.at;
        let Some(paid) = self.paid(arguments) else { return Value::Unknown };
        let Some(shift) = self.argument(arguments, 1) else { return Value::Unknown };
        let Some(shift) = self.bare(shift, "how far payments are shifted") else { return Value::Unknown };
        let (turn, length) = match paid {
            Paid::Flow(flow, unit) => {
                let turn = self.turn_over(flow, unit, at);
                (self.in_years(turn, at), self.world.grid.period())
            }
            Paid::Each(clock, items) => {
                let unit = if clock == Clock::Places { UnitId::NONE } else { self.unit_named("year") };
                let scale = self.arena.units.to_base(unit, 1.0);
                let amounts: Vec<Typed> = items.iter().map(|(_, amount)| *amount).collect();
                let info = Info::of(Type::Number, Known::Unit(unit), &amounts);
                let items = items.iter().map(|(time, amount)| (time * scale, amount.id)).collect();
                (self.arena.push(Node::Turn(items), info, at), scale)
            }
        };
        if self.known_value(shift.id) == Some(0.0) {
            return Value::One(turn);
        }
        let info = Info::of(Type::Number, turn.info.unit, &[turn, shift]);
        let shift = self.arena.push(Node::Scale(shift.id, length), info, at);
        Value::One(self.arena.push(Node::Sum(turn.id, vec![(Sign::Plus, shift.id)]), info, at))
    }

    /// On steps of years a time is told in years.
    fn in_years(&mut self, time: Typed, at: Location) -> Typed {
        if self.world.grid.step() != Step::Year {
            return time;
        }
        let info = Info { unit: Known::Unit(self.unit_named("year")), ..time.info };
        self.arena.push(Node::Scale(time.id, 1.0), info, at)
    }

    /// What flows in a step is paid when the step begins, as where it is discounted, and is even between two payments.
    fn turn_over(&mut self, flow: Typed, unit: Known, at: Location) -> Typed {
        let none = self.number(0.0, unit, at);
        let info = Info { unit, ..flow.info }.series();
        let level = self.arena.push(Node::Accumulate { flow: flow.id, from: none.id }, info, at);
        let before = self.arena.push(Node::Opening { value: level.id, from: none.id }, info, at);
        let condition = Info { ty: Type::Condition, ..Info::number(Known::Unit(UnitId::NONE), Shape::Series) };
        let below = self.arena.push(Node::Compare(before.id, vec![(Comparison::Less, none.id)]), condition, at);
        let above = self.arena.push(Node::Compare(level.id, vec![(Comparison::AtLeast, none.id)]), condition, at);
        let turns = self.arena.push(Node::All(vec![below.id, above.id]), condition, at);
        let date = Info { ty: Type::Date, uncertain: flow.info.uncertain, ..Info::number(Known::Unit(UnitId::NONE), Shape::Constant) };
        let steps = Steps { first: 0, end: self.world.grid.len() as u32 };
        let turn = self.arena.push(Node::OverTime(Reducer::When, turns.id, steps), date, at);
        let time = Known::Unit(self.time_unit());
        let span = Info { uncertain: flow.info.uncertain, ..Info::number(time, Shape::Series) };
        let missing = self.arena.push(Node::Negate(before.id), info, at);
        let part = self.arena.push(Node::Product(missing.id, vec![(Factor::Over, flow.id)]), span, at);
        let now = self.arena.push(Node::Time, date.series(), at);
        // From the payment before to the one with which the sum turns it is the step before.
        let start = self.number(self.world.grid.start(0) + self.world.grid.period(), Known::Unit(UnitId::NONE), at);
        let node = Node::Sum(part.id, vec![(Sign::Plus, now.id), (Sign::Minus, start.id)]);
        let since = self.arena.push(node, span, at);
        self.arena.push(Node::At(since.id, turn.id), span.constant(), at)
    }
}
