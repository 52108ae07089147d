//! Only the files that a model needs are loaded, and no model sees a difference.

use biz::check::{Asked, check};
use biz::prelude::texts;
use biz::syntax::ast::{self, Node};
use biz::syntax::{glance, parse, words};
use biz::text::{FileId, Source};
use biz::workspace::needed_files;
use std::collections::BTreeSet;

fn tree(name: &str, text: &str, at: usize) -> ast::File {
    parse(&Source::new(FileId(at as u32), name, text)).file
}

fn trees() -> Vec<ast::File> {
    texts().iter().enumerate().map(|(at, (name, text))| tree(name, text, at)).collect()
}

/// What is wrong with a text where only some files of the prelude are there.
fn mistakes(text: &str, prelude: &[ast::File], there: impl Fn(&str) -> bool) -> Vec<String> {
    let blanks: Vec<ast::File> = prelude.iter().map(|file| ast::File { id: file.id, ..ast::File::default() }).collect();
    let pick = |((name, _), (file, blank))| if there(name) { file } else { blank };
    let loaded: Vec<&ast::File> = texts().iter().copied().zip(prelude.iter().zip(&blanks)).map(pick).collect();
    let files = [tree("plan.biz", text, prelude.len())];
    let checked = check(&Asked { prelude: &loaded, files: &files, sets: &[], queries: &[] });
    checked.mistakes.iter().map(|mistake| format!("{} {} {:?}", mistake.code.0, mistake.message, mistake.place())).collect()
}

#[test]
fn a_glance_sees_what_the_tree_declares() {
    for ((name, text), file) in texts().iter().zip(trees()) {
        let (mut things, mut equations, mut members, mut unasked) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new(), false);
        for item in &file.items {
            match &item.node {
                Node::Kind(kind) => {
                    things.insert(kind.name.text.as_str());
                    let member = |item: &'_ ast::Item| match &item.node {
                        Node::Definition(def) => def.path.names.first().map(|name| name.text.clone()),
                        _ => None,
                    };
                    members.extend(kind.members.iter().filter_map(member));
                }
                Node::Function(function) => {
                    things.insert(&function.name.text);
                    members.extend(function.params.iter().map(|parameter| parameter.name.text.clone()));
                }
                Node::Unit { name, plural } => things.extend([Some(name), plural.as_ref()].into_iter().flatten().map(|name| name.text.as_str())),
                Node::Currency(names) => things.extend(names.iter().map(|name| name.text.as_str())),
                Node::Definition(def) => equations.extend(def.path.names.iter().map(|name| name.text.as_str())),
                _ => unasked = true,
            }
        }
        let seen = glance(text);
        assert_eq!(seen.things.iter().copied().collect::<BTreeSet<_>>(), things, "{name}");
        assert_eq!(seen.equations.iter().copied().collect::<BTreeSet<_>>(), equations, "{name}");
        assert_eq!(seen.members.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>(), members, "{name}");
        assert_eq!(seen.unasked, unasked, "{name}");
    }
}

#[test]
fn words_are_those_a_model_uses() {
    let text = "# no comment\nproduct.churn = 3.5%/month * 2k USD \"no text \\\" here\" # nor here\nx[2027].y + _z1 + 市场";
    let seen: Vec<&str> = words(text).collect();
    assert_eq!(seen, ["product", "month", "USD", "x", "_z1", "市场"]);
}

#[test]
fn a_name_of_the_prelude_brings_all_it_needs() {
    let prelude = trees();
    let head = "model plan { timeline = 2026-01 to 2027-12, currency = USD }\n";
    for (file, (name, _)) in prelude.iter().zip(texts()) {
        for item in &file.items {
            let used = match &item.node {
                Node::Kind(kind) => format!("{head}kind own_kind is {} {{}}\n", kind.name.text),
                Node::Definition(def) => format!("{head}own_figure = {}\n", def.path.names[0].text),
                _ => continue,
            };
            let needed = needed_files(&used);
            assert!(needed.contains(name), "{used}: {needed:?}");
            let (some, all) = (mistakes(&used, &prelude, |file| needed.contains(&file)), mistakes(&used, &prelude, |_| true));
            assert_eq!(some, all, "{used} with {needed:?}");
        }
    }
}

#[test]
fn what_every_model_loads_is_small() {
    let needed = needed_files("model plan { timeline = 2026, currency = USD }");
    let bytes: usize = texts().iter().filter(|(name, _)| needed.contains(name)).map(|(_, text)| text.len()).sum();
    // A start of 10 ms parses and checks about 60 KB on a slow machine.
    assert!(bytes < 44_000, "{bytes} bytes of the prelude are loaded by every model: {needed:?}");
}
