//! Across: the figures across samples that a part carries, since nothing behind them could be played without.

use super::record::{Reader, Writer};
use super::trials::is_sound;
use super::value::{self, Fault, Value, unpack};
use crate::tape::{OpId, Tape};
use std::collections::BTreeMap;

/// A fault in some samples.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SampleFault {
    /// What it is in the first of them.
    pub fault: Fault,
    /// The first of them, counted from 0.
    pub sample: u64,
    /// In how many samples what it reaches has no value.
    pub count: u64,
}

/// What looks across samples inside of a model: the same in every part.
#[derive(Clone, Debug, Default)]
pub struct Across {
    /// The figures in the order they were computed, a value a step.
    pub(super) figures: Vec<(OpId, Vec<f64>)>,
    /// What could not be computed for them in some samples.
    pub(super) faults: BTreeMap<OpId, SampleFault>,
}

impl Across {
    /// Whether the model asks for none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.figures.is_empty()
    }

    /// As bytes.
    pub fn write(&self, to: &mut Writer) {
        to.list(&self.figures, |to, (id, values)| {
            to.half(id.0);
            to.numbers(values);
        });
        let faults: Vec<&SampleFault> = self.faults.values().collect();
        to.list(&faults, |to, known| {
            to.number(value::fault(known.fault.kind, known.fault.op, known.fault.step));
            to.whole(known.sample);
            to.whole(known.count);
        });
    }

    /// From bytes.
    pub fn read(from: &mut Reader<'_>) -> Option<Self> {
        let figures = from.list(12, |from| Some((OpId(from.half()?), from.numbers()?)))?;
        let fault = |from: &mut Reader<'_>| {
            let Value::Fault(fault) = unpack(from.number()?) else { return None };
            Some((fault.op, SampleFault { fault, sample: from.whole()?, count: from.whole()? }))
        };
        let faults = from.list(24, fault)?.into_iter().collect();
        Some(Self { figures, faults })
    }

    /// Whether these can be the figures of a tape, which are in this order and have so many steps.
    pub(super) fn fits(&self, tape: &Tape, samples: u64, figures: &[(OpId, usize)]) -> bool {
        let sound = |values: &[f64]| values.iter().all(|value| is_sound(tape, *value));
        let known = |known: &SampleFault| {
            let packed = value::fault(known.fault.kind, known.fault.op, known.fault.step);
            is_sound(tape, packed) && known.sample < samples && (1..=samples).contains(&known.count)
        };
        self.figures.iter().map(|(id, values)| (*id, values.len())).eq(figures.iter().copied())
            && self.figures.iter().all(|(_, values)| sound(values))
            && self.faults.values().all(known)
    }
}
