//! A trace as an object.

use super::super::json::{figure, shown};
use crate::report::{OverSpan, Rest, Trace};
use serde_json::{Value as Json, json};

/// The tree: a node a value, its parts in `parts`.
#[must_use]
pub fn json(node: &Trace) -> Json {
    json!({
        "path": node.path,
        "equation": node.equation,
        "period": node.period,
        "value": figure(&node.value.value),
        "unit": node.value.unit,
        "role": node.usage.word(),
        "adds": node.adds.as_ref().map(shown),
        "over_span": node.over_span.as_ref().map(over_span),
        "share": node.share,
        "file": node.place.file,
        "line": node.place.line,
        "doc": node.doc,
        "parts": node.parts.iter().map(json).collect::<Vec<_>>(),
        "rest": rest(node.rest),
    })
}

fn over_span(over_span: &OverSpan) -> Json {
    let amount = over_span.amount();
    json!({"kind": over_span.word(), "value": figure(&amount.value), "unit": amount.unit})
}

const fn rest(rest: Rest) -> Option<&'static str> {
    match rest {
        Rest::Nothing => None,
        Rest::Above => Some("above"),
        Rest::Otherwhen => Some("other period"),
        Rest::Deeper => Some("deeper"),
    }
}
