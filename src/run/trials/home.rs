//! Homes: where the values of an operation lie.

use crate::tape::OpId;

/// Where the values of an operation lie while a chunk of samples is played.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Home {
    /// No sample touches it: it stands in the columns of the run without samples.
    Given(OpId),
    /// One row: a constant's, or a series' in the step at hand.
    Row(u32),
    /// Rows for the last steps, `depth` of them from `first` on: step t lies in row `first + t % depth`.
    Kept {
        /// The first of its rows.
        first: u32,
        /// How many steps back can be read.
        depth: u32,
    },
    /// A row for each of the steps that are played in one go, one behind the other.
    Spread(u32),
}
