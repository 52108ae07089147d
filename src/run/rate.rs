//! Rates: at which payments are worth nothing.

use super::column::Columns;
use super::place::Place;
use super::value::{FaultKind, blank, decisive};
use crate::numeric::{annuity_rates, declining_left, zero_rates};
use crate::tape::{Blank, Code, OpId, SlotId, Tape, Which};

/// The rate that is asked for, or how many there are; `args` are the amounts, behind the rate to be next to.
pub(super) fn zero_rate(place: &Place<'_>, args: &[f64]) -> f64 {
    if let Some(absent) = decisive(args.iter().copied()) {
        return absent;
    }
    let which = Which::from_number(place.number(0));
    let Some(found) = zero_rates(&payments(place.numbers, args)) else { return blank(Blank::TooManyRates) };
    match (which, found.as_slice(), args.first()) {
        (Which::Count, found, _) => found.len() as f64,
        (Which::Only | Which::Nearest, [], _) => blank(Blank::NoRate),
        (Which::Only, [only], _) => *only,
        (Which::Only, [_, ..], _) => blank(Blank::SeveralRates),
        (Which::Nearest, [first, rest @ ..], near) => {
            let away = |rate: f64| (rate - near.copied().unwrap_or(0.0)).abs();
            rest.iter().fold(*first, |nearest, rate| if away(*rate) < away(nearest) { *rate } else { nearest })
        }
    }
}

/// The rate of even payments between two amounts.
pub(super) fn annuity(args: &[f64]) -> f64 {
    let [periods, payment, start, end, due] = args else { return blank(Blank::NoRate) };
    let Some(found) = annuity_rates(*periods, *payment, *start, *end, *due) else { return blank(Blank::TooManyRates) };
    match found.as_slice() {
        [] => blank(Blank::NoRate),
        [only] => *only,
        [_, ..] => blank(Blank::SeveralRates),
    }
}

/// What is left of an amount that declines.
pub(super) fn declining(place: &Place<'_>, args: &[f64]) -> f64 {
    let [cost, salvage, life, periods, factor] = args else { return blank(Blank::First) };
    declining_left([*cost, *salvage], *life, *periods, *factor).unwrap_or_else(|| place.fault(FaultKind::InvalidArgument))
}

/// When the running sum of amounts first rises to 0, on the straight line between two of them.
pub(super) fn turn(times: &[f64], amounts: &[f64]) -> f64 {
    let (mut sum, mut last) = (0.0, 0.0);
    for (time, amount) in times.iter().zip(amounts) {
        let before = sum;
        sum += amount;
        if before < 0.0 && sum >= 0.0 {
            return last + (time - last) * (-before / amount);
        }
        last = *time;
    }
    blank(Blank::Never)
}

/// Times and amounts.
fn payments(numbers: &[f64], args: &[f64]) -> Vec<(f64, f64)> {
    let times = numbers.get(1..).unwrap_or(&[]);
    let amounts = args.get(args.len().saturating_sub(times.len())..).unwrap_or(&[]);
    times.iter().copied().zip(amounts.iter().copied()).collect()
}

/// Every rate among which an operation could not choose in a step; none for other operations.
#[must_use]
pub fn rates(tape: &Tape, columns: &Columns, id: OpId, step: usize) -> Option<Vec<f64>> {
    let op = tape.op(id);
    let slot = SlotId(id.0);
    let several = columns.packed(slot, step, 0).to_bits() == blank(Blank::SeveralRates).to_bits();
    let read = |arg: &OpId, step: usize| columns.packed(SlotId(arg.0), step, 0);
    let amounts: Vec<f64> = match (op.code, tape.args(op)) {
        (Code::ZeroRate, args) if several => args.iter().map(|arg| read(arg, step)).collect(),
        (Code::ZeroRateOver, [.., of]) if several => (0..columns.steps()).map(|step| read(of, step)).collect(),
        _ => return None,
    };
    zero_rates(&payments(tape.numbers(op), &amounts)).filter(|found| found.len() > 1)
}
