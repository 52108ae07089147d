//! Report: model and columns → plain data. Knows no format.

pub mod answer;
mod ask;
pub mod chart;
mod compare;
mod decision;
pub mod describe;
mod faults;
mod fill;
pub mod number;
mod outcome;
mod pick;
mod rates;
mod reads;
mod require;
mod spread;
pub mod shape;
mod simulation;
mod telling;
mod trace;
pub mod value;

pub use answer::{Answer, Evaluation, ExpectationResult, Place, Rest, TestResult, Trace, Verdict};
pub use ask::{evaluate, query_targets, test_targets, tests};
pub use decision::{
    Answered, Axis, Bar, Choice, Found, Moved, NameWorth, Sensitivity, Share, Shares, Side, Solution, Sweep, SweptFigure, Worth, in_unit, text_at,
};
pub use faults::{faults, sampleless};
pub use fill::{report, targets};
pub use outcome::{Outcome, SampleFault, Spreads, computed, of_cell, of_expr};
pub use pick::unknown;
pub use rates::undecided;
pub use reads::When;
pub use require::confidence_targets;
pub use shape::{Breach, Chance, Driver, Kind, Moment, Report, Requirement, Row, Scalar, Series, Statement, Status};
pub use trace::{Question, Unanswered, question, trace, trace_targets};
pub use simulation::{Fan, Simulation, Sort, simulation, spread_targets};
pub use spread::{Drawn, Spread};
pub use value::{Shown, Value};

pub use crate::check::model::{Origin, Severity};

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
