//! Limits: at the limit a file is read, one more is refused with a mistake of its own.

use super::*;
use biz::syntax::ast::{ExprNode, Node, Value};
use biz::syntax::limits::*;

fn at_the_edge(make: impl Fn(usize) -> String, limit: usize, code: &str) {
    for count in [limit - 1, limit] {
        let found = codes(&make(count));
        assert!(found.is_empty(), "{code} at {count}: {found:?}");
    }
    assert_eq!(codes(&make(limit + 1)), [code], "one more than {limit}");
}

#[test]
fn depth_of_brackets() {
    at_the_edge(|depth| format!("a = {}1{}", "(".repeat(depth), ")".repeat(depth)), DEEPEST, "BIZ0610");
    at_the_edge(|depth| format!("a = {}1{}", "[".repeat(depth), "]".repeat(depth)), DEEPEST, "BIZ0610");
    at_the_edge(|depth| format!("a = {}1{}", "f(".repeat(depth), ")".repeat(depth)), DEEPEST, "BIZ0610");
    at_the_edge(|depth| format!("a = {}1{}", "step { 1: ".repeat(depth), "}".repeat(depth)), DEEPEST, "BIZ0610");
    at_the_edge(|depth| format!("a = {}1{}", "x[".repeat(depth), "]".repeat(depth)), DEEPEST, "BIZ0610");
    at_the_edge(|depth| format!("a = {}1{}", "(1 + ".repeat(depth), ")".repeat(depth)), DEEPEST, "BIZ0610");
}

#[test]
fn depth_of_blocks() {
    at_the_edge(|depth| format!("{}{}", "stage {".repeat(depth), "}".repeat(depth)), DEEPEST, "BIZ0610");
}

#[test]
fn depth_of_conditions_and_operators() {
    at_the_edge(|depth| format!("a = {}1{}", "if ".repeat(depth), " then 1 else 1".repeat(depth)), DEEPEST, "BIZ0610");
    at_the_edge(|depth| format!("a = {}1{}", "if x then ".repeat(depth), " else 1".repeat(depth)), DEEPEST, "BIZ0610");
    at_the_edge(|depth| format!("a = {}1", "-".repeat(depth)), DEEPEST, "BIZ0610");
    at_the_edge(|depth| format!("a = {}1", "not ".repeat(depth)), DEEPEST, "BIZ0610");
    at_the_edge(|depth| format!("a = {}1", "2 ^ ".repeat(depth)), DEEPEST, "BIZ0610");
    at_the_edge(|depth| format!("a = x{}", "[1]".repeat(depth)), DEEPEST, "BIZ0610");
    at_the_edge(|depth| format!("a = x{}", "()".repeat(depth)), DEEPEST, "BIZ0610");
    at_the_edge(|depth| format!("a = x{}", " growing 1%/year".repeat(depth)), DEEPEST, "BIZ0610");
    at_the_edge(|depth| format!("a = x{}", " in USD".repeat(depth)), DEEPEST, "BIZ0610");
    // `else 1 + if …` nests, `else if` does not.
    let nested = |times: usize| codes(&format!("a = {}1", "if x then 1 else 1 + ".repeat(times)));
    assert!(nested(DEEPEST / 2).is_empty());
    assert_eq!(nested(DEEPEST / 2 + 1), ["BIZ0610"]);
    assert!(codes(&format!("a = {}1", "if x then 1 else ".repeat(20_000))).is_empty());
}

#[test]
fn a_thousand_times_too_deep() {
    for text in ["(", "[", "{", "f(", "x[", "step { 1: ", "if ", "if x then ", "-", "not ", "2 ^ ", "if x then 1 else 1 + ", "(((}", "([{", ")", "}"] {
        let found = codes(&format!("a = {}\nb = 3\n", text.repeat(100_000)));
        assert!(!found.is_empty() && found.len() < 10, "{text}: {}", found.len());
    }
    for text in ["a {", "a {\n", "{", "}\n", "(\n", "kind a\n "] {
        assert!(!codes(&text.repeat(100_000)).is_empty(), "{text:?}");
    }
}

