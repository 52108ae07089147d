//! Every integration test, one binary.

mod diagnostic;
