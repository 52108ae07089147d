//! What an operation does to whole rows: the arithmetic of `scalar`, for numbers, at full speed.
#![allow(clippy::inline_always, reason = "what is inlined is compiled for the widest vectors")]

use super::home::Home;
use super::row::{Operand, Row, binary, compare, fold, join, ternary, unary};
use crate::numeric::normal_cdf;
use crate::numeric::rows::{exp_row, ln_row, normal_quantile_row, pow_row};
use crate::numeric::simd::{Kernel, Simd, dispatch_wide};
use crate::run::stretch;
use crate::run::value::is_blank;
use crate::tape::{Code, Relation};

/// Computes a row; false where an operation has no fast way. Lanes that read a blank or a fault, or whose result is
/// none, come out as no finite number.
pub(super) fn beside<'a>(
    out: &mut Row,
    code: Code,
    numbers: &[f64],
    args: &[Home],
    operand: impl Fn(Home) -> Operand<'a>,
) -> bool {
    match (code, args) {
        (Code::Sum, [first, rest @ ..]) => sum(out, numbers, operand(*first), rest, operand),
        (Code::Product, [first, rest @ ..]) => product(out, numbers, operand(*first), rest, operand),
        (Code::Scale, [x]) => {
            let scale = numbers.first().copied().unwrap_or(1.0);
            unary(out, operand(*x), move |x| x * scale);
        }
        (Code::Negate, [x]) => unary(out, operand(*x), |x| -x),
        (Code::Abs, [x]) => unary(out, operand(*x), f64::abs),
        (Code::Sqrt, [x]) => unary(out, operand(*x), f64::sqrt),
        (Code::Exp, [x]) => dispatch_wide(Exp(&row_of(operand(*x)), out)),
        (Code::Ln, [x]) => dispatch_wide(Ln(&row_of(operand(*x)), out)),
        (Code::Power, [base, exponent]) => dispatch_wide(Power(&row_of(operand(*base)), &row_of(operand(*exponent)), out)),
        (Code::NormalCdf, [x]) => unary(out, operand(*x), normal_cdf),
        (Code::NormalQuantile, [x]) => dispatch_wide(NormalQuantile(&row_of(operand(*x)), out)),
        (Code::Not, [x]) => unary(out, operand(*x), |x| if x.is_nan() { x } else { f64::from(u8::from(x == 0.0)) }),
        (Code::Compare, [a, b]) => {
            compare(out, Relation::from_number(numbers.first().copied().unwrap_or(0.0)), operand(*a), operand(*b))
        }
        (Code::If, [condition, yes, no]) => {
            let parts = [operand(*condition), operand(*yes), operand(*no)];
            ternary(out, parts, |condition, yes, no| {
                let chosen = if condition == 0.0 { no } else { yes };
                if condition.is_nan() { condition } else { chosen }
            });
        }
        (Code::Otherwise, [first, second]) => {
            binary(out, operand(*first), operand(*second), |first, second| if is_blank(first) { second } else { first });
        }
        (Code::Graduated, [quantity, rest @ ..]) => return graduated(out, numbers, operand(*quantity), rest, operand),
        (Code::Min, [first, rest @ ..]) => {
            unary(out, operand(*first), |x| x);
            rest.iter().for_each(|arg| fold(out, operand(*arg), |a, b| if (b < a) | b.is_nan() { b } else { a }));
        }
        (Code::Max, [first, rest @ ..]) => {
            unary(out, operand(*first), |x| x);
            rest.iter().for_each(|arg| fold(out, operand(*arg), |a, b| if (b > a) | b.is_nan() { b } else { a }));
        }
        _ => return false,
    }
    true
}

/// An operand as a row.
fn row_of(operand: Operand<'_>) -> Row {
    match operand {
        Operand::Row(row) => row.clone(),
        Operand::Same(value) => Row::of(value),
    }
}

macro_rules! curves {
    ($($name:ident($($x:ident)*) $row:ident)*) => {$(
        struct $name<'a>($(&'a curves!(@row $x),)* &'a mut Row);

        impl Kernel for $name<'_> {
            type Output = ();

            #[inline(always)]
            fn run<S: Simd>(self, _: S) {
                let Self($($x,)* out) = self;
                $row($($x,)* out);
            }
        }
    )*};
    (@row $x:ident) => { Row };
}

curves! {
    Exp(x) exp_row
    Ln(x) ln_row
    Power(x y) pow_row
    NormalQuantile(x) normal_quantile_row
}

fn sum<'a>(out: &mut Row, signs: &[f64], first: Operand<'a>, rest: &[Home], operand: impl Fn(Home) -> Operand<'a>) {
    let minus = |at: usize| signs.get(at + 1).is_some_and(|sign| *sign < 0.0);
    let Some((second, others)) = rest.split_first() else {
        unary(out, first, |x| x);
        return;
    };
    let second = operand(*second);
    if minus(0) {
        binary(out, first, second, |a, b| a - b);
    } else {
        binary(out, first, second, |a, b| a + b);
    }
    for (at, other) in others.iter().enumerate() {
        let other = operand(*other);
        if minus(at + 1) { fold(out, other, |a, b| a - b) } else { fold(out, other, |a, b| a + b) }
    }
}

fn product<'a>(out: &mut Row, sides: &[f64], first: Operand<'a>, rest: &[Home], operand: impl Fn(Home) -> Operand<'a>) {
    let over = |at: usize| sides.get(at + 1).is_some_and(|side| *side < 0.0);
    let Some((second, others)) = rest.split_first() else {
        unary(out, first, |x| x);
        return;
    };
    let second = operand(*second);
    if over(0) {
        binary(out, first, second, |a, b| a / b);
    } else {
        binary(out, first, second, |a, b| a * b);
    }
    for (at, other) in others.iter().enumerate() {
        let other = operand(*other);
        if over(at + 1) { fold(out, other, |a, b| a / b) } else { fold(out, other, |a, b| a * b) }
    }
}

/// Band by band, as far as the quantity of a lane reaches: in one go where all lanes pay the same prices. False where a fee
/// differs from lane to lane.
fn graduated<'a>(
    out: &mut Row,
    bounds: &[f64],
    quantity: Operand<'a>,
    prices: &[Home],
    operand: impl Fn(Home) -> Operand<'a>,
) -> bool {
    let beside = |operand: Operand<'a>| match operand {
        Operand::Row(row) => stretch::Operand::Each(row),
        Operand::Same(value) => stretch::Operand::Same(value),
    };
    if crate::run::fold::graduated(bounds, beside(quantity), prices, out, |price| beside(operand(*price))).is_some() {
        return true;
    }
    let Some((rates, fees)) = prices.split_at_checked(bounds.len()) else { return false };
    let last = bounds.last().copied().unwrap_or(f64::INFINITY);
    unary(out, quantity, move |quantity| if (quantity >= 0.0) & (quantity <= last) { 0.0 } else { f64::NAN });
    let mut lower = f64::NEG_INFINITY;
    for ((bound, rate), fee) in bounds.iter().zip(rates).zip(fees) {
        let Operand::Same(fee) = operand(*fee) else { return false };
        let (reached_from, from, bound) = (lower, lower.max(0.0), *bound);
        join(out, quantity, operand(*rate), move |total, quantity, rate| {
            let up_to = if quantity < bound { quantity } else { bound };
            let more = total + (up_to - from) * rate + fee;
            if quantity > reached_from { more } else { total }
        });
        lower = bound;
    }
    true
}
