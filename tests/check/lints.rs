//! Lints on texts: fixtures in `tests/check/lints`, models that give no remark, and mends that mend.

use super::compare;
use crate::support::{files, linted, read};
use biz::diagnostic::{Edit, Fix, Severity};
use biz::workspace::{Ask, Facts, Lint, Memory};

pub fn is_of_lints(code: &str) -> bool {
    code.starts_with("BIZ08")
}

#[test]
fn fixtures_name_every_remark() {
    compare("tests/check/lints", |path, bare| {
        let all = path.file_stem().is_some_and(|name| name == "undocumented");
        linted(bare, if all { &Lint::ALL } else { &Lint::USUAL })
    });
}

#[test]
fn well_written_models_give_no_remark() {
    for folder in ["examples", "tests/models/plans"] {
        for path in files(folder, "biz") {
            let text = std::fs::read_to_string(&path).expect("it is a text");
            let read = linted(&text, &Lint::USUAL);
            assert!(read.mistakes.is_empty(), "{}:\n{}", path.display(), read.drawing());
        }
    }
}

#[test]
fn lints_look_only_where_they_are_asked_for() {
    for path in files("tests/check/lints", "biz") {
        let text = std::fs::read_to_string(&path).expect("it is a text");
        let facts = Facts::open(&Memory::new([("plan.biz", text.as_bytes())]), &Ask::default());
        let told: Vec<_> = facts.mistakes.iter().filter(|mistake| is_of_lints(mistake.code.0)).collect();
        assert!(told.is_empty(), "{}: {told:?}", path.display());
    }
}

#[test]
fn a_model_with_an_error_is_given_no_remark() {
    let read = linted("x = 1 USD + 1 month\ny = z * 3.5\n", &Lint::ALL);
    assert!(read.mistakes.iter().all(|mistake| mistake.severity == Severity::Error), "{}", read.drawing());
}

fn mended(text: &str, fix: &Fix) -> String {
    let mut edits: Vec<&Edit> = fix.edits.iter().collect();
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.at.span.start));
    let mut text = text.to_owned();
    edits.iter().for_each(|edit| text.replace_range(edit.at.span.range(), &edit.text));
    text
}

/// Each mend leaves a sound model with one remark less, and the same figures by name.
#[test]
fn every_mend_mends() {
    let mut count = 0;
    for path in files("tests/check/lints", "biz") {
        let text = std::fs::read_to_string(&path).expect("it is a text");
        let before = linted(&text, &Lint::USUAL);
        for (mistake, fix) in before.mistakes.iter().filter_map(|mistake| Some((mistake, mistake.fixes.first()?))) {
            let mended = mended(&text, fix);
            let after = linted(&mended, &Lint::USUAL);
            assert!(read(&mended).model.is_some(), "{mended}\n{}", after.drawing());
            let of_code = |read: &crate::support::Read| read.mistakes.iter().filter(|one| one.code == mistake.code).count();
            assert!(of_code(&after) < of_code(&before), "{}: {mistake:?}\n{mended}", path.display());
            count += 1;
        }
    }
    assert!(count > 30, "there are mends: {count}");
}
