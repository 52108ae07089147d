//! Reads: which definitions an equation reads, and as they stood in which steps.

use super::outcome::{Outcome, of_expr};
use crate::check::model::{CellId, ExprId, Model, Node, Payments, Reducer, ScenarioId, Steps, children};
use crate::compile::Target;
use crate::run;
use foldhash::HashSet;

/// As of when a value is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum When {
    /// In a step.
    Step(usize),
    /// Over the steps from the first up to before the second.
    Over(usize, usize),
}

impl When {
    pub(super) const fn last(self) -> usize {
        match self {
            Self::Step(step) => step,
            Self::Over(_, end) => end.saturating_sub(1),
        }
    }

    pub(super) const fn first(self) -> usize {
        match self {
            Self::Step(step) | Self::Over(step, _) => step,
        }
    }

    pub(super) const fn over(steps: Steps) -> Self {
        Self::Over(steps.first as usize, steps.end as usize)
    }
}

/// A walk through the equation of one definition.
pub(super) struct Walk<'a> {
    pub outcome: &'a Outcome<'a>,
    pub scenario: Option<ScenarioId>,
    pub found: Vec<(CellId, Option<ScenarioId>, When)>,
    seen: HashSet<(ExprId, When)>,
}

impl<'a> Walk<'a> {
    pub fn new(outcome: &'a Outcome<'a>, scenario: Option<ScenarioId>) -> Self {
        Self { outcome, scenario, found: Vec::new(), seen: HashSet::default() }
    }

    /// Adds what an expression reads, each once.
    pub fn read(&mut self, expr: ExprId, when: When) {
        // A function may use what it is given more often than anybody could walk through.
        if !self.seen.insert((expr, when)) {
            return;
        }
        let model = self.outcome.model;
        match &model.expr(expr).node {
            Node::Cell(cell) => self.add(*cell, self.scenario, when),
            Node::Base(cell, scenario) => self.add(*cell, *scenario, when),
            Node::Opened(cell) => {
                if let Some(before) = when.first().checked_sub(1) {
                    self.add(*cell, self.scenario, When::Step(before));
                }
            }
            Node::Opening { value, from } => match when.first().checked_sub(1) {
                Some(before) => self.read(*value, When::Step(before)),
                None => self.read(*from, When::Step(0)),
            },
            Node::Change { value, from } => {
                self.read(*value, When::Step(when.last()));
                match when.first().checked_sub(1) {
                    Some(before) => self.read(*value, When::Step(before)),
                    None => self.read(*from, When::Step(0)),
                }
            }
            Node::Accumulate { flow, from } => {
                self.read(*flow, when);
                if when.first() == 0 {
                    self.read(*from, When::Step(0));
                }
            }
            Node::Delay { flow, by, initial, .. } => self.delayed(*flow, *by, *initial, when),
            Node::Cohorts { flow, curve } => {
                self.read(*flow, When::Over(0, when.last() + 1));
                let bands = &model.table(*curve).bands;
                bands.iter().flat_map(|band| [band.value].into_iter().chain(band.flat)).for_each(|part| self.read(part, when));
            }
            Node::OverTime(reducer, value, steps) => self.reduced(*reducer, expr, *value, *steps),
            Node::Span(value, steps) => self.read(*value, When::over(*steps)),
            Node::At(value, date) => {
                self.read(*date, when);
                if let Some(step) = self.step_of(*date, when) {
                    self.read(*value, When::Step(step));
                }
            }
            Node::If(condition, then, other) => {
                self.read(*condition, when);
                // Over a span, every branch that one of its steps takes.
                let taken: Vec<bool> = (when.first()..=when.last()).filter_map(|step| Some(self.number(*condition, step)? != 0.0)).collect();
                for (branch, wanted) in [(*then, true), (*other, false)] {
                    if taken.contains(&wanted) {
                        self.read(branch, when);
                    }
                }
            }
            Node::ZeroRate(asked) => {
                let reads: Vec<ExprId> = asked.reads().collect();
                let when = if matches!(asked.payments, Payments::Over(_)) { When::Over(0, asked.times.len()) } else { when };
                reads.into_iter().for_each(|read| self.read(read, when));
            }
            // Everything else is computed in the same step from what stands right below it.
            Node::Number(_) | Node::Blank(_) | Node::Time | Node::Period => {}
            Node::Scale(..) | Node::Sum(..) | Node::Product(..) | Node::Negate(_) | Node::Power(..) => self.below(expr, when),
            Node::Compare(..) | Node::All(_) | Node::Any(_) | Node::Not(_) | Node::Otherwise(_) => self.below(expr, when),
            Node::Growing { .. } | Node::Across(..) | Node::Weighted(_) | Node::Call(..) | Node::After(_) => self.below(expr, when),
            Node::Lookup(..) | Node::Steps(_) | Node::Linear(_) | Node::List(_) | Node::Draw(_) | Node::Turn(_) | Node::AcrossSamples(..) => self.below(expr, when),
        }
    }