#[test]
fn neighbours_of_what_is_too_deep_live() {
    let text = format!("a = 1\nmarket smb {{\n  b = {}1{}\n  c = 3\n}}\nd = 4\n", "(".repeat(300), ")".repeat(300));
    let parsed = read(&text);
    assert_eq!(parsed.mistakes.len(), 1);
    assert_eq!(tree::dump(&parsed), "a = 1\ninstance of market: smb\n  b = BROKEN\n  c = 3\nd = 4\n");
}

#[test]
fn flat_chains_are_flat() {
    let parsed = read(&format!("a = 1{}", " + x".repeat(200_000)));
    assert!(parsed.mistakes.is_empty());
    let Node::Definition(definition) = &parsed.file.items[0].node else { panic!() };
    let Some(Value::Equals(id)) = definition.value else { panic!() };
    let ExprNode::Chain { rest, .. } = &parsed.file.expr(id).node else { panic!() };
    assert_eq!(rest.len(), 200_000);
}

#[test]
fn length_of_chains() {
    at_the_edge(|length| format!("a = 1{}", " + 1".repeat(length - 1)), LONGEST_CHAIN, "BIZ0611");
    at_the_edge(|length| format!("a = 1{}", " < 1".repeat(length - 1)), LONGEST_CHAIN, "BIZ0611");
}

#[test]
fn length_of_lists() {
    at_the_edge(|length| format!("a = [{}]", "1,".repeat(length)), LONGEST_LIST, "BIZ0611");
    at_the_edge(|length| format!("a = f({})", "1,".repeat(length)), LONGEST_LIST, "BIZ0611");
    at_the_edge(|length| format!("a = step {{{}}}", "1:1\n".repeat(length)), LONGEST_LIST, "BIZ0611");
    at_the_edge(|length| format!("a = {}1", "if x then 1 else ".repeat(length)), LONGEST_LIST, "BIZ0611");
}

#[test]
fn length_of_tokens() {
    at_the_edge(|length| format!("{} = 1", "a".repeat(length)), LONGEST_NAME, "BIZ0612");
    at_the_edge(|length| format!("import \"{}\"", "a".repeat(length)), LONGEST_TEXT, "BIZ0613");
    at_the_edge(|length| format!("a = 0.{}", "1".repeat(length - 2)), LONGEST_NUMBER, "BIZ0614");
    // Bytes, not characters: a Chinese letter has three.
    assert_eq!(codes(&format!("{} = 1", "市".repeat(86))), ["BIZ0612"]);
    assert!(codes(&format!("{} = 1", "市".repeat(85))).is_empty());
}

#[test]
fn length_of_sources() {
    at_the_edge(|length| format!("a = 1{}", " ".repeat(length - 5)), LONGEST_SOURCE, "BIZ0605");
    assert_eq!(LONGEST_SOURCE, 4 * 1024 * 1024);
}

#[test]
fn number_of_mistakes() {
    let parsed = read(&"a = 1 2\n".repeat(MOST_MISTAKES + 1));
    assert_eq!(parsed.mistakes.len(), MOST_MISTAKES);
    assert_eq!(parsed.file.items.len(), MOST_MISTAKES + 1);
}

/// A parser that reads a part twice at each level would never end here.
#[test]
fn broken_in_the_depth_of_brackets() {
    let levels = [("(", ")"), ("[", "]"), ("f(", ")"), ("f(x: ", ")"), ("x[", "]"), ("step { 1: ", "}"), ("step { ", ": 1}"), ("{ 1: ", "}"), ("(if ", " then 1 else 2)"),
        ("(if x then 1 else ", ")"), ("(1 + ", ")"), ("-(", ")"), ("x growing (", ")"), ("(if x then ", ")"), ("(if x then 1 else if ", ")")];
    for (open, close) in levels {
        let depth = DEEPEST / (1 + usize::from(open.starts_with("(if")));
        for inside in ["1 2", "", "*", "1 +", "if", "1,,2", "\"", "then"] {
            let text = format!("a = {}{inside}{}\nb = 3\n", open.repeat(depth), close.repeat(depth));
            let parsed = read(&text);
            // `f()` and `[]` are whole.
            assert!(!parsed.mistakes.is_empty() || inside.is_empty(), "{text}");
            assert!(tree::dump(&parsed).ends_with("b = 3\n"), "{text}");
        }
    }
}
