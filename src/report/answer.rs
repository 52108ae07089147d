//! What other questions get as an answer: `eval`, `test` and `explain`, as plain data.

use super::outcome::Place;
use super::spread::Spread;
use super::value::{Shown, Value};
use crate::text::Location;

/// The value of an expression asked beside the model.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluation {
    /// The expression as asked.
    pub expr: String,
    /// The unit of its value.
    pub unit: String,
    /// The value.
    pub answer: Answer,
}

/// One value, or one a period.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// It does not change over time.
    Once(Value),
    /// One value a step.
    Series {
        /// The names of the steps.
        periods: Vec<String>,
        /// One a step.
        values: Vec<Value>,
    },
    /// It differs from sample to sample.
    Spread {
        /// The names of the steps; empty for what does not change over time.
        periods: Vec<String>,
        /// How it is spread, with the values at 5 %, 50 % and 95 %; one a step, or one.
        spreads: Vec<Spread>,
    },
}

impl Answer {
    /// How many values it holds, one a line.
    #[must_use]
    pub fn lines(&self) -> usize {
        match self {
            Self::Once(_) => 1,
            Self::Series { values, .. } => values.len(),
            Self::Spread { spreads, .. } => spreads.len(),
        }
    }
}

/// What became of a `test`.
#[derive(Clone, Debug, PartialEq)]
pub struct TestResult {
    /// What it shows.
    pub title: Option<String>,
    /// Each `expect`.
    pub expectations: Vec<ExpectationResult>,
    /// Where it stands.
    pub at: Location,
}

/// How a number was miswritten, where it is just a power of ten of what it is held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slip {
    /// One is a thousand times the other: `13.575` for 13,575.
    Thousand,
    /// One is a hundred times the other: a `%` is missing, or one too many.
    Hundred,
}

impl Slip {
    /// What is seen of it in two sides of a comparison.
    pub(super) fn between(left: &Shown, right: &Shown) -> Option<Self> {
        let (Value::Number(one), Value::Number(other)) = (&left.value, &right.value) else { return None };
        let is_times = |count: f64| [one / other, other / one].iter().any(|ratio| (ratio / count - 1.0).abs() < 1e-3);
        let is_like = left.unit == right.unit && *one != 0.0 && *other != 0.0;
        let found = [(1_000.0, Self::Thousand), (100.0, Self::Hundred)].into_iter().find(|(count, _)| is_like && is_times(*count));
        found.map(|(_, slip)| slip)
    }
}

/// What became of an `expect` of a test.
#[derive(Clone, Debug, PartialEq)]
pub struct ExpectationResult {
    /// As written.
    pub text: String,
    /// Whether it holds.
    pub verdict: Verdict,
    /// The first period in which it does not hold.
    pub period: Option<String>,
    /// The left side there.
    pub left: Option<Shown>,
    /// The right side there.
    pub right: Option<Shown>,
    /// How one of them was miswritten, as it seems.
    pub slip: Option<Slip>,
    /// How far apart they may lie.
    pub within: Option<Leeway>,
    /// Where it stands.
    pub at: Location,
}

/// How far the sides of an expectation may lie apart.
#[derive(Clone, Debug, PartialEq)]
pub enum Leeway {
    /// An amount.
    Distance(Shown),
    /// A part of the right side.
    Share(Shown),
}

/// Whether an expectation holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// In every step.
    Passed,
    /// Not in every step.
    Failed,
    /// A side has no value; why.
    Undefined(String),
}

/// Where a value comes from: its equation, and what that is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    /// `revenue`; none for a part of an equation.
    pub path: Option<String>,
    /// The equation as written.
    pub equation: String,
    /// Its value.
    pub value: Shown,
    /// The period; none where it does not change over time.
    pub period: Option<String>,
    /// How the value above is made of it.
    pub usage: Usage,
    /// What it adds to the value above, in the unit of that; what stands side by side adds up to it. None where nothing is
    /// added up.
    pub adds: Option<Shown>,
    /// What it is over a span, where that and not its own value makes the value above: of a flow that is a product.
    pub over_span: Option<OverSpan>,
    /// Its share in the value above it, where that is a sum: 0.6 of it.
    pub share: Option<f64>,
    /// Where it was written.
    pub place: Place,
    /// What the author says about it.
    pub doc: Option<String>,
    /// What it is made of.
    pub parts: Vec<Trace>,
    /// What is not shown below it.
    pub rest: Rest,
}

/// What a part of a value is over a span.
#[derive(Clone, Debug, PartialEq)]
pub enum OverSpan {
    /// On average, in its own unit.
    Average(Shown),
    /// In all, of a rate per time, in what that adds up to.
    Total(Shown),
}

/// How a value is made of one that stands below it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Usage {
    /// It is read: no sum and no product.
    #[default]
    Read,
    /// It is the value: a branch that was taken, a total, another name.
    Itself,
    /// A term of a sum.
    Term,
    /// A term that is taken away.
    Taken,
    /// A factor of a product.
    Factor,
    /// A divisor.
    Divisor,
}

impl OverSpan {
    /// The amount.
    #[must_use]
    pub const fn amount(&self) -> &Shown {
        match self {
            Self::Average(amount) | Self::Total(amount) => amount,
        }
    }

    /// `average`, `total`
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Average(_) => "average",
            Self::Total(_) => "total",
        }
    }
}

impl Usage {
    /// `read`, `value`, `term`, `taken`, `factor`, `divisor`
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Itself => "value",
            Self::Term => "term",
            Self::Taken => "taken",
            Self::Factor => "factor",
            Self::Divisor => "divisor",
        }
    }
}

/// What a trace leaves out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rest {
    /// Nothing.
    #[default]
    Nothing,
    /// It stands above already.
    Above,
    /// It stands above for another period, and is made the same way.
    Otherwhen,
    /// It goes deeper than was asked.
    Deeper,
}

impl TestResult {
    /// Whether every expectation holds.
    #[must_use]
    pub fn passed(&self) -> bool {
        self.expectations.iter().all(|one| one.verdict == Verdict::Passed)
    }
}
