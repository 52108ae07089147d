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
        if wide(word) <= columns {
            lines.last_mut().into_iter().for_each(|line| line.push_str(word));
            continue;
        }
        for part in parts(word) {
            let used = lines.last().map_or(0, |line| wide(line));
            if used > 0 && used + wide(part) > columns && wide(part) <= columns {
                lines.push(String::new());
            }
            part.chars().for_each(|character| push(&mut lines, character, columns));
        }
    }
    lines
}

/// A word in parts, broken behind the signs that divide names and paths.
fn parts(word: &str) -> impl Iterator<Item = &str> {
    word.split_inclusive(['.', '_', '-', '/'])
}

/// How many columns what should not be broken takes: the widest part of a word. Wide characters may stand in any line.
pub(super) fn unbroken(text: &str) -> usize {
    let runs = text.split_whitespace().flat_map(parts).flat_map(|part| part.split(|character: char| character.width() == Some(2)));
    runs.map(wide).max().unwrap_or(0)
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
pub(super) fn hanging(first: &str, text: &str, style: Style) -> String {
    hanging_behind([first, &" ".repeat(wide(first))], text, style)
}

/// A paragraph with `first` before its first line, and `below` before the others.
pub(super) fn hanging_behind([first, below]: [&str; 2], text: &str, style: Style) -> String {
    // Some signs are several where the terminal knows less: that is settled before lines are broken.
    let lines = wrap(&signs(text, style), style.width.saturating_sub(wide(first).max(wide(below))));
    let mut out = String::new();
    for (at, line) in lines.iter().enumerate() {
        line_into(&mut out, &format!("{}{line}", if at == 0 { first } else { below }));
    }
    out
}

/// A line without blanks at its end.
pub(super) fn line_into(out: &mut String, line: &str) {
    out.push_str(line.trim_end());
    out.push('\n');
}

/// The text with the signs of reports as the terminal knows them; other signs, which the author wrote, stay as they are.
pub(super) fn signs(text: &str, style: Style) -> String {
    match style.signs {
        Signs::Unicode => text.to_owned(),
        Signs::Ascii => text.replace('–', "-").replace('…', "...").replace('·', "-").replace('±', "+/-").replace('→', "->"),
    }
}
