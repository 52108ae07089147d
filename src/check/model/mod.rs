//! The model: names resolved, kinds written out, every expression with its unit. What `check` hands on.

pub mod choice;
pub mod claim;
pub mod expr;
mod function;
pub mod goal;
pub mod plain;
mod within;

pub use crate::syntax::ast::{Better, Comparison, Severity, Under};
pub use choice::{ChoiceId, Choices};
pub use claim::{Confidence, CorrelationGroup, Expectation, Query, ROUNDING, Requirement, Scenario, Statement, StatementRow, Supposed, Test, Tolerance, forgives_rounding, holds_nearly};
pub use expr::{
    Absence, Aggregate, Ask, Band, Draw, Expr, Factor, Form, Node, Part, Payments, Reducer, Sampled, Shape, Sign, Steps,
    Table, Type, ZeroRate, children,
};
pub use function::Function;
pub use goal::{Aim, Goal, Vary};
pub use within::Within;

use crate::calendar::Grid;
use crate::quantity::{UnitId, Units};
use crate::text::Location;
use foldhash::HashMap;

/// An expression of the model's arena; children come before their parents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExprId(pub u32);

/// A definition with a path: `revenue`, `smb.size`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellId(pub u32);

/// An instance of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InstanceId(pub u32);

/// A scenario, or the overlay of a test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ScenarioId(pub u32);

/// A table that is read at a quantity or an age.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TableId(pub u32);

/// A checked model.
#[derive(Clone, Debug)]
pub struct Model {
    /// `model NAME`
    pub name: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Its timeline.
    pub grid: Grid,
    /// Its units.
    pub units: Units,
    /// Every expression, of the base and of the scenarios.
    pub exprs: Vec<Expr>,
    /// Every definition: top-level names first, then instance by instance.
    pub cells: Vec<Cell>,
    /// Every table.
    pub tables: Vec<Table>,
    /// The options of its choices.
    pub choices: Choices,
    /// Every instance, a parent before its children.
    pub instances: Vec<Instance>,
    /// Named scenarios, in the order written, then the overlays of tests.
    pub scenarios: Vec<Scenario>,
    /// `require` and `expect`.
    pub requirements: Vec<Requirement>,
    /// `test`
    pub tests: Vec<Test>,
    /// `statement`
    pub statements: Vec<Statement>,
    /// `correlate`: no member is in two of them.
    pub correlations: Vec<CorrelationGroup>,
    /// `goal`
    pub goals: Vec<Goal>,
    /// What was asked beside the model: the expressions of `biz eval`.
    pub queries: Vec<Query>,
    /// Of what is asked across samples under a scenario, the outcomes of all draws behind it, where they are few.
    pub supposed: HashMap<(ExprId, Option<ScenarioId>), Vec<Supposed>>,
}

/// A definition.
#[derive(Clone, Debug)]
pub struct Cell {
    /// `assistant.revenue`
    pub path: String,
    /// Whose it is; none for a top-level name.
    pub instance: Option<InstanceId>,
    /// The doc comment of the definition, else of the slot or equation it fills.
    pub doc: Option<String>,
    /// The whole definition as written.
    pub at: Location,
    /// Who wrote it.
    pub origin: Origin,
    /// What it holds; scenarios may hold another.
    pub content: Content,
    /// The unit it is shown in.
    pub unit: UnitId,
    /// What it is to a reader.
    pub role: Role,
    /// Whether anything that the model's author wrote has a part in it.
    pub touched: bool,
}

/// Who wrote a definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The model's author.
    Model,
    /// The prelude.
    Prelude,
    /// A `test`, for itself alone.
    Test,
}

/// What a cell holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// A number, condition, date or choice, computed.
    Computed(ExprId),
    /// A table that is read elsewhere.
    Table(TableId),
    /// Another instance: `market = smb`. None where a reference is left out.
    Reference(Option<InstanceId>),
    /// A text.
    Text,
    /// A slot that nobody filled and nothing asked for.
    Missing,
}

