//! Rows: one value a lane, and the arithmetic over them that a machine's vectors do.
#![allow(clippy::inline_always, reason = "what is inlined is compiled for the widest vectors")]

use crate::numeric::simd::{Kernel, Simd, dispatch};
use crate::tape::Relation;
use std::ops::{Deref, DerefMut};

/// How many samples are computed side by side. A block: sums inside one have a written order, across them they are exact.
pub(in crate::run) const LANES: usize = 512;

/// A value a lane. Where a cache line begins a row begins: a vector that lies in two lines is read and written twice.
#[derive(Clone, Debug)]
#[repr(align(64))]
pub(in crate::run) struct Row {
    lanes: [f64; LANES],
    /// A line more: were its size a power of two, the same lanes of all rows would want the same few places of the first cache.
    _apart: [f64; 8],
}

impl Row {
    /// The same value in every lane.
    pub const fn of(value: f64) -> Self {
        Self { lanes: [value; LANES], _apart: [0.0; 8] }
    }
}

impl Deref for Row {
    type Target = [f64];

    #[inline(always)]
    fn deref(&self) -> &[f64] {
        &self.lanes
    }
}

impl DerefMut for Row {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut [f64] {
        &mut self.lanes
    }
}

/// What an instruction reads.
#[derive(Clone, Copy)]
pub(super) enum Operand<'a> {
    /// A value a lane.
    Row(&'a Row),
    /// One value for all.
    Same(f64),
}

impl Operand<'_> {
    /// The value in a lane.
    #[inline(always)]
    pub fn at(&self, lane: usize) -> f64 {
        match self {
            Self::Row(row) => row.get(lane).copied().unwrap_or(f64::NAN),
            Self::Same(value) => *value,
        }
    }
}

/// How many lanes are computed together. All of them are read before any is written: so the compiler need not ask whether
/// rows overlap, and takes them as vectors.
const GROUP: usize = 32;

/// An operand whose kind the compiler knows.
trait Lanes: Copy {
    /// One lane of a group.
    fn lane(&self, group: usize, lane: usize) -> f64;
}

impl Lanes for &Row {
    #[inline(always)]
    #[allow(clippy::indexing_slicing, reason = "groups lie within a row")]
    fn lane(&self, group: usize, lane: usize) -> f64 {
        self.as_chunks::<GROUP>().0[group][lane]
    }
}

impl Lanes for f64 {
    #[inline(always)]
    fn lane(&self, _: usize, _: usize) -> f64 {
        *self
    }
}

/// No operand.
#[derive(Clone, Copy)]
struct Nothing;

impl Lanes for Nothing {
    #[inline(always)]
    fn lane(&self, _: usize, _: usize) -> f64 {
        0.0
    }
}

macro_rules! with_kind {
    ($operand:expr, $name:ident, $body:expr) => {
        match $operand {
            Operand::Row($name) => $body,
            Operand::Same($name) => $body,
        }
    };
}

/// Makes of what a row holds, and of up to three operands, what it holds next. Where `f` does not ask for a value, none is read.
struct PerLane<'o, A, B, C, F> {
    out: &'o mut Row,
    operands: (A, B, C),
    f: F,
}

impl<A: Lanes, B: Lanes, C: Lanes, F: Fn(f64, f64, f64, f64) -> f64> Kernel for PerLane<'_, A, B, C, F> {
    type Output = ();

    #[inline(always)]
    #[allow(clippy::indexing_slicing, clippy::needless_range_loop, reason = "lanes lie within a group")]
    fn run<S: Simd>(self, _: S) {
        let (a, b, c) = self.operands;
        for (at, out) in self.out.as_chunks_mut::<GROUP>().0.iter_mut().enumerate() {
            let held = *out;
            let mut new = [0.0; GROUP];
            for lane in 0..GROUP {
                new[lane] = (self.f)(held[lane], a.lane(at, lane), b.lane(at, lane), c.lane(at, lane));
            }
            *out = new;
        }
    }
}

