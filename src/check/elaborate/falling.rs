//! Falling prices: a volume price whose total drops where the next band begins draws a warning.

use super::{Elaborator, Known};
use crate::check::mistakes;
use crate::check::model::{Band, Content, ExprId, Factor, Form, Node, Shape, Table};
use crate::quantity::UnitId;
use crate::text::Location;

/// Names that stand for names are followed so far; a chain of constants is shorter.
const LONGEST_CHAIN: u32 = 32;

impl Elaborator<'_, '_> {
    /// Warns at the row of every band whose price makes a total lower than at the bound below it. Only prices that
    /// never change are compared: of others nobody knows the total. `rows` are where the bands are written.
    pub(super) fn warn_of_falling(&mut self, table: &Table, key: Known, result: Known, rows: &[Location]) {
        let (Form::Volume, Known::Unit(result)) = (table.form, result) else { return };
        let key = if let Known::Unit(key) = key { key } else { UnitId::NONE };
        for (pair, row) in table.bands.windows(2).zip(rows.iter().skip(1)) {
            let [band, next] = pair else { continue };
            let Some((rate, flat)) = self.prices(band) else { continue };
            let Some((next_rate, next_flat)) = self.prices(next) else { continue };
            let (at, behind) = (rate * band.bound + flat, next_rate * band.bound + next_flat);
            if at - behind <= 1e-12 * at.abs() {
                continue;
            }
            let level = at - behind + next_flat;
            let [at, behind, level] = [at, behind, level].map(|amount| self.figure_text(amount, result));
            let bound = self.figure_text(band.bound, key);
            self.report(mistakes::tables::falling_volume(&bound, &at, &behind, &level, *row));
        }
    }

    /// What a band charges by the unit, and flat.
    fn prices(&self, band: &Band) -> Option<(f64, f64)> {
        Some((self.steady(band.value, 0)?, band.flat.map_or(Some(0.0), |flat| self.steady(flat, 0))?))
    }

    /// The value of an expression that is the same in every step and sample: a literal, a name of one, a product.
    fn steady(&self, id: ExprId, depth: u32) -> Option<f64> {
        if depth > LONGEST_CHAIN {
            return None;
        }
        let of = |id: ExprId| self.steady(id, depth + 1);
        let node = &self.arena.expr(id).node;
        if let Node::Number(value) = node {
            return Some(*value);
        }
        if let Node::Scale(x, by) = node {
            return Some(of(*x)? * by);
        }
        if let Node::Product(first, rest) = node {
            let times = |product: f64, (place, x): &(Factor, ExprId)| {
                Some(if *place == Factor::Times { product * of(*x)? } else { product / of(*x)? })
            };
            return rest.iter().try_fold(of(*first)?, times);
        }
        if let Node::Cell(cell) = node
            && let Some(state) = self.states.get(*cell)
            && let Content::Computed(value) = state.content
            && state.info.shape == Shape::Constant
            && !state.info.uncertain
        {
            return of(value);
        }
        None
    }

    /// A value in base units as a reader writes it: nine digits are more than any price list has.
    fn figure_text(&self, base: f64, unit: UnitId) -> String {
        let shown = format!("{:.8e}", self.arena.units.to_shown(unit, base)).parse::<f64>().unwrap_or(base);
        let text = self.arena.units.text(unit);
        if text.is_empty() { shown.to_string() } else { format!("{shown} {text}") }
    }
}
