//! Axes: what values span, and the round numbers that are written beside it.

use crate::report::number;

/// What values span.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Axis {
    /// The lowest.
    pub low: f64,
    /// The highest.
    pub high: f64,
}

/// An axis in even steps between round numbers, some of which are written beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Scale {
    /// Round numbers to write, from the lowest up; one where all values are the same.
    pub ticks: Vec<f64>,
    /// How many steps there are; 0 where all values are the same.
    pub steps: usize,
    low: f64,
    high: f64,
}

/// Figures that differ by roundings alone are equal to a reader.
const NOISE: f64 = 1e-12;

impl Axis {
    /// What some values span; 0 where there are none.
    #[must_use]
    pub fn over(values: impl Iterator<Item = f64>) -> Self {
        let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
        if low <= high { Self { low, high } } else { Self { low: 0.0, high: 0.0 } }
    }

    /// What this and another span.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self { low: self.low.min(other.low), high: self.high.max(other.high) }
    }

    /// With 0, on which bars stand.
    #[must_use]
    pub const fn with_zero(self) -> Self {
        Self { low: self.low.min(0.0), high: self.high.max(0.0) }
    }

    /// Whether all values are the same.
    #[must_use]
    pub fn is_flat(&self) -> bool {
        is_flat(self.low, self.high)
    }

    /// Where a value lies between the lowest (0) and the highest (1); half-way where all are the same.
    #[must_use]
    pub fn share(&self, value: f64) -> f64 {
        share(self.low, self.high, value)
    }

    /// The axis in at most so many steps between round numbers, the first at most the lowest value and the last at least
    /// the highest. It begins at 0 where that is not far.
    #[must_use]
    pub fn scale(&self, most: usize) -> Scale {
        let near = |near: f64, far: f64| if near * far > 0.0 && near.abs() <= far.abs() / 2.0 { 0.0 } else { near };
        let (low, high) = (near(self.low, self.high), near(self.high, self.low));
        if is_flat(low, high) {
            return Scale { ticks: vec![low / 2.0 + high / 2.0], steps: 0, low, high };
        }
        let most = most.max(2) as f64;
        // In halves, because the distance of two figures may be too large for a number.
        let first = exponent((high / 2.0 - low / 2.0) / most * 2.0);
        let steps = (first..first + 3).flat_map(|power| DIGITS.map(|(digits, tens)| (digits, power + tens)));
        let ends = |step: f64| ((low / step + 1e-9).floor(), (high / step - 1e-9).ceil());
        let fits = |step: f64| {
            let (first, last) = ends(step);
            last - first <= most && (first * step).is_finite() && (last * step).is_finite()
        };
        let parsed = |(digits, power): (i64, i32)| Some((digits, format!("{digits}e{power}").parse::<f64>().ok()?));
        let Some((digits, step)) = steps.filter_map(parsed).find(|(_, step)| fits(*step)) else {
            return Scale { ticks: vec![low, high], steps: 2, low, high };
        };
        let (first, last) = ends(step);
        Scale { ticks: ticks(first as i64, last as i64, digits, step), steps: (last - first) as usize, low: first * step, high: last * step }
    }
}

/// The digits of a round step, and the power of ten that they are of one place more.
const DIGITS: [(i64, i32); 4] = [(10, -1), (20, -1), (25, -1), (50, -1)];

/// How many steps apart numbers are written at most.
const FURTHEST: i64 = 10;

/// Which of the steps from the first to the last are written: rounder ones, not in neighbouring steps, and three if there
/// are so many.
fn ticks(first: i64, last: i64, digits: i64, step: f64) -> Vec<f64> {
    let every = |apart: i64| (first..=last).filter(move |at| at.rem_euclid(apart) == 0);
    let is_round = |apart: &i64| {
        let product = digits * apart;
        [10, 20, 40, 50, 100, 200, 250, 400, 500].contains(&product)
    };
    let counts = (1..=FURTHEST).filter(is_round).map(|apart| (apart, every(apart).count()));
    let counts: Vec<(i64, usize)> = counts.collect();
    // Some rows lie between numbers where there are many, and none where there are few.
    let best = counts.iter().find(|(apart, count)| *apart > 1 && *count >= 3 && *count <= 6);
    let best = best.or_else(|| counts.iter().find(|(apart, count)| *apart > 1 && *count >= 3)).or(counts.first());
    every(best.map_or(1, |(apart, _)| *apart)).map(|at| at as f64 * step).collect()
}

