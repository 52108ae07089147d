//! The prelude as a whole: what a model loads of it, and its reference.

mod reference;
mod shelf;
