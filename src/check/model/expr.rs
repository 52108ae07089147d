//! Expressions of the model, and the tables they read.

use super::function::Function;
use super::{CellId, ChoiceId, Comparison, ExprId, ScenarioId, TableId};
use crate::numeric::distribution::{Family, Parameter};
use crate::quantity::UnitId;
use crate::text::Location;

/// Whether a value changes over time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shape {
    /// One value for the whole timeline.
    Constant,
    /// One value a step.
    Series,
}

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Type {
    /// A number with a unit.
    Number,
    /// Yes (1) or no (0).
    Condition,
    /// A date: its number in the grid's family.
    Date,
    /// One of several options: its number among all options of the model.
    Choice(ChoiceId),
}

/// An expression.
#[derive(Clone, Debug)]
pub struct Expr {
    /// What it does.
    pub node: Node,
    /// Its unit; values are held in base units.
    pub unit: UnitId,
    /// Number, condition, date or choice.
    pub ty: Type,
    /// Constant or series.
    pub shape: Shape,
    /// Whether it adds up over time: it is per time, and no level such as revenue that recurs each month.
    pub flows: bool,
    /// Where it was written.
    pub at: Location,
}

/// What an expression does. Values are in base units; scales that units need are written out as `Scale`.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// A literal.
    Number(f64),
    /// Nothing: `before` of the first instance.
    Blank(Absence),
    /// The value of a definition, under the scenario that is being computed.
    Cell(CellId),
    /// The value of a definition as it stood at the opening of the step: a level read inside its own loop.
    Opened(CellId),
    /// `base`: the value of a definition under another scenario; none for the model itself.
    Base(CellId, Option<ScenarioId>),
    /// A value times a constant that units ask for.
    Scale(ExprId, f64),
    /// `a + b - c`, from the left.
    Sum(ExprId, Vec<(Sign, ExprId)>),
    /// `a * b / c`, from the left.
    Product(ExprId, Vec<(Factor, ExprId)>),
    /// `-x`
    Negate(ExprId),
    /// `a ^ b`
    Power(ExprId, ExprId),
    /// `a <= b < c`: yes where every neighbouring pair holds; blank where one is blank.
    Compare(ExprId, Vec<(Comparison, ExprId)>),
    /// `a and b`: no where one is no, else blank where one is blank.
    All(Vec<ExprId>),
    /// `a or b`: yes where one is yes, else blank where one is blank.
    Any(Vec<ExprId>),
    /// `not c`
    Not(ExprId),
    /// `if c then a else b`; what is not taken can't fail.
    If(ExprId, ExprId, ExprId),
    /// `a otherwise b`: the first that is not blank.
    Otherwise(Vec<ExprId>),
    /// `x growing r`: x × (1 + r) ^ (time since the first step). `rate` is a bare number per `per` units of the grid's
    /// time; a rate that is a series compounds step by step.
    Growing {
        /// What grows.
        value: ExprId,
        /// By how much in each `per`.
        rate: ExprId,
        /// Length of the rate's period in the grid's family: 12 for a yearly rate on a monthly grid.
        per: f64,
    },
    /// `opening(x, from: s)`: x at the end of the step before; s before the first.
    Opening {
        /// x
        value: ExprId,
        /// Its start value.
        from: ExprId,
    },
    /// `change(x, from: s)`: x less its opening.
    Change {
        /// x
        value: ExprId,
        /// Its start value.
        from: ExprId,
    },
    /// `accumulate(flow, from: s)`: opening + flow × period, opening s at the first step.
    Accumulate {
        /// The flow, per unit of the grid's time.
        flow: ExprId,
        /// The level before the first step; read there.
        from: ExprId,
    },
    /// `delay(x, by)`: the flow of `by` ago, in units of the grid's time; `initial` before the first step.
    Delay {
        /// The flow.
        flow: ExprId,
        /// How long; a constant for a fixed delay.
        by: ExprId,
        /// 0 fixed, n: n stocks in a row that each let out 1/(by/n) of what they hold.
        order: u32,
        /// The flow before the first step.
        initial: ExprId,
    },
    /// `cohorts(new, curve)`: Σ over joining steps of new × period × curve(age).
    Cohorts {
        /// The flow of those who join.
        flow: ExprId,
        /// What is left at an age, in units of the grid's time.
        curve: TableId,
    },
    /// `total(x)`, `lowest(x)` …, over the steps from `from` up to before `until` (in steps).
    OverTime(Reducer, ExprId, Steps),
    /// `x[2027]`: over the steps, the total of a flow, the end of a level, a ratio computed again.
    Span(ExprId, Steps),
    /// `x[launch]`: the value (of a flow, its amount) in the step that holds a date.
    At(ExprId, ExprId),
    /// `sum(product.revenue)` and its like: over one expression an instance, from the left.
    Across(Aggregate, Vec<ExprId>),
    /// `weighted(x, by: w)`: Σ x·w / Σ w.
    Weighted(Vec<(ExprId, ExprId)>),
    /// A function of numbers.
    Call(Function, Vec<ExprId>),
    /// The date at the start of the step.
    Time,
    /// `period`: how long a step is. A flow times it is what the step comes to, and over a span what the span does.
    Period,
    /// The share of the step that lies behind a date: 0 before, 1 after.
    After(ExprId),
    /// `mean(x)`, `p90(x)`, `probability(c)`: across samples.
    AcrossSamples(Sampled, ExprId),
    /// A table read at a quantity or an age.
    Lookup(TableId, ExprId),
    /// `step { date: value }`: from each date on, its value; blank before the first.
    Steps(Vec<(f64, ExprId)>),
    /// `linear { date: value }`: on the straight line between neighbours; blank before the first, level behind the last.
    Linear(Vec<(f64, ExprId)>),
    /// `[a, b, c]`: one value a step; as many as there are steps.
    List(Vec<ExprId>),
    /// `~ lognormal(…)`
    Draw(Draw),
    /// `internal_rate(x, near)`: the rate at which payments are worth nothing, or how many there are.
    ZeroRate(ZeroRate),
    /// `paid_back(x, shift)`: the time at which the running sum of payments first rises to 0, even between two of them.
    Turn(Vec<(f64, ExprId)>),
}

