//! Times: the periods a plot runs over, and which of them are named beneath it.

use crate::calendar::{Bucket, Date, Family, Grid, Step};

/// The periods along a plot.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Times {
    /// What each is called.
    pub labels: Vec<String>,
    /// Choices of ticks at round distances in the calendar, from the closest to the widest.
    pub levels: Vec<Vec<Tick>>,
}

/// A period that is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tick {
    /// Which period, counted from 0.
    pub at: usize,
    /// What stands beneath it: `2027`, `2027-04`.
    pub text: String,
}

/// Distances in months.
const MONTHS: [i64; 11] = [1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400];

impl Times {
    /// Of some steps or longer periods of a grid, which are `by` long.
    #[must_use]
    pub fn of(grid: &Grid, spans: &[Bucket], by: Step) -> Self {
        let labels: Vec<String> = spans.iter().map(|span| span.label.clone()).collect();
        let every = |apart: usize| -> Vec<Tick> {
            labels.iter().enumerate().step_by(apart).map(|(at, label)| Tick { at, text: label.clone() }).collect()
        };
        let months: Vec<i64> = spans.iter().map(|span| month(grid, span.steps.start, by)).collect();
        let aligned = |apart: i64| -> Vec<Tick> {
            let begins = |at: usize| at == 0 || months.get(at - 1) != months.get(at);
            let round = months.iter().enumerate().filter(|(at, month)| month.rem_euclid(apart) == 0 && begins(*at));
            let text = |month: i64| {
                let (year, of_year) = (month.div_euclid(12), month.rem_euclid(12));
                if apart % 12 == 0 { year.to_string() } else { format!("{year}-{:02}", of_year + 1) }
            };
            round.map(|(at, month)| Tick { at, text: if apart % 12 == 0 || by.family() == Family::Day { text(*month) } else { name(&labels, at) } }).collect()
        };
        let days: &[usize] = match by {
            Step::Day => &[1, 7, 14],
            Step::Week => &[1, 2],
            Step::Month | Step::Quarter | Step::Year => &[],
        };
        let length = if by.family() == Family::Day { 1 } else { by.length() as i64 };
        let wider = MONTHS.into_iter().filter(|apart| *apart >= length).map(aligned);
        let levels = days.iter().map(|apart| every(*apart)).chain(wider).filter(|ticks| ticks.len() > 1);
        Self { levels: levels.collect(), labels: labels.clone() }
    }
}

fn name(labels: &[String], at: usize) -> String {
    labels.get(at).cloned().unwrap_or_default()
}

/// The month that a period begins in, counted from year 0; a longer period begins where the calendar has it, also
/// where the timeline cuts it.
fn month(grid: &Grid, step: usize, by: Step) -> i64 {
    let date = Date::from_number(grid.start(step), grid.family());
    let month = i64::from(date.year) * 12 + i64::from(date.month) - 1;
    if by.family() == Family::Day { month } else { month - month.rem_euclid(by.length() as i64) }
}
