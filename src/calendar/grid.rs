//! The grid: the steps of a model's timeline, and the quarters and years they add up to.

use super::date::{Date, Family, Period};
use super::moment::Moment;
use std::ops::Range;

/// How long a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// A day.
    Day,
    /// Seven days.
    Week,
    /// A month.
    Month,
    /// Three months.
    Quarter,
    /// Twelve months.
    Year,
}

/// The steps of a timeline. A model without one has a single step without a name.
#[derive(Clone, Debug, PartialEq)]
pub struct Grid {
    step: Step,
    /// The number of the first step's first day, in the step's family.
    first: f64,
    count: usize,
    timed: bool,
    /// The month that a year of reports begins with.
    year_begins: u8,
}

/// Neighbouring steps that make up one quarter or year of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bucket {
    /// `2027`, `2027-Q1`, `2027-03`
    pub label: String,
    /// Its steps.
    pub steps: Range<usize>,
    /// Whether the timeline holds all of it.
    pub whole: bool,
}

impl Step {
    /// The family it counts in.
    #[must_use]
    pub const fn family(self) -> Family {
        match self {
            Self::Day | Self::Week => Family::Day,
            Self::Month | Self::Quarter | Self::Year => Family::Month,
        }
    }

    /// Its length: months for month, quarter and year; days for day and week.
    #[must_use]
    pub const fn length(self) -> f64 {
        match self {
            Self::Day | Self::Month => 1.0,
            Self::Week => 7.0,
            Self::Quarter => 3.0,
            Self::Year => 12.0,
        }
    }
}

impl Grid {
    /// The steps from the first day of `from` to the last of `until`. None where the end lies before the start.
    /// A last step that `until` cuts short counts whole.
    #[must_use]
    pub fn new(from: Period, until: Period, step: Step) -> Option<Self> {
        let family = step.family();
        let (first, end) = (from.first().number(family), until.end().number(family));
        (end > first).then(|| Self { step, first, count: ((end - first) / step.length()).ceil() as usize, timed: true, year_begins: 1 })
    }

    /// The grid of a model without a timeline: one step, no dates.
    #[must_use]
    pub const fn timeless() -> Self {
        Self { step: Step::Month, first: 0.0, count: 1, timed: false, year_begins: 1 }
    }

    /// The same steps, where a year of reports begins with another month than January.
    #[must_use]
    pub const fn with_year(self, begins: u8) -> Self {
        Self { year_begins: begins, ..self }
    }

    /// The month that a year of reports begins with.
    #[must_use]
    pub const fn year_begins(&self) -> u8 {
        self.year_begins
    }

    /// Whether the model has a timeline.
    #[must_use]
    pub const fn timed(&self) -> bool {
        self.timed
    }

