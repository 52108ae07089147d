//! Explanations: what stands side by side adds up, or multiplies, to what stands above.

use super::{adds_up, effects, owned};
use crate::decide::facts;
use biz::report::{Explanation, OverSpan, Rest, Shown, Trace, Usage};
use biz::workspace::Ask;
use std::collections::BTreeMap;

fn explained(text: &str, asked: &str, depth: usize, scenario: Option<&str>) -> Explanation {
    let names = owned(scenario.as_slice());
    let mentions = [asked.to_owned()];
    let mut facts = facts(text, Ask { scenario, mentions: &mentions, apart: scenario.is_some().then_some(&names[..]), ..Ask::default() });
    facts.explained(asked, depth).unwrap_or_else(|| panic!("{asked}: {:?}", facts.mistakes))
}

/// What amounts come to that are multiplied or divided, counted in months, days and the model's own units, and in which.
fn measured<'a>(amounts: impl IntoIterator<Item = (&'a Shown, i32)>) -> (f64, BTreeMap<String, i32>) {
    let (mut number, mut units) = (1.0_f64, BTreeMap::new());
    for (amount, power) in amounts {
        number *= amount.value.number().expect("a number").powi(power);
        for (at, part) in amount.unit.split('/').enumerate() {
            for factor in part.split('*').filter(|factor| !factor.is_empty()) {
                let power = if at == 0 { power } else { -power };
                let (factor, exponent) = factor.split_once('^').map_or((factor, 1), |(factor, exponent)| (factor, exponent.parse().expect("a power")));
                let (percent, factor): (f64, _) = factor.strip_prefix('%').map_or((1.0, factor), |rest| (0.01, rest.trim()));
                let scales = [("1k ", 1e3), ("1M ", 1e6), ("1B ", 1e9)];
                let scaled = scales.iter().find_map(|(sign, per)| Some((*per, factor.strip_prefix(sign)?)));
                let (per, factor): (f64, _) = scaled.unwrap_or((1.0, factor));
                let (scale, unit): (f64, _) = match factor {
                    "year" => (12.0, "month"),
                    "quarter" => (3.0, "month"),
                    "week" => (7.0, "day"),
                    "hour" => (1.0 / 24.0, "day"),
                    "second" => (1.0 / 86_400.0, "day"),
                    unit => (1.0, unit),
                };
                number *= (percent * per * scale).powi(power * exponent);
                *units.entry(unit.to_owned()).or_default() += power * exponent;
            }
        }
    }
    units.retain(|unit, power| *power != 0 && !unit.is_empty());
    (number, units)
}

