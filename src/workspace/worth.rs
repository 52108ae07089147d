//! Worth: what it is worth to know what is uncertain before a choice between scenarios.

use super::facts::Facts;
use super::mistakes;
use super::sampling::seeds;
use super::sensitive::{looks_across, uncertain};
use crate::check::model::ScenarioId;
use crate::compile::{Target, compile};
use crate::report::{self, Choice, NameWorth, Value, Worth};
use crate::run::{Asked, Inputs, Order, Output, Uncertain, Way, collect, run};
use crate::tape::{Code, SlotId};
use unicode_normalization::UnicodeNormalization;

/// Which way a figure is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// The more of it.
    Highest,
    /// The less of it.
    Lowest,
}

impl Facts {
    /// A choice between scenarios by the first expression that was asked; none if there is an error, which is then among the
    /// mistakes.
    pub fn worth(&mut self, names: &[String], wanted: Wanted) -> Option<Worth> {
        let expr = self.decisive_figure()?;
        let scenarios = self.scenarios(names)?;
        let model = self.model.as_ref()?;
        let how = self.samples();
        let targets: Vec<Target> = scenarios.iter().map(|scenario| report::of_expr(expr, *scenario)).collect();
        let compiled = compile(model, &targets);
        if looks_across(&compiled.tape) {
            self.mistakes.push(mistakes::across_samples(model.expr(expr).at));
            return None;
        }
        let columns = run(&compiled.tape, &Inputs::once());
        // A name that is drawn anew each period is not known by one value.
        let drawn: Vec<_> = uncertain(&compiled.tape).into_iter().filter_map(|(cell, ops)| Some((cell, *ops.first()?))).collect();
        let drawn: Vec<_> = drawn.into_iter().filter(|(_, op)| compiled.tape.op(*op).code == Code::Draw).collect();
        let slots = targets.iter().filter_map(|target| compiled.slot(*target)).chain(drawn.iter().map(|(_, op)| SlotId(op.0)));
        let outputs = slots.map(|slot| Output { slot, shares: Vec::new(), order: Order::Exact }).collect();
        let asked = Asked { seeds: seeds(model, &how), uncertain: Uncertain::Drawn, varied: Vec::new(), outputs, threads: how.threads };
        let collected = collect(&compiled.tape, &columns, &asked, Way::Program);
        let sign = if wanted == Wanted::Highest { 1.0 } else { -1.0 };
        let number = |output: usize, sample: usize| {
            let row = collected.numbers(output, 0);
            row.get(sample).or(row.last()).copied().unwrap_or(f64::NAN)
        };
        let samples = 0..how.count as usize;
        let known: Vec<usize> = samples.filter(|sample| (0..targets.len()).all(|at| number(at, *sample).is_finite())).collect();
        let rows: Vec<Vec<f64>> = known.iter().map(|sample| (0..targets.len()).map(|at| sign * number(at, *sample)).collect()).collect();
        let Some(choice) = Chosen::of(&rows) else {
            self.mistakes.push(mistakes::no_value_in_samples(model.expr(expr).at));
            return None;
        };
        let unit = model.expr(expr).unit;
        let shown = |value: f64| Value::Number(model.units.to_shown(unit, value));
        let pair = |(value, error): (f64, f64)| (shown(value), shown(error));
        let options = scenarios.iter().zip(&choice.means).zip(&choice.best_in);
        let choices = options.map(|((scenario, (mean, error)), best)| Choice {
            scenario: super::board::Board::scenario_name(model, *scenario).unwrap_or_else(|| BASE.to_owned()),
            mean: (shown(sign * mean), shown(*error)),
            best: *best,
        });
        let mut worths: Vec<(f64, NameWorth)> = Vec::new();
        for (at, (cell, _)) in drawn.iter().enumerate() {
            let values: Vec<f64> = known.iter().map(|sample| number(targets.len() + at, *sample)).collect();
            let worth = choice.knowing(&rows, &values);
            worths.push((worth.0, NameWorth { path: model.cell(*cell).path.clone(), worth: pair(worth) }));
        }
        worths.sort_by(|one, other| other.0.total_cmp(&one.0).then_with(|| one.1.path.cmp(&other.1.path)));
        Some(Worth {
            name: model.name.clone(),
            title: model.title.clone(),
            text: report::text_at(&self.sources, model.expr(expr).at),
            unit: model.units.text(unit),
            samples: how.count,
            skipped: how.count - known.len() as u64,
            seed: how.seed,
            choices: choices.collect(),
            best: choice.best,
            perfect: pair(choice.gain(&rows, |row| row.iter().copied().fold(f64::NEG_INFINITY, f64::max))),
            names: worths.into_iter().map(|(_, worth)| worth).collect(),
        })
    }

