//! What `biz explain CODE` says: a text for each code, with a model that fails and one that runs.

/// The text for a code, in Markdown: `# title`, a paragraph, a block of `biz bad`, a block of `biz good`. The code
/// may be written in small letters.
#[must_use]
pub fn explain(code: &str) -> Option<&'static str> {
    let at = TEXTS.binary_search_by(|(known, _)| (*known).cmp(code.to_ascii_uppercase().as_str())).ok()?;
    TEXTS.get(at).map(|(_, text)| *text)
}

/// Every code that has a text, in order.
pub fn codes() -> impl Iterator<Item = &'static str> {
    TEXTS.iter().map(|(code, _)| *code)
}

/// The texts, sorted by code.
const TEXTS: &[(&str, &str)] = &[
];
