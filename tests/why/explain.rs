//! Explanations: what stands side by side adds up, or multiplies, to what stands above.

use super::{adds_up, effects};
use crate::decide::facts;
use biz::report::{Explanation, Rest, Trace, Usage};
use biz::workspace::Ask;

fn explained(text: &str, asked: &str, depth: usize, scenario: Option<&str>) -> Explanation {
    let names: Vec<String> = scenario.iter().map(|name| (*name).to_owned()).collect();
    let mentions = [asked.to_owned()];
    let mut facts = facts(text, Ask { scenario, mentions: &mentions, apart: scenario.is_some().then_some(&names[..]), ..Ask::default() });
    facts.explained(asked, depth).unwrap_or_else(|| panic!("{asked}: {:?}", facts.mistakes))
}

/// Every sum and every product below a node, and how many there are.
fn sound(node: &Trace, told: &str) -> usize {
    let mut count = 0;
    if let Some(value) = node.value.value.number() {
        let adds: Vec<f64> = node.parts.iter().filter_map(|part| part.adds.as_ref()?.value.number()).collect();
        if !adds.is_empty() {
            let size = adds.iter().fold(value.abs(), |size, add| size.max(add.abs()));
            let sum: f64 = adds.iter().sum();
            assert!((sum - value).abs() <= 1e-12 * size * adds.len() as f64, "{told}: {:?} is {value}, and its parts add up to {sum}", node.path);
            let units: Vec<&str> = node.parts.iter().filter_map(|part| part.adds.as_ref()).map(|adds| adds.unit.as_str()).collect();
            assert!(units.iter().all(|unit| *unit == node.value.unit), "{told}: {units:?} in {}", node.value.unit);
            count += 1;
        }
    }
    count + node.parts.iter().map(|part| sound(part, told)).sum::<usize>()
}

#[test]
fn contributions_of_the_examples_add_up() {
    for path in crate::support::files("examples", "biz") {
        let text = std::fs::read_to_string(&path).expect("it can be read");
        let mut facts = facts(&text, Ask::default());
        let report = facts.run(None, &[]).expect("it runs");
        let rows = report.statements.iter().filter_map(|statement| statement.rows.last()?.path.clone());
        let figures = report.figures.iter().map(|figure| figure.path.clone()).filter(|path| report.scalars.iter().any(|scalar| scalar.path == *path));
        let buckets = report.statements.first().map(|statement| statement.buckets.clone()).unwrap_or_default();
        let middle = report.periods.get(report.periods.len() / 2);
        let mut count = 0;
        for (at, cell) in rows.chain(figures).enumerate() {
            // A step and a year in turn: a run of everything that a figure is made of takes its time.
            let period = if at % 2 == 0 { middle } else { buckets.get(buckets.len() / 2) };
            let asked = period.map_or_else(|| cell.clone(), |period| format!("{cell}[{period}]"));
            let explanation = facts.explained(&asked, 6).unwrap_or_else(|| panic!("{asked} of {}", path.display()));
            count += sound(&explanation.tree, &format!("{asked} of {}", path.display()));
        }
        assert!(count > 10, "{}: {count} sums", path.display());
    }
}

const CAFE: &str = r#"
model cafe { timeline = 2026-01 to 2026-12, currency = USD }
unit cup / cups
price  = 3 USD/cup
sold   = 100 cup/month growing 10%/year
rent   = 200 USD/month
left   = price * sold - rent
saved  = accumulate(left, from: 500 USD)
spare  = if saved > 100 USD then saved - 100 USD else 0 USD
scenario dear { price = 4 USD/cup, rent = 250 USD/month, unread = 2 }
unread = 1
"#;

fn usages(node: &Trace) -> Vec<(Option<&str>, Usage)> {
    node.parts.iter().map(|part| (part.path.as_deref(), part.usage)).collect()
}

/// 500 + 12 × (300 − 200) without growth would be 1,700; with it the parts have to say so themselves.
#[test]
fn a_level_is_what_it_was_and_what_flows_in() {
    let tree = explained(CAFE, "saved[2026-03]", 9, None).tree;
    assert_eq!(usages(&tree), [(Some("saved"), Usage::Term), (Some("left"), Usage::Term)]);
    assert_eq!(tree.parts[0].rest, Rest::Otherwhen);
    assert!(tree.parts[0].parts.is_empty(), "a loop through time stops at the period before");
    let left = &tree.parts[1];
    assert_eq!((left.value.unit.as_str(), left.adds.as_ref().expect("what it adds").unit.as_str()), ("USD/month", "USD"));
    assert_eq!(usages(left), [(None, Usage::Term), (Some("rent"), Usage::Taken)]);
    assert_eq!(usages(&left.parts[0]), [(Some("price"), Usage::Factor), (Some("sold"), Usage::Factor)]);
    assert_eq!(left.parts[1].adds.as_ref().expect("what it adds").exact(), "-200 USD/month");
    sound(&tree, "saved");
}

#[test]
fn of_a_branch_what_was_taken() {
    let tree = explained(CAFE, "spare[2026-02]", 2, None).tree;
    let told = usages(&tree);
    assert_eq!(told, [(Some("saved"), Usage::Term), (None, Usage::Taken), (Some("saved"), Usage::Read)]);
    assert_eq!(tree.parts[2].rest, Rest::Above);
}

#[test]
fn a_tree_goes_as_deep_as_it_is_asked_to() {
    let shallow = explained(CAFE, "saved", 1, None).tree;
    assert!(shallow.parts[1].parts.is_empty());
    assert_eq!(shallow.parts[1].rest, Rest::Deeper);
    let whole = explained(CAFE, "saved", usize::MAX, None).tree;
    assert_eq!(whole.parts[1].rest, Rest::Nothing);
}

/// Under `dear` a month brings (4 − 3) × sold more and 50 less. In the first month 100 cups are sold: +100 from the price,
/// −50 from the rent, and nothing together; what is not read has no part.
#[test]
fn under_a_scenario_why_it_is_another() {
    let explanation = explained(CAFE, "saved[2026-01]", 2, Some("dear"));
    let against = explanation.against.expect("a scenario differs");
    adds_up(&against.split, 50.0);
    effects(&against.split, &[100.0, -50.0], 0.0);
    assert_eq!(against.idle, ["unread"]);
    assert_eq!(against.figure.base.number(), Some(600.0));
}
