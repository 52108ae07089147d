//! Dates by counting the months of a cycle of 400 years one by one.

use super::{Outcome, finite};

const CYCLE: f64 = 4_800.0;
const DAYS_OF_CYCLE: f64 = 146_097.0;
/// Days from the beginning of year 0 to 1970-01-01.
const DAYS_BEFORE_1970: f64 = 719_528.0;

fn length(month: usize) -> f64 {
    let (year, month) = (month / 12, month % 12);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    [31.0, if leap { 29.0 } else { 28.0 }, 31.0, 30.0, 31.0, 30.0, 31.0, 31.0, 30.0, 31.0, 30.0, 31.0][month]
}

/// The cycle a month lies in, and its place there.
fn place(month: f64) -> (f64, usize) {
    let cycle = (month / CYCLE).floor();
    (cycle, (month - cycle * CYCLE) as usize)
}

fn followed(months: f64) -> bool {
    (months / 12.0).floor().abs() < 1e6
}

fn days_before(month: f64) -> f64 {
    let (cycle, within) = place(month);
    cycle * DAYS_OF_CYCLE + (0..within).map(length).sum::<f64>() - DAYS_BEFORE_1970
}

/// Whole days, and what is left over; within a hair of a whole minute it is one.
fn of_days(days: f64) -> (f64, f64) {
    let minutes = days * 1_440.0;
    if (minutes - minutes.round()).abs() >= 1e-4 {
        return (days.floor(), days - days.floor());
    }
    let whole = minutes.round();
    ((whole - whole.rem_euclid(1_440.0)) / 1_440.0, whole.rem_euclid(1_440.0) / 1_440.0)
}

pub fn in_days(date: f64) -> Outcome {
    if !followed(date) {
        return finite(f64::NAN);
    }
    let month = date.floor();
    let (days, share) = of_days((date - month) * length(place(month).1));
    finite(days_before(month) + days + share)
}

pub fn in_months(days: f64) -> Outcome {
    if days.abs() >= 365e6 {
        return finite(f64::NAN);
    }
    let (whole, share) = of_days(days);
    let cycle = ((whole + DAYS_BEFORE_1970) / DAYS_OF_CYCLE).floor();
    let mut month = cycle * CYCLE;
    let mut left = whole - days_before(month);
    while left >= length(place(month).1) {
        left -= length(place(month).1);
        month += 1.0;
    }
    finite(month + (left + share) / length(place(month).1))
}

pub fn months_later(date: f64, months: f64) -> Outcome {
    let months = if (months - months.round()).abs() < 1e-9 { months.round() } else { months };
    let (from, until) = (date.floor(), date.floor() + months.floor());
    if !followed(from) || !followed(until) {
        return finite(f64::NAN);
    }
    let (mut day, share) = of_days((date - from) * length(place(from).1));
    while day + 1.0 > length(place(until).1) {
        day -= 1.0;
    }
    finite(until + (day + share) / length(place(until).1) + (months - months.floor()))
}
