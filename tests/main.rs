//! Every integration test, one binary.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that can't go on stops")]
#![allow(clippy::wildcard_enum_match_arm, reason = "a test that looks for some forms passes over the others")]

mod check;
mod diagnostic;
mod cli;
mod decide;
mod fmt;
mod report;
mod editors;
mod house;
mod ide;
mod models;
mod quantity;
mod repl;
mod support;
mod naive;
mod numeric;
mod prelude;
mod run;
mod syntax;
mod why;
