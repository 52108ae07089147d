//! Decisions: what sweeps, goals, sensitivities and choices between scenarios come to, as plain data.

use super::value::{Shown, Value};
use crate::quantity::{UnitId, Units};
use crate::run;
use crate::text::{Location, Source};

/// An input that is varied, and its values.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// `metered.subscription`
    pub path: String,
    /// The unit of the values.
    pub unit: String,
    /// In the order they are told.
    pub values: Vec<f64>,
}

/// A figure at every point of a grid.
#[derive(Clone, Debug, PartialEq)]
pub struct SweptFigure {
    /// As it was asked.
    pub text: String,
    /// The unit of the values.
    pub unit: String,
    /// One a point, the first input slowest.
    pub values: Vec<Value>,
}

/// What `biz sweep` tells.
#[derive(Clone, Debug, PartialEq)]
pub struct Sweep {
    /// `model NAME`
    pub name: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// The scenario that was computed; none for the model itself.
    pub scenario: Option<String>,
    /// The inputs, one or two.
    pub axes: Vec<Axis>,
    /// The figures.
    pub figures: Vec<SweptFigure>,
}

/// What `biz solve` tells of a goal.
#[derive(Clone, Debug, PartialEq)]
pub struct Solution {
    /// The goal's name; none for one of the command line.
    pub goal: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// What it is about, as written: `until final(cash) >= 0 USD`.
    pub aim: String,
    /// The scenario that was computed; none for the model itself.
    pub scenario: Option<String>,
    /// Every answer; none where there is none.
    pub answers: Vec<Answered>,
    /// What else there is to say: why there is no answer, what stops a better one.
    pub notes: Vec<String>,
}

/// An answer of a goal.
#[derive(Clone, Debug, PartialEq)]
pub struct Answered {
    /// The inputs.
    pub inputs: Vec<Found>,
    /// What the figures of the aim come to.
    pub figures: Vec<(String, Shown)>,
    /// On which side of it the condition holds; none for what is as high or low as can be.
    pub holds: Option<Side>,
}

/// A side of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// From it on.
    Above,
    /// Up to it.
    Below,
    /// At it alone.
    At,
}

/// The value that was found for an input.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The input.
    pub path: String,
    /// Its value.
    pub value: Shown,
    /// What can be put behind `--set`.
    pub set: String,
}

impl Solution {
    /// Whether it has an answer.
    #[must_use]
    pub fn is_solved(&self) -> bool {
        !self.answers.is_empty()
    }
}

/// What `biz sensitivity` tells.
#[derive(Clone, Debug, PartialEq)]
pub struct Sensitivity {
    /// `model NAME`
    pub name: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// The scenario that was computed; none for the model itself.
    pub scenario: Option<String>,
    /// The figure as it was asked.
    pub text: String,
    /// Its unit.
    pub unit: String,
    /// The figure with every name at its mean.
    pub base: Value,
    /// One name at a time, the widest swing first.
    pub bars: Vec<Bar>,
    /// How the variance is shared out; none without uncertain names.
    pub shares: Option<Shares>,
    /// What else there is to say.
    pub notes: Vec<String>,
}

/// What one name alone does to a figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// The name.
    pub path: String,
    /// The unit of its values.
    pub unit: String,
    /// How far it was moved.
    pub moved: Moved,
    /// Its low value, and the figure there.
    pub low: (Value, Value),
    /// Its high value, and the figure there.
    pub high: (Value, Value),
}

/// How far a name is moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moved {
    /// From the value that one sample in ten does not exceed to that which nine do not.
    Tenths,
    /// By a tenth of itself to either side.
    ByTenth,
}

impl Bar {
    /// How far apart the figure lies at both ends.
    #[must_use]
    pub fn swing(&self) -> Option<f64> {
        self.low.1.number().zip(self.high.1.number()).map(|(low, high)| (high - low).abs())
    }
}

/// How the variance of a figure is shared out among what is uncertain.
#[derive(Clone, Debug, PartialEq)]
pub struct Shares {
    /// How many samples each of the two sets has.
    pub samples: u64,
    /// How many of them had no value in one of the runs and were left out.
    pub skipped: u64,
    /// The seed.
    pub seed: u64,
    /// The mean.
    pub mean: Value,
    /// The standard deviation.
    pub deviation: Value,
    /// The greatest total first.
    pub rows: Vec<Share>,
}

/// The shares of a name, or of names that go together.
#[derive(Clone, Debug, PartialEq)]
pub struct Share {
    /// The names.
    pub paths: Vec<String>,
    /// What is lost of the variance when they are known, and its standard error.
    pub first: (f64, f64),
    /// What is left of it when all others are, and its standard error.
    pub total: (f64, f64),
}

/// What `biz value` tells: a choice between scenarios.
#[derive(Clone, Debug, PartialEq)]
pub struct Worth {
    /// `model NAME`
    pub name: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// The figure as it was asked.
    pub text: String,
    /// Its unit.
    pub unit: String,
    /// How many samples.
    pub samples: u64,
    /// How many of them had no value in one of the scenarios and were left out.
    pub skipped: u64,
    /// The seed.
    pub seed: u64,
    /// The scenarios.
    pub choices: Vec<Choice>,
    /// The place of the one with the best mean.
    pub best: usize,
    /// What it is worth to know everything before the choice, and its standard error.
    pub perfect: (Value, Value),
    /// What it is worth to know one name, or names that go together; the most first.
    pub names: Vec<NameWorth>,
}

/// One of the scenarios of a choice.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// Its name; `base` for the model itself.
    pub scenario: String,
    /// The mean of the figure, and its standard error.
    pub mean: (Value, Value),
    /// In which part of the samples it is the best.
    pub best: f64,
}

/// What it is worth to know some names before a choice.
#[derive(Clone, Debug, PartialEq)]
pub struct NameWorth {
    /// The name.
    pub path: String,
    /// The worth, and its standard error.
    pub worth: (Value, Value),
}

/// A number in base units as it is shown.
#[must_use]
pub fn in_unit(units: &Units, raw: run::Value, unit: UnitId) -> Value {
    match raw {
        run::Value::Blank(_) => Value::Blank,
        run::Value::Fault(_) => Value::Fault,
        run::Value::Number(number) => {
            let shown = units.to_shown(unit, number);
            if shown.is_finite() { Value::Number(shown) } else { Value::Fault }
        }
    }
}

/// What stands at a place, on one line.
#[must_use]
pub fn text_at(sources: &[Source], at: Location) -> String {
    let source = sources.iter().find(|source| source.id == at.file);
    source.map_or_else(String::new, |source| super::outcome::on_one_line(source.slice(at.span)))
}
