//! Reports of models written as text, with the prelude behind them.

use crate::support::{example, read};
use biz::compile::compile;
use biz::diagnostic::{Style as Drawing, render};
use biz::export::{Style, json, table::table, trace};
use biz::report::{self, Outcome, Trace, View};
use biz::run::{Inputs, run};

/// The table of a model and the drawing of what could not be computed in it.
fn told(text: &str) -> (report::Report, String) {
    let read = read(text);
    let Some(model) = read.model.as_ref() else { panic!("{}", read.drawing()) };
    let view = View::default();
    let targets = report::targets(model, &view);
    let compiled = compile(model, &targets);
    let columns = run(&compiled.tape, &Inputs::once());
    let outcome = Outcome { model, sources: &read.sources, compiled: &compiled, columns: &columns, spreads: None };
    let mut faults = report::faults(&outcome, &targets);
    faults.extend(report::sampleless(model, &view));
    faults.extend(report::undecided(&outcome, &targets));
    (report::report(&outcome, &view), render::human(&faults, &read.sources, Drawing::default()))
}

fn traced(text: &str, asked: &str) -> Trace {
    let read = read(text);
    let Some(model) = read.model.as_ref() else { panic!("{}", read.drawing()) };
    let question = report::question(model, asked, None).expect("it is there");
    let compiled = compile(model, &report::trace_targets(model, question, None));
    let columns = run(&compiled.tape, &Inputs::once());
    let outcome = Outcome { model, sources: &read.sources, compiled: &compiled, columns: &columns, spreads: None };
    report::trace(&outcome, question, None, 4)
}

const SHOP: &str = r#"
model shop "A shop" { timeline = 2026-01 to 2027-12, currency = USD }

unit cup / cups

sold    = 1_000 cup/month growing 10%/year   ## counted at the till
price   = 3 USD/cup
takings = sold * price
rent    = 2k USD/month
surplus = takings - rent
share   = surplus / takings
saved   = accumulate(surplus, from: 500 USD)
richest = highest(saved)

require share >= 30%   # a comment
  from 2026-06 "rent has to stay small"
expect lowest(saved) >= 1k USD
require 0% <= share <= 100%
scenario dear "Rent doubles" { rent = base * 2 }
"#;

#[test]
fn a_model_of_its_own_names() {
    let (report, faults) = told(SHOP);
    assert_eq!(faults, "");
    insta::assert_snapshot!(table(&report, Style::default()));
    assert_eq!(report.requirements[0].text, "share >= 30% from 2026-06");
}

#[test]
fn a_model_without_a_timeline_is_key_figures() {
    let (report, faults) = told("unit cup / cups\nprice = 3\nsold = 1_200\ntakings = price * sold\nodd = 0 / 0\n");
    assert_eq!(faults, "");
    assert_eq!(table(&report, Style::default()), "Key figures\n  Price    3\n  Sold     1,200\n  Takings  3,600\n  Odd      –\n");
    let object: serde_json::Value = serde_json::from_str(&json::json(&report)).expect("it is JSON");
    assert_eq!(object["periods"], serde_json::json!([]));
    assert_eq!(object["scalars"]["takings"], serde_json::json!({"unit": "", "kind": "ratio", "title": "Takings", "value": 3600}));
    assert_eq!(object["scalars"]["odd"]["value"], serde_json::Value::Null);
}

/// What one month had does not come again in each month of a year: 1,000 × 1.1^(23 ÷ 12) cups in the last of 24.
#[test]
fn the_highest_of_a_flow_is_one_figure() {
    let (report, _) = told(&format!("{SHOP}most = highest(sold)\na_month = average(takings)\nall = total(sold)\n"));
    let shown = |path: &str| report.figures.iter().find(|one| one.path == path).map(|one| one.value.brief());
    assert_eq!(shown("most").as_deref(), Some("1,200 cup/month"));
    assert_eq!(shown("a_month").as_deref(), Some("3,292 USD/month"));
    assert_eq!(shown("all").as_deref(), Some("26.34k cup"));
    assert!(report.statements.iter().flat_map(|one| &one.rows).all(|row| !matches!(row.path.as_deref(), Some("most" | "a_month"))));
}

