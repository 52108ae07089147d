//! Statistics: what an operation asks of all samples, and how one that waits for it is computed.

/// What is asked across samples.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Statistic {
    /// The mean.
    Mean,
    /// The standard deviation.
    Deviation,
    /// The smallest value that a share does not exceed.
    Percentile,
    /// In which part of the samples a condition holds.
    Probability,
}

impl Statistic {
    const ALL: [Self; 4] = [Self::Mean, Self::Deviation, Self::Percentile, Self::Probability];

    /// Its number on a tape.
    #[must_use]
    pub const fn number(self) -> f64 {
        self as u8 as f64
    }

    /// The one with a number.
    #[must_use]
    pub fn from_number(number: f64) -> Self {
        Self::ALL.get(number as usize).copied().unwrap_or(Self::Mean)
    }
}
