//! Diagnostics: facts about a mistake, their drawing on a terminal, and the documents that other programs read.

mod clip;
pub mod document;
pub mod escape;
mod excerpt;
pub mod explain;
pub mod github;
pub mod json;
pub mod junit;
mod mark;
mod mend;
pub mod render;
pub mod sarif;
pub mod shape;
pub mod short;
pub mod suggest;
mod tally;
mod uri;
mod wrap;

pub use render::Style;
pub use shape::{Code, Diagnostic, Edit, Fix, Guess, Label, Severity};
pub use tally::{SHOWN, Warnings};
