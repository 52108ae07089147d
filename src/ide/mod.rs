//! Ide: a text and a place in it → what an editor shows there, as plain data.

pub mod completion;
mod context;
pub mod highlight;
pub mod names;
