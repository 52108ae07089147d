//! Draws: a distribution on the tape, and its mean.

use super::column::Columns;
use super::place::Place;
use super::value::{Fault, FaultKind, decisive};
use crate::numeric::distribution::{Distribution, Family, Mixture, Parameter, Reason, Truncated, resolve};
use crate::tape::{Code, OpId, SlotId, Tape};

/// The numbers of a draw on the tape: whose it is, whether there is a lower and an upper bound, how many parts, then of
/// each part the family, how many parameters, and these. The operation reads the parameters part by part, then a weight a
/// part where there are several, then the bounds. Equal distributions of two names are two draws.
#[must_use]
pub fn encode(of: u32, low: bool, high: bool, parts: &[(Family, Vec<Parameter>)]) -> Vec<f64> {
    let head = [f64::from(of), f64::from(u8::from(low)), f64::from(u8::from(high)), parts.len() as f64];
    let part = |(family, parameters): &(Family, Vec<Parameter>)| {
        let family = Family::ALL.iter().position(|known| known == family).unwrap_or(0);
        let head = [family as f64, parameters.len() as f64];
        head.into_iter().chain(parameters.iter().copied().map(number)).collect::<Vec<f64>>()
    };
    head.into_iter().chain(parts.iter().flat_map(part)).collect()
}

/// Why the parameters of a fault's draw make no distribution.
#[must_use]
pub fn reason(tape: &Tape, columns: &Columns, fault: Fault, lane: usize) -> Option<Reason> {
    let op = tape.op(fault.op);
    let read = |slot: SlotId| columns.packed(slot, fault.step as usize, lane);
    let args: Vec<f64> = tape.args(op).iter().map(|arg| read(SlotId(arg.0))).collect();
    // A moment has its own number before those of its draw, and what is asked, scale and shift before what that reads.
    let before = if op.code == Code::Moment { (1, 3) } else { (0, 0) };
    let (numbers, args) = (tape.numbers(op).get(before.0..)?, args.get(before.1..)?);
    (fault.kind == FaultKind::Parameter).then(|| distribution(numbers, args).err()).flatten()
}

/// The value up to which a share of a draw lies, its parameters as they stand in a step; none where they make no distribution.
#[must_use]
pub fn quantile(tape: &Tape, columns: &Columns, id: OpId, step: usize, share: f64) -> Option<f64> {
    let op = tape.op(id);
    let args: Vec<f64> = tape.args(op).iter().map(|arg| columns.packed(SlotId(arg.0), step, 0)).collect();
    if decisive(args.iter().copied()).is_some() {
        return None;
    }
    distribution(tape.numbers(op), &args).ok().map(|distribution| distribution.quantile(share))
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

/// A draw read off the tape.
struct Drawn {
    parts: Vec<(Family, Vec<(Parameter, f64)>)>,
    weights: Vec<f64>,
    low: Option<f64>,
    high: Option<f64>,
}

fn read(numbers: &[f64], args: &[f64]) -> Drawn {
    let mut numbers = numbers.iter().copied().skip(1);
    let mut next = || numbers.next().unwrap_or(0.0);
    let mut values = args.iter().copied();
    let (low, high, count) = (next() != 0.0, next() != 0.0, next() as usize);
    let mut parts = Vec::with_capacity(count);
    for _ in 0..count {
        let family = Family::ALL.get(next() as usize).copied().unwrap_or(Family::Normal);
        let parameters = next() as usize;
        let given = (0..parameters).map(|_| (parameter(next()), values.next().unwrap_or(f64::NAN)));
        parts.push((family, given.collect()));
    }
    let weights = values.by_ref().take(if count > 1 { count } else { 0 }).collect();
    let low = if low { values.next() } else { None };
    Drawn { parts, weights, low, high: if high { values.next() } else { None } }
}

/// The distribution of a draw.
pub(super) fn distribution(numbers: &[f64], args: &[f64]) -> Result<Truncated, Reason> {
    let drawn = read(numbers, args);
    if let [(family, given)] = drawn.parts.as_slice() {
        return resolve(*family, given)?.between(drawn.low, drawn.high);
    }
    let mut parts: Vec<(Truncated, f64)> = Vec::with_capacity(drawn.parts.len());
    for ((family, given), weight) in drawn.parts.iter().zip(&drawn.weights) {
        parts.push((resolve(*family, given)?.between(None, None)?, *weight));
    }
    Distribution::Mixture(Mixture::weighted(parts)?).between(drawn.low, drawn.high)
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