#[test]
fn instances_have_rows_beside_figures_that_never_change() {
    let (report, _) = told(
        "model m { timeline = 2026 to 2028, step = year, currency = USD }\nunit home / homes\n\
         bass_adoption heat { ceiling = 1M home, method = discrete, p = 3%/year, q = 40%/year }\npeak = when(heat.adopting == highest(heat.adopting))\n",
    );
    let paths: Vec<&str> = report.statements.iter().flat_map(|one| &one.rows).filter_map(|row| row.path.as_deref()).collect();
    assert_eq!(paths, ["heat.adopting", "heat.adopters", "heat.leaving", "heat.users", "heat.adopted", "heat.standing"]);
    assert_eq!(report.figures.iter().map(|one| one.path.as_str()).collect::<Vec<_>>(), ["peak"]);
}

#[test]
fn faults_are_drawn_once_for_their_followers() {
    let (_, faults) = told(
        "model m { timeline = 2026-01 to 2026-06, currency = USD }\n\
         sold = [5, 4, 0, 2, 1, 3]\nall = 10 / sold\ntwice = all * 2\nworst = highest(twice)\nroot = sqrt(0 - sold)\n",
    );
    insta::assert_snapshot!(faults);
}

#[test]
fn a_blank_makes_a_requirement_undefined() {
    let (report, _) = told(
        "model m { timeline = 2026-01 to 2026-06, currency = USD }\nsold = [0, 4, 4, 2, 1, 3]\nshare = sold / sold\nrequire share >= 50%\n",
    );
    let one = &report.requirements[0];
    assert_eq!(one.status, report::Status::Undefined);
    assert!(report.fails());
    insta::assert_snapshot!(table(&report, Style::default()));
}

#[test]
fn a_trace_of_a_text() {
    let tree = traced(SHOP, "saved[2026-02]");
    insta::assert_snapshot!(trace::trace(&tree, Style::default()));
}

#[test]
fn every_example_that_checks_has_a_table_without_holes() {
    let mut seen = 0;
    for file in crate::support::files("examples", "biz") {
        let text = std::fs::read_to_string(&file).expect("it is there");
        if read(&text).model.is_none() {
            continue;
        }
        seen += 1;
        let (report, _) = told(&text);
        for width in [40, 80, 120] {
            let text = table(&report, Style { width, ..Style::default() });
            let words = text.split(|letter: char| !letter.is_alphanumeric());
            assert!(words.into_iter().all(|word| !["NaN", "inf"].contains(&word)), "{text}");
        }
        let values = json::json(&report);
        assert!(serde_json::from_str::<serde_json::Value>(&values).is_ok());
    }
    assert!(seen > 0);
}

#[test]
fn explanations_of_cells_without_a_value_hold() {
    for code in biz::diagnostic::explain::codes().filter(|code| code.starts_with("BIZ07")) {
        let text = biz::diagnostic::explain::explain(code).expect("it is explained");
        let run = |mark: &str| told(example(text, mark).expect("it has an example")).1;
        assert!(run("bad").contains(&format!("[{code}]")), "{code}: {}", run("bad"));
        // A look across samples of what is certain needs none.
        assert_eq!(run("good"), "", "{code}");
    }
}

#[test]
fn a_bound_keeps_the_unit_it_was_written_in() {
    let (report, _) = told(
        "model m { timeline = 2026-01 to 2026-06, currency = USD }\nsold = 2k USD/month\nrequire sold >= 30k USD/year\n",
    );
    let first = report.requirements[0].breaches[0].first.clone().expect("a first");
    let shown = |side: Option<report::Shown>| side.map(|shown| shown.brief());
    assert_eq!((shown(first.value), shown(first.bound)), (Some("24k USD/year".to_owned()), Some("30k USD/year".to_owned())));
}

#[test]
fn equal_calculations_are_told_together() {
    let drawn = told("model m { currency = USD }\na = 0\nb = 5 / a\nc = 5 / a\nd = c + 1\n").1;
    assert!(drawn.contains("`b` is divided by zero") && drawn.contains("`c` holds the same"), "{drawn}");
    assert!(!drawn.contains("`d`"), "{drawn}");
}