/// What is asked about the rates at which Σ amount / (1 + r)^time is 0.
#[derive(Clone, Debug, PartialEq)]
pub struct ZeroRate {
    /// Which of them.
    pub ask: Ask,
    /// When each payment is made, in the rate's own unit of time.
    pub times: Vec<f64>,
    /// What is paid.
    pub payments: Payments,
}

/// Which rate is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ask {
    /// The only one.
    Only,
    /// The one next to this.
    Nearest(ExprId),
    /// How many there are.
    Count,
}

/// What is paid, at times that are known.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Payments {
    /// One expression a payment.
    Each(Vec<ExprId>),
    /// A series: one payment a step.
    Over(ExprId),
}

impl ZeroRate {
    /// What it reads: the rate it is to be next to, then what is paid.
    pub fn reads(&self) -> impl Iterator<Item = ExprId> + '_ {
        let near = match self.ask {
            Ask::Nearest(near) => Some(near),
            Ask::Only | Ask::Count => None,
        };
        let paid = match &self.payments {
            Payments::Each(each) => each.as_slice(),
            Payments::Over(series) => std::slice::from_ref(series),
        };
        near.into_iter().chain(paid.iter().copied())
    }
}

/// Why there is nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absence {
    /// `before` of the first instance.
    First,
}

/// The steps from the first up to before the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Steps {
    /// First step.
    pub first: u32,
    /// One past the last.
    pub end: u32,
}

/// A sign in a sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sign {
    /// `+`
    Plus,
    /// `-`
    Minus,
}

/// A place in a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Factor {
    /// `*`
    Times,
    /// `/`
    Over,
}

/// What looks across time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reducer {
    /// `total`: the sum of a flow times the length of a step.
    Total,
    /// `lowest`
    Lowest,
    /// `highest`
    Highest,
    /// `average`
    Average,
    /// `final`: the last step's.
    Final,
    /// `when`: the date of the first step in which a condition holds; blank if none.
    When,
}

/// What looks across samples.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sampled {
    /// `mean`
    Mean,
    /// `deviation`: the standard deviation.
    Deviation,
    /// `percentile`: the value that this share does not exceed.
    Percentile(ExprId),
    /// `probability`: the share in which a condition holds.
    Probability,
}

/// What looks across instances.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Aggregate {
    /// `sum`; of none, 0.
    Sum,
    /// `largest`; of none, blank.
    Largest,
    /// `smallest`; of none, blank.
    Smallest,
}

/// An uncertain value.
#[derive(Clone, Debug, PartialEq)]
pub struct Draw {
    /// The definition it stands in, under whatever scenario: the name of its stream.
    pub of: CellId,
    /// One distribution, or those of a `mixture`, each with a weight.
    pub parts: Vec<Part>,
    /// Nothing below.
    pub low: Option<ExprId>,
    /// Nothing above.
    pub high: Option<ExprId>,
    /// A draw for each step.
    pub each_period: bool,
}

