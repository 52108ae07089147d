//! A trace as nested lists of Markdown.

use super::super::markdown::safe;
use super::{head, rest};
use crate::report::{Rest, Trace};

/// The tree: a point a value, its parts below.
#[must_use]
pub fn markdown(tree: &Trace) -> String {
    let mut out = String::new();
    write(&mut out, tree, 0);
    out
}

fn write(out: &mut String, node: &Trace, depth: usize) {
    let indent = "  ".repeat(depth);
    let name = node.path.clone().unwrap_or_else(|| node.equation.clone());
    let mut line = safe(&head(node, &name));
    // A sign at the beginning of a point would begin a list of its own.
    if line.starts_with(['+', '-']) {
        line.insert(0, '\\');
    }
    if node.path.is_some() && node.rest != Rest::Above {
        line += &format!(" = {} ({}:{})", safe(&node.equation), safe(&node.place.file), node.place.line);
        if let Some(doc) = &node.doc {
            line += &format!(" — {}", safe(doc));
        }
    }
    if let Some(rest) = rest(node.rest) {
        line += &format!(" {rest}");
    }
    out.push_str(&format!("{indent}- {line}\n"));
    node.parts.iter().for_each(|part| write(out, part, depth + 1));
}
