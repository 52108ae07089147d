//! CSV: a simulation in its long form, one row a figure, period and statistic.

use super::words;
use crate::export::csv::{digits, record};
use crate::report::{Fan, Simulation, Spread, Value, number};

/// `path,title,kind,unit,period,statistic,value`. A figure that is one value has no period, a blank no value.
#[must_use]
pub fn csv(simulation: &Simulation) -> String {
    let mut out = String::new();
    record(&mut out, &["path", "title", "kind", "unit", "period", "statistic", "value"]);
    for fan in simulation.fans.iter().chain(&simulation.figures) {
        for (at, spread) in fan.spreads.iter().enumerate() {
            let period = fan.periods.get(at).map_or("", String::as_str);
            for (statistic, unit, value) in statistics(fan, spread, &simulation.shares) {
                let path = fan.path.as_ref().unwrap_or(&fan.title);
                record(&mut out, &[path, &fan.title, fan.kind.word(), unit, period, &statistic, &value]);
            }
        }
    }
    out
}

/// Each statistic with its unit and value.
fn statistics<'a>(fan: &'a Fan, spread: &Spread, shares: &[f64]) -> Vec<(String, &'a str, String)> {
    let count = |name: &str, count: u64| (name.to_owned(), "", count.to_string());
    let value = |name: &str, unit: &'a str, value: &Value| (name.to_owned(), unit, digits(value));
    let mut rows = vec![count("n", spread.count), count("blanks", spread.blanks), count("faults", spread.faults)];
    rows.push(value("mean", &fan.unit, &spread.mean));
    rows.push(value("deviation", &fan.apart, &spread.deviation));
    rows.push(value("error", &fan.apart, &spread.error));
    for (at, share) in shares.iter().enumerate() {
        rows.push(value(&words::key(*share), &fan.unit, spread.shares.get(at).unwrap_or(&Value::Blank)));
    }
    if fan.sort == crate::report::Sort::Condition {
        rows.push(("probability".to_owned(), "", spread.probability().map_or_else(String::new, number::shortest)));
    }
    rows
}
