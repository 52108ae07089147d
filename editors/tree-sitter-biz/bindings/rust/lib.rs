//! Biz for tree-sitter: the language, and the queries that editors ask.

use tree_sitter_language::LanguageFn;

unsafe extern "C" {
    fn tree_sitter_biz() -> *const ();
}

/// The language.
// SAFETY: the function is the generated parser's, and gives what such a function has to.
pub const LANGUAGE: LanguageFn = unsafe { LanguageFn::from_raw(tree_sitter_biz) };

/// What is coloured how.
pub const HIGHLIGHTS_QUERY: &str = include_str!("../../queries/highlights.scm");
/// What folds.
pub const FOLDS_QUERY: &str = include_str!("../../queries/folds.scm");
/// What stands deeper.
pub const INDENTS_QUERY: &str = include_str!("../../queries/indents.scm");
/// Which names are local.
pub const LOCALS_QUERY: &str = include_str!("../../queries/locals.scm");
