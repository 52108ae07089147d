//! Differences against figures reckoned by hand, and what is none.

use super::{adds_up, effects, example, owned};
use biz::export::decision::Form;
use biz::export::{Style, difference};
use biz::report::{ChangeSort, Difference, Status};
use biz::workspace::{Memory, Pair};

type Texts<'t> = &'t [(&'t str, &'t str)];

fn pair(before: Texts<'_>, after: Texts<'_>, targets: &[&str]) -> Option<Difference> {
    let files = |texts: Texts<'_>| Memory::new(texts.iter().map(|(name, text)| (*name, text.as_bytes())));
    let (before, after) = (files(before), files(after));
    Pair::open(("before.biz", &before), ("after.biz", &after), &owned(targets), None).difference()
}

fn differing(before: &str, after: &str) -> Difference {
    pair(&[("plan.biz", before)], &[("plan.biz", after)], &[]).expect("both are models")
}

fn told(difference: &Difference) -> Vec<(ChangeSort, &str)> {
    difference.changes.iter().map(|change| (change.sort, change.name.as_str())).collect()
}

fn groups(difference: &Difference) -> Vec<Vec<&str>> {
    let name = |at: &usize| difference.changes[*at].name.as_str();
    difference.groups.iter().map(|group| group.changes.iter().map(name).collect()).collect()
}

const BEFORE: &str = r#"
model stall "A stall" { timeline = 2026-01 to 2026-12, currency = USD }
unit cup / cups
price   = 3 USD/cup
sold    = 100 cup/month
rent    = 200 USD/month
takings = price * sold
surplus = takings - rent
require surplus >= 90 USD/month
"#;

const AFTER: &str = r#"
model stall "A stall" { timeline = 2026-01 to 2026-12, currency = USD }
unit cup / cups
price   = 4 USD/cup        # dearer
boost   = 1.5
sold    = 100 cup/month * boost
cost    = 250 USD/month
takings = price * sold
surplus = takings - cost
require surplus >= 400 USD/month
scenario poor { boost = 1 }
"#;

/// A year brought 12 × (3 × 100 − 200) = 1,200 and brings 12 × (4 × 150 − 250) = 4,200. Alone the price makes 12 × 100,
/// half as many cups again 12 × 150, another rent under another name −12 × 50; price and cups together 12 × 50 more.
#[test]
fn each_change_alone_and_those_that_need_each_other_together() {
    let difference = differing(BEFORE, AFTER);
    assert_eq!(groups(&difference), [vec!["price"], vec!["boost", "sold"], vec!["cost", "surplus", "rent"]]);
    let [split] = &difference.splits[..] else { panic!("one key figure") };
    adds_up(split, 3_000.0);
    effects(split, &[1_200.0, 1_800.0, -600.0], 600.0);
    let sorts: Vec<(ChangeSort, &str, &str)> = difference.changes.iter().map(|change| (change.sort, change.what, change.name.as_str())).collect();
    assert!(sorts.contains(&(ChangeSort::Removed, "definition", "rent")), "{sorts:?}");
    assert!(sorts.contains(&(ChangeSort::Added, "scenario", "poor")), "{sorts:?}");
    assert!(sorts.contains(&(ChangeSort::Changed, "requirement", "require surplus >= 400 USD/month")), "{sorts:?}");
    insta::assert_snapshot!(difference::difference(&difference, Form::Table(Style::default())));
    insta::assert_snapshot!(difference::difference(&difference, Form::Markdown));
}

/// One that asks for something else is told with its status before and after; 3 is at least 2 and not 4, and at least 1 and 1.5.
#[test]
fn a_requirement_that_asks_for_something_else() {
    let model = |rest: &str| format!("model m {{ timeline = 2026-01 to 2026-12, currency = USD }}\na = 3 USD/month\nb = 2 * a\n{rest}");
    let before = model("require a >= 2 USD/month\nrequire a >= 1 USD/month \"why\"\nrequire a < 9 USD/month\nrequire b < 1 USD/month\n");
    let after = model("require a >= 4 USD/month\nrequire a >= 1.5 USD/month \"why\"\nrequire a < 9 USD/month\nrequire b > 100 USD/month\n");
    let difference = differing(&before, &after);
    let told = vec![
        (Some("a >= 2 USD/month"), "a >= 4 USD/month", Some(Status::Met), Status::Failed),
        (Some("a >= 1 USD/month"), "a >= 1.5 USD/month", Some(Status::Met), Status::Met),
        (Some("b < 1 USD/month"), "b > 100 USD/month", Some(Status::Failed), Status::Failed),
    ];
    let found: Vec<_> = difference.requirements.iter().map(|one| (one.was.as_deref(), one.text.as_str(), one.before, one.after)).collect();
    assert_eq!(found, told);
    let shown = difference::difference(&difference, Form::Table(Style::default()));
    assert!(shown.contains("a >= 1 USD/month → a >= 1.5 USD/month: still met"), "{shown}");
}

#[test]
fn layout_comments_and_ways_to_write_a_number_are_no_change() {
    let other = "# another hand\n\
                 model stall \"A stall\" {\n  timeline = 2026-01 to 2026-12\n  currency = USD\n}\n\
                 unit cup/cups\n\
                 surplus = takings\n  - rent ## what is left\n\
                 rent = 0.2k USD/month\nprice = 3.0 USD/cup\n\n\
                 sold = 1_00 cup/month\ntakings = price*sold\nrequire surplus >= 90 USD/month\n";
    let difference = differing(BEFORE, other);
    assert_eq!(told(&difference), []);
    assert!(difference.splits.iter().all(|split| split.difference == Some(0.0)));
}

