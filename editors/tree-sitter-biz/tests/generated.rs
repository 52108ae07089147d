//! `src/` is what grammar.js makes; `BIZ_ACCEPT=1` writes it.

use std::fs::{create_dir_all, read_to_string, write};
use std::path::Path;
use tree_sitter_generate::{OptLevel, generate_parser_in_directory};

/// The oldest version of the parser's form that editors of today still ask for.
const ABI: usize = 14;

#[test]
fn the_parser_is_what_the_grammar_makes() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let made = Path::new(env!("CARGO_TARGET_TMPDIR")).join("generated");
    create_dir_all(&made).expect("a folder for what is made");
    let grammar = root.join("grammar.js");
    let mut told = Vec::new();
    generate_parser_in_directory(root, Some(&made), Some(&grammar), ABI, None, Some("node"), true, OptLevel::default(), &mut told)
        .expect("the grammar makes a parser");
    for name in ["parser.c", "grammar.json", "node-types.json", "tree_sitter/parser.h"] {
        let text = read_to_string(made.join(name)).expect("it was made");
        let kept = root.join("src").join(name);
        if std::env::var_os("BIZ_ACCEPT").is_some() {
            write(&kept, &text).expect("it can be written");
        }
        assert!(read_to_string(&kept).is_ok_and(|kept| kept == text), "{name} is not what grammar.js makes: BIZ_ACCEPT=1 writes it");
    }
}
