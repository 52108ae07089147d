//! Bridges: a sum broken into its terms, and the first of them again, down to what is no sum.

use crate::calendar::Bucket;
use crate::check::model::{Aggregate, CellId, ExprId, Model, Node, ScenarioId, Sign};
use crate::compile::Target;
use crate::report::outcome::{computed, of_cell, of_expr, over};
use crate::report::pick;
use crate::text::Location;

/// The steps of a sum in one period.
#[derive(Clone, Debug)]
pub(super) struct Bridge {
    pub spans: Vec<Span>,
}

/// A term of a sum, or the sum of all above.
#[derive(Clone, Debug)]
pub(super) struct Span {
    /// A name, or an expression as written.
    pub label: Result<String, Location>,
    pub target: Target,
    pub step: usize,
    /// What it is multiplied by: -1 for what is subtracted.
    pub times: f64,
    pub part: SpanPart,
}

/// What a step is of the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SpanPart {
    Term,
    Sum,
}

/// No sum has more sums within sums.
const DEEPEST: usize = 32;

/// The terms of a figure; none where it is no sum.
pub(super) fn bridge(model: &Model, cell: Option<CellId>, expr: ExprId, span: Option<&Bucket>, scenario: Option<ScenarioId>) -> Option<Bridge> {
    let builder = Builder { model, span, scenario };
    let own = Figure { cell, expr, times: 1.0 };
    let mut spans = Vec::new();
    if let Some((flow, from)) = builder.level(&own) {
        spans.push(builder.opening(&own, &from));
        let terms = builder.terms(&flow).unwrap_or_else(|| vec![flow]);
        spans.extend(terms.iter().map(|term| builder.part(term, SpanPart::Term)));
        spans.push(builder.part(&own, SpanPart::Sum));
    } else {
        builder.broken(&own, DEEPEST, &mut spans)?;
    }
    Some(Bridge { spans })
}

struct Builder<'a> {
    model: &'a Model,
    span: Option<&'a Bucket>,
    scenario: Option<ScenarioId>,
}

/// A value that is added or subtracted.
#[derive(Clone, Debug)]
struct Figure {
    cell: Option<CellId>,
    expr: ExprId,
    times: f64,
}

impl Builder<'_> {
    /// The terms of a sum, the first of them broken into its own, then the sum. None for what is no sum.
    fn broken(&self, figure: &Figure, depth: usize, out: &mut Vec<Span>) -> Option<()> {
        let terms = self.terms(figure)?;
        let (first, rest) = terms.split_first()?;
        // Instances stand side by side; what one of them is made of belongs into a drawing of its own.
        let is_column = matches!(self.node(figure), Node::Across(..));
        let leads = !is_column && first.times > 0.0 && depth > 0 && matches!(self.node(first), Node::Sum(..));
        if !leads || self.broken(first, depth - 1, out).is_none() {
            out.push(self.part(first, SpanPart::Term));
        }
        out.extend(rest.iter().map(|term| self.part(term, SpanPart::Term)));
        out.push(self.part(figure, SpanPart::Sum));
        Some(())
    }

    fn node(&self, figure: &Figure) -> &Node {
        &self.model.expr(figure.expr).node
    }

    /// What an expression stands for: the definition it names, through names that are given to others.
    fn figure(&self, mut expr: ExprId, mut times: f64) -> Figure {
        let mut cell = None;
        for _ in 0..DEEPEST {
            let node = &self.model.expr(expr).node;
            if let Node::Cell(id) = node
                && let Some(inner) = computed(self.model, *id, self.scenario)
            {
                (cell, expr) = (cell.or(Some(*id)), inner);
            } else if let Node::Negate(inner) = node
                && cell.is_none()
            {
                (times, expr) = (-times, *inner);
            } else {
                break;
            }
        }
        Figure { cell, expr, times }
    }

    fn terms(&self, figure: &Figure) -> Option<Vec<Figure>> {
        // An alias is broken as what it stands for.
        let inner = self.figure(figure.expr, 1.0).expr;
        let node = &self.model.expr(inner).node;
        let terms: Vec<Figure> = if let Node::Sum(first, rest) = node {
            let signed = rest.iter().map(|(sign, term)| self.figure(*term, if *sign == Sign::Plus { 1.0 } else { -1.0 }));
            [self.figure(*first, 1.0)].into_iter().chain(signed).collect()
        } else if let Node::Across(Aggregate::Sum, terms) = node {
            terms.iter().map(|term| self.figure(*term, 1.0)).collect()
        } else {
            return None;
        };
        Some(terms.into_iter().map(|term| Figure { times: term.times * figure.times, ..term }).collect())
    }

    /// The flow that a level adds up, and its start; over a period the flow is its total.
    fn level(&self, figure: &Figure) -> Option<(Figure, Figure)> {
        self.span?;
        let inner = self.figure(figure.expr, 1.0);
        let Node::Accumulate { flow, from } = self.model.expr(inner.expr).node else { return None };
        Some((self.figure(flow, 1.0), self.figure(from, 1.0)))
    }

    fn opening(&self, level: &Figure, from: &Figure) -> Span {
        let before = self.span.and_then(|span| span.steps.start.checked_sub(1));
        let label = Ok("Opening".to_owned());
        match before {
            Some(step) => Span { label, target: self.target(level), step, times: 1.0, part: SpanPart::Term },
            None => Span { label, target: self.target(from), step: 0, times: from.times, part: SpanPart::Term },
        }
    }

    fn target(&self, figure: &Figure) -> Target {
        figure.cell.map_or_else(|| of_expr(figure.expr, self.scenario), |cell| of_cell(cell, self.scenario))
    }

    fn part(&self, figure: &Figure, part: SpanPart) -> Span {
        let target = self.target(figure);
        let target = self.span.map_or(target, |span| over(target, &span.steps));
        let label = match figure.cell {
            Some(cell) if self.model.cell(cell).instance.is_some() => Ok(self.model.cell(cell).path.clone()),
            Some(cell) => Ok(pick::name(self.model, cell)),
            None => Err(self.model.expr(figure.expr).at),
        };
        Span { label, target, step: 0, times: if part == SpanPart::Sum { 1.0 } else { figure.times }, part }
    }
}
