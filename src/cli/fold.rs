//! Folds text to the width of the terminal.

use unicode_width::UnicodeWidthStr;

/// The lines of a text that are too wide, folded behind their own indentation and two columns more. Lines that steer the
/// terminal are drawn as they are.
pub(super) fn narrowed(text: &str, width: usize) -> String {
    let line = |line: &str| {
        let body = line.trim_end_matches('\n');
        if body.width() <= width || body.contains(char::is_control) {
            return line.to_owned();
        }
        let indent = body.len() - body.trim_start_matches(' ').len();
        let lead = " ".repeat(indent);
        let folded = fold(body, width.saturating_sub(indent), 2).replace('\n', &format!("\n{lead}"));
        format!("{lead}{folded}{}", line.get(body.len()..).unwrap_or_default())
    };
    text.split_inclusive('\n').map(line).collect()
}

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

#[cfg(test)]
mod tests {
    use super::narrowed;

    #[test]
    fn only_lines_that_are_too_wide_are_folded() {
        let text = "error: short\n  help: write `price from 40 USD` or less\n\r\x1b[K 42% ########## drawn again\n";
        let folded = "error: short\n  help: write\n    `price from\n    40 USD` or\n    less\n\r\x1b[K 42% ########## drawn again\n";
        assert_eq!(narrowed(text, 16), folded);
        assert_eq!(narrowed(text, 60), text);
        assert_eq!(narrowed("错误 文件\n", 6), "错误\n  文件\n");
    }
}
