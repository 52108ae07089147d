//! Correlation matrices: the normal scores behind correlations of ranks, whether a matrix is one, and its factor.

#![allow(clippy::indexing_slicing, reason = "rows and columns stay below the size that the matrix was made with")]

use super::pair::Pair;

/// π/6, to 106 bits.
const SIXTH_OF_PI: Pair = Pair { hi: std::f64::consts::FRAC_PI_6, lo: -5.360_408_832_255_455e-17 };

/// What is left of a pivot that is none: rounding, in a matrix whose diagonal is 1.
const NO_PIVOT: f64 = 1e-12;

/// What may stand beside no pivot: the root of what is left of one.
const BESIDE_NO_PIVOT: f64 = 1e-6;

/// The correlation of two normal scores whose ranks correlate by `rank` (Spearman's): 2 sin(π rank / 6).
#[must_use]
pub fn of_scores(rank: f64) -> f64 {
    let x = SIXTH_OF_PI.times_double(rank);
    let square = x.hi * x.hi;
    // The series of the sine behind its first term, up to x^17: below π/6 the next is under 2^-74.
    let mut tail = 1.0 / 355_687_428_096_000.0;
    for factorial in [-1_307_674_368_000.0, 6_227_020_800.0, -39_916_800.0, 362_880.0, -5_040.0, 120.0, -6.0] {
        tail = tail * square + 1.0 / factorial;
    }
    2.0 * x.plus_double(x.hi * (square * tail)).value()
}

/// A symmetric matrix with ones on its diagonal.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix {
    size: usize,
    /// Row by row.
    entries: Vec<f64>,
}

impl Matrix {
    /// Of things none of which goes with another.
    #[must_use]
    pub fn unrelated(size: usize) -> Self {
        let entries = (0..size * size).map(|at| f64::from(u8::from(at % (size + 1) == 0))).collect();
        Self { size, entries }
    }

    /// How many rows it has.
    #[must_use]
    pub const fn size(&self) -> usize {
        self.size
    }

    /// Its entries, row by row.
    #[must_use]
    pub fn entries(&self) -> &[f64] {
        &self.entries
    }

    /// The entry in a row and a column.
    #[must_use]
    pub fn get(&self, row: usize, column: usize) -> f64 {
        self.entries[row * self.size + column]
    }

    /// Sets an entry, and the one across the diagonal.
    pub fn set(&mut self, row: usize, column: usize, value: f64) {
        self.entries[row * self.size + column] = value;
        self.entries[column * self.size + row] = value;
    }

    /// The matrix of some of its members, in the order they are told.
    #[must_use]
    pub fn of(&self, members: &[usize]) -> Self {
        let entries = members.iter().flat_map(|row| members.iter().map(|column| self.get(*row, *column))).collect();
        Self { size: members.len(), entries }
    }

    /// The lower triangle L with L Lᵀ the matrix, row by row (Cholesky); none where no such values exist. A member that
    /// the ones before it decide has a zero on the diagonal.
    #[must_use]
    pub fn factor(&self) -> Option<Vec<f64>> {
        let mut lower = vec![0.0; self.size * self.size];
        for row in 0..self.size {
            for column in 0..=row {
                let known: f64 = (0..column).map(|at| lower[row * self.size + at] * lower[column * self.size + at]).sum();
                let left = self.get(row, column) - known;
                let pivot = lower[column * self.size + column];
                lower[row * self.size + column] = if column == row {
                    if left < -NO_PIVOT {
                        return None;
                    }
                    if left <= NO_PIVOT { 0.0 } else { left.sqrt() }
                } else if pivot > 0.0 {
                    left / pivot
                } else if left.abs() > BESIDE_NO_PIVOT {
                    return None;
                } else {
                    0.0
                };
            }
        }
        Some(lower)
    }

    /// From where to where one entry may lie while the others stay; none where no value of it serves.
    ///
    /// With the two members last, the factor's last rows leave |entry − known|² ≤ what is left of one × of the other.
    #[must_use]
    pub fn room(&self, row: usize, column: usize) -> Option<(f64, f64)> {
        let others = (0..self.size).filter(|at| *at != row && *at != column);
        let with = |last: usize| {
            let members: Vec<usize> = others.clone().chain([last]).collect();
            let lower = self.of(&members).factor()?;
            Some(lower[lower.len() - members.len()..].to_vec())
        };
        let (first, second) = (with(row)?, with(column)?);
        let (left, right) = (first.last()?, second.last()?);
        let shared = first.len() - 1;
        let known: f64 = first[..shared].iter().zip(&second[..shared]).map(|(a, b)| a * b).sum();
        Some(((known - left * right).max(-1.0), (known + left * right).min(1.0)))
    }

    /// As few members as contradict each other: every one of them is needed for it. None where all agree.
    #[must_use]
    pub fn contradiction(&self) -> Option<Vec<usize>> {
        if self.factor().is_some() {
            return None;
        }
        let mut members: Vec<usize> = (0..self.size).collect();
        for at in 0..self.size {
            let without: Vec<usize> = members.iter().copied().filter(|member| *member != at).collect();
            if self.of(&without).factor().is_none() {
                members = without;
            }
        }
        Some(members)
    }
}
