//! Sensitive: what each name does to a figure, moved alone, and how the figure's variance is shared out among them.

use super::board::Board;
use super::facts::Facts;
use super::mistakes;
use super::sampling::{Samples, seeds};
use crate::check::model::{CellId, ExprId, Model, Origin, ScenarioId, Shape, Type};
use crate::compile::{Compiled, Target, compile};
use crate::quantity::UnitId;
use crate::report::{self, Bar, Moved, Sensitivity, Share, Shares, Value};
use crate::run::{Asked, Columns, Given, Inputs, Order, Output, Sampling, Seeds, Uncertain, Way, collect, quantile, reading, run};
use crate::tape::{Code, InputId, OpId, Shape as SlotShape, SlotId, Tape};
use std::collections::BTreeMap;

/// Which names are moved one at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Movable {
    /// What is uncertain; the inputs where nothing is.
    Uncertain,
    /// What is uncertain, and every input of the model.
    All,
}

/// The parts of the samples between which a name is moved.
const TENTHS: [f64; 2] = [0.1, 0.9];
/// By how much an input is moved.
const TENTH: f64 = 0.1;
/// A swing of less than this part of the figure is what rounding leaves.
const NOISE: f64 = 1e-12;
/// The most values a run may hold: 64 MiB.
const MOST_VALUES: usize = 8 << 20;
/// What makes a second stream of each name.
const SALT: u64 = 0x9e37_79b9_7f4a_7c15;

impl Facts {
    /// What the names of the model do to the first expression that was asked; none if there is an error, which is then among
    /// the mistakes.
    pub fn sensitivity(&mut self, movable: Movable) -> Option<Sensitivity> {
        let expr = self.decisive_figure()?;
        let model = self.model.as_ref()?;
        let how = self.samples();
        let target = report::of_expr(expr, self.scenario);
        let compiled = compile(model, &[target]);
        if looks_across(&compiled.tape) {
            self.mistakes.push(mistakes::across_samples(model.expr(expr).at));
            return None;
        }
        let slot = compiled.slot(target)?;
        let columns = run(&compiled.tape, &Inputs::once());
        let look = Look { model, scenario: self.scenario, compiled: &compiled, columns: &columns, slot, unit: model.expr(expr).unit };
        let uncertain = uncertain(&compiled.tape);
        let mut bars = look.tenths(&uncertain);
        if movable == Movable::All || uncertain.is_empty() {
            bars.extend(look.by_tenth());
        }
        let size = columns_number(&columns, slot).map_or(0.0, f64::abs);
        let least = NOISE * model.units.to_shown(look.unit, size).abs();
        bars.retain(|bar| bar.swing().is_none_or(|swing| swing > least));
        bars.sort_by(|one, other| {
            let swing = |bar: &Bar| bar.swing().unwrap_or(f64::INFINITY);
            swing(other).total_cmp(&swing(one)).then_with(|| one.path.cmp(&other.path))
        });
        let shares = if uncertain.is_empty() || how.count < 2 { None } else { look.shares(&uncertain, &how) };
        if columns_number(&columns, slot).is_none() && shares.is_none() && bars.iter().all(|bar| bar.swing().is_none()) {
            self.mistakes.push(mistakes::no_value_moved(model.expr(expr).at));
            return None;
        }
        let mut notes = Vec::new();
        if bars.iter().any(|bar| bar.moved == Moved::Tenths) {
            notes.push("each name from its 10% to its 90% value, all others at their means".to_owned());
        }
        if bars.iter().any(|bar| bar.moved == Moved::ByTenth) {
            notes.push("each input a tenth lower and higher, all else as it is".to_owned());
        }
        if model.correlations.iter().any(|group| group.members.iter().any(|member| uncertain.contains_key(member))) {
            notes.push("names that go together are moved one by one here, as if they did not".to_owned());
        }
        Some(Sensitivity {
            name: model.name.clone(),
            title: model.title.clone(),
            scenario: Board::scenario_name(model, self.scenario),
            text: report::text_at(&self.sources, model.expr(expr).at),
            unit: model.units.text(look.unit),
            base: look.shown(look.unit, &columns, 0),
            bars,
            shares,
            notes,
        })
    }

