//! Draws: the uniform of each name and sample, and what a distribution makes of it.

use super::reach::Touch;
use super::row::Row;
use super::source::Sources;
use super::uniform::{Seeds, Uniforms};
use crate::numeric::distribution::Truncated;
use crate::numeric::sampler::Sampler;
use crate::run::Columns;
use crate::run::draw::distribution;
use crate::tape::{Code, OpId, Shape, SlotId, Tape};

/// The draws of a tape that an output needs.
pub(super) struct Draws<'s> {
    draws: Vec<Draw>,
    uniforms: Uniforms<'s>,
}

struct Draw {
    op: OpId,
    /// The definition it belongs to: the name of its stream.
    whose: u32,
    /// A draw for each step.
    each: bool,
    /// None where its parameters are drawn themselves, or make no distribution.
    known: Option<Known>,
}

/// A distribution that is the same in every sample.
struct Known {
    distribution: Truncated,
    sampler: Sampler,
}

impl<'s> Draws<'s> {
    /// By the columns of a run without samples, which hold the parameters.
    #[allow(clippy::indexing_slicing, reason = "a touch an operation")]
    pub fn of(tape: &Tape, given: &Columns, touches: &[Touch], sources: &Sources<'_>, seeds: &'s Seeds) -> Self {
        let ids = (0..tape.ops().len() as u32).map(OpId);
        let needed =
            ids.filter(|id| touches[id.0 as usize].drawn && sources.draws(*id));
        let draws = needed.map(|id| {
            let op = tape.op(id);
            let numbers = tape.numbers(op);
            let moves = |arg: &OpId| touches[arg.0 as usize].drawn || tape.op(*arg).shape == Shape::Series;
            let certain = !tape.args(op).iter().any(moves);
            let args: Vec<f64> = tape.args(op).iter().map(|arg| given.packed(SlotId(arg.0), 0, 0)).collect();
            let is_known = certain && args.iter().all(|arg| arg.is_finite());
            let whose = numbers.first().map_or(0, |whose| *whose as u32);
            let distribution = if is_known { distribution(numbers, &args).ok() } else { None };
            let known = distribution.map(|distribution| Known { sampler: Sampler::new(&distribution), distribution });
            Draw { op: id, whose, each: op.code == Code::DrawEach, known }
        });
        let draws: Vec<Draw> = draws.collect();
        let steps = tape.timeline().steps;
        let uniforms = Uniforms::new(seeds, draws.iter().map(|draw| (draw.whose, if draw.each { steps } else { 1 })));
        Self { draws, uniforms }
    }

    /// The operations that draw.
    pub fn ops(&self) -> impl Iterator<Item = OpId> + '_ {
        self.draws.iter().map(|draw| draw.op)
    }

    /// The number of the draw that an operation is.
    pub fn number(&self, op: OpId) -> u32 {
        self.draws.iter().position(|draw| draw.op == op).unwrap_or(0) as u32
    }

    /// Lowest and highest value that an operation can draw; none where that is not known.
    pub fn range(&self, op: OpId) -> Option<(f64, f64)> {
        let draw = self.draws.iter().find(|draw| draw.op == op)?;
        let distribution = &draw.known.as_ref()?.distribution;
        Some((distribution.quantile(f64::EPSILON / 2.0), distribution.quantile(1.0 - f64::EPSILON / 2.0)))
    }

    /// The uniforms of a draw for the samples from `first` on, in a step.
    pub fn uniforms(&self, draw: u32, first: u64, step: u32, out: &mut Row) {
        let Some(draw) = self.draws.get(draw as usize) else { return };
        self.uniforms.fill(draw.whose, if draw.each { step } else { 0 }, first, out);
    }

    /// Turns uniforms into draws; false where the distribution is another in each lane.
    pub fn sample(&self, draw: u32, uniforms: &Row, out: &mut Row) -> bool {
        let Some(Draw { known: Some(known), .. }) = self.draws.get(draw as usize) else { return false };
        known.sampler.fill(uniforms, out);
        true
    }
}
