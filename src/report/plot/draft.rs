//! Drafts: what names ask to be drawn, found in the model before anything is computed.

use super::PlotKind;
use super::bridge::{self, Bridge};
use crate::calendar::{Bucket, Step};
use crate::check::model::{CellId, Expr, ExprId, Model, ScenarioId, Type};
use crate::compile::Target;
use crate::report::View;
use crate::report::outcome::{computed, is_series, of_cell, of_expr, over};
use crate::report::pick;
use crate::quantity::UnitId;
use crate::text::Location;
use unicode_normalization::UnicodeNormalization;

/// A figure before it is drawn.
#[derive(Clone, Debug)]
pub struct Draft {
    /// What it is called: a name, or an expression as written.
    pub(super) label: Result<String, Location>,
    /// What the figures of one name that stands for several are together.
    pub(super) group: String,
    pub(super) target: Target,
    pub(super) expr: ExprId,
    pub(super) unit: UnitId,
    pub(super) form: DraftForm,
    pub(super) points: Vec<Point>,
    /// How long a period is.
    pub(super) by: Step,
}

/// How a draft is drawn.
#[derive(Clone, Debug)]
pub(super) enum DraftForm {
    Line,
    Bar,
    Fan,
    /// As a fan where samples differ in it, else as its shape is.
    FanIfDrawn,
    /// A condition, by the share of the samples in which it holds.
    Share,
    Waterfall(Vec<Bridge>),
}

impl DraftForm {
    /// Whether it is looked at across samples.
    pub const fn is_sampled(&self) -> bool {
        match self {
            Self::Fan | Self::FanIfDrawn | Self::Share => true,
            Self::Line | Self::Bar | Self::Waterfall(_) => false,
        }
    }
}

/// A value of a figure.
#[derive(Clone, Debug)]
pub(super) struct Point {
    /// The period; none for a figure that is one value.
    pub span: Option<Bucket>,
    pub target: Target,
    pub step: usize,
}

/// Why a name can't be drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unplotted {
    /// Nothing has this name, or it has no value.
    Name(String),
    /// It is an instance with this figure among others, and not a figure.
    Instance(String, Option<String>),
    /// The timeline has no such period: the name, then the period.
    Period(String, String),
    /// It is a condition, a date or an option, and no number.
    NoNumber(String),
    /// It has no terms.
    NoSum(String),
}

struct Named {
    label: Result<String, Location>,
    group: String,
    cell: Option<CellId>,
    expr: ExprId,
}

/// Whether what is asked for is a name, perhaps with a period behind it, and no expression: `product.revenue[2027]`.
#[must_use]
pub fn is_plain(asked: &str) -> bool {
    let (name, period) = split(asked);
    let is_named = name.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '.' | ' ') || !letter.is_ascii());
    let is_period = |text: &str| text.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-');
    is_named && !name.starts_with(|letter: char| letter.is_ascii_digit()) && period.is_none_or(is_period)
}

fn split(asked: &str) -> (&str, Option<&str>) {
    let asked = asked.trim();
    match asked.strip_suffix(']').and_then(|inner| inner.split_once('[')) {
        Some((name, period)) => (name.trim(), Some(period.trim())),
        None => (asked, None),
    }
}

/// What is to be drawn of each name. Expressions are the questions of the model, in the order asked.
///
/// # Errors
/// If one of them can't be drawn so.
pub fn drafts(model: &Model, names: &[String], kind: Option<PlotKind>, sampled: Sampled, view: &View) -> Result<Vec<Draft>, Unplotted> {
    let mut questions = model.queries.iter();
    let mut drafts = Vec::new();
    for asked in names {
        let normal: String = asked.trim().nfc().collect();
        let (name, period) = split(&normal);
        let (found, period) = if is_plain(&normal) {
            let span = period.map(|period| model.grid.named(period).ok_or_else(|| Unplotted::Period(asked.clone(), period.to_owned())));
            (named(model, name, &normal, view.scenario)?, span.transpose()?)
        } else {
            let query = questions.next().ok_or_else(|| Unplotted::Name(asked.clone()))?;
            let expr = query.expr;
            (vec![Named { label: Err(model.expr(expr).at), group: String::new(), cell: None, expr }], None)
        };
        for one in found {
            let expr = model.expr(one.expr);
            let across = kind == Some(PlotKind::Fan) || kind.is_none() && sampled == Sampled::Asked;
            if expr.ty != Type::Number && !(across && expr.ty == Type::Condition) {
                return Err(Unplotted::NoNumber(asked.clone()));
            }
            drafts.push(draft(model, one, period.as_ref(), kind, sampled, view).ok_or_else(|| Unplotted::NoSum(asked.clone()))?);
        }
    }
    Ok(drafts)
}

/// Whether something was said of samples.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sampled {
    /// So a figure is drawn by how it is spread.
    Asked,
    /// So it is drawn by its value.
    Unasked,
}