    /// The first expression that was asked, if it is one number.
    pub(super) fn decisive_figure(&mut self) -> Option<ExprId> {
        let model = self.model.as_ref()?;
        let expr = model.queries.first()?.expr;
        let about = model.expr(expr);
        let mistake = if about.ty != Type::Number {
            mistakes::not_a_number(about.at)
        } else if about.shape != Shape::Constant {
            mistakes::not_one_figure(about.at)
        } else {
            return Some(expr);
        };
        self.mistakes.push(mistake);
        None
    }
}

/// Whether something on a tape looks across samples.
pub(super) fn looks_across(tape: &Tape) -> bool {
    tape.ops().iter().any(|op| op.code == Code::Statistic)
}

/// The draws of each uncertain name.
pub(super) fn uncertain(tape: &Tape) -> BTreeMap<CellId, Vec<OpId>> {
    let mut names: BTreeMap<CellId, Vec<OpId>> = BTreeMap::new();
    for id in (0..tape.ops().len() as u32).map(OpId) {
        let op = tape.op(id);
        if matches!(op.code, Code::Draw | Code::DrawEach) {
            let whose = tape.numbers(op).first().map_or(0, |whose| *whose as u32);
            names.entry(CellId(whose)).or_default().push(id);
        }
    }
    names
}

fn columns_number(columns: &Columns, slot: SlotId) -> Option<f64> {
    match columns.value(slot, 0, 0) {
        crate::run::Value::Number(number) => Some(number),
        crate::run::Value::Blank(_) | crate::run::Value::Fault(_) => None,
    }
}

struct Look<'a> {
    model: &'a Model,
    scenario: Option<ScenarioId>,
    compiled: &'a Compiled,
    columns: &'a Columns,
    slot: SlotId,
    unit: UnitId,
}

