//! The words of the language, read from the grammar: every rule called `kw_…`.

use super::grammar::TEXT;

/// What a `model` says of itself.
pub const SETTINGS: [&str; 5] = ["timeline", "step", "currency", "days_per_month", "year_begins"];

/// Every word of the language, in the order of the grammar: the reserved ones first.
#[must_use]
pub fn keywords() -> Vec<&'static str> {
    TEXT.lines().filter_map(word).collect()
}

/// The word of a line such as `kw_if = @{ "if" ~ !name_continue }`.
fn word(line: &'static str) -> Option<&'static str> {
    let rule = line.strip_prefix("kw_")?;
    let (name, text) = rule.split_once('=')?;
    let word = text.split('"').nth(1)?;
    (name.trim() == word).then_some(word)
}
