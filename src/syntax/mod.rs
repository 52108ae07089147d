//! Syntax: text → tree, comments, mistakes. The only user of pest.

pub mod ast;
