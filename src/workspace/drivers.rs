//! Drivers: the inputs that move a requirement most, found by running it again with each input a little higher and lower.

use crate::check::model::{CellId, Comparison, ExprId, Model, Origin, Requirement, ScenarioId, Type};
use crate::compile::{Compiled, Target, What, compile};
use crate::quantity::UnitId;
use crate::run::{Columns, Inputs, Value, again, run};
use crate::tape::{InputId, SlotId};

/// How many are told.
const TOLD: usize = 3;
/// By how much an input is moved to see what it does.
const NUDGE: f64 = 0.01;
/// By how much it is moved to say what it does.
const RISE: f64 = 0.1;
/// Effects of less than this part of the strongest are not told.
const NOISE: f64 = 1e-6;
/// The most values a run may hold: 64 MiB.
const MOST_VALUES: usize = 8 << 20;
/// The most values that all runs for one requirement may compute.
const MOST_WORK: usize = 50_000_000;

/// An input and what it does to the distance of a value from its bound.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Influence {
    /// The input.
    pub cell: CellId,
    /// By how much the distance changes when the input rises by a tenth, in base units.
    pub effect: f64,
    /// The unit it is shown in.
    pub unit: UnitId,
}

/// A comparison of the requirement, as slots.
#[derive(Clone, Copy, Debug)]
struct Sides {
    value: SlotId,
    bound: SlotId,
    comparison: Comparison,
    unit: UnitId,
}

/// The inputs that move a requirement most in a step, the strongest first.
pub(super) fn drivers(
    model: &Model,
    requirement: &Requirement,
    scenario: Option<ScenarioId>,
    step: usize,
) -> Vec<Influence> {
    let target = |expr| Target { what: What::Expr(expr), scenario, over: None };
    let asked: Vec<Target> = requirement.comparisons.iter().flat_map(|(left, _, right)| [target(*left), target(*right)]).collect();
    let compiled = compile(model, &asked);
    let sides: Vec<Sides> = requirement
        .comparisons
        .iter()
        .filter(|(left, ..)| model.expr(*left).ty == Type::Number)
        .filter_map(|(left, comparison, right)| {
            // In `0% <= x` the bound stands on the left.
            let (value, comparison, bound) = match model.is_literal(*left) && !model.is_literal(*right) {
                true => (*right, comparison.mirrored(), *left),
                false => (*left, *comparison, *right),
            };
            let unit = unit(model, value, bound);
            Some(Sides { value: compiled.slot(target(value))?, bound: compiled.slot(target(bound))?, comparison, unit })
        })
        .collect();
    let base = run(&compiled.tape, &Inputs::once());
    let Some(missed) = most_missed(&sides, &base, step) else { return Vec::new() };
    let inputs = inputs(model, &compiled);
    let mut ranked = ranked(&compiled, &inputs, missed, step, base);
    ranked.truncate(TOLD);
    told(&compiled, &ranked, missed, step)
}

/// What can be moved: the author's inputs first; no more than there is time for.
fn inputs(model: &Model, compiled: &Compiled) -> Vec<(CellId, InputId)> {
    let cells = (0..model.cells.len()).map(|at| CellId(at as u32));
    let mut inputs: Vec<(CellId, InputId)> = cells.filter_map(|cell| Some((cell, compiled.input(cell)?))).collect();
    inputs.sort_by_key(|(cell, _)| (model.cell(*cell).origin != Origin::Model, *cell));
    inputs.truncate(MOST_WORK / (2 * compiled.tape.values(1)).max(1));
    inputs
}

