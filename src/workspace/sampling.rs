//! Sampling: a model computed, and for what is looked at across samples, each of them.

use super::cost::{Cost, Limits};
use super::mistakes;
use crate::check::model::{CellId, Content, CorrelationGroup, Model, Type};
use crate::compile::{Compiled, Target, What, compile};
use crate::diagnostic::Diagnostic;
use crate::numeric::stream::name_hash;
use crate::report::{Drawn, Outcome, Spreads};
use crate::run::{Columns, Copula, Inputs, Nobody, Order, Output, Sampled, Sampling, Seeds, Stage, Unmerged, Watch, run, sampled};
use crate::tape::{Code, Tape};
use crate::text::Source;
use foldhash::HashMap;
use std::num::NonZero;

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
    /// The most where every one is kept until the end, or somebody waits for the answer.
    pub const MOST_KEPT: u64 = 10_000_000;

    /// A count as the language writes numbers: `10_000`, `10k`, `2M`.
    #[must_use]
    pub fn count_of(text: &str) -> Option<u64> {
        let digits = text.replace('_', "");
        let scales = [("k", 1_000), ("M", 1_000_000), ("", 1)];
        let (digits, scale) = scales.iter().find_map(|(letter, scale)| Some((digits.strip_suffix(letter)?, *scale)))?;
        digits.parse::<u64>().ok()?.checked_mul(scale)
    }
}

impl Default for Samples {
    fn default() -> Self {
        Self { count: 10_000, seed: 1, sampling: Sampling::Sobol, threads: None }
    }
}

/// How far a run came that was stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stopped {
    /// So many samples were played.
    pub done: u64,
    /// Of so many.
    pub of: u64,
}

/// A target that is looked at across samples, and the parts of them whose values are wanted.
pub(super) type Wanted = (Target, Vec<f64>);

/// How a run is made.
#[derive(Clone, Copy)]
pub(super) struct How {
    pub samples: Samples,
    pub limits: Limits,
    pub watch: &'static dyn Watch,
}

impl How {
    /// Once, without samples, with nobody to follow.
    pub const QUIETLY: Self = Self { samples: Samples::NONE, limits: Limits::USUAL, watch: &Nobody };
}

/// A model that has been computed.
pub(super) struct Computed {
    pub compiled: Compiled,
    pub columns: Columns,
    pub cost: Cost,
    /// Whether something in it looks across samples, drawn or not.
    pub across: bool,
    spreads: Option<Spreads>,
}

impl Computed {
    /// The run with the model behind it.
    pub fn outcome<'a>(&'a self, model: &'a Model, sources: &'a [Source]) -> Outcome<'a> {
        Outcome { model, sources, compiled: &self.compiled, columns: &self.columns, spreads: self.spreads.as_ref() }
    }

    /// How far the samples came, where they were stopped.
    pub fn stopped(&self) -> Option<Stopped> {
        let drawn = self.spreads.as_ref()?.drawn;
        (drawn.count < drawn.asked).then_some(Stopped { done: drawn.count, of: drawn.asked })
    }
}

/// Computes targets once, and what is looked at across samples for each of those too; refuses what would need more than
/// it may.
pub(super) fn computed(model: &Model, targets: &[Target], wanted: &[Wanted], how: &How) -> Result<Computed, Box<Diagnostic>> {
    let How { samples, watch, .. } = *how;
    computed_by(model, targets, wanted, how, |tape, seeds, outputs| Ok(sampled(tape, seeds, outputs, samples.threads, watch)))
}

