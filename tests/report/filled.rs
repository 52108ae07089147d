//! Reports of a model that can be followed on paper: in month n revenue is 500 n, profit 500 n - 4,000.

use super::plan::{Ran, WAR, find, ran};
use biz::calendar::Step;
use biz::export::{Style, answer, table::table, trace};
use biz::report::{self, Kind, Leeway, Report, Rest, Shown, Status, Value, Verdict, View};

fn view(by: Option<Step>, only: &[&str]) -> View {
    View { by, only: only.iter().map(|name| (*name).to_owned()).collect(), scenario: None }
}

fn report_of(view: &View) -> Report {
    let ran = ran(|model| report::targets(model, view));
    report::report(&ran.outcome(), view)
}

fn row<'r>(report: &'r Report, path: &str) -> &'r report::Row {
    report.statements.iter().flat_map(|one| &one.rows).find(|row| row.path.as_deref() == Some(path)).expect("a row")
}

fn series<'r>(report: &'r Report, path: &str) -> &'r report::Series {
    report.series.iter().find(|one| one.path == path).expect("a series")
}

fn numbers(values: &[Value]) -> Vec<f64> {
    values.iter().filter_map(Value::number).collect()
}

fn close(found: &[f64], wanted: &[f64]) {
    assert_eq!(found.len(), wanted.len(), "{found:?}");
    for (found, wanted) in found.iter().zip(wanted) {
        assert!((found - wanted).abs() <= 1e-9 * wanted.abs().max(1.0), "{found} is not {wanted}");
    }
}

#[test]
fn years_add_up_flows_and_compute_ratios_again() {
    let report = report_of(&view(None, &[]));
    assert_eq!(report.statements[0].buckets, ["2026", "2027"]);
    // 500 × (1 + … + 12) and 500 × (13 + … + 24)
    close(&numbers(&row(&report, "revenue").values), &[39_000.0, 111_000.0]);
    close(&numbers(&row(&report, "costs").values), &[48_000.0, 48_000.0]);
    close(&numbers(&row(&report, "profit").values), &[-9_000.0, 63_000.0]);
    close(&numbers(&row(&report, "margin").values), &[-900.0 / 39.0, 6_300.0 / 111.0]);
    close(&numbers(&row(&report, "cash").values), &[-9_000.0, 54_000.0]);
    assert_eq!((row(&report, "revenue").unit.as_str(), row(&report, "margin").unit.as_str()), ("USD", "%"));
    assert_eq!(row(&report, "revenue").trend.len(), 24);
}

#[test]
fn constants_of_statements_are_key_figures() {
    let report = report_of(&view(None, &[]));
    let figures: Vec<(&str, String)> = report.figures.iter().map(|one| (one.title.as_str(), one.value.brief())).collect();
    // The lowest cash is after months 7 and 8: 500 × 28 - 7 × 4,000.
    assert_eq!(figures, [("lowest(cash)", "-14k USD".to_owned()), ("Break even", "2026-09".to_owned())]);
}

#[test]
fn series_by_step_keep_their_rates() {
    let report = report_of(&view(None, &[]));
    assert_eq!((report.periods.len(), report.periods[23].as_str()), (24, "2027-12"));
    let revenue = series(&report, "revenue");
    assert_eq!((revenue.kind, revenue.unit.as_str()), (Kind::Flow, "USD/month"));
    close(&numbers(&revenue.values[..3]), &[500.0, 1_000.0, 1_500.0]);
    assert_eq!((series(&report, "buyers").kind, series(&report, "margin").kind), (Kind::Level, Kind::Ratio));
    close(&numbers(&series(&report, "margin").values[..2]), &[-700.0, -300.0]);
    let price = report.scalars.iter().find(|one| one.path == "price").expect("a scalar");
    assert_eq!((price.kind, price.title.as_str()), (Kind::Input, "Per company; from the list of 2025"));
    assert_eq!(price.value, Shown { value: Value::Number(50.0), unit: "USD/company/month".to_owned() });
}

