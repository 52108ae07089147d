//! Key figures: what a model comes to in one value each, over its whole timeline.

use super::outcome::{Outcome, computed, on_one_line, over};
use super::pick::{self, Label, Line, Picked, Table};
use super::reads::When;
use super::trace::{Question, cells};
use super::value::Value;
use super::View;
use crate::calendar::Family;
use crate::check::model::{CellId, ExprId, Model, Origin, ScenarioId, Type};
use crate::compile::{Target, What};
use crate::quantity::UnitId;
use crate::run;
use crate::text::{Location, Source};
use foldhash::HashSet;

/// A figure that is compared.
#[derive(Clone, Debug)]
pub struct Key {
    label: KeyLabel,
    what: What,
    expr: ExprId,
    unit: UnitId,
    /// As of when; none for the whole timeline.
    when: Option<When>,
}

#[derive(Clone, Debug)]
enum KeyLabel {
    Name(String),
    Written(Location),
}

/// What a figure comes to in one run.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// The value as it is shown.
    pub value: Value,
    /// Its unit.
    pub unit: String,
    /// The number by which it is compared: of a date, its months or days.
    pub number: Option<f64>,
    /// The unit of a difference: points of a percentage, months between dates.
    pub apart: String,
}

impl Measured {
    /// Of a figure that a model does not have.
    #[must_use]
    pub const fn absent() -> Self {
        Self { value: Value::Blank, unit: String::new(), number: None, apart: String::new() }
    }
}

impl Key {
    /// The figure that a question is about, as it was asked.
    #[must_use]
    pub fn of_question(model: &Model, question: Question, asked: &str) -> Option<Self> {
        let Question { cell, when } = question;
        let expr = computed(model, cell, None)?;
        Some(Self { label: KeyLabel::Name(asked.trim().to_owned()), what: What::Cell(cell), expr, unit: model.cell(cell).unit, when: Some(when) })
    }

    /// What has to be computed for it: a flow's total over the whole timeline, a level's end, a ratio of the totals.
    #[must_use]
    pub fn target(&self, model: &Model, scenario: Option<ScenarioId>) -> Target {
        let target = Target { what: self.what, scenario, over: None };
        match self.when {
            None if model.grid.timed() && !self.is_of_one_time(model, scenario) => over(target, &(0..model.grid.len())),
            None | Some(When::Step(_)) => target,
            Some(When::Over(first, end)) => over(target, &(first..end)),
        }
    }

    fn is_of_one_time(&self, model: &Model, scenario: Option<ScenarioId>) -> bool {
        self.when.is_none() && pick::is_of_one_time(model, self.expr_under(model, scenario))
    }

    fn expr_under(&self, model: &Model, scenario: Option<ScenarioId>) -> ExprId {
        match self.what {
            What::Cell(cell) => computed(model, cell, scenario).unwrap_or(self.expr),
            What::Expr(expr) => expr,
        }
    }

    fn step(&self) -> usize {
        match self.when {
            Some(When::Step(step)) => step,
            None | Some(When::Over(..)) => 0,
        }
    }

    /// Whether a flow is added up.
    fn adds_up(&self, model: &Model) -> bool {
        self.when.map_or_else(|| model.grid.timed(), |when| matches!(when, When::Over(..)))
    }

    /// The definition it is, where it is one.
    #[must_use]
    pub fn path(&self, model: &Model) -> Option<String> {
        match self.what {
            What::Cell(cell) => Some(model.cell(cell).path.clone()),
            What::Expr(_) => None,
        }
    }

    /// What it is called.
    #[must_use]
    pub fn label(&self, outcome: &Outcome<'_>) -> String {
        self.label_in(outcome.model, outcome.sources)
    }

    /// What it is called, by the texts that the model was read from.
    #[must_use]
    pub fn label_in(&self, model: &Model, sources: &[Source]) -> String {
        match &self.label {
            KeyLabel::Name(name) => name.clone(),
            KeyLabel::Written(at) => {
                let source = sources.iter().find(|source| source.id == at.file);
                source.map_or_else(|| self.path(model).unwrap_or_default(), |source| on_one_line(source.slice(at.span)))
            }
        }
    }

