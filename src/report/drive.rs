//! Drives: which inputs move a value that is missed most, from a run with each input raised in a lane of its own.

use super::outcome::{Outcome, of_cell};
use super::shape::{Breach, Driver, Report};
use super::value::{Shown, Value};
use crate::check::model::{CellId, Type};
use crate::compile::Compiled;
use crate::run::{self, Columns, Inputs};

/// By what an input is raised: a tenth.
const RAISED: f64 = 1.1;
/// How many drivers a requirement names.
const NAMED: usize = 3;

/// The inputs that can be raised, of those a run computed.
#[must_use]
pub fn levers(outcome: &Outcome<'_>) -> Vec<CellId> {
    let ids = (0..outcome.model.cells.len()).map(|at| CellId(at as u32));
    ids.filter(|id| outcome.compiled.input(*id).is_some()).collect()
}

/// A run with the model as it is in the first lane, and each of some inputs raised by a tenth in one of the others.
#[must_use]
pub fn raised(compiled: &Compiled, levers: &[CellId]) -> Inputs {
    let lanes = levers.len() + 1;
    let factors = |at: usize| (0..lanes).map(|lane| if lane == at + 1 { RAISED } else { 1.0 }).collect();
    let scaled = levers.iter().enumerate().filter_map(|(at, cell)| Some((compiled.input(*cell)?, factors(at)))).collect();
    Inputs { lanes, scaled }
}

/// Adds to each requirement that is missed the inputs that move its value most. May be called again with more inputs.
pub fn drive(outcome: &Outcome<'_>, report: &mut Report, levers: &[CellId], columns: &Columns) {
    for breach in report.requirements.iter_mut().flat_map(|requirement| &mut requirement.breaches) {
        let mut found: Vec<Driver> = std::mem::take(&mut breach.drivers);
        found.extend(levers.iter().enumerate().filter_map(|(at, cell)| driver(outcome, breach, *cell, columns, at + 1)));
        found.sort_by(|a, b| size(b).total_cmp(&size(a)).then_with(|| a.path.cmp(&b.path)));
        found.truncate(NAMED);
        breach.drivers = found;
    }
}

/// In fewer digits than were computed: what differs by rounding alone is in the order of names.
fn size(driver: &Driver) -> f32 {
    driver.effect.value.number().map_or(0.0, |effect| effect.abs() as f32)
}

fn driver(outcome: &Outcome<'_>, breach: &Breach, id: CellId, columns: &Columns, lane: usize) -> Option<Driver> {
    let probe = breach.probe?;
    let slot = outcome.compiled.slot(probe.target)?;
    let number = |lane: usize| match columns.value(slot, probe.step, lane) {
        run::Value::Number(number) => Some(number),
        run::Value::Blank(_) | run::Value::Fault(_) => None,
    };
    let units = &outcome.model.units;
    let effect = units.to_shown(probe.unit, number(lane)? - number(0)?);
    if effect == 0.0 || !effect.is_finite() {
        return None;
    }
    let cell = outcome.model.cell(id);
    Some(Driver {
        path: cell.path.clone(),
        input: Shown { value: outcome.value(of_cell(id, None), 0, cell.unit, Type::Number), unit: units.text(cell.unit) },
        effect: Shown { value: Value::Number(effect), unit: units.text(probe.unit) },
        at: cell.at,
    })
}
