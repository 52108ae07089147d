//! What a report is: statements, key figures, series and requirements as plain data, in no format.

use super::outcome::Drawn;
use super::value::{Shown, Value};
use crate::check::model::{Origin, Severity};
use crate::text::Location;

/// Everything `biz run` tells.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// `model NAME`
    pub name: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// The scenario that was computed; none for the model itself.
    pub scenario: Option<String>,
    /// The names of the steps, or of the quarters or years, that `series` run over. Empty without a timeline.
    pub periods: Vec<String>,
    /// The years or quarters of the statements that the timeline cuts, and what it holds of each: `2026`, `10 months`.
    pub cut: Vec<(String, String)>,
    /// Amounts that the author wrote down and that nothing reads, so that no statement counts them.
    pub uncounted: Vec<String>,
    /// The statements, or one table of the model's own figures.
    pub statements: Vec<Statement>,
    /// Results that are one value for the whole timeline.
    pub figures: Vec<Scalar>,
    /// Every figure that changes over time.
    pub series: Vec<Series>,
    /// Every figure that does not.
    pub scalars: Vec<Scalar>,
    /// Requirements and expectations, in the order written.
    pub requirements: Vec<Requirement>,
    /// The samples behind what looks across them; none where nothing does.
    pub drawn: Option<Drawn>,
}

/// A table of figures by year, or by whatever was asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Statement {
    /// Its heading.
    pub title: Option<String>,
    /// The columns: `2026`, `2027-Q1`.
    pub buckets: Vec<String>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A row of a statement.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What it is called.
    pub label: String,
    /// The definition, where it is one.
    pub path: Option<String>,
    /// The unit of the figures: of a flow, what it adds up to over a bucket.
    pub unit: String,
    /// One a bucket.
    pub values: Vec<Value>,
    /// One a step, for the drawing.
    pub trend: Vec<Option<f64>>,
}

/// A figure over time.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// `assistant.revenue`
    pub path: String,
    /// What it is called in plain words.
    pub title: String,
    /// The unit of the values.
    pub unit: String,
    /// What it is to a reader.
    pub kind: Kind,
    /// One a period.
    pub values: Vec<Value>,
}

/// A figure that is one value.
#[derive(Clone, Debug, PartialEq)]
pub struct Scalar {
    /// `smb.size`
    pub path: String,
    /// What it is called in plain words.
    pub title: String,
    /// What it is to a reader.
    pub kind: Kind,
    /// Its value.
    pub value: Shown,
}

/// What a figure is to a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It adds up over time.
    Flow,
    /// It stands at the end of a period.
    Level,
    /// It is computed again for longer periods.
    Ratio,
    /// It was written down and reads nothing else.
    Input,
}

impl Kind {
    /// `flow`, `level`, `ratio`, `input`
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Flow => "flow",
            Self::Level => "level",
            Self::Ratio => "ratio",
            Self::Input => "input",
        }
    }
}

/// What became of a `require` or an `expect`.
#[derive(Clone, Debug, PartialEq)]
pub struct Requirement {
    /// The condition as written.
    pub text: String,
    /// Why it matters.
    pub message: Option<String>,
    /// The instance whose kind asks it.
    pub instance: Option<String>,
    /// Who wrote it.
    pub origin: Origin,
    /// What became of it, over all scenarios.
    pub status: Status,
    /// Whether the run fails where it is not met.
    pub severity: Severity,
    /// `90%` of the samples, where it asks for that.
    pub confidence: Option<f64>,
    /// In which part of the samples it holds, under the scenario in which that is least; none where none were drawn.
    pub chance: Option<Chance>,
    /// Where it is not met: the scenario of the report first, then the others in the order written.
    pub breaches: Vec<Breach>,
    /// Where it stands.
    pub at: Location,
}

/// In which part of the samples something holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Chance {
    /// The scenario; none for the model itself.
    pub scenario: Option<String>,
    /// The part.
    pub share: f64,
    /// Its standard error, as if each sample had been drawn by itself.
    pub error: f64,
}

/// Whether a claim holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// In every step and every scenario.
    Met,
    /// An expectation that does not hold somewhere.
    Warning,
    /// A value has none where one is needed.
    Undefined,
    /// A requirement that does not hold somewhere.
    Failed,
}

impl Status {
    /// `met`, `failed`, `undefined`, `warning`
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Warning => "warning",
            Self::Undefined => "undefined",
            Self::Failed => "failed",
        }
    }
}

/// How a requirement is not met under one scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Breach {
    /// The scenario; none for the model itself.
    pub scenario: Option<String>,
    /// Why nothing can be said, where a value is undefined.
    pub reason: Option<String>,
    /// The first period in which it does not hold; none where nothing changes over time.
    pub first: Option<Moment>,
    /// The period in which it is missed by most, measured against the bound.
    pub worst: Option<Moment>,
    /// In how many steps it does not hold, and of how many.
    pub missed: (usize, usize),
    /// The inputs that move the value most, at the worst period. Filled in by who can run the model again.
    pub drivers: Vec<Driver>,
}

/// The two sides of a comparison at a time.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    /// The step, counted from 0.
    pub step: usize,
    /// Its name; none where nothing changes over time.
    pub period: Option<String>,
    /// What was compared; none where the condition is no comparison.
    pub value: Option<Shown>,
    /// With what.
    pub bound: Option<Shown>,
}

/// An input and what it does to a value.
#[derive(Clone, Debug, PartialEq)]
pub struct Driver {
    /// `assistant.churn`
    pub path: String,
    /// Its value.
    pub input: Shown,
    /// By how much the value changes when the input rises by a tenth.
    pub effect: Shown,
    /// Where the input is written.
    pub at: Location,
}

impl Requirement {
    /// Whether the run fails by it.
    #[must_use]
    pub fn fails(&self) -> bool {
        self.severity == Severity::Require && self.status != Status::Met
    }
}

impl Report {
    /// Whether a requirement is not met.
    #[must_use]
    pub fn fails(&self) -> bool {
        self.requirements.iter().any(Requirement::fails)
    }
}
