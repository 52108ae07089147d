//! Two values side by side that are no product: a word of everyday speech, or a clause in another order.

use crate::diagnostic::{Code, Diagnostic, Edit, Fix};
use crate::text::Location;

/// `5% of revenue`; `gap` is all that stands between the share and what it is of.
pub fn of(at: Location, gap: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0034"), "a share of something is a product", at, "`of` is no word of the language").fix("write `*`", gap, " * ")
}

/// `require cash > 0 USD after 2027-01`
pub fn range_word(at: Location, date: Location, word: &str, ours: &str) -> Diagnostic {
    Diagnostic::error(Code("BIZ0034"), format!("`{word}` is no word of a requirement"), at, "not a part of what stands before it")
        .also(date, "a date")
        .help("the range of a requirement is written `from 2027-01`, `until 2027-12` or both; the ends belong to it")
        .fix(format!("write `{ours}`"), at, ours)
}

/// `require margin between 20% and 60%`; `whole` reaches up to `and`.
pub fn between(at: Location, whole: Location, text: &str) -> Diagnostic {
    Diagnostic::error(Code("BIZ0034"), "comparisons chain: `20% <= margin <= 60%`", at, "no word of a condition").fix(format!("write `{text}`"), whole, text)
}

/// `USD/M token`
pub fn scale_without_number(at: Location, scale: &str, unit: &str) -> Diagnostic {
    Diagnostic::error(Code("BIZ0060"), format!("`{scale}` needs a number before it"), at, "a scale stands directly behind digits")
        .fix(format!("write `/1{scale} {unit}`"), at, format!("1{scale}"))
}

/// `~ normal(5k, 500) USD/month`
pub fn unit_behind_draw(at: Location, whole: Location, mend: Option<&str>) -> Diagnostic {
    let mistake = Diagnostic::error(Code("BIZ0034"), "a distribution has the unit of its parameters", at, "no unit stands behind it");
    match mend {
        Some(mend) => mistake.fix(format!("write `{mend}`"), whole, mend),
        None => mistake.help("write the unit behind each parameter that is an amount: `lognormal(median: 60 USD, sigma: 0.2)`"),
    }
}

/// `with confidence 90%`
pub fn confidence_turned(at: Location, level: &str) -> Diagnostic {
    Diagnostic::error(Code("BIZ0034"), "the level stands before `confidence`", at, "the wrong way round")
        .fix(format!("write `{level} confidence`"), at, format!("{level} confidence"))
}

/// `in scenario lean`
pub fn in_scenario(at: Location, whole: Location, name: &str) -> Diagnostic {
    Diagnostic::error(Code("BIZ0034"), "behind `in` stands the name of a scenario alone", at, "not needed")
        .fix(format!("write `in {name}`"), whole, name)
}

/// `a if c else b`; the mend is its place and the text up to `else`.
pub fn if_behind(at: Location, mend: Option<(Location, &str)>) -> Diagnostic {
    let mistake = Diagnostic::error(Code("BIZ0034"), "`if` stands before the values that it chooses from", at, "a value stands before it")
        .help("a choice is written `if CONDITION then VALUE else VALUE`");
    match mend {
        Some((whole, text)) => mistake.fix("put the condition first", whole, text),
        None => mistake,
    }
}

/// `require cash > 0 USD`, where an expression is asked for.
pub fn no_expression(at: Location, word: &str) -> Diagnostic {
    Diagnostic::error(Code("BIZ0034"), format!("`{word}` begins a line of its own"), at, "an expression is wanted here")
        .help("to see whether the condition holds, write it alone; to require it, begin a new line of the model with it")
}

/// `~ 1% to 3% each month`
pub fn each(at: Location, word: &str) -> Diagnostic {
    Diagnostic::error(Code("BIZ0031"), "what is drawn anew is drawn `each period`", at, format!("not `{word}`: the step is the model's"))
        .fix("write `period`", at, "period")
}

/// `USD 49`
pub fn currency_first(at: Location, amount: &str) -> Diagnostic {
    Diagnostic::error(Code("BIZ0034"), "a currency stands behind its number, like every unit", at, "the wrong way round")
        .fix(format!("write `{amount}`"), at, amount)
}

/// `price x 3`; `gap` is all that stands between the two values.
pub fn times(at: Location, gap: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0034"), "to multiply, write `*`", at, "no operator").fix("write `*`", gap, " * ")
}

/// `lowest cash`; `gap` and `end` are where the brackets belong.
pub fn call_without_brackets(at: Location, written: &str, gap: Location, end: Location) -> Diagnostic {
    let edits = vec![Edit { at: gap, text: "(".into() }, Edit { at: end, text: ")".into() }];
    let mistake = Diagnostic::error(Code("BIZ0034"), "what a function looks at stands in brackets", at, "a function");
    Diagnostic { fixes: vec![Fix { title: format!("write `{written}`"), edits }], ..mistake }
}

/// `growing by 3%/year`; `whole` is the word with the blank behind it.
pub fn growing_by(at: Location, whole: Location, word: &str) -> Diagnostic {
    Diagnostic::error(Code("BIZ0034"), "behind `growing` stands the rate alone", at, "not needed").fix(format!("take `{word}` out"), whole, "")
}

/// `rent grows 3%/year`
pub fn grows(at: Location, word: &str) -> Diagnostic {
    Diagnostic::error(Code("BIZ0034"), "what compounds is written `growing RATE`", at, format!("`{word}` is no word of the language"))
        .fix("write `growing`", at, "growing")
}
