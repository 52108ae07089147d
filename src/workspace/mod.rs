//! Workspace: files → facts. The only room that parses, checks, compiles, runs and reports in a row.

mod answers;
mod apart;
mod asked;
mod board;
mod compared;
mod cost;
mod diff;
mod drivers;
mod entries;
mod explained;
mod facts;
pub mod files;
mod git;
mod graphed;
mod kept;
mod linted;
pub mod load;
mod mistakes;
mod outline;
mod part;
mod plan;
mod plotted;
mod project;
mod retried;
mod sampling;
mod sensitive;
mod shelf;
mod simulated;
mod solved;
mod stamp;
mod swept;
mod worth;

pub use asked::{Aims, Ask, AskedLine};
pub use cost::{Cost, Limits};
pub use crate::check::lint::Lint;
pub use crate::run::Sampling;
pub use diff::Pair;
pub use entries::{Unwritten, replaced_by};
pub use facts::{Blame, Facts};
pub use files::{
    Disk, Files, Memory, STDIN, Unreadable, create, create_folder, exists, is_folder, models_below, paths, read_part, replace, rewrite,
};
pub use git::Git;
pub use load::{Alone, alone, tested_models};
pub use mistakes::part_unreadable;
pub use outline::{Named, Outline, outline};
pub use part::{Part, Share};
pub use plan::Question;
pub use plotted::Drawing;
pub use project::{Project, Since};
pub use sampling::{Samples, Stopped};
pub use sensitive::Movable;
pub use shelf::needed_files;
pub use stamp::Stamp;
pub use swept::Spacing;
pub use worth::Wanted;
