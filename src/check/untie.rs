//! Unties: correlations that can't all hold, and the line whose least change lets them.

use super::model::CellId;
use super::tied::{Line, matrix, pairs_of};
use crate::numeric::correlation::{Matrix, of_scores};
use foldhash::HashSet;

/// Correlations that can't all hold.
pub(super) struct Conflict<'l> {
    /// The names that contradict each other; without any of them the others agree.
    pub members: Vec<CellId>,
    /// Their lines; the first is the one to change.
    pub lines: Vec<&'l Line>,
    /// From where to where its number may lie while the others stay; none where that alone does not mend it.
    pub range: Option<(f64, f64)>,
    /// Two of the names that no line ties, and what would mend it.
    pub unnamed: Option<([CellId; 2], (f64, f64))>,
}

/// How many lines are tried for the least change.
const MOST_TRIED: usize = 200;

/// Finds out whether a group can't be.
pub(super) fn conflict<'l>(members: &[CellId], lines: &[&'l Line], whole: &Matrix) -> Option<Conflict<'l>> {
    let places = whole.contradiction()?;
    let core: Vec<CellId> = places.iter().filter_map(|at| members.get(*at)).copied().collect();
    let inside = |line: &Line| line.members.iter().filter(|cell| core.contains(cell)).count() > 1;
    let mut own: Vec<&Line> = lines.iter().copied().filter(|line| inside(line)).collect();
    let group = Group { members, lines };
    let ranges = own.iter().take(MOST_TRIED).enumerate();
    let ranges = ranges.filter_map(|(at, line)| Some((at, group.range_of(line, whole)?)));
    let least = ranges.min_by(|(a, left), (b, right)| {
        let change = |at: usize, range: (f64, f64)| own.get(at).map_or(f64::MAX, |line| change(line.rank, range));
        change(*a, *left).total_cmp(&change(*b, *right))
    });
    if let Some((at, _)) = least {
        own.swap(0, at);
    }
    let named: HashSet<(CellId, CellId)> = lines.iter().flat_map(|line| pairs_of(&line.members)).collect();
    let unnamed = pairs_of(&core).filter(|pair| !named.contains(pair)).find_map(|(a, b)| {
        let at = |cell: CellId| members.iter().position(|member| *member == cell);
        let (row, column) = (at(a)?, at(b)?);
        Some(([a, b], ranks(whole.room(row, column)?, whole, |matrix, rank| matrix.set(row, column, of_scores(rank)))?))
    });
    Some(Conflict { members: core, lines: own, range: least.map(|(_, range)| range), unnamed })
}

/// How far a number is from a range.
fn change(from: f64, (low, high): (f64, f64)) -> f64 {
    (low - from).max(from - high)
}

struct Group<'g, 'l> {
    members: &'g [CellId],
    lines: &'g [&'l Line],
}

impl Group<'_, '_> {
    /// From where to where the number of a line may lie while the others stay.
    fn range_of(&self, line: &Line, whole: &Matrix) -> Option<(f64, f64)> {
        let set = |changed: &mut Matrix, rank: f64| {
            let own = Line { members: line.members.clone(), rank, ..*line };
            let others = self.lines.iter().copied().filter(|other| !std::ptr::eq(*other, line));
            *changed = matrix(self.members, &others.chain([&own]).collect::<Vec<_>>());
        };
        if let [a, b] = line.members.as_slice() {
            let at = |cell: &CellId| self.members.iter().position(|member| member == cell);
            return ranks(whole.room(at(a)?, at(b)?)?, whole, set);
        }
        // A number for several pairs at once: as far from none as the others let it.
        let mut tried = whole.clone();
        let mut holds = |rank: f64| {
            set(&mut tried, rank);
            tried.factor().is_some()
        };
        if !holds(0.0) {
            return None;
        }
        let [low, high] = [-1.0, 1.0].map(|end| of_scores(farthest(&mut holds, end)));
        ranks((low, high), whole, set)
    }
}

/// How far from zero towards an end something holds.
fn farthest(holds: &mut impl FnMut(f64) -> bool, end: f64) -> f64 {
    if holds(end) {
        return end;
    }
    let (mut near, mut far) = (0.0, end);
    for _ in 0..48 {
        let middle = 0.5 * (near + far);
        *(if holds(middle) { &mut near } else { &mut far }) = middle;
    }
    near
}

/// The correlations of ranks between two of normal scores, in as few digits as leave both ends possible.
fn ranks((low, high): (f64, f64), whole: &Matrix, set: impl Fn(&mut Matrix, f64)) -> Option<(f64, f64)> {
    let (low, high) = (rank_of(low), rank_of(high));
    let mut tried = whole.clone();
    [1e2, 1e3, 1e4, 1e5, 1e6, 1e9, 1e12].into_iter().find_map(|parts| {
        // Adding zero takes the sign off a zero.
        let (low, high) = ((low * parts).ceil() / parts + 0.0, (high * parts).floor() / parts + 0.0);
        let mut holds = |rank: f64| {
            set(&mut tried, rank);
            tried.factor().is_some()
        };
        (low <= high && holds(low) && holds(high)).then_some((low, high))
    })
}

/// The correlation of ranks behind one of normal scores.
fn rank_of(score: f64) -> f64 {
    let (mut low, mut high) = (-1.0, 1.0);
    if score >= 1.0 {
        return 1.0;
    }
    if score <= -1.0 {
        return -1.0;
    }
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        *(if of_scores(middle) < score { &mut low } else { &mut high }) = middle;
    }
    0.5 * (low + high)
}
