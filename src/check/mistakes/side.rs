//! Sides: what stands on one side of a disagreement about units.

use super::unit_text;
use crate::text::Location;

/// How a value is spelt where a modeller can mend it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::check) enum Spelt {
    Number,
    Name,
    Formula,
}

/// One side of a disagreement.
#[derive(Clone, Debug)]
pub(in crate::check) struct Side {
    /// Where a modeller can mend it.
    pub at: Location,
    /// Its unit, as written.
    pub unit: String,
    /// The unit of what stands there, where that is but a part of it.
    pub part: Option<String>,
    pub spelt: Spelt,
    /// What stands there, where that is a number.
    pub number: Option<f64>,
    /// Of a name, where its definition stands, if that is a number.
    pub defined: Option<Location>,
}

impl Side {
    pub(super) fn text(&self) -> String {
        unit_text(&self.unit)
    }

    /// What is to be seen at its place.
    pub(super) fn label(&self) -> String {
        match &self.part {
            Some(part) => format!("this is {}; with it the whole is {}", unit_text(part), self.text()),
            None => format!("this is {}", self.text()),
        }
    }
}
