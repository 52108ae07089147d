//! What `eval`, `test` and `explain` print.

use super::made::{number, shown};
use biz::export::{Signs, Style, answer, json, trace};
use biz::report::{Answer, Evaluation, ExpectationResult, Leeway, Place, Rest, Shown, TestResult, Trace, Value, Verdict};
use biz::text::Location;
use serde_json::{Value as Json, json};

fn asked() -> Vec<Evaluation> {
    let of = |expr: &str, unit: &str, answer| Evaluation { expr: expr.to_owned(), unit: unit.to_owned(), answer };
    vec![
        of("2 * 1_000 USD", "USD", Answer::Once(number(2_000.0))),
        of("churn", "%/month", Answer::Once(number(2.5))),
        of("0 / 0", "", Answer::Once(Value::Blank)),
        of("launch", "", Answer::Once(Value::Date("2026-04".to_owned()))),
        of(
            "cash",
            "USD",
            Answer::Series {
                periods: vec!["2026-01".to_owned(), "2026-02".to_owned()],
                values: vec![number(-0.1 - 0.2), Value::Blank],
            },
        ),
    ]
}

#[test]
fn one_value_with_its_unit_a_line() {
    let text = answer::evaluations(&asked(), Style::default());
    assert_eq!(text, "2000 USD\n2.5%/month\n–\n2026-04\n2026-01  -0.3 USD\n2026-02  –\n");
}

#[test]
fn a_list_for_programs() {
    let list: Json = serde_json::from_str(&json::evaluations(&asked())).expect("it is JSON");
    assert_eq!(list[0], json!({"expr": "2 * 1_000 USD", "unit": "USD", "value": 2000}));
    assert_eq!(list[2], json!({"expr": "0 / 0", "unit": "", "value": null}));
    assert_eq!(list[4], json!({"expr": "cash", "unit": "USD", "periods": ["2026-01", "2026-02"], "values": [-0.30000000000000004, null]}));
}

fn expectation(text: &str, verdict: Verdict) -> ExpectationResult {
    ExpectationResult {
        text: text.to_owned(),
        verdict,
        period: Some("2026-05".to_owned()),
        left: Some(shown(49.80001, "USD")),
        right: Some(shown(49.8, "USD")),
        slip: None,
        within: Some(Leeway::Distance(shown(0.000_001, "USD"))),
        at: Location::default(),
    }
}

#[test]
fn tests_tell_both_sides() {
    let blank = ExpectationResult { within: None, left: Some(Shown { value: Value::Blank, unit: "USD".to_owned() }), ..expectation("a == b", Verdict::Undefined("the left side is blank".to_owned())) };
    let results = [
        TestResult { title: Some("a price".to_owned()), expectations: vec![expectation("x == 1", Verdict::Passed)], at: Location::default() },
        TestResult { title: None, expectations: vec![expectation("price == 49.8 USD", Verdict::Failed), blank], at: Location::default() },
    ];
    insta::assert_snapshot!(answer::tests(&results, Style::default()));
    assert_eq!(answer::tests(&results[..1], Style::default()), "passed  a price\n\n1 test passed\n");
}

fn node(path: Option<&str>, equation: &str, value: Shown, share: Option<f64>, line: u32, parts: Vec<Trace>) -> Trace {
    Trace {
        path: path.map(str::to_owned),
        equation: equation.to_owned(),
        value,
        period: path.map(|_| "2027-03".to_owned()),
        usage: biz::report::Usage::Read,
        adds: None,
        over_span: None,
        share,
        place: Place { file: "plan.biz".to_owned(), line },
        doc: None,
        parts,
        rest: Rest::Nothing,
    }
}

fn tree() -> Trace {
    let mut price = node(Some("price"), "49 USD/company/month growing 2%/year", shown(50.0, "USD/company/month"), None, 3, Vec::new());
    price.doc = Some("from the list of 2025".to_owned());
    let buyers = Trace { rest: Rest::Deeper, ..node(Some("buyers"), "market.som * adoption", shown(20.0, "company"), None, 9, Vec::new()) };
    let again = Trace { rest: Rest::Above, ..price.clone() };
    let first = node(None, "buyers * price", shown(1_000.0, "USD/month"), Some(0.8), 5, vec![buyers, price]);
    let second = node(Some("setup"), "fee * price", shown(250.0, "USD/month"), Some(0.2), 6, vec![again]);
    node(Some("revenue"), "buyers * price + setup", shown(1_250.0, "USD/month"), None, 5, vec![first, second])
}

#[test]
fn a_tree_of_equations() {
    insta::assert_snapshot!(trace::trace(&tree(), Style::default()));
    insta::assert_snapshot!(trace::trace(&tree(), Style { width: 40, signs: Signs::Ascii }));
}
