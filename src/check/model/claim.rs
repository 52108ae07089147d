//! What a model claims and asks: scenarios, requirements, tests, statements.

use super::{CellId, Comparison, Content, ExprId, InstanceId, Origin, ScenarioId, Severity, Steps};
use crate::numeric::correlation::Matrix;
use crate::text::Location;
use std::collections::BTreeMap;

/// A named scenario, or the overlay of a test.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// Its name; none for the overlay of a test.
    pub name: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// The scenario it starts from; none for the model itself.
    pub extends: Option<ScenarioId>,
    /// What its own lines replace.
    pub written: Vec<CellId>,
    /// Every cell whose content is another than the model's, inherited ones included.
    pub contents: BTreeMap<CellId, Content>,
    /// Where its head stands.
    pub at: Location,
}

/// Some draws at one outcome each.
#[derive(Clone, Debug, PartialEq)]
pub struct Supposed {
    /// The nameless scenario in which they are these.
    pub scenario: ScenarioId,
    /// How likely each is, which together need not sum to 1.
    pub weights: Vec<ExprId>,
}

/// What part of the largest figure compared is lost to roundings.
pub const ROUNDING: f64 = 1e-12;

/// Whether a comparison can be missed by a rounding: `<`, `>` and `!=` are exact.
#[must_use]
pub const fn forgives_rounding(comparison: Comparison) -> bool {
    matches!(comparison, Comparison::AtMost | Comparison::AtLeast | Comparison::Equal)
}

/// Whether a comparison holds between two numbers, or is missed by no more than a rounding of the larger.
#[must_use]
pub fn holds_nearly(comparison: Comparison, left: f64, right: f64) -> bool {
    comparison.holds(left, right) || forgives_rounding(comparison) && (left - right).abs() <= ROUNDING * left.abs().max(right.abs())
}

/// `require` or `expect`.
#[derive(Clone, Debug)]
pub struct Requirement {
    /// Whether it fails the run or warns.
    pub severity: Severity,
    /// Why it matters.
    pub message: Option<String>,
    /// The condition.
    pub condition: ExprId,
    /// The comparisons it is made of, for the report: value, comparison, bound. Empty where it is none.
    pub comparisons: Vec<(ExprId, Comparison, ExprId)>,
    /// The steps in which it has to hold.
    pub steps: Steps,
    /// The scenario it is asked of; none for the model and every scenario.
    pub scenario: Option<ScenarioId>,
    /// The share of samples, where one is asked for and the condition is uncertain.
    pub confidence: Option<Confidence>,
    /// The instance whose kind asks it.
    pub instance: Option<InstanceId>,
    /// Who wrote it.
    pub origin: Origin,
    /// The condition as written.
    pub at: Location,
    /// The whole line.
    pub line: Location,
}

/// `with 90% confidence`
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Confidence {
    /// In which part of the samples it has to hold.
    pub share: f64,
    /// What a sample has to meet: the condition in every step of the range.
    pub always: ExprId,
}

/// `test`
#[derive(Clone, Debug)]
pub struct Test {
    /// What it shows.
    pub title: Option<String>,
    /// The overlay of its `given`s; none where it has none.
    pub overlay: Option<ScenarioId>,
    /// Its `expect`s.
    pub expectations: Vec<Expectation>,
    /// Where it stands.
    pub at: Location,
}

/// `expect e == v within tol`
#[derive(Clone, Debug)]
pub struct Expectation {
    /// The condition, the tolerance not counted.
    pub condition: ExprId,
    /// The comparisons it is made of.
    pub comparisons: Vec<(ExprId, Comparison, ExprId)>,
    /// How far the two sides of `==` may lie apart.
    pub within: Option<Tolerance>,
    /// As written.
    pub at: Location,
}

/// How far apart two sides may lie.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Tolerance {
    /// By an amount in the sides' unit.
    Absolute(ExprId),
    /// By a share of the right side: written with `%`.
    Relative(ExprId),
}

/// Rows of a report.
#[derive(Clone, Debug)]
pub struct Statement {
    /// Its heading.
    pub title: Option<String>,
    /// Its rows.
    pub rows: Vec<StatementRow>,
    /// Who wrote it.
    pub origin: Origin,
}

/// A row of a statement.
#[derive(Clone, Debug)]
pub struct StatementRow {
    /// What it shows: the definition, where the row is a name.
    pub cell: Option<CellId>,
    /// What it shows.
    pub expr: ExprId,
    /// How it was written.
    pub at: Location,
    /// Whether anything that the model's author wrote has a part in it.
    pub touched: bool,
}

/// Uncertain definitions that lines of `correlate a, b by 0.6` tie to each other, one through the next.
#[derive(Clone, Debug)]
pub struct CorrelationGroup {
    /// The names of their streams, by path: the order of lines has no part in it.
    pub members: Vec<CellId>,
    /// How the normal scores of the members correlate (Pearson's, of a Gaussian copula): 2 sin(π ρ / 6) where ρ is the
    /// correlation of ranks that was written, and 0 where none was. No negative eigenvalue: it has a factor.
    pub matrix: Matrix,
    /// Whether they are drawn each period, and tied step by step.
    pub each_period: bool,
    /// The first of their lines.
    pub at: Location,
}

/// An expression asked beside the model.
#[derive(Clone, Copy, Debug)]
pub struct Query {
    /// The expression.
    pub expr: ExprId,
}
