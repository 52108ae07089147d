//! Whatever the text: no panic, no byte lost, and what is told can be drawn.

use super::*;
use biz::syntax::ast::{Item, Node};
use biz::syntax::{expression, replacement};
use biz::text::Span;
use proptest::prelude::*;

/// Pieces that make up models, and others that spoil them.
const PIECES: &[&str] = &[
    "a", "b1", "市场", "cafe\u{301}", " ", " ", "  ", "\n", "\n", "\r\n", "\t", "=", " = ", "~", ":", "==", "(", ")", "[", "]", "{", "}", ",", ";", ".", "+", "-", "*",
    "/", "^", "<", ">=", "!", "&&", "?", "%", "1", "2.5", "3k", "5%", "1_000", "2026-01", "2026-02-30", "2026-Q1", "2026/01/02", "1,000", "1e", "\"text\"", "\"", "\\", "'", "“", "”",
    "# comment", "## doc", "//", "/*", "*/", "$", "€", "×", "（", "）", "，", "\u{202e}", "\u{200b}", "\u{0}", "\u{3000}", "😀", "if ", " then ", " else ", " and ", " or ", "not ",
    " otherwise ", " in ", " to ", " growing ", " from ", " until ", " within ", " with ", " each ", " by ", " between ", " plus ", "true", "model ", "unit ", "currency ", "rate ",
    "import ", "kind ", " is ", "many ", "native ", "fn ", "require ", "expect ", " confidence", "scenario ", " extends ", "test ", "given ", "correlate ", "statement ", "period",
    "beyond", "goal ", "vary ", "maximize ", "minimize ", " subject to requirements", "data ", "goal g { vary x from 1 to 2, until y > 0 }", "step {", "graduated {", "market smb {\n", "\n}\n", "x = ", "USD/month", " per ",
];

/// Pieces in any order.
pub fn anything() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..40).prop_map(|pieces| pieces.concat())
}

/// A good file with some pieces put in, taken out or cut off.
pub fn mutated() -> impl Strategy<Value = String> {
    let change = (any::<prop::sample::Index>(), 0..4usize, prop::sample::select(PIECES), 0..12usize);
    (0..good().len(), prop::collection::vec(change, 1..5)).prop_map(|(file, changes)| {
        let mut text: Vec<char> = good()[file].chars().collect();
        for (at, what, piece, length) in changes {
            if text.is_empty() {
                break;
            }
            let at = at.index(text.len());
            let end = (at + length).min(text.len());
            match what {
                0 => drop(text.splice(at..at, piece.chars())),
                1 => drop(text.drain(at..end)),
                2 => drop(text.splice(at..end, piece.chars())),
                _ => text.truncate(at),
            }
        }
        text.into_iter().collect()
    })
}

fn good() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/syntax/good");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect()
}

/// Every byte belongs to an item, a comment or a mistake, or is blank.
fn covered(text: &str) -> Result<(), TestCaseError> {
    let source = source(text);
    let parsed = parse(&source);
    let mut seen = vec![false; source.text.len()];
    let mut mark = |span: Span| seen[span.range()].iter_mut().for_each(|byte| *byte = true);
    parsed.file.items.iter().for_each(|item| mark(item.span));
    parsed.comments.iter().for_each(|comment| mark(comment.span));
    parsed.mistakes.iter().flat_map(|mistake| &mistake.labels).for_each(|label| mark(label.at.span));
    for (at, character) in source.text.char_indices() {
        prop_assert!(seen[at] || character.is_whitespace(), "byte {at}, {character:?}, is lost in {:?}", source.text);
    }
    consistent(text, &source, &parsed)
}

fn consistent(text: &str, source: &Source, parsed: &Parsed) -> Result<(), TestCaseError> {
    let length = source.text.len() as u32;
    for span in parsed.file.exprs.iter().map(|expr| expr.span).chain(parsed.comments.iter().map(|comment| comment.span)) {
        prop_assert!(span.start <= span.end && span.end <= length, "{span:?} in {text:?}");
        prop_assert!(source.text.get(span.range()).is_some(), "{span:?} cuts a character in {text:?}");
    }
    for mistake in &parsed.mistakes {
        for at in mistake.labels.iter().map(|label| label.at).chain(mistake.fixes.iter().flat_map(|fix| &fix.edits).map(|edit| edit.at)) {
            prop_assert!(source.text.get(at.span.range()).is_some(), "{mistake:?} in {text:?}");
        }
        prop_assert!(biz::diagnostic::explain::explain(mistake.code.0).is_some(), "{}", mistake.code.0);
    }
    in_order(&parsed.file.items, Span::new(0, length))?;
    prop_assert_eq!(has_broken(&parsed.file.items) && parsed.mistakes.is_empty(), false, "broken without a word: {:?}", text);
    let drawn = render::human(&parsed.mistakes, std::slice::from_ref(source), Style::default());
    prop_assert!(!drawn.contains("kw_") || text.contains("kw_"));
    Ok(())
}

