//! Typed: what was typed at a prompt, a declaration or a question, told by which of them it reads as.

use super::form::{Form, Place, defines};
use super::letters::path;
use super::{Fragment, Parsed, ast, expression, parse, replacement};
use crate::text::Source;

/// What a text that was typed says.
#[derive(Clone, Debug)]
pub enum Typed {
    /// `rent = 2k USD/month`, `market smb { … }`: lines as a file has them.
    Declarations(Parsed),
    /// `smb.size = 2M company`
    Replacement(Fragment<ast::Definition>),
    /// `final(cash)`
    Question(Fragment<ast::ExprId>),
}

/// Reads what was typed. Where it is broken, it is what it seems to be.
#[must_use]
pub fn typed(source: &Source) -> Typed {
    let text = without_comments_above(&source.text);
    let path = path(text);
    let rest = text.get(path.len()..).unwrap_or("").trim_start_matches([' ', '\t']);
    if path.contains('.') && defines(rest) {
        return Typed::Replacement(replacement(source));
    }
    let parsed = parse(source);
    if parsed.mistakes.is_empty() && !parsed.file.items.is_empty() {
        return Typed::Declarations(parsed);
    }
    let question = expression(source);
    let declares = defines(rest) || Form::of(text, Place::File, text.contains('{')) != Form::Definition;
    if question.mistakes.is_empty() || !declares { Typed::Question(question) } else { Typed::Declarations(parsed) }
}

/// From the first line on that is no comment.
fn without_comments_above(text: &str) -> &str {
    let mut rest = text.trim_start();
    while rest.starts_with('#') {
        rest = rest.split_once('\n').map_or("", |(_, below)| below).trim_start();
    }
    rest
}
