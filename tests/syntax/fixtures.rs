//! The files in `good` and `bad`.

use super::*;
use insta::assert_snapshot;

#[test]
fn good_files_have_their_trees() {
    insta::glob!("good/*.biz", |path| {
        let text = std::fs::read_to_string(path).unwrap();
        assert_snapshot!(tree(&text));
    });
}

#[test]
fn bad_files_have_their_mistakes() {
    insta::glob!("bad/*.biz", |path| {
        let text = std::fs::read_to_string(path).unwrap();
        let parsed = read(&text);
        assert!(!parsed.mistakes.is_empty(), "{} has no mistake", path.display());
        let drawing = render::human(&parsed.mistakes, &[source(&text)], Style::default());
        for word in ["kw_", "_line", "_head", "stated_", "infix", "postfix", "EOI", "SOI"] {
            assert!(!drawing.contains(word), "{} names a rule: {word}", path.display());
        }
        assert_snapshot!(format!("{text}\n=== mistakes\n\n{drawing}\n=== tree\n\n{}", tree::dump(&parsed)));
    });
}