#[test]
fn series_by_quarter_add_up() {
    let report = report_of(&view(Some(Step::Quarter), &["revenue", "cash"]));
    assert_eq!((report.periods[0].as_str(), report.periods.len()), ("2026-Q1", 8));
    assert_eq!(report.series.len(), 2);
    let revenue = series(&report, "revenue");
    assert_eq!(revenue.unit, "USD");
    close(&numbers(&revenue.values[..2]), &[3_000.0, 7_500.0]);
    close(&numbers(&series(&report, "cash").values[..2]), &[-9_000.0, -13_500.0]);
    assert_eq!(row(&report, "cash").values.len(), 8);
}

#[test]
fn a_scenario_shows_its_own_figures() {
    let view = View { scenario: WAR, ..view(None, &[]) };
    let report = report_of(&view);
    assert_eq!(report.scenario.as_deref(), Some("war"));
    close(&numbers(&row(&report, "revenue").values), &[19_500.0, 55_500.0]);
    let price = report.scalars.iter().find(|one| one.path == "price").expect("a scalar");
    assert_eq!((price.kind, price.value.value.number()), (Kind::Input, Some(25.0)));
}

#[test]
fn requirements_find_the_first_miss_and_the_worst_in_every_scenario() {
    let report = report_of(&view(None, &[]));
    let [margin, share, cash, revenue] = &report.requirements[..] else { panic!("four claims") };
    assert_eq!(margin.text, "margin >= 20% from 2026-06");
    assert_eq!(margin.message.as_deref(), Some("it has to carry itself"));
    assert_eq!(margin.status, Status::Failed);
    let [calm, war] = &margin.breaches[..] else { panic!("both miss: {:?}", margin.breaches) };
    // 1 - 8/6 in month 6; met from month 10 on.
    let first = calm.first.as_ref().expect("a first");
    assert_eq!((first.step, first.period.as_deref()), (5, Some("2026-06")));
    close(&[first.value.as_ref().and_then(|shown| shown.value.number()).expect("a number")], &[-100.0 / 3.0]);
    assert_eq!(first.bound.as_ref().map(Shown::brief).as_deref(), Some("20%"));
    assert_eq!((calm.scenario.as_deref(), calm.missed), (None, (4, 19)));
    // At half the price 1 - 16/n reaches 20 % in month 20.
    assert_eq!((war.scenario.as_deref(), war.missed), (Some("war"), (14, 19)));
    assert_eq!(war.worst.as_ref().and_then(|worst| worst.period.as_deref()), Some("2026-06"));
    // The bound stands on the left.
    let first = share.breaches[0].first.as_ref().expect("a first");
    assert_eq!(first.value.as_ref().map(Shown::brief).as_deref(), Some("-700%"));
    assert_eq!(first.bound.as_ref().map(Shown::brief).as_deref(), Some("0%"));
    assert_eq!(cash.status, Status::Warning);
    assert!(!cash.fails() && margin.fails() && report.fails());
    assert_eq!(cash.breaches[0].first.as_ref().map(|first| first.period.clone()), Some(None));
    assert_eq!((revenue.status, revenue.breaches.len()), (Status::Met, 0));
}

#[test]
fn only_what_is_asked_for() {
    let report = report_of(&view(None, &["cash", "price"]));
    assert_eq!(report.series.iter().map(|one| one.path.as_str()).collect::<Vec<_>>(), ["cash"]);
    assert_eq!(report.scalars.iter().map(|one| one.path.as_str()).collect::<Vec<_>>(), ["price"]);
    assert_eq!(report.requirements.len(), 4);
    let (model, _) = super::plan::plan();
    assert_eq!(report::unknown(&model, &view(None, &["cash", "cas", "mar"])), ["cas", "mar"]);
}

#[test]
fn the_whole_table() {
    insta::assert_snapshot!(table(&report_of(&view(None, &[])), Style::default()));
}

