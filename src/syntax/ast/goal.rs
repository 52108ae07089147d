//! Goals as written.

use super::{ExprId, Name, Path, Text};
use crate::text::Span;

/// `goal NAME "Title" { vary x from a to b, until CONDITION }`
#[derive(Clone, Debug, PartialEq)]
pub struct Goal {
    /// The goal's name.
    pub name: Name,
    /// Its title.
    pub title: Option<Text>,
    /// Its lines.
    pub lines: Vec<GoalLine>,
    /// Whether what it varies has to have a part in its aim.
    pub part: Part,
}

/// Whether what a goal varies has to have a part in its aim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// It has to.
    Wanted,
    /// It need not: several figures are looked at together.
    Open,
}

/// One line of a goal.
#[derive(Clone, Debug, PartialEq)]
pub struct GoalLine {
    /// All of it.
    pub span: Span,
    /// What it says.
    pub node: GoalNode,
}

/// What a line of a goal says.
#[derive(Clone, Debug, PartialEq)]
pub enum GoalNode {
    /// `vary x from a to b`
    Vary {
        /// The input.
        path: Path,
        /// `a to b`
        range: ExprId,
    },
    /// `until final(cash) >= 0 USD`
    Until(ExprId),
    /// `maximize e`, `minimize e`, perhaps `subject to requirements`
    Best {
        /// Which way is better.
        better: Better,
        /// What is to be as high or as low as can be.
        value: ExprId,
        /// What has to hold.
        under: Under,
    },
    /// A line that could not be read.
    Broken,
}

/// Which way is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// `maximize`
    More,
    /// `minimize`
    Less,
}

/// What the answer to a goal has to keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Under {
    /// Nothing but its range.
    Nothing,
    /// `subject to requirements`: every `require` of the model.
    Requirements,
}
