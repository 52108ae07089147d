//! What reads other steps, the slow way: every step starts over.

use super::{Blank, Fault, Naive, Number, Outcome, finite, level, numbers, power, strict};
use biz::check::model::{CellId, Content, ExprId, Form, Node, Reducer, ScenarioId, Shape, Steps, TableId};
use biz::run::FaultKind;

impl Naive<'_> {
    pub fn timed(&mut self, id: ExprId, s: Option<ScenarioId>, step: usize) -> Outcome {
        let grid = &self.model.grid;
        let period = grid.period();
        match self.model.expr(id).node {
            Node::Time => Number(grid.start(step)),
            Node::After(date) => {
                let end = grid.start(step + 1);
                strict(&[self.expr(date, s, step)], |date| Number(((end - date[0]) / period).clamp(0.0, 1.0)))
            }
            Node::Opened(cell) => if step > 0 { self.cell(cell, s, step - 1) } else { self.start_of_cell(cell, s) },
            Node::Opening { value, from } => self.before(value, from, s, step),
            Node::Change { value, from } => {
                let both = [self.expr(value, s, step), self.before(value, from, s, step)];
                strict(&both, |x| finite(x[0] - x[1]))
            }
            Node::Accumulate { flow, from } => {
                let both = [self.before(id, from, s, step), self.expr(flow, s, step)];
                level(&both, |x| finite(x[0] + x[1] * period))
            }
            Node::Growing { value, rate, per } => {
                let both = [self.expr(value, s, step), self.growth(rate, per, s, step)];
                strict(&both, |x| finite(x[0] * x[1]))
            }
            Node::Delay { flow, by, order, initial } => match order {
                0 => self.delayed(flow, by, initial, s, step),
                _ => self.smeared(flow, by, order as usize, initial, s, step),
            },
            Node::Cohorts { flow, curve } => self.cohorts(flow, curve, s, step),
            Node::At(value, date) => self.at(value, date, s, step),
            _ => unreachable!("the others read their own step"),
        }
    }

    /// A value at the end of the step before.
    fn before(&mut self, value: ExprId, from: ExprId, s: Option<ScenarioId>, step: usize) -> Outcome {
        if step > 0 { self.expr(value, s, step - 1) } else { self.expr(from, s, 0) }
    }

    fn start_of_cell(&mut self, cell: CellId, s: Option<ScenarioId>) -> Outcome {
        match self.model.content(cell, s) {
            Content::Computed(expr) => match self.model.expr(expr).node {
                Node::Accumulate { from, .. } => self.expr(from, s, 0),
                Node::Cohorts { .. } => Number(0.0),
                _ => Blank,
            },
            _ => Blank,
        }
    }

    pub fn growth(&mut self, rate: ExprId, per: f64, s: Option<ScenarioId>, step: usize) -> Outcome {
        let period = self.model.grid.period();
        if self.model.expr(rate).shape == Shape::Constant {
            let rate = self.expr(rate, s, step);
            return strict(&[rate], |rate| power(1.0 + rate[0], step as f64 * period / per));
        }
        let mut grown = Number(1.0);
        for step in 1..=step {
            let rate = self.expr(rate, s, step);
            grown = level(&[grown, rate], |x| match power(1.0 + x[1], period / per) {
                Number(factor) => finite(x[0] * factor),
                other => other,
            });
        }
        grown
    }

    fn delayed(&mut self, flow: ExprId, by: ExprId, initial: ExprId, s: Option<ScenarioId>, step: usize) -> Outcome {
        let by = match self.expr(by, s, step) {
            Number(by) if by < 0.0 => return Fault(FaultKind::ShortDelay),
            Number(by) => by,
            other => return other,
        };
        let shift = by / self.model.grid.period();
        let whole = shift.floor();
        let broken = shift - whole;
        let mut read = |back: f64| {
            if back > step as f64 { self.expr(initial, s, 0) } else { self.expr(flow, s, step - back as usize) }
        };
        let near = read(whole);
        if broken == 0.0 {
            return near;
        }
        strict(&[near, read(whole + 1.0)], |x| finite((1.0 - broken) * x[0] + broken * x[1]))
    }

    fn smeared(
        &mut self,
        flow: ExprId,
        by: ExprId,
        order: usize,
        initial: ExprId,
        s: Option<ScenarioId>,
        step: usize,
    ) -> Outcome {
        let period = self.model.grid.period();
        let held = |by: f64| (by / order as f64).max(period);
        let not_negative = |by: f64, value: f64| if by < 0.0 { Fault(FaultKind::ShortDelay) } else { finite(value) };
        let both = [self.expr(by, s, 0), self.expr(initial, s, 0)];
        let first = level(&both, |x| not_negative(x[0], x[1] * held(x[0])));
        let mut stocks = vec![first; order];
        for now in 1..=step {
            let mut entering = self.expr(flow, s, now - 1);
            let by = self.expr(by, s, now - 1);
            for stock in &mut stocks {
                let leaving = match (*stock, by) {
                    (Number(stock), Number(by)) => finite(stock / held(by)),
                    (Number(_), other) | (other, _) => other,
                };
                *stock = level(&[*stock, entering, by, leaving], |x| finite(x[0] + (x[1] - x[3]) * period));
                entering = leaving;
            }
        }
        let both = [stocks[order - 1], self.expr(by, s, step)];
        level(&both, |x| not_negative(x[1], x[0] / held(x[1])))
    }

    fn cohorts(&mut self, flow: ExprId, curve: TableId, s: Option<ScenarioId>, step: usize) -> Outcome {
        let period = self.model.grid.period();
        let table = self.model.table(curve);
        let mut values = Vec::new();
        for joined in 0..=step {
            values.push(self.expr(flow, s, joined));
            values.push(match table.form {
                Form::Formula => self.expr(table.bands[0].value, s, step - joined),
                _ => self.curve(table, (step - joined) as f64 * period, s, joined),
            });
        }
        level(&values, |values| finite(values.chunks(2).fold(0.0, |left, pair| left + pair[0] * period * pair[1])))
    }

    fn at(&mut self, value: ExprId, date: ExprId, s: Option<ScenarioId>, step: usize) -> Outcome {
        let grid = &self.model.grid;
        let date = match self.expr(date, s, step) {
            Number(date) => date,
            other => return other,
        };
        let Some(place) = grid.step_at(date) else { return Fault(FaultKind::OutsideTimeline) };
        let weight = if self.is_flow(value) { grid.period() } else { 1.0 };
        strict(&[self.expr(value, s, place)], |x| finite(x[0] * weight))
    }

    pub fn is_flow(&self, id: ExprId) -> bool {
        self.model.expr(id).flows
    }

    pub fn series(&mut self, x: ExprId, s: Option<ScenarioId>, steps: Steps) -> Vec<Outcome> {
        (steps.first..steps.end).map(|step| self.expr(x, s, step as usize)).collect()
    }

    pub fn over_time(&mut self, reducer: Reducer, x: ExprId, s: Option<ScenarioId>, steps: Steps) -> Outcome {
        let values = self.series(x, s, steps);
        match reducer {
            Reducer::Final => *values.last().unwrap(),
            Reducer::When => {
                for (step, value) in (steps.first..).zip(values) {
                    match value {
                        Fault(_) => return value,
                        Number(holds) if holds != 0.0 => return Number(self.model.grid.start(step as usize)),
                        Number(_) | Blank => {}
                    }
                }
                Blank
            }
            Reducer::Total => total(&values, self.model.grid.period()),
            Reducer::Lowest => strict(&values, |x| Number(x.iter().copied().fold(x[0], f64::min))),
            Reducer::Highest => strict(&values, |x| Number(x.iter().copied().fold(x[0], f64::max))),
            Reducer::Average => strict(&values, |x| finite(x.iter().sum::<f64>() / x.len() as f64)),
        }
    }
}

pub fn total(values: &[Outcome], period: f64) -> Outcome {
    match numbers(values) {
        Ok(values) => finite(values.iter().fold(0.0, |sum, value| sum + value * period)),
        Err(other) => other,
    }
}
