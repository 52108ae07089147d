//! Telling: which rows of the prelude's statements tell something in this model.

use crate::check::model::plain::{Part, Parts, Plain, same};
use crate::check::model::{Model, Origin, Shape, Statement, StatementRow};

/// Goes through the statements in their order.
pub(super) struct Telling<'m> {
    model: &'m Model,
    plain: Plain<'m>,
    /// What the statements of the prelude have told so far.
    told: Vec<Parts>,
}

impl<'m> Telling<'m> {
    pub fn new(model: &'m Model) -> Self {
        Self { model, plain: Plain::new(model), told: Vec::new() }
    }

    /// The rows of a statement in which the model's author has a part. Of the prelude's those stay out that are
    /// nothing or repeat a row above, and the whole statement where it tells
    /// nothing new.
    pub fn rows<'s>(&mut self, statement: &'s Statement) -> Vec<&'s StatementRow> {
        let touched = statement.rows.iter().filter(|row| row.touched);
        if statement.origin != Origin::Prelude {
            return touched.collect();
        }
        let mut rows: Vec<(&StatementRow, Parts)> = Vec::new();
        for row in touched {
            let parts = self.plain.expr(row.expr);
            if parts.keys().any(|part| *part != Part::One) && !rows.iter().any(|(_, known)| same(known, &parts)) {
                rows.push((row, parts));
            }
        }
        let series = |row: &StatementRow| self.model.expr(row.expr).shape == Shape::Series;
        let is_told = |row: &StatementRow, parts: &Parts| {
            series(row) && self.plain.is_constant(parts) || self.told.iter().any(|known| same(known, parts))
        };
        if rows.iter().all(|(row, parts)| is_told(row, parts)) {
            return Vec::new();
        }
        self.told.extend(rows.iter().map(|(_, parts)| parts.clone()));
        rows.into_iter().map(|(row, _)| row).collect()
    }
}
