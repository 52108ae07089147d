//! Moments: times of day, and dates moved by exact days and by calendar months.

use super::date::{Date, Family, days_in_month};

/// A minute of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    /// Its day.
    pub date: Date,
    /// Minutes since midnight, 0 to 1439.
    pub minute: u16,
}

/// Minutes of a day: the finest time that can be written.
const MINUTES: f64 = 1_440.0;

/// The farthest year a date may be moved to; behind it doubles would lose the minute.
const FARTHEST_YEAR: f64 = 1e6;

impl Moment {
    /// The number that stands for it.
    #[must_use]
    pub fn number(self, family: Family) -> f64 {
        let share = f64::from(self.minute) / MINUTES;
        match family {
            Family::Day => self.date.days() as f64 + share,
            Family::Month => {
                let days = days_in_month(self.date.year, self.date.month);
                let months = f64::from(self.date.year) * 12.0 + f64::from(self.date.month - 1);
                months + (f64::from(self.date.day - 1) + share) / f64::from(days)
            }
        }
    }

    /// The moment a number stands for, where that is a whole minute.
    #[must_use]
    pub fn from_number(number: f64, family: Family) -> Option<Self> {
        let days = match family {
            Family::Day => number,
            Family::Month => in_days(number),
        };
        let (whole, share) = of_days(days);
        let minute = share * MINUTES;
        let on_the_minute = (minute - minute.round()).abs() < 1e-6;
        on_the_minute.then(|| Self { date: Date::from_days(whole as i64), minute: minute.round() as u16 })
    }
}

impl std::fmt::Display for Moment {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.minute {
            0 => self.date.fmt(out),
            minute => write!(out, "{}T{:02}:{:02}", self.date, minute / 60, minute % 60),
        }
    }
}

/// Days since 1970-01-01 of a date that is counted in months; NaN where the calendar is not followed any more.
#[must_use]
pub fn in_days(date: f64) -> f64 {
    let month = date.floor();
    match first_of(month) {
        Some(first) => {
            let length = f64::from(days_in_month(first.year, first.month));
            let (days, share) = of_days((date - month) * length);
            first.days() as f64 + days + share
        }
        None => f64::NAN,
    }
}

/// The number in months of a date that is counted in days since 1970-01-01; NaN where the calendar is not followed any
/// more.
#[must_use]
pub fn in_months(days: f64) -> f64 {
    if days.is_nan() || days.abs() >= FARTHEST_YEAR * 365.0 {
        return f64::NAN;
    }
    let (whole, share) = of_days(days);
    let date = Date::from_days(whole as i64);
    let length = f64::from(days_in_month(date.year, date.month));
    let months = f64::from(date.year) * 12.0 + f64::from(date.month - 1);
    months + (f64::from(date.day - 1) + share) / length
}

/// A date that is counted in months, so many months later. Whole months keep the day and the time, or go to the last day
/// of a month that is too short; what is left over is a share of a month.
#[must_use]
pub fn months_later(date: f64, months: f64) -> f64 {
    let nearest = months.round();
    let months = if (months - nearest).abs() < 1e-9 { nearest } else { months };
    let whole = months.floor();
    let (from, until) = (date.floor(), date.floor() + whole);
    let (Some(first), Some(last)) = (first_of(from), first_of(until)) else { return f64::NAN };
    let (days, share) = of_days((date - from) * f64::from(days_in_month(first.year, first.month)));
    let length = f64::from(days_in_month(last.year, last.month));
    until + (days.min(length - 1.0) + share) / length + (months - whole)
}

/// The first day of a month counted since year 0.
fn first_of(month: f64) -> Option<Date> {
    let year = (month / 12.0).floor();
    (year.abs() < FARTHEST_YEAR).then(|| Date { year: year as i32, month: (month - year * 12.0) as u8 + 1, day: 1 })
}

/// Whole days, and the share of one that is left over, without the noise of having been a share of a month: whole
/// minutes are whole again, so that a moment has one number whichever way it came about.
fn of_days(days: f64) -> (f64, f64) {
    let minutes = days * MINUTES;
    let nearest = minutes.round();
    if (minutes - nearest).abs() < 1e-4 {
        let whole = (nearest / MINUTES).floor();
        (whole, (nearest - whole * MINUTES) / MINUTES)
    } else {
        (days.floor(), days - days.floor())
    }
}

#[cfg(test)]
mod tests {
    use super::{Date, Family, Moment, in_days, in_months, months_later};

    #[test]
    fn every_minute_survives_the_way_to_months_and_back() {
        for minutes in (-40_000_000_i64..80_000_000).step_by(9_973) {
            let (date, minute) = (Date::from_days(minutes.div_euclid(1_440)), minutes.rem_euclid(1_440) as u16);
            let moment = Moment { date, minute };
            let (days, months) = (moment.number(Family::Day), moment.number(Family::Month));
            assert_eq!((in_days(months), in_months(days)), (days, months), "{moment}");
            assert_eq!(Moment::from_number(days, Family::Day), Some(moment));
            assert_eq!(Moment::from_number(months, Family::Month), Some(moment));
        }
    }

    #[test]
    fn whole_months_keep_the_day_or_go_to_the_last() {
        // python dateutil's relativedelta gives the same dates.
        let cases = [
            ((2026, 1, 15), 1.0, (2026, 2, 15)),
            ((2026, 1, 31), 1.0, (2026, 2, 28)),
            ((2024, 2, 29), 12.0, (2025, 2, 28)),
            ((2026, 3, 31), -1.0, (2026, 2, 28)),
            ((2026, 12, 31), 2.0, (2027, 2, 28)),
            ((2026, 5, 7), 0.0, (2026, 5, 7)),
        ];
        for (from, months, until) in cases {
            let number = |(year, month, day)| Date { year, month, day }.number(Family::Month);
            assert_eq!(months_later(number(from), months), number(until), "{from:?} {months}");
        }
        assert_eq!(months_later(24_000.0, 1.5), 24_001.5);
    }

    #[test]
    fn beyond_the_calendar_is_no_number() {
        for wild in [1e300, -1e300, 1e9, f64::NAN, f64::INFINITY] {
            assert!(in_days(wild).is_nan() && in_months(wild).is_nan());
            assert!(months_later(24_000.0, wild).is_nan() && months_later(wild, 1.0).is_nan());
        }
    }
}
