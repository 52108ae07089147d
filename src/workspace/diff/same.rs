//! What a declaration says apart from where it stands: two of one text here are the same to everything that reads them.

use crate::syntax::ast::File;
use std::fmt::Debug;

/// A part of a tree written out, its expressions in their places and without spans. The names of the tree's own fields
/// serve as words, so that a new field is told apart without being listed here.
pub(super) fn canonical(file: &File, node: &dyn Debug) -> String {
    let mut out = String::new();
    write(&mut out, file, &format!("{node:?}"));
    out
}

fn write(out: &mut String, file: &File, text: &str) {
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        if letter == '"' {
            let end = quoted(rest);
            let (word, behind) = rest.split_at(end);
            out.push_str(word);
            rest = behind;
        } else if let Some(behind) = rest.strip_prefix("Span {") {
            rest = behind.split_once('}').map_or("", |(_, behind)| behind);
        } else if let Some(behind) = rest.strip_prefix("ExprId(") {
            let (id, behind) = behind.split_once(')').unwrap_or((behind, ""));
            if let Some(expr) = id.parse::<usize>().ok().and_then(|id| file.exprs.get(id)) {
                out.push('(');
                write(out, file, &format!("{:?}", expr.node));
                out.push(')');
            }
            rest = behind;
        } else {
            out.push(letter);
            rest = rest.get(letter.len_utf8()..).unwrap_or("");
        }
    }
}

/// How long a text in quotes is that another begins with.
fn quoted(text: &str) -> usize {
    let mut escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        if letter == '"' && !escaped {
            return at + 1;
        }
        escaped = letter == '\\' && !escaped;
    }
    text.len()
}
