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
    let top = f64::from(HEIGHTS - 1);
    let height = |figure: f64| {
        if reach > 0.0 { ((figure / 2.0 - low / 2.0) / reach * top).round() as u8 } else { HEIGHTS / 2 }
    };
    figures.iter().map(|figure| figure.map(height)).collect()
}

/// At most `width` of the figures, evenly spread, the last among them: a level is seen as it ends.
fn thinned(figures: &[Option<f64>], width: usize) -> Vec<Option<f64>> {
    let count = figures.len();
    if count <= width {
        return figures.to_vec();
    }
    (1..=width).map(|bar| figures.get((bar * count).div_ceil(width) - 1).copied().flatten()).collect()
}

#[cfg(test)]
mod tests {
    use super::bars;

    #[test]
    fn heights_run_from_the_lowest_to_the_highest() {
        assert_eq!(bars(&[Some(-7.0), Some(0.0), None, Some(-1.0)], 9), [Some(0), Some(7), None, Some(6)]);
        assert_eq!(bars(&[Some(3.0), Some(3.0)], 9), [Some(4), Some(4)]);
        assert_eq!(bars(&[Some(-1e308), Some(1e308)], 9), [Some(0), Some(7)]);
        assert_eq!(bars(&[None], 9), [None]);
    }

    #[test]
    fn long_series_keep_their_end() {
        let figures: Vec<Option<f64>> = (0..60).map(|at| Some(f64::from(at))).collect();
        let drawn = bars(&figures, 5);
        assert_eq!(drawn, [Some(0), Some(2), Some(4), Some(5), Some(7)]);
    }
}
