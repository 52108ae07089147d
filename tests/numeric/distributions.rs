//! Every family against reference values: moments, probabilities, quantiles, and means between bounds.

use biz::numeric::distribution::{Distribution, Family, Parameter, Reason, interval90, resolve};

/// `gamma(shape: 2, scale: 3)`, or `to(2, 5)` for the interval that holds 90 %.
pub(super) fn made(spec: &str) -> Result<Distribution, Reason> {
    let (family, list) = spec.trim_end_matches(')').split_once('(').expect("a name and parameters");
    let arguments = list.split(", ").filter(|argument| !argument.is_empty());
    if family == "to" {
        let ends: Vec<f64> = arguments.map(number).collect();
        return interval90(ends[0], ends[1]);
    }
    let named = |argument: &str| {
        let (name, value) = argument.split_once(": ").expect("a name and a value");
        (Parameter::from_name(name).expect("a parameter"), number(value))
    };
    resolve(Family::from_name(family).expect("a family"), &arguments.map(named).collect::<Vec<_>>())
}

fn number(text: &str) -> f64 {
    text.parse().expect("a number")
}

fn answer(distribution: &Distribution, question: &[&str]) -> Result<f64, Reason> {
    Ok(match question {
        ["mean"] => distribution.mean(),
        ["variance"] => distribution.variance(),
        ["cdf", x] => distribution.cdf(number(x)),
        ["tail", x] => distribution.tail(number(x)),
        ["quantile", p] => distribution.quantile(number(p)),
        ["from", low] => distribution.mean_between(Some(number(low)), None)?,
        ["until", high] => distribution.mean_between(None, Some(number(high)))?,
        ["between", low, high] => distribution.mean_between(Some(number(low)), Some(number(high)))?,
        other => panic!("{other:?} asks nothing"),
    })
}

/// Relative to the answer, or to the deviation where that is larger and the support reaches below zero: there an answer
/// near zero is the rest of a difference. Probabilities are always relative to themselves.
const TOLERANCE: f64 = 1e-12;

#[test]
fn every_answer_is_the_reference() {
    let mut families = std::collections::BTreeSet::new();
    let lines = include_str!("reference/distributions.txt").lines().filter(|line| !line.starts_with('#'));
    for line in lines {
        let (question, expected) = line.split_once(" = ").expect("a question and its answer");
        let (spec, question) = question.split_once(") ").expect("a distribution and a question");
        let distribution = made(spec).expect("it is a distribution");
        families.insert(distribution.family().expect("no mixture"));
        let got = answer(&distribution, &question.split(' ').collect::<Vec<_>>()).expect("something is left");
        let expected = number(expected);
        let (lowest, _) = distribution.support();
        let is_probability = question.starts_with("cdf") || question.starts_with("tail");
        let spread = if lowest < 0.0 && !is_probability { distribution.variance().sqrt() } else { 0.0 };
        let size = spread.max(expected.abs());
        assert!((got - expected).abs() <= TOLERANCE * size, "{line}\ngot {got:?}");
    }
    assert_eq!(families.len(), Family::ALL.len(), "every family is asked");
}

/// Variances are integrals of squared quantiles, whose roundings show where a window is narrow.
const SPREAD_TOLERANCE: f64 = 1e-10;

#[test]
fn what_bounds_leave_has_its_variance_and_probabilities() {
    for line in include_str!("reference/between.txt").lines().filter(|line| !line.starts_with('#')) {
        let (question, expected) = line.split_once(" = ").expect("a question and its answer");
        let (spec, question) = question.split_once(") ").expect("a distribution and a question");
        let words: Vec<&str> = question.split(' ').collect();
        let bound = |text: &str| if text == "none" { None } else { Some(number(text)) };
        let left = made(spec).and_then(|whole| whole.between(bound(words[0]), bound(words[1]))).expect("something is left");
        let got = match &words[2..] {
            ["variance"] => left.variance(),
            ["cdf", x] => left.cdf(number(x)),
            ["below", x] => left.below(number(x)),
            other => panic!("{other:?} asks nothing"),
        };
        let expected = number(expected);
        assert!((got - expected).abs() <= SPREAD_TOLERANCE * expected.abs(), "{line}\ngot {got:?}");
    }
}
