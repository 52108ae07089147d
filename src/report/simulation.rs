//! Simulation: what the samples of a model come to, as plain data.

use super::outcome::{Drawn, Outcome, over};
use super::pick::{self, Label, Line, Picked};
use super::shape::{Kind, Requirement};
use super::spread::Spread;
use super::{View, require};
use crate::calendar::{Bucket, Family};
use crate::check::model::{Expr, Model, Type};
use crate::compile::Target;
use crate::quantity::{UnitId, Units};

/// Everything `biz simulate` tells.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Simulation {
    /// `model NAME`
    pub name: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// The scenario that was computed; none for the model itself.
    pub scenario: Option<String>,
    /// The samples.
    pub drawn: Drawn,
    /// The shares whose values are told: 5 %, 50 %, 95 %.
    pub shares: Vec<f64>,
    /// Figures over time, by period.
    pub fans: Vec<Fan>,
    /// Figures that are one value.
    pub figures: Vec<Fan>,
    /// Requirements and expectations, in the order written.
    pub requirements: Vec<Requirement>,
}

/// A figure, period by period or once, and how it is spread.
#[derive(Clone, Debug, PartialEq)]
pub struct Fan {
    /// `assistant.revenue`; none for an expression.
    pub path: Option<String>,
    /// What it is called in plain words.
    pub title: String,
    /// The unit of the values.
    pub unit: String,
    /// The unit of deviations and standard errors: of dates, what they lie apart.
    pub apart: String,
    /// What it is to a reader.
    pub kind: Kind,
    /// What its values are.
    pub sort: Sort,
    /// The names of the periods; empty for one value.
    pub periods: Vec<String>,
    /// One a period, or one.
    pub spreads: Vec<Spread>,
}

/// What the values of a figure are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Numbers.
    Number,
    /// Conditions: their mean is the part of the samples in which they hold.
    Condition,
    /// Dates: a blank is one that never comes.
    Date,
    /// Options of a choice.
    Choice,
}

impl Simulation {
    /// Whether a requirement is not met.
    #[must_use]
    pub fn fails(&self) -> bool {
        self.requirements.iter().any(Requirement::fails)
    }
}

impl Fan {
    /// Whether samples differ in it anywhere.
    #[must_use]
    pub fn is_drawn(&self) -> bool {
        self.spreads.iter().any(|spread| spread.drawn)
    }
}

/// What of a report is looked at across samples.
#[must_use]
pub fn spread_targets(model: &Model, view: &View) -> Vec<Target> {
    let Picked { tables, figures } = pick::picked(model, view);
    let buckets = pick::buckets(model, view);
    let rows = tables.iter().flat_map(|table| &table.rows);
    let over_time = rows.flat_map(|line| buckets.iter().map(|bucket| over(line.target, &bucket.steps)));
    over_time.chain(figures.iter().map(|line| line.target)).collect()
}

/// The simulation, by what its targets came to.
#[must_use]
pub fn simulation(outcome: &Outcome<'_>, view: &View, shares: &[f64]) -> Simulation {
    let model = outcome.model;
    let Picked { tables, figures } = pick::picked(model, view);
    let buckets = pick::buckets(model, view);
    let mut units = model.units.clone();
    let mut fans = Vec::new();
    for line in tables.iter().flat_map(|table| &table.rows) {
        let Expr { ty, flows, .. } = *model.expr(line.expr);
        let unit = if flows { units.added_up(line.unit) } else { line.unit };
        let spread = |bucket: &Bucket| Spread::of(outcome, &units, over(line.target, &bucket.steps), 0, unit, ty);
        let spreads: Vec<Spread> = buckets.iter().filter_map(spread).collect();
        let periods = buckets.iter().map(|bucket| bucket.label.clone()).collect();
        fans.push(Fan { periods, spreads, ..fan(outcome, line, &units, unit) });
    }
    let mut told = Vec::new();
    for line in &figures {
        let ty = model.expr(line.expr).ty;
        let spreads = Spread::of(outcome, &units, line.target, 0, line.unit, ty).into_iter().collect();
        told.push(Fan { spreads, ..fan(outcome, line, &units, line.unit) });
    }
    Simulation {
        name: model.name.clone(),
        title: model.title.clone(),
        scenario: outcome.scenario_name(view.scenario),
        drawn: outcome.spreads.map_or_else(Drawn::default, |spreads| spreads.drawn),
        shares: shares.to_vec(),
        fans,
        figures: told,
        requirements: require::results(outcome, view),
    }
}

fn fan(outcome: &Outcome<'_>, line: &Line, units: &Units, unit: UnitId) -> Fan {
    let model = outcome.model;
    let kind = line.cell.map_or(Kind::Level, |cell| pick::kind(model, cell, line.expr));
    let title = match &line.label {
        Label::Name(name) => name.clone(),
        Label::Written(at) => outcome.text(*at),
    };
    let apart = match model.grid.family() {
        Family::Month => "month",
        Family::Day => "day",
    };
    let (sort, unit, apart) = match model.expr(line.expr).ty {
        Type::Number => (Sort::Number, units.text(unit), units.text(unit)),
        Type::Condition => (Sort::Condition, String::new(), String::new()),
        Type::Date => (Sort::Date, String::new(), apart.to_owned()),
        Type::Choice(_) => (Sort::Choice, String::new(), String::new()),
    };
    let path = line.cell.map(|cell| model.cell(cell).path.clone());
    Fan { path, title, unit, apart, kind, sort, periods: Vec::new(), spreads: Vec::new() }
}
