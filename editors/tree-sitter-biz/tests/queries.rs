//! Every query fits the grammar, and colours what it should.

use streaming_iterator::StreamingIterator;
use tree_sitter::{Language, Parser, Query, QueryCursor};

#[test]
fn the_queries_fit_the_grammar() {
    let language: Language = tree_sitter_biz::LANGUAGE.into();
    for (name, text) in [
        ("highlights", tree_sitter_biz::HIGHLIGHTS_QUERY),
        ("folds", tree_sitter_biz::FOLDS_QUERY),
        ("indents", tree_sitter_biz::INDENTS_QUERY),
        ("locals", tree_sitter_biz::LOCALS_QUERY),
    ] {
        Query::new(&language, text).unwrap_or_else(|error| panic!("{name}.scm: {error}"));
    }
}

/// What a query captures in a text: the last capture of each place.
fn captured(query: &str, text: &str) -> Vec<(String, String)> {
    let language: Language = tree_sitter_biz::LANGUAGE.into();
    let mut parser = Parser::new();
    parser.set_language(&language).expect("the language fits the library");
    let tree = parser.parse(text, None).expect("there is always a tree");
    let query = Query::new(&language, query).expect("it fits the grammar");
    let mut cursor = QueryCursor::new();
    let mut found = std::collections::BTreeMap::new();
    let mut captures = cursor.captures(&query, tree.root_node(), text.as_bytes());
    while let Some((found_in, at)) = captures.next() {
        let capture = found_in.captures()[*at];
        let range = capture.node.byte_range();
        let key = (range.start, std::cmp::Reverse(range.end));
        let name = query.capture_names()[capture.index as usize];
        let best: &mut (usize, String, String) =
            found.entry(key).or_insert_with(|| (0, text[range].replace('\n', " "), String::new()));
        if best.2.is_empty() || found_in.pattern_index >= best.0 {
            *best = (found_in.pattern_index, best.1.clone(), name.to_owned());
        }
    }
    found.into_values().map(|(_, text, name)| (text, name)).collect()
}

#[test]
fn colours() {
    let text = "market 学生 \"Pupils\" {\n  size = 1.8M pupil/month growing 3% # all\n}\nkind k { a : many meter, b : now | later }\n";
    let seen = captured(tree_sitter_biz::HIGHLIGHTS_QUERY, text);
    for (part, name) in [
        ("market", "type"),
        ("学生", "module"),
        ("\"Pupils\"", "string"),
        ("size", "variable.other.member"),
        ("1.8", "constant.numeric"),
        ("M", "constant.numeric"),
        ("pupil/month", "type.builtin"),
        ("growing", "keyword"),
        ("# all", "comment"),
        ("kind", "keyword"),
        ("k", "type"),
        ("many", "keyword"),
        ("later", "constant"),
        ("{", "punctuation.bracket"),
    ] {
        assert!(seen.contains(&(part.to_owned(), name.to_owned())), "{part:?} is no {name}: {seen:#?}");
    }
}

#[test]
fn folds_and_locals() {
    let folds = captured(tree_sitter_biz::FOLDS_QUERY, "cost rent {\n  amount = 3 USD/month\n}\n");
    assert_eq!(folds, [("{   amount = 3 USD/month }".to_owned(), "fold".to_owned())]);
    let locals = captured(tree_sitter_biz::LOCALS_QUERY, "fn twice(x) = 2 * x\nleft = curve { age: 95% ^ age }\n");
    let defined: Vec<&str> =
        locals.iter().filter(|(_, name)| name == "local.definition").map(|(text, _)| text.as_str()).collect();
    assert_eq!(defined, ["x", "age"]);
}
