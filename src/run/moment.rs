//! Moments: what is known of a scaled and shifted draw without drawing it.

use super::draw::distribution;
use super::place::{Place, arg};
use super::value::{FaultKind, decisive};
use crate::numeric::distribution::Truncated;
use crate::tape::Relation;

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// The mean.
    Mean,
    /// The standard deviation.
    Deviation,
    /// The value that a share does not exceed.
    Percentile,
    /// The probability that it holds against a bound.
    Chance(Relation),
}

impl Moment {
    /// Its number on a tape.
    #[must_use]
    pub const fn number(self) -> f64 {
        match self {
            Self::Mean => 0.0,
            Self::Deviation => 1.0,
            Self::Percentile => 2.0,
            Self::Chance(relation) => 3.0 + relation.number(),
        }
    }

    fn from_number(number: f64) -> Self {
        match number as u8 {
            0 => Self::Mean,
            1 => Self::Deviation,
            2 => Self::Percentile,
            _ => Self::Chance(Relation::from_number(number - 3.0)),
        }
    }
}

/// scale × draw + shift.
struct Line {
    draw: Truncated,
    scale: f64,
    shift: f64,
}

/// What is asked of a draw; of what its parameters leave undefined, nothing.
pub(super) fn moment(place: &Place<'_>, args: &[f64]) -> f64 {
    if let Some(absent) = decisive(args.iter().copied()) {
        return absent;
    }
    let (asked, scale, shift) = (arg(args, 0), arg(args, 1), arg(args, 2));
    let numbers = place.numbers.get(1..).unwrap_or_default();
    let Ok(draw) = distribution(numbers, args.get(3..).unwrap_or_default()) else {
        return place.fault(FaultKind::Parameter);
    };
    let line = Line { draw, scale, shift };
    match Moment::from_number(place.number(0)) {
        Moment::Mean => place.finite(scale * line.draw.mean() + shift),
        Moment::Deviation => place.finite(scale.abs() * line.draw.variance().sqrt()),
        Moment::Percentile if !(0.0..=1.0).contains(&asked) => place.fault(FaultKind::InvalidArgument),
        Moment::Percentile => place.finite(line.percentile(asked)),
        Moment::Chance(relation) => line.chance(relation, asked),
    }
}

impl Line {
    fn percentile(&self, share: f64) -> f64 {
        if self.scale == 0.0 {
            return self.shift;
        }
        let value = if self.scale < 0.0 { self.seen_from_above(share) } else { self.draw.quantile(share) };
        self.scale * value + self.shift
    }

    /// The highest value of the draw that at least a share reaches. Where a single value with weight just makes up what is left
    /// below, it is the next one.
    fn seen_from_above(&self, share: f64) -> f64 {
        const ROUNDINGS: f64 = 1e-12;
        let below = 1.0 - share;
        let value = self.draw.quantile(below);
        let (before, up_to) = (self.draw.below(value), self.draw.cdf(value));
        let is_made_up = before < up_to && (up_to - below).abs() < ROUNDINGS;
        if is_made_up { self.draw.quantile((below + 1e3 * ROUNDINGS).min(1.0)) } else { value }
    }

    fn chance(&self, relation: Relation, bound: f64) -> f64 {
        if self.scale == 0.0 {
            return f64::from(u8::from(relation.holds(self.shift, bound)));
        }
        let at = (bound - self.shift) / self.scale;
        let (below, up_to) = (self.draw.below(at), self.draw.cdf(at));
        // Scaled by less than zero, what lies below lies above.
        let (less, at_most) = if self.scale > 0.0 { (below, up_to) } else { (1.0 - up_to, 1.0 - below) };
        match relation {
            Relation::Less => less,
            Relation::AtMost => at_most,
            Relation::More => 1.0 - at_most,
            Relation::AtLeast => 1.0 - less,
            Relation::Equal => at_most - less,
            Relation::Unequal => 1.0 - (at_most - less),
        }
    }
}
