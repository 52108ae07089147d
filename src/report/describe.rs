//! Describes: what the values of a question are, before any is computed.

use super::outcome::is_series;
use crate::check::model::{Model, Type};

/// What the values of a question are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Described {
    /// The unit; empty for a bare number and for what has none.
    pub unit: String,
    /// What they are.
    pub sort: Sort,
    /// The first and the last period, where there is a value for each.
    pub periods: Option<(String, String)>,
}

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A flow: it adds up over time.
    Flow,
    /// Another number.
    Number,
    /// Yes or no.
    Condition,
    /// A date.
    Date,
    /// One of several options.
    Choice,
}

/// What the values of each question are.
#[must_use]
pub fn described(model: &Model) -> Vec<Described> {
    let one = |query: &crate::check::model::Query| {
        let expr = model.expr(query.expr);
        let (sort, unit) = match expr.ty {
            Type::Number if expr.flows => (Sort::Flow, model.units.text(expr.unit)),
            Type::Number => (Sort::Number, model.units.text(expr.unit)),
            Type::Condition => (Sort::Condition, String::new()),
            Type::Date => (Sort::Date, String::new()),
            Type::Choice(_) => (Sort::Choice, String::new()),
        };
        let timed = model.grid.timed() && is_series(model, query.expr);
        let periods = timed.then(|| (model.grid.label(0), model.grid.label(model.grid.len().saturating_sub(1))));
        Described { unit, sort, periods }
    };
    model.queries.iter().map(one).collect()
}
