//! Letters: what names are made of, and the words that are never names.

use pest::unicode::{XID_CONTINUE, XID_START};

/// Words that stand between two values or behind one: a line that begins with one goes on the line above, and a line
/// that ends with one goes on below.
const BETWEEN: [&str; 16] = [
    "then", "else", "and", "or", "otherwise", "in", "to", "growing", "from", "until", "within", "with", "each", "by", "between", "plus",
];

/// Words that begin a value.
const BEFORE: [&str; 4] = ["if", "not", "true", "false"];

/// Whether a name may begin with it.
pub(super) fn starts_name(character: char) -> bool {
    character.is_ascii_alphabetic() || !character.is_ascii() && XID_START(character)
}

/// Whether a name may go on with it.
pub(super) fn continues_name(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '_' || !character.is_ascii() && XID_CONTINUE(character)
}

/// Whether a word is an operator or a clause: it stands between two values.
pub(super) fn stands_between(word: &str) -> bool {
    BETWEEN.contains(&word)
}

/// Whether a word is never a name.
pub(super) fn is_reserved(word: &str) -> bool {
    BETWEEN.contains(&word) || BEFORE.contains(&word)
}

/// The run of letters, digits and `_` at the beginning of a text.
pub(super) fn word(text: &str) -> &str {
    let end = text.find(|character| !continues_name(character)).unwrap_or(text.len());
    text.get(..end).unwrap_or(text)
}

/// The dotted path at the beginning of a text; empty if it does not begin with a name.
pub(super) fn path(text: &str) -> &str {
    let mut end = 0;
    loop {
        let rest = text.get(end..).unwrap_or("");
        if !rest.starts_with(starts_name) {
            return text.get(..end.saturating_sub(1)).unwrap_or("");
        }
        end += word(rest).len();
        if !text.get(end..).unwrap_or("").starts_with('.') {
            return text.get(..end).unwrap_or("");
        }
        end += 1;
    }
}

/// A name made of the words of a text in quotes: `price_war` of `"Price war"`; empty where there are none.
pub(super) fn name_of(quoted: &str) -> String {
    let inside = quoted.trim_matches('"');
    let joined = inside.split(|character| !continues_name(character)).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("_");
    let name = if joined == inside { joined } else { joined.to_lowercase() };
    if name.starts_with(starts_name) && !is_reserved(&name) { name } else { String::new() }
}
