//! Slips: correct models with one thing wrong. Each is told once, by a message whose first mend leaves nothing wrong.
//!
//! Beside a model in `tests/check/slips` stands a text of the same name. Each of its parts says what is written in the
//! model behind `- `, what is written instead behind `+ `, and then what is told and which mend comes first;
//! `BIZ_ACCEPT=1 cargo test` writes these two lines, to be read before they are kept.

use super::mark;
use crate::support::{files, linted};

/// The text with a replacement, or what is wrong with the part.
fn slipped(model: &str, part: &str) -> Result<String, String> {
    let lines = |sign: &str| part.lines().filter_map(|line| line.strip_prefix(sign)).collect::<Vec<_>>().join("\n");
    let (right, wrong) = (lines("- "), lines("+ "));
    match model.matches(&right).count() {
        0 => Err(format!("`{right}` is not in the model")),
        _ => Ok(model.replacen(&right, &wrong, 1)),
    }
}

/// What is told of a text, and whether its first mend leaves nothing wrong.
fn told(text: &str) -> Result<String, String> {
    let read = linted(text, &[]);
    let source = read.sources.last().expect("the text itself");
    let [mistake] = read.mistakes.as_slice() else { return Err(format!("it is told {} times:\n{}", read.mistakes.len(), read.drawing())) };
    let line = source.position(mistake.place().span.start).line;
    let Some(fix) = mistake.fixes.first() else { return Err(format!("it has no mend:\n{}", read.drawing())) };
    let mended = linted(&super::mended(text, mistake), &[]);
    if !mended.mistakes.is_empty() {
        return Err(format!("its mend `{}` leaves:\n{}", fix.title, mended.drawing()));
    }
    Ok(format!("line {line} {}\nmend: {}\n", mark(source, mistake).trim_start_matches("# "), fix.title))
}

#[test]
fn one_slip_is_told_once_and_its_first_mend_leaves_nothing_wrong() {
    let accept = std::env::var_os("BIZ_ACCEPT").is_some();
    let mut wrong = Vec::new();
    for path in files("tests/check/slips", "txt") {
        let model = std::fs::read_to_string(path.with_extension("biz")).expect("its model stands beside it");
        let written = std::fs::read_to_string(&path).expect("it is a text");
        let mut text = String::new();
        for part in written.trim_end().split("\n\n") {
            let kept: String = part.lines().filter(|line| line.starts_with(['-', '+'])).map(|line| format!("{line}\n")).collect();
            match slipped(&model, part).and_then(|slipped| told(&slipped)) {
                Ok(told) => text.push_str(&format!("{kept}{told}\n")),
                Err(why) => wrong.push(format!("{}:\n{kept}{why}", path.display())),
            }
        }
        let text = format!("{}\n", text.trim_end());
        if accept && wrong.is_empty() {
            std::fs::write(&path, text).expect("it can be written");
        } else if text != written {
            wrong.push(format!("{}:\n{text}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_misspelt_unit_hides_no_second_slip() {
    let model = std::fs::read_to_string("tests/check/slips/clinic.biz").expect("it is a text");
    let text = model.replace("45 EUR/visit", "45 EUR/vist").replace("52k EUR/month", "52k EUR");
    let codes: Vec<_> = linted(&text, &[]).mistakes.iter().map(|mistake| mistake.code.0).collect();
    assert_eq!(codes, ["BIZ0104", "BIZ0206"]);
}

#[test]
fn two_slips_are_told_each() {
    let model = std::fs::read_to_string("tests/check/slips/clinic.biz").expect("it is a text");
    let text = model.replace("4.5 visit/patient", "4.5 patient/visit").replace("6_500 EUR/month", "6_500 EUR");
    let read = linted(&text, &[]);
    assert_eq!(read.mistakes.len(), 2, "{}", read.drawing());
}
