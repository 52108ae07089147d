//! Across samples: means, deviations, percentiles and probabilities.

use super::call::Arguments;
use super::{Elaborator, Info, Known, Typed, Value};
use crate::check::model::{Node, Sampled, Shape, Type};
use crate::check::native::Asks;
use crate::quantity::UnitId;

impl Elaborator<'_, '_> {
    /// `mean(x)`, `p90(x)`, `probability(c)` …
    pub(super) fn across_samples(&mut self, arguments: &Arguments, asks: Asks) -> Value {
        let at = arguments.at;
        let mut shape = Shape::Constant;
        let sampled = match asks {
            Asks::Mean => Sampled::Mean,
            Asks::Deviation => Sampled::Deviation,
            Asks::Probability => Sampled::Probability,
            Asks::Hundredth(percent) => {
                let share = self.number(f64::from(percent) / 100.0, Known::Unit(UnitId::PERCENT), at);
                Sampled::Percentile(share.id)
            }
            Asks::Percentile => {
                let Some(share) = self.share(arguments) else { return Value::Unknown };
                shape = share.info.shape;
                Sampled::Percentile(share.id)
            }
        };
        let condition = sampled == Sampled::Probability;
        let wanted = if condition { Type::Condition } else { Type::Number };
        self.over_argument(arguments, &mut |this, value| {
            if !this.expect_type(value, wanted) {
                return Value::Unknown;
            }
            let unit = if condition { Known::Unit(UnitId::PERCENT) } else { value.info.unit };
            let shape = shape.max(value.info.shape);
            let info = Info { unit, ty: Type::Number, shape, uncertain: false, ..value.info };
            Value::One(this.arena.push(Node::AcrossSamples(sampled, value.id), info, at))
        })
    }

    /// The second argument of a percentile.
    fn share(&mut self, arguments: &Arguments) -> Option<Typed> {
        let share = self.argument(arguments, 1)?;
        self.percentile_without_percent(share);
        self.bare(share, "the share of a percentile")
    }
}
