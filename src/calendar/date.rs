//! Dates and periods of the proleptic Gregorian calendar, and the numbers that stand for them.

/// Which of the two exact families of time a model counts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// Month, quarter, year: a date is the months since year 0, a day its share of the month.
    Month,
    /// Hour, day, week: a date is the days since 1970-01-01.
    Day,
}

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// Year.
    pub year: i32,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day, 1 to 31.
    pub day: u8,
}

/// A stretch of the calendar with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// `2026`
    Year(i32),
    /// `2026-Q1`
    Quarter(i32, u8),
    /// `2026-01`
    Month(i32, u8),
    /// `2026-01-15`
    Day(Date),
}

/// How many days a month has.
#[must_use]
pub fn days_in_month(year: i32, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

impl Date {
    /// The day, if the calendar has it.
    #[must_use]
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        ((1..=12).contains(&month) && day >= 1 && day <= days_in_month(year, month)).then_some(Self { year, month, day })
    }

    /// Days since 1970-01-01 (Howard Hinnant's algorithm, eras of 400 years).
    #[must_use]
    pub fn days(self) -> i64 {
        let year = i64::from(self.year) - i64::from(self.month <= 2);
        let era = year.div_euclid(400);
        let of_era = year.rem_euclid(400);
        let shifted = (i64::from(self.month) + 9) % 12;
        let of_year = (153 * shifted + 2) / 5 + i64::from(self.day) - 1;
        let of_era = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
        era * 146_097 + of_era - 719_468
    }

    /// The day that lies `days` after 1970-01-01.
    #[must_use]
    pub fn from_days(days: i64) -> Self {
        let days = days + 719_468;
        let era = days.div_euclid(146_097);
        let of_era = days.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * of_year + 2) / 153;
        let day = (of_year - (153 * shifted + 2) / 5 + 1) as u8;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 } as u8;
        let year = (year_of_era + era * 400 + i64::from(month <= 2)) as i32;
        Self { year, month, day }
    }

    /// The number that stands for the start of this day.
    #[must_use]
    pub fn number(self, family: Family) -> f64 {
        match family {
            Family::Day => self.days() as f64,
            Family::Month => {
                let months = f64::from(self.year) * 12.0 + f64::from(self.month - 1);
                months + f64::from(self.day - 1) / f64::from(days_in_month(self.year, self.month))
            }
        }
    }

    /// The day a number stands for, rounded down to whole days.
    #[must_use]
    pub fn from_number(number: f64, family: Family) -> Self {
        match family {
            Family::Day => Self::from_days(number.floor() as i64),
            Family::Month => {
                let months = number.floor();
                let year = (months / 12.0).floor() as i32;
                let month = (months as i64).rem_euclid(12) as u8 + 1;
                let days = days_in_month(year, month);
                // A hair of rounding in the share must not lose a day.
                let day = ((number - months) * f64::from(days) + 1e-9).floor() as u8 + 1;
                Self { year, month, day: day.min(days) }
            }
        }
    }
}

impl std::fmt::Display for Date {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl Period {
    /// Its first day.
    #[must_use]
    pub fn first(self) -> Date {
        match self {
            Self::Year(year) => Date { year, month: 1, day: 1 },
            Self::Quarter(year, quarter) => Date { year, month: quarter * 3 - 2, day: 1 },
            Self::Month(year, month) => Date { year, month, day: 1 },
            Self::Day(date) => date,
        }
    }

    /// The first day behind it.
    #[must_use]
    pub fn end(self) -> Date {
        match self {
            Self::Year(year) => Date { year: year + 1, month: 1, day: 1 },
            Self::Quarter(year, 4) | Self::Month(year, 12) => Date { year: year + 1, month: 1, day: 1 },
            Self::Quarter(year, quarter) => Date { year, month: quarter * 3 + 1, day: 1 },
            Self::Month(year, month) => Date { year, month: month + 1, day: 1 },
            Self::Day(date) => Date::from_days(date.days() + 1),
        }
    }
}

impl std::fmt::Display for Period {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Year(year) => write!(out, "{year:04}"),
            Self::Quarter(year, quarter) => write!(out, "{year:04}-Q{quarter}"),
            Self::Month(year, month) => write!(out, "{year:04}-{month:02}"),
            Self::Day(date) => date.fmt(out),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Date, Family, days_in_month};

    #[test]
    fn days_count_from_1970_and_back() {
        // Known anchors: 1970-01-01 is day 0, 2000-03-01 is day 11017, 2026-11-24 is day 20781 (python datetime).
        for (date, days) in [((1970, 1, 1), 0), ((2000, 3, 1), 11_017), ((2026, 11, 24), 20_781), ((1600, 2, 29), -135_081)] {
            let date = Date { year: date.0, month: date.1, day: date.2 };
            assert_eq!(date.days(), days);
            assert_eq!(Date::from_days(days), date);
        }
    }

    #[test]
    fn every_day_survives_both_numbers() {
        for days in -1_000..40_000 {
            let date = Date::from_days(days);
            assert_eq!(date.days(), days);
            assert_eq!(Date::from_number(date.number(Family::Month), Family::Month), date);
            assert!(date.day <= days_in_month(date.year, date.month));
        }
    }
}
