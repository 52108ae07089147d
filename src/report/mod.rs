//! Report: model and columns → plain data. Knows no format.

pub mod answer;
mod ask;
pub mod chart;
mod compare;
mod decision;
pub mod describe;
mod explained;
mod faults;
mod fill;
pub mod graph;
mod key;
pub mod number;
mod outcome;
mod pick;
pub mod plot;
mod rates;
mod reads;
mod require;
pub mod shape;
mod simulation;
mod split;
mod spread;
mod telling;
mod trace;
mod uncounted;
pub mod value;

pub use answer::{Answer, Evaluation, ExpectationResult, Leeway, OverSpan, Rest, Slip, TestResult, Trace, Usage, Verdict};
pub use ask::{evaluate, query_targets, test_targets, tests};
pub use decision::{
    Answered, Axis, Bar, Choice, Found, Moved, NameWorth, Sensitivity, Share, Shares, Side, Solution, Sweep, SweptFigure, Worth, in_unit, text_at,
};
pub use explained::{Against, Explanation};
pub use faults::{faults, sampleless};
pub use fill::{report, targets};
pub use graph::{Graph, GraphView, Through};
pub use key::{Key, Measured, asked_keys, key_of, keys, right_side, written, written_at};
pub use outcome::{Drawn, Outcome, Place, SampleFault, Spreads, computed, of_cell, of_expr, on_one_line};
pub use pick::unknown;
pub use plot::{Plot, PlotKind};
pub use rates::undecided;
pub use reads::When;
pub use require::{confidence_targets, confidence_targets_in, results_in, targets_in};
pub use shape::{Breach, Chance, Driver, Kind, Moment, Report, Requirement, Row, Scalar, Series, Statement, Status};
pub use simulation::{Fan, Simulation, Sort, simulation, spread_targets};
pub use split::{Change, ChangeSort, Compared, Comparison, Difference, Figure, Group, Replacement, RequirementChange, Split, unrounded};
pub use spread::Spread;
pub use trace::{Question, Unanswered, question, spans, trace, trace_targets};
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