    /// The scenarios of some names; `base` is the model itself.
    fn scenarios(&mut self, names: &[String]) -> Option<Vec<Option<ScenarioId>>> {
        let model = self.model.as_ref()?;
        let known: Vec<(ScenarioId, String)> =
            model.named_scenarios().filter_map(|(id, scenario)| Some((id, scenario.name.clone()?))).collect();
        let mut found = Vec::new();
        for name in names {
            let wanted: String = name.trim().nfc().collect();
            match known.iter().find(|(_, name)| *name == wanted) {
                Some((id, _)) => found.push(Some(*id)),
                None if wanted == BASE => found.push(None),
                None => {
                    let source = self.add_source("--between", name);
                    let names: Vec<&str> = known.iter().map(|(_, name)| name.as_str()).chain([BASE]).collect();
                    self.mistakes.push(mistakes::unknown_scenario(&source, &names));
                    return None;
                }
            }
        }
        Some(found)
    }
}

/// The model without a scenario.
const BASE: &str = "base";

/// A choice by the means.
struct Chosen {
    /// Mean and standard error of each.
    means: Vec<(f64, f64)>,
    /// In which part of the samples each is the best.
    best_in: Vec<f64>,
    /// The place of the best.
    best: usize,
}

impl Chosen {
    /// None without a sample.
    fn of(rows: &[Vec<f64>]) -> Option<Self> {
        let width = rows.first()?.len();
        let mut best_in = vec![0.0; width];
        for row in rows {
            let best = place_of_best(row.iter().copied());
            best_in.get_mut(best).into_iter().for_each(|count| *count += 1.0 / rows.len() as f64);
        }
        let column = |at: usize| rows.iter().map(move |row| row.get(at).copied().unwrap_or(f64::NAN));
        let means: Vec<(f64, f64)> = (0..width).map(|at| mean_and_error(column(at))).collect();
        let best = place_of_best(means.iter().map(|(mean, _)| *mean));
        Some(Self { means, best_in, best })
    }

    /// What is gained over the best mean, and its standard error.
    fn gain(&self, rows: &[Vec<f64>], taken: impl Fn(&[f64]) -> f64) -> (f64, f64) {
        mean_and_error(rows.iter().map(|row| taken(row) - row.get(self.best).copied().unwrap_or(f64::NAN)))
    }

    /// What is gained by knowing a name: samples with like values of it choose together. In each of these bins half the
    /// samples choose for the other half, so that chance is no gain.
    fn knowing(&self, rows: &[Vec<f64>], values: &[f64]) -> (f64, f64) {
        let mut order: Vec<usize> = (0..rows.len()).collect();
        let value = |at: &usize| values.get(*at).copied().unwrap_or(f64::NAN);
        order.sort_by(|one, other| value(one).total_cmp(&value(other)).then(one.cmp(other)));
        let bins = ((rows.len() as f64).sqrt() / 4.0).clamp(2.0, 64.0) as usize;
        let size = rows.len().div_ceil(bins).max(2);
        let mut gains = Vec::with_capacity(rows.len());
        for bin in binned(&order, size, |one, other| value(one) == value(other)) {
            let halves = [0, 1].map(|half| bin.iter().skip(half).step_by(2).copied().collect::<Vec<usize>>());
            for (choosing, taking) in [(&halves[0], &halves[1]), (&halves[1], &halves[0])] {
                let mean = |at: usize| choosing.iter().filter_map(|sample| rows.get(*sample)?.get(at)).sum::<f64>();
                let taken = if choosing.is_empty() { self.best } else { place_of_best((0..self.means.len()).map(mean)) };
                gains.extend(taking.iter().filter_map(|sample| {
                    let row = rows.get(*sample)?;
                    Some(row.get(taken)? - row.get(self.best)?)
                }));
            }
        }
        let (gain, error) = mean_and_error(gains.into_iter());
        (gain.max(0.0), error)
    }
}

/// Samples in order, in bins of one size; a value that many samples share, as those of a count or a yes and no, has a bin of its
/// own, since who knows it knows it from the next.
fn binned(order: &[usize], size: usize, same: impl Fn(&usize, &usize) -> bool) -> Vec<Vec<usize>> {
    let many = (size / 8).max(2);
    let (mut bins, mut open) = (Vec::new(), Vec::new());
    for run in order.chunk_by(|one, other| same(one, other)) {
        if run.len() >= many {
            bins.extend([std::mem::take(&mut open), run.to_vec()]);
            continue;
        }
        for sample in run {
            open.push(*sample);
            if open.len() == size {
                bins.push(std::mem::take(&mut open));
            }
        }
    }
    bins.push(open);
    bins
}

fn place_of_best(values: impl Iterator<Item = f64>) -> usize {
    let best = values.enumerate().fold((0, f64::NEG_INFINITY), |best, (at, value)| if value > best.1 { (at, value) } else { best });
    best.0
}

fn mean_and_error(values: impl Iterator<Item = f64> + Clone) -> (f64, f64) {
    let count = values.clone().count() as f64;
    let mean = values.clone().sum::<f64>() / count;
    let squares: f64 = values.map(|value| (value - mean) * (value - mean)).sum();
    (mean, (squares / (count - 1.0).max(1.0) / count).sqrt())
}
