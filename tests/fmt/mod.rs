//! Layout: what it looks like, that it changes nothing but blanks and line breaks, and that a second pass changes nothing.

use crate::support::files;
use biz::fmt::{WIDEST, format};
use biz::syntax::{Parsed, parse};
use biz::text::{FileId, Source};
use proptest::prelude::*;
use std::path::{Path, PathBuf};

fn source(text: &str) -> Source {
    Source::new(FileId(0), "plan.biz", text)
}

fn laid(text: &str) -> String {
    let source = source(text);
    format(&parse(&source), &source)
}

/// Every `.biz` file of the repository.
fn all_files() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = ["examples", "src", "tests"].iter().map(|folder| root.join(folder)).collect();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("the folder is there") {
            let path = entry.expect("it can be listed").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "biz") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).expect("it is a text")
}

fn comments(parsed: &Parsed, source: &Source) -> Vec<String> {
    parsed.comments.iter().map(|comment| source.slice(comment.span).replace('\r', "").trim_end().to_owned()).collect()
}

/// The text without blanks, line breaks, and the commas that line breaks stand for.
fn bare(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace() && *character != ',').collect()
}

/// The same tree, every comment, every other character, and the same text again.
fn keeps(text: &str) -> Result<(), TestCaseError> {
    let before = source(text);
    let parsed = parse(&before);
    let after = source(&format(&parsed, &before));
    let again = parse(&after);
    prop_assert!(parsed.file.clone().unplaced() == again.file.clone().unplaced(), "another tree of {text:?}: {:?}", after.text);
    prop_assert_eq!(comments(&parsed, &before), comments(&again, &after), "of {:?}", text);
    prop_assert_eq!(bare(&before.text), bare(&after.text));
    prop_assert_eq!(parsed.mistakes.len(), again.mistakes.len(), "of {:?}", text);
    let second = format(&again, &after);
    prop_assert!(second == after.text, "a second pass changes {text:?}, first\n{}\nthen\n{second}", after.text);
    for mistake in &parsed.mistakes {
        let line = before.slice(before.line_span(before.line_of(mistake.place().span.start)));
        // How many `\r` of several belong to the end of the line is no matter.
        let bare = |line: &str| line.trim_end_matches('\r').to_owned();
        prop_assert!(after.text.lines().any(|kept| bare(kept) == bare(line)), "{line:?} was changed in {text:?}");
    }
    Ok(())
}

#[test]
fn fixtures() {
    for path in files("tests/fmt/written", "biz") {
        let expected = path.parent().unwrap().with_file_name("laid_out").join(path.file_name().unwrap());
        let now = laid(&read(&path));
        if std::env::var_os("BIZ_ACCEPT").is_some() {
            std::fs::write(&expected, &now).expect("it can be written");
        }
        assert_eq!(now, read(&expected), "{} is laid out otherwise; BIZ_ACCEPT=1 takes it", path.display());
    }
}

#[test]
fn examples_and_prelude_are_laid_out() {
    for path in files("examples", "biz").into_iter().chain(files("src/prelude", "biz")) {
        let text = read(&path);
        assert!(laid(&text) == text, "{} is not laid out: `biz fmt {0}`", path.display());
    }
}

#[test]
fn every_file_keeps_what_it_says() {
    let files = all_files();
    assert!(files.len() > 150);
    for path in files {
        keeps(&read(&path)).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }
}

/// However a file was indented and spaced, it ends up the same.
#[test]
fn the_layout_does_not_depend_on_blanks() {
    for path in all_files() {
        let text = laid(&read(&path));
        let source = source(&text);
        let parsed = parse(&source);
        if !parsed.mistakes.is_empty() {
            continue;
        }
        let mut spaced = String::new();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let comment = parsed.comments.iter().find(|comment| (at..at + line.len()).contains(&(comment.span.start as usize)));
            let code = comment.map_or(line, |comment| &line[..comment.span.start as usize - at]);
            spaced += &code[..code.len() - code.trim_start_matches(' ').len()];
            let mut quoted = false;
            for character in code.chars() {
                quoted ^= character == '"';
                spaced.push(character);
                spaced.push_str(if character == ' ' && !quoted { "  " } else { "" });
            }
            spaced += &line[code.len()..];
            at += line.len();
        }
        assert!(laid(&spaced) == text, "{} is laid out otherwise when it is spaced otherwise", path.display());
    }
}

