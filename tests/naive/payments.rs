//! Payments, the slow way: their rates by the numeric kernel, everything around it anew.

use super::{Blank, Fault, Naive, Number, Outcome, numbers};
use biz::check::model::{Ask, ExprId, Function, Payments, ScenarioId, ZeroRate};
use biz::numeric::{annuity_rates, declining_left, zero_rates};
use biz::run::FaultKind;

impl Naive<'_> {
    pub fn zero_rate(&mut self, asked: &ZeroRate, s: Option<ScenarioId>, step: usize) -> Outcome {
        let mut values = match asked.ask {
            // A flow has one rate, and what it is to be near to is read where the flow begins.
            Ask::Nearest(near) if matches!(asked.payments, Payments::Over(_)) => vec![self.expr(near, s, 0)],
            Ask::Nearest(near) => vec![self.expr(near, s, step)],
            Ask::Only | Ask::Count => Vec::new(),
        };
        let leading = values.len();
        match &asked.payments {
            Payments::Each(each) => values.extend(self.all(each, s, step)),
            Payments::Over(series) => values.extend((0..asked.times.len()).map(|step| self.expr(*series, s, step))),
        }
        let values = match numbers(&values) {
            Ok(values) => values,
            Err(other) => return other,
        };
        let paid: Vec<(f64, f64)> = asked.times.iter().copied().zip(values[leading..].iter().copied()).collect();
        let Some(found) = zero_rates(&paid) else { return Blank };
        match asked.ask {
            Ask::Count => Number(found.len() as f64),
            Ask::Only if found.len() != 1 => Blank,
            Ask::Only => Number(found[0]),
            Ask::Nearest(_) => {
                let away = |rate: &f64| (rate - values[0]).abs();
                found.into_iter().min_by(|a, b| away(a).total_cmp(&away(b))).map_or(Blank, Number)
            }
        }
    }

    pub fn turn(&mut self, rows: &[(f64, ExprId)], s: Option<ScenarioId>, step: usize) -> Outcome {
        let paid: Vec<Outcome> = rows.iter().map(|(_, amount)| self.expr(*amount, s, step)).collect();
        let paid = match numbers(&paid) {
            Ok(paid) => paid,
            Err(other) => return other,
        };
        let sum = |count: usize| paid[..count].iter().sum::<f64>() + 0.0;
        let turn = (1..rows.len()).find(|at| sum(*at) < 0.0 && sum(at + 1) >= 0.0);
        turn.map_or(Blank, |at| {
            let (before, behind) = (rows[at - 1].0, rows[at].0);
            Number(before + (behind - before) * (-sum(at) / paid[at]))
        })
    }
}

pub fn formula(function: Function, x: &[f64]) -> Outcome {
    match function {
        Function::AnnuityRate => match annuity_rates(x[0], x[1], x[2], x[3], x[4]).as_deref() {
            Some([only]) => Number(*only),
            _ => Blank,
        },
        _ => declining_left([x[0], x[1]], x[2], x[3], x[4]).map_or(Fault(FaultKind::InvalidArgument), Number),
    }
}
