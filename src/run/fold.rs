//! Kernels over slices: what `scalar` says, many values at once where all of them are finite.

use super::place::Place;
use super::scalar::scalar;
use super::stretch::{Operand, binary, fold, ternary, unary};
use super::work::{self, Band, Bands, Choice, Copied, FirstBand, Least, Minus, Most, Negated, Over, Plus, Scaled, Times};
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

impl<'a> Arg<'a> {
    /// What lies beside a stretch of results: of a row of many lanes, all of it.
    fn beside(&self, start: usize, length: usize) -> Operand<'a> {
        match self {
            Self::Series(values) => Operand::Each(values.get(start..start + length).unwrap_or_default()),
            Self::Row([only]) => Operand::Same(*only),
            Self::Row(values) => Operand::Each(values),
        }
    }

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
pub(super) fn beside<'a>(window: &Window<'_>, args: &[Arg<'a>], out: &mut [f64]) {
    // What differs from lane to lane but not from step to step goes by the step.
    let by_step = args.iter().any(|arg| matches!(arg, Arg::Row([_, _, ..])));
    let length = if by_step { window.lanes } else { out.len() };
    let mut fine = true;
    for (at, piece) in out.chunks_exact_mut(length.max(1)).enumerate() {
        match stretch(window, args, piece, |arg: &Arg<'a>| arg.beside(at * length, length)) {
            Some(finite) => fine &= finite,
            None => return with_care(window, args, out, |_| true),
        }
    }
    if !fine {
        with_care(window, args, out, |value| !value.is_finite());
    }
}

/// The fast way over a stretch of results; none where there is none. What is no number where it should be one, or the
/// wrong one of several, comes out as no finite number; whether there is none of them.
fn stretch<'a>(
    window: &Window<'_>,
    args: &[Arg<'a>],
    out: &mut [f64],
    operand: impl Fn(&Arg<'a>) -> Operand<'a>,
) -> Option<bool> {
    let numbers = window.numbers;
    Some(match (window.code, args) {
        (Code::Sum | Code::Product | Code::Min | Code::Max, [only]) => unary(out, operand(only), Copied),
        (Code::Sum, [a, b, rest @ ..]) => {
            let (a, b) = (operand(a), operand(b));
            let fine = if is_inverse(numbers, 1) { binary(out, a, b, Minus) } else { binary(out, a, b, Plus) };
            // What is no finite number stays none, whatever is added.
            rest.iter().enumerate().fold(fine, |_, (at, arg)| {
                if is_inverse(numbers, at + 2) { fold(out, operand(arg), Minus) } else { fold(out, operand(arg), Plus) }
            })
        }
        (Code::Product, [a, b, rest @ ..]) => {
            let (a, b) = (operand(a), operand(b));
            let fine = if is_inverse(numbers, 1) { binary(out, a, b, Over) } else { binary(out, a, b, Times) };
            rest.iter().enumerate().fold(fine, |_, (at, arg)| {
                if is_inverse(numbers, at + 2) { fold(out, operand(arg), Over) } else { fold(out, operand(arg), Times) }
            })
        }
        (Code::Scale, [x]) => unary(out, operand(x), Scaled(numbers.first().copied().unwrap_or(1.0))),
        (Code::Negate, [x]) => unary(out, operand(x), Negated),
        (Code::Min, [a, b, rest @ ..]) => {
            let fine = binary(out, operand(a), operand(b), Least);
            rest.iter().fold(fine, |_, arg| fold(out, operand(arg), Least))
        }
        (Code::Max, [a, b, rest @ ..]) => {
            let fine = binary(out, operand(a), operand(b), Most);
            rest.iter().fold(fine, |_, arg| fold(out, operand(arg), Most))
        }
        (Code::Compare, [a, b]) => {
            let relation = Relation::from_number(numbers.first().copied().unwrap_or(0.0));
            compare(relation, operand(a), operand(b), out)
        }
        (Code::If, [condition, yes, no]) => ternary(out, [condition, yes, no].map(operand), Choice),
        (Code::Graduated, [quantity, rest @ ..]) => return graduated(numbers, operand(quantity), rest, out, operand),
        _ => return None,
    })
}

/// Whether a part of a sum is taken away, or of a product is a divisor.
pub(super) fn is_inverse(numbers: &[f64], at: usize) -> bool {
    numbers.get(at).is_some_and(|number| *number < 0.0)
}

fn compare(relation: Relation, a: Operand<'_>, b: Operand<'_>, out: &mut [f64]) -> bool {
    match relation {
        Relation::Less => binary(out, a, b, work::Less),
        Relation::AtMost => binary(out, a, b, work::AtMost),
        Relation::More => binary(out, a, b, work::More),
        Relation::AtLeast => binary(out, a, b, work::AtLeast),
        Relation::Equal => binary(out, a, b, work::Equal),
        Relation::Unequal => binary(out, a, b, work::Unequal),
    }
}

/// Band by band, as far as each quantity reaches; none where a price or a fee is not the same for all.
pub(super) fn graduated<'a, P>(
    bounds: &[f64],
    quantity: Operand<'_>,
    prices: &[P],
    out: &mut [f64],
    operand: impl Fn(&P) -> Operand<'a>,
) -> Option<bool> {
    let same = |price: &P| match operand(price) {
        Operand::Same(value) => Some(value),
        Operand::Each(_) => None,
    };
    let (rates, fees) = prices.split_at_checked(bounds.len())?;
    let (last, bound) = (bounds.last().copied()?, bounds.first().copied()?);
    let first = FirstBand { bound, last, rate: same(rates.first()?)?, fee: same(fees.first()?)? };
    let band = |at: usize| {
        let (from, bound) = (*bounds.get(at - 1)?, *bounds.get(at)?);
        Some(Band { from, bound, rate: same(rates.get(at)?)?, fee: same(fees.get(at)?)? })
    };
    Some(match bounds.len() {
        1 => unary(out, quantity, first),
        2 => unary(out, quantity, Bands { first, more: [band(1)?] }),
        3 => unary(out, quantity, Bands { first, more: [band(1)?, band(2)?] }),
        4 => unary(out, quantity, Bands { first, more: [band(1)?, band(2)?, band(3)?] }),
        count => {
            let fine = unary(out, quantity, first);
            (1..count).try_fold(fine, |_, at| Some(fold(out, quantity, band(at)?)))?
        }
    })
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