#[test]
fn no_line_is_wider_than_it_may_be() {
    for path in files("examples", "biz").into_iter().chain(files("src/prelude", "biz")) {
        let text = read(&path);
        let source = source(&text);
        let comments = parse(&source).comments;
        for line in 0..source.line_count() {
            let span = source.line_span(line);
            let comment = comments.iter().find(|comment| span.holds(comment.span));
            let end = comment.map_or(span.end, |comment| comment.span.start);
            let code = text[span.start as usize..end as usize].trim_end();
            // Columns may move a line on; they break none.
            let indent = code.len() - code.trim_start().len();
            let width = indent + unicode_width::UnicodeWidthStr::width(code.split_whitespace().collect::<Vec<_>>().join(" ").as_str());
            let quoted = code.contains('"');
            assert!(quoted || width <= WIDEST, "{}:{}: {code}", path.display(), line + 1);
        }
    }
}

#[test]
fn an_empty_text_stays_empty() {
    for text in ["", "\n", "  \n\n"] {
        assert_eq!(laid(text), "");
    }
    assert_eq!(laid("a=1"), "a = 1\n");
    assert_eq!(laid("# only a comment"), "# only a comment\n");
}

/// What the layout does with a text grows with the text and no faster: its pieces are laid out each by itself.
#[test]
fn long_texts_are_laid_out() {
    let chain = format!("a = 1{}\n", " + customers.x * 3".repeat(3_000));
    let list = format!("a = [{}]\n", "1_000 USD, ".repeat(3_000));
    let table = format!("a = step {{ {}}}\n", "2026-01: 3 USD/month, ".repeat(2_000));
    let deep = format!("a = {}1{}\n", "(1 + ".repeat(200), ")".repeat(200));
    let calls = format!("a = {}1{}\n", "f(2, ".repeat(200), ")".repeat(200));
    let blocks = format!("{}{}\n", "stage { ".repeat(200), "}".repeat(200));
    let ifs = format!("a = {}1\n", "if b then 1 else ".repeat(2_000));
    for text in [chain, list, table, deep, calls, blocks, ifs] {
        keeps(&text).unwrap();
    }
}

/// Pieces that change where lines and blocks end.
const PIECES: &[&str] = &[
    "\n", "\n\n", " ", "{", "}", "(", ")", "[", "]", ",", ", ", "=", "~", ":", "# c\n", "## doc\n", " # x\n", " ## y\n", "-", "+", " * ", "a", "if a then b else c", "\"t\"", "1 USD", "$",
    ";", "//z\n", "given x = 1, y = 2\n", "until ", " from ", "\r\n", "\t", "市场", "/* c */",
];

/// Some lines of a file, spoiled: characters put in or taken out, lines lost, doubled, joined and broken.
fn spoiled() -> impl Strategy<Value = String> {
    let texts: Vec<Vec<char>> = all_files().iter().map(|path| read(path).chars().collect()).collect();
    let change = (any::<prop::sample::Index>(), 0..7usize, prop::sample::select(PIECES), 0..12usize);
    let start = any::<prop::sample::Index>();
    (prop::sample::select(texts), start, prop::collection::vec(change, 0..5)).prop_map(|(text, start, changes)| {
        let lines: Vec<usize> = std::iter::once(0).chain(text.iter().enumerate().filter(|(_, c)| **c == '\n').map(|(at, _)| at + 1)).collect();
        let first = lines[start.index(lines.len())];
        let mut text: Vec<char> = text[first..].iter().take(900).copied().collect();
        for (at, what, piece, length) in changes {
            if text.is_empty() {
                break;
            }
            let at = at.index(text.len());
            let end = (at + length).min(text.len());
            let line = text[at..].iter().position(|c| *c == '\n').map_or(text.len(), |length| at + length);
            match what {
                0 => drop(text.splice(at..at, piece.chars())),
                1 => drop(text.drain(at..end)),
                2 => drop(text.splice(at..end, piece.chars())),
                3 => drop(text.drain(at..line)),
                4 => {
                    let copy = text[at..line].to_vec();
                    drop(text.splice(at..at, copy));
                }
                _ if text[at] == ' ' => text[at] = '\n',
                _ if text[at] == '\n' => text[at] = ' ',
                _ => {}
            }
        }
        text.into_iter().collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn spoiled_files_keep_what_they_say(text in spoiled()) {
        keeps(&text)?;
    }

    #[test]
    fn random_texts_keep_what_they_say(text in crate::syntax::robust::anything()) {
        keeps(&text)?;
    }

    #[test]
    fn random_models_keep_what_they_say(text in crate::syntax::robust::mutated()) {
        keeps(&text)?;
    }
}
