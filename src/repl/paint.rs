//! Paint: colours of what is typed.

use crate::ide::highlight::{Class, highlight};

const BOLD: &str = "1";
const DIM: &str = "2";

/// The line in its colours; as wide as before.
pub fn line(line: &str) -> String {
    if let Some(command) = line.trim_start().strip_prefix(':') {
        let lead = line.len() - command.len();
        let name = command.find(char::is_whitespace).unwrap_or(command.len());
        let (head, rest) = line.split_at(lead + name);
        return format!("{}{}", painted(head, BOLD), text(rest));
    }
    text(line)
}

fn text(line: &str) -> String {
    let mut out = String::with_capacity(line.len() * 2);
    let mut at = 0;
    for mark in highlight(line) {
        let range = mark.span.range();
        out.push_str(line.get(at..range.start).unwrap_or_default());
        let piece = line.get(range.clone()).unwrap_or_default();
        match colour(mark.class) {
            Some(colour) => out.push_str(&painted(piece, colour)),
            None => out.push_str(piece),
        }
        at = range.end;
    }
    out.push_str(line.get(at..).unwrap_or_default());
    out
}

/// The prompt.
pub fn prompt(text: &str) -> String {
    painted(text, BOLD)
}

/// The value of what is typed.
pub fn ghost(text: &str) -> String {
    painted(text, DIM)
}

fn colour(class: Class) -> Option<&'static str> {
    match class {
        Class::Keyword => Some("35"),
        Class::Kind => Some("34"),
        Class::Function => Some("36"),
        Class::Unit => Some("33"),
        Class::Number => Some("32"),
        Class::Text => Some("31"),
        Class::Comment | Class::Doc => Some(DIM),
        Class::Name | Class::Sign => None,
    }
}

fn painted(text: &str, code: &str) -> String {
    format!("\x1b[{code}m{text}\x1b[0m")
}
