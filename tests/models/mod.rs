//! Whole models: the examples, the models that assert in the language itself, and every block of the reference.

use crate::support::{example, files, read};
use biz::calendar::Step;
use biz::diagnostic::{Severity, Style as Drawing, explain, render};
use biz::export::{Signs, Style, table};
use biz::report::{Status, TestResult};
use biz::workspace::{Ask, Facts, Lint, Memory, Samples};

fn open(text: &str) -> Facts {
    opened(text, &Ask::default())
}

fn opened(text: &str, ask: &Ask<'_>) -> Facts {
    Facts::open(&Memory::new([("plan.biz", text.as_bytes())]), ask)
}

fn drawn(facts: &Facts) -> String {
    render::human(&facts.mistakes, &facts.sources, Drawing::default())
}

/// What does not hold of a text's own tests.
fn failures(text: &str) -> String {
    let mut facts = open(text);
    let results = facts.tests().unwrap_or_default();
    let failed = |result: &TestResult| !result.passed();
    let told: Vec<String> = results.iter().filter(|result| failed(result)).map(|result| format!("{result:#?}")).collect();
    // Published price lists by volume do fall across their bounds, and are told so.
    facts.mistakes.retain(|mistake| mistake.code.0 != "BIZ0414");
    format!("{}{}", drawn(&facts), told.join("\n"))
}

#[test]
fn every_test_of_every_model_passes() {
    for folder in ["examples", "tests/run/models", "tests/conformance", "tests/models/plans"] {
        for path in files(folder, "biz") {
            let text = std::fs::read_to_string(&path).expect("it is a text");
            assert!(text.contains("\ntest \""), "{} asserts something", path.display());
            assert_eq!(failures(&text), "", "{}", path.display());
        }
    }
}

