//! Stretches: values side by side, and works over them.
#![allow(clippy::inline_always, reason = "what is inlined is compiled for the widest vectors")]
#![allow(clippy::indexing_slicing, reason = "every operand is cut to the length of the results")]

use super::work::{Odd, Work};
use crate::numeric::simd::{Kernel, Scalar, Simd, dispatch_wide};

/// What an operation reads beside a stretch of results.
#[derive(Clone, Copy)]
pub(super) enum Operand<'a> {
    /// A value for each.
    Each(&'a [f64]),
    /// One value for all.
    Same(f64),
}

/// An operand whose kind the compiler knows.
trait Source: Copy {
    /// As long as the results, so that the loop over them needs no check.
    fn cut(self, length: usize) -> Self;
    /// One vector of it; `held` is what the results are so far.
    fn vector<S: Simd>(self, simd: S, at: usize, held: S::f64s) -> S::f64s;
    /// One value of it.
    fn at(self, place: usize, held: f64) -> f64;
}

impl Source for &[f64] {
    #[inline(always)]
    fn cut(self, length: usize) -> Self {
        &self[..length]
    }

    #[inline(always)]
    fn vector<S: Simd>(self, _: S, at: usize, _: S::f64s) -> S::f64s {
        S::as_simd_f64s(self).0[at]
    }

    #[inline(always)]
    fn at(self, place: usize, _: f64) -> f64 {
        self[place]
    }
}

impl Source for f64 {
    #[inline(always)]
    fn cut(self, _: usize) -> Self {
        self
    }

    #[inline(always)]
    fn vector<S: Simd>(self, simd: S, _: usize, _: S::f64s) -> S::f64s {
        simd.splat_f64s(self)
    }

    #[inline(always)]
    fn at(self, _: usize, _: f64) -> f64 {
        self
    }
}

/// What the results are so far.
#[derive(Clone, Copy)]
struct Held;

impl Source for Held {
    #[inline(always)]
    fn cut(self, _: usize) -> Self {
        self
    }

    #[inline(always)]
    fn vector<S: Simd>(self, _: S, _: usize, held: S::f64s) -> S::f64s {
        held
    }

    #[inline(always)]
    fn at(self, _: usize, held: f64) -> f64 {
        held
    }
}

macro_rules! with_kind {
    ($operand:expr, $name:ident, $body:expr) => {
        match $operand {
            Operand::Each($name) => $body,
            Operand::Same($name) => $body,
        }
    };
}

struct Each<'o, A, B, C, W> {
    out: &'o mut [f64],
    args: (A, B, C),
    work: W,
}

impl<A: Source, B: Source, C: Source, W: Work> Kernel for Each<'_, A, B, C, W> {
    type Output = bool;

    #[inline(always)]
    fn run<S: Simd>(self, simd: S) -> bool {
        let Self { out, args: (a, b, c), work } = self;
        let (a, b, c) = (a.cut(out.len()), b.cut(out.len()), c.cut(out.len()));
        let (vectors, rest) = S::as_mut_simd_f64s(out);
        let (mut odd, mut odd_rest) = (Odd::new(simd), Odd::new(Scalar::new()));
        let first = vectors.len() * S::F64_LANES;
        for (at, out) in vectors.iter_mut().enumerate() {
            *out = work.of(simd, a.vector(simd, at, *out), b.vector(simd, at, *out), c.vector(simd, at, *out));
            odd.see(*out);
        }
        for (at, out) in rest.iter_mut().enumerate() {
            *out = work.of(Scalar::new(), a.at(first + at, *out), b.at(first + at, *out), c.at(first + at, *out));
            odd_rest.see(*out);
        }
        odd.is_none() & odd_rest.is_none()
    }
}

/// One operand; whether all results are finite numbers.
#[inline(always)]
pub(super) fn unary(out: &mut [f64], a: Operand<'_>, work: impl Work) -> bool {
    with_kind!(a, a, dispatch_wide(Each { out, args: (a, 0.0, 0.0), work }))
}

/// Two operands; whether all results are finite numbers.
#[inline(always)]
pub(super) fn binary(out: &mut [f64], a: Operand<'_>, b: Operand<'_>, work: impl Work) -> bool {
    with_kind!(a, a, with_kind!(b, b, dispatch_wide(Each { out, args: (a, b, 0.0), work })))
}

/// Three operands; whether all results are finite numbers.
#[inline(always)]
pub(super) fn ternary(out: &mut [f64], [a, b, c]: [Operand<'_>; 3], work: impl Work) -> bool {
    with_kind!(a, a, with_kind!(b, b, with_kind!(c, c, dispatch_wide(Each { out, args: (a, b, c), work }))))
}

/// The results so far and one operand more; whether all results are finite numbers.
#[inline(always)]
pub(super) fn fold(out: &mut [f64], a: Operand<'_>, work: impl Work) -> bool {
    with_kind!(a, a, dispatch_wide(Each { out, args: (Held, a, Held), work }))
}

struct Finite<'a>(&'a [f64]);

impl Kernel for Finite<'_> {
    type Output = bool;

    #[inline(always)]
    fn run<S: Simd>(self, simd: S) -> bool {
        let (vectors, rest) = S::as_simd_f64s(self.0);
        let (mut odd, mut odd_rest) = (Odd::new(simd), Odd::new(Scalar::new()));
        vectors.iter().for_each(|values| odd.see(*values));
        rest.iter().for_each(|value| odd_rest.see(*value));
        odd.is_none() & odd_rest.is_none()
    }
}

/// Whether all of them are finite numbers.
pub(super) fn is_finite(values: &[f64]) -> bool {
    dispatch_wide(Finite(values))
}
