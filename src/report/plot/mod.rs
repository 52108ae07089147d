//! Plots: what is drawn of figures, as plain data without a sign of the drawing.

mod axis;
mod bridge;
mod draft;
mod fill;
mod times;

pub use axis::{Axis, Scale};
pub use draft::{Draft, Sampled, Unplotted, drafts, is_plain};
pub use fill::{draft_targets, plot, plot_spreads};
pub use times::{Tick, Times};

use super::outcome::Drawn;
use super::value::Value;

/// The parts of the samples that a fan is drawn by.
pub const FAN: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];

/// How a figure is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlotKind {
    /// Over time, as a line.
    Line,
    /// A bar for each value.
    Bar,
    /// A sum, broken into its terms.
    Waterfall,
    /// How it is spread over samples.
    Fan,
}

/// Everything `biz plot` tells.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plot {
    /// The model's title, else its name.
    pub title: Option<String>,
    /// The scenario that was computed; none for the model itself.
    pub scenario: Option<String>,
    /// The samples behind what looks across them.
    pub drawn: Option<Drawn>,
    /// The drawings, one below the other.
    pub panels: Vec<Panel>,
}

/// One drawing.
#[derive(Clone, Debug, PartialEq)]
pub enum Panel {
    /// Figures over time.
    Lines(Lines),
    /// Values beside each other.
    Bars(Bars),
    /// A sum and its terms.
    Waterfall(Waterfall),
    /// A figure over time, and how it is spread in each period.
    Bands(Bands),
    /// Figures that are one value each, and how they are spread.
    Spreads(Spreads),
}

/// Figures over time, on one axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Lines {
    /// What they are together; empty where the labels tell.
    pub title: String,
    /// Their unit.
    pub unit: String,
    /// The periods.
    pub times: Times,
    /// What the values span.
    pub axis: Axis,
    /// One or more, each with a point a period.
    pub lines: Vec<Line>,
}

/// A figure over time.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What it is called.
    pub label: String,
    /// One a period; a gap where there is nothing.
    pub points: Vec<Option<f64>>,
}

/// Values beside each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Bars {
    /// What they are together; empty where the labels tell.
    pub title: String,
    /// Their unit.
    pub unit: String,
    /// What the values span, with 0.
    pub axis: Axis,
    /// One or more.
    pub bars: Vec<PlotBar>,
}

/// A value with its label.
#[derive(Clone, Debug, PartialEq)]
pub struct PlotBar {
    /// What it is called.
    pub label: String,
    /// How long the bar is.
    pub value: Value,
}

/// A sum and its terms, from the first to the whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Waterfall {
    /// What is broken into its terms, and when.
    pub title: String,
    /// The unit of all.
    pub unit: String,
    /// What the steps span, with 0.
    pub axis: Axis,
    /// The terms and the sums between, in their order.
    pub falls: Vec<Fall>,
}

/// A step of a waterfall.
#[derive(Clone, Debug, PartialEq)]
pub struct Fall {
    /// What it is called.
    pub label: String,
    /// What it adds, or what the sum is.
    pub value: Value,
    /// Where the step begins.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
    /// What the step is.
    pub sort: FallSort,
}

/// What a step of a waterfall is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FallSort {
    /// It stands on 0.
    Sum,
    /// It adds to what is above it.
    Term,
}

/// A figure over time, and how it is spread.
#[derive(Clone, Debug, PartialEq)]
pub struct Bands {
    /// What it is called.
    pub title: String,
    /// Its unit.
    pub unit: String,
    /// The periods.
    pub times: Times,
    /// What the values span.
    pub axis: Axis,
    /// The parts of the samples, from the least up.
    pub shares: Vec<f64>,
    /// Of each period the value at each share; a gap where there is nothing.
    pub spreads: Vec<Option<Vec<f64>>>,
}

/// Figures that are one value each, and how they are spread.
#[derive(Clone, Debug, PartialEq)]
pub struct Spreads {
    /// What they are together; empty where the labels tell.
    pub title: String,
    /// Their unit.
    pub unit: String,
    /// What the values span.
    pub axis: Axis,
    /// The parts of the samples, from the least up.
    pub shares: Vec<f64>,
    /// One or more.
    pub rows: Vec<SpreadRow>,
}

/// A figure and how it is spread.
#[derive(Clone, Debug, PartialEq)]
pub struct SpreadRow {
    /// What it is called.
    pub label: String,
    /// The value at each share; none where there is nothing.
    pub values: Option<Vec<f64>>,
}
