//! One value at a time: what every operation means. The kernels for slices only do the same faster.

use super::draw;
use super::moment;
use super::rate;
use super::place::{Place, arg};
use super::table;
use super::value::{FaultKind, blank, decisive, is_blank};
use crate::calendar::moment as calendar;
use crate::numeric::{Rounding, beta_lower, exp, gamma_lower, gamma_upper, hypergeometric, ln, ln_gamma, normal_cdf, normal_quantile, pow, round};
use crate::tape::{Blank, Code, Relation};

/// What an operation makes of the values it reads in one step. Operations that read other steps stand in `through`.
pub(super) fn scalar(code: Code, place: &Place<'_>, args: &[f64]) -> f64 {
    match code {
        Code::Number => place.number(0),
        Code::Blank => blank(Blank::ALL.get(place.number(0) as usize).copied().unwrap_or(Blank::First)),
        Code::Circle => place.fault(FaultKind::Circle),
        Code::Time => place.timeline.start(place.step),
        Code::All => conditions(args, 0.0),
        Code::Any => conditions(args, 1.0),
        Code::If => choose(args),
        Code::Element => element(place, args),
        Code::Ranked => decisive(args.iter().copied()).unwrap_or_else(|| ranked(place, args)),
        Code::Otherwise => args.iter().copied().find(|value| !is_blank(*value)).or(args.first().copied()).unwrap_or(0.0),
        Code::Steps => table::steps(place, |at| arg(args, at)),
        Code::Linear => table::linear(place, args),
        Code::List => arg(args, place.step as usize),
        Code::Graduated | Code::Volume | Code::Package | Code::Stairstep => table::bands(code, place, args),
        Code::Curve => table::curve_at(place, args),
        Code::Ages => {
            let age = f64::from(place.step) * place.timeline.period;
            table::curve(place.numbers, age, |at| arg(args, at), place)
        }
        Code::Draw | Code::DrawEach => draw::mean(place, args),
        Code::Statistic => blank(Blank::Samples),
        Code::Moment => moment::moment(place, args),
        Code::ZeroRate => rate::zero_rate(place, args),
        Code::AnnuityRate => decisive(args.iter().copied()).unwrap_or_else(|| rate::annuity(args)),
        Code::DecliningLeft => decisive(args.iter().copied()).unwrap_or_else(|| rate::declining(place, args)),
        Code::Turn => decisive(args.iter().copied()).unwrap_or_else(|| rate::turn(place.numbers, args)),
        Code::Sum
        | Code::Product
        | Code::Scale
        | Code::Negate
        | Code::Power
        | Code::Compare
        | Code::Not
        | Code::Min
        | Code::Max
        | Code::Abs
        | Code::Floor
        | Code::Ceil
        | Code::Round
        | Code::Sqrt
        | Code::Exp
        | Code::Ln
        | Code::LnGamma
        | Code::Hypergeometric
        | Code::GammaCdf
        | Code::GammaTail
        | Code::BetaCdf
        | Code::NormalCdf
        | Code::NormalQuantile
        | Code::InDays
        | Code::InMonths
        | Code::MonthsLater
        | Code::After
        | Code::Compound => decisive(args.iter().copied()).unwrap_or_else(|| strict(code, place, args)),
        // They read other steps or other lanes' factors; the machine computes them.
        Code::Input | Code::Stepwise | Code::Opening | Code::Accumulate | Code::Delay | Code::LoopDelay => f64::NAN,
        Code::Smear | Code::Cohorts | Code::Vintages | Code::Total | Code::Lowest | Code::Highest => f64::NAN,
        Code::Average | Code::Final | Code::When | Code::At | Code::ZeroRateOver => f64::NAN,
    }
}

