//! Watch: who is told how far the work is, and asked whether it goes on. The clock and the keyboard are theirs.

use std::fmt::Debug;

/// What is done in a row to answer a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Files are read and parsed.
    Read,
    /// They are checked.
    Check,
    /// The model becomes a tape.
    Compile,
    /// The tape is played without samples.
    Run,
    /// What samples touch becomes a program.
    Plan,
    /// Samples are drawn and played.
    Sample,
    /// What came out is told.
    Report,
}

impl Stage {
    /// Every stage, in its order.
    pub const ALL: [Self; 7] = [Self::Read, Self::Check, Self::Compile, Self::Run, Self::Plan, Self::Sample, Self::Report];

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Check => "check",
            Self::Compile => "compile",
            Self::Run => "run",
            Self::Plan => "plan",
            Self::Sample => "draw and play samples",
            Self::Report => "report",
        }
    }
}

/// Who follows the work.
pub trait Watch: Debug + Sync {
    /// A stage begins, and the one before has ended.
    fn begins(&self, stage: Stage);

    /// So many samples are done, of how many; whether to go on. Asked from every thread, for each block of samples.
    fn goes_on(&self, done: u64, of: u64) -> bool;

    /// What is about to be played, as text, where somebody wants to see it.
    fn sees(&self, listing: &dyn Fn() -> String);
}

/// Nobody follows.
#[derive(Clone, Copy, Debug)]
pub struct Nobody;

impl Watch for Nobody {
    fn begins(&self, _: Stage) {}

    fn goes_on(&self, _: u64, _: u64) -> bool {
        true
    }

    fn sees(&self, _: &dyn Fn() -> String) {}
}