/// Items follow each other inside of their block.
fn in_order(items: &[Item], inside: Span) -> Result<(), TestCaseError> {
    let mut end = inside.start;
    for item in items {
        prop_assert!(item.span.start >= end && item.span.end <= inside.end && item.span.start <= item.span.end, "{:?} in {inside:?}", item.span);
        end = item.span.end;
        in_order(members(&item.node), item.span)?;
    }
    Ok(())
}

fn members(node: &Node) -> &[Item] {
    match node {
        Node::Model(model) => &model.settings,
        Node::Kind(kind) => &kind.members,
        Node::Instance(instance) => &instance.members,
        Node::Scenario(scenario) => &scenario.replacements,
        _ => &[],
    }
}

fn has_broken(items: &[Item]) -> bool {
    items.iter().any(|item| matches!(item.node, Node::Broken) || has_broken(members(&item.node)))
}

/// Every offered mend of a mistake leads to a text that is read, too.
fn mended(text: &str) {
    let source = source(text);
    for fix in parse(&source).mistakes.iter().flat_map(|mistake| &mistake.fixes) {
        let mut text = source.text.clone();
        let mut edits = fix.edits.clone();
        edits.sort_by_key(|edit| std::cmp::Reverse(edit.at.span.start));
        for edit in edits {
            text.replace_range(edit.at.span.range(), &edit.text);
        }
        read(&text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 1_500, ..ProptestConfig::default() })]

    #[test]
    fn random_texts(text in anything()) {
        covered(&text)?;
        mended(&text);
        let (one, two) = (expression(&source(&text)), replacement(&source(&text)));
        prop_assert_eq!(one.node.is_none(), !one.mistakes.is_empty());
        prop_assert_eq!(two.node.is_none(), !two.mistakes.is_empty());
    }

    #[test]
    fn mutated_files(text in mutated()) {
        covered(&text)?;
    }

    #[test]
    fn any_characters(text in any::<String>()) {
        covered(&text)?;
    }
}

#[test]
fn good_and_bad_files_are_covered() {
    for folder in ["good", "bad"] {
        for entry in std::fs::read_dir(format!("{}/tests/syntax/{folder}", env!("CARGO_MANIFEST_DIR"))).unwrap() {
            let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
            covered(&text).unwrap();
            mended(&text);
        }
    }
}

#[test]
fn single_mends_mend() {
    // One mistake with one mend: what comes out has none.
    for text in [
        "a = 2,000", "a = 2K", "a = 5USD", "a = 2026/04/15", "a = 15.01.2026", "a = 2026-q1", "a = .5", "a = 1.", "a = 5 %", "a = 1.8 M cup", "a = (1 + 2", "a = [1",
        "a = 1 + 2)", "a = (1 + 2]", "a = 'text'", "a = “text”", "a = $49/month", "a = 49 €", "a = 49€", "a = 2;", "a = 2; b = 3", "a = 1 // why", "a = 1 ** 2", "a = x && y",
        "a = !x", "a = 1 else 2", "a = if x = 3 then 1 else 2", "a = 3(x)", "a == 3", "a : 2_000 USD", "a 2_000 USD", "a b = 3", "let a = 3", "a := 3", "f(x) = x", "a : USD / month = 3",
        "a = 1, b = 2", "kind a { } b = 2", "a = 1 b = 2", "a-b = 3", "kind a {\n  b : USD", "kind a\n  b : USD\n}", "a = 1\u{200b}", "a = 2 × 3", "a = f（1，２）", "a = 100　USD",
        "a = \"\\&\"", "a = \"text", "a = 49 USD per month", "a = x <> y", "market a b { }", "a = max(1,000, 2)", "market smb \"T {\n}", "a = 3,",
    ] {
        let text = format!("{text}\n");
        let source = source(&text);
        let mut parsed = parse(&source);
        let mut mended = source.text.clone();
        for _ in 0..4 {
            let Some(fix) = parsed.mistakes.first().and_then(|mistake| mistake.fixes.first()) else { break };
            let mut edits = fix.edits.clone();
            edits.sort_by_key(|edit| std::cmp::Reverse(edit.at.span.start));
            for edit in edits {
                mended.replace_range(edit.at.span.range(), &edit.text);
            }
            parsed = read(&mended);
        }
        assert_ne!(mended, text, "{text} has no mend");
        assert!(parsed.mistakes.is_empty(), "{text} became {mended}: {:?}", parsed.mistakes);
    }
}