#[test]
fn every_published_case_has_its_test() {
    let cases = [
        "lago-graduated-1", "lago-volume-1", "lago-package-1", "lago-percentage-1", "lago-min-commitment-month",
        "openmeter-graduated-max-spend", "openmeter-unit-conversion", "openmeter-free-units",
        "stripe-volume-fonts", "stripe-graduated-fonts", "zuora-prepaid-drawdown", "pricing-invariants",
        "stripe-revrec-methods", "revrec-annual-prepaid-straightline", "chartmogul-mrr-movements",
        "monthly-to-annual-churn", "sales-capacity-ramp", "pipeline-velocity", "funnel-with-lag",
        "nrr-cohort-12m", "ltv-discounted", "bass-ols-forecast", "bass-continuous-closed-form",
        "logistic-closed-form", "sd-teacup", "sd-delay1", "sbg-fit-highend", "sbg-retention-rate",
        "sbg-infinite-tenure", "npv-t0", "npv-excel-t1", "irr-set", "irr-several-roots", "pmt-set",
        "depr-sln-syd", "depr-ddb", "tax-loss-carryforward", "dso-cash-timing", "gpu-capex-amortisation",
        "runway", "break-even-orth", "elasticity-constant", "logit-share", "tam-sam-som",
        "subscription-revenue", "mc-lognormal", "mc-triangular", "mc-pert", "mc-correlated-sum",
        "mc-flaw-of-averages", "deepseek-serving-cost", "deepseek-serving-revenue", "deepseek-margin",
        "token-request-cost", "free-tier-burden", "netflix-apac-arm", "netflix-apac-rollforward",
        "telco-churn-aggregates", "price-increase-grandfathered", "freemium-stock-flow", "corkscrew-customers",
        "npv-conventions",
    ];
    let told: String = files("tests/conformance", "biz")
        .into_iter()
        .map(|path| std::fs::read_to_string(path).expect("it is a text"))
        .collect();
    let named: Vec<&str> = told.lines().filter(|line| line.starts_with("## case")).collect();
    let missing: Vec<&str> =
        cases.into_iter().filter(|case| !named.iter().any(|line| line.split([' ', ',']).any(|word| word == *case))).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn every_example_opens_with_what_it_shows_and_has_claims_and_scenarios() {
    for path in files("examples", "biz") {
        let text = std::fs::read_to_string(&path).expect("it is a text");
        let name = path.display();
        let opening = text.lines().take_while(|line| line.starts_with("# ")).count();
        assert!(opening >= 2, "{name} opens with a paragraph");
        assert!(text.contains("\nrequire "), "{name} requires something");
        assert!(text.contains("\nscenario "), "{name} has a scenario");
        let guide = std::fs::read_to_string(path.with_file_name("README.md")).expect("the guide is there");
        let file = path.file_name().expect("it has one").to_string_lossy().into_owned();
        assert!(guide.contains(&file), "the guide tells of {file}");
    }
}

#[test]
fn results_of_examples() {
    for path in files("examples", "biz") {
        let text = std::fs::read_to_string(&path).expect("it is a text");
        let mut facts = open(&text);
        let report = facts.run(Some(Step::Year), &[]).unwrap_or_else(|| panic!("{}:\n{}", path.display(), drawn(&facts)));
        let errors: Vec<_> = facts.mistakes.iter().filter(|mistake| mistake.severity == Severity::Error).collect();
        assert!(errors.is_empty(), "{}:\n{}", path.display(), drawn(&facts));
        let unmet: Vec<_> = report.requirements.iter().filter(|claim| claim.fails()).map(|claim| &claim.text).collect();
        let printed = table::table(&report, Style { width: 100, signs: Signs::Unicode });
        assert!(unmet.is_empty(), "{}: {unmet:?}\n{printed}", path.display());
        assert!(!report.requirements.iter().any(|claim| claim.status == Status::Undefined), "{}", path.display());
        insta::assert_snapshot!(path.file_stem().expect("it has one").to_string_lossy().into_owned(), printed);
    }
}

/// Kinds of the prelude that examples declare instances of, what these are built on, and what differs from one of them by
/// its curve alone.
#[test]
fn every_kind_of_the_prelude_is_used_by_an_example() {
    let texts = |folder: &str| files(folder, "biz").into_iter().map(|path| std::fs::read_to_string(path).expect("it is a text"));
    let prelude: String = texts("src/prelude").collect();
    let kinds: Vec<Vec<&str>> = prelude
        .lines()
        .filter_map(|line| line.strip_prefix("kind "))
        .map(|line| line.split_whitespace().filter(|word| !["is", "{"].contains(word)).collect())
        .collect();
    let examples: String = texts("examples").collect();
    let first_words: Vec<&str> = examples.lines().filter_map(|line| line.split_whitespace().next()).collect();
    let mut used: Vec<&str> = kinds.iter().filter_map(|kind| kind.first().copied()).filter(|kind| first_words.contains(kind)).collect();
    let mut at = 0;
    while let Some(kind) = used.get(at).copied() {
        let base = kinds.iter().find(|names| names.first() == Some(&kind)).and_then(|names| names.get(1));
        used.extend(base.filter(|base| !used.contains(base)).copied().into_iter().collect::<Vec<_>>());
        at += 1;
    }
    let unused: Vec<_> = kinds
        .iter()
        .filter_map(|kind| kind.first())
        .filter(|kind| !(used.contains(kind) || kind.ends_with("_adoption") && used.contains(&"adoption")))
        .collect();
    assert!(unused.is_empty(), "no example shows {unused:?}");
}

/// What a printed report tells last of a figure: of a row by years, its last year.
fn last_of<'a>(printed: &'a str, title: &str) -> &'a str {
    let row = |line: &'a str| line.strip_prefix("  ")?.strip_prefix(title)?.strip_prefix("  ");
    let figure = |cell: &&str| cell.contains(|sign: char| sign.is_ascii_digit()) || *cell == "–";
    printed.lines().filter_map(row).filter_map(|rest| rest.split_whitespace().rfind(figure)).next_back().unwrap_or("–")
}

#[test]
fn the_guide_tells_the_results() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/README.md");
    let guide = std::fs::read_to_string(path).expect("the guide is there");
    let mut rows = "| file | last year | revenue | EBITDA | break-even | funding |\n|---|---|---|---|---|---|\n".to_owned();
    for file in files("examples", "biz") {
        let report = open(&std::fs::read_to_string(&file).expect("it is a text")).run(Some(Step::Year), &[]);
        let printed = table::table(&report.expect("it runs"), Style { width: 200, signs: Signs::Unicode });
        let name = file.file_stem().expect("it has one").to_string_lossy();
        let year = printed.lines().find_map(|line| line.split_whitespace().next_back().filter(|last| last.starts_with("20")));
        let told = ["Revenue", "EBITDA", "Break-even", "Funding"].map(|title| last_of(&printed, title));
        let currency = printed.lines().find_map(|line| line.strip_prefix("  Revenue")?.split_whitespace().next()).unwrap_or_default();
        let [revenue, ebitda, even, funding] = told;
        rows += &format!("| {name} | {} | {revenue} {currency} | {ebitda} {currency} | {even} | {funding} {currency} |\n", year.unwrap_or("–"));
    }
    let (from, to) = ("<!-- results -->\n", "<!-- end of results -->");
    let (head, rest) = guide.split_once(from).expect("the results have a place");
    let (_, tail) = rest.split_once(to).expect("which ends");
    let fresh = format!("{head}{from}{rows}{to}{tail}");
    if std::env::var_os("BIZ_ACCEPT").is_some() {
        std::fs::write(path, &fresh).expect("it can be written");
    }
    assert!(guide == fresh || std::env::var_os("BIZ_ACCEPT").is_some(), "the results of the guide are stale: BIZ_ACCEPT=1 cargo test\n{rows}");
}