    /// How many steps there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.count
    }

    /// A grid always has a step.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The length of a step, in months or days by the family.
    #[must_use]
    pub const fn period(&self) -> f64 {
        self.step.length()
    }

    /// What a step is.
    #[must_use]
    pub const fn step(&self) -> Step {
        self.step
    }

    /// The family dates are counted in.
    #[must_use]
    pub const fn family(&self) -> Family {
        self.step.family()
    }

    /// The number of the start of a step; of the end of the timeline for `len()`.
    #[must_use]
    pub fn start(&self, step: usize) -> f64 {
        self.first + step as f64 * self.period()
    }

    /// The name of a step: `2026-01`, `2026-Q1`, `2026`, `2026-01-15`.
    #[must_use]
    pub fn label(&self, step: usize) -> String {
        self.label_of(self.start(step))
    }

    /// The step that holds a date's number.
    #[must_use]
    pub fn step_at(&self, number: f64) -> Option<usize> {
        let step = ((number - self.first) / self.period()).floor();
        (step >= 0.0 && step < self.count as f64).then_some(step as usize)
    }

    /// The steps whose first day lies in a span of the calendar, `[start, end)` in numbers; none if it is not wholly on the
    /// timeline, or finer than a step.
    #[must_use]
    pub fn steps(&self, start: f64, end: f64) -> Option<Range<usize>> {
        let step = |number: f64| ((number - self.first) / self.period() - 1e-9).ceil();
        let (first, last) = (step(start), step(end));
        let inside = start >= self.first && first < last && last <= self.count as f64;
        (inside && !self.is_finer(start, end)).then_some(first as usize..last as usize)
    }

    /// Whether a span of the calendar is shorter than a step.
    #[must_use]
    pub fn is_finer(&self, start: f64, end: f64) -> bool {
        end - start < self.period() * (1.0 - 1e-9)
    }

    /// The steps that a name stands for, of the step itself, a month, a quarter, a year of reports or one of the calendar:
    /// `2026-Q1`, `2026/27`, `2027`.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<Bucket> {
        let scales = [self.step, Step::Month, Step::Quarter, Step::Year].map(|by| (self, by));
        let calendar = self.clone().with_year(1);
        let mut buckets = scales.into_iter().chain([(&calendar, Step::Year)]).filter(|_| self.timed).flat_map(|(grid, by)| grid.buckets(by));
        buckets.find(|bucket| bucket.label == name)
    }

    /// The steps by month, quarter or year. A step belongs to the bucket its first day lies in; nothing finer than the
    /// step itself.
    #[must_use]
    pub fn buckets(&self, by: Step) -> Vec<Bucket> {
        let by = by.max(self.step);
        let mut buckets: Vec<Bucket> = Vec::new();
        for step in 0..self.count {
            let date = Date::from_number(self.start(step), self.family());
            let label = match by {
                _ if by == self.step => self.label(step),
                Step::Year => self.year_of(date).1,
                Step::Day | Step::Week | Step::Month | Step::Quarter => label(date, by),
            };
            match buckets.last_mut() {
                Some(last) if last.label == label => last.steps.end = step + 1,
                Some(_) | None => buckets.push(Bucket { label, steps: step..step + 1, whole: true }),
            }
        }
        self.mark_cut(&mut buckets, by);
        buckets
    }

    /// The first bucket may begin before the timeline, the last end behind it.
    fn mark_cut(&self, buckets: &mut [Bucket], by: Step) {
        // A step is whole whatever day it begins on, such as a year from April on.
        if by == self.step {
            return;
        }
        let ends = |step: usize| {
            let date = Date::from_number(self.start(step), self.family());
            let [first, end] = match by {
                Step::Year => self.year_of(date).0,
                Step::Day | Step::Week | Step::Month | Step::Quarter => [period(date, by).first(), period(date, by).end()],
            };
            [first.number(self.family()), end.number(self.family())]
        };
        if let Some(bucket) = buckets.first_mut() {
            bucket.whole &= ends(0)[0] >= self.start(0);
        }
        let last = self.count.saturating_sub(1);
        if let Some(bucket) = buckets.last_mut() {
            bucket.whole &= ends(last)[1] <= self.start(self.count);
        }
    }

    /// The year of reports that a date lies in, from its first day to that of the next, and its name: `2027`, or `2026/27`
    /// where it does not begin in January.
    fn year_of(&self, date: Date) -> ([Date; 2], String) {
        let begins = self.year_begins;
        let year = if date.month >= begins { date.year } else { date.year - 1 };
        let name = if begins == 1 { year.to_string() } else { format!("{year}/{:02}", (year + 1).rem_euclid(100)) };
        ([year, year + 1].map(|year| Period::Month(year, begins).first()), name)
    }

    /// A date's number as people write it: the name of the step that begins there, else `2026-04`, or `2026-04-15` within a
    /// month, and `2026-04-15T12:00` within a day.
    #[must_use]
    pub fn date_text(&self, number: f64) -> String {
        if self.step_at(number).is_some_and(|step| self.start(step) == number) {
            return self.label_of(number);
        }
        let moment = Moment::from_number(number, self.family());
        let date = moment.map_or_else(|| Date::from_number(number, self.family()), |moment| moment.date);
        let timed = moment.filter(|moment| moment.minute > 0);
        match timed {
            Some(moment) => moment.to_string(),
            None if date.day == 1 && self.family() == Family::Month => label(date, Step::Month),
            None => date.to_string(),
        }
    }

    fn label_of(&self, number: f64) -> String {
        label(Date::from_number(number, self.family()), self.step)
    }
}

