//! Arguments of `biz check`: which lints look at the model.

use super::Check;
use crate::workspace::Lint;
use clap::ValueEnum;

/// Lints that are off unless they are asked for.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum MoreLints {
    /// Inputs without a `##` comment
    Undocumented,
    /// Every lint
    All,
}

impl Check {
    /// The lints that look at the model.
    pub fn lints(&self) -> Vec<Lint> {
        let more = self.lint.iter().flat_map(|more| match more {
            MoreLints::Undocumented => [Lint::Undocumented].as_slice(),
            MoreLints::All => Lint::ALL.as_slice(),
        });
        let mut lints: Vec<Lint> = Lint::USUAL.iter().chain(more).copied().collect();
        lints.sort_unstable();
        lints.dedup();
        lints
    }
}
