//! JSON: what programs may rely on; blanks are null, and digits read back as the same number.

use crate::report::{
    Answer, Breach, Drawn, Driver, Evaluation, Moment, Report, Requirement, Scalar, Series, Shown, Spread, Value as Figure,
    number,
};
use serde_json::{Map, Number, Value, json};

/// The version of what these objects hold; it rises when a key changes its meaning.
pub const SCHEMA: u32 = 1;

/// A report as one object.
#[must_use]
pub fn json(report: &Report) -> String {
    let series: Map<String, Value> = report.series.iter().map(|one| (one.path.clone(), series(one))).collect();
    let scalars: Map<String, Value> = report.scalars.iter().map(|one| (one.path.clone(), scalar(one))).collect();
    let requirements: Vec<Value> = report.requirements.iter().map(requirement).collect();
    text(&json!({
        "schema": SCHEMA,
        "model": report.name,
        "title": report.title,
        "periods": report.periods,
        "series": series,
        "scalars": scalars,
        "requirements": requirements,
        "scenario": report.scenario,
        "samples": report.drawn.as_ref().map(drawn),
    }))
}

/// The values of expressions as a list.
#[must_use]
pub fn evaluations(evaluations: &[Evaluation]) -> String {
    text(&Value::Array(evaluations.iter().map(evaluation).collect()))
}

pub(super) fn text(value: &Value) -> String {
    // A tree of strings and finite numbers always has a text.
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}

pub(super) fn figure(value: &Figure) -> Value {
    match value {
        Figure::Number(number) => digits(*number),
        Figure::Condition(holds) => Value::Bool(*holds),
        Figure::Date(text) | Figure::Choice(text) => Value::String(text.clone()),
        Figure::Blank | Figure::Fault => Value::Null,
    }
}

/// Whole numbers without a fraction of zero: `49`, not `49.0`.
pub(super) fn digits(number: f64) -> Value {
    let whole = number.fract() == 0.0 && number.abs() < 1e15;
    if whole { json!(number as i64) } else { Number::from_f64(number).map_or(Value::Null, Value::Number) }
}

fn series(series: &Series) -> Value {
    json!({
        "unit": series.unit,
        "kind": series.kind.word(),
        "title": series.title,
        "values": series.values.iter().map(figure).collect::<Vec<_>>(),
    })
}

fn scalar(scalar: &Scalar) -> Value {
    json!({
        "unit": scalar.value.unit,
        "kind": scalar.kind.word(),
        "title": scalar.title,
        "value": figure(&scalar.value.value),
    })
}

pub(super) fn requirement(requirement: &Requirement) -> Value {
    let breach = requirement.breaches.first();
    let first = breach.and_then(|breach| breach.first.as_ref());
    let value = first.and_then(|moment| moment.value.as_ref());
    json!({
        "text": requirement.text,
        "message": requirement.message,
        "status": requirement.status.word(),
        "first": first.and_then(|moment| moment.period.clone()),
        "worst": breach.and_then(|breach| breach.worst.as_ref()).and_then(|moment| moment.period.clone()),
        "value": value.map(|shown| figure(&shown.value)),
        "bound": first.and_then(|moment| moment.bound.as_ref()).map(|shown| figure(&shown.value)),
        "unit": value.map(|shown| shown.unit.clone()),
        "scenario": breach.and_then(|breach| breach.scenario.clone()),
        "reason": breach.and_then(|breach| breach.reason.clone()),
        "instance": requirement.instance,
        "confidence": requirement.confidence,
        "chance": requirement.chance.as_ref().map(|chance| json!({ "scenario": chance.scenario, "share": chance.share, "error": chance.error })),
        "breaches": requirement.breaches.iter().map(breached).collect::<Vec<_>>(),
    })
}

fn breached(breach: &Breach) -> Value {
    json!({
        "scenario": breach.scenario,
        "reason": breach.reason,
        "first": breach.first.as_ref().map(moment),
        "worst": breach.worst.as_ref().map(moment),
        "missed": breach.missed.0,
        "periods": breach.missed.1,
        "drivers": breach.drivers.iter().map(driver).collect::<Vec<_>>(),
    })
}

fn moment(moment: &Moment) -> Value {
    json!({
        "period": moment.period,
        "value": moment.value.as_ref().map(shown),
        "bound": moment.bound.as_ref().map(shown),
    })
}

fn driver(driver: &Driver) -> Value {
    json!({ "path": driver.path, "input": shown(&driver.input), "effect": shown(&driver.effect) })
}

pub(super) fn shown(shown: &Shown) -> Value {
    json!({ "value": figure(&shown.value), "unit": shown.unit })
}

fn evaluation(evaluation: &Evaluation) -> Value {
    match &evaluation.answer {
        Answer::Once(value) => json!({ "expr": evaluation.expr, "unit": evaluation.unit, "value": figure(value) }),
        Answer::Series { periods, values } => json!({
            "expr": evaluation.expr,
            "unit": evaluation.unit,
            "periods": periods,
            "values": values.iter().map(figure).collect::<Vec<_>>(),
        }),
        Answer::Spread { periods, spreads } => {
            let told: Vec<Value> = spreads.iter().map(|spread| of_samples(spread, &[0.05, 0.5, 0.95])).collect();
            match told.as_slice() {
                [only] if periods.is_empty() => json!({ "expr": evaluation.expr, "unit": evaluation.unit, "samples": only }),
                _ => json!({ "expr": evaluation.expr, "unit": evaluation.unit, "periods": periods, "samples": told }),
            }
        }
    }
}

/// The samples behind what is told.
pub(super) fn drawn(drawn: &Drawn) -> Value {
    json!({ "n": drawn.count, "asked": drawn.asked, "seed": drawn.seed, "sampling": drawn.sampling, "within": digits(drawn.within) })
}

/// How a value is spread, with the value at each share under a name such as `p5`.
pub(super) fn of_samples(spread: &Spread, shares: &[f64]) -> Value {
    let mut told = Map::new();
    told.insert("n".to_owned(), json!(spread.count));
    told.insert("blanks".to_owned(), json!(spread.blanks));
    told.insert("faults".to_owned(), json!(spread.faults));
    told.insert("mean".to_owned(), figure(&spread.mean));
    told.insert("deviation".to_owned(), figure(&spread.deviation));
    told.insert("error".to_owned(), figure(&spread.error));
    for (at, share) in shares.iter().enumerate() {
        let name = format!("p{}", number::plain(share * 100.0));
        told.insert(name, spread.shares.get(at).map_or(Value::Null, figure));
    }
    Value::Object(told)
}