#[test]
fn questions_get_values_with_units() {
    let view = view(None, &[]);
    let ran = ran(|model| report::query_targets(model, &view));
    let asked: Vec<_> = (0..3).filter_map(|at| report::evaluate(&ran.outcome(), &view, at)).collect();
    let text = answer::evaluations(&asked, Style::default());
    assert!(text.starts_with("2026-01  -700%\n2026-02  -300%\n"), "{text}");
    assert!(text.ends_with("2027-12  66.6666666667%\n0 USD/month\n"), "{text}");
}

#[test]
fn tests_fail_in_the_first_step_that_misses() {
    let ran = ran(report::test_targets);
    let results = report::tests(&ran.outcome());
    let one = &results[0].expectations[0];
    // 10 in the first month is not within 5 % of 20.
    assert_eq!((&one.verdict, one.period.as_deref()), (&Verdict::Failed, Some("2026-01")));
    assert_eq!(one.left.as_ref().map(Shown::exact).as_deref(), Some("10 company"));
    assert!(matches!(&one.within, Some(Leeway::Share(share)) if share.exact() == "5%"), "{:?}", one.within);
}

#[test]
fn a_division_by_zero_names_cell_period_and_equation_once() {
    let view = view(None, &[]);
    let ran = ran(|model| report::targets(model, &view));
    let told = report::faults(&ran.outcome(), &report::targets(&super::plan::plan().0, &view));
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0].code.0, "BIZ0701");
    // Revenue is 2,000 in month 4.
    assert_eq!(told[0].message, "`lean` is divided by zero in 2026-04");
    assert_eq!(told[0].labels[0].text, "this is zero");
}

fn traced(text: &str, depth: usize) -> report::Trace {
    let question = |model: &_| report::question(model, text, None).expect("it is there");
    let ran: Ran = ran(|model| report::trace_targets(model, question(model), None));
    let outcome = ran.outcome();
    report::trace(&outcome, question(outcome.model), None, depth)
}

#[test]
fn a_trace_leads_from_cash_to_the_inputs() {
    let tree = traced("cash[2026-03]", 9);
    // 500 + 1,000 + 1,500 - 12,000
    assert_eq!(tree.value.exact(), "-9000 USD");
    assert_eq!(tree.equation, "accumulate(profit, from: 0 USD)");
    let [before, profit] = &tree.parts[..] else { panic!("the opening and the flow: {:?}", tree.parts) };
    assert_eq!((before.path.as_deref(), before.rest), (Some("cash"), Rest::Otherwhen));
    close(&[before.share.expect("a share"), profit.share.expect("a share")], &[6_500.0 / 9_000.0, 2_500.0 / 9_000.0]);
    insta::assert_snapshot!(trace::trace(&tree, Style::default()));
}

#[test]
fn a_trace_over_a_year_adds_flows_up() {
    let tree = traced("profit[2026]", 1);
    assert_eq!(tree.value.exact(), "-9000 USD");
    assert_eq!(tree.parts.iter().map(|part| part.value.exact()).collect::<Vec<_>>(), ["39000 USD", "48000 USD"]);
    assert_eq!(tree.parts[0].rest, Rest::Deeper);
}

#[test]
fn a_date_is_traced_to_the_step_it_comes_true_in() {
    let tree = traced("break_even", 1);
    assert_eq!((tree.value.exact().as_str(), tree.period.as_deref()), ("2026-09", None));
    assert_eq!((tree.parts[0].path.as_deref(), tree.parts[0].period.as_deref()), (Some("profit"), Some("2026-09")));
}

#[test]
fn a_question_that_leads_nowhere() {
    let (model, _) = super::plan::plan();
    assert_eq!(report::question(&model, "csh", None), Err(report::Unanswered::Name("csh".to_owned())));
    assert_eq!(report::question(&model, "cash[2031]", None), Err(report::Unanswered::Period("2031".to_owned())));
    assert_eq!(report::question(&model, " cash [2027-Q1] ", None).map(|one| one.when), Ok(report::When::Over(12, 15)));
    assert_eq!(find(&model, "cash"), report::question(&model, "cash", None).expect("it is there").cell);
}
