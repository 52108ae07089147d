//! Texts that are less than a file: an expression, a replacement.

use super::*;
use biz::syntax::{expression, replacement};

fn reads(text: &str, expected: &str) {
    let source = source(text);
    let fragment = expression(&source);
    let drawn = || render::human(&fragment.mistakes, std::slice::from_ref(&source), Style::default());
    let id = fragment.node.unwrap_or_else(|| panic!("{text}\n{}", drawn()));
    assert_eq!(tree::expression(&fragment.file, id), expected);
    assert!(fragment.file.items.is_empty());
}

fn replaces(text: &str, expected: &str) {
    let fragment = replacement(&source(text));
    let definition = fragment.node.unwrap_or_else(|| panic!("{text}: {:?}", fragment.mistakes));
    assert_eq!(tree::definition(&fragment.file, &definition), expected);
}

fn expression_codes(text: &str) -> Vec<&'static str> {
    let fragment = expression(&source(text));
    assert_eq!(fragment.node.is_none(), !fragment.mistakes.is_empty());
    fragment.mistakes.iter().map(|mistake| mistake.code.0).collect()
}

fn replacement_codes(text: &str) -> Vec<&'static str> {
    let fragment = replacement(&source(text));
    assert_eq!(fragment.node.is_none(), !fragment.mistakes.is_empty());
    fragment.mistakes.iter().map(|mistake| mistake.code.0).collect()
}

#[test]
fn expressions() {
    reads("revenue[2027] / 12", "(revenue[2027] / 12)");
    reads("  sum(product.revenue)  # all\n", "sum(product.revenue)");
    reads("a +\n\n b", "(a + b)");
    reads("a\n+ b", "(a + b)");
    reads("step { 2026: 1\n 2027: 2 }(3)", "step { 2026: 1 | 2027: 2 }(3)");
    reads("model", "model");
    reads("unit", "unit");
    reads("2026-01", "<2026-1>");
}

#[test]
fn expressions_in_vain() {
    assert_eq!(expression_codes(""), ["BIZ0030"]);
    assert_eq!(expression_codes("  # nothing"), ["BIZ0030"]);
    assert_eq!(expression_codes("a +"), ["BIZ0030"]);
    assert_eq!(expression_codes("a b"), ["BIZ0034"]);
    assert_eq!(expression_codes("a\nb"), ["BIZ0034"]);
    assert_eq!(expression_codes("(a"), ["BIZ0011"]);
    assert_eq!(expression_codes("a, b"), ["BIZ0042"]);
    assert_eq!(expression_codes("a;"), ["BIZ0018"]);
    assert_eq!(expression_codes("a = 3"), ["BIZ0035"]);
    assert_eq!(expression_codes("x { a = 3 }"), ["BIZ0035"]);
    assert_eq!(expression_codes("graduated { beyond = 3 }"), ["BIZ0035"]);
    assert_eq!(expression_codes("}"), ["BIZ0014"]);
}

#[test]
fn replacements() {
    replaces("assistant.churn=4%/month", "assistant.churn = 0.04(%) <month^-1>");
    replaces("smb.penetration ~ 1% to 2%", "smb.penetration ~ (0.01(%) to 0.02(%))");
    replaces("price = base * 2", "price = (base * 2)");
    replaces("unit = 3", "unit = 3");
}

#[test]
fn replacements_in_vain() {
    assert_eq!(replacement_codes(""), ["BIZ0030"]);
    assert_eq!(replacement_codes("price"), ["BIZ0055"]);
    assert_eq!(replacement_codes("price : USD"), ["BIZ0055"]);
    assert_eq!(replacement_codes("price = "), ["BIZ0030"]);
    assert_eq!(replacement_codes("price == 3"), ["BIZ0053"]);
    assert_eq!(replacement_codes("a = 1\nb = 2"), ["BIZ0058"]);
    assert_eq!(replacement_codes("= 3"), ["BIZ0061"]);
}
