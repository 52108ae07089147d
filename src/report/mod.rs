//! Report: model and columns → plain data. Knows no format.

pub mod answer;
pub mod chart;
pub mod number;
pub mod shape;
pub mod value;

pub use answer::{Answer, Evaluation, ExpectationResult, Place, Rest, TestResult, Trace, Verdict};
pub use shape::{Breach, Driver, Kind, Moment, Report, Requirement, Row, Scalar, Series, Severity, Statement, Status};
pub use value::{Shown, Value};

use crate::calendar::Step;
use crate::check::model::ScenarioId;

/// What a report is asked to show.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct View {
    /// How figures are added up; none for statements by year and series by step.
    pub by: Option<Step>,
    /// The names that are asked for: definitions, or instances with all of theirs. Empty for everything.
    pub only: Vec<String>,
    /// The scenario that is computed; none for the model itself.
    pub scenario: Option<ScenarioId>,
}