/// Every sum and every product below a node, and how many there are.
pub fn sound(node: &Trace, told: &str) -> usize {
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

/// Whether the factors of a node come to it, in units too; and how many products there are, or values that are another.
pub fn multiplies(node: &Trace, told: &str) -> usize {
    let parts = |wanted: &[Usage]| node.parts.iter().filter(|part| wanted.contains(&part.usage)).collect::<Vec<&Trace>>();
    let itself = parts(&[Usage::Itself]);
    let factors = if itself.is_empty() { parts(&[Usage::Factor, Usage::Divisor]) } else { itself };
    if node.value.value.number().is_none() || factors.is_empty() {
        return 0;
    }
    let whole = measured([&node.value].map(|shown| (shown, 1)));
    let product = measured(factors.iter().map(|part| {
        let amount = part.over_span.as_ref().map_or(&part.value, OverSpan::amount);
        (amount, if part.usage == Usage::Divisor { -1 } else { 1 })
    }));
    // A zero has any unit.
    assert!(whole.0 == 0.0 || product.1 == whole.1, "{told}: the units of {:?} {} are {:?}, of its factors {:?}", node.path, node.equation, whole.1, product.1);
    assert!((product.0 - whole.0).abs() <= 1e-9 * whole.0.abs(), "{told}: {:?} {} is {}, and its factors come to {}", node.path, node.equation, whole.0, product.0);
    1
}

/// A thousand visits a day are 365,000 in a year, and each brings 2 USD until July and then 3: 730,000 + 182,500. A month has
/// 365 / 12 days, which is a factor where a product counts by both, and none where its flow is told in all.
const VISITS: &str = "
model shop { timeline = 2026-01 to 2027-12, currency = USD }
unit visit / visits
visits  = 1_000 visit/day
a_visit = step { 2026-01: 2 USD/visit, 2026-07: 3 USD/visit }
fixed   = 500 USD/month
revenue : USD/month = visits * a_visit
by_day  = visits * 2 USD/visit
by_month : USD/month = by_day
left    = by_month - fixed
more    = fixed + by_day
stock   = accumulate(by_day, from: 0 USD)
lost    : USD/month = stock * 1%/day
ratio   = revenue / visits
turned  = visits / revenue
hours   = visits * 8 hour/visit
people  = hours / (160 hour/month)
all     = total(by_day)
in_2026 = by_day[2026]
";

#[test]
fn what_counts_by_days_adds_up_by_months() {
    let told = |asked: &str| {
        let tree = explained(VISITS, asked, 1, None).tree;
        sound(&tree, asked);
        multiplies(&tree, asked);
        let amount = |part: &Trace| part.over_span.as_ref().map_or(&part.value, OverSpan::amount).exact();
        let parts: Vec<String> = tree.parts.iter().map(|part| format!("{} {}", part.usage.word(), amount(part))).collect();
        (tree.value.exact(), parts.join(", "))
    };
    let is = |asked: &str, value: &str, parts: &str| assert_eq!(told(asked), (value.to_owned(), parts.to_owned()), "{asked}");
    let days = "30.4166666667 day/month";
    is("revenue[2026-08]", "91250 USD/month", &format!("factor 1000 visit/day, factor 3 USD/visit, factor {days}"));
    is("revenue[2026]", "912500 USD", "factor 365000 visit, factor 2.5 USD/visit");
    is("by_day[2026-08]", "2000 USD/day", "factor 1000 visit/day, factor 2 USD/visit");
    is("by_day[2026-Q1]", "182500 USD", "factor 91250 visit, factor 2 USD/visit");
    is("by_month[2026-08]", "60833.3333333 USD/month", "term 2000 USD/day");
    is("by_month[2026]", "730000 USD", "term 730000 USD");
    is("left[2026]", "724000 USD", "term 730000 USD, taken 6000 USD");
    is("more[2026-08]", "61333.3333333 USD/month", "term 500 USD/month, term 2000 USD/day");
    is("more[2026]", "736000 USD", "term 6000 USD, term 730000 USD");
    is("stock[2026-02]", "121666.666667 USD", "term 60833.3333333 USD, term 2000 USD/day");
    // At the ends of the months stand 1 to 12 times 60,833.33 USD, 6.5 of them on average; 365 % of that are lost.
    is("lost[2026-01]", "18503.4722222 USD/month", &format!("factor 60833.3333333 USD, factor 1%/day, factor {days}"));
    is("lost[2026]", "1443270.83333 USD", "factor 395416.666667 USD, factor 365%");
    is("ratio[2026-08]", "3 USD/visit", &format!("factor 91250 USD/month, divisor 1000 visit/day, divisor {days}"));
    is("ratio[2026]", "2.5 USD/visit", "factor 912500 USD, divisor 365000 visit");
    is("turned[2026]", "0.4 visit/USD", "factor 365000 visit, divisor 912500 USD");
    // What does not add up is as at the end of the year.
    is("hours[2026]", "333.333333333", "factor 1000 visit/day, factor 8 hour/visit");
    is("people", "1520.83333333", &format!("factor 333.333333333, divisor 160 hour/month, factor {days}"));
    is("all", "1460000 USD", "value 1460000 USD");
    is("in_2026", "730000 USD", "value 730000 USD");
}

/// What is the same in every step has a span too where it is a total over it.
#[test]
fn a_total_of_what_never_changes_is_of_a_span() {
    let period = |asked: &str| explained(VISITS, asked, 1, None).tree.period;
    assert_eq!(period("fixed[2026]").as_deref(), Some("2026"));
    assert_eq!(period("fixed[2026-Q2]").as_deref(), Some("2026-Q2"));
    assert_eq!(period("fixed"), None);
    assert_eq!(period("fixed[2026-05]"), None);
    assert_eq!(period("people[2026]"), None);
    assert_eq!(explained(VISITS, "all", 1, None).tree.parts[0].period.as_deref(), Some("2026-01 to 2027-12"));
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

/// Prices change in July, and sales grow: a year is the total of the products of its months. What stands side by side
/// multiplies to it, reckoned by hand.
#[test]
fn over_a_span_factors_are_told_on_average() {
    let text = "
model shop { timeline = 2026-01 to 2027-12, currency = USD }
unit cup / cups
unit guest / guests
price   = step { 2026-01: 3 USD/cup, 2026-07: 4 USD/cup }
guests_ = step { 2026-01: 1_000 guest/month, 2026-04: 2_000 guest/month }
thirst  = step { 2026-01: 1 cup/guest, 2026-10: 2 cup/guest }
share   = 50%
sold    = guests_ * thirst * share
takings = price * sold
stock   = accumulate(sold, from: 100 cup)
lost    = stock * 1%/month
per     = sold / thirst
";
    let product = |asked: &str| {
        let tree = explained(text, asked, 1, None).tree;
        let factors = tree.parts.iter().map(|part| {
            let number = part.over_span.as_ref().map_or(&part.value, OverSpan::amount);
            let value = number.value.number().expect("a number") * if number.unit.starts_with('%') { 0.01 } else { 1.0 };
            if part.usage == Usage::Divisor { value.recip() } else { value }
        });
        let product: f64 = factors.product();
        let whole = tree.value.value.number().expect("a number");
        assert!((product - whole).abs() <= 1e-9 * whole, "{asked}: {product} is not {whole}");
        (whole, tree.parts.iter().map(|part| part.over_span.as_ref().and_then(|over| over.amount().value.number())).collect::<Vec<_>>())
    };
    // 3 × 500 + 6 × 1,000 + 3 × 2,000 cups; guests 3 × 1,000 + 9 × 2,000, a cup for each until October.
    let (sold, averages) = product("sold[2026]");
    assert_eq!(sold, 13_500.0);
    assert_eq!(averages, [None, Some(27_000.0 / 21_000.0), Some(50.0)]);
    // 3 × (3 × 500 + 3 × 1,000) + 4 × (3 × 1,000 + 3 × 2,000)
    let (takings, averages) = product("takings[2026]");
    assert_eq!(takings, 49_500.0);
    assert_eq!(averages, [Some(49_500.0 / 13_500.0), None]);
    assert_eq!(product("per[2026]").0, 10_500.0);
    // At the end of a month there are 100 cups and all that was sold; a hundredth of them is lost in each.
    let stock = [600, 1_100, 1_600, 2_600, 3_600, 4_600, 5_600, 6_600, 7_600, 9_600, 11_600, 13_600].iter().sum::<i32>();
    let (lost, averages) = product("lost[2026]");
    assert!((lost - f64::from(stock) / 100.0).abs() < 1e-9);
    let near = |found: Option<f64>, wanted: f64| (found.expect("a number") - wanted).abs() <= 1e-9 * wanted;
    assert!(near(averages[0], f64::from(stock) / 12.0) && near(averages[1], 12.0), "{averages:?}");
    let shown = biz::export::trace::trace(&explained(text, "lost[2026]", 1, None).tree, biz::export::Style::default());
    assert!(shown.contains("* 1%/month, in all 12%"), "{shown}");
}

/// Until June one branch is taken and then the other; what was delayed comes from two months before.
#[test]
fn over_a_span_everything_that_is_read() {
    let text = "
model shop { timeline = 2026-01 to 2027-12, currency = USD }
early = 3 USD/month
late  = 5 USD/month
taken = if time < 2026-07 then early else late
paid  = delay(taken, 2 month, initial: 0 USD/month)
";
    let tree = explained(text, "taken[2026]", 1, None).tree;
    assert_eq!(usages(&tree), [(Some("early"), Usage::Read), (Some("late"), Usage::Read)]);
    let tree = explained(text, "paid[2027-Q1]", 1, None).tree;
    assert_eq!(tree.parts[0].period.as_deref(), Some("2026-11 to 2027-01"));
}

/// A level is as at the end of its span, but for ratios in it: over the year (600 + 1,200) / 600 is 3, in December 200 / 50 is 4.
#[test]
fn a_level_of_ratios_is_explained_as_it_is_told() {
    let text = "
model shop { timeline = 2026-01 to 2026-12, currency = USD }
unit cup / cups
sold     = if time < 2026-07 then 100 cup/month else 200 cup/month
one_does = 50 cup/month
machines : cup = 3 cup * sold / one_does
";
    assert_eq!(explained(text, "machines[2026]", 1, None).tree.value.exact(), "9 cup");
    assert_eq!(explained(text, "machines[2026-12]", 1, None).tree.value.exact(), "12 cup");
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

/// In steps of weeks a flow by the month adds to a level by its days: 12 weeks are 84 days, 12 of 365 to the month.
#[test]
fn a_level_by_weeks_of_a_flow_by_months() {
    let text = "
model shop { timeline = 2026-01-05 to 2026-03-29, step = week, currency = USD }
rent = 500 USD/month
paid = accumulate(rent, from: 100 USD)
";
    let tree = explained(text, "paid", 9, None).tree;
    assert_eq!(usages(&tree), [(Some("paid"), Usage::Term), (Some("rent"), Usage::Term)]);
    assert_eq!(sound(&tree, "paid"), 1);
    assert_eq!(tree.parts[1].value.exact(), "500 USD/month");
    let adds = tree.parts[1].adds.as_ref().and_then(|adds| adds.value.number()).expect("a number");
    assert!((adds - 500.0 * 12.0 / 365.0 * 7.0).abs() < 1e-9, "{adds}");
    let total = explained(text, "rent[2026-Q1]", 1, None).tree.value;
    assert!((total.value.number().expect("a number") - 500.0 * 12.0 / 365.0 * 84.0).abs() < 1e-9 && total.unit == "USD");
}

/// Of 200 seats 5 % leave in a month: 5 % of a step is no rate any more, and 5 % × 200 ÷ 1 month are 10 a month.
#[test]
fn the_part_that_a_rate_takes_is_a_factor_of_its_own() {
    let text = "
model shop { timeline = 2026-01 to 2026-12, currency = USD }
unit seat / seats
churn = 5%/month
there = accumulate(-lost, from: 200 seat)
lost  = in_step(churn) * opening(there) / period
";
    let tree = explained(text, "lost[2026-01]", 1, None).tree;
    let told: Vec<String> = tree.parts.iter().map(|part| format!("{} {}", part.equation, part.value.exact())).collect();
    assert_eq!(told, ["in_step(churn) 5%", "opening(there) 200 seat", "period 1 month"]);
    assert_eq!(multiplies(&tree, "lost"), 1);
}

/// What is won of 20 USD/month a seat with 10 and then 30 seats a month, and lost with 4: over the year
/// (6 × 10 + 6 × 30) ÷ (12 × 4) = 5, and 7.5 in December.
#[test]
fn a_ratio_of_what_is_won_and_lost_is_that_of_its_totals() {
    let text = "
model shop { timeline = 2026-01 to 2026-12, currency = USD }
unit seat / seats
price = 20 USD/seat/month
come  = step { 2026-01: 10 seat/month, 2026-07: 30 seat/month }
won   = come * price
lost  = 4 seat/month * price
quick = if lost > 0 then won / lost else none
";
    let tree = explained(text, "quick[2026]", 1, None).tree;
    assert_eq!(tree.value.exact(), "5");
    let told: Vec<String> = tree.parts.iter().take(2).map(|part| part.value.exact()).collect();
    assert_eq!(told, ["4800 USD/month", "960 USD/month"]);
    assert_eq!(explained(text, "quick[2026-12]", 1, None).tree.value.exact(), "7.5");
}

/// The root of −1 stands in a branch that the first step does not take, a division by 0 in one of the second.
#[test]
fn what_is_not_taken_cannot_fail() {
    const STEPS: &str = "model m { timeline = 2026-01 to 2026-03, currency = USD }\n\
                         n = month_of_year(time) - 1\n\
                         y = if n == 0 then 5 USD else 3 USD * sqrt(n - 1)\n\
                         z = if n == 1 then y else y / (n - 1)\n";
    for asked in ["y[2026-01]", "z[2026-02]", "z[2026-Q1]"] {
        let mentions = [asked.to_owned()];
        let mut facts = facts(STEPS, Ask { mentions: &mentions, ..Ask::default() });
        facts.explained(asked, 4).expect("an explanation");
        assert!(facts.mistakes.is_empty(), "{asked}: {:?}", facts.mistakes);
    }
}

/// Where years of reports begin in April, the calendar's can be asked for too.
#[test]
fn years_of_reports_and_of_the_calendar() {
    const PLAN: &str = "model m { timeline = 2026-04 to 2028-03, currency = GBP, year_begins = 4 }\nrent = 3k GBP/month\nrevenue = rent * 2\n";
    let amount = |asked: &str| explained(PLAN, asked, 2, None).tree.value.value.number().expect("a number");
    assert_eq!(amount("revenue[2026/27]"), 72_000.0);
    assert_eq!(amount("revenue[2027]"), 72_000.0);
    assert_eq!(amount("revenue[2026]"), 54_000.0);
}