/// Operations over numbers alone.
fn strict(code: Code, place: &Place<'_>, args: &[f64]) -> f64 {
    let x = args.first().copied().unwrap_or(0.0);
    let y = args.get(1).copied().unwrap_or(0.0);
    match code {
        Code::Sum => place.finite(sum(place.numbers, args)),
        Code::Product => product(place, args),
        Code::Scale => place.finite(x * place.number(0)),
        Code::Negate => -x,
        Code::Power => power(place, x, y),
        Code::Compare => f64::from(u8::from(compare(place.numbers, args))),
        Code::Not => f64::from(u8::from(x == 0.0)),
        Code::Min => args.iter().copied().fold(x, |least, value| if value < least { value } else { least }),
        Code::Max => args.iter().copied().fold(x, |most, value| if value > most { value } else { most }),
        Code::Abs => x.abs(),
        // A zero has no sign.
        Code::Floor => x.floor() + 0.0,
        Code::Ceil => x.ceil() + 0.0,
        Code::Round => round(x, 0, Rounding::HalfEven),
        Code::Sqrt if x < 0.0 => place.fault(FaultKind::InvalidArgument),
        Code::Sqrt => x.sqrt(),
        Code::Exp => place.finite(exp(x)),
        Code::Ln if x <= 0.0 => place.fault(FaultKind::InvalidArgument),
        Code::Ln => ln(x),
        Code::LnGamma if x <= 0.0 => place.fault(FaultKind::InvalidArgument),
        Code::LnGamma => place.finite(ln_gamma(x)),
        Code::Hypergeometric => {
            let at = |place: usize| args.get(place).copied().unwrap_or(0.0);
            defined(place, hypergeometric(at(3), x, y, at(2)))
        }
        Code::GammaCdf => defined(place, gamma_lower(y, x.max(0.0))),
        Code::GammaTail => defined(place, gamma_upper(y, x.max(0.0))),
        Code::BetaCdf => defined(place, beta_lower(y, args.get(2).copied().unwrap_or(f64::NAN), x.clamp(0.0, 1.0))),
        Code::NormalCdf => normal_cdf(x),
        Code::NormalQuantile if x <= 0.0 || x >= 1.0 => place.fault(FaultKind::InvalidArgument),
        Code::NormalQuantile => normal_quantile(x),
        Code::InDays => place.finite(calendar::in_days(x)),
        Code::InMonths => place.finite(calendar::in_months(x)),
        Code::MonthsLater => place.finite(calendar::months_later(x, y)),
        Code::After => {
            let behind = (place.timeline.start(place.step + 1) - x) / place.timeline.period;
            behind.clamp(0.0, 1.0)
        }
        Code::Compound => {
            let exponent = f64::from(place.step) * place.timeline.period / place.number(0);
            power(place, 1.0 + x, exponent)
        }
        // None of the others is strict.
        Code::Number | Code::Blank | Code::Circle | Code::Input | Code::All | Code::Any | Code::If | Code::Element | Code::Ranked => f64::NAN,
        Code::Otherwise | Code::Time | Code::Steps | Code::Linear | Code::List | Code::Graduated => f64::NAN,
        Code::Volume | Code::Package | Code::Stairstep | Code::Curve | Code::Ages | Code::Stepwise => f64::NAN,
        Code::Opening | Code::Accumulate | Code::Delay | Code::LoopDelay | Code::Smear | Code::Cohorts => f64::NAN,
        Code::Vintages | Code::Total | Code::Lowest | Code::Highest | Code::Average | Code::Final => f64::NAN,
        Code::When | Code::At | Code::Draw | Code::DrawEach | Code::Moment | Code::ZeroRate | Code::ZeroRateOver | Code::Turn => f64::NAN,
        Code::AnnuityRate | Code::DecliningLeft | Code::Statistic => f64::NAN,
    }
}

/// What a function gives where it is defined.
fn defined(place: &Place<'_>, value: f64) -> f64 {
    if value.is_nan() { place.fault(FaultKind::InvalidArgument) } else { place.finite(value) }
}

fn sum(signs: &[f64], args: &[f64]) -> f64 {
    let mut terms = signs.iter().zip(args).map(|(sign, value)| if *sign < 0.0 { -*value } else { *value });
    let first = terms.next().unwrap_or(0.0);
    terms.fold(first, |total, term| total + term)
}

/// From the left; 0/0 is blank, x/0 a fault, and what comes behind them changes nothing.
fn product(place: &Place<'_>, args: &[f64]) -> f64 {
    let mut result = args.first().copied().unwrap_or(1.0);
    for (value, side) in args.iter().zip(place.numbers).skip(1) {
        if *side < 0.0 {
            if *value == 0.0 {
                return if result == 0.0 { blank(Blank::ZeroByZero) } else { place.fault(FaultKind::DivisionByZero) };
            }
            result /= value;
        } else {
            result *= value;
        }
        if !result.is_finite() {
            return place.fault(FaultKind::Overflow);
        }
    }
    result
}

pub(super) fn power(place: &Place<'_>, base: f64, exponent: f64) -> f64 {
    let result = pow(base, exponent);
    if result.is_finite() {
        result
    } else if result.is_nan() {
        place.fault(FaultKind::InvalidArgument)
    } else if base == 0.0 {
        place.fault(FaultKind::DivisionByZero)
    } else {
        place.fault(FaultKind::Overflow)
    }
}

fn compare(relations: &[f64], args: &[f64]) -> bool {
    let pairs = args.iter().zip(args.iter().skip(1));
    pairs.zip(relations).all(|((a, b), relation)| Relation::from_number(*relation).holds(*a, *b))
}

/// The deciding answer wherever it stands; else the first fault, else the first blank, else the other answer.
fn conditions(args: &[f64], deciding: f64) -> f64 {
    let decides = |value: &f64| !value.is_nan() && (*value != 0.0) == (deciding != 0.0);
    if args.iter().any(decides) {
        return deciding;
    }
    decisive(args.iter().copied()).unwrap_or(1.0 - deciding)
}

/// The value at a place that is counted from 1.
fn element(place: &Place<'_>, args: &[f64]) -> f64 {
    let at = arg(args, 0);
    if at.is_nan() {
        return at;
    }
    let inside = at.fract() == 0.0 && at >= 1.0 && at < args.len() as f64;
    if inside { arg(args, at as usize) } else { place.fault(FaultKind::InvalidArgument) }
}

fn ranked(place: &Place<'_>, args: &[f64]) -> f64 {
    let Some((at, values)) = args.split_first() else { return f64::NAN };
    if at.fract() != 0.0 || *at < 1.0 || *at > values.len() as f64 {
        return place.fault(FaultKind::InvalidArgument);
    }
    let mut values = values.to_vec();
    *values.select_nth_unstable_by(*at as usize - 1, f64::total_cmp).1
}

fn choose(args: &[f64]) -> f64 {
    match args {
        [condition, _, _] if condition.is_nan() => *condition,
        [condition, yes, no] => if *condition == 0.0 { *no } else { *yes },
        _ => f64::NAN,
    }
}
