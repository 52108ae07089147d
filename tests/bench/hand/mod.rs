//! The reference models written by hand, as fast as they would go without a language: what the engine is measured against.

pub mod brackets;
pub mod draws;
pub mod lanes;
pub mod r1;
pub mod r2;
pub mod r3;
