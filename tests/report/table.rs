//! The table of a terminal.

use super::made;
use biz::export::{Signs, Style, table::table};
use unicode_width::UnicodeWidthStr;

fn at(width: usize) -> Style {
    Style { width, ..Style::default() }
}

#[test]
fn a_plan_in_80_columns() {
    insta::assert_snapshot!(table(&made::plan(), at(80)));
}

#[test]
fn a_plan_in_40_columns() {
    insta::assert_snapshot!(table(&made::plan(), at(40)));
}

#[test]
fn chinese_names_stand_in_line() {
    insta::assert_snapshot!(table(&made::chinese(), at(80)));
}

#[test]
fn chinese_names_in_40_columns() {
    insta::assert_snapshot!(table(&made::chinese(), at(40)));
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    for width in [40, 50, 60, 72, 80, 100, 132] {
        for report in [made::plan(), made::chinese()] {
            for line in table(&report, at(width)).lines() {
                assert!(line.width() <= width, "{} of {width} columns: {line}", line.width());
            }
        }
    }
}

#[test]
fn ascii_where_nothing_else_is_known() {
    let text = table(&made::plan(), Style { signs: Signs::Ascii, ..Style::default() });
    assert!(text.is_ascii(), "{text}");
    assert!(text.contains("__.-#") || text.contains("_.,*#") || text.contains("__,-#"), "{text}");
}

#[test]
fn nothing_is_left_out_when_years_are_many() {
    let values: Vec<_> = (0..30).map(|year| made::number(f64::from(year) * 1e6)).collect();
    let report = biz::report::Report {
        statements: vec![made::statement("Long", 2026, vec![made::row("Revenue", "USD", &values, &[1.0, 2.0])])],
        ..biz::report::Report::default()
    };
    let text = table(&report, at(60));
    for year in 2026..2056 {
        assert!(text.contains(&year.to_string()), "{text}");
    }
}

#[test]
fn a_title_can_not_steer_the_terminal() {
    let report = biz::report::Report { title: Some("a\u{1b}[31mb".to_owned()), ..biz::report::Report::default() };
    assert_eq!(table(&report, at(80)), "a\\u{1b}[31mb\n");
}

#[test]
fn a_plan_in_20_columns() {
    let texts = [made::plan(), made::chinese()].map(|report| table(&biz::report::Report { requirements: Vec::new(), ..report }, at(20)));
    for line in texts.iter().flat_map(|text| text.lines()) {
        assert!(line.width() <= 24, "{} columns: {line}", line.width());
    }
    insta::assert_snapshot!(texts.join("\n"));
}
