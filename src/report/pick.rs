//! Picks: which definitions and rows a report shows, and what each is called.

use super::outcome::{computed, is_series, of_cell, of_expr};
use super::shape::Kind;
use super::telling::Telling;
use super::View;
use crate::calendar::{Bucket, Step};
use crate::check::model::{CellId, ExprId, Model, Node, Origin, Role, ScenarioId, StatementRow};
use crate::compile::Target;
use crate::quantity::UnitId;
use crate::text::Location;
use unicode_normalization::UnicodeNormalization;

/// A table of the report before it is filled.
pub(super) struct Table {
    pub title: Option<String>,
    /// Who wrote the statement; none where the author's own definitions are listed.
    pub origin: Option<Origin>,
    pub rows: Vec<Line>,
}

/// A row of a report, or a key figure, before it is filled.
pub(super) struct Line {
    pub label: Label,
    pub cell: Option<CellId>,
    pub target: Target,
    pub expr: ExprId,
    pub unit: UnitId,
}

/// What a row is called: a name, or an expression as written.
pub(super) enum Label {
    Name(String),
    Written(Location),
}

/// What a report is about: its tables, and its figures that are one value.
pub(super) struct Picked {
    pub tables: Vec<Table>,
    pub figures: Vec<Line>,
}

/// The tables and key figures a view asks for.
pub(super) fn picked(model: &Model, view: &View) -> Picked {
    let (mut tables, mut figures) = (Vec::new(), Vec::new());
    let mut add = |title: Option<String>, origin: Option<Origin>, lines: Vec<Line>| {
        let (rows, constant): (Vec<Line>, Vec<Line>) = lines.into_iter().partition(|line| is_row(model, line));
        figures.extend(constant);
        if !rows.is_empty() {
            tables.push(Table { title, origin, rows });
        }
    };
    let statements: Vec<_> = model.statements.iter().filter(|statement| statement.rows.iter().any(|row| row.touched)).collect();
    if !view.only.is_empty() {
        add(None, None, cells(model, view).into_iter().filter_map(|cell| line(model, cell, view.scenario)).collect());
    } else if statements.is_empty() {
        let mut lines: Vec<Line> = own(model).into_iter().filter_map(|cell| line(model, cell, view.scenario)).collect();
        // Where nothing of the author's own changes over time, what his instances come to does.
        if !lines.iter().any(|line| is_row(model, line)) {
            let inner = inner(model).into_iter().filter_map(|cell| line(model, cell, view.scenario));
            lines.extend(inner.filter(|line| is_row(model, line) && !is_input(model, line.expr)));
        }
        add(None, None, lines);
    } else {
        let mut telling = Telling::new(model);
        for statement in statements {
            let rows = telling.rows(statement).into_iter();
            add(statement.title.clone(), Some(statement.origin), rows.filter_map(|row| row_line(model, row, view.scenario)).collect());
        }
        let shown: Vec<CellId> = tables.iter().flat_map(|table| &table.rows).chain(&figures).filter_map(|line| line.cell).collect();
        let own = top(model).into_iter().filter(|cell| !shown.contains(cell)).filter_map(|cell| line(model, cell, view.scenario));
        let (rows, results): (Vec<Line>, Vec<Line>) =
            own.filter(|line| !is_input(model, line.expr)).partition(|line| is_row(model, line));
        figures.extend(results);
        // What the author computes beside the statements is not left out.
        if !rows.is_empty() {
            tables.push(Table { title: Some("Further figures".to_owned()), origin: None, rows });
        }
    }
    Picked { tables, figures }
}

/// A flow adds up even where it never changes; another constant is one figure.
fn is_row(model: &Model, line: &Line) -> bool {
    model.grid.timed() && (is_series(model, line.expr) || model.expr(line.expr).flows && !is_of_one_time(model, line.expr))
}

/// `highest(sales)` is what one step of the timeline had, or its steps on the average: no amount that comes again in each.
pub(super) fn is_of_one_time(model: &Model, expr: ExprId) -> bool {
    let node = &model.expr(expr).node;
    if let Node::Scale(inner, _) = node { is_of_one_time(model, *inner) } else { matches!(node, Node::OverTime(..)) }
}

fn line(model: &Model, id: CellId, scenario: Option<ScenarioId>) -> Option<Line> {
    let expr = computed(model, id, scenario)?;
    let cell = model.cell(id);
    let label = Label::Name(if cell.instance.is_some() { cell.path.clone() } else { name(model, id) });
    Some(Line { label, cell: Some(id), target: of_cell(id, scenario), expr, unit: cell.unit })
}

fn row_line(model: &Model, row: &StatementRow, scenario: Option<ScenarioId>) -> Option<Line> {
    if let Some(cell) = row.cell {
        return line(model, cell, scenario);
    }
    let unit = model.expr(row.expr).unit;
    Some(Line { label: Label::Written(row.at), cell: None, target: of_expr(row.expr, scenario), expr: row.expr, unit })
}

