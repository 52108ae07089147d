//! Fills: what a report needs computed, and the report out of that.

use super::outcome::{Outcome, computed, is_series, of_cell, over};
use super::pick::{self, Label, Line, Picked, Table};
use super::uncounted::uncounted;
use super::shape::{Report, Row, Scalar, Series, Statement};
use super::value::Shown;
use super::{View, require};
use crate::calendar::Bucket;
use crate::check::model::{CellId, Expr, Model, Type};
use crate::compile::Target;
use crate::quantity::{UnitId, Units};

/// What a report needs computed.
#[must_use]
pub fn targets(model: &Model, view: &View) -> Vec<Target> {
    let mut targets = Vec::new();
    let Picked { tables, figures } = pick::picked(model, view);
    let buckets = pick::buckets(model, view);
    for line in tables.iter().flat_map(|table| &table.rows) {
        targets.push(line.target);
        targets.extend(buckets.iter().map(|bucket| over(line.target, &bucket.steps)));
    }
    targets.extend(figures.iter().map(|line| line.target));
    let spans = pick::spans(model, view);
    for cell in pick::cells(model, view) {
        let target = of_cell(cell, view.scenario);
        targets.push(target);
        targets.extend(spans.iter().flatten().map(|bucket| over(target, &bucket.steps)));
    }
    targets.extend(require::targets(model));
    targets
}

/// The report of a run that computed its targets.
#[must_use]
pub fn report(outcome: &Outcome<'_>, view: &View) -> Report {
    let model = outcome.model;
    let picked = pick::picked(model, view);
    let uncounted = uncounted(model, &picked);
    let Picked { tables, figures } = picked;
    let buckets = pick::buckets(model, view);
    let mut units = model.units.clone();
    let spans = pick::spans(model, view);
    let periods = match &spans {
        Some(spans) => spans.iter().map(|span| span.label.clone()).collect(),
        None if model.grid.timed() => (0..model.grid.len()).map(|step| model.grid.label(step)).collect(),
        None => Vec::new(),
    };
    let (mut series, mut scalars) = (Vec::new(), Vec::new());
    for cell in pick::cells(model, view) {
        let Some(expr) = computed(model, cell, view.scenario) else { continue };
        if is_series(model, expr) {
            series.extend(over_time(outcome, view, cell, spans.as_deref(), &mut units));
        } else {
            let value = one(outcome, of_cell(cell, view.scenario), model.cell(cell).unit, model.expr(expr).ty);
            let path = model.cell(cell).path.clone();
            scalars.push(Scalar { path, title: pick::title(model, cell), kind: pick::kind(model, cell, expr), value });
        }
    }
    Report {
        name: model.name.clone(),
        title: model.title.clone(),
        scenario: outcome.scenario_name(view.scenario),
        periods,
        cut: buckets.iter().filter(|bucket| !bucket.whole).map(|bucket| cut(model, bucket)).collect(),
        uncounted,
        statements: tables.iter().map(|table| statement(outcome, table, &buckets, &mut units)).collect(),
        figures: figures.iter().map(|line| figure(outcome, line)).collect(),
        series,
        scalars,
        requirements: require::results(outcome, view),
        drawn: outcome.spreads.map(|spreads| spreads.drawn),
    }
}

fn cut(model: &Model, bucket: &Bucket) -> (String, String) {
    (bucket.label.clone(), model.grid.step().counted(bucket.steps.len()))
}

fn statement(outcome: &Outcome<'_>, table: &Table, buckets: &[Bucket], units: &mut Units) -> Statement {
    Statement {
        title: table.title.clone(),
        buckets: buckets.iter().map(|bucket| bucket.label.clone()).collect(),
        rows: table.rows.iter().map(|line| row(outcome, line, buckets, units)).collect(),
    }
}

fn row(outcome: &Outcome<'_>, line: &Line, buckets: &[Bucket], units: &mut Units) -> Row {
    let Expr { ty, flows, .. } = *outcome.model.expr(line.expr);
    let unit = if flows { units.added_up(line.unit) } else { line.unit };
    let value = |bucket: &Bucket| outcome.in_unit(units, outcome.raw(over(line.target, &bucket.steps), 0), unit, ty);
    let trend = if is_series(outcome.model, line.expr) { 0..outcome.model.grid.len() } else { 0..0 };
    Row {
        label: label(outcome, line),
        path: line.cell.map(|cell| outcome.model.cell(cell).path.clone()),
        unit: text(units, unit, ty),
        values: buckets.iter().map(value).collect(),
        trend: trend.map(|step| outcome.value(line.target, step, line.unit, ty).number()).collect(),
    }
}

fn label(outcome: &Outcome<'_>, line: &Line) -> String {
    match &line.label {
        Label::Name(name) => name.clone(),
        Label::Written(at) => outcome.text(*at),
    }
}

fn figure(outcome: &Outcome<'_>, line: &Line) -> Scalar {
    let model = outcome.model;
    let value = one(outcome, line.target, line.unit, model.expr(line.expr).ty);
    let (path, kind) = match line.cell {
        Some(cell) => (model.cell(cell).path.clone(), pick::kind(model, cell, line.expr)),
        None => (label(outcome, line), super::shape::Kind::Level),
    };
    Scalar { path, title: label(outcome, line), kind, value }
}

fn one(outcome: &Outcome<'_>, target: Target, unit: UnitId, ty: Type) -> Shown {
    Shown { value: outcome.value(target, 0, unit, ty), unit: outcome.unit_text(unit, ty) }
}

fn over_time(outcome: &Outcome<'_>, view: &View, id: CellId, spans: Option<&[Bucket]>, units: &mut Units) -> Option<Series> {
    let model = outcome.model;
    let expr = computed(model, id, view.scenario)?;
    let (cell, ty, target) = (model.cell(id), model.expr(expr).ty, of_cell(id, view.scenario));
    let (unit, values) = match spans {
        Some(spans) => {
            let unit = if model.expr(expr).flows { units.added_up(cell.unit) } else { cell.unit };
            let value = |span: &Bucket| outcome.in_unit(units, outcome.raw(over(target, &span.steps), 0), unit, ty);
            (unit, spans.iter().map(value).collect())
        }
        None => (cell.unit, (0..model.grid.len()).map(|step| outcome.value(target, step, cell.unit, ty)).collect()),
    };
    let kind = pick::kind(model, id, expr);
    Some(Series { path: cell.path.clone(), title: pick::title(model, id), unit: text(units, unit, ty), kind, values })
}

fn text(units: &Units, unit: UnitId, ty: Type) -> String {
    match ty {
        Type::Number => units.text(unit),
        Type::Condition | Type::Date | Type::Choice(_) => String::new(),
    }
}
