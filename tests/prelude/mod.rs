//! The prelude as a whole: what a model loads of it.

mod shelf;
