//! The shelf: the prelude, parsed once for the whole process.

use crate::prelude;
use crate::syntax::{ast, parse};
use crate::text::{FileId, Source};
use std::sync::LazyLock;

/// The prelude's texts and trees; its files come first, so that their ids tell them from the model's.
#[derive(Debug)]
pub(super) struct Shelf {
    pub sources: Vec<Source>,
    pub files: Vec<ast::File>,
}

/// The prelude.
pub(super) static PRELUDE: LazyLock<Shelf> = LazyLock::new(|| {
    let named = prelude::texts().iter().zip(0..);
    let sources: Vec<Source> = named.map(|((name, text), id)| Source::new(FileId(id), format!("<{name}>"), *text)).collect();
    let files = sources.iter().map(|source| parse(source).file).collect();
    Shelf { sources, files }
});
