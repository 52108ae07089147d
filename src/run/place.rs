//! Places: where on the tape a value is computed, and what a fault there is.

use super::value::{FaultKind, blank, fault};
use crate::tape::{Blank, OpId, Timeline};

/// Where a value is computed.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub op: OpId,
    pub step: u32,
    pub timeline: &'a Timeline,
    pub numbers: &'a [f64],
}

impl Place<'_> {
    /// A fault that arises here.
    pub fn fault(&self, kind: FaultKind) -> f64 {
        fault(kind, self.op, self.step)
    }

    /// A result, or the fault of one that is too large.
    pub fn finite(&self, value: f64) -> f64 {
        if value.is_finite() { value } else { self.fault(FaultKind::Overflow) }
    }

    /// The number at a place of the operation.
    pub fn number(&self, at: usize) -> f64 {
        self.numbers.get(at).copied().unwrap_or(0.0)
    }
}

/// What an operation reads at a place.
pub(super) fn arg(args: &[f64], at: usize) -> f64 {
    args.get(at).copied().unwrap_or_else(|| blank(Blank::First))
}