/// Blocks of a Markdown text: what stands behind the three ticks, and the block.
fn blocks(text: &str) -> Vec<(String, String)> {
    let mut parts = text.split("```");
    parts.next();
    let mut blocks = Vec::new();
    while let Some(inside) = parts.next() {
        let (mark, block) = inside.split_once('\n').unwrap_or((inside, ""));
        blocks.push((mark.to_owned(), block.to_owned()));
        parts.next();
    }
    blocks
}

#[test]
fn the_reference_keeps_its_word() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/grammar/reference.md");
    let text = std::fs::read_to_string(path).expect("it is there");
    let blocks = blocks(&text);
    // Blocks marked `biz NAME.biz` are files that other blocks import.
    let is_file = |mark: &str| mark.ends_with(".biz");
    let parts: Vec<(&str, &[u8])> = blocks
        .iter()
        .filter(|(mark, _)| is_file(mark))
        .map(|(mark, block)| (mark.trim_start_matches("biz "), block.as_bytes()))
        .collect();
    let models: Vec<_> = blocks.iter().filter(|(mark, _)| mark.starts_with("biz") && !is_file(mark)).collect();
    assert!(models.len() > 15, "{} blocks", models.len());
    for (mark, block) in models {
        if block.contains("import \"") {
            let files = [("plan.biz", block.as_bytes())].into_iter().chain(parts.iter().copied());
            let mut facts = Facts::open(&Memory::new(files), &Ask::default());
            let results = facts.tests().unwrap_or_else(|| panic!("{block}\n{}", drawn(&facts)));
            assert!(!results.is_empty() && results.iter().all(TestResult::passed), "{block}\n{results:#?}");
            continue;
        }
        let read = read(block);
        match mark.strip_prefix("biz ") {
            Some(code) => {
                let codes: Vec<_> = read.mistakes.iter().map(|mistake| mistake.code.0).collect();
                assert_eq!(codes, [code], "{block}\n{}", read.drawing());
            }
            None => {
                assert!(read.mistakes.is_empty(), "{block}\n{}", read.drawing());
                assert_eq!(failures(block), "", "{block}");
            }
        }
    }
}

