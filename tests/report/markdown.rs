//! Markdown.

use super::made;
use biz::export::markdown::markdown;

#[test]
fn a_plan() {
    insta::assert_snapshot!(markdown(&made::plan()));
}

#[test]
fn signs_of_markdown_stay_signs() {
    let report = biz::report::Report { title: Some("a|b <img> *c*".to_owned()), ..biz::report::Report::default() };
    assert_eq!(markdown(&report), "# a\\|b \\<img\\> \\*c\\*\n");
}