    fn below(&mut self, expr: ExprId, when: When) {
        let mut found = Vec::new();
        self.outcome.model.below(expr, &mut found);
        found.into_iter().for_each(|child| self.read(child, when));
    }

    fn add(&mut self, cell: CellId, scenario: Option<ScenarioId>, when: When) {
        if !self.found.contains(&(cell, scenario, when)) {
            self.found.push((cell, scenario, when));
        }
    }

    fn delayed(&mut self, flow: ExprId, by: ExprId, initial: ExprId, when: When) {
        self.read(by, when);
        let lag = self.number(by, when.last()).map_or(0.0, |by| by / self.outcome.model.grid.period());
        let earlier = |step: usize| step as f64 - lag.round();
        if earlier(when.first()) < 0.0 {
            self.read(initial, When::Step(0));
        }
        let (first, last) = (earlier(when.first()).max(0.0) as usize, earlier(when.last()));
        if last >= 0.0 {
            let last = last as usize;
            self.read(flow, if first == last { When::Step(last) } else { When::Over(first, last + 1) });
        }
    }

    /// The lowest and the highest are read where they are, the date of `when` where it comes true.
    fn reduced(&mut self, reducer: Reducer, whole: ExprId, value: ExprId, steps: Steps) {
        let last = (steps.end as usize).saturating_sub(1);
        let when = match reducer {
            Reducer::Total | Reducer::Average => When::over(steps),
            Reducer::Final => When::Step(last),
            Reducer::When => When::Step(self.step_of(whole, When::Step(0)).unwrap_or(last)),
            Reducer::Lowest | Reducer::Highest => {
                let wanted = self.number(whole, 0);
                let step = (steps.first as usize..steps.end as usize).find(|step| self.number(value, *step) == wanted);
                When::Step(step.unwrap_or(last))
            }
        };
        self.read(value, when);
    }

    fn number(&self, expr: ExprId, step: usize) -> Option<f64> {
        match self.outcome.raw(of_expr(expr, self.scenario), step) {
            run::Value::Number(number) => Some(number),
            run::Value::Blank(_) | run::Value::Fault(_) => None,
        }
    }

    fn step_of(&self, date: ExprId, when: When) -> Option<usize> {
        self.outcome.model.grid.step_at(self.number(date, when.last())?)
    }
}

/// What a walk looks at besides the definitions themselves.
pub(super) fn probes(model: &Model, expr: ExprId, scenario: Option<ScenarioId>, out: &mut Vec<Target>) {
    for id in model.within(expr) {
        let node = &model.expr(id).node;
        let mut looked_at = Vec::new();
        let made = matches!(node, Node::Sum(..) | Node::Product(..) | Node::Negate(_) | Node::Scale(..) | Node::Across(..));
        let chosen = matches!(node, Node::If(..) | Node::Otherwise(_) | Node::At(..) | Node::Delay { .. });
        let over_time = matches!(node, Node::Accumulate { .. } | Node::Opening { .. } | Node::Change { .. } | Node::OverTime(..) | Node::Span(..));
        if made || chosen || over_time {
            looked_at.push(id);
            children(node, &mut |child| looked_at.push(child));
        }
        out.extend(looked_at.into_iter().map(|expr| of_expr(expr, scenario)));
    }
}
