//! Texts and their trees, in the form that `tree-sitter test` reads; `BIZ_ACCEPT=1` writes the trees.

use std::fmt::Write;
use std::path::Path;
use tree_sitter::{Node, Parser};

#[test]
fn every_text_has_its_tree() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("test/corpus");
    let mut parser = Parser::new();
    parser.set_language(&tree_sitter_biz::LANGUAGE.into()).expect("the language fits the library");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).expect("the corpus is there") {
        let path = entry.expect("it can be listed").path();
        let file = std::fs::read_to_string(&path).expect("it is a text");
        let mut made = String::new();
        for (title, text) in cases(&file) {
            let tree = parser.parse(text, None).expect("there is always a tree");
            assert!(!tree.root_node().has_error(), "{title}: {}", tree.root_node().to_sexp());
            let rule = "=".repeat(80);
            write!(made, "{rule}\n{title}\n{rule}\n{text}\n---\n\n{}\n\n", drawn(tree.root_node())).expect("a text takes all");
            count += 1;
        }
        if std::env::var_os("BIZ_ACCEPT").is_some() {
            std::fs::write(&path, &made).expect("it can be written");
        }
        let kept = std::fs::read_to_string(&path).expect("it is a text");
        assert_eq!(made, kept, "{}: BIZ_ACCEPT=1 writes the trees", path.display());
    }
    assert!(count > 20, "{count} texts were found");
}

/// Title and text of every case of a file.
fn cases(file: &str) -> Vec<(&str, &str)> {
    let rule = "=".repeat(80) + "\n";
    let parts: Vec<&str> = file.split(&rule).skip(1).collect();
    let pairs = parts.chunks_exact(2);
    pairs.map(|pair| (pair[0].trim(), pair[1].split("\n---\n").next().unwrap_or("").trim_end_matches('\n'))).collect()
}

/// The tree, a node a line.
fn drawn(root: Node<'_>) -> String {
    let mut out = String::new();
    let mut cursor = root.walk();
    let mut depth = 0;
    let mut first = true;
    loop {
        let node = cursor.node();
        let shown = node.is_named();
        if shown {
            if !first {
                write!(out, "\n{}", "  ".repeat(depth)).expect("a text takes all");
            }
            first = false;
            if let Some(field) = cursor.field_name() {
                write!(out, "{field}: ").expect("a text takes all");
            }
            write!(out, "({}", node.kind()).expect("a text takes all");
        }
        if cursor.goto_first_child() {
            depth += 1;
            continue;
        }
        loop {
            if cursor.node().is_named() {
                out.push(')');
            }
            if cursor.goto_next_sibling() {
                break;
            }
            if !cursor.goto_parent() {
                return out;
            }
            depth -= 1;
        }
    }
}