/// The top-level definitions of the model's author; where there are none, those of the instances.
fn own(model: &Model) -> Vec<CellId> {
    let top = top(model);
    if top.is_empty() { inner(model) } else { top }
}

/// The definitions of the instances that the author has a part in.
fn inner(model: &Model) -> Vec<CellId> {
    let inner = |id: &CellId| model.cell(*id).instance.is_some() && is_shown(model, *id);
    (0..model.cells.len()).map(|at| CellId(at as u32)).filter(inner).collect()
}

/// The top-level definitions of the model's author.
fn top(model: &Model) -> Vec<CellId> {
    let own = |id: &CellId| is_own(model, *id) && model.cell(*id).instance.is_none();
    (0..model.cells.len()).map(|at| CellId(at as u32)).filter(own).collect()
}

fn is_own(model: &Model, id: CellId) -> bool {
    model.cell(id).origin == Origin::Model
}

fn is_shown(model: &Model, id: CellId) -> bool {
    let cell = model.cell(id);
    cell.touched && cell.origin != Origin::Test
}

/// Every definition a view asks for that has a value, in the order of the model.
pub(super) fn cells(model: &Model, view: &View) -> Vec<CellId> {
    let names = normal(&view.only);
    let ids = (0..model.cells.len()).map(|at| CellId(at as u32)).filter(|id| computed(model, *id, view.scenario).is_some());
    ids.filter(|id| {
        let cell = model.cell(*id);
        if names.is_empty() { is_shown(model, *id) } else { cell.origin != Origin::Test && names.iter().any(|name| answers(&cell.path, name)) }
    })
    .collect()
}

/// The names a view asks for that nothing answers to.
#[must_use]
pub fn unknown(model: &Model, view: &View) -> Vec<String> {
    let known = |name: &String| {
        model.cells.iter().any(|cell| cell.origin != Origin::Test && answers(&cell.path, name))
            || model.instances.iter().any(|instance| instance.path == *name)
    };
    normal(&view.only).into_iter().filter(|name| !known(name)).collect()
}

fn normal(names: &[String]) -> Vec<String> {
    names.iter().map(|name| name.trim().nfc().collect()).collect()
}

/// A definition answers to its path and to its instance's.
fn answers(path: &str, name: &str) -> bool {
    path.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// The columns of the tables: by year unless asked otherwise.
pub(super) fn buckets(model: &Model, view: &View) -> Vec<Bucket> {
    model.grid.buckets(view.by.unwrap_or(Step::Year))
}

/// The columns of the series: by step unless asked otherwise.
pub(super) fn spans(model: &Model, view: &View) -> Option<Vec<Bucket>> {
    view.by.filter(|_| model.grid.timed()).map(|by| model.grid.buckets(by))
}

/// What a definition is called in plain words: `Gross margin`.
pub(super) fn name(model: &Model, id: CellId) -> String {
    let cell = model.cell(id);
    let doc = cell.doc.as_deref().filter(|_| cell.origin == Origin::Prelude).and_then(head);
    doc.map_or_else(|| spoken(&cell.path), str::to_owned)
}

/// A definition's title: its doc comment, which is its label, else its name in plain words.
pub(super) fn title(model: &Model, id: CellId) -> String {
    let cell = model.cell(id);
    let own = cell.doc.as_deref().filter(|_| cell.origin == Origin::Model).and_then(|doc| doc.lines().next());
    own.map(str::trim).filter(|text| !text.is_empty()).map_or_else(|| name(model, id), str::to_owned)
}

/// The words of a doc comment before it explains: `EBITDA` of `EBITDA: earnings before …`.
fn head(doc: &str) -> Option<&str> {
    const LONGEST: usize = 32;
    let line = doc.lines().next()?.trim();
    let head = line.split_once(": ").map_or(line, |(head, _)| head);
    (!head.is_empty() && head.chars().count() <= LONGEST).then_some(head)
}

fn spoken(path: &str) -> String {
    let words = path.replace('_', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// What a definition is to a reader.
pub(super) fn kind(model: &Model, id: CellId, expr: ExprId) -> Kind {
    if is_input(model, expr) {
        return Kind::Input;
    }
    match model.cell(id).role {
        Role::Flow => Kind::Flow,
        Role::Ratio => Kind::Ratio,
        Role::Level | Role::Condition | Role::Date | Role::Choice | Role::Other => Kind::Level,
    }
}

/// Whether an expression was written down and reads no other definition. A scenario's `base` is its definition's.
pub(super) fn is_input(model: &Model, expr: ExprId) -> bool {
    let mut within = model.within(expr);
    while let Some(id) = within.next() {
        let node = &model.expr(id).node;
        if matches!(node, Node::Cell(_) | Node::Opened(_)) {
            return false;
        }
        if let Node::Base(cell, scenario) = node {
            within.also(computed(model, *cell, *scenario));
        }
    }
    true
}
