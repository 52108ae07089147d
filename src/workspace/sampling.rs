//! Sampling: a model computed, and for what is looked at across samples, each of them.

use super::mistakes;
use crate::check::model::{CellId, CorrelationGroup, Model};
use crate::compile::{Compiled, Target, compile};
use crate::diagnostic::Diagnostic;
use crate::numeric::stream::name_hash;
use crate::report::{Outcome, Spreads};
use crate::run::{Columns, Copula, Inputs, Output, Sampled, Sampling, Seeds, run, sampled};
use crate::tape::Code;
use crate::text::Source;
use std::collections::HashMap;
use std::num::NonZero;

/// The most cells that a run computes; with what a report holds of each they take some GiB.
pub(super) const MOST_CELLS: usize = 100_000_000;

/// How samples are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Samples {
    /// How many; 0 for none, so that what looks across them is not known.
    pub count: u64,
    /// What decides every draw.
    pub seed: u64,
    /// How they are spread.
    pub sampling: Sampling,
    /// How many threads draw them; all that the machine has if none.
    pub threads: Option<NonZero<usize>>,
}

impl Samples {
    /// No samples: an uncertain name stands for its mean.
    pub const NONE: Self = Self { count: 0, seed: 1, sampling: Sampling::Sobol, threads: None };
}

impl Default for Samples {
    fn default() -> Self {
        Self { count: 10_000, seed: 1, sampling: Sampling::Sobol, threads: None }
    }
}

/// A target that is looked at across samples, and the parts of them whose values are wanted.
pub(super) type Wanted = (Target, Vec<f64>);

/// A model that has been computed.
pub(super) struct Computed {
    pub compiled: Compiled,
    pub columns: Columns,
    spreads: Option<Spreads>,
}

impl Computed {
    /// The run with the model behind it.
    pub fn outcome<'a>(&'a self, model: &'a Model, sources: &'a [Source]) -> Outcome<'a> {
        Outcome { model, sources, compiled: &self.compiled, columns: &self.columns, spreads: self.spreads.as_ref() }
    }
}

/// Computes targets once, and what is looked at across samples for each of those too; refuses what would need more memory
/// than it may.
pub(super) fn computed(model: &Model, targets: &[Target], wanted: &[Wanted], how: &Samples) -> Result<Computed, Box<Diagnostic>> {
    let all: Vec<Target> = targets.iter().copied().chain(wanted.iter().map(|(target, _)| *target)).collect();
    let compiled = compile(model, &all);
    let cells = compiled.tape.values(1);
    if cells > MOST_CELLS {
        return Err(Box::new(mistakes::too_many_cells(cells, model.grid.len(), MOST_CELLS)));
    }
    let asks = !wanted.is_empty() || compiled.tape.ops().iter().any(|op| op.code == Code::Statistic);
    if how.count == 0 || !asks {
        let columns = run(&compiled.tape, &Inputs::once());
        return Ok(Computed { compiled, columns, spreads: None });
    }
    let places: Vec<Target> = wanted.iter().map(|(target, _)| *target).filter(|target| compiled.slot(*target).is_some()).collect();
    let output = |(target, shares): &Wanted| Some(Output { slot: compiled.slot(*target)?, shares: shares.clone() });
    let outputs: Vec<Output> = wanted.iter().filter_map(output).collect();
    let Sampled { columns, summaries } = sampled(&compiled.tape, &seeds(model, how), &outputs, how.threads);
    let summaries: HashMap<_, _> = places.into_iter().zip(summaries).collect();
    Ok(Computed { compiled, columns, spreads: Some(Spreads { samples: how.count, summaries }) })
}

/// What decides every draw of a model.
pub(super) fn seeds(model: &Model, how: &Samples) -> Seeds {
    let names = (0..model.cells.len() as u32).map(|id| (id, name_hash(&model.cell(CellId(id)).path)));
    let copula = |group: &CorrelationGroup| {
        // A checked group always has a factor.
        Some(Copula { members: group.members.iter().map(|member| member.0).collect(), factor: group.matrix.factor()? })
    };
    let copulas = model.correlations.iter().filter_map(copula).collect();
    Seeds { seed: how.seed, sampling: how.sampling, samples: how.count, names: names.collect(), copulas }
}
