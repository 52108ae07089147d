//! Answers: what `eval` and `test` print.

use super::Style;
use super::layout::{hanging, left, line_into, signs, wide};
use crate::diagnostic::escape::one_line;
use crate::report::number::percent;
use crate::report::{Answer, Evaluation, ExpectationResult, Leeway, Shown, Slip, Spread, TestResult, Value, Verdict};

/// Each value with its unit on a line; of a series, each period and its value, below its expression where there are several.
#[must_use]
pub fn evaluations(evaluations: &[Evaluation], style: Style) -> String {
    let mut out = String::new();
    // Rows of periods under one another do not tell whose they are.
    let headed = evaluations.iter().filter(|evaluation| evaluation.answer.lines() > 1).count() > 1;
    for evaluation in evaluations {
        if headed {
            line_into(&mut out, &one_line(&evaluation.expr));
        }
        let shown = |value: &Value| Shown { value: value.clone(), unit: evaluation.unit.clone() }.exact();
        match &evaluation.answer {
            Answer::Once(value) => line_into(&mut out, &shown(value)),
            Answer::Series { periods, values } => {
                let named = periods.iter().map(|period| wide(period)).max().unwrap_or(0);
                for (period, value) in periods.iter().zip(values) {
                    line_into(&mut out, &format!("{}  {}", left(period, named), shown(value)));
                }
            }
            Answer::Spread { periods, spreads } => {
                let named = periods.iter().map(|period| wide(period)).max().unwrap_or(0);
                let told = |spread: &Spread| spread_out(spread, &evaluation.unit);
                for (at, spread) in spreads.iter().enumerate() {
                    match periods.get(at) {
                        Some(period) => line_into(&mut out, &format!("{}  {}", left(period, named), told(spread))),
                        None => line_into(&mut out, &told(spread)),
                    }
                }
            }
        }
    }
    signs(&out, style)
}

/// `mean 1.9k USD, deviation 3.16k USD, 5% -3.1k USD, 50% 1.78k USD, 95% 7.27k USD`: few digits, since samples know no more.
fn spread_out(spread: &Spread, unit: &str) -> String {
    let shown = |value: &Value| Shown { value: value.clone(), unit: unit.to_owned() }.brief();
    if let Some(Value::Condition(_)) = spread.shares.first() {
        return spread.probability().map_or_else(|| "–".to_owned(), |share| format!("holds in {} of the samples", percent(share)));
    }
    let mut parts = vec![format!("mean {}", shown(&spread.mean))];
    // What dates lie apart has another unit, which JSON readers are told of.
    if matches!(spread.mean, Value::Number(_)) {
        parts.push(format!("deviation {}", shown(&spread.deviation)));
    }
    parts.extend(["5%", "50%", "95%"].iter().zip(&spread.shares).map(|(share, value)| format!("{share} {}", shown(value))));
    let absent = spread.samples() - spread.count;
    if absent > 0 {
        parts.push(format!("no value in {}", percent(absent as f64 / spread.samples() as f64)));
    }
    parts.join(", ")
}

/// Each test, what it expects where that fails, and how many passed.
#[must_use]
pub fn tests(results: &[TestResult], style: Style) -> String {
    let mut out = String::new();
    for result in results {
        let word = if result.passed() { "passed  " } else { "failed  " };
        let title = result.title.as_ref().map_or_else(|| "test".to_owned(), |title| one_line(title));
        out += &hanging(word, &title, style);
        for one in result.expectations.iter().filter(|one| one.verdict != Verdict::Passed) {
            out += &hanging("        ", &one_line(&format!("expect {}", one.text)), style);
            out += &hanging("          ", &one_line(&told(one)), style);
        }
    }
    let passed = results.iter().filter(|result| result.passed()).count();
    let count = |number: usize| if number == 1 { "1 test".to_owned() } else { format!("{number} tests") };
    if !results.is_empty() {
        out.push('\n');
    }
    out += &match results.len() - passed {
        0 => format!("{} passed\n", count(passed)),
        failed => format!("{passed} passed, {failed} failed of {}\n", count(results.len())),
    };
    signs(&out, style)
}

/// Why an expectation does not hold.
pub(super) fn told(result: &ExpectationResult) -> String {
    let mut parts: Vec<String> = Vec::new();
    if let Verdict::Undefined(reason) = &result.verdict {
        parts.push(reason.clone());
    }
    let period = result.period.as_ref().map_or_else(String::new, |period| format!("in {period}: "));
    if let (Some(left), Some(right)) = (&result.left, &result.right) {
        parts.push(format!("left side {}, right side {}", left.exact(), right.exact()));
    }
    match &result.within {
        Some(Leeway::Distance(distance)) => parts.push(format!("allowed distance {}", distance.exact())),
        Some(Leeway::Share(share)) => parts.push(format!("allowed distance {} of the right side", share.exact())),
        None => {}
    }
    parts.extend(result.slip.map(|slip| said_of(slip).to_owned()));
    if parts.is_empty() {
        parts.push("it does not hold".to_owned());
    }
    period + &parts.join("; ")
}

const fn said_of(slip: Slip) -> &'static str {
    match slip {
        Slip::Thousand => "one is a thousand times the other: a point divides off decimals, `_` groups digits, and `k` is a thousand",
        Slip::Hundred => "one is a hundred times the other: is a `%` missing, or one too many?",
    }
}
