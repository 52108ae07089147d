//! The forms for other programs: workflow commands of GitHub, SARIF, JUnit.
//!
//! Both snapshots of SARIF were held against the published schema of 2.1.0, as Sarif.Multitool 5.7.0 ships it, by Python's
//! `jsonschema` 4.26, which refused copies of them with a spoiled `columnKind`, a lost `message` and a key too many; those
//! of JUnit against `junit-10.xsd` of Jenkins' xunit plugin, by Python's `lxml` 6.1, which refused a copy without `tests`.

use super::*;
use biz::diagnostic::document::{Case, Document, Outcome, Page, Reason};
use biz::diagnostic::{Edit, Fix, Label, Warnings, github, junit, sarif};
use insta::assert_snapshot;

/// A file with a wide name and a blank, wide characters before the places, and another file behind it.
fn sources() -> [Source; 2] {
    let main = Source::new(FileId(0), "plans/咖啡 店.biz", "租金 = 2_000 USD/month\n利润 = 收入 - 祖金\r\nprice = 5, tax = 20%\nold = 1\n");
    [main, Source::new(FileId(1), "./shared{1}.biz", "收入 = 1 USD/month\n")]
}

/// Several mistakes: one with two labels in two files and two mends, one with a mend of two edits over lines, a warning,
/// one without a place, one whose mend lies outside of every file.
fn mistakes(sources: &[Source; 2]) -> Vec<Diagnostic> {
    let [main, other] = sources;
    let unknown = Diagnostic::error(Code("BIZ0101"), "there is no `祖金`", at(main, "祖金"), "not defined anywhere")
        .also(at(other, "收入"), "this is `USD/month`: {0}")
        .help("did you mean `租金`?")
        .fix("write `租金`", at(main, "祖金"), "租金")
        .fix("leave it out", at(main, " - 祖金"), "");
    let mut both = error("100% wrong, a: b", at(main, "price = 5, tax = 20%\n"), "");
    both.fixes.push(Fix {
        title: "write two lines".into(),
        edits: vec![Edit { at: at(main, ", tax"), text: "\ntax".into() }, Edit { at: at(main, "price"), text: "cost".into() }],
    });
    let warning = Diagnostic::warning(Code("BIZ0502"), "nothing reads\nit \u{1b}[31m\u{202e}", at(main, "old"), "");
    let mut nowhere = error("`a<b>&\"c\"` can't be read ]]>", at(main, "old"), "");
    nowhere.labels.clear();
    let mut outside = error("elsewhere", at(main, "old"), "here");
    outside.labels.push(Label { at: Location::new(FileId(9), Span::new(0, 1)), text: "not to be seen".into() });
    let outside = outside.fix("can't be made", Location::new(FileId(9), Span::new(0, 1)), "x");
    vec![unknown, both, warning, nowhere, outside]
}

fn told(warnings: Warnings) -> Document {
    let sources = sources();
    let reason = |message: &str| Reason { kind: "requirement".into(), message: message.into(), text: format!("{message}\nin full") };
    let cases = vec![
        Case { name: "cash >= 0 USD".into(), outcome: Outcome::Failed(reason("first in 2026-05: −3 USD, bound 0 USD")) },
        Case { name: "毛利 > 20%".into(), outcome: Outcome::Undecided(reason("it has no value")) },
        Case { name: "rent < 3_000 USD/month".into(), outcome: Outcome::Passed(String::new()) },
    ];
    let page = Page { name: "plans/咖啡 店.biz".into(), diagnostics: mistakes(&sources), sources: sources.to_vec(), cases };
    Document { pages: vec![page], remarks: vec!["stopped after 3 of 10 samples\n".into()], warnings, status: 1 }
}

#[test]
fn workflow_commands() {
    let sources = sources();
    let mistakes = mistakes(&sources);
    let told = github::commands(&mistakes, &sources, Warnings::Allowed);
    assert_eq!(told.lines().count(), mistakes.len(), "one line each");
    assert_snapshot!(told);
    let denied = github::commands(&mistakes, &sources, Warnings::Denied);
    assert_eq!(denied, format!("{told}4 errors, 1 warning, warnings are denied\n"));
    assert_eq!(github::commands(&[], &sources, Warnings::Denied), "");
}

#[test]
fn sarif_of_several_mistakes() {
    assert_snapshot!(sarif::document(&told(Warnings::Allowed)));
}

#[test]
fn junit_of_several_mistakes() {
    assert_snapshot!(junit::document(&told(Warnings::Allowed)));
    let denied = junit::document(&told(Warnings::Denied));
    assert!(denied.contains("<failure type=\"BIZ0502\" message=\"nothing reads it \\u{1b}[31m\\u{202e}\">"), "{denied}");
}

/// A model without mistakes, a command that tells of no model, and one that could not be done.
#[test]
fn empty_documents() {
    let sound = Document { pages: vec![Page { name: "plan.biz".into(), ..Page::default() }], ..Document::default() };
    let none = Document::default();
    let usage = Document { remarks: vec!["error: no samples\n  help: draw some\n".into()], status: 2, ..Document::default() };
    let whole: Vec<String> = [sound, none, usage].iter().flat_map(|one| [sarif::document(one), junit::document(one)]).collect();
    assert_snapshot!(whole.concat());
}

/// Above a hundred the rest is counted, in every form.
#[test]
fn what_is_not_shown_is_counted() {
    let [main, _] = sources();
    let page = Page { name: main.name.clone(), diagnostics: vec![error("wrong", at(&main, "old"), ""); 103], sources: vec![main], cases: Vec::new() };
    let document = Document { pages: vec![page], ..Document::default() };
    let told = sarif::document(&document);
    assert_eq!(told.matches("\"ruleId\"").count(), 100);
    assert!(told.contains("\"text\": \"plans/咖啡 店.biz: 3 more not shown\""), "{told}");
    let told = junit::document(&document);
    assert!(told.contains("tests=\"100\" failures=\"100\"") && told.contains("<system-err>3 more not shown"), "{told}");
}

/// Names of files as URIs: what has no place in one is percent-encoded in UTF-8 (RFC 3986, 2.1 and 4.2).
#[test]
fn names_are_uris() {
    for (name, uri) in [
        ("./plan.biz", "plan.biz"),
        ("../a b/100%.biz", "../a%20b/100%25.biz"),
        ("a:b.biz", "a%3Ab.biz"),
        ("市场.biz", "%E5%B8%82%E5%9C%BA.biz"),
        ("/home/me/plan.biz", "file:///home/me/plan.biz"),
        ("<stdin>", "%3Cstdin%3E"),
    ] {
        let source = Source::new(FileId(0), name, "x = 1\n");
        let diagnostics = vec![error("wrong", at(&source, "x"), "")];
        let page = Page { name: name.into(), diagnostics, sources: vec![source], cases: Vec::new() };
        let told = sarif::document(&Document { pages: vec![page], ..Document::default() });
        assert!(told.contains(&format!("\"uri\": \"{uri}\"")), "{name}: {told}");
    }
}
