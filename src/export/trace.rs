//! Trace: where a value comes from, as a tree on a terminal.

use super::layout::{line_into, signs, wide, wrap};
use super::{Signs, Style};
use crate::diagnostic::escape::one_line;
use crate::report::{Rest, Trace, Value, number};

/// The lines a tree is drawn with: before a part, before the last, and before what hangs below each.
struct Twigs {
    part: &'static str,
    last: &'static str,
    on: &'static str,
}

const UNICODE: Twigs = Twigs { part: "├─ ", last: "└─ ", on: "│  " };
const ASCII: Twigs = Twigs { part: "+- ", last: "`- ", on: "|  " };

/// The tree: name, value and share on a line, the equation and its place below.
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
    block(out, first, below, &head(node), style);
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

/// `revenue in 2027-03: 1234.5 USD/month, 40%`
fn head(node: &Trace) -> String {
    let name = node.path.clone().unwrap_or_else(|| one_line(&node.equation));
    let period = node.period.as_ref().map_or_else(String::new, |period| format!(" in {period}"));
    let share = node.share.map_or_else(String::new, |share| format!(", {}% of the above", number::compact(share * 100.0)));
    let value = match node.value.value {
        Value::Number(_) | Value::Condition(_) | Value::Date(_) | Value::Choice(_) => node.value.exact(),
        Value::Blank => "blank (–)".to_owned(),
        Value::Fault => "no value (!)".to_owned(),
    };
    format!("{name}{period}: {value}{share}")
}

const fn rest(rest: Rest) -> Option<&'static str> {
    match rest {
        Rest::Nothing => None,
        Rest::Above => Some("… shown above"),
        Rest::Deeper => Some("… goes on below"),
    }
}

fn block(out: &mut String, first: &str, below: &str, text: &str, style: Style) {
    let room = style.width.saturating_sub(wide(first).max(wide(below))).max(20);
    for (at, line) in wrap(text, room).iter().enumerate() {
        line_into(out, &format!("{}{line}", if at == 0 { first } else { below }));
    }
}