impl Look<'_> {
    fn steps(&self, op: OpId) -> usize {
        let tape = &self.compiled.tape;
        if tape.op(op).shape == SlotShape::Constant { 1 } else { tape.timeline().steps as usize }
    }

    fn shown(&self, unit: UnitId, columns: &Columns, lane: usize) -> Value {
        report::in_unit(&self.model.units, columns.value(self.slot, 0, lane), unit)
    }

    /// How many names are moved in one run, in two lanes each.
    fn at_once(&self) -> usize {
        (MOST_VALUES / (2 * self.compiled.tape.values(1)).max(1)).clamp(1, 256)
    }

    /// Each uncertain name at its 10 % and its 90 % value.
    fn tenths(&self, uncertain: &BTreeMap<CellId, Vec<OpId>>) -> Vec<Bar> {
        let tape = &self.compiled.tape;
        let names: Vec<(&CellId, &Vec<OpId>)> = uncertain.iter().collect();
        let mut bars = Vec::with_capacity(names.len());
        for chunk in names.chunks(self.at_once()) {
            let lanes = 2 * chunk.len();
            let mut given = Vec::new();
            for (number, (_, ops)) in chunk.iter().enumerate() {
                for op in *ops {
                    let mut values = Vec::with_capacity(lanes * self.steps(*op));
                    for step in 0..self.steps(*op) {
                        let mean = match self.columns.value(SlotId(op.0), step, 0) {
                            crate::run::Value::Number(mean) => mean,
                            crate::run::Value::Blank(_) | crate::run::Value::Fault(_) => 0.0,
                        };
                        let ends = TENTHS.map(|share| quantile(tape, self.columns, *op, step, share).unwrap_or(mean));
                        values.extend((0..lanes).map(|lane| match lane.checked_sub(2 * number) {
                            Some(0) => ends[0],
                            Some(1) => ends[1],
                            Some(_) | None => mean,
                        }));
                    }
                    given.push((*op, Given::Values(values)));
                }
            }
            let moved = run(tape, &Inputs { lanes, given, ..Inputs::once() });
            for (number, (cell, ops)) in chunk.iter().enumerate() {
                let about = self.model.cell(**cell);
                let own = |share: f64| {
                    let value = ops.first().and_then(|op| quantile(tape, self.columns, *op, 0, share));
                    value.map_or(Value::Blank, |value| Value::Number(self.model.units.to_shown(about.unit, value)))
                };
                let figure = |lane| self.shown(self.unit, &moved, lane);
                bars.push(Bar {
                    path: about.path.clone(),
                    unit: self.model.units.text(about.unit),
                    moved: Moved::Tenths,
                    low: (own(TENTHS[0]), figure(2 * number)),
                    high: (own(TENTHS[1]), figure(2 * number + 1)),
                });
            }
        }
        bars
    }

    /// Each input that the author wrote, a tenth lower and higher.
    fn by_tenth(&self) -> Vec<Bar> {
        let tape = &self.compiled.tape;
        let cells = (0..self.model.cells.len() as u32).map(CellId).filter(|cell| self.model.cell(*cell).origin == Origin::Model);
        let is_drawn = |input: InputId| {
            reading(tape, input).any(|op| tape.args(tape.op(op)).iter().any(|arg| matches!(tape.op(*arg).code, Code::Draw | Code::DrawEach)))
        };
        let inputs: Vec<(CellId, InputId)> =
            cells.filter_map(|cell| Some((cell, self.compiled.input(cell)?))).filter(|(_, input)| !is_drawn(*input)).collect();
        let mut bars = Vec::with_capacity(inputs.len());
        // What a name is by itself: a draw whose figures are known without samples stands nowhere on the tape.
        let targets: Vec<Target> = inputs.iter().map(|(cell, _)| report::of_cell(*cell, self.scenario)).collect();
        let alone = compile(self.model, &targets);
        let columns = run(&alone.tape, &Inputs::once());
        for chunk in inputs.chunks(self.at_once()) {
            let lanes = 2 * chunk.len();
            let scaled = chunk.iter().enumerate().map(|(number, (_, input))| {
                let factor = |lane: usize| match lane.checked_sub(2 * number) {
                    Some(0) => 1.0 - TENTH,
                    Some(1) => 1.0 + TENTH,
                    Some(_) | None => 1.0,
                };
                (*input, (0..lanes).map(factor).collect())
            });
            let moved = run(tape, &Inputs::scaled(lanes, scaled.collect()));
            for (number, (cell, _)) in chunk.iter().enumerate() {
                let about = self.model.cell(*cell);
                let own = alone.slot(report::of_cell(*cell, self.scenario)).and_then(|slot| columns_number(&columns, slot));
                let own = |by: f64| own.map_or(Value::Blank, |own| Value::Number(self.model.units.to_shown(about.unit, own * by)));
                let end = |lane: usize, by: f64| (own(by), self.shown(self.unit, &moved, lane));
                bars.push(Bar {
                    path: about.path.clone(),
                    unit: self.model.units.text(about.unit),
                    moved: Moved::ByTenth,
                    low: end(2 * number, 1.0 - TENTH),
                    high: end(2 * number + 1, 1.0 + TENTH),
                });
            }
        }
        bars
    }

    /// First-order and total shares (Saltelli 2010, Jansen 1999): two independent sets of samples, and for each name the first
    /// with the draws of that name from the second. Names that go together are one.
    fn shares(&self, uncertain: &BTreeMap<CellId, Vec<OpId>>, how: &Samples) -> Option<Shares> {
        let groups = groups(self.model, uncertain);
        let own = Seeds { sampling: Sampling::Random, ..seeds(self.model, how) };
        let play = |other: &[CellId]| {
            let mut seeds = own.clone();
            for cell in other {
                seeds.names.entry(cell.0).and_modify(|name| *name ^= SALT).or_insert(u64::from(cell.0) ^ SALT);
            }
            let outputs = vec![Output { slot: self.slot, shares: Vec::new(), order: Order::Exact }];
            let asked = Asked { seeds, uncertain: Uncertain::Drawn, varied: Vec::new(), outputs, threads: how.threads };
            collect(&self.compiled.tape, self.columns, &asked, Way::Program).numbers(0, 0).to_vec()
        };
        let all: Vec<CellId> = groups.iter().flatten().copied().collect();
        let (one, other) = (play(&[]), play(&all));
        let (mean, variance) = spread(one.iter().chain(&other))?;
        let mut rows = Vec::with_capacity(groups.len());
        let mut skipped = one.iter().zip(&other).filter(|(one, other)| !(one.is_finite() && other.is_finite())).count();
        for group in &groups {
            let mixed = play(group);
            let known = one.iter().zip(&other).zip(&mixed).map(|((one, other), mixed)| [one - mean, other - mean, mixed - mean]);
            let known: Vec<[f64; 3]> = known.filter(|all| all.iter().all(|value| value.is_finite())).collect();
            skipped = skipped.max(one.len() - known.len());
            rows.push(Share {
                paths: group.iter().map(|cell| self.model.cell(*cell).path.clone()).collect(),
                first: share(&known, variance, |[one, other, mixed]| other * (mixed - one)),
                total: share(&known, variance, |[one, _, mixed]| (one - mixed) * (one - mixed) / 2.0),
            });
        }
        rows.sort_by(|one, other| other.total.0.total_cmp(&one.total.0).then_with(|| one.paths.cmp(&other.paths)));
        let shown = |value: f64| Value::Number(self.model.units.to_shown(self.unit, value));
        Some(Shares {
            samples: how.count,
            skipped: skipped as u64,
            seed: how.seed,
            mean: shown(mean),
            deviation: shown(variance.sqrt()),
            rows,
        })
    }
}

