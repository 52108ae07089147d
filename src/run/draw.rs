//! Draws: a distribution on the tape, and its mean.

use super::column::Columns;
use super::place::{Place, arg};
use super::value::{Fault, FaultKind, decisive};
use crate::numeric::distribution::{Family, Parameter, Reason, Truncated, resolve};
use crate::tape::{SlotId, Tape};

/// The numbers of a draw on the tape: whose it is, the family, whether there is a lower and an upper bound, then each
/// parameter. The operation reads the parameters, then the bounds. Equal distributions of two names are two draws.
#[must_use]
pub fn encode(of: u32, family: Family, low: bool, high: bool, parameters: &[Parameter]) -> Vec<f64> {
    let family = Family::ALL.iter().position(|known| *known == family).unwrap_or(0);
    let head = [f64::from(of), family as f64, f64::from(u8::from(low)), f64::from(u8::from(high))];
    head.into_iter().chain(parameters.iter().copied().map(number)).collect()
}

/// Why the parameters of a fault's draw make no distribution.
#[must_use]
pub fn reason(tape: &Tape, columns: &Columns, fault: Fault, lane: usize) -> Option<Reason> {
    let op = tape.op(fault.op);
    let read = |slot: SlotId| columns.packed(slot, fault.step as usize, lane);
    let args: Vec<f64> = tape.args(op).iter().map(|arg| read(SlotId(arg.0))).collect();
    (fault.kind == FaultKind::Parameter).then(|| distribution(tape.numbers(op), &args).err()).flatten()
}

/// The mean of a draw; of what the parameters leave undefined, nothing.
pub(super) fn mean(place: &Place<'_>, args: &[f64]) -> f64 {
    if let Some(absent) = decisive(args.iter().copied()) {
        return absent;
    }
    match distribution(place.numbers, args) {
        Ok(truncated) => place.finite(truncated.mean()),
        Err(_) => place.fault(FaultKind::Parameter),
    }
}

/// The draw at a uniform, where the parameters differ from sample to sample.
pub(super) fn at(place: &Place<'_>, args: &[f64], uniform: f64) -> f64 {
    if let Some(absent) = decisive(args.iter().copied()) {
        return absent;
    }
    match distribution(place.numbers, args) {
        Ok(truncated) => place.finite(truncated.quantile(uniform)),
        Err(_) => place.fault(FaultKind::Parameter),
    }
}

pub(super) fn distribution(numbers: &[f64], args: &[f64]) -> Result<Truncated, Reason> {
    let (head, codes) = numbers.split_at(numbers.len().min(4));
    let family = head.get(1).and_then(|at| Family::ALL.get(*at as usize)).copied().unwrap_or(Family::Normal);
    let given: Vec<(Parameter, f64)> = codes.iter().map(|code| parameter(*code)).zip(args.iter().copied()).collect();
    let has = |at: usize| head.get(at).is_some_and(|flag| *flag != 0.0);
    let low = has(2).then(|| arg(args, codes.len()));
    let high = has(3).then(|| arg(args, codes.len() + usize::from(has(2))));
    resolve(family, &given)?.between(low, high)
}

/// Parameters without a value of their own, by number; a quantile is its level, negative.
const NAMED: [Parameter; 17] = [
    Parameter::Mean,
    Parameter::Deviation,
    Parameter::Low,
    Parameter::Mode,
    Parameter::High,
    Parameter::Alpha,
    Parameter::Beta,
    Parameter::Concentration,
    Parameter::Shape,
    Parameter::Scale,
    Parameter::Mu,
    Parameter::Sigma,
    Parameter::Median,
    Parameter::Trials,
    Parameter::Probability,
    Parameter::Value,
    Parameter::Weight,
];

fn number(parameter: Parameter) -> f64 {
    if let Parameter::Quantile(level) = parameter {
        return -level;
    }
    NAMED.iter().position(|known| *known == parameter).unwrap_or(0) as f64
}

fn parameter(number: f64) -> Parameter {
    if number.is_sign_negative() {
        return Parameter::Quantile(-number);
    }
    NAMED.get(number as usize).copied().unwrap_or(Parameter::Mean)
}
