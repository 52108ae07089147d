//! Stretches: values side by side, and the arithmetic over them that a machine's vectors do.
#![allow(clippy::inline_always, reason = "what is inlined is compiled for the widest vectors")]
#![allow(clippy::indexing_slicing, reason = "every operand is cut to the length of the results")]

use crate::numeric::simd::{Kernel, dispatch};

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
    fn at(self, place: usize) -> f64;
}

impl Source for &[f64] {
    #[inline(always)]
    fn cut(self, length: usize) -> Self {
        &self[..length]
    }

    #[inline(always)]
    fn at(self, place: usize) -> f64 {
        self[place]
    }
}

impl Source for f64 {
    #[inline(always)]
    fn cut(self, _: usize) -> Self {
        self
    }

    #[inline(always)]
    fn at(self, _: usize) -> f64 {
        self
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

/// Whether a result was an infinity or no number.
#[derive(Clone, Copy, Default)]
pub(super) struct Odd(u64);

impl Odd {
    /// Looks at one more.
    #[inline(always)]
    pub fn see(&mut self, value: f64) {
        const EXPONENT: u64 = 0x7ff0_0000_0000_0000;
        self.0 |= u64::from(value.to_bits() & EXPONENT == EXPONENT);
    }

    /// Whether all were finite numbers.
    #[inline(always)]
    pub const fn is_none(self) -> bool {
        self.0 == 0
    }
}

struct Each<'o, A, B, C, F> {
    out: &'o mut [f64],
    args: (A, B, C),
    f: F,
}

impl<A: Source, B: Source, C: Source, F: Fn(f64, f64, f64) -> f64> Kernel for Each<'_, A, B, C, F> {
    type Output = bool;

    #[inline(always)]
    fn run(self) -> bool {
        let length = self.out.len();
        let (a, b, c) = (self.args.0.cut(length), self.args.1.cut(length), self.args.2.cut(length));
        let mut odd = Odd::default();
        for place in 0..length {
            let result = (self.f)(a.at(place), b.at(place), c.at(place));
            odd.see(result);
            self.out[place] = result;
        }
        odd.is_none()
    }
}

// What a closure captures is moved into the kernel: behind a reference it would be read again for every result.
#[inline(always)]
fn each<A: Source, B: Source, C: Source>(out: &mut [f64], args: (A, B, C), f: impl Fn(f64, f64, f64) -> f64) -> bool {
    dispatch(Each { out, args, f })
}

/// One operand; whether all results are finite numbers.
#[inline(always)]
pub(super) fn unary(out: &mut [f64], a: Operand<'_>, f: impl Fn(f64) -> f64 + Copy) -> bool {
    with_kind!(
        a,
        a,
        each(
            out,
            (a, 0.0, 0.0),
            #[inline(always)]
            move |a, _, _| f(a)
        )
    )
}

/// Two operands; whether all results are finite numbers.
#[inline(always)]
pub(super) fn binary(out: &mut [f64], a: Operand<'_>, b: Operand<'_>, f: impl Fn(f64, f64) -> f64 + Copy) -> bool {
    with_kind!(
        a,
        a,
        with_kind!(
            b,
            b,
            each(
                out,
                (a, b, 0.0),
                #[inline(always)]
                move |a, b, _| f(a, b)
            )
        )
    )
}

/// Three operands; whether all results are finite numbers.
#[inline(always)]
pub(super) fn ternary(out: &mut [f64], [a, b, c]: [Operand<'_>; 3], f: impl Fn(f64, f64, f64) -> f64 + Copy) -> bool {
    with_kind!(a, a, with_kind!(b, b, with_kind!(c, c, each(out, (a, b, c), f))))
}

struct Fold<'o, A, F> {
    out: &'o mut [f64],
    arg: A,
    f: F,
}

impl<A: Source, F: Fn(f64, f64) -> f64> Kernel for Fold<'_, A, F> {
    type Output = bool;

    #[inline(always)]
    fn run(self) -> bool {
        let length = self.out.len();
        let arg = self.arg.cut(length);
        let mut odd = Odd::default();
        for place in 0..length {
            let result = (self.f)(self.out[place], arg.at(place));
            odd.see(result);
            self.out[place] = result;
        }
        odd.is_none()
    }
}

/// The results so far and one operand more; whether all results are finite numbers.
#[inline(always)]
pub(super) fn fold(out: &mut [f64], a: Operand<'_>, f: impl Fn(f64, f64) -> f64 + Copy) -> bool {
    with_kind!(a, a, dispatch(Fold { out, arg: a, f }))
}

struct Finite<'a>(&'a [f64]);

impl Kernel for Finite<'_> {
    type Output = bool;

    #[inline(always)]
    fn run(self) -> bool {
        let mut odd = Odd::default();
        for value in self.0 {
            odd.see(*value);
        }
        odd.is_none()
    }
}

/// Whether all of them are finite numbers.
pub(super) fn is_finite(values: &[f64]) -> bool {
    dispatch(Finite(values))
}
