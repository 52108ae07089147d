//! Scripts: a whole text, cut into the entries that would be typed.

use crate::syntax::{Ending, goes_on};

/// The entries of a text: a line each, or as many lines as belong together. A last line without an end counts.
#[must_use]
pub fn entries(text: &str) -> Vec<String> {
    let mut entries = Vec::new();
    let (mut open, mut ending) = (String::new(), Ending::default());
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let command = open.is_empty() && line.trim_start().starts_with(':');
        if !open.is_empty() {
            open.push('\n');
            ending.read("\n");
        }
        open.push_str(line);
        ending.read(line);
        let goes_on = !command && (ending.is_unfinished() || lines.peek().is_some_and(|next| goes_on(next)) && !open.trim().is_empty());
        if !goes_on {
            entries.push(std::mem::take(&mut open));
            ending = Ending::default();
        }
    }
    entries.extend(Some(open).filter(|open| !open.is_empty()));
    entries.retain(|entry| !entry.trim().is_empty());
    entries
}

#[cfg(test)]
mod tests {
    use super::entries;

    #[test]
    fn entries_are_cut_where_they_end() {
        let cut = |text: &str| entries(text);
        assert_eq!(cut("a = 1\nb"), ["a = 1", "b"]);
        assert_eq!(cut("cost rent {\n  amount = 2\n}\n\nrent.amount\n"), ["cost rent {\n  amount = 2\n}", "rent.amount"]);
        assert_eq!(cut("a = 1 +\n  2\n"), ["a = 1 +\n  2"]);
        assert_eq!(cut("a = 1\n  + 2\n-3\n"), ["a = 1\n  + 2", "-3"]);
        assert_eq!(cut(":help\n+ 2"), [":help", "+ 2"]);
        assert_eq!(cut("## why\na = 1\n"), ["## why\na = 1"]);
        assert_eq!(cut("x = (1\n"), ["x = (1"]);
        assert_eq!(cut("x = 1 +\n\n2"), ["x = 1 +\n", "2"]);
        assert_eq!(cut("x = \u{fffd}\n2"), ["x = \u{fffd}", "2"]);
        assert!(cut(" \n\n").is_empty());
    }
}
