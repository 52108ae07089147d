//! Trace: where a value comes from, as a tree on a terminal, a list in a document, or an object.

mod json;
mod markdown;
mod tree;

pub use markdown::markdown;
pub use tree::trace;

use super::decision::Form;
use super::json::text;
use super::split;
use crate::report::{Explanation, OverSpan, Rest, Shown, Trace, Usage, Value, number};
use serde_json::json;

/// The tree of a figure, and under a scenario why it is another.
#[must_use]
pub fn explanation(explanation: &Explanation, form: Form) -> String {
    let Explanation { name, title, scenario, tree, against } = explanation;
    let told = match form {
        Form::Table(style) => trace(tree, style),
        Form::Markdown => markdown(tree),
        Form::Json | Form::Csv => {
            let against = against.as_ref().map(split::against_json);
            return text(&json!({"schema": 1, "model": name, "title": title, "scenario": scenario, "cell": json::json(tree), "against_base": against}));
        }
    };
    let against = against.as_ref().map(|against| split::against(against, scenario.as_deref().unwrap_or_default(), form));
    against.map_or(told.clone(), |against| format!("{told}\n{against}"))
}

/// `+ buyers in 2027-03: 1234.5 company, adds 60500 USD/month, 40% of the above`
fn head(node: &Trace, name: &str) -> String {
    let period = node.period.as_ref().map_or_else(String::new, |period| format!(" in {period}"));
    let value = match node.value.value {
        Value::Number(_) | Value::Condition(_) | Value::Date(_) | Value::Choice(_) => node.value.exact(),
        Value::Blank => "blank (–)".to_owned(),
        Value::Fault => "no value (!)".to_owned(),
    };
    let adds = node.adds.as_ref().map(Shown::exact).filter(|adds| !tells(node, adds));
    let adds = adds.map_or_else(String::new, |adds| format!(", adds {adds}"));
    let over_span = node.over_span.as_ref().filter(|over_span| over_span.amount().exact() != node.value.exact());
    let over_span = over_span.map_or_else(String::new, |over_span| match over_span {
        OverSpan::Average(average) => format!(", on average {}", average.exact()),
        OverSpan::Total(total) => format!(", in all {}", total.exact()),
    });
    let share = node.share.map_or_else(String::new, |share| format!(", {}% of the above", number::compact(share * 100.0)));
    // A number written out is its own value.
    let value = if node.path.is_none() && value == name { String::new() } else { format!(": {value}") };
    format!("{}{name}{period}{value}{adds}{over_span}{share}", sign(node.usage))
}

/// Whether sign and value say already what a term adds.
fn tells(node: &Trace, adds: &str) -> bool {
    let value = node.value.exact();
    match node.usage {
        Usage::Taken => adds.strip_prefix('-').is_some_and(|adds| adds == value) || value.strip_prefix('-').is_some_and(|value| adds == value) || adds == value,
        Usage::Read | Usage::Itself | Usage::Term | Usage::Factor | Usage::Divisor => adds == value,
    }
}

/// How a part is written before its name.
const fn sign(usage: Usage) -> &'static str {
    match usage {
        Usage::Read => "",
        Usage::Itself => "= ",
        Usage::Term => "+ ",
        Usage::Taken => "- ",
        Usage::Factor => "* ",
        Usage::Divisor => "/ ",
    }
}

const fn rest(rest: Rest) -> Option<&'static str> {
    match rest {
        Rest::Nothing => None,
        Rest::Above => Some("… shown above"),
        Rest::Otherwhen => Some("… as above, for another period"),
        Rest::Deeper => Some("… goes on below"),
    }
}
