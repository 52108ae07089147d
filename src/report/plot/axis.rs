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

/// An axis with its ticks: round numbers from the first, which is at most the lowest value, to the last.
#[derive(Clone, Debug, PartialEq)]
pub struct Scale {
    /// Round numbers at even distances, from the lowest up; one where all values are the same.
    pub ticks: Vec<f64>,
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

    /// With 0, on which bars stand.
    #[must_use]
    pub const fn with_zero(self) -> Self {
        Self { low: self.low.min(0.0), high: self.high.max(0.0) }
    }

    /// Where a value lies between the lowest (0) and the highest (1); half-way where all are the same.
    #[must_use]
    pub fn share(&self, value: f64) -> f64 {
        share(self.low, self.high, value)
    }

    /// The axis in at most so many steps between round numbers. It begins at 0 where that is not far.
    #[must_use]
    pub fn scale(&self, most: usize) -> Scale {
        let near = |near: f64, far: f64| if near * far > 0.0 && near.abs() <= far.abs() / 2.0 { 0.0 } else { near };
        let (low, high) = (near(self.low, self.high), near(self.high, self.low));
        if is_flat(low, high) {
            return Scale { ticks: vec![low / 2.0 + high / 2.0], low, high };
        }
        let most = most.max(1) as f64;
        // In halves, because the distance of two figures may be too large for a number.
        let rough = (high / 2.0 - low / 2.0) / most * 2.0;
        let first = exponent(rough);
        let steps = (first..first + 3).flat_map(|power| ["1", "2", "5"].map(|digit| format!("{digit}e{power}")));
        let ends = |step: f64| ((low / step + 1e-9).floor(), (high / step - 1e-9).ceil());
        let fits = |step: &f64| {
            let (first, last) = ends(*step);
            last - first <= most && (first * step).is_finite() && (last * step).is_finite()
        };
        let Some(step) = steps.filter_map(|text| text.parse::<f64>().ok()).find(fits) else {
            return Scale { ticks: vec![low, high], low, high };
        };
        let (first, last) = ends(step);
        let count = (last - first) as usize;
        let ticks: Vec<f64> = (0..=count).map(|at| (first + at as f64) * step).collect();
        Scale { ticks, low: (first * step).min(low), high: (last * step).max(high) }
    }
}

impl Scale {
    /// Where a value lies between the first tick (0) and the last (1); half-way where all values are the same.
    #[must_use]
    pub fn share(&self, value: f64) -> f64 {
        share(self.low, self.high, value)
    }

    /// How many steps lie between the ticks.
    #[must_use]
    pub const fn steps(&self) -> usize {
        self.ticks.len().saturating_sub(1)
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
    fn ticks_are_round_and_hold_the_values() {
        assert_eq!(ticks(0.0, 853.0, 5), [0.0, 200.0, 400.0, 600.0, 800.0, 1000.0]);
        assert_eq!(ticks(-103.0, 337.0, 5), [-200.0, 0.0, 200.0, 400.0]);
        assert_eq!(ticks(40.0, 100.0, 4), [0.0, 50.0, 100.0]);
        assert_eq!(ticks(90.0, 100.0, 4), [90.0, 95.0, 100.0]);
        assert_eq!(ticks(-9.0, -1.0, 2), [-10.0, -5.0, 0.0]);
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
        assert_eq!(ticks(0.0, 1e300, 2), [0.0, 5e299, 1e300]);
        let tiny = Axis { low: 0.0, high: 1e-300 }.scale(4);
        assert_eq!((tiny.share(0.0), tiny.share(1e-300)), (0.0, 1.0));
        let close = Axis { low: 1.000_000_1, high: 1.000_000_2 }.scale(2);
        assert_eq!(close.texts(), ["1.0000001", "1.00000015", "1.0000002"]);
    }
}
