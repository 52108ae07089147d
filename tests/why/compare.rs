//! Scenarios against figures reckoned by hand.

use super::{adds_up, effects, owned};
use crate::decide::facts;
use biz::export::comparison::comparison;
use biz::export::decision::Form;
use biz::export::Style;
use biz::report::{Compared, Comparison, Split};
use biz::workspace::{Ask, Facts};

const STALL: &str = r#"
model stall "A stall" { timeline = 2026-01 to 2026-12, currency = USD }
unit cup / cups

price   = 3 USD/cup
sold    = 100 cup/month
rent    = 200 USD/month
takings = price * sold
surplus = takings - rent

scenario both "Dearer, and more are sold" { price = 4 USD/cup, sold = 150 cup/month }
scenario more extends both { rent = base * 2, price = base + 1 USD/cup }
"#;

fn compared(text: &str, targets: &[&str], names: &[&str]) -> (Comparison, Facts) {
    let (targets, names) = (owned(targets), owned(names));
    let mut facts = facts(text, Ask { queries: &targets, apart: Some(&names), ..Ask::default() });
    let comparison = facts.compare(&names).expect("it can be compared");
    (comparison, facts)
}

fn names(side: &Compared) -> Vec<Vec<&str>> {
    side.parts.iter().map(|part| part.iter().map(|one| one.path.as_str()).collect()).collect()
}

fn split<'c>(comparison: &'c Comparison, scenario: &str, figure: &str) -> &'c Split {
    let at = comparison.figures.iter().position(|one| one.text == figure).expect("a figure");
    &comparison.sides.iter().find(|side| side.scenario == scenario).expect("a scenario").splits[at]
}

/// Twelve months of 3 × 100 − 200 are 1,200. Under `both` 4 × 150 − 200: 4,800. The price alone makes (4 − 3) × 100 × 12 =
/// 1,200, the cups alone 50 × 3 × 12 = 1,800, together (4 − 3) × 50 × 12 = 600 more.
#[test]
fn each_replacement_alone_and_what_they_make_together() {
    let (comparison, _) = compared(STALL, &[], &[]);
    assert_eq!(comparison.figures.iter().map(|figure| figure.text.as_str()).collect::<Vec<_>>(), ["Surplus"]);
    assert_eq!(comparison.figures[0].base.number(), Some(1_200.0));
    let both = split(&comparison, "both", "Surplus");
    adds_up(both, 3_600.0);
    effects(both, &[1_200.0, 1_800.0], 600.0);
    assert_eq!(names(&comparison.sides[0]), [["price"], ["sold"]]);
    assert_eq!(comparison.sides[0].parts[0][0].from, "3 USD/cup");
    assert_eq!(comparison.sides[0].parts[0][0].to, "4 USD/cup");
}

/// What is taken over comes first, and `base` of a replacement is what it extends: the price is 4 + 1. 5 × 150 − 400 = 350 a
/// month, 3,000 more a year; the price alone 2 × 100 × 12, the cups 50 × 3 × 12, the rent −200 × 12.
#[test]
fn a_scenario_that_extends_another() {
    let (comparison, _) = compared(STALL, &["surplus"], &["more"]);
    let more = split(&comparison, "more", "surplus");
    adds_up(more, 3_000.0);
    effects(more, &[2_400.0, 1_800.0, -2_400.0], 1_200.0);
    assert_eq!(names(&comparison.sides[0]), [["price"], ["sold"], ["rent"]]);
    assert_eq!(comparison.sides[0].extends.as_deref(), Some("both"));
}

/// Without the other, the first line of the scenario would be a circle.
#[test]
fn what_makes_no_model_alone_is_replaced_together() {
    let text = "half = 10 USD\nwhole = half * 2\nscenario turned { half = whole / 2, whole = 30 USD }\n";
    let (comparison, _) = compared(text, &["half"], &[]);
    assert_eq!(names(&comparison.sides[0]), [["half", "whole"]]);
    effects(split(&comparison, "turned", "half"), &[5.0], 0.0);
}

#[test]
fn dates_are_months_apart_and_percentages_points() {
    let text = "
model plan { timeline = 2026-01 to 2026-12, currency = USD }
start = 2026-03
part  = 20%
fine  = part > 10%
scenario late { start = 2026-07, part = 25% }
";
    let (comparison, _) = compared(text, &["start", "part", "fine"], &[]);
    effects(split(&comparison, "late", "start"), &[4.0, 0.0], 0.0);
    effects(split(&comparison, "late", "part"), &[0.0, 5.0], 0.0);
    let apart: Vec<&str> = comparison.figures.iter().map(|figure| figure.apart.as_str()).collect();
    assert_eq!(apart, ["month", "points", ""]);
    assert_eq!(split(&comparison, "late", "fine").difference, None);
}

#[test]
fn wide_names_stand_in_columns() {
    let text = "
model 茶馆 \"茶馆\" { timeline = 2026-01 to 2026-12, currency = CNY }
unit 杯
价格 = 30 CNY/杯
销量 = 1万 杯/month
租金 = 5万 CNY/month
利润 = 价格 * 销量 - 租金
scenario 涨价 \"价格上涨，客人减少\" { 价格 = 36 CNY/杯, 销量 = base * 80% }
scenario 搬家 { 租金 = 3万 CNY/month }
";
    let (comparison_, _) = compared(text, &[], &[]);
    insta::assert_snapshot!(comparison(&comparison_, Form::Table(Style::default())));
    insta::assert_snapshot!(comparison(&comparison_, Form::Markdown));
}

/// Of every scenario of every example, what its replacements do adds up to how it differs.
#[test]
fn every_split_of_the_examples_adds_up() {
    for path in crate::support::files("examples", "biz") {
        let text = std::fs::read_to_string(&path).expect("it can be read");
        let (comparison, facts) = compared(&text, &[], &[]);
        assert!(!facts.mistakes.iter().any(|mistake| mistake.severity == biz::diagnostic::Severity::Error), "{}", path.display());
        for side in &comparison.sides {
            assert!(side.parts.iter().all(|part| part.len() == 1), "{}: each can be replaced alone", path.display());
            for split in side.splits.iter().filter(|split| split.difference.is_some() && split.effects.iter().all(Option::is_some)) {
                adds_up(split, split.difference.expect("a difference"));
            }
            assert!(side.splits.iter().any(|split| split.difference.is_some_and(|apart| apart != 0.0)), "{}: {}", path.display(), side.scenario);
        }
    }
}