/// Each input by how much the distance between the sides changes with it; those without effect are left out. One run after the
/// other goes into the same columns.
fn ranked(compiled: &Compiled, inputs: &[(CellId, InputId)], sides: Sides, step: usize, mut columns: Columns) -> Vec<(CellId, InputId)> {
    let at_once = (MOST_VALUES / (2 * compiled.tape.values(1)).max(1)).clamp(1, 256);
    let mut effects: Vec<(f64, CellId, InputId)> = Vec::with_capacity(inputs.len());
    for chunk in inputs.chunks(at_once) {
        let lanes = 2 * chunk.len();
        let scaled = chunk.iter().enumerate().map(|(at, (_, input))| {
            let mut factors = vec![1.0; lanes];
            for (factor, nudge) in factors.iter_mut().skip(2 * at).zip([NUDGE, -NUDGE]) {
                *factor += nudge;
            }
            (*input, factors)
        });
        again(&mut columns, &compiled.tape, &Inputs::scaled(lanes, scaled.collect()));
        for (at, (cell, input)) in chunk.iter().enumerate() {
            let (high, low) = (distance(sides, &columns, step, 2 * at), distance(sides, &columns, step, 2 * at + 1));
            if let (Some(high), Some(low)) = (high, low)
                && high != low
            {
                effects.push(((high - low).abs(), *cell, *input));
            }
        }
    }
    effects.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
    // What is left of rounding is no effect.
    let strongest = effects.first().map_or(0.0, |effect| effect.0);
    effects.retain(|effect| effect.0 > strongest * NOISE);
    effects.into_iter().map(|(_, cell, input)| (cell, input)).collect()
}

/// What a rise by a tenth does: not the slope stretched, but the model run with it.
fn told(compiled: &Compiled, inputs: &[(CellId, InputId)], sides: Sides, step: usize) -> Vec<Influence> {
    let lanes = inputs.len() + 1;
    let scaled = inputs.iter().enumerate().map(|(at, (_, input))| {
        let mut factors = vec![1.0; lanes];
        if let Some(factor) = factors.get_mut(at) {
            *factor += RISE;
        }
        (*input, factors)
    });
    let columns = run(&compiled.tape, &Inputs::scaled(lanes, scaled.collect()));
    let Some(base) = distance(sides, &columns, step, inputs.len()) else { return Vec::new() };
    let effects = inputs.iter().enumerate().filter_map(|(at, (cell, _))| {
        let effect = distance(sides, &columns, step, at)? - base;
        Some(Influence { cell: *cell, effect, unit: sides.unit })
    });
    effects.collect()
}

/// The comparison that is missed by most, measured against its bound.
fn most_missed(sides: &[Sides], columns: &Columns, step: usize) -> Option<Sides> {
    let missed = sides.iter().filter_map(|sides| {
        let distance = distance(*sides, columns, step, 0)?;
        let bound = number(columns.value(sides.bound, step, 0))?;
        let by = match sides.comparison {
            Comparison::Less | Comparison::AtMost => distance,
            Comparison::More | Comparison::AtLeast => -distance,
            Comparison::Equal => distance.abs(),
            Comparison::Unequal => -distance.abs(),
        };
        Some((if bound == 0.0 { by } else { by / bound.abs() }, *sides))
    });
    missed.max_by(|one, other| one.0.total_cmp(&other.0)).map(|(_, sides)| sides)
}

/// The unit a report shows both sides in: that of a bound as it was written, else the value's.
fn unit(model: &Model, value: ExprId, bound: ExprId) -> UnitId {
    let of = |expr| model.expr(expr).unit;
    let is_named = |expr| !model.units.text(of(expr)).is_empty();
    let is_bounds = is_named(bound) && (model.is_literal(bound) || !is_named(value));
    if is_bounds { of(bound) } else { of(value) }
}

/// The value less its bound, where both are numbers.
fn distance(sides: Sides, columns: &Columns, step: usize, lane: usize) -> Option<f64> {
    let value = number(columns.value(sides.value, step, lane))?;
    Some(value - number(columns.value(sides.bound, step, lane))?).filter(|distance| distance.is_finite())
}

fn number(value: Value) -> Option<f64> {
    match value {
        Value::Number(number) => Some(number),
        Value::Blank(_) | Value::Fault(_) => None,
    }
}
