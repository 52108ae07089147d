//! Syntax: text → tree, comments, mistakes. The only user of pest.

pub mod ast;
mod broken;
mod build;
mod comments;
mod form;
mod glance;
mod grammar;
mod guesses;
mod keywords;
mod layout;
mod letters;
mod lexeme;
pub mod limits;
mod mistakes;
pub mod spoken;
pub mod tokens;
mod typed;

use crate::diagnostic::Diagnostic;
use crate::text::{Source, Span};
use limits::LONGEST_SOURCE;
use mistakes::Told;

pub use comments::Comment;
pub use glance::{Glance, glance, words};
pub use guesses::guesses;
pub use keywords::{SETTINGS, keywords};
pub use lexeme::{Ending, Lexeme, Sort, goes_on, is_unfinished, lexemes};
pub use typed::{Typed, typed};

/// What became of a file.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// The tree; what could not be read is broken in it.
    pub file: ast::File,
    /// Every comment, in the order written.
    pub comments: Vec<Comment>,
    /// Every mistake, by place.
    pub mistakes: Vec<Diagnostic>,
}

/// What became of a text that is less than a file.
#[derive(Clone, Debug)]
pub struct Fragment<T> {
    /// The arena of its expressions.
    pub file: ast::File,
    /// What it says; none if it could not be read.
    pub node: Option<T>,
    /// Every mistake, by place.
    pub mistakes: Vec<Diagnostic>,
}

/// Reads a file. Whatever the text, there is a tree.
#[must_use]
pub fn parse(source: &Source) -> Parsed {
    if let Some(mistake) = too_long(source) {
        let items = vec![ast::Item { span: whole(source), doc: None, node: ast::Node::Broken }];
        return Parsed { file: ast::File { id: source.id, items, exprs: Vec::new() }, comments: Vec::new(), mistakes: vec![mistake] };
    }
    let mut layout = layout::file(source);
    let comments = std::mem::take(&mut layout.comments);
    let (file, told) = build::file(source, layout);
    Parsed { file, comments, mistakes: told.sorted(source) }
}

/// Reads one expression: `revenue[2027] / 12`.
#[must_use]
pub fn expression(source: &Source) -> Fragment<ast::ExprId> {
    fragment(source, |builder, entry| builder.single_expression(entry))
}

/// Reads a replacement: `assistant.churn = 4%/month`.
#[must_use]
pub fn replacement(source: &Source) -> Fragment<ast::Definition> {
    fragment(source, |builder, entry| builder.single_definition(entry))
}

fn fragment<T>(source: &Source, read: impl Fn(&mut build::Builder<'_>, &layout::Entry) -> Option<T>) -> Fragment<T> {
    let empty = ast::File { id: source.id, ..ast::File::default() };
    if let Some(mistake) = too_long(source) {
        return Fragment { file: empty, node: None, mistakes: vec![mistake] };
    }
    let layout = layout::single(source);
    let mut builder = build::Builder::new(source, &layout.masked, layout.told);
    let entry = layout.entries.first();
    let node = match entry {
        Some(entry) => read(&mut builder, entry),
        None if !builder.told.is_empty() => None,
        None => {
            builder.told.tell(mistakes::expressions::nothing_written, whole(source));
            None
        }
    };
    let (file, told) = builder.finish(Vec::new());
    let mistakes = told.sorted(source);
    Fragment { file, node: node.filter(|_| mistakes.is_empty()), mistakes }
}

fn whole(source: &Source) -> Span {
    Span::new(0, u32::try_from(source.text.len()).unwrap_or(u32::MAX))
}

fn too_long(source: &Source) -> Option<Diagnostic> {
    let bytes = source.text.len();
    let start = Told::new(source.id).at(Span::new(0, 0));
    (bytes > LONGEST_SOURCE).then(|| mistakes::limits::source_too_long(start, bytes))
}