impl Scale {
    /// Where a value lies between the first step (0) and the last (1); half-way where all values are the same.
    #[must_use]
    pub fn share(&self, value: f64) -> f64 {
        share(self.low, self.high, value)
    }

    /// The ticks in few digits, in as many as it takes to tell them apart.
    #[must_use]
    pub fn texts(&self) -> Vec<String> {
        let ticks: Vec<Option<f64>> = self.ticks.iter().copied().map(Some).collect();
        let brief: Vec<String> = number::row(&ticks).into_iter().flatten().collect();
        let same = brief.windows(2).any(|pair| matches!(pair, [one, next] if one == next));
        let exact = |tick: &f64| if tick.abs() < self.high.abs().max(self.low.abs()) * NOISE { "0".to_owned() } else { number::plain(*tick) };
        if same { self.ticks.iter().map(exact).collect() } else { brief }
    }
}

fn is_flat(low: f64, high: f64) -> bool {
    let reach = high / 2.0 - low / 2.0;
    reach.is_nan() || reach <= low.abs().max(high.abs()) * NOISE
}

fn share(low: f64, high: f64, value: f64) -> f64 {
    if is_flat(low, high) { 0.5 } else { ((value / 2.0 - low / 2.0) / (high / 2.0 - low / 2.0)).clamp(0.0, 1.0) }
}

/// The power of ten of the first digit.
fn exponent(number: f64) -> i32 {
    let text = format!("{number:e}");
    text.split_once('e').and_then(|(_, power)| power.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::Axis;

    fn ticks(low: f64, high: f64, most: usize) -> Vec<f64> {
        Axis { low, high }.scale(most).ticks
    }

    #[test]
    fn ticks_are_round_and_the_steps_hold_the_values() {
        assert_eq!(ticks(0.0, 853.0, 14), [0.0, 200.0, 400.0, 600.0, 800.0]);
        assert_eq!(ticks(-103.0, 337.0, 14), [-100.0, 0.0, 100.0, 200.0, 300.0]);
        assert_eq!(ticks(40.0, 100.0, 5), [0.0, 40.0, 80.0]);
        assert_eq!(ticks(90.0, 100.0, 5), [92.0, 96.0, 100.0]);
        assert_eq!(ticks(-73_600.0, 1_777_000.0, 5), [0.0, 1e6, 2e6]);
        let scale = Axis { low: -73_600.0, high: 1_777_000.0 }.scale(13);
        assert_eq!((scale.steps, scale.ticks), (10, vec![0.0, 4e5, 8e5, 1.2e6, 1.6e6]));
    }

    #[test]
    fn what_does_not_differ_has_one_tick_half_way() {
        assert_eq!(ticks(7.0, 7.0, 5), [7.0]);
        assert_eq!(ticks(0.0, 0.0, 5), [0.0]);
        assert_eq!(Axis { low: 7.0, high: 7.0 }.scale(5).share(7.0), 0.5);
        assert_eq!(Axis { low: 0.3, high: 0.1 + 0.2 }.scale(5).share(0.3), 0.5);
    }

    #[test]
    fn the_largest_and_the_smallest_numbers_have_an_axis() {
        let scale = Axis { low: -1.7e308, high: 1.7e308 }.scale(4);
        assert_eq!((scale.share(-1.7e308), scale.share(0.0), scale.share(1.7e308)), (0.0, 0.5, 1.0));
        assert_eq!(ticks(0.0, 1e300, 2).last(), Some(&1e300));
        let tiny = Axis { low: 0.0, high: 1e-300 }.scale(4);
        assert_eq!((tiny.share(0.0), tiny.share(1e-300)), (0.0, 1.0));
        let close = Axis { low: 1.000_000_1, high: 1.000_000_2 }.scale(2);
        assert_eq!(close.texts(), ["1.0000001", "1.00000015", "1.0000002"]);
    }
}
