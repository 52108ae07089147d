//! Layout: text in columns of a terminal, where some characters are two columns wide.

use super::{Signs, Style};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How many columns a text takes.
pub(super) fn wide(text: &str) -> usize {
    text.width()
}

/// Filled up with blanks on the right.
pub(super) fn left(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(wide(text))))
}

/// Filled up with blanks on the left.
pub(super) fn right(text: &str, columns: usize) -> String {
    format!("{}{text}", " ".repeat(columns.saturating_sub(wide(text))))
}

/// In lines of at most `columns`, broken between words; a word that is too wide is cut, and nothing is left out.
pub(super) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(2);
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let used = lines.last().map_or(0, |line| wide(line));
        let gap = usize::from(used > 0);
        if used > 0 && used + gap + wide(word) > columns {
            lines.push(String::new());
        } else if gap > 0 {
            push(&mut lines, ' ', columns);
        }
        word.chars().for_each(|character| push(&mut lines, character, columns));
    }
    lines
}

/// Adds a character to the last line, or to a new one where it is full.
fn push(lines: &mut Vec<String>, character: char, columns: usize) {
    let more = character.width().unwrap_or(0);
    match lines.last_mut() {
        Some(line) if line.is_empty() || wide(line) + more <= columns => line.push(character),
        Some(_) | None => lines.push(character.to_string()),
    }
}

/// A paragraph with a hanging indent: `first` before its first line, blanks of the same width before the others.
pub(super) fn hanging(first: &str, text: &str, width: usize) -> String {
    let indent = wide(first);
    let lines = wrap(text, width.saturating_sub(indent));
    let mut out = String::new();
    for (at, line) in lines.iter().enumerate() {
        let lead = if at == 0 { first.to_owned() } else { " ".repeat(indent) };
        line_into(&mut out, &format!("{lead}{line}"));
    }
    out
}

/// A line without blanks at its end.
pub(super) fn line_into(out: &mut String, line: &str) {
    out.push_str(line.trim_end());
    out.push('\n');
}

/// The text in the signs that the terminal knows; what the author wrote stays as it is.
pub(super) fn signs(text: &str, style: Style) -> String {
    match style.signs {
        Signs::Unicode => text.to_owned(),
        Signs::Ascii => text.replace('–', "-").replace('…', "...").replace('·', "-").replace('±', "+/-"),
    }
}
