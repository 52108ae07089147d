//! The grammar's rules, as pest builds them from grammar/*.pest; nothing outside of this room sees them.

/// The parser; its rules are [`Rule`].
#[derive(pest_derive::Parser)]
#[grammar = "../grammar/lexical.pest"]
#[grammar = "../grammar/expression.pest"]
#[grammar = "../grammar/declaration.pest"]
pub(super) struct Grammar;

/// The grammar's own text: where the words of the language are written down.
pub(super) const TEXT: &str = include_str!("../../grammar/lexical.pest");
