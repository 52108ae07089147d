//! Words, names, and the bytes between them.

use super::*;
use biz::syntax::ast::Node;
use biz::syntax::keywords;

const RESERVED: [&str; 20] = [
    "if", "then", "else", "and", "or", "not", "otherwise", "in", "to", "growing", "from", "until", "within", "with", "each", "by", "between", "plus",
    "true", "false",
];

#[test]
fn keywords_come_from_the_grammar() {
    let keywords = keywords();
    assert_eq!(keywords[..RESERVED.len()], RESERVED);
    let rest = [
        "model", "unit", "currency", "rate", "import", "kind", "is", "many", "native", "fn", "require", "expect", "confidence", "scenario", "extends",
        "test", "given", "correlate", "statement", "period", "beyond", "since", "goal", "vary", "maximize", "minimize", "subject",
        "requirements",
    ];
    assert_eq!(keywords[RESERVED.len()..], rest);
    let rules = ["lexical", "expression", "declaration"].map(|name| {
        std::fs::read_to_string(format!("{}/grammar/{name}.pest", env!("CARGO_MANIFEST_DIR"))).unwrap()
    });
    let defined: usize = rules.iter().map(|text| text.lines().filter(|line| line.starts_with("kw_")).count()).sum();
    assert_eq!(defined, keywords.len());
}

#[test]
fn reserved_words_are_never_names_and_others_are() {
    for word in keywords() {
        let found = codes(&format!("{word} = 3"));
        let value = codes(&format!("a = {word} + 3"));
        if RESERVED.contains(&word) {
            assert!(found.contains(&"BIZ0050") || found.contains(&"BIZ0061"), "{word}: {found:?}");
        } else {
            assert!(found.is_empty(), "{word} = 3: {found:?}");
            assert!(value.is_empty(), "a = {word} + 3: {value:?}");
        }
        // An argument may be called anything.
        assert_eq!(codes(&format!("a = f({word}: 3)")), [""; 0], "{word}");
    }
    assert!(codes("a = iffy + tokens + android + inn + nothing").is_empty());
}

fn names(text: &str) -> Vec<String> {
    let parsed = read(text);
    let name = |item: &biz::syntax::ast::Item| match &item.node {
        Node::Definition(definition) => definition.path.names[0].text.clone(),
        other => panic!("{other:?}"),
    };
    parsed.file.items.iter().map(name).collect()
}

#[test]
fn names_are_normalised() {
    let names = names("caf\u{e9} = 1\ncafe\u{301} = 2\n市场规模 = 3\nA\u{30a} = 4\n");
    assert_eq!(names, ["caf\u{e9}", "caf\u{e9}", "市场规模", "\u{c5}"]);
}

#[test]
fn spans_are_bytes_of_the_original() {
    let text = "市场 = 1 # é\ncafe\u{301} =  x + 2\n";
    let parsed = read(text);
    let source = source(text);
    let spans: Vec<&str> = parsed.file.exprs.iter().map(|expr| source.slice(expr.span)).collect();
    assert_eq!(spans, ["1", "x", "2", "x + 2"]);
    let items: Vec<&str> = parsed.file.items.iter().map(|item| source.slice(item.span)).collect();
    assert_eq!(items, ["市场 = 1", "cafe\u{301} =  x + 2"]);
    assert_eq!(source.slice(parsed.comments[0].span), "# é");
}

#[test]
fn brackets_belong_to_the_operand() {
    let text = "a = (b + c) * (d) / f(x)[1] growing (r)";
    let parsed = read(text);
    let source = source(text);
    let spans: Vec<&str> = parsed.file.exprs.iter().map(|expr| source.slice(expr.span)).collect();
    assert!(spans.contains(&"(b + c) * (d) / f(x)[1] growing (r)"), "{spans:?}");
    assert!(spans.contains(&"b + c"), "{spans:?}");
    assert!(spans.contains(&"f(x)[1] growing (r)"), "{spans:?}");
}

#[test]
fn line_ends_tabs_and_marks_change_nothing() {
    let plain = "## why\nmarket smb {\n  size = 3 ## M\n  b = 1 +\n    2\n  c = step {\n    2026: 1\n    2027: 2\n  }\n}\n";
    let strip = |text: String| text.lines().filter(|line| !line.starts_with("doc ")).collect::<Vec<_>>().join("\n");
    let expected = strip(tree(plain));
    for other in [plain.replace('\n', "\r\n"), plain.replace("  ", "\t"), format!("\u{feff}{plain}"), plain.trim_end().to_owned(), format!("\n\n{plain}\n\n \n")] {
        assert_eq!(strip(tree(&other)), expected, "{other:?}");
    }
}

#[test]
fn nothing_is_a_file() {
    for text in ["", "\n", "   \n\t\n", "# only a comment", "\u{feff}", "\r\n"] {
        let parsed = read(text);
        assert!(parsed.mistakes.is_empty() && parsed.file.items.is_empty(), "{text:?}");
    }
}
