//! Seeks: where a function of an input crosses zero, and where one of one or two is highest, by rows of points at a time.

/// Where a function crosses zero: the last point on either side, and what it is there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crossing {
    /// The end of the bracket where the function is 0 or more, and its value there.
    pub holds: (f64, f64),
    /// The end where it is below 0.
    pub fails: (f64, f64),
}

/// What a first look over a range has found.
#[derive(Clone, Debug, PartialEq)]
pub struct Scan {
    /// Points of the range with what the function is there; none where it has no value.
    pub points: Vec<(f64, Option<f64>)>,
    /// Every crossing between neighbours, from the lower end on.
    pub crossings: Vec<Crossing>,
}

/// Looks over a range at so many points, then draws each crossing in until no number lies between its ends, or the bracket
/// is shorter than a part of the range.
pub fn crossings(
    (low, high): (f64, f64),
    points: usize,
    narrow: f64,
    function: &mut dyn FnMut(&[f64]) -> Vec<Option<f64>>,
) -> Scan {
    let first = spaced(low, high, points);
    let values = function(&first);
    let points: Vec<(f64, Option<f64>)> = first.into_iter().zip(values).collect();
    let mut crossings = Vec::new();
    for pair in points.windows(2) {
        if let [(one, Some(at_one)), (other, Some(at_other))] = pair
            && (*at_one >= 0.0) != (*at_other >= 0.0)
        {
            let bracket = ((*one, *at_one), (*other, *at_other));
            crossings.push(drawn_in(bracket, points.len(), narrow * (high - low), function));
        }
    }
    Scan { points, crossings }
}

type Point = (f64, f64);

fn drawn_in(mut bracket: (Point, Point), points: usize, narrow: f64, function: &mut dyn FnMut(&[f64]) -> Vec<Option<f64>>) -> Crossing {
    const MOST_ROUNDS: usize = 64;
    for _ in 0..MOST_ROUNDS {
        let ((low, at_low), (high, at_high)) = bracket;
        let mut inner = spaced(low, high, points);
        inner.retain(|point| low < *point && *point < high);
        inner.dedup();
        if inner.is_empty() || high - low <= narrow {
            break;
        }
        let values = function(&inner);
        let mut all = vec![(low, at_low)];
        all.extend(inner.into_iter().zip(values).filter_map(|(point, value)| Some((point, value?))));
        all.push((high, at_high));
        let crossed = all.windows(2).find_map(|pair| match pair {
            [one, other] if (one.1 >= 0.0) != (other.1 >= 0.0) => Some((*one, *other)),
            _ => None,
        });
        match crossed {
            Some(crossed) if crossed != bracket => bracket = crossed,
            Some(_) | None => break,
        }
    }
    let (one, other) = bracket;
    if one.1 >= 0.0 { Crossing { holds: one, fails: other } } else { Crossing { holds: other, fails: one } }
}

/// Points from one end to the other, both included.
#[must_use]
pub fn spaced(low: f64, high: f64, points: usize) -> Vec<f64> {
    let last = points.max(2) - 1;
    let at = |place: usize| match place {
        0 => low,
        _ if place == last => high,
        _ => low + (high - low) * (place as f64 / last as f64),
    };
    (0..=last).map(at).collect()
}

/// What a point is worth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Score {
    /// So much.
    Allowed(f64),
    /// So much, but something does not let it be: its number.
    Barred(f64, usize),
    /// It has no value.
    Nothing,
}

/// The best point that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Best {
    /// Where.
    pub at: Vec<f64>,
    /// What it is worth.
    pub score: f64,
    /// What bars the nearest of the points that would be better.
    pub barred_by: Option<usize>,
}

/// The highest score over one or two ranges, and of all points that were looked at first their scores: a grid over the
/// whole, then ever closer ones around the best so far.
pub fn best(
    ranges: &[(f64, f64)],
    side: usize,
    narrow: f64,
    score: &mut dyn FnMut(&[Vec<f64>]) -> Vec<Score>,
) -> (Option<Best>, Vec<Score>) {
    const MOST_ROUNDS: usize = 200;
    let mut window = ranges.to_vec();
    let mut found: Option<Best> = None;
    let mut first: Vec<Score> = Vec::new();
    for round in 0..MOST_ROUNDS {
        let points = grid(&window, side);
        let scores = score(&points);
        let before = found.as_ref().map(|best| best.score);
        for (point, score) in points.iter().zip(&scores) {
            if let Score::Allowed(score) = score
                && found.as_ref().is_none_or(|best| *score > best.score)
            {
                found = Some(Best { at: point.clone(), score: *score, barred_by: None });
            }
        }
        if round == 0 {
            first.clone_from(&scores);
        }
        let Some(best) = &mut found else { break };
        let barred = barrier(best, &points, &scores, ranges);
        best.barred_by = barred.or(best.barred_by.filter(|_| before == Some(best.score)));
        if window.iter().zip(ranges).all(|(now, range)| now.1 - now.0 <= narrow * (range.1 - range.0)) {
            break;
        }
        window = window.iter().zip(ranges).zip(&best.at).map(|((now, range), at)| closer(*now, *range, *at, side)).collect();
    }
    (found, first)
}

/// The next window along one input: two cells to either side, or as wide as before where the best lies at its edge.
fn closer((low, high): (f64, f64), (least, most): (f64, f64), at: f64, side: usize) -> (f64, f64) {
    let cell = (high - low) / (side - 1) as f64;
    let at_edge = |edge: f64, end: f64| (at - edge).abs() < cell / 2.0 && (at - end).abs() > cell / 2.0;
    let half = if at_edge(low, least) || at_edge(high, most) { (high - low) / 2.0 } else { 2.0 * cell };
    ((at - half).max(least), (at + half).min(most))
}

fn barrier(best: &Best, points: &[Vec<f64>], scores: &[Score], ranges: &[(f64, f64)]) -> Option<usize> {
    let distance = |point: &[f64]| -> f64 {
        let apart = point.iter().zip(&best.at).zip(ranges).map(|((one, other), range)| (one - other) / (range.1 - range.0));
        apart.map(|apart| apart * apart).sum()
    };
    let barred = points.iter().zip(scores).filter_map(|(point, score)| match score {
        Score::Barred(score, by) if *score > best.score => Some((distance(point), *by)),
        Score::Barred(..) | Score::Allowed(_) | Score::Nothing => None,
    });
    barred.min_by(|one, other| one.0.total_cmp(&other.0)).map(|(_, by)| by)
}

/// Every point of a grid, the first input slowest.
#[must_use]
pub fn grid(ranges: &[(f64, f64)], side: usize) -> Vec<Vec<f64>> {
    let axes: Vec<Vec<f64>> = ranges.iter().map(|(low, high)| spaced(*low, *high, side)).collect();
    product(&axes)
}

/// Every choice of one value an axis, the first axis slowest.
#[must_use]
pub fn product(axes: &[Vec<f64>]) -> Vec<Vec<f64>> {
    axes.iter().fold(vec![Vec::new()], |points, axis| {
        let with = |point: &Vec<f64>| axis.iter().map(|value| point.iter().copied().chain([*value]).collect()).collect::<Vec<Vec<f64>>>();
        points.iter().flat_map(with).collect()
    })
}
