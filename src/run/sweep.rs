//! Sweeps: a tape at many values of its inputs at once, a lane a point, what is uncertain at its mean.

use super::sampled::{Sampled, sampled_with};
use super::trials::{Asked, Collected, Order, Output, Sampling, Seeds, Uncertain, Varied, Way, collect};
use super::{Given, Inputs, Nobody, run};
use crate::tape::{Code, InputId, OpId, Shape, SlotId, Tape};
use foldhash::HashMap;
use std::num::NonZero;

/// The outputs at every point: of each input, which replaces what it reads, a value a point.
#[must_use]
pub fn sweep(tape: &Tape, inputs: &[(InputId, Vec<f64>)], outputs: &[SlotId], threads: Option<NonZero<usize>>) -> Collected {
    let points = inputs.iter().map(|(_, values)| values.len()).max().unwrap_or(1);
    let varied = inputs.iter().flat_map(|(input, values)| {
        reading(tape, *input).map(|op| Varied { op, values: values.clone() })
    });
    let seeds = Seeds { seed: 1, sampling: Sampling::Random, samples: points as u64, names: HashMap::default(), copulas: Vec::new() };
    let asked = Asked {
        seeds,
        uncertain: Uncertain::AtMeans,
        varied: varied.collect(),
        outputs: outputs.iter().map(|slot| Output { slot: *slot, shares: Vec::new(), order: Order::Exact }).collect(),
        threads,
    };
    let given = run(tape, &Inputs::once());
    collect(tape, &given, &asked, Way::Program)
}

/// All samples at one point, for what looks across them.
#[must_use]
pub fn sampled_at(
    tape: &Tape,
    inputs: &[(InputId, f64)],
    seeds: &Seeds,
    outputs: &[Output],
    threads: Option<NonZero<usize>>,
) -> Sampled {
    let given = inputs.iter().flat_map(|(input, value)| {
        reading(tape, *input).map(|op| {
            let steps = if tape.op(op).shape == Shape::Constant { 1 } else { tape.timeline().steps as usize };
            (op, Given::Values(vec![*value; steps]))
        })
    });
    sampled_with(tape, Inputs { given: given.collect(), ..Inputs::once() }, seeds, outputs, threads, &Nobody)
}

/// The operations that read an input.
pub fn reading(tape: &Tape, input: InputId) -> impl Iterator<Item = OpId> + '_ {
    let ids = (0..tape.ops().len() as u32).map(OpId);
    ids.filter(move |id| {
        let op = tape.op(*id);
        op.code == Code::Input && tape.numbers(op).first() == Some(&f64::from(input.0))
    })
}
