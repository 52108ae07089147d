//! Lints: remarks on a model that is sound, each with a code; a comment with a reason turns one off.

mod alias;
mod allow;
mod buried;
mod deep;
mod moot;
mod names;
mod overridden;
mod same;
mod twice;
mod undocumented;
mod unused;
mod walk;

use super::model::Model;
use crate::diagnostic::Diagnostic;
use crate::syntax::{Comment, ast};
use crate::text::Source;
use walk::Trees;

pub use allow::{Allowed, allow};

/// A lint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lint {
    /// A number in an equation that nothing tells the meaning of.
    Buried,
    /// Two definitions with the same right side.
    Twice,
    /// A name for a name for a figure.
    Alias,
    /// An input, a slot, a parameter or a unit that nothing reads.
    Unused,
    /// An input without a `##` comment.
    Undocumented,
    /// An `if` in an `if` in an `if`, or a long row of them.
    Deep,
    /// An input to which every scenario gives a value on the same side of the model's own.
    Overridden,
    /// A replacement by what stands there already, and a branch that decides nothing.
    Moot,
}

impl Lint {
    /// Every lint.
    pub const ALL: [Self; 8] =
        [Self::Buried, Self::Twice, Self::Alias, Self::Unused, Self::Undocumented, Self::Deep, Self::Overridden, Self::Moot];

    /// Those that look at a model unless more are asked for.
    pub const USUAL: [Self; 7] =
        [Self::Buried, Self::Twice, Self::Alias, Self::Unused, Self::Deep, Self::Overridden, Self::Moot];

    fn found(self, linted: &Linted<'_>, trees: &Trees<'_>) -> Vec<Diagnostic> {
        match self {
            Self::Buried => buried::buried(linted, trees),
            Self::Twice => twice::twice(trees),
            Self::Alias => alias::alias(linted, trees),
            Self::Unused => unused::unused(linted, trees),
            Self::Undocumented => undocumented::undocumented(trees),
            Self::Deep => deep::deep(linted, trees),
            Self::Overridden => overridden::overridden(linted),
            Self::Moot => moot::moot(linted, trees),
        }
    }

    /// The code of what it finds.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Buried => "BIZ0801",
            Self::Twice => "BIZ0802",
            Self::Alias => "BIZ0803",
            Self::Unused => "BIZ0804",
            Self::Undocumented => "BIZ0805",
            Self::Deep => "BIZ0806",
            Self::Overridden => "BIZ0807",
            Self::Moot => "BIZ0808",
        }
    }
}

/// A text of the model and the comments in it.
#[derive(Clone, Copy, Debug)]
pub struct Commented<'a> {
    /// The text.
    pub source: &'a Source,
    /// Its tree.
    pub file: &'a ast::File,
    /// Its comments.
    pub comments: &'a [Comment],
}

/// A sound model, and the texts it was read from.
#[derive(Clone, Copy, Debug)]
pub struct Linted<'a> {
    /// The prelude's files.
    pub prelude: &'a [&'a ast::File],
    /// The model's: the main file first, then its imports.
    pub texts: &'a [Commented<'a>],
    /// The model.
    pub model: &'a Model,
}

/// What lints find in a model that has no errors.
#[must_use]
pub fn lint(linted: &Linted<'_>, lints: &[Lint]) -> Vec<Diagnostic> {
    let trees = Trees::of(linted);
    lints.iter().flat_map(|lint| lint.found(linted, &trees)).collect()
}
