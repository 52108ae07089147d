//! Charts: a line of figures as heights of small bars.

/// How many heights a bar can have.
pub const HEIGHTS: u8 = 8;

/// Heights from 0 to 7 in at most `width` bars; none for a bar without a figure. The lowest figure is the lowest bar
/// and the highest the highest; where all are equal the bars stand half-way.
#[must_use]
pub fn bars(figures: &[Option<f64>], width: usize) -> Vec<Option<u8>> {
    let figures = thinned(figures, width);
    let there = || figures.iter().flatten().copied();
    let (low, high) = (there().fold(f64::INFINITY, f64::min), there().fold(f64::NEG_INFINITY, f64::max));
    // Halved, because the distance of two figures may be too large for a number.
    let reach = high / 2.0 - low / 2.0;
    // Figures that differ by roundings alone are equal to a reader.
    let noise = high.abs().max(low.abs()) * 1e-12;
    let top = f64::from(HEIGHTS - 1);
    let height = |figure: f64| {
        if reach > noise { ((figure / 2.0 - low / 2.0) / reach * top).round() as u8 } else { HEIGHTS / 2 }
    };
    figures.iter().map(|figure| figure.map(height)).collect()
}

/// At most `width` figures: of neighbours that share a bar, their mean, so that nothing between is lost.
fn thinned(figures: &[Option<f64>], width: usize) -> Vec<Option<f64>> {
    let count = figures.len();
    if count <= width {
        return figures.to_vec();
    }
    let mean = |bar: usize| {
        let shared = figures.get(bar * count / width..(bar + 1) * count / width).unwrap_or_default();
        let there = shared.iter().flatten().count() as f64;
        // Divided first: the sum may be too large for a number.
        (there > 0.0).then(|| shared.iter().flatten().map(|figure| figure / there).sum())
    };
    (0..width).map(mean).collect()
}

#[cfg(test)]
mod tests {
    use super::bars;

    #[test]
    fn heights_run_from_the_lowest_to_the_highest() {
        assert_eq!(bars(&[Some(-7.0), Some(0.0), None, Some(-1.0)], 9), [Some(0), Some(7), None, Some(6)]);
        assert_eq!(bars(&[Some(3.0), Some(3.0)], 9), [Some(4), Some(4)]);
        assert_eq!(bars(&[Some(0.3), Some(0.1 + 0.2)], 9), [Some(4), Some(4)]);
        assert_eq!(bars(&[Some(-1e308), Some(1e308)], 9), [Some(0), Some(7)]);
        assert_eq!(bars(&[None], 9), [None]);
    }

    #[test]
    fn long_series_lose_nothing_between() {
        let figures: Vec<Option<f64>> = (0..60).map(|at| Some(f64::from(at))).collect();
        // Means of twelve each: 5.5, 17.5, 29.5, 41.5, 53.5.
        assert_eq!(bars(&figures, 5), [Some(0), Some(2), Some(4), Some(5), Some(7)]);
        let once: Vec<Option<f64>> = (0..60).map(|at| Some(if at == 0 { 400.0 } else { 0.0 })).collect();
        assert_eq!(bars(&once, 3), [Some(7), Some(0), Some(0)]);
        assert_eq!(bars(&[None, None, Some(1.0), Some(3.0)], 2), [None, Some(4)]);
    }
}
