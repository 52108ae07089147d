//! Folds text to the width of the terminal.

use unicode_width::UnicodeWidthStr;

/// The words in lines of at most `width` columns, but for words that are longer; each line but the first set in.
pub(super) fn fold(text: &str, width: usize, indent: usize) -> String {
    let mut out = String::new();
    let mut used = 0;
    for word in text.split_whitespace() {
        let needed = word.width();
        if used > 0 && used + 1 + needed > width {
            out.push('\n');
            out.push_str(&" ".repeat(indent));
            used = indent;
        } else if used > 0 {
            out.push(' ');
            used += 1;
        }
        out.push_str(word);
        used += needed;
    }
    out
}
