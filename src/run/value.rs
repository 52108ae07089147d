//! Values: numbers, and what stands for one that isn't there, packed into the payload of a NaN.
//!
//! A blank or a fault spreads through the columns as a NaN, so that it needs no side table, and survives only where it
//! is needed. Below the quiet bit stand 5 bits of kind, 26 of operation, 20 of step.

use crate::tape::{Blank, OpId};

/// A value of a column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    /// A finite number.
    Number(f64),
    /// Nothing, and why.
    Blank(Blank),
    /// An error, and where it arose.
    Fault(Fault),
}

/// An error in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fault {
    /// What went wrong.
    pub kind: FaultKind,
    /// In which operation.
    pub op: OpId,
    /// In which step; 0 for what is computed once.
    pub step: u32,
}

/// What can go wrong in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FaultKind {
    /// x/0 with x not 0; 0 to a negative power.
    DivisionByZero,
    /// Too large for a number.
    Overflow,
    /// A blank in what is built up over time.
    BlankInLevel,
    /// A date before the first step or behind the last.
    OutsideTimeline,
    /// No real value: the root or logarithm of a negative number, the logarithm of 0, a broken power of a negative
    /// number, a table of bands read below zero, the normal quantile of no share.
    InvalidArgument,
    /// A table that holds no band so far out.
    TableEnd,
    /// Parameters that make no distribution.
    Parameter,
    /// A delay below zero, or below a step inside its own loop.
    ShortDelay,
    /// A value that needs itself in the same step.
    Circle,
}

impl FaultKind {
    /// All kinds, by number.
    pub const ALL: [Self; 9] = [
        Self::DivisionByZero,
        Self::Overflow,
        Self::BlankInLevel,
        Self::OutsideTimeline,
        Self::InvalidArgument,
        Self::TableEnd,
        Self::Parameter,
        Self::ShortDelay,
        Self::Circle,
    ];
}

const QUIET: u64 = 0x7ff8_0000_0000_0000;
const KIND: u32 = 46;
const OP: u32 = 20;
const STEPS: u64 = (1 << OP) - 1;
const OPS: u64 = (1 << (KIND - OP)) - 1;
/// Kinds below are faults; this one is a blank, with its reason where a fault has its operation.
const BLANK: u64 = 31;

/// The packed form of a blank.
pub(super) const fn blank(reason: Blank) -> f64 {
    f64::from_bits(QUIET | BLANK << KIND | (reason as u64) << OP)
}

/// The packed form of a fault.
pub(super) const fn fault(kind: FaultKind, op: OpId, step: u32) -> f64 {
    let step = if (step as u64) < STEPS { step as u64 } else { STEPS };
    f64::from_bits(QUIET | (kind as u64) << KIND | (op.0 as u64 & OPS) << OP | step)
}

/// Whether what isn't a number is a fault.
pub(super) const fn is_fault(value: f64) -> bool {
    value.is_nan() && (value.to_bits() >> KIND) & 31 != BLANK
}

/// Whether what isn't a number is a blank.
pub(super) const fn is_blank(value: f64) -> bool {
    value.is_nan() && (value.to_bits() >> KIND) & 31 == BLANK
}

/// Of several values the one that decides: the first fault, else the first blank; none if all are numbers.
pub(super) fn decisive(values: impl IntoIterator<Item = f64>) -> Option<f64> {
    let mut blank = None;
    for value in values {
        if is_fault(value) {
            return Some(value);
        }
        if value.is_nan() && blank.is_none() {
            blank = Some(value);
        }
    }
    blank
}

/// What a packed value stands for. A zero has no sign.
pub(super) fn unpack(value: f64) -> Value {
    if !value.is_nan() {
        return Value::Number(value + 0.0);
    }
    let bits = value.to_bits();
    let kind = (bits >> KIND) & 31;
    let middle = (bits >> OP) & OPS;
    if kind == BLANK {
        return Value::Blank(Blank::ALL.get(middle as usize).copied().unwrap_or(Blank::ZeroByZero));
    }
    let kind = FaultKind::ALL.get(kind as usize).copied().unwrap_or(FaultKind::Overflow);
    Value::Fault(Fault { kind, op: OpId(middle as u32), step: (bits & STEPS) as u32 })
}

#[cfg(test)]
mod tests {
    use super::{Fault, FaultKind, Value, blank, fault, is_blank, is_fault, unpack};
    use crate::tape::{Blank, OpId};

    #[test]
    fn what_is_packed_comes_out_again() {
        for reason in Blank::ALL {
            assert_eq!(unpack(blank(reason)), Value::Blank(reason));
            assert!(is_blank(blank(reason)) && !is_fault(blank(reason)));
        }
        for kind in FaultKind::ALL {
            for (op, step) in [(0, 0), (67_000_000, 1_000_000), (1, 11_999)] {
                let packed = fault(kind, OpId(op), step);
                assert_eq!(unpack(packed), Value::Fault(Fault { kind, op: OpId(op), step }));
                assert!(is_fault(packed) && !is_blank(packed));
            }
        }
        assert_eq!(unpack(-0.0), Value::Number(0.0));
    }
}
