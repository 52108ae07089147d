//! What `biz explain CODE` says: a text for each code, with a model that fails and one that runs.

/// The text for a code, in Markdown: `# title`, a paragraph, a block of `biz bad`, a block of `biz good`. The code
/// may be written in small letters.
#[must_use]
pub fn explain(code: &str) -> Option<&'static str> {
    let at = TEXTS.binary_search_by(|(known, _)| (*known).cmp(code.to_ascii_uppercase().as_str())).ok()?;
    TEXTS.get(at).map(|(_, text)| *text)
}

/// The title of a code's text: `A name that nothing defines`.
#[must_use]
pub fn title(code: &str) -> Option<&'static str> {
    explain(code)?.lines().next()?.strip_prefix("# ")
}

/// Every code that has a text, in order.
pub fn codes() -> impl Iterator<Item = &'static str> {
    TEXTS.iter().map(|(code, _)| *code)
}

/// The texts, sorted by code.
const TEXTS: &[(&str, &str)] = &[
    ("BIZ0101", include_str!("explain/BIZ0101.md")),
    ("BIZ0102", include_str!("explain/BIZ0102.md")),
    ("BIZ0103", include_str!("explain/BIZ0103.md")),
    ("BIZ0104", include_str!("explain/BIZ0104.md")),
    ("BIZ0105", include_str!("explain/BIZ0105.md")),
    ("BIZ0106", include_str!("explain/BIZ0106.md")),
    ("BIZ0107", include_str!("explain/BIZ0107.md")),
    ("BIZ0108", include_str!("explain/BIZ0108.md")),
    ("BIZ0109", include_str!("explain/BIZ0109.md")),
    ("BIZ0110", include_str!("explain/BIZ0110.md")),
    ("BIZ0201", include_str!("explain/BIZ0201.md")),
    ("BIZ0202", include_str!("explain/BIZ0202.md")),
    ("BIZ0203", include_str!("explain/BIZ0203.md")),
    ("BIZ0204", include_str!("explain/BIZ0204.md")),
    ("BIZ0205", include_str!("explain/BIZ0205.md")),
    ("BIZ0206", include_str!("explain/BIZ0206.md")),
    ("BIZ0207", include_str!("explain/BIZ0207.md")),
    ("BIZ0208", include_str!("explain/BIZ0208.md")),
    ("BIZ0209", include_str!("explain/BIZ0209.md")),
    ("BIZ0210", include_str!("explain/BIZ0210.md")),
    ("BIZ0211", include_str!("explain/BIZ0211.md")),
    ("BIZ0212", include_str!("explain/BIZ0212.md")),
    ("BIZ0213", include_str!("explain/BIZ0213.md")),
    ("BIZ0214", include_str!("explain/BIZ0214.md")),
    ("BIZ0215", include_str!("explain/BIZ0215.md")),
    ("BIZ0216", include_str!("explain/BIZ0216.md")),
    ("BIZ0301", include_str!("explain/BIZ0301.md")),
    ("BIZ0302", include_str!("explain/BIZ0302.md")),
    ("BIZ0303", include_str!("explain/BIZ0303.md")),
    ("BIZ0304", include_str!("explain/BIZ0304.md")),
    ("BIZ0305", include_str!("explain/BIZ0305.md")),
    ("BIZ0306", include_str!("explain/BIZ0306.md")),
    ("BIZ0401", include_str!("explain/BIZ0401.md")),
    ("BIZ0402", include_str!("explain/BIZ0402.md")),
    ("BIZ0403", include_str!("explain/BIZ0403.md")),
    ("BIZ0404", include_str!("explain/BIZ0404.md")),
    ("BIZ0405", include_str!("explain/BIZ0405.md")),
    ("BIZ0406", include_str!("explain/BIZ0406.md")),
    ("BIZ0407", include_str!("explain/BIZ0407.md")),
    ("BIZ0408", include_str!("explain/BIZ0408.md")),
    ("BIZ0409", include_str!("explain/BIZ0409.md")),
    ("BIZ0410", include_str!("explain/BIZ0410.md")),
    ("BIZ0501", include_str!("explain/BIZ0501.md")),
    ("BIZ0502", include_str!("explain/BIZ0502.md")),
    ("BIZ0503", include_str!("explain/BIZ0503.md")),
    ("BIZ0504", include_str!("explain/BIZ0504.md")),
    ("BIZ0505", include_str!("explain/BIZ0505.md")),
    ("BIZ0506", include_str!("explain/BIZ0506.md")),
    ("BIZ0601", include_str!("explain/BIZ0601.md")),
    ("BIZ0602", include_str!("explain/BIZ0602.md")),
    ("BIZ0603", include_str!("explain/BIZ0603.md")),
    ("BIZ0604", include_str!("explain/BIZ0604.md")),
    ("BIZ0605", include_str!("explain/BIZ0605.md")),
    ("BIZ0606", include_str!("explain/BIZ0606.md")),
    ("BIZ0607", include_str!("explain/BIZ0607.md")),
    ("BIZ0608", include_str!("explain/BIZ0608.md")),
    ("BIZ0701", include_str!("explain/BIZ0701.md")),
    ("BIZ0702", include_str!("explain/BIZ0702.md")),
    ("BIZ0703", include_str!("explain/BIZ0703.md")),
    ("BIZ0704", include_str!("explain/BIZ0704.md")),
    ("BIZ0705", include_str!("explain/BIZ0705.md")),
    ("BIZ0706", include_str!("explain/BIZ0706.md")),
    ("BIZ0707", include_str!("explain/BIZ0707.md")),
];