/// What a cell is to a reader; the rule by which it is added up over time follows from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A flow: over a span, the total.
    Flow,
    /// A level: over a span, the value at its end.
    Level,
    /// A ratio: over a span, computed again from the span's figures.
    Ratio,
    /// A yes or no: over a span, as at its end.
    Condition,
    /// A date.
    Date,
    /// One of several options.
    Choice,
    /// Table, reference, text: nothing to show.
    Other,
}

/// An instance of a kind.
#[derive(Clone, Debug)]
pub struct Instance {
    /// The kind's name.
    pub kind: String,
    /// That, then the kind it takes over, and so on.
    pub kinds: Vec<String>,
    /// Its path; a made-up one (`cost 2`) where it has no name.
    pub path: String,
    /// Its title.
    pub title: Option<String>,
    /// The instance it is nested in.
    pub parent: Option<InstanceId>,
    /// Where its head stands.
    pub at: Location,
    /// Its cells, in the order of the kind.
    pub cells: Vec<CellId>,
}

impl Model {
    /// The expression behind an id.
    #[must_use]
    #[allow(clippy::indexing_slicing, reason = "ids come from this arena")]
    pub fn expr(&self, id: ExprId) -> &Expr {
        &self.exprs[id.0 as usize]
    }

    /// `lost * period`: over a span, what flows comes to in all, without the length of a step.
    #[must_use]
    pub fn is_amount(&self, expr: ExprId) -> bool {
        let node = &self.expr(if let Node::Scale(inner, _) = self.expr(expr).node { inner } else { expr }).node;
        let Node::Product(first, rest) = node else { return false };
        let times = || [*first].into_iter().chain(rest.iter().filter(|(factor, _)| *factor == Factor::Times).map(|(_, x)| *x));
        times().any(|x| self.expr(x).node == Node::Period) && times().any(|x| self.expr(x).flows)
    }

    /// Whether an expression is a number written out, with its sign and unit: `30M USD/year`, `-5%`.
    #[must_use]
    pub fn is_literal(&self, mut id: ExprId) -> bool {
        while let Node::Scale(inner, _) | Node::Negate(inner) = self.expr(id).node {
            id = inner;
        }
        matches!(self.expr(id).node, Node::Number(_))
    }

    /// The definition behind an id.
    #[must_use]
    #[allow(clippy::indexing_slicing, reason = "ids come from this arena")]
    pub fn cell(&self, id: CellId) -> &Cell {
        &self.cells[id.0 as usize]
    }

    /// The table behind an id.
    #[must_use]
    #[allow(clippy::indexing_slicing, reason = "ids come from this arena")]
    pub fn table(&self, id: TableId) -> &Table {
        &self.tables[id.0 as usize]
    }

    /// The instance behind an id.
    #[must_use]
    #[allow(clippy::indexing_slicing, reason = "ids come from this arena")]
    pub fn instance(&self, id: InstanceId) -> &Instance {
        &self.instances[id.0 as usize]
    }

    /// What a definition holds under a scenario; none is the model itself.
    #[must_use]
    pub fn content(&self, cell: CellId, scenario: Option<ScenarioId>) -> Content {
        scenario
            .and_then(|id| self.scenarios.get(id.0 as usize))
            .and_then(|scenario| scenario.contents.get(&cell).copied())
            .unwrap_or(self.cell(cell).content)
    }

    /// The definition with a path.
    #[must_use]
    pub fn find(&self, path: &str) -> Option<CellId> {
        self.cells.iter().position(|cell| cell.path == path && cell.origin != Origin::Test).map(|at| CellId(at as u32))
    }

    /// Named scenarios.
    pub fn named_scenarios(&self) -> impl Iterator<Item = (ScenarioId, &Scenario)> {
        self.scenarios.iter().enumerate().filter(|(_, s)| s.name.is_some()).map(|(at, s)| (ScenarioId(at as u32), s))
    }
}

