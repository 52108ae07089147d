//! Parsing: trees of good files, drawings of bad ones, limits, and random texts.
#![allow(clippy::wildcard_enum_match_arm, reason = "a test that finds another node fails")]

mod explain;
mod fixtures;
mod fragments;
mod limits;
mod numbers;
pub mod robust;
mod shipped;
mod tree;
mod words;

use biz::diagnostic::{Style, render};
use biz::syntax::{Parsed, parse};
use biz::text::{FileId, Source};

fn source(text: &str) -> Source {
    Source::new(FileId(0), "plan.biz", text)
}

fn read(text: &str) -> Parsed {
    parse(&source(text))
}

/// The codes of a text's mistakes, in order.
fn codes(text: &str) -> Vec<&'static str> {
    read(text).mistakes.iter().map(|mistake| mistake.code.0).collect()
}

/// The tree of a text without mistakes.
fn tree(text: &str) -> String {
    let parsed = read(text);
    let source = source(text);
    assert!(parsed.mistakes.is_empty(), "{}", render::human(&parsed.mistakes, &[source], Style::default()));
    tree::dump(&parsed)
}
