//! Figures of all examples: factors multiply to what stands above them, and terms add up to it.

use super::explain::{multiplies, sound};
use crate::decide::facts;
use biz::report::Trace;
use biz::workspace::Ask;

/// How many figures of an example are looked at, at even distances; all of them take minutes.
const FIGURES: usize = 250;

fn products(node: &Trace, told: &str) -> usize {
    multiplies(node, told) + node.parts.iter().map(|part| products(part, told)).sum::<usize>()
}

#[test]
fn factors_of_the_examples_multiply() {
    for path in crate::support::files("examples", "biz") {
        let text = std::fs::read_to_string(&path).expect("it can be read");
        let mut facts = facts(&text, Ask::default());
        let report = facts.run(None, &[]).expect("it runs");
        let buckets = report.statements.first().map(|statement| statement.buckets.clone()).unwrap_or_default();
        let ends = |periods: &[String]| [0, periods.len() / 2, periods.len().saturating_sub(1)].map(|at| periods.get(at).cloned());
        let spans: Vec<String> = ends(&report.periods).into_iter().chain(ends(&buckets)).flatten().collect();
        let of_series = report.series.iter().flat_map(|series| spans.iter().map(move |period| format!("{}[{period}]", series.path)));
        let asked: Vec<String> = of_series.chain(report.scalars.iter().map(|scalar| scalar.path.clone())).collect();
        // A series has six of them in a row: at such distances each of the six has its turn.
        let apart = (asked.len().div_ceil(FIGURES)..).find(|apart| apart % 2 > 0 && apart % 3 > 0).unwrap_or(1);
        let mut count = 0;
        for asked in asked.iter().step_by(apart) {
            let told = format!("{asked} of {}", path.display());
            let tree = facts.explained(asked, 5).unwrap_or_else(|| panic!("{told}: {:?}", facts.mistakes)).tree;
            count += sound(&tree, &told) + products(&tree, &told);
        }
        assert!(count > 100, "{}: {count} sums and products", path.display());
    }
}
