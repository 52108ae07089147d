//! Editors: the copies of the grammar's words, the snippets, and that what editors read is well-formed.

mod files;
mod snippets;
mod words;

use std::path::{Path, PathBuf};

/// A path in `editors/`.
fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("editors").join(name)
}

/// A file in `editors/`.
fn text(name: &str) -> String {
    std::fs::read_to_string(path(name)).unwrap_or_else(|error| panic!("editors/{name}: {error}"))
}

/// A JSON file in `editors/`.
fn json(name: &str) -> serde_json::Value {
    serde_json::from_str(&text(name)).unwrap_or_else(|error| panic!("editors/{name}: {error}"))
}
