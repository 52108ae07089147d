//! Goals: what a model's author wants an input to be found for.

use super::{CellId, Comparison, ExprId};
use crate::syntax::ast::{Better, Under};
use crate::text::Location;

/// `goal price_floor { vary price from 10 USD to 90 USD, until final(cash) >= 0 USD }`
#[derive(Clone, Debug)]
pub struct Goal {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: Option<String>,
    /// What may move: one input where it is about a condition, else one or two.
    pub vary: Vec<Vary>,
    /// What for.
    pub aim: Aim,
    /// The name as written.
    pub at: Location,
}

/// `vary x from a to b`
#[derive(Clone, Debug)]
pub struct Vary {
    /// The input: its right side is a number written out, or such a number growing.
    pub cell: CellId,
    /// That number, the start of what grows.
    pub number: ExprId,
    /// Where the range begins, in base units as `number`.
    pub low: f64,
    /// Where it ends: above `low`.
    pub high: f64,
    /// The line as written.
    pub at: Location,
}

/// What a goal is about.
#[derive(Clone, Debug)]
pub enum Aim {
    /// The value at which a comparison of two figures, each constant over time, just holds.
    Until {
        /// The comparison as a condition.
        condition: ExprId,
        /// Its left side, in the same unit as the right.
        left: ExprId,
        /// How they are compared.
        comparison: Comparison,
        /// Its right side.
        right: ExprId,
        /// The condition as written.
        at: Location,
    },
    /// The value at which a figure, constant over time, is as high or low as can be.
    Best {
        /// Which way is better.
        better: Better,
        /// The figure.
        value: ExprId,
        /// What has to hold.
        under: Under,
        /// The figure as written.
        at: Location,
    },
}
