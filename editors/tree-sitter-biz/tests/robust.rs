//! Whatever the text there is a tree, and a line that can't be read leaves its neighbours alone.

use std::path::Path;
use tree_sitter::{Parser, Tree};

fn parser() -> Parser {
    let mut parser = Parser::new();
    parser.set_language(&tree_sitter_biz::LANGUAGE.into()).expect("the language fits the library");
    parser
}

fn parse(text: &str) -> Tree {
    parser().parse(text, None).expect("there is always a tree")
}

#[test]
fn bad_files_and_beginnings_of_good_ones() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut count = 0;
    for folder in ["tests/syntax/bad", "tests/check/fixtures", "examples"] {
        for entry in std::fs::read_dir(root.join(folder)).expect("a folder of models") {
            let path = entry.expect("it can be listed").path();
            let Ok(text) = std::fs::read_to_string(&path) else { continue };
            for end in (0..=text.len()).step_by(97).chain([text.len()]).filter(|end| text.is_char_boundary(*end)) {
                let tree = parse(&text[..end]);
                assert!(tree.root_node().end_byte() <= end, "{}: up to byte {end}", path.display());
                count += 1;
            }
        }
    }
    assert!(count > 1000, "{count} texts");
}

#[test]
fn neighbours_of_a_broken_line_live() {
    for broken in ["b = 3 +* 4", "b = (1", "b == 2", "b = \"no end", "market }", "b = f(,)", "量 = 3 $"] {
        let text = format!("a = 1\n{broken}\nc = 3\nrequire c >= 0 USD\nd = 4\n");
        let tree = parse(&text);
        let root = tree.root_node();
        let mut cursor = root.walk();
        let read: Vec<&str> = root
            .named_children(&mut cursor)
            .filter(|node| node.kind() == "definition" && !node.has_error())
            .filter_map(|node| text.get(node.byte_range()))
            .collect();
        assert!(read.contains(&"a = 1") && read.contains(&"d = 4"), "{broken}: {read:?}");
    }
}

#[test]
fn a_change_gives_the_tree_of_the_whole() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/streaming.biz");
    let before = std::fs::read_to_string(path).expect("it is a text");
    let mut parser = parser();
    let whole = parser.parse(&before, None).expect("there is always a tree");
    for at in (0..before.len()).step_by(131).filter(|at| before.is_char_boundary(*at)) {
        for inserted in ["\n", "  + ", "until ", "}", "{", "\"", "#", "7"] {
            let after = format!("{}{inserted}{}", &before[..at], &before[at..]);
            let mut edited = whole.clone();
            let place = |text: &str, byte: usize| {
                let line = text[..byte].rfind('\n').map_or(0, |end| end + 1);
                tree_sitter::Point { row: text[..byte].matches('\n').count(), column: byte - line }
            };
            edited.edit(&tree_sitter::InputEdit {
                start_byte: at,
                old_end_byte: at,
                new_end_byte: at + inserted.len(),
                start_position: place(&before, at),
                old_end_position: place(&before, at),
                new_end_position: place(&after, at + inserted.len()),
            });
            let again = parser.parse(&after, Some(&edited)).expect("there is always a tree");
            let fresh = parser.parse(&after, None).expect("there is always a tree");
            if !fresh.root_node().has_error() {
                assert_eq!(again.root_node().to_sexp(), fresh.root_node().to_sexp(), "{inserted:?} at byte {at}");
            }
        }
    }
}
