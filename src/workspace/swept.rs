//! Swept: figures of a model over a grid of one or two of its inputs.

use super::asked::{STEPS, asked_goal};
use super::board::Board;
use super::facts::Facts;
use super::mistakes;
use crate::check::model::{Aim, ExprId, Goal, Model, Vary};
use crate::report::{self, Axis, Sweep, SweptFigure};
use crate::run::seek::product;

/// How the values of an input are spread over its range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spacing {
    /// In so many equal steps.
    Steps(usize),
    /// A step apart, which stands among the steps that are asked.
    Apart,
}

impl Facts {
    /// The figures that were asked, at every point of the grid; none if there is an error, which is then among the mistakes.
    pub fn sweep(&mut self, spacings: &[Spacing]) -> Option<Sweep> {
        let model = self.model.as_ref()?;
        let goals: Vec<&Goal> = (0..).map_while(|number| find(model, &asked_goal(number))).collect();
        let vary = &goals.first()?.vary;
        let steps = find(model, STEPS).map_or(&[][..], |goal| &goal.vary);
        let mut steps = steps.iter();
        let spread: Vec<Spread> = vary.iter().zip(spacings).map(|(vary, spacing)| Spread::of(vary, *spacing, &mut steps)).collect();
        // Counted before a value is made: a slip of the step would else fill the memory.
        let wanted: f64 = spread.iter().map(Spread::count).product();
        if wanted.is_nan() || wanted > MOST_POINTS {
            self.mistakes.push(mistakes::too_many_swept(wanted, MOST_POINTS));
            return None;
        }
        let axes: Vec<Vec<f64>> = spread.iter().map(Spread::values).collect();
        let values = |goal: &&Goal| match goal.aim {
            Aim::Best { value, at, .. } => Some((value, at)),
            Aim::Until { .. } => None,
        };
        let figures: Vec<(ExprId, crate::text::Location)> = goals.iter().filter_map(values).collect();
        let targets: Vec<_> = figures.iter().map(|(figure, _)| report::of_expr(*figure, self.scenario)).collect();
        let board = Board::new(model, vary, &targets, &[], self.samples());
        let count = axes.iter().map(Vec::len).fold(1, usize::saturating_mul);
        if let Err(refused) = board.allows(count) {
            self.mistakes.push(*refused);
            return None;
        }
        let points = product(&axes);
        let answers = board.at(&points);
        let unit = |figure: ExprId| model.expr(figure).unit;
        let column = |(at, (figure, place)): (usize, &(ExprId, crate::text::Location))| {
            let shown = |point| report::in_unit(&model.units, board.value(&answers, at, 0, point), unit(*figure));
            SweptFigure {
                text: report::text_at(&self.sources, *place),
                unit: model.units.text(unit(*figure)),
                values: (0..points.len()).map(shown).collect(),
            }
        };
        let figures: Vec<SweptFigure> = figures.iter().enumerate().map(column).collect();
        let axes = vary.iter().zip(axes).map(|(vary, values)| {
            let unit = model.expr(vary.number).unit;
            let values = values.into_iter().map(|value| model.units.to_shown(unit, value)).collect();
            Axis { path: model.cell(vary.cell).path.clone(), unit: model.units.text(unit), values }
        });
        let sweep = Sweep {
            name: model.name.clone(),
            title: model.title.clone(),
            scenario: Board::scenario_name(model, self.scenario),
            axes: axes.collect(),
            figures,
        };
        let unread = (0..vary.len()).find(|at| !board.reads(*at)).and_then(|at| vary.get(at));
        if let Some(vary) = unread {
            let told = mistakes::not_read(&model.cell(vary.cell).path, vary.at);
            self.mistakes.push(told);
        }
        Some(sweep)
    }
}

/// A goal of a model by its name.
pub(super) fn find<'m>(model: &'m Model, name: &str) -> Option<&'m Goal> {
    model.goals.iter().find(|goal| goal.name == name)
}

/// The most points of a sweep: rows that a table can hold.
const MOST_POINTS: f64 = 1e6;

/// An input's range and how its values lie in it.
enum Spread {
    /// So many equal steps.
    Even { low: f64, high: f64, steps: usize },
    /// A step apart, from the lower end up to the higher one; what is left of a step is left out.
    Apart { low: f64, high: f64, step: f64 },
}

impl Spread {
    fn of<'v>(vary: &Vary, spacing: Spacing, steps: &mut impl Iterator<Item = &'v Vary>) -> Self {
        let (low, high) = (vary.low, vary.high);
        match spacing {
            Spacing::Steps(steps) => Self::Even { low, high, steps },
            Spacing::Apart => Self::Apart { low, high, step: steps.next().map_or(f64::INFINITY, |step| step.high) },
        }
    }

    /// How many values it has, before any is made.
    fn count(&self) -> f64 {
        match *self {
            Self::Even { steps, .. } => steps as f64 + 1.0,
            // A step that was rounded still reaches the end.
            Self::Apart { low, high, step } => ((high - low) / step * (1.0 + 1e-12) + 1e-12).floor() + 1.0,
        }
    }

    fn values(&self) -> Vec<f64> {
        match *self {
            Self::Even { low, high, steps } => crate::run::seek::spaced(low, high, steps.saturating_add(1)),
            Self::Apart { low, high, step } => {
                let whole = (high - low) / step;
                let value = |at: usize| if at as f64 >= whole * (1.0 - 1e-12) { high } else { low + step * at as f64 };
                (0..self.count() as usize).map(value).collect()
            }
        }
    }
}
