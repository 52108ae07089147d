//! Sampling: a model computed for many samples of its uncertain values.

use super::facts::Facts;
use crate::check::model::{CellId, Model};
use crate::compile::{Compiled, Target, compile};
use crate::numeric::stream::name_hash;
use crate::run::{Output, Sampled, Sampling, Seeds, Summary, sampled};
use std::collections::HashMap;
use std::num::NonZero;

/// How samples are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Samples {
    /// How many.
    pub count: u64,
    /// What decides every draw.
    pub seed: u64,
    /// How they are spread.
    pub sampling: Sampling,
    /// How many threads draw them; all that the machine has if none.
    pub threads: Option<NonZero<usize>>,
}

impl Default for Samples {
    fn default() -> Self {
        Self { count: 10_000, seed: 1, sampling: Sampling::Random, threads: None }
    }
}

/// What samples have told of some targets.
pub(super) struct Drawn {
    pub compiled: Compiled,
    pub sampled: Sampled,
    places: HashMap<Target, usize>,
}

impl Drawn {
    /// What a target came to in a step; in any step for a constant.
    pub fn summary(&self, target: Target, step: usize) -> Option<&Summary> {
        let steps = self.sampled.summaries.get(*self.places.get(&target)?)?;
        steps.get(step).or(steps.last())
    }
}

/// Computes targets once, and those that are wanted across samples for each of them too.
pub(super) fn drawn(model: &Model, targets: &[Target], wanted: &[(Target, Vec<f64>)], how: &Samples) -> Drawn {
    let all: Vec<Target> = targets.iter().copied().chain(wanted.iter().map(|(target, _)| *target)).collect();
    let compiled = compile(model, &all);
    let names = (0..model.cells.len() as u32).map(|id| (id, name_hash(&model.cell(CellId(id)).path)));
    let seeds =
        Seeds { seed: how.seed, sampling: how.sampling, samples: how.count, names: names.collect(), copulas: Vec::new() };
    let mut places = HashMap::new();
    let mut outputs = Vec::new();
    for (target, shares) in wanted {
        if let Some(slot) = compiled.slot(*target) {
            places.insert(*target, outputs.len());
            outputs.push(Output { slot, shares: shares.clone() });
        }
    }
    let sampled = sampled(&compiled.tape, &seeds, &outputs, how.threads);
    Drawn { compiled, sampled, places }
}

impl Facts {
    /// What the samples of a model come to; none if there is an error, which is then among the mistakes.
    pub fn simulate(
        &mut self,
        by: Option<crate::calendar::Step>,
        only: &[String],
        shares: &[f64],
        how: &Samples,
    ) -> Option<crate::report::Simulation> {
        use crate::report::{self, Outcome, View};
        let view = View { by, only: only.to_vec(), scenario: self.scenario };
        let model = self.model.as_ref()?;
        let targets = report::targets(model, &view);
        let wanted: Vec<(Target, Vec<f64>)> =
            report::spread_targets(model, &view).into_iter().map(|target| (target, shares.to_vec())).collect();
        let drawn = drawn(model, &targets, &wanted, how);
        let outcome = Outcome { model, sources: &self.sources, compiled: &drawn.compiled, columns: &drawn.sampled.columns };
        let mut simulation = report::simulation(&outcome, &view, shares, &|target| drawn.summary(target, 0).cloned());
        (simulation.samples, simulation.seed) = (how.count, how.seed);
        let faults = report::faults(&outcome, &targets);
        self.mistakes.extend(faults);
        Some(simulation)
    }
}
