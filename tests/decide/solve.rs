//! Goals with answers that can be worked out by hand.

use super::{aims, facts, near, number};
use biz::report::{Side, Solution};
use biz::workspace::Ask;

/// Sold: 900 − 150 p a month for a year; profit: 12 × (p (900 − 150 p) − 800) = −1,800 p² + 10,800 p − 9,600.
const STALL: &str = r#"
model stall { timeline = 2026-01 to 2026-12, currency = USD }
unit cup / cups
price = 3 USD/cup
slope = 150 cup^2/USD/month
rent  = 800 USD/month growing 0%/year
sold  = 900 cup/month - price * slope
left  = accumulate(price * sold - rent, from: 0 USD)
noise ~ normal(0 USD, 100 USD)
spread = final(left) + noise
require lowest(sold) >= 510 cup/month "the barista needs work"
require spread >= 6_000 USD with 90% confidence
"#;

fn solved(text: &str, vary: &[&str], aim: &str) -> Solution {
    let asked = aims(vary, &[], &[aim]);
    let mut plan = facts(text, Ask { aims: Some(&asked), ..Ask::default() });
    plan.solve(None).expect("an answer").remove(0)
}

fn at(solution: &Solution, answer: usize, input: usize) -> f64 {
    number(&solution.answers[answer].inputs[input].value.value)
}

#[test]
fn every_crossing_is_found_and_the_printed_value_keeps_the_condition() {
    let solution = solved(STALL, &["price from 1 USD/cup to 5 USD/cup"], "until final(left) >= 6k USD");
    // −1,800 p² + 10,800 p − 15,600 = 0: p = 3 ∓ √(1/3).
    let root = (1.0_f64 / 3.0).sqrt();
    assert_eq!(solution.answers.iter().map(|one| one.holds).collect::<Vec<_>>(), [Some(Side::Above), Some(Side::Below)]);
    near(at(&solution, 0, 0), 3.0 - root, 1e-11);
    near(at(&solution, 1, 0), 3.0 + root, 1e-11);
    for answer in &solution.answers {
        let sets = [answer.inputs[0].set.clone()];
        let queries = ["if final(left) >= 6k USD then 1 else 0".to_owned()];
        let mut again = facts(STALL, Ask { sets: &sets, queries: &queries, ..Ask::default() });
        let told = again.evaluate().expect("a value").remove(0).answer;
        assert_eq!(told, biz::report::Answer::Once(biz::report::Value::Number(1.0)), "{sets:?}");
    }
}

#[test]
fn what_is_strict_does_not_hold_where_both_sides_are_equal() {
    for (aim, kept) in [("until final(left) >= 0 USD", 1_350.0), ("until final(left) > 0 USD", 1_349.999_999_99)] {
        let solution = solved(STALL, &["rent from 100 USD/month to 2k USD/month"], aim);
        near(at(&solution, 0, 0), kept, 1e-10);
        assert_eq!(solution.answers[0].holds, Some(Side::Below));
    }
}

#[test]
fn what_rounding_leaves_of_a_zero_is_told_as_one() {
    // The even payment that leaves nothing of a loan: P × r ÷ (1 − (1 + r)^−n).
    const LOAN: &str = r#"
model loan { timeline = 2026 to 2030, step = year, currency = EUR }
pay  = 20k EUR/year
left = accumulate(5%/year * opening(left) - pay, from: 100k EUR)
"#;
    let solution = solved(LOAN, &["pay from 10k EUR/year to 40k EUR/year"], "until final(left) <= 0 EUR");
    near(at(&solution, 0, 0), 100_000.0 * 0.05 / (1.0 - 1.05_f64.powi(-5)), 1e-6);
    assert_eq!(number(&solution.answers[0].figures[0].1.value), 0.0);
}

#[test]
fn growth_stays_behind_what_is_found() {
    let solution = solved(STALL, &["rent from 100 USD/month to 2k USD/month"], "until final(left) >= 0 USD");
    assert_eq!(solution.answers[0].inputs[0].set, "rent=1350 USD/month growing 0%/year");
}

#[test]
fn no_answer_says_why() {
    let solution = solved(STALL, &["price from 1 USD/cup to 5 USD/cup"], "until final(left) >= 60k USD");
    assert!(!solution.is_solved());
    assert!(solution.notes[1].contains("60.6k USD below the bound at 1 USD/cup"), "{:?}", solution.notes);
    assert!(solution.notes[2].contains("53.4k USD below the bound at 3 USD/cup"), "{:?}", solution.notes);
    let solution = solved(STALL, &["price from 2.9 USD/cup to 3.1 USD/cup"], "until final(left) >= 0 USD");
    assert!(solution.notes[0].contains("every value of the range will do"), "{:?}", solution.notes);
}

#[test]
fn the_best_is_found_and_what_stops_a_better_one() {
    let free = solved(STALL, &["price from 1 USD/cup to 5 USD/cup"], "maximize final(left)");
    // The top of a parabola is flat: its place is known to half the digits.
    near(at(&free, 0, 0), 3.0, 1e-7);
    near(number(&free.answers[0].figures[0].1.value), 6_600.0, 1e-9);
    // 900 − 150 p ≥ 510: p ≤ 2.6.
    let kept = solved(STALL, &["price from 1 USD/cup to 5 USD/cup"], "maximize final(left) subject to requirements");
    near(at(&kept, 0, 0), 2.6, 1e-4);
    assert!(kept.notes[0].contains("lowest(sold) >= 510 cup/month"), "{:?}", kept.notes);
    let both = solved(
        STALL,
        &["price from 1 USD/cup to 5 USD/cup", "rent from 500 USD/month to 900 USD/month"],
        "maximize final(left)",
    );
    near(at(&both, 0, 0), 3.0, 1e-6);
    near(at(&both, 0, 1), 500.0, 1e-6);
    assert!(both.notes[0].contains("lower end"), "{:?}", both.notes);
}

#[test]
fn what_looks_across_samples_can_be_asked_for() {
    // The normal's 10 % value lies 1.2815515655446 deviations below the mean: final(left) = 6,000 + 128.155 at the bound.
    let root = 3.0 - ((6_600.0 - 6_128.155_156_554) / 1_800.0_f64).sqrt();
    let until = solved(STALL, &["price from 1 USD/cup to 3 USD/cup"], "until p10(spread) >= 6k USD");
    near(at(&until, 0, 0), root, 2e-3);
    let least = solved(STALL, &["price from 1 USD/cup to 3 USD/cup"], "minimize price subject to requirements");
    near(at(&least, 0, 0), root, 2e-3);
    assert!(least.notes[0].contains("spread >= 6_000 USD"), "{:?}", least.notes);
}
