//! Comments: the side table of a file, and the text of those that explain an item.

use super::ast::Text;
use crate::text::{Source, Span};

/// A comment, from its `#` to the end of its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comment {
    /// The comment, without the line break.
    pub span: Span,
    /// Whether it begins with `##` and explains an item.
    pub doc: bool,
}

/// What the `##` comments of an item say, a line each.
pub(super) fn doc(source: &Source, docs: &[Span]) -> Option<Text> {
    let span = docs.iter().copied().reduce(Span::join)?;
    let lines: Vec<&str> = docs.iter().map(|doc| source.slice(*doc).trim_start_matches('#').trim()).collect();
    Some(Text { text: lines.join("\n"), span })
}
