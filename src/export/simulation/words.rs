//! What is said about samples, in words and figures that every format shares.

use crate::report::{Fan, Simulation, Sort, Spread, Value, number};

/// `10,000 samples, seed 1, sobol`
pub(super) fn drawn(simulation: &Simulation) -> String {
    let count = counted(simulation.samples, "sample");
    format!("{count}, seed {}, sampling {}", simulation.seed, simulation.sampling)
}

/// How closely means and shares are known.
pub(super) fn known(simulation: &Simulation) -> Option<String> {
    if simulation.samples < 2 || !simulation.fans.iter().chain(&simulation.figures).any(Fan::is_drawn) {
        return None;
    }
    let root = (simulation.samples as f64).sqrt();
    let percent = |share: f64| number::compact((share * 1e4).round() / 1e2);
    let known = format!(
        "A mean is known to ± {}% of the deviation beside it, a share of the samples to ± {}% at most: a standard error each",
        percent(1.0 / root),
        percent(0.5 / root),
    );
    Some(match simulation.sampling.as_str() {
        "random" => format!("{known}."),
        _ => format!("{known} of independent draws, which is more than {} needs as a rule.", simulation.sampling),
    })
}

/// The figures that are the same in every sample.
pub(super) fn certain(simulation: &Simulation) -> Option<String> {
    let names: Vec<String> = simulation.fans.iter().filter(|fan| !fan.is_drawn()).map(|fan| fan.title.clone()).collect();
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

/// `1 sample`, `10,000 samples`
pub(super) fn counted(count: u64, what: &str) -> String {
    let digits = count.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    format!("{out} {what}{}", if count == 1 { "" } else { "s" })
}

/// The mean, the deviation and the value at each share; of a condition the part of the samples in which it holds.
pub(super) fn texts(fan: &Fan, spread: &Spread) -> Vec<String> {
    let sign = if fan.unit == "%" { "%" } else { "" };
    let values: Vec<&Value> = [&spread.mean, &spread.deviation].into_iter().chain(&spread.shares).collect();
    match fan.sort {
        Sort::Number => {
            let numbers: Vec<Option<f64>> = values.iter().map(|value| value.number()).collect();
            let written = number::row(&numbers).into_iter().zip(&values);
            written.map(|(text, value)| text.map_or_else(|| word(value), |text| text + sign)).collect()
        }
        Sort::Condition => vec![spread.probability().map_or_else(|| "–".to_owned(), percent)],
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

/// A part of the samples: `3.2%`, `< 0.1%`.
pub(super) fn percent(share: f64) -> String {
    match share * 100.0 {
        small if small > 0.0 && small < 0.01 => "< 0.01%".to_owned(),
        large if large > 99.99 && large < 100.0 => "> 99.99%".to_owned(),
        share => format!("{}%", number::compact((share * 100.0).round() / 100.0)),
    }
}

/// In which samples there is nothing: `never in 3.2%`.
pub(super) fn absent(fan: &Fan, spread: &Spread) -> String {
    let blank = spread.blank().filter(|share| *share > 0.0 && fan.sort != Sort::Condition);
    let word = if fan.sort == Sort::Date { "never" } else { "blank" };
    blank.map_or_else(String::new, |share| format!("{word} in {}", percent(share)))
}

fn word(value: &Value) -> String {
    value.word().unwrap_or("–").to_owned()
}
