//! Check: trees → model. Names, kinds, units, order; every mistake in plain words.

pub mod model;
