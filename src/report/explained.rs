//! Explanations: the tree of a figure, and under a scenario why it is another than the model's.

use super::answer::Trace;
use super::split::{Figure, Replacement, Split};

/// What `biz explain FILE CELL` tells.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// `model NAME`
    pub name: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// The scenario that was computed; none for the model itself.
    pub scenario: Option<String>,
    /// Where the figure comes from.
    pub tree: Trace,
    /// Under a scenario, why it differs from the model's.
    pub against: Option<Against>,
}

/// Why a figure differs under a scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Against {
    /// The figure, with what it is in the model itself.
    pub figure: Figure,
    /// The replacements that it depends on; several where one can't be made without the other.
    pub parts: Vec<Vec<Replacement>>,
    /// How it differs.
    pub split: Split,
    /// The replacements that have no part in it.
    pub idle: Vec<String>,
}