/// The same, by whatever knows what the samples come to.
pub(super) fn computed_by(
    model: &Model,
    targets: &[Target],
    wanted: &[Wanted],
    how: &How,
    play: impl FnOnce(&Tape, &Seeds, &[Output]) -> Result<Sampled, Unmerged>,
) -> Result<Computed, Box<Diagnostic>> {
    let How { samples, limits, watch } = *how;
    watch.begins(Stage::Compile);
    let all: Vec<Target> = targets.iter().copied().chain(wanted.iter().map(|(target, _)| *target)).collect();
    let compiled = compile(model, &all);
    let asks = !wanted.is_empty() || compiled.tape.ops().iter().any(|op| op.code == Code::Statistic);
    let count = if asks { samples.count } else { 0 };
    let places: Vec<Target> = wanted.iter().map(|(target, _)| *target).filter(|target| compiled.slot(*target).is_some()).collect();
    let threads = samples.threads.or_else(|| std::thread::available_parallelism().ok()).map_or(1, NonZero::get);
    let plan = |order: Order| {
        let output = |(target, shares): &Wanted| {
            let order = if is_number(model, *target) { order } else { Order::Exact };
            Some(Output { slot: compiled.slot(*target)?, shares: shares.clone(), order })
        };
        let outputs: Vec<Output> = wanted.iter().filter_map(output).collect();
        (Cost::of(&compiled.tape, &outputs, count, threads as u64), outputs)
    };
    // Where the samples near a percentile can't be kept, those around it are counted.
    let (cost, outputs) = Some(plan(Order::Exact)).filter(|(cost, _)| cost.bytes <= limits.bytes).unwrap_or_else(|| plan(Order::Counted));
    if let Some(refused) = refused(&cost, model.grid.len(), limits) {
        return Err(Box::new(refused));
    }
    watch.sees(&|| compiled.tape.dump());
    watch.begins(Stage::Run);
    if count == 0 {
        let columns = run(&compiled.tape, &Inputs::once());
        return Ok(Computed { compiled, columns, cost, across: asks, spreads: None });
    }
    let sampled = play(&compiled.tape, &seeds(model, &samples), &outputs).map_err(|unmerged| {
        Box::new(match unmerged {
            Unmerged::Unfit => mistakes::parts_unfit(),
            Unmerged::Missed(missed) => {
                mistakes::share_missed(&places.get(missed.output).map_or_else(String::new, |target| called(model, *target)), missed.share)
            }
        })
    })?;
    let within = sampled.summaries.iter().flatten().map(|summary| summary.within).fold(0.0, f64::max);
    let drawn = Drawn { count: sampled.done, asked: count, seed: samples.seed, sampling: samples.sampling.name(), within };
    let summaries: HashMap<_, _> = places.into_iter().zip(sampled.summaries).collect();
    let spreads = Spreads { drawn, summaries, faults: sampled.faults };
    Ok(Computed { compiled, columns: sampled.columns, cost, across: asks, spreads: Some(spreads) })
}

/// Dates and options take few values, of which none may be a little off.
fn is_number(model: &Model, target: Target) -> bool {
    match target.what {
        What::Expr(expr) => model.expr(expr).ty == Type::Number,
        What::Cell(cell) => match model.content(cell, target.scenario) {
            Content::Computed(expr) => model.expr(expr).ty == Type::Number,
            Content::Table(_) | Content::Reference(_) | Content::Text | Content::Missing => false,
        },
    }
}

/// Why a run is not made that would take more than it may.
pub(super) fn refused(cost: &Cost, steps: usize, limits: Limits) -> Option<Diagnostic> {
    if cost.cells > limits.cells {
        Some(mistakes::too_many_cells(cost, steps, limits.cells))
    } else if cost.cells.saturating_mul(cost.samples) > limits.sampled() {
        Some(mistakes::too_many_samples(cost, limits.sampled()))
    } else {
        (cost.bytes > limits.bytes).then(|| mistakes::too_much_memory(cost, steps, limits.bytes))
    }
}

/// What a target is called in a message: `revenue` in 2027.
fn called(model: &Model, target: Target) -> String {
    let what = match target.what {
        What::Cell(cell) => format!("`{}`", model.cell(cell).path),
        What::Expr(_) => "an expression that is shown".to_owned(),
    };
    let span = target.over.filter(|_| model.grid.timed());
    span.map_or(what.clone(), |span| format!("{what} in the period from {}", model.grid.label(span.first as usize)))
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
