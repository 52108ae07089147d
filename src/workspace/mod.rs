//! Workspace: files → facts. The only room that parses, checks, compiles, runs and reports in a row.

mod answers;
mod board;
mod asked;
mod cost;
mod drivers;
mod facts;
pub mod files;
mod kept;
mod linted;
pub mod load;
mod mistakes;
mod part;
mod plan;
mod sampling;
mod sensitive;
mod shelf;
mod simulated;
mod solved;
mod swept;
mod worth;

pub use asked::{Aims, Ask, AskedLine};
pub use cost::{Cost, Limits};
pub use facts::{Blame, Facts, Stopped};
pub use files::{Disk, Files, Memory, Unreadable, create, is_folder, models_below, read_part, replace, rewrite};
pub use load::{Alone, alone, tested_models};
pub use mistakes::part_unreadable;
pub use part::{Part, Share};
pub use plan::Question;
pub use sampling::Samples;
pub use crate::check::lint::Lint;
pub use crate::run::Sampling;
pub use sensitive::Movable;
pub use shelf::needed_files;
pub use swept::Spacing;
pub use worth::Wanted;
