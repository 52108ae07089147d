//! JSON: what programs may rely on of a simulation.

use crate::export::json::{SCHEMA, digits, drawn, of_samples, requirement, text};
use crate::report::{Fan, Simulation, Sort, Spread};
use serde_json::{Map, Value, json};

/// A simulation as one object.
#[must_use]
pub fn json(simulation: &Simulation) -> String {
    let shares = simulation.shares.as_slice();
    let series: Map<String, Value> = simulation.fans.iter().map(|fan| (name(fan), over_time(fan, shares))).collect();
    let scalars: Map<String, Value> = simulation.figures.iter().map(|fan| (name(fan), once(fan, shares))).collect();
    let periods = simulation.fans.iter().map(|fan| &fan.periods).max_by_key(|periods| periods.len());
    let requirements: Vec<Value> = simulation.requirements.iter().map(requirement).collect();
    text(&json!({
        "schema": SCHEMA,
        "model": simulation.name,
        "title": simulation.title,
        "samples": drawn(&simulation.drawn),
        "percentiles": shares.iter().map(|share| digits(super::words::number(*share))).collect::<Vec<_>>(),
        "periods": periods,
        "series": series,
        "scalars": scalars,
        "requirements": requirements,
        "scenario": simulation.scenario,
    }))
}

/// The path; an expression as written where there is none.
fn name(fan: &Fan) -> String {
    fan.path.clone().unwrap_or_else(|| fan.title.clone())
}

/// How a figure is spread; of a condition, in which part of the samples it holds.
fn spread(fan: &Fan, spread: &Spread, shares: &[f64]) -> Value {
    let mut told = of_samples(spread, shares);
    if let (Sort::Condition, Value::Object(told)) = (fan.sort, &mut told) {
        told.insert("probability".to_owned(), json!(spread.probability()));
    }
    told
}

fn over_time(fan: &Fan, shares: &[f64]) -> Value {
    let samples: Vec<Value> = fan.spreads.iter().map(|one| spread(fan, one, shares)).collect();
    json!({ "unit": fan.unit, "kind": fan.kind.word(), "title": fan.title, "samples": samples })
}

fn once(fan: &Fan, shares: &[f64]) -> Value {
    let samples = fan.spreads.first().map(|one| spread(fan, one, shares));
    json!({ "unit": fan.unit, "kind": fan.kind.word(), "title": fan.title, "samples": samples })
}