/// The figures that a name stands for: a definition, or that of every instance of a kind.
fn named(model: &Model, name: &str, asked: &str, scenario: Option<ScenarioId>) -> Result<Vec<Named>, Unplotted> {
    if let Some((cell, expr)) = model.find(name).and_then(|cell| Some((cell, computed(model, cell, scenario)?))) {
        let label = if model.cell(cell).instance.is_some() { model.cell(cell).path.clone() } else { pick::name(model, cell) };
        return Ok(vec![Named { label: Ok(label), group: String::new(), cell: Some(cell), expr }]);
    }
    if let Some(instance) = model.instances.iter().find(|instance| instance.path == name) {
        let has_value = |cell: &&CellId| computed(model, **cell, scenario).is_some_and(|expr| is_series(model, expr));
        let figure = instance.cells.iter().filter(|cell| model.cell(**cell).touched).find(has_value);
        return Err(Unplotted::Instance(name.to_owned(), figure.map(|cell| model.cell(*cell).path.clone())));
    }
    let column = name.split_once('.').map(|(kind, figure)| {
        let of_kind = model.instances.iter().filter(|instance| instance.kinds.iter().any(|known| known == kind));
        let figures = of_kind.filter_map(|instance| {
            let cell = model.find(&format!("{}.{figure}", instance.path))?;
            let label = instance.title.clone().unwrap_or_else(|| instance.path.clone());
            Some(Named { label: Ok(label), group: asked.to_owned(), cell: Some(cell), expr: computed(model, cell, scenario)? })
        });
        figures.collect::<Vec<Named>>()
    });
    column.filter(|column| !column.is_empty()).ok_or_else(|| Unplotted::Name(name.to_owned()))
}

/// None for a waterfall of what is no sum.
fn draft(model: &Model, one: Named, period: Option<&Bucket>, kind: Option<PlotKind>, sampled: Sampled, view: &View) -> Option<Draft> {
    let Expr { unit, flows, ty, .. } = *model.expr(one.expr);
    let unit = one.cell.map_or(unit, |cell| model.cell(cell).unit);
    let target = one.cell.map_or_else(|| of_expr(one.expr, view.scenario), |cell| of_cell(cell, view.scenario));
    let timed = model.grid.timed();
    let changes = timed && (is_series(model, one.expr) || flows);
    let form = match (kind, sampled) {
        _ if ty == Type::Condition => DraftForm::Share,
        (Some(PlotKind::Line), _) => DraftForm::Line,
        (Some(PlotKind::Bar), _) => DraftForm::Bar,
        (Some(PlotKind::Fan), _) => DraftForm::Fan,
        (Some(PlotKind::Waterfall), _) => DraftForm::Waterfall(Vec::new()),
        (None, Sampled::Asked) => DraftForm::FanIfDrawn,
        (None, Sampled::Unasked) if changes && period.is_none() => DraftForm::Line,
        (None, Sampled::Unasked) => DraftForm::Bar,
    };
    let inside = |bucket: &Bucket| period.is_none_or(|period| period.steps.start <= bucket.steps.start && bucket.steps.end <= period.steps.end);
    let by = match form {
        DraftForm::Bar => view.by.unwrap_or(Step::Year),
        DraftForm::Line | DraftForm::Fan | DraftForm::FanIfDrawn | DraftForm::Share | DraftForm::Waterfall(_) => view.by.unwrap_or(Step::Day),
    };
    let by = by.max(model.grid.step());
    let all = || model.grid.buckets(by).into_iter().filter(inside).map(Some).collect();
    let is_line = matches!(form, DraftForm::Line);
    let spans: Vec<Option<Bucket>> = if !timed || !changes && !is_line {
        vec![None]
    } else if is_line {
        // A constant that is asked for as a line is level over all periods.
        all()
    } else if period.is_some() {
        vec![period.cloned()]
    } else if matches!(form, DraftForm::Waterfall(_)) && view.by.is_none() {
        vec![Some(whole(model))]
    } else {
        all()
    };
    // A flow step by step is told as it is, over longer periods as what it adds up to.
    let by_step = view.by.is_none() && (is_line || period.is_none() && form.is_sampled());
    let point = |span: Option<Bucket>| match span {
        Some(bucket) if !changes || by_step => Point { step: bucket.steps.start, span: Some(bucket), target },
        Some(bucket) => Point { target: over(target, &bucket.steps), span: Some(bucket), step: 0 },
        None => Point { span: None, target, step: 0 },
    };
    let points: Vec<Point> = spans.into_iter().map(point).collect();
    let form = match form {
        DraftForm::Waterfall(_) => {
            let bridges: Option<Vec<Bridge>> = points.iter().map(|point| bridge::bridge(model, one.cell, one.expr, point.span.as_ref(), view.scenario)).collect();
            DraftForm::Waterfall(bridges?)
        }
        form @ (DraftForm::Line | DraftForm::Bar | DraftForm::Fan | DraftForm::FanIfDrawn | DraftForm::Share) => form,
    };
    Some(Draft { label: one.label, group: one.group, target, expr: one.expr, unit, form, points, by })
}

fn whole(model: &Model) -> Bucket {
    let last = model.grid.len().saturating_sub(1);
    let (first, last) = (model.grid.label(0), model.grid.label(last));
    let label = if first == last { first } else { format!("{first} to {last}") };
    Bucket { label, steps: 0..model.grid.len(), whole: true }
}

impl Draft {
    /// Whether its values are sums over periods.
    pub(super) fn is_summed(&self) -> bool {
        self.points.iter().any(|point| point.target.over.is_some())
    }

    /// The steps of its points, each of them a period.
    pub(super) fn spans(&self) -> Vec<Bucket> {
        self.points.iter().filter_map(|point| point.span.clone()).collect()
    }
}
