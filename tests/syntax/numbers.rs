//! Numbers are read exactly: the double nearest to the decimal as written.

use super::*;
use biz::syntax::ast::{ExprNode, Number};
use biz::syntax::expression;
use proptest::prelude::*;

fn number(text: &str) -> Number {
    let source = source(text);
    let fragment = expression(&source);
    let id = fragment.node.unwrap_or_else(|| panic!("{text}: {:?}", fragment.mistakes));
    match &fragment.file.expr(id).node {
        ExprNode::Number(number) => number.clone(),
        other => panic!("{text}: {other:?}"),
    }
}

/// Bit for bit.
fn check(text: &str, expected: f64) {
    assert_eq!(number(text).value.to_bits(), expected.to_bits(), "{text}");
}

#[test]
fn scales_are_exponents() {
    check("1.8M", 1_800_000.0);
    check("1_800_000", 1_800_000.0);
    check("50k", 50_000.0);
    check("3B", 3e9);
    check("3bn", 3e9);
    check("2T", 2e12);
    check("3万", 30_000.0);
    check("1.2亿", 120_000_000.0);
    check("0.1k", 100.0);
    check("4.35M", 4_350_000.0);
    // In doubles 4.35 * 1e2 is 434.99999999999994.
    check("4.35e2", 435.0);
    check("1.1e-3k", 1.1);
}

#[test]
fn percents_are_exponents() {
    check("5%", 0.05);
    check("7%", 0.07);
    check("0.1%", 0.001);
    check("29%", 0.29);
    check("110%", 1.1);
    assert!(number("5%").percent);
    assert!(!number("5").percent);
}

#[test]
fn the_ends_of_the_range() {
    check("1.7976931348623157e308", f64::MAX);
    check("5e-324", 5e-324);
    check("1e-400", 0.0);
    check("1e-99999999999999999999", 0.0);
    check("0.000", 0.0);
    check("0e99999999999999999999", 0.0);
    assert_eq!(codes("a = 1.8e308"), ["BIZ0615"]);
    assert_eq!(codes("a = 1e99999999999999999999"), ["BIZ0615"]);
    assert_eq!(codes("a = 2 USD/1e400 token"), ["BIZ0615"]);
    // Half way between two doubles: the even one.
    check("9007199254740993", 9_007_199_254_740_992.0);
}

#[test]
fn per_of_a_unit() {
    let unit = number("0.02 USD/1.5k token^2/3万 x").unit.unwrap();
    let factors: Vec<(String, i8, f64)> = unit.factors.into_iter().map(|factor| (factor.name.text, factor.exponent, factor.per)).collect();
    assert_eq!(factors, [("USD".into(), 1, 1.0), ("token".into(), -2, 1_500.0), ("x".into(), -1, 30_000.0)]);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn shortest_digits_read_back(bits in any::<u64>()) {
        let value = f64::from_bits(bits).abs();
        prop_assume!(value.is_finite());
        check(&format!("{value}").chars().take(900).collect::<String>(), format!("{value}").chars().take(900).collect::<String>().parse().unwrap());
        check(&format!("{value:e}"), value);
    }
}
