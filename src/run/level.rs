//! Levels: what a step adds; a blank in one is a fault.

use super::place::Place;
use super::value::{FaultKind, decisive, is_fault};

/// A level after one more step.
pub(super) fn accumulated(here: &Place<'_>, before: f64, flow: f64) -> f64 {
    let now = before + flow * here.timeline.period;
    if now.is_finite() {
        return now;
    }
    level(here, [before, flow], || here.fault(FaultKind::Overflow))
}

/// What is built up over time out of some values; a blank among them is a fault.
pub(super) fn level<const N: usize>(here: &Place<'_>, parts: [f64; N], value: impl FnOnce() -> f64) -> f64 {
    match decisive(parts) {
        None => value(),
        Some(fault) if is_fault(fault) => fault,
        Some(_) => here.fault(FaultKind::BlankInLevel),
    }
}