/// The names, those that go together in one group.
fn groups(model: &Model, uncertain: &BTreeMap<CellId, Vec<OpId>>) -> Vec<Vec<CellId>> {
    let mut groups: Vec<Vec<CellId>> = Vec::new();
    let mut left: Vec<CellId> = uncertain.keys().copied().collect();
    for group in &model.correlations {
        if group.members.iter().any(|member| left.contains(member)) {
            left.retain(|cell| !group.members.contains(cell));
            groups.push(group.members.clone());
        }
    }
    groups.extend(left.into_iter().map(|cell| vec![cell]));
    groups
}

/// Mean and variance of what is a number; none where all are the same.
fn spread<'a>(values: impl Iterator<Item = &'a f64> + Clone) -> Option<(f64, f64)> {
    let known = values.filter(|value| value.is_finite());
    let count = known.clone().count() as f64;
    let mean = known.clone().sum::<f64>() / count;
    let variance = known.map(|value| (value - mean) * (value - mean)).sum::<f64>() / count;
    (variance > (1e-12 * mean).abs() * (1e-12 * mean).abs()).then_some((mean, variance))
}

/// The mean of a term in parts of the variance, and the standard error of that ratio (by its influence in each sample).
fn share(known: &[[f64; 3]], variance: f64, term: impl Fn([f64; 3]) -> f64) -> (f64, f64) {
    let count = known.len() as f64;
    let ratio = known.iter().map(|all| term(*all)).sum::<f64>() / count / variance;
    let influence = |all: &[f64; 3]| (term(*all) - ratio * (all[0] * all[0] + all[1] * all[1]) / 2.0) / variance;
    let squares = known.iter().map(|all| influence(all) * influence(all)).sum::<f64>() / count;
    (ratio, (squares / count).sqrt())
}
