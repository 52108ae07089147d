//! The checker on texts: fixtures with the mistakes written above their lines, a drawing a code, and models without fault.
//!
//! A fixture is a model in `tests/check/fixtures`. Above a line with a mistake stands `# error BIZ0201 4..9: words of
//! the message` (or `# warning`), with the columns, in characters from 1, where the place begins and before which it
//! ends. Every mistake has to be named; `BIZ_ACCEPT=1 cargo test` writes the lines, to be read before they are kept.

mod correlations;
mod goals;
mod lints;
mod slips;

use crate::support::{Read, example, files, linted, read};
use biz::diagnostic::{Diagnostic, explain};
use biz::text::Source;
use biz::workspace::Lint;
use std::collections::BTreeMap;
use std::path::Path;

#[test]
fn fixtures_name_every_mistake() {
    compare("tests/check/fixtures", |_, bare| read(bare));
}

/// Compares the marks of a folder's fixtures with what is found in each.
fn compare(folder: &str, read: impl Fn(&Path, &str) -> Read) {
    let accept = std::env::var_os("BIZ_ACCEPT").is_some();
    let mut wrong = Vec::new();
    for path in files(folder, "biz") {
        let written = std::fs::read_to_string(&path).expect("it is a text");
        let bare = without_marks(&written);
        let marked = with_marks(&bare, &read(&path, &bare));
        if accept && marked != written {
            std::fs::write(&path, &marked).expect("it can be written");
        } else if marked != written {
            wrong.push(format!("{}:\n{marked}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn is_mark(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("# error BIZ") || line.starts_with("# warning BIZ")
}

fn without_marks(text: &str) -> String {
    text.lines().filter(|line| !is_mark(line)).map(|line| format!("{line}\n")).collect()
}

fn with_marks(bare: &str, read: &Read) -> String {
    let source = read.sources.last().expect("the text itself");
    let mut marks: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    for mistake in &read.mistakes {
        assert_eq!(mistake.place().file, source.id, "a mistake outside of the model: {mistake:?}");
        let place = mistake.place().span;
        marks.entry(source.position(place.start).line).or_default().push(mark(source, mistake));
    }
    let mut text = String::new();
    for (at, line) in bare.lines().enumerate() {
        for mark in marks.remove(&(at as u32 + 1)).unwrap_or_default() {
            text.push_str(&format!("{mark}\n"));
        }
        text.push_str(&format!("{line}\n"));
    }
    marks.into_values().flatten().for_each(|mark| text.push_str(&format!("{mark}\n")));
    text
}

fn mark(source: &Source, mistake: &Diagnostic) -> String {
    let place = mistake.place().span;
    let (start, end) = (source.position(place.start), source.position(place.end));
    let end = if end.line == start.line { end.column.to_string() } else { format!("{}:{}", end.line - start.line, end.column) };
    format!("# {} {} {}..{end}: {}", mistake.severity.word(), mistake.code.0, start.column, mistake.message)
}

/// Codes whose bad example needs more than one text: files, the command line, a run.
fn is_of_the_checker(code: &str) -> bool {
    ("BIZ0000".."BIZ0507").contains(&code) || ("BIZ0508"..="BIZ0510").contains(&code) || lints::is_of_lints(code)
}

/// An example of a code, looked at by all that may give it.
fn read_for(code: &str, text: &str) -> Read {
    match code {
        "BIZ0805" => linted(text, &Lint::ALL),
        code if lints::is_of_lints(code) => linted(text, &Lint::USUAL),
        _ => read(text),
    }
}

#[test]
fn every_bad_example_fails_as_it_says_and_every_good_one_is_clean() {
    let mut wrong = Vec::new();
    for code in explain::codes().filter(|code| is_of_the_checker(code)) {
        let text = explain::explain(code).expect("it is in the table");
        if let Some(bad) = example(text, "bad") {
            let read = read_for(code, bad);
            if !read.mistakes.iter().any(|mistake| mistake.code.0 == code) {
                let found: Vec<_> = read.mistakes.iter().map(|mistake| mistake.code.0).collect();
                wrong.push(format!("{code}: its bad example gives {found:?}"));
            }
        }
        let good = read_for(code, example(text, "good").expect("there is one"));
        if !good.mistakes.is_empty() {
            wrong.push(format!("{code}: its good example is not clean\n{}", good.drawing()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn drawings() {
    for code in explain::codes().filter(|code| is_of_the_checker(code)) {
        let text = explain::explain(code).expect("it is in the table");
        if let Some(bad) = example(text, "bad") {
            insta::assert_snapshot!(code, format!("{bad}\n{}", read_for(code, bad).drawing()));
        }
    }
}

#[test]
fn correct_models_give_no_diagnostic() {
    for folder in ["examples", "tests/check/clean", "tests/check/slips", "tests/run/models", "tests/models/plans"] {
        for path in files(folder, "biz") {
            let text = std::fs::read_to_string(&path).expect("it is a text");
            let read = read(&text);
            assert!(read.mistakes.is_empty(), "{}:\n{}", path.display(), read.drawing());
        }
    }
}

#[test]
fn of_names_equally_near_the_one_whose_unit_fits_is_offered_first() {
    let text = std::fs::read_to_string("tests/check/fixtures/nearest.biz").expect("it is a text");
    let first = |mistake: &Diagnostic| mistake.fixes.first().map(|fix| fix.title.clone());
    let offered: Vec<_> = read(&without_marks(&text)).mistakes.iter().filter_map(first).collect();
    assert_eq!(offered, ["write `rent_a`", "write `rent_b`"]);
}

fn codes(text: &str) -> Vec<&'static str> {
    read(text).mistakes.iter().map(|mistake| mistake.code.0).collect()
}

#[test]
fn kinds_stand_on_sixty_four_others_and_no_more() {
    let chain = |count: usize| {
        let kinds = (1..=count).map(|at| format!("kind k{at} is k{} {{ a{at} = a{} + 1 }}\n", at - 1, at - 1));
        format!("kind k0 {{ a0 = 1 }}\n{}k{count} last {{ }}\nsum_of_it = last.a{count}\n", kinds.collect::<String>())
    };
    assert_eq!(codes(&chain(64)), Vec::<&str>::new());
    assert_eq!(codes(&chain(65)).first(), Some(&"BIZ0608"));
}

#[test]
fn a_timeline_has_twelve_thousand_steps_and_no_more() {
    let model = |end: &str| format!("model long {{ timeline = 1000-01 to {end} }}\nx = 1\n");
    assert_eq!(codes(&model("1999-12")), Vec::<&str>::new());
    assert_eq!(codes(&model("2000-01")), ["BIZ0606"]);
}

#[test]
fn what_looks_along_time_needs_a_timeline() {
    let looks = ["5 USD growing 3%/year", "accumulate(3 USD/month, from: 0 USD)", "time", "a[2026]", "step { 2026-01: 3 USD }", "in_step(3%/month)"];
    for look in looks {
        assert_eq!(codes(&format!("model flat {{ currency = USD }}\na = 3 USD\nb = {look}\n")), ["BIZ0309"], "{look}");
    }
}

#[test]
fn one_mistake_of_the_timeline_is_told_once() {
    let model = "model t { timeline = 2027-12 to 2026-01, currency = USD }\ncost c { amount = 3 USD/month growing 3%/year }\n";
    assert_eq!(codes(model), ["BIZ0304"]);
}

/// A text with the edits of a mend, which do not overlap.
fn mended(text: &str, mistake: &Diagnostic) -> String {
    let mut edits: Vec<_> = mistake.fixes.first().map(|fix| fix.edits.clone()).unwrap_or_default();
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.at.span.start));
    edits.iter().fold(text.to_owned(), |mut text, edit| {
        text.replace_range(edit.at.span.range(), &edit.text);
        text
    })
}

#[test]
fn a_timeline_in_another_form_is_mended_in_one_step() {
    let forms = [
        ("Jan 2026 to Dec 2027", "2026-01 to 2027-12"),
        ("Jan-26 to Dec-27", "2026-01 to 2027-12"),
        ("01/2026 to 12/2027", "2026-01 to 2027-12"),
        ("2026/01 to 2027/12", "2026-01 to 2027-12"),
        ("2026年1月 to 2027年12月", "2026-01 to 2027-12"),
        ("01.01.2026 to 31.12.2027", "2026-01-01 to 2027-12-31"),
        ("1/1/2026 to 12/31/2027", "2026-01-01 to 2027-12-31"),
        ("Q1 2026 to Q4 2027", "2026-Q1 to 2027-Q4"),
        ("1Q26 to 4Q27", "2026-Q1 to 2027-Q4"),
        ("Q1-2026 to Q4-2027", "2026-Q1 to 2027-Q4"),
        ("FY2026 to FY2027", "2026 to 2027"),
        ("2026-01 - 2027-12", "2026-01 to 2027-12"),
        ("2026-01 -> 2027-12", "2026-01 to 2027-12"),
        ("2026-01 through 2027-12", "2026-01 to 2027-12"),
        ("\"2026-01 to 2027-12\"", "2026-01 to 2027-12"),
        ("2027-12 to 2026-01", "2026-01 to 2027-12"),
    ];
    for (written, meant) in forms {
        let text = format!("model t {{ timeline = {written}, currency = USD }}\nrent = 3 USD/month growing 2%/year\n");
        let found = read(&text).mistakes;
        let [only] = found.as_slice() else { panic!("{written}: {found:?}") };
        let mended = mended(&text, only);
        assert!(mended.contains(&format!("timeline = {meant},")), "{written}: {mended}");
        assert_eq!(codes(&mended), Vec::<&str>::new(), "{written}");
    }
}

#[test]
fn a_unit_that_nobody_declares_is_told_once_and_mended_everywhere() {
    let text = "model t { currency = USD }\nunit seat / seats\na = 3 saet\nb = 4 USD/saet\nc = 5 box\nd = 6 USD/box\n";
    let found = read(text).mistakes;
    assert_eq!(found.len(), 2);
    let slip = mended(text, &found[0]);
    assert!(slip.contains("a = 3 seat\nb = 4 USD/seat\n"), "{slip}");
    assert_eq!(codes(&mended(&slip, &read(&slip).mistakes[0])), Vec::<&str>::new());
}
