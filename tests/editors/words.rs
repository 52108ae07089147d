//! Every word that an editor's file names is one of the grammar's, and none is missing.

use super::{json, text};
use serde_json::Value;
use std::collections::BTreeSet;

type Words = BTreeSet<String>;

fn keywords() -> Words {
    biz::syntax::keywords().into_iter().map(str::to_owned).collect()
}

/// That a file names the grammar's words and no others.
fn same(file: &str, mut words: Words) {
    // The one scale of numbers that is written in two letters.
    words.remove("bn");
    assert!(words.len() > 20, "{file}: words are found: {words:?}");
    assert_eq!(words, keywords(), "{file} against grammar/*.pest");
}

/// The words of a regular expression: what is left without classes and escapes.
fn words_of(pattern: &str) -> Words {
    let mut words = Words::new();
    let mut word = String::new();
    let mut letters = pattern.chars();
    while let Some(letter) = letters.next() {
        if letter.is_ascii_lowercase() {
            word.push(letter);
            continue;
        }
        words.insert(std::mem::take(&mut word));
        match letter {
            // `\ze` and `\zs` of Vim are of two letters.
            '\\' if letters.next() == Some('z') => drop(letters.next()),
            '[' => class(&mut letters),
            _ => {}
        }
    }
    words.insert(word);
    words.retain(|word| word.len() > 1);
    words
}

/// Passes over the rest of a class: `[^\s"]`.
fn class(letters: &mut std::str::Chars<'_>) {
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => drop(letters.next()),
            ']' => return,
            _ => {}
        }
    }
}

/// Every text under one of some keys, anywhere in a value.
fn texts<'v>(value: &'v Value, keys: &[&str], found: &mut Vec<&'v str>) {
    match value {
        Value::Object(parts) => {
            for (key, part) in parts {
                if let Some(text) = part.as_str().filter(|_| keys.contains(&key.as_str())) {
                    found.push(text);
                }
                texts(part, keys, found);
            }
        }
        Value::Array(parts) => parts.iter().for_each(|part| texts(part, keys, found)),
        _ => {}
    }
}

#[test]
fn textmate() {
    let grammar = json("vscode/syntaxes/biz.tmLanguage.json");
    let mut patterns = Vec::new();
    texts(&grammar, &["match", "begin", "end"], &mut patterns);
    same("biz.tmLanguage.json", patterns.into_iter().flat_map(words_of).collect());
}

#[test]
fn vim() {
    let syntax = text("vim/syntax/biz.vim");
    let patterns = syntax.lines().filter(|line| line.starts_with("syntax match ")).filter_map(|line| {
        let start = line.find(['\'', '"'])?;
        let quote = line[start..].chars().next()?;
        let end = line.rfind(quote)?;
        line.get(start + 1..end)
    });
    same("syntax/biz.vim", patterns.flat_map(words_of).collect());
}

#[test]
fn kate() {
    let file = text("kate/biz.xml");
    let items = file.split("<item>").skip(1).filter_map(|rest| rest.split('<').next()).map(str::to_owned);
    let patterns = file.lines().filter(|line| line.contains("<RegExpr ")).filter_map(|line| {
        let pattern = line.split("String=\"").nth(1)?.split('"').next()?;
        Some(pattern.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
    });
    same("kate/biz.xml", items.chain(patterns.flat_map(|pattern| words_of(&pattern))).collect());
}

#[test]
fn emacs() {
    let file = text("emacs/biz-mode.el");
    let lists = file.split("\n(defconst biz-").skip(1).filter(|list| list.split('\n').next().is_some_and(|name| name.ends_with("-words")));
    let words = lists.flat_map(|list| {
        let list = list.split("\n  \"Words").next().unwrap_or("");
        list.split('"').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>()
    });
    same("emacs/biz-mode.el", words.collect());
}

#[test]
fn tree_sitter() {
    let grammar = json("tree-sitter-biz/src/grammar.json");
    let mut tokens = Vec::new();
    texts(&grammar["rules"], &["value"], &mut tokens);
    let is_word = |token: &&str| token.len() > 1 && token.bytes().all(|byte| byte.is_ascii_lowercase());
    let nodes: Words = grammar["rules"].as_object().expect("rules").keys().cloned().collect();
    // Aliases and nodes stand among the values too.
    let words: Words = tokens.into_iter().filter(is_word).map(str::to_owned).collect();
    let words = words.into_iter().filter(|word| keywords().contains(word) || !nodes.contains(word)).collect();
    same("tree-sitter-biz/grammar.js", words);

    let queries = text("tree-sitter-biz/queries/highlights.scm");
    let queries = queries.lines().filter(|line| !line.starts_with(';')).collect::<Vec<_>>().join("\n");
    let quoted = queries.split('"').skip(1).step_by(2).filter(is_word).map(str::to_owned);
    let nodes = ["beyond", "true", "false"].into_iter().filter(|node| queries.contains(&format!("({node})")));
    same("highlights.scm", quoted.chain(nodes.map(str::to_owned)).collect());
}

/// Words that begin a line which goes on the one above: three files have them. (Two leave out `until`: of a goal it looks better as
/// a line of its own.)
#[test]
fn words_that_go_on() {
    let scanner = text("tree-sitter-biz/src/scanner.c");
    let scanner = scanner.split("BETWEEN[] = {").nth(1).and_then(|rest| rest.split('}').next()).expect("the scanner's list");
    let mut between: Words = scanner.split('"').skip(1).step_by(2).map(str::to_owned).collect();
    for word in &between {
        let source = format!("a = b\n{word} c\nd = 1\n");
        let parsed = biz::syntax::parse(&biz::text::Source::new(biz::text::FileId(0), "lines.biz", source.clone()));
        let first = parsed.file.items.first().map(|item| item.span.end).unwrap_or_default() as usize;
        assert!(first > 6, "`{word}` goes on the line above: {:?}", source.get(..first));
    }
    let others = keywords().into_iter().filter(|word| !between.contains(word)).find(|word| {
        let source = format!("a = b\n{word} c\nd = 1\n");
        let parsed = biz::syntax::parse(&biz::text::Source::new(biz::text::FileId(0), "lines.biz", source));
        parsed.file.items.first().is_some_and(|item| item.span.end > 6)
    });
    assert_eq!(others, None, "goes on the line above, and the scanner does not know it");
    between.remove("until");
    let vim = text("vim/indent/biz.vim");
    let goes_on = vim.lines().find(|line| line.starts_with("let s:goes_on")).expect("Vim's list");
    assert_eq!(words_of(goes_on.split_once('=').expect("a value").1), between, "indent/biz.vim");
    let emacs = text("emacs/biz-mode.el");
    let goes_on = emacs.split("(defconst biz--goes-on").nth(1).and_then(|rest| rest.split("'(").nth(1)?.split(')').next());
    let goes_on: Words = goes_on.expect("the list of Emacs").split('"').skip(1).step_by(2).map(str::to_owned).collect();
    assert_eq!(goes_on, between, "biz-mode.el");
}