    /// What it comes to under a scenario.
    #[must_use]
    pub fn measured(&self, outcome: &Outcome<'_>, scenario: Option<ScenarioId>) -> Measured {
        let model = outcome.model;
        let expr = self.expr_under(model, scenario);
        let (ty, flows) = (model.expr(expr).ty, model.expr(expr).flows);
        let mut units = model.units.clone();
        let unit = if flows && self.adds_up(model) && !self.is_of_one_time(model, scenario) { units.added_up(self.unit) } else { self.unit };
        let raw = outcome.raw(self.target(model, scenario), self.step());
        let value = outcome.in_unit(&units, raw, unit, ty);
        let text = if ty == Type::Number { units.text(unit) } else { String::new() };
        let (number, apart) = match (ty, raw) {
            (Type::Number, _) => (value.number(), text.strip_prefix('%').map_or_else(|| text.clone(), |rest| format!("points{rest}"))),
            (Type::Date, run::Value::Number(number)) => (Some(number), family(model).to_owned()),
            (Type::Date, _) => (None, family(model).to_owned()),
            (Type::Condition | Type::Choice(_), _) => (None, String::new()),
        };
        Measured { value, unit: text, number, apart }
    }
}

fn family(model: &Model) -> &'static str {
    match model.grid.family() {
        Family::Month => "month",
        Family::Day => "day",
    }
}

/// The figures that `biz run` tells most by: of its statements the first row of the first and the last of each, every
/// row of those that the author wrote, its results beside them, and the key figures.
#[must_use]
pub fn keys(model: &Model) -> Vec<Key> {
    let Picked { tables, figures } = pick::picked(model, &View::default());
    let read: HashSet<CellId> = all_read(model);
    let result = |line: &Line| line.cell.is_none_or(|cell| !read.contains(&cell)) && !pick::is_input(model, line.expr);
    let mut lines: Vec<Line> = Vec::new();
    let mut later: Vec<Line> = Vec::new();
    for (at, Table { origin, rows, .. }) in tables.into_iter().enumerate() {
        let last = rows.len().saturating_sub(1);
        for (row, line) in rows.into_iter().enumerate() {
            let taken = match origin {
                Some(Origin::Prelude) => row == last || at == 0 && row == 0,
                Some(Origin::Model | Origin::Test) => true,
                None => result(&line),
            };
            if taken {
                if at == 0 { lines.push(line) } else { later.push(line) }
            }
        }
    }
    lines.extend(figures.into_iter().filter(|line| !pick::is_input(model, line.expr)));
    lines.extend(later);
    if lines.is_empty() {
        let Picked { tables, figures } = pick::picked(model, &View::default());
        lines.extend(tables.into_iter().flat_map(|table| table.rows).chain(figures));
    }
    let mut seen = HashSet::default();
    lines.into_iter().filter(|line| seen.insert(line.target)).map(key).collect()
}

fn key(line: Line) -> Key {
    let label = match line.label {
        Label::Name(name) => KeyLabel::Name(name),
        Label::Written(at) => KeyLabel::Written(at),
    };
    Key { label, what: line.target.what, expr: line.expr, unit: line.unit, when: None }
}

/// The figure of a definition, over the whole timeline.
#[must_use]
pub fn key_of(model: &Model, path: &str) -> Option<Key> {
    let cell = model.find(path)?;
    let expr = computed(model, cell, None)?;
    Some(Key { label: KeyLabel::Name(path.to_owned()), what: What::Cell(cell), expr, unit: model.cell(cell).unit, when: None })
}

/// Every definition that another one of the author's reads.
fn all_read(model: &Model) -> HashSet<CellId> {
    let own = (0..model.cells.len() as u32).map(CellId).filter(|id| model.cell(*id).origin == Origin::Model);
    own.filter_map(|id| computed(model, id, None)).flat_map(|expr| cells(model, expr, None)).map(|(cell, _)| cell).collect()
}

/// The expressions that were asked, in place of key figures.
#[must_use]
pub fn asked_keys(model: &Model) -> Vec<Key> {
    let key = |expr: ExprId| Key { label: KeyLabel::Written(model.expr(expr).at), what: What::Expr(expr), expr, unit: model.expr(expr).unit, when: None };
    model.queries.iter().map(|query| key(query.expr)).collect()
}

/// The right side of a definition as written; of what is uncertain with its sign.
#[must_use]
pub fn written(outcome: &Outcome<'_>, cell: CellId) -> String {
    let whole = outcome.text(outcome.model.cell(cell).at);
    right_side(&whole).to_owned()
}

/// The right side of a definition that stands at a place.
#[must_use]
pub fn written_at(outcome: &Outcome<'_>, at: Location) -> String {
    right_side(&outcome.text(at)).to_owned()
}

/// What stands behind `=` or `~`.
#[must_use]
pub fn right_side(whole: &str) -> &str {
    let Some(at) = whole.find(['=', '~']) else { return whole };
    let (_, right) = whole.split_at(at);
    if right.starts_with('~') { right } else { right.trim_start_matches(['=', ' ']) }
}
