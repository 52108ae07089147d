//! Simulations for a terminal: they fit its width, and know its signs.

use biz::export::simulation::{csv::csv, json::json, markdown::markdown, table::table};
use biz::export::{Signs, Style};
use biz::report::{Drawn, Fan, Kind, Simulation, Sort, Spread, Value};
use unicode_width::UnicodeWidthStr;

fn spread(mean: f64, blanks: u64, value: impl Fn(f64) -> Value) -> Spread {
    Spread {
        drawn: true,
        count: 1_000 - blanks,
        blanks,
        faults: 0,
        mean: value(mean),
        error: Value::Number(mean / 300.0),
        deviation: Value::Number(mean / 10.0),
        shares: [0.8, 0.95, 1.0, 1.05, 1.3].map(|part| value(part * mean)).to_vec(),
    }
}

fn fan(title: &str, unit: &str, sort: Sort, periods: &[&str], spreads: Vec<Spread>) -> Fan {
    Fan {
        path: None,
        title: title.to_owned(),
        unit: unit.to_owned(),
        apart: if sort == Sort::Date { "month" } else { unit }.to_owned(),
        kind: Kind::Level,
        sort,
        periods: periods.iter().map(|period| (*period).to_owned()).collect(),
        spreads,
    }
}

fn simulation() -> Simulation {
    let certain = |mean: f64| Spread { drawn: false, ..spread(mean, 0, Value::Number) };
    let years = ["2026", "2027", "2028"];
    let cash = [1.2e6, -3.4e6, 5.6e7].map(|mean| spread(mean, 0, Value::Number));
    let margin = [61.5, 62.0, 62.25].map(|mean| spread(mean, 120, Value::Number));
    let date = |number: f64| Value::Date(format!("20{number:02.0}-07"));
    let held = |mean: f64| if mean < 1.0 { Value::Number(mean) } else { Value::Condition(true) };
    Simulation {
        title: Some("Smart customer service".to_owned()),
        drawn: Drawn { count: 1_000, asked: 1_000, seed: 1, sampling: "latin", within: 0.0 },
        shares: vec![0.05, 0.25, 0.5, 0.75, 0.95],
        fans: vec![
            fan("现金", "元", Sort::Number, &years, cash.to_vec()),
            fan("Gross margin", "%", Sort::Number, &years, margin.to_vec()),
            fan("Rent", "USD", Sort::Number, &years, vec![certain(9e3); 3]),
        ],
        figures: vec![
            fan("Lowest cash of the whole plan, counted at the end of a month", "USD", Sort::Number, &[], vec![spread(-4.5e5, 0, Value::Number)]),
            fan("Break-even", "", Sort::Date, &[], vec![spread(27.0, 32, date)]),
            fan("Solvent", "", Sort::Condition, &[], vec![spread(0.9325, 0, held)]),
            fan("Price", "USD/seat/month", Sort::Number, &[], vec![certain(49.0)]),
        ],
        ..Simulation::default()
    }
}

#[test]
fn a_simulation_fits_the_terminal() {
    for width in [60, 80, 100, 140] {
        let text = table(&simulation(), Style { width, signs: Signs::Unicode });
        let widest = text.lines().map(UnicodeWidthStr::width).max().unwrap_or(0);
        assert!(widest <= width, "{widest} columns of {width}:\n{text}");
    }
    insta::assert_snapshot!(table(&simulation(), Style { width: 100, signs: Signs::Unicode }));
}

#[test]
fn a_plain_terminal_gets_plain_signs() {
    let text = table(&simulation(), Style { width: 72, signs: Signs::Ascii });
    let own = |character: char| "现金元".contains(character);
    assert!(text.chars().all(|character| character.is_ascii() || own(character)), "{text}");
    insta::assert_snapshot!(text);
}

#[test]
fn the_other_formats_tell_the_same() {
    insta::assert_snapshot!("json", json(&simulation()));
    insta::assert_snapshot!("csv", csv(&simulation()).replace('\r', ""));
    insta::assert_snapshot!("markdown", markdown(&simulation()));
}
