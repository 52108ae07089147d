//! Exit status: what scripts may rely on.

use crate::workspace::{Blame, Facts};

/// How a command ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Status {
    /// All is well.
    #[default]
    Fine,
    /// The model has errors, or a requirement or a test is not met.
    Model,
    /// Wrong usage, or a file that can't be read.
    Usage,
}

impl Status {
    /// 0, 1 or 2.
    pub const fn code(self) -> u8 {
        match self {
            Self::Fine => 0,
            Self::Model => 1,
            Self::Usage => 2,
        }
    }

    /// The status of what was found wrong before anything was computed.
    pub fn of(facts: &Facts) -> Self {
        match facts.blame() {
            Blame::Nobody => Self::Fine,
            Blame::Model => Self::Model,
            Blame::Asker => Self::Usage,
        }
    }
}
