//! Simulation: how the figures of a model are spread over samples. One file a format.

pub mod csv;
mod fan;
pub mod json;
pub mod markdown;
pub mod table;
mod words;
