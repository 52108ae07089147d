//! Breaks text into lines of a width: between words, and between wide characters.

use unicode_width::UnicodeWidthChar;
use unicode_width::UnicodeWidthStr;

/// The text in lines of at most `width` columns; line feeds stay breaks and the blanks a line begins with stay.
/// A word that is wider than a whole line is cut.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let width = width.max(2);
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let mut line = String::new();
        let mut used = 0;
        for (blanks, piece) in pieces(paragraph) {
            let wide = piece.width();
            let begins = line.trim_start().is_empty();
            if !begins && used + blanks + wide > width {
                lines.push(std::mem::take(&mut line));
                used = 0;
            } else {
                line.extend(std::iter::repeat_n(' ', blanks));
                used += blanks;
            }
            if used + wide <= width {
                line.push_str(piece);
                used += wide;
                continue;
            }
            for character in piece.chars() {
                let step = character.width().unwrap_or(0);
                if used + step > width && !line.is_empty() {
                    lines.push(std::mem::take(&mut line));
                    used = 0;
                }
                line.push(character);
                used += step;
            }
        }
        lines.push(line);
    }
    lines
}

/// The unbreakable pieces of a line, each with the number of blanks before it.
fn pieces(line: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut blanks = 0;
    let mut start = None;
    let mut after_wide = false;
    for (at, character) in line.char_indices() {
        let wide = character.width() == Some(2);
        let splits = character == ' ' || (!closes(character) && (wide || after_wide));
        if splits && let Some(from) = start.take() {
            found.push((blanks, line.get(from..at).unwrap_or("")));
            blanks = 0;
        }
        after_wide = wide || (after_wide && closes(character));
        if character == ' ' {
            blanks += 1;
        } else if start.is_none() {
            start = Some(at);
        }
    }
    if let Some(from) = start {
        found.push((blanks, line.get(from..).unwrap_or("")));
    }
    found
}

/// Signs that do not begin a line.
fn closes(character: char) -> bool {
    matches!(character, '，' | '。' | '、' | '；' | '：' | '！' | '？' | '）' | '」' | '』' | '》' | '”' | '’' | ',' | '.' | ';' | ':' | ')' | ']' | '`')
}