/// One operand.
#[inline(always)]
pub(super) fn unary(out: &mut Row, a: Operand<'_>, f: impl Fn(f64) -> f64 + Copy) {
    let f = |_, a, _, _| f(a);
    with_kind!(a, a, dispatch(PerLane { out, operands: (a, Nothing, Nothing), f }));
}

/// Two operands.
#[inline(always)]
pub(super) fn binary(out: &mut Row, a: Operand<'_>, b: Operand<'_>, f: impl Fn(f64, f64) -> f64 + Copy) {
    let f = |_, a, b, _| f(a, b);
    with_kind!(a, a, with_kind!(b, b, dispatch(PerLane { out, operands: (a, b, Nothing), f })));
}

/// Three operands.
#[inline(always)]
pub(super) fn ternary(out: &mut Row, [a, b, c]: [Operand<'_>; 3], f: impl Fn(f64, f64, f64) -> f64 + Copy) {
    let f = |_, a, b, c| f(a, b, c);
    with_kind!(a, a, with_kind!(b, b, with_kind!(c, c, dispatch(PerLane { out, operands: (a, b, c), f }))));
}

/// Joins an operand to what a row already holds.
#[inline(always)]
pub(super) fn fold(out: &mut Row, a: Operand<'_>, f: impl Fn(f64, f64) -> f64 + Copy) {
    let f = |held, a, _, _| f(held, a);
    with_kind!(a, a, dispatch(PerLane { out, operands: (a, Nothing, Nothing), f }));
}

/// Joins two operands to what a row already holds.
#[inline(always)]
pub(super) fn join(out: &mut Row, a: Operand<'_>, b: Operand<'_>, f: impl Fn(f64, f64, f64) -> f64 + Copy) {
    let f = |held, a, b, _| f(held, a, b);
    with_kind!(a, a, with_kind!(b, b, dispatch(PerLane { out, operands: (a, b, Nothing), f })));
}

/// 1 where a relation holds, else 0; nothing where a side is nothing.
pub(super) fn compare(out: &mut Row, relation: Relation, a: Operand<'_>, b: Operand<'_>) {
    match relation {
        Relation::Less => binary(
            out,
            a,
            b,
            #[inline(always)]
            |a, b| answer(a, b, a < b),
        ),
        Relation::AtMost => binary(
            out,
            a,
            b,
            #[inline(always)]
            |a, b| answer(a, b, a <= b),
        ),
        Relation::More => binary(
            out,
            a,
            b,
            #[inline(always)]
            |a, b| answer(a, b, a > b),
        ),
        Relation::AtLeast => binary(
            out,
            a,
            b,
            #[inline(always)]
            |a, b| answer(a, b, a >= b),
        ),
        Relation::Equal => binary(
            out,
            a,
            b,
            #[inline(always)]
            |a, b| answer(a, b, a == b),
        ),
        Relation::Unequal => binary(
            out,
            a,
            b,
            #[inline(always)]
            |a, b| answer(a, b, a != b),
        ),
    }
}

#[inline(always)]
fn answer(a: f64, b: f64, holds: bool) -> f64 {
    let answer = if holds { 1.0 } else { 0.0 };
    if a.is_nan() | b.is_nan() { f64::NAN } else { answer }
}

struct Finite<'a>(&'a Row);

impl Kernel for Finite<'_> {
    type Output = bool;

    #[inline(always)]
    fn run<S: Simd>(self, _: S) -> bool {
        const EXPONENT: u64 = 0x7ff0_0000_0000_0000;
        self.0.iter().fold(true, |finite, value| finite & (value.to_bits() & EXPONENT != EXPONENT))
    }
}

/// Whether every lane holds a finite number.
pub(super) fn is_finite(row: &Row) -> bool {
    dispatch(Finite(row))
}