/// A distribution behind `~`, or one of a mixture.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Which distribution.
    pub family: Family,
    /// Its parameters, in base units where they carry the unit.
    pub parameters: Vec<(Parameter, ExprId)>,
    /// For `discrete` and `empirical`: the values with their weights.
    pub outcomes: Vec<(ExprId, ExprId)>,
    /// How much it weighs among the parts of a mixture, which need not sum to 1; none where it is the only one.
    pub weight: Option<ExprId>,
}

/// A table that is read at a quantity or an age.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// How it is read.
    pub form: Form,
    /// The bands, by rising bound; a bound belongs to its own band. The last bound is infinite after `beyond`.
    pub bands: Vec<Band>,
    /// Where it was written.
    pub at: Location,
}

/// A band of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    /// Its upper bound, its size (`package`), or the age (`curve`), in base units.
    pub bound: f64,
    /// Rate, price or share.
    pub value: ExprId,
    /// `plus`: the flat fee of the band.
    pub flat: Option<ExprId>,
}

/// How a table is read at q.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// Each band at its own rate, summed; the flat fee of every band entered, of the first always.
    Graduated,
    /// The band that holds q prices all of q, plus its flat fee.
    Volume,
    /// Each started package at the price: ⌈q / size⌉ × price. One band.
    Package,
    /// The price of the band that holds q.
    Stairstep,
    /// On the straight line between neighbouring ages; the last value behind the last age, the first before the first.
    Curve,
    /// `curve { age: … }`: put in where it is read. For `cohorts` one value a step, the age in the place of the step.
    Formula,
    /// `[a, b, c]`, held by a definition: its elements in order, read by what looks across them.
    List,
    /// `schedule { date: amount }`: payments by the day, read by what takes them in order. The bounds are days since 1970.
    Schedule,
}

/// The children of an expression, in the order they are computed; the values of a table it reads are the table's.
pub fn children(node: &Node, visit: &mut impl FnMut(ExprId)) {
    match node {
        Node::Number(_) | Node::Blank(_) | Node::Cell(_) | Node::Opened(_) | Node::Base(..) | Node::Time | Node::Period => {}
        Node::Scale(x, _) | Node::Negate(x) | Node::Not(x) | Node::After(x) => visit(*x),
        Node::OverTime(_, x, _) | Node::Span(x, _) | Node::Lookup(_, x) => visit(*x),
        Node::AcrossSamples(Sampled::Percentile(share), x) => [*share, *x].into_iter().for_each(visit),
        Node::AcrossSamples(Sampled::Mean | Sampled::Deviation | Sampled::Probability, x) => visit(*x),
        Node::Cohorts { flow, .. } => visit(*flow),
        Node::Sum(first, rest) => [*first].into_iter().chain(rest.iter().map(|(_, x)| *x)).for_each(visit),
        Node::Product(first, rest) => [*first].into_iter().chain(rest.iter().map(|(_, x)| *x)).for_each(visit),
        Node::Compare(first, rest) => [*first].into_iter().chain(rest.iter().map(|(_, x)| *x)).for_each(visit),
        Node::Power(a, b) | Node::At(a, b) => [*a, *b].into_iter().for_each(visit),
        Node::Opening { value, from } | Node::Change { value, from } => [*value, *from].into_iter().for_each(visit),
        Node::Accumulate { flow, from } => [*flow, *from].into_iter().for_each(visit),
        Node::Growing { value, rate, .. } => [*value, *rate].into_iter().for_each(visit),
        Node::Delay { flow, by, initial, .. } => [*flow, *by, *initial].into_iter().for_each(visit),
        Node::If(c, a, b) => [*c, *a, *b].into_iter().for_each(visit),
        Node::All(xs) | Node::Any(xs) | Node::Otherwise(xs) | Node::Across(_, xs) | Node::Call(_, xs) | Node::List(xs) => {
            xs.iter().copied().for_each(visit);
        }
        Node::Weighted(pairs) => pairs.iter().flat_map(|(x, w)| [*x, *w]).for_each(visit),
        Node::Steps(rows) | Node::Linear(rows) | Node::Turn(rows) => rows.iter().map(|(_, x)| *x).for_each(visit),
        Node::ZeroRate(asked) => asked.reads().for_each(visit),
        Node::Draw(draw) => {
            for part in &draw.parts {
                part.parameters.iter().map(|(_, x)| *x).for_each(&mut *visit);
                part.outcomes.iter().flat_map(|(x, w)| [*x, *w]).for_each(&mut *visit);
            }
            draw.parts.iter().filter_map(|part| part.weight).for_each(&mut *visit);
            draw.low.iter().chain(&draw.high).copied().for_each(visit);
        }
    }
}