#[test]
fn every_bad_example_of_an_explanation_fails_as_it_says_and_every_good_one_runs() {
    let mut wrong = Vec::new();
    for code in explain::codes() {
        let text = explain::explain(code).expect("it is in the table");
        if let Some(bad) = example(text, "bad") {
            // What is said where none are drawn is told by a run that draws none.
            let samples = (code == "BIZ0706").then_some(Samples::NONE);
            let lints: &[Lint] = if code.starts_with("BIZ08") { &Lint::ALL } else { &[] };
            let mut facts = opened(bad, &Ask { samples, lints, ..Ask::default() });
            let report = facts.run(None, &[]);
            let told = facts.mistakes.iter().any(|mistake| mistake.code.0 == code);
            // Two codes are said of results: a requirement that does not hold, and one that can't be told.
            let unmet = report.is_some_and(|report| report.fails()) && code.starts_with("BIZ05");
            if !told && !unmet {
                wrong.push(format!("{code}: its bad example does not give it\n{}", drawn(&facts)));
            }
        }
        let mut facts = open(example(text, "good").expect("there is one"));
        let report = facts.run(None, &[]);
        if !facts.mistakes.is_empty() || report.is_none_or(|report| report.fails()) {
            wrong.push(format!("{code}: its good example does not run\n{}", drawn(&facts)));
        }
        if !failures(example(text, "good").expect("there is one")).is_empty() {
            wrong.push(format!("{code}: a test of its good example fails"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_rounding_misses_no_requirement_and_a_cent_does() {
    let plan = |bound: &str| format!(
        "model repaid {{ timeline = 2026-01 to 2033-12, currency = EUR }}
        debt      = accumulate(-repayment, from: 10M EUR)
        repayment = if time < 2033-01 then 10M EUR / 84 month else 0
        require debt >= {bound}"
    );
    let fails = |text: String| open(&text).run(None, &[]).map(|report| report.fails());
    assert_eq!(fails(plan("0 EUR")), Some(false));
    assert_eq!(fails(plan("0.01 EUR")), Some(true));
    assert_eq!(fails("x = 0.1 + 0.2\nrequire x <= 0.3".to_owned()), Some(false));
    assert_eq!(fails("x = 0.3\nrequire x < 0.3".to_owned()), Some(true));
}

#[test]
fn a_pricing_model_is_added_by_a_file_alone() {
    // A pay-as-you-bid pricing with a price floor: nothing of it is known to the program.
    let pricing = "
        kind auction_pricing is pricing {
          bid   : currency/B/month
          floor : currency/B/month = 0
          win   : share = 100%
          expected = max(floor, bid) * win
          fn price(demand, buyer) = expected + charge(demand, buyer)
        }
    ";
    let plan = "
        import \"auction.biz\"
        model ads { timeline = 2026-01 to 2026-12, currency = USD }
        unit advertiser
        market shops { size = 1_000 advertiser }
        auction_pricing slots { bid = 80 USD/advertiser/month, floor = 100 USD/advertiser/month, win = 50% }
        product banner { market = shops, pricing = slots, initial = 10 advertiser, uptake = 0%/month }
        test \"ten advertisers pay 50 USD each\" { expect revenue[2026-01] == 500 USD within 0.001 USD }
    ";
    let memory = Memory::new([("plan.biz", plan.as_bytes()), ("auction.biz", pricing.as_bytes())]);
    let mut facts = Facts::open(&memory, &Ask::default());
    let results = facts.tests().unwrap_or_else(|| panic!("{}", drawn(&facts)));
    assert!(results.len() == 1 && results.iter().all(TestResult::passed), "{results:#?}\n{}", drawn(&facts));
}

#[test]
fn the_readmes_print_what_is_printed() {
    for name in ["README.md", "README.zh-CN.md"] {
        let text = std::fs::read_to_string(format!("{}/{name}", env!("CARGO_MANIFEST_DIR"))).expect("it is there");
        let blocks = blocks(&text);
        let mut compared = 0;
        for pair in blocks.windows(2) {
            let [(mark, model), (kind, shown)] = pair else { continue };
            if kind != "text" {
                continue;
            }
            let mut facts = open(model);
            let printed = if mark == "biz" {
                let report = facts.run(None, &[]).unwrap_or_else(|| panic!("{name}:\n{}", drawn(&facts)));
                table::table(&report, Style { width: 80, signs: Signs::Unicode })
            } else {
                drawn(&facts)
            };
            let lines = |text: &str| text.trim_end().lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
            assert_eq!(lines(shown), lines(&printed), "{name}");
            compared += 1;
        }
        assert_eq!(compared, 2, "{name} shows a run and a mistake");
    }
}

/// On steps of a year, 12,000 USD a month are 144,000 USD a year: in JSON, by `eval` and in the table.
#[test]
fn figures_of_the_prelude_are_told_per_step() {
    let text = "model y { timeline = 2026 to 2028, step = year, currency = USD }\nunit co / cos\nunit agent / agents\n\
                market all { size = 10k co }\n\
                product app { market = all, price = 1_440 USD/co/year, initial = 100 co, churn = 10%/year\n\
                \x20 channel web { reach = 100 co/year, conversion = 10%, acquisition_cost = 600 USD/co } }\n\
                service_team desk { work = 1_200/month, capacity = 300/agent/month, salary = 1k USD/agent/month }\n";
    let mut facts = open(text);
    let report = facts.run(None, &[]).expect("a report");
    let series = |path: &str| report.series.iter().find(|one| one.path == path).unwrap_or_else(|| panic!("{path}"));
    let first = |path: &str| series(path).values.first().and_then(biz::report::Value::number).unwrap_or_default();
    assert_eq!(series("revenue").unit, "USD/year");
    assert!((first("revenue") - 144_000.0).abs() < 1e-6);
    assert_eq!((series("app.lost").unit.as_str(), first("app.lost")), ("co/year", 10.0));
    let mut asked = opened(text, &Ask { queries: &["logo_churn[2026]".to_owned(), "cac[2026]".to_owned()], ..Ask::default() });
    let told = asked.evaluate().expect("answers");
    for (answer, (unit, wanted)) in told.iter().zip([("%/year", 10.0), ("USD/co", 600.0)]) {
        let biz::report::Answer::Once(biz::report::Value::Number(number)) = answer.answer else { panic!("{answer:?}") };
        assert_eq!(answer.unit, unit);
        assert!((number - wanted).abs() < 1e-9, "{number}");
    }
    // What is a quotient of flows is computed again over a span, whatever its unit.
    assert_eq!(report.scalars.iter().find(|one| one.path == "desk.headcount").map(|one| one.kind), Some(biz::report::Kind::Ratio));
}

#[test]
fn amounts_that_no_statement_counts_are_named() {
    let text = "model a { timeline = 2026-01 to 2026-12, currency = EUR }\nrevenue = 900 EUR/month\nopex = 500 EUR/month\nshare = 5%/year\n";
    let report = open(text).run(None, &[]).expect("a report");
    assert_eq!(report.uncounted, ["opex"]);
    let printed = table::table(&report, Style { width: 80, signs: Signs::Unicode });
    assert!(printed.contains("\nNo statement counts `opex`: nothing reads it.\n"), "{printed}");
}
