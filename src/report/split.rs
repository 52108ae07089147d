//! Splits: by how much a figure differs between two runs, and what of that each change makes by itself.

use super::key::Measured;
use super::outcome::Place;
use super::value::{Shown, Value};
use crate::check::model::ROUNDING;

/// A figure that is compared, and what it is before anything changes.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// What it is called, or the expression as asked.
    pub text: String,
    /// The definition, where it is one.
    pub path: Option<String>,
    /// The unit of its values.
    pub unit: String,
    /// The unit of its differences: points of a percentage, months between dates.
    pub apart: String,
    /// Its value before.
    pub base: Value,
}

/// How a figure differs, one change after the other applied alone.
#[derive(Clone, Debug, PartialEq)]
pub struct Split {
    /// Its value with all changes.
    pub value: Value,
    /// The unit of that, where it is another than before: two currencies are not subtracted.
    pub other_unit: Option<String>,
    /// By how much that differs; none where one of the two is no number.
    pub difference: Option<f64>,
    /// Its value with each change alone; blank where that is in another unit.
    pub alone: Vec<Value>,
    /// By how much each of those differs.
    pub effects: Vec<Option<f64>>,
    /// What the changes make together beyond that; effects and interaction add up to the difference.
    pub interaction: Option<f64>,
}

/// A difference between figures of a size; what rounding alone leaves is none.
#[must_use]
pub fn unrounded(difference: f64, size: f64) -> f64 {
    if difference.abs() <= ROUNDING * size { 0.0 } else { difference }
}

impl Split {
    /// Of a figure before, with all changes, and with each alone.
    #[must_use]
    pub fn of(base: &Measured, value: &Measured, alone: &[Measured]) -> Self {
        let size = [base.number, value.number].into_iter().flatten().chain(alone.iter().filter_map(|one| one.number)).fold(0.0, |size: f64, number| size.max(number.abs()));
        // Another order of sums is no effect.
        let apart = |number: f64| unrounded(number, size);
        let from_base = |one: &Measured| {
            let same = one.unit == base.unit && one.apart == base.apart;
            one.number.zip(base.number).filter(|_| same).map(|(one, base)| apart(one - base))
        };
        let difference = from_base(value);
        let effects: Vec<Option<f64>> = alone.iter().map(from_base).collect();
        let sum = effects.iter().copied().sum::<Option<f64>>();
        let interaction = difference.zip(sum).map(|(whole, sum)| apart(whole - sum));
        let is_other = |one: &Measured| one.unit != base.unit && one.number.is_some() && base.number.is_some();
        let other_unit = is_other(value).then(|| value.unit.clone());
        let alone = alone.iter().map(|one| if is_other(one) { Value::Blank } else { one.value.clone() }).collect();
        Self { value: value.value.clone(), other_unit, difference, alone, effects, interaction }
    }

    /// Whether the figure is another.
    #[must_use]
    pub fn differs(&self, base: &Value) -> bool {
        // Nothing is nothing in any unit.
        let zero = |value: &Value| value.number() == Some(0.0);
        let other = self.other_unit.is_some() && !(zero(base) && zero(&self.value));
        self.difference.map_or_else(|| other || self.value != *base, |difference| difference != 0.0)
    }

    /// Whether the changes work on each other.
    #[must_use]
    pub fn interacts(&self) -> bool {
        self.interaction.is_some_and(|interaction| interaction != 0.0)
    }
}

/// A definition that a scenario puts in place of the model's.
#[derive(Clone, Debug, PartialEq)]
pub struct Replacement {
    /// `metered.subscription`
    pub path: String,
    /// What the model says.
    pub from: String,
    /// What the scenario says.
    pub to: String,
    /// Where it says so.
    pub place: Place,
}

/// A scenario beside the model itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// Its name.
    pub scenario: String,
    /// Its title.
    pub title: Option<String>,
    /// The scenario it starts from.
    pub extends: Option<String>,
    /// What it replaces, in the order written, what it takes over first; several where one can't be replaced without the
    /// other.
    pub parts: Vec<Vec<Replacement>>,
    /// Of each figure, how it differs.
    pub splits: Vec<Split>,
}

/// What `biz compare` tells.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// `model NAME`
    pub name: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// The figures, with what they are in the model itself.
    pub figures: Vec<Figure>,
    /// Each scenario.
    pub sides: Vec<Compared>,
}

/// What was done to a part of a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeSort {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It says something else.
    Changed,
}

impl ChangeSort {
    /// `added`, `removed`, `changed`
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
        }
    }
}

/// A change between two models.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// What was done.
    pub sort: ChangeSort,
    /// To what: `definition`, `requirement`, `scenario`.
    pub what: &'static str,
    /// Its name, or what it says where it has none.
    pub name: String,
    /// What it said; none where it is new.
    pub from: Option<String>,
    /// What it says; none where it is gone.
    pub to: Option<String>,
    /// What a definition that does not change over time comes to, before and after.
    pub values: [Option<Shown>; 2],
    /// Where it stands, or stood.
    pub place: Place,
}

/// Changes that were made together, because one alone makes no model.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Their places among the changes.
    pub changes: Vec<usize>,
}

/// A requirement whose status is another, or that asks for something else.
#[derive(Clone, Debug, PartialEq)]
pub struct RequirementChange {
    /// The condition as written, with the instance whose kind asks it.
    pub text: String,
    /// What it was, where it asks for something else.
    pub was: Option<String>,
    /// Its status before; none where nothing asked for it.
    pub before: Option<super::Status>,
    /// Its status after.
    pub after: super::Status,
}

/// What `biz diff` tells.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// What was named first.
    pub before: String,
    /// What was named second.
    pub after: String,
    /// The title or name of the model after.
    pub title: Option<String>,
    /// Every change, in the order of the model after.
    pub changes: Vec<Change>,
    /// Those that can move a figure, by how they were applied: alone, or together.
    pub groups: Vec<Group>,
    /// The figures, with what they are before.
    pub figures: Vec<Figure>,
    /// Of each figure, how it differs, and what each group does.
    pub splits: Vec<Split>,
    /// Requirements whose status is another, or that ask for something else.
    pub requirements: Vec<RequirementChange>,
}
