//! Kernels over slices: what `scalar` says, many values at once where all of them are finite.

use super::place::Place;
use super::scalar::scalar;
use crate::tape::{Code, OpId, Relation, Timeline};

/// What an operation reads, beside its results.
#[derive(Clone, Copy)]
pub(super) enum Arg<'a> {
    /// A value for each result.
    Series(&'a [f64]),
    /// A value a lane, the same in every step.
    Row(&'a [f64]),
}

/// The steps of a piece of work.
#[derive(Clone, Copy)]
pub(super) struct Window<'a> {
    pub op: OpId,
    pub code: Code,
    pub numbers: &'a [f64],
    pub timeline: &'a Timeline,
    pub lanes: usize,
    /// The step of the first results.
    pub first: u32,
}

impl Arg<'_> {
    /// The value beside the result at a place.
    pub fn at(&self, place: usize, lanes: usize) -> f64 {
        match self {
            Self::Series(values) => values.get(place).copied().unwrap_or(f64::NAN),
            Self::Row([only]) => *only,
            Self::Row(values) => values.get(place % lanes).copied().unwrap_or(f64::NAN),
        }
    }
}

/// Computes results one beside the other: the fast way where there is one, then again with care what is no number.
pub(super) fn beside(window: &Window<'_>, args: &[Arg<'_>], out: &mut [f64]) {
    match (window.code, args) {
        (Code::Sum, [first, rest @ ..]) => {
            copy(*first, out);
            for (arg, sign) in rest.iter().zip(window.numbers.iter().skip(1)) {
                if *sign < 0.0 { fold(out, *arg, |a, b| a - b) } else { fold(out, *arg, |a, b| a + b) }
            }
            repair(window, args, out);
        }
        (Code::Product, [first, rest @ ..]) => {
            copy(*first, out);
            for (arg, side) in rest.iter().zip(window.numbers.iter().skip(1)) {
                if *side < 0.0 { fold(out, *arg, |a, b| a / b) } else { fold(out, *arg, |a, b| a * b) }
            }
            repair(window, args, out);
        }
        (Code::Scale, [x]) => {
            let scale = window.numbers.first().copied().unwrap_or(1.0);
            copy(*x, out);
            out.iter_mut().for_each(|value| *value *= scale);
            repair(window, args, out);
        }
        (Code::Negate, [x]) => {
            copy(*x, out);
            out.iter_mut().for_each(|value| *value = -*value);
            repair(window, args, out);
        }
        (Code::Min, [first, rest @ ..]) => {
            copy(*first, out);
            rest.iter().for_each(|arg| fold(out, *arg, |a, b| if b < a || b.is_nan() { b } else { a }));
            repair(window, args, out);
        }
        (Code::Max, [first, rest @ ..]) => {
            copy(*first, out);
            rest.iter().for_each(|arg| fold(out, *arg, |a, b| if b > a || b.is_nan() { b } else { a }));
            repair(window, args, out);
        }
        (Code::Compare, [a, b]) => compare(window, args, *a, *b, out),
        (Code::If, [condition, yes, no]) => choose(window.lanes, *condition, *yes, *no, out),
        _ => with_care(window, args, out, |_| true),
    }
}

fn copy(arg: Arg<'_>, out: &mut [f64]) {
    match arg {
        Arg::Series(values) => out.copy_from_slice(values),
        Arg::Row([only]) => out.fill(*only),
        Arg::Row(values) => out.chunks_exact_mut(values.len()).for_each(|row| row.copy_from_slice(values)),
    }
}

#[inline]
fn fold(out: &mut [f64], arg: Arg<'_>, with: impl Fn(f64, f64) -> f64) {
    match arg {
        Arg::Series(values) => out.iter_mut().zip(values).for_each(|(a, b)| *a = with(*a, *b)),
        Arg::Row([only]) => out.iter_mut().for_each(|a| *a = with(*a, *only)),
        Arg::Row(values) => {
            for row in out.chunks_exact_mut(values.len()) {
                row.iter_mut().zip(values).for_each(|(a, b)| *a = with(*a, *b));
            }
        }
    }
}

/// Neither operand of a finite comparison is NaN, and the difference tells.
fn compare(window: &Window<'_>, args: &[Arg<'_>], a: Arg<'_>, b: Arg<'_>, out: &mut [f64]) {
    let relation = Relation::from_number(window.numbers.first().copied().unwrap_or(0.0));
    copy(a, out);
    match relation {
        Relation::Less => fold(out, b, |a, b| answer(a, b, a < b)),
        Relation::AtMost => fold(out, b, |a, b| answer(a, b, a <= b)),
        Relation::More => fold(out, b, |a, b| answer(a, b, a > b)),
        Relation::AtLeast => fold(out, b, |a, b| answer(a, b, a >= b)),
        Relation::Equal => fold(out, b, |a, b| answer(a, b, a == b)),
        Relation::Unequal => fold(out, b, |a, b| answer(a, b, a != b)),
    }
    repair(window, args, out);
}

#[inline]
fn answer(a: f64, b: f64, holds: bool) -> f64 {
    if a.is_nan() || b.is_nan() { f64::NAN } else { f64::from(u8::from(holds)) }
}

fn choose(lanes: usize, condition: Arg<'_>, yes: Arg<'_>, no: Arg<'_>, out: &mut [f64]) {
    copy(condition, out);
    for (place, value) in out.iter_mut().enumerate() {
        if !value.is_nan() {
            *value = if *value == 0.0 { no.at(place, lanes) } else { yes.at(place, lanes) };
        }
    }
}

/// Computes again what came out as no finite number.
fn repair(window: &Window<'_>, args: &[Arg<'_>], out: &mut [f64]) {
    if out.iter().fold(true, |fine, value| fine & value.is_finite()) {
        return;
    }
    with_care(window, args, out, |value| !value.is_finite());
}

fn with_care(window: &Window<'_>, args: &[Arg<'_>], out: &mut [f64], wanted: impl Fn(f64) -> bool) {
    let mut values = vec![0.0; args.len()];
    let mut place = Place { op: window.op, step: window.first, timeline: window.timeline, numbers: window.numbers };
    for (row, results) in out.chunks_mut(window.lanes).enumerate() {
        place.step = window.first + row as u32;
        for (lane, result) in results.iter_mut().enumerate() {
            if wanted(*result) {
                let at = row * window.lanes + lane;
                values.iter_mut().zip(args).for_each(|(value, arg)| *value = arg.at(at, window.lanes));
                *result = scalar(window.code, &place, &values);
            }
        }
    }
}
