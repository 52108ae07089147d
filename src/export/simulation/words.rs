//! What is said about samples, in words and figures that every format shares.

use crate::report::number::{self, percent};
use crate::report::{Fan, Severity, Simulation, Sort, Spread, Value};

/// `10,000 samples, seed 1, sobol`
pub(super) fn drawn(simulation: &Simulation) -> String {
    crate::export::drawn::drawn(&simulation.drawn)
}

/// How closely means and shares are known.
pub(super) fn known(simulation: &Simulation) -> Option<String> {
    if simulation.drawn.count < 2 || !simulation.fans.iter().chain(&simulation.figures).any(Fan::is_drawn) {
        return None;
    }
    let root = (simulation.drawn.count as f64).sqrt();
    let error = format!(
        "Standard errors: of a mean {} of the deviation beside it, of a share of the samples at most {}",
        percent(1.0 / root),
        percent(0.5 / root),
    );
    let error = match simulation.drawn.sampling {
        "random" => format!("{error}."),
        sampling => format!("{error}. They are those of independent draws; {sampling} does better as a rule."),
    };
    let within = simulation.drawn.within;
    if within == 0.0 {
        return Some(error);
    }
    Some(format!(
        "{error} A percentile of numbers is the edge of an interval that holds it, and at most {} of itself away: to know it to \
         the sample would take more memory than `--limit-memory` allows.",
        percent(within),
    ))
}

/// Over which samples means and percentiles are, where some have no value.
pub(super) fn over(simulation: &Simulation) -> Option<&'static str> {
    let lacks = |fan: &Fan| fan.sort != Sort::Condition && fan.spreads.iter().any(|spread| spread.count < spread.samples());
    let any = simulation.fans.iter().chain(&simulation.figures).any(|fan| fan.is_drawn() && lacks(fan));
    any.then_some("Means, deviations and percentiles are over the samples in which there is a value.")
}

/// What requirements without a confidence are asked of, where there are any.
pub(super) fn without_confidence(simulation: &Simulation) -> Option<&'static str> {
    let any = simulation.requirements.iter().any(|one| one.confidence.is_none() && one.severity == Severity::Require);
    any.then_some("Those without a confidence are asked of the run without samples.")
}

/// The figures that are the same in every sample.
pub(super) fn certain(simulation: &Simulation) -> Option<String> {
    let names: Vec<String> = simulation.fans.iter().filter(|fan| !fan.is_drawn()).map(|fan| fan.title.clone()).collect();
    if !simulation.fans.iter().chain(&simulation.figures).any(Fan::is_drawn) {
        return Some("Nothing that is shown here differs from sample to sample.".to_owned());
    }
    (!names.is_empty()).then(|| format!("The same in every sample: {}.", names.join(", ")))
}

/// A share in percent, without the noise of binary fractions.
pub(super) fn number(share: f64) -> f64 {
    number::plain(share * 100.0).parse().unwrap_or(share * 100.0)
}

/// What a share is called: `5%`, `2.5%`.
pub(super) fn share(share: f64) -> String {
    format!("{}%", number::plain(share * 100.0))
}

/// What a share is called where a name is needed: `p5`, `p2.5`.
pub(super) fn key(share: f64) -> String {
    format!("p{}", number::plain(share * 100.0))
}

/// The mean, the deviation and the value at each share; of a condition in which part of the samples it holds.
pub(super) fn texts(fan: &Fan, spread: &Spread) -> Vec<String> {
    let sign = if fan.unit == "%" { "%" } else { "" };
    let values: Vec<&Value> = [&spread.mean, &spread.deviation].into_iter().chain(&spread.shares).collect();
    match fan.sort {
        Sort::Number => {
            let numbers: Vec<Option<f64>> = values.iter().map(|value| value.number()).collect();
            let written = number::row(&numbers).into_iter().zip(&values);
            written.map(|(text, value)| text.map_or_else(|| word(value), |text| text + sign)).collect()
        }
        Sort::Condition => vec![holds(spread)],
        Sort::Date => {
            let apart = |value: &Value| match value.number() {
                Some(days) => number::with_unit(&number::compact((days * 100.0).round() / 100.0), &fan.apart),
                None => word(value),
            };
            let dates = spread.shares.iter().map(word);
            [word(&spread.mean), apart(&spread.deviation)].into_iter().chain(dates).collect()
        }
        Sort::Choice => ["–".to_owned(), "–".to_owned()].into_iter().chain(spread.shares.iter().map(word)).collect(),
    }
}

/// In which samples there is nothing: `never in 3.2%`.
pub(super) fn absent(fan: &Fan, spread: &Spread) -> String {
    let part = |count: u64, word: &str| (count > 0).then(|| format!("{word} in {}", percent(count as f64 / spread.samples() as f64)));
    let blank = if fan.sort == Sort::Date { "never" } else { "blank" };
    let told: Vec<String> = part(spread.blanks, blank).into_iter().chain(part(spread.faults, "no value")).collect();
    told.join(", ")
}

/// `holds in 93.2% of the samples`
pub(super) fn holds(spread: &Spread) -> String {
    spread.probability().map_or_else(|| "–".to_owned(), |share| format!("holds in {} of the samples", percent(share)))
}

fn word(value: &Value) -> String {
    value.word().unwrap_or("–").to_owned()
}
