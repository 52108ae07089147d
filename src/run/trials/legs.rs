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
    /// The intervals are drawn in, and what was seen is forgotten: it is none of the samples.
    Aim,
    /// It was the last.
    Tell,
}

impl After {
    /// How far a rank among those seen lies from that among all, in standard errors √(p (1 − p) ÷ seen).
    pub fn spread(self, seen: u64, samples: u64) -> f64 {
        let part = (seen as f64 / (samples as f64).max(1.0)).min(1.0);
        match self {
            // They are a part of all, drawn without putting back.
            Self::DrawIn | Self::Tell => (1.0 - part).sqrt(),
            // They are others, and all have an error of their own.
            Self::Aim => (1.0 + part).sqrt(),
        }
    }
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