fn label(date: Date, step: Step) -> String {
    period(date, step).to_string()
}

/// The stretch of the calendar that a date lies in; a week goes by its first day.
fn period(date: Date, step: Step) -> Period {
    match step {
        Step::Day | Step::Week => Period::Day(date),
        Step::Month => Period::Month(date.year, date.month),
        Step::Quarter => Period::Quarter(date.year, (date.month - 1) / 3 + 1),
        Step::Year => Period::Year(date.year),
    }
}

impl Step {
    /// What so many steps are called: `10 months`, `1 year`.
    #[must_use]
    pub fn counted(self, count: usize) -> String {
        format!("{count} {}{}", self.name(), if count == 1 { "" } else { "s" })
    }

    /// What a step is called, which is its unit of time too.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        }
    }
}

#[cfg(test)]
#[allow(clippy::expect_used, clippy::indexing_slicing, reason = "a test that can't go on stops")]
mod tests {
    use super::{Date, Grid, Period, Step};

    #[test]
    fn five_years_of_months() {
        let grid = Grid::new(Period::Month(2026, 1), Period::Month(2030, 12), Step::Month).expect("ends after it starts");
        assert_eq!((grid.len(), grid.label(0), grid.label(59)), (60, "2026-01".into(), "2030-12".into()));
        assert_eq!(grid.buckets(Step::Year).len(), 5);
        assert_eq!(grid.buckets(Step::Quarter)[1].label, "2026-Q2");
        assert_eq!(grid.steps(Period::Year(2027).first().number(grid.family()), Period::Year(2027).end().number(grid.family())), Some(12..24));
        assert_eq!(grid.steps(Period::Year(2031).first().number(grid.family()), Period::Year(2031).end().number(grid.family())), None);
    }

    #[test]
    fn years_that_the_timeline_cuts_are_told() {
        let grid = Grid::new(Period::Month(2026, 3), Period::Month(2028, 2), Step::Month).expect("ends after it starts");
        let cut: Vec<_> = grid.buckets(Step::Year).into_iter().filter(|bucket| !bucket.whole).collect();
        let told: Vec<_> = cut.iter().map(|bucket| (bucket.label.as_str(), Step::Month.counted(bucket.steps.len()))).collect();
        assert_eq!(told, [("2026", "10 months".to_owned()), ("2028", "2 months".to_owned())]);
        assert!(grid.buckets(Step::Month).iter().all(|bucket| bucket.whole));
    }

    #[test]
    fn years_begin_with_any_month() {
        let grid = Grid::new(Period::Month(2026, 4), Period::Month(2028, 1), Step::Month).expect("ends after it starts").with_year(4);
        let told: Vec<_> = grid.buckets(Step::Year).into_iter().map(|bucket| (bucket.label, bucket.steps.len(), bucket.whole)).collect();
        assert_eq!(told, [("2026/27".to_owned(), 12, true), ("2027/28".to_owned(), 10, false)]);
        assert_eq!(grid.buckets(Step::Quarter)[0].label, "2026-Q2");
    }

    #[test]
    fn one_day() {
        let day = Period::Day(Date { year: 2025, month: 2, day: 27 });
        let grid = Grid::new(day, day, Step::Day).expect("one day");
        assert_eq!((grid.len(), grid.label(0)), (1, "2025-02-27".into()));
    }
}
