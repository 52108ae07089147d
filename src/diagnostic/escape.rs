//! Makes text safe to print: control, direction and invisible characters become `\u{…}`.

use std::borrow::Cow;
use std::fmt::Write;

/// The text with every character that could steer a terminal or hide from a reader written out: `\u{1b}`.
/// Tab and line feed pass; [`one_line`] takes them too.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    escaped(text, |character| is_hidden(character) && !matches!(character, '\t' | '\n'))
}

/// Like [`visible`], for places that have one line: line feeds and tabs become blanks.
#[must_use]
pub fn one_line(text: &str) -> String {
    let flat: String = text.chars().map(|character| if matches!(character, '\t' | '\n') { ' ' } else { character }).collect();
    visible(&flat).into_owned()
}

/// Whether a character must not reach a terminal as it is: the controls (C0, DEL, C1), the marks that turn the
/// direction of writing, and those that take no room. The joiners of Indic scripts and emoji stay.
#[must_use]
pub fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

fn escaped(text: &str, hide: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.chars().any(&hide) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if hide(character) {
            // Writing to a string can't fail.
            let _ = write!(out, "\\u{{{:x}}}", u32::from(character));
        } else {
            out.push(character);
        }
    }
    Cow::Owned(out)
}
