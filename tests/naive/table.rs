//! Tables, read the slow way.

use super::{Fault, Naive, Number, Outcome, finite, strict};
use biz::check::model::{ExprId, Form, ScenarioId, Table, TableId};
use biz::run::FaultKind;

impl Naive<'_> {
    pub fn look_up(&mut self, id: TableId, quantity: ExprId, s: Option<ScenarioId>, step: usize) -> Outcome {
        let table = self.model.table(id);
        let quantity = match self.expr(quantity, s, step) {
            Number(quantity) => quantity,
            other => return other,
        };
        if table.form == Form::Curve {
            return self.curve(table, quantity, s, step);
        }
        if quantity < 0.0 {
            return Fault(FaultKind::InvalidArgument);
        }
        match table.form {
            Form::Graduated => self.graduated(table, quantity, s, step),
            Form::Package => {
                let band = &table.bands[0];
                let (price, fee) = self.band(table, 0, s, step);
                strict(&[price, fee], |x| finite((quantity / band.bound).ceil() * x[0] + x[1]))
            }
            Form::Volume | Form::Stairstep | Form::Curve | Form::Formula | Form::List | Form::Schedule => {
                let mut band = 0;
                while quantity > table.bands[band].bound {
                    band += 1;
                }
                let (price, fee) = self.band(table, band, s, step);
                let all = if table.form == Form::Volume { quantity } else { 1.0 };
                strict(&[price, fee], |x| finite(all * x[0] + x[1]))
            }
        }
    }

    fn band(&mut self, table: &Table, at: usize, s: Option<ScenarioId>, step: usize) -> (Outcome, Outcome) {
        let band = &table.bands[at];
        let fee = band.flat.map_or(Number(0.0), |flat| self.expr(flat, s, step));
        (self.expr(band.value, s, step), fee)
    }

    fn graduated(&mut self, table: &Table, quantity: f64, s: Option<ScenarioId>, step: usize) -> Outcome {
        let lower = |at: usize| if at == 0 { 0.0 } else { table.bands[at - 1].bound };
        let entered = (0..table.bands.len()).filter(|at| *at == 0 || quantity > lower(*at));
        let mut values = Vec::new();
        let mut inside = Vec::new();
        for at in entered {
            let (rate, fee) = self.band(table, at, s, step);
            values.extend([rate, fee]);
            inside.push(quantity.min(table.bands[at].bound) - lower(at));
        }
        strict(&values, |values| {
            let mut total = 0.0;
            for (pair, inside) in values.chunks(2).zip(inside) {
                total += inside * pair[0];
                total += pair[1];
            }
            finite(total)
        })
    }

    /// A curve at an age, with its values as of a step.
    pub fn curve(&mut self, table: &Table, age: f64, s: Option<ScenarioId>, step: usize) -> Outcome {
        let bands = &table.bands;
        let value = |this: &mut Self, at: usize| match bands[at].flat {
            None => this.expr(bands[at].value, s, step),
            Some(flat) => {
                let both = this.all(&[bands[at].value, flat], s, step);
                strict(&both, |x| finite(x[0] + x[1]))
            }
        };
        let last = bands.len() - 1;
        if let Some(at) = bands.iter().position(|band| band.bound == age) {
            return value(self, at);
        }
        if age < bands[0].bound {
            return value(self, 0);
        }
        if age > bands[last].bound {
            return value(self, last);
        }
        let right = bands.iter().position(|band| band.bound > age).unwrap();
        if bands[right].bound.is_infinite() {
            return value(self, right);
        }
        let (a, b) = (value(self, right - 1), value(self, right));
        let (from, to) = (bands[right - 1].bound, bands[right].bound);
        strict(&[a, b], |x| finite(x[0] + (x[1] - x[0]) * ((age - from) / (to - from))))
    }

    pub fn last_row(&mut self, rows: &[(f64, ExprId)], s: Option<ScenarioId>, step: usize) -> Outcome {
        let now = self.model.grid.start(step);
        match rows.iter().rfind(|(date, _)| *date <= now) {
            Some((_, value)) => self.expr(*value, s, step),
            None => Outcome::Blank,
        }
    }

    pub fn on_line(&mut self, rows: &[(f64, ExprId)], s: Option<ScenarioId>, step: usize) -> Outcome {
        let now = self.model.grid.start(step);
        let Some(at) = rows.iter().rposition(|(date, _)| *date <= now) else { return Outcome::Blank };
        let (date, left) = rows[at];
        if date == now || at + 1 == rows.len() {
            return self.expr(left, s, step);
        }
        let (end, right) = rows[at + 1];
        let both = self.all(&[left, right], s, step);
        strict(&both, |x| finite(x[0] + (x[1] - x[0]) * ((now - date) / (end - date))))
    }
}
