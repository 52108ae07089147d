//! The forms for programs.

use super::*;
use biz::diagnostic::{json, short};
use insta::assert_snapshot;

#[test]
fn one_line_each() {
    let source = source("é市 = 1\nx = é市 + é\n");
    let one = error("two\nlines\u{1b}", at(&source, "+ é"), "");
    let mut none = error("no place", at(&source, "x"), "");
    none.labels.clear();
    assert_snapshot!(short::short(&[one, none], &[source]));
}

#[test]
fn objects() {
    let source = source("é市 = 1\nx = é市 + é\n");
    let one = error("a \"quoted\" message", at(&source, "+ é"), "here")
        .also(Location::new(FileId(7), Span::new(1, 2)), "elsewhere")
        .help("mend it")
        .fix("write `x`", at(&source, "é\n"), "x");
    let two = Diagnostic::warning(Code("BIZ0502"), "second", span(&source, 500, 900), "");
    assert_snapshot!(json::lines(&[one, two], std::slice::from_ref(&source)));
    let many = vec![error("wrong", at(&source, "x"), ""); 101];
    assert!(json::lines(&many, std::slice::from_ref(&source)).ends_with("\n{\"not_shown\":1}\n"));
    assert!(short::short(&many, &[source]).ends_with("\n101 errors, 1 more not shown\n"));
}