const TEAM: &str = r#"
model firm { timeline = 2026-01 to 2026-12, currency = USD }
unit person / persons
cost office { amount = 1k USD/month, begin = 2026-01 }
cost cars   { amount = 500 USD/month }
"#;

/// An office that costs 200 USD a month more, cars that are gone, and a phone: ten months of 30 USD.
#[test]
fn lines_of_instances_and_instances() {
    let after = "
model firm { timeline = 2026-01 to 2026-12, currency = USD }
unit person / persons
cost office { begin = 2026-01
  amount = 1.2k USD/month }
cost { amount = 30 USD/month, begin = 2026-03 }
";
    let difference = pair(&[("plan.biz", TEAM)], &[("plan.biz", after)], &["operating_costs"]).expect("both are models");
    assert_eq!(told(&difference), [(ChangeSort::Changed, "office.amount"), (ChangeSort::Added, "cost"), (ChangeSort::Removed, "cars")]);
    effects(&difference.splits[0], &[2_400.0, 300.0, -6_000.0], 0.0);
}

/// What has no name is found again by what it says: of four costs two are as they were.
#[test]
fn instances_without_a_name() {
    let model = |costs: &[u32]| {
        let lines: String = costs.iter().map(|cost| format!("cost {{ amount = {cost} USD/month }}\n")).collect();
        format!("model firm {{ timeline = 2026-01 to 2026-12, currency = USD }}\n{lines}")
    };
    let (before, after) = (model(&[100, 200, 300, 400]), model(&[100, 350, 400]));
    let difference = pair(&[("plan.biz", &before)], &[("plan.biz", &after)], &["operating_costs"]).expect("both are models");
    assert_eq!(told(&difference), [(ChangeSort::Changed, "cost.amount"), (ChangeSort::Removed, "cost")]);
    // 200 became 350, and 300 is gone.
    effects(&difference.splits[0], &[1_800.0, -3_600.0], 0.0);
}

/// Which file a definition stands in is no change.
#[test]
fn imports_are_read_on_both_sides() {
    let before: Texts<'_> = &[("plan.biz", "import \"parts/a.biz\"\ntotal_cost = 2 * a"), ("parts/a.biz", "a = 3 USD\n")];
    let after: Texts<'_> = &[("plan.biz", "import \"b.biz\"\ntotal_cost = 2 * a"), ("b.biz", "import \"parts/c.biz\""), ("parts/c.biz", "a = 4 USD\n")];
    let difference = pair(before, after, &["total_cost"]).expect("both are models");
    assert_eq!(told(&difference), [(ChangeSort::Changed, "a")]);
    assert_eq!(difference.changes[0].place.file, "parts/c.biz");
    effects(&difference.splits[0], &[2.0], 0.0);
}

/// A text that looks like the inside of the program is a text.
#[test]
fn quotes_are_quotes() {
    let model = |title: &str| format!("x = 1\ntest \"{title}\" {{ expect x == 1 }}\n");
    assert_eq!(told(&differing(&model("ExprId(0) Span { start"), &model("ExprId(0) Span { start"))), []);
    assert_eq!(differing(&model("ExprId(0) \\\" Span {"), &model("ExprId(1) \\\" Span {")).changes.len(), 2);
}

#[test]
fn a_model_with_an_error_has_no_difference() {
    assert_eq!(pair(&[("plan.biz", BEFORE)], &[("plan.biz", "price = 3 + \n")], &[]), None);
}

/// A figure of the model after alone, a unit that is another, and a longer timeline.
#[test]
fn what_can_not_be_subtracted_is_told_without_a_difference() {
    let before = "model m { timeline = 2026-01 to 2026-06, currency = USD }\na = 1 USD/month\nb = a * 2\n";
    let after = "model m { timeline = 2026-01 to 2026-12, currency = EUR }\na = 1 EUR/month\nb = a * 2\nc = 3 * a\n";
    let difference = differing(before, after);
    assert!(difference.figures.iter().zip(&difference.splits).all(|(_, split)| split.difference.is_none()));
    let longer = differing(before, "model m { timeline = 2026-01 to 2026-12, currency = USD }\na = 1 USD/month\nb = a * 2\n");
    assert_eq!(told(&longer), [(ChangeSort::Changed, "timeline")]);
    effects(&longer.splits[0], &[12.0], 0.0);
}

/// Two examples with nothing in common are still two models.
#[test]
fn examples_against_each_other() {
    let difference = differing(&example("security"), &example("market"));
    assert!(difference.changes.len() > 20);
    assert!(difference.groups.iter().all(|group| !group.changes.is_empty()));
}

/// Whatever part of the prelude a figure comes from, it is there with each change alone too.
#[test]
fn every_change_of_an_example_has_its_effect_on_every_figure() {
    let text = example("customer_service");
    let after = text.replacen("conversion = 19%", "conversion = 21%", 1).replacen("headcount = 16 person", "headcount = 18 person", 1);
    let after = after.replacen("450 question: 0.69 USD", "450 question: 0.75 USD", 1).replacen("churn        ~ 3%", "churn        ~ 2%", 1);
    let difference = differing(&text, &after);
    assert_eq!(difference.groups.len(), 4);
    for (figure, split) in difference.figures.iter().zip(&difference.splits) {
        let Some(apart) = split.difference else { continue };
        assert!(split.effects.iter().all(Option::is_some), "{}", figure.text);
        adds_up(split, apart);
    }
}
