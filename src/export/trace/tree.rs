//! The tree of a trace on a terminal.

use super::super::layout::{hanging_behind, signs};
use super::super::{Signs, Style};
use super::{head, rest};
use crate::diagnostic::escape::one_line;
use crate::report::{Rest, Trace};

/// The lines a tree is drawn with: before a part, before the last, and before what hangs below each.
struct Twigs {
    part: &'static str,
    last: &'static str,
    on: &'static str,
}

const UNICODE: Twigs = Twigs { part: "├─ ", last: "└─ ", on: "│  " };
const ASCII: Twigs = Twigs { part: "+- ", last: "`- ", on: "|  " };

/// The tree: name, value, what it adds and its share on a line, the equation and its place below.
#[must_use]
pub fn trace(tree: &Trace, style: Style) -> String {
    let twigs = match style.signs {
        Signs::Unicode => UNICODE,
        Signs::Ascii => ASCII,
    };
    let mut out = String::new();
    draw(&mut out, tree, ["", ""], &twigs, style);
    signs(&out, style)
}

/// Draws a node behind a lead for its first line and one for the lines below.
fn draw(out: &mut String, node: &Trace, lead: [&str; 2], twigs: &Twigs, style: Style) {
    let [first, below] = lead;
    let name = node.path.clone().unwrap_or_else(|| one_line(&node.equation));
    block(out, first, below, &head(node, &name), style);
    let inner = if node.parts.is_empty() { format!("{below}   ") } else { format!("{below}{}", twigs.on) };
    if node.path.is_some() && node.rest != Rest::Above {
        let place = format!("{}:{}", node.place.file, node.place.line);
        block(out, &inner, &inner, &format!("= {}   [{place}]", one_line(&node.equation)), style);
        if let Some(doc) = &node.doc {
            block(out, &inner, &inner, &format!("## {}", one_line(doc)), style);
        }
    }
    if let Some(rest) = rest(node.rest) {
        block(out, &inner, &inner, rest, style);
    }
    for (at, part) in node.parts.iter().enumerate() {
        let is_last = at + 1 == node.parts.len();
        let twig = if is_last { twigs.last } else { twigs.part };
        let hang = if is_last { "   " } else { twigs.on };
        draw(out, part, [&format!("{below}{twig}"), &format!("{below}{hang}")], twigs, style);
    }
}

/// Columns that a text has at least beside its twigs, or half of a terminal that is narrower than twice that.
const LEAST: usize = 20;

fn block(out: &mut String, first: &str, below: &str, text: &str, style: Style) {
    let most = style.width - LEAST.min(style.width / 2);
    // Whole twigs, so that those of one depth stand below each other.
    let most = most - most % UNICODE.on.chars().count();
    *out += &hanging_behind([innermost(first, most), innermost(below, most)], text, style);
}

/// The twigs next to the text: where a tree is deeper than the terminal is wide, it is seen from inside.
fn innermost(lead: &str, most: usize) -> &str {
    let outer = lead.char_indices().rev().nth(most.saturating_sub(1)).map_or(0, |(at, _)| at);
    lead.get(outer..).unwrap_or_default()
}
