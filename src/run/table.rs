//! Tables: over dates, over quantities in bands, over ages.

use super::place::{Place, arg};
use super::value::{FaultKind, blank, decisive};
use crate::tape::{Blank, Code};

/// `step { … }`: the row whose date is the last not after the start of the step.
pub(super) fn steps(place: &Place<'_>, row: impl Fn(usize) -> f64) -> f64 {
    let now = place.timeline.start(place.step);
    match place.numbers.iter().take_while(|date| **date <= now).count() {
        0 => blank(Blank::BeforeTable),
        passed => row(passed - 1),
    }
}

/// `linear { … }`: a + (b - a) · ((now - date of a) / (date of b - date of a)); on a date, the row alone.
pub(super) fn linear(place: &Place<'_>, args: &[f64]) -> f64 {
    let now = place.timeline.start(place.step);
    let passed = place.numbers.iter().take_while(|date| **date <= now).count();
    if passed == 0 {
        return blank(Blank::BeforeTable);
    }
    between(place.numbers, passed - 1, now, |at| arg(args, at), place)
}

/// A curve read at the first argument.
pub(super) fn curve_at(place: &Place<'_>, args: &[f64]) -> f64 {
    match args.split_first() {
        Some((age, _)) if age.is_nan() => *age,
        Some((age, values)) => curve(place.numbers, *age, |at| arg(values, at), place),
        None => blank(Blank::First),
    }
}

/// A curve read at an age: level before the first age and behind the last; `beyond`, whose age is infinite, holds
/// behind the last finite age.
pub(super) fn curve(ages: &[f64], age: f64, value: impl Fn(usize) -> f64, place: &Place<'_>) -> f64 {
    let passed = ages.iter().take_while(|known| **known <= age).count();
    if passed == 0 {
        return value(0);
    }
    let open = ages.get(passed).is_some_and(|next| next.is_infinite());
    let on_it = ages.get(passed - 1) == Some(&age);
    if open && !on_it { value(passed) } else { between(ages, passed - 1, age, value, place) }
}

/// On the straight line from the row at `at` to the next; on the row's own key, or behind the last, the row alone.
fn between(keys: &[f64], at: usize, now: f64, value: impl Fn(usize) -> f64, place: &Place<'_>) -> f64 {
    let a = value(at);
    let (Some(left), Some(right)) = (keys.get(at), keys.get(at + 1)) else { return a };
    if *left == now {
        return a;
    }
    let b = value(at + 1);
    decisive([a, b]).unwrap_or_else(|| place.finite(a + (b - a) * ((now - left) / (right - left))))
}

/// Tables in bands: `args` holds the quantity, a price a band, a flat fee a band.
pub(super) fn bands(code: Code, place: &Place<'_>, args: &[f64]) -> f64 {
    let bounds = place.numbers;
    let quantity = arg(args, 0);
    if quantity.is_nan() {
        return quantity;
    }
    if quantity < 0.0 {
        return place.fault(FaultKind::InvalidArgument);
    }
    let price = |band: usize| arg(args, 1 + band);
    let fee = |band: usize| arg(args, 1 + bounds.len() + band);
    if code == Code::Graduated {
        return graduated(place, quantity, price, fee);
    }
    let package = code == Code::Package;
    let held = bounds.iter().position(|bound| package || quantity <= *bound);
    let Some(band) = held else { return place.fault(FaultKind::TableEnd) };
    let (price, fee) = (price(band), fee(band));
    if let Some(absent) = decisive([price, fee]) {
        return absent;
    }
    let times = if package { (quantity / place.number(0)).ceil() } else { quantity };
    place.finite(if code == Code::Stairstep { price + fee } else { times * price + fee })
}

/// Σ (the part of the quantity inside a band) · rate + fee, band by band, as far as the quantity reaches.
fn graduated(place: &Place<'_>, quantity: f64, rate: impl Fn(usize) -> f64, fee: impl Fn(usize) -> f64) -> f64 {
    let mut total = 0.0;
    let mut lower = 0.0;
    let mut absent = Vec::new();
    for (band, bound) in place.numbers.iter().enumerate() {
        if band > 0 && quantity <= lower {
            break;
        }
        let (rate, fee) = (rate(band), fee(band));
        if rate.is_nan() || fee.is_nan() {
            absent.extend([rate, fee]);
        }
        total += (quantity.min(*bound) - lower) * rate;
        total += fee;
        lower = *bound;
    }
    if place.numbers.last().is_some_and(|last| quantity > *last) {
        return place.fault(FaultKind::TableEnd);
    }
    decisive(absent).unwrap_or_else(|| place.finite(total))
}
