//! Workspace: files → facts. The only room that parses, checks, compiles, runs and reports in a row.

mod answers;
mod board;
mod asked;
mod drivers;
mod facts;
pub mod files;
pub mod load;
mod mistakes;
mod sampling;
mod sensitive;
mod shelf;
mod simulated;
mod solved;
mod swept;
mod worth;

pub use asked::{Aims, Ask};
pub use facts::{Blame, Facts};
pub use files::{Disk, Files, Memory, Unreadable, create, is_folder};
pub use load::tested_models;
pub use sampling::Samples;
pub use sensitive::Movable;
pub use shelf::needed_files;
pub use swept::Spacing;
pub use worth::Wanted;
