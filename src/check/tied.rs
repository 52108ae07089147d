//! Tied: a line of `correlate`, and the matrix that lines make of their names.

use super::model::CellId;
use crate::numeric::correlation::{Matrix, of_scores};
use crate::text::Location;
use foldhash::HashMap;

/// `correlate a, b by 0.6`, each name with each other.
pub(super) struct Line {
    pub members: Vec<CellId>,
    pub rank: f64,
    /// The number.
    pub by: Location,
    /// All of it.
    pub at: Location,
}

/// Each member with each behind it, the smaller first.
pub(super) fn pairs_of(members: &[CellId]) -> impl Iterator<Item = (CellId, CellId)> + '_ {
    let behind = |at: usize| members.iter().skip(at + 1);
    members.iter().enumerate().flat_map(move |(at, a)| behind(at).map(|b| (*a.min(b), *a.max(b))))
}

/// How the normal scores of members correlate by lines.
pub(super) fn matrix(members: &[CellId], lines: &[&Line]) -> Matrix {
    let places: HashMap<CellId, usize> = members.iter().enumerate().map(|(at, cell)| (*cell, at)).collect();
    let mut matrix = Matrix::unrelated(members.len());
    for line in lines {
        for (a, b) in pairs_of(&line.members) {
            if let (Some(a), Some(b)) = (places.get(&a), places.get(&b)) {
                matrix.set(*a, *b, of_scores(line.rank));
            }
        }
    }
    matrix
}
