//! The explanations of the codes of syntax: each bad example has the mistake it explains, each good one none.

use super::*;
use biz::diagnostic::explain::{codes as explained, explain};

fn example(text: &'static str, which: &str) -> Option<&'static str> {
    let (_, rest) = text.split_once(&format!("```biz {which}\n"))?;
    Some(rest.split_once("```").map_or(rest, |(example, _)| example))
}

#[test]
fn bad_examples_have_their_mistake() {
    let mut wrong = Vec::new();
    let parsed_here = |code: &&str| code.starts_with("BIZ00") || matches!(*code, "BIZ0610" | "BIZ0615");
    for code in explained().filter(parsed_here) {
        if let Some(bad) = example(explain(code).unwrap(), "bad") {
            let found = codes(bad);
            if !found.contains(&code) {
                wrong.push(format!("{code}: {found:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn good_examples_have_none() {
    let mut wrong = Vec::new();
    for code in explained() {
        let text = explain(code).unwrap();
        let found = codes(example(text, "good").unwrap());
        if !found.is_empty() {
            wrong.push(format!("{code}: {found:?}"));
        }
        // Bad examples of other groups are well-formed: their mistake is one of meaning.
        let other = !code.starts_with("BIZ00") && !matches!(code, "BIZ0610" | "BIZ0615");
        if let Some(found) = example(text, "bad").filter(|_| other).map(codes).filter(|found| !found.is_empty()) {
            wrong.push(format!("{code} bad: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
