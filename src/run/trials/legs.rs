//! Legs: the samples in runs, after each of which it is known better where the wanted values lie.

use std::ops::Range;

/// Samples that are played in one go.
pub(super) struct Leg {
    pub samples: Range<u64>,
    pub after: After,
}

/// What happens after a leg.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum After {
    /// The intervals are drawn in.
    DrawIn,
    /// The intervals are drawn in, and what was seen is forgotten.
    Aim,
    /// It was the last.
    Tell,
}

/// How far each leg goes. Each but the last ends with a whole block.
pub(super) fn legs(samples: u64) -> Vec<Leg> {
    const FIRST: u64 = 2_048;
    const GROWTH: u64 = 2;
    let ends = std::iter::successors(Some(FIRST), |end| end.checked_mul(GROWTH));
    // One that only a little would follow is the last.
    let ends = ends.take_while(|end| end.saturating_add(end / 2) <= samples);
    let mut from = 0;
    let mut legs: Vec<Leg> = Vec::new();
    for end in ends {
        legs.push(Leg { samples: from..end, after: After::DrawIn });
        from = end;
    }
    legs.push(Leg { samples: from..samples, after: After::Tell });
    legs
}

/// Which part of all samples comes behind the first so many. A rank among those differs from that among all by the standard
/// error of a sample drawn without putting back: √(p (1 − p) ÷ n × this part).
pub(super) fn share_to_come(seen: u64, samples: u64) -> f64 {
    1.0 - (seen as f64 / (samples as f64).max(1.0)).min(1.0)
}
