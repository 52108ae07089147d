//! Text: spans, sources and their line index. Imports nothing.

pub mod source;
pub mod span;

pub use source::{Position, Source};
pub use span::{FileId, Location, Span};
