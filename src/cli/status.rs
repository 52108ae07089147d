//! Exit status: what scripts may rely on.

use super::terminal::Terminal;
use super::watch::STOPPED;
use crate::workspace::{Blame, Facts, Stopped};

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
    /// Ctrl-C ended the samples; what was told is of those before.
    Stopped,
}

impl Status {
    /// 0, 1 or 2; 130 as shells count what Ctrl-C ends.
    pub const fn code(self) -> u8 {
        match self {
            Self::Fine => 0,
            Self::Model => 1,
            Self::Usage => 2,
            Self::Stopped => STOPPED,
        }
    }

    /// Tells what was found, and gives the status of that.
    pub fn told(facts: &Facts, terminal: &Terminal) -> Self {
        terminal.tell(&facts.name, &facts.mistakes, &facts.sources);
        match facts.stopped {
            Some(Stopped { done, of }) => {
                terminal.remark(&format!("stopped after {done} of {of} samples: what is told comes from those\n"));
                Self::Stopped
            }
            None if terminal.warnings.fail(&facts.mistakes) => Self::of(facts).max(Self::Model),
            None => Self::of(facts),
        }
    }

    /// The status of what was found wrong before anything was computed.
    fn of(facts: &Facts) -> Self {
        match facts.blame() {
            Blame::Nobody => Self::Fine,
            Blame::Model => Self::Model,
            Blame::Asker => Self::Usage,
        }
    }
}
