//! A second, slow evaluator of the checked model, and what compares it with the engine.

pub mod build;
