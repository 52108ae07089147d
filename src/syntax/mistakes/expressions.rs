//! Expressions that are not complete, or hold what does not belong there.

use super::{after, before, short};
use crate::diagnostic::{Code, Diagnostic, Edit, Fix};
use crate::text::{Location, Span};

/// `**`, `&&`, `!x`
pub fn foreign_operator(at: Location, operator: &str, ours: Option<&str>) -> Diagnostic {
    let mistake = Diagnostic::error(Code("BIZ0020"), format!("`{operator}` is an operator of other languages"), at, "unknown");
    match ours {
        Some(ours) => mistake.fix(format!("write `{}`", ours.trim()), at, ours),
        None => mistake.help("the operators are `+ - * / ^`, `== != < <= > >=`, and the words `and`, `or`, `not`, `otherwise`"),
    }
}

/// `c ? a : b`
pub fn question_mark(at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0021"), "a choice is written `if CONDITION then VALUE else VALUE`", at, "`?` is unknown")
        .help("what replaces a blank is written `x otherwise y`")
}

/// `rent *` and nothing more; `what` stands before the gap.
pub fn value_missing(at: Location, what: &str) -> Diagnostic {
    Diagnostic::error(Code("BIZ0030"), format!("a value is missing behind `{}`", short(what)), after(at), "a number, a name or a formula belongs here")
}

/// A text without a single sign, where an expression is asked for.
pub fn nothing_written(at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0030"), "an expression is missing", at, "a number, a name or a formula belongs here")
}

/// `()`, or an operator without a left side.
pub fn value_missing_before(at: Location, what: &str) -> Diagnostic {
    Diagnostic::error(Code("BIZ0030"), format!("a value is missing before `{}`", short(what)), before(at), "a number, a name or a formula belongs here")
}

/// `step { 2026 }`
pub fn row_without_colon(at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0031"), "a row of a table is written `KEY: VALUE`", at, "`:` and a value belong here")
}

/// `if c then a`; `word` is the one that is missing.
pub fn if_incomplete(at: Location, opening: Location, word: &str) -> Diagnostic {
    let help = match word {
        "else" => "without `else` the value would be unknown where the condition does not hold",
        _ => "a choice is written `if CONDITION then VALUE else VALUE`",
    };
    Diagnostic::error(Code("BIZ0032"), format!("this `if` has no `{word}`"), at, format!("`{word}` belongs here")).also(opening, "the `if`").help(help)
}

/// `100 else 0`
pub fn word_without_if(at: Location, word: &str) -> Diagnostic {
    let mistake = Diagnostic::error(Code("BIZ0033"), format!("`{word}` stands without an `if`"), at, "no `if` waits for it")
        .help("a choice is written `if CONDITION then VALUE else VALUE`; what replaces a blank is written `x otherwise y`");
    if word == "else" { mistake.fix("write `otherwise`", at, "otherwise") } else { mistake }
}

/// `rent wages`; the names may be one of two words.
pub fn operator_missing(at: Location, left: Location, joined: Option<&str>) -> Diagnostic {
    let mistake = Diagnostic::error(Code("BIZ0034"), "an operator is missing between these values", left, "one value")
        .also(at, "and another");
    let gap = Location::new(at.file, Span::new(left.span.end, at.span.start));
    let mistake = mistake.help("to multiply, write `*`").fix("multiply them", gap, " * ");
    match joined {
        Some(joined) => {
            let whole = Location::new(at.file, left.span.join(at.span));
            mistake.fix(format!("if it is one name, write `{joined}`"), whole, joined)
        }
        None => mistake,
    }
}

/// `if sold = 500`
pub fn one_equals(at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0035"), "`==` compares two values", at, "`=` defines a name").fix("write `==`", at, "==")
}

/// `graduated { beyond = 2 USD/call }`
pub fn equals_for_colon(rows: &[Location]) -> Diagnostic {
    let at = rows.first().copied().unwrap_or_default();
    let edits = rows.iter().map(|at| Edit { at: *at, text: ":".into() }).collect();
    let mistake = Diagnostic::error(Code("BIZ0035"), "a row of a table is written `KEY: VALUE`", at, "`=` defines a name");
    Diagnostic { fixes: vec![Fix { title: "write `:`".into(), edits }], ..mistake }
}

/// `24k USD/month * growing 6%/year`; `star` is the operator with the blank behind it.
pub fn operator_before_growing(at: Location, star: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0030"), "`growing` stands behind what grows, without an operator", at, "not needed").fix("take it out", star, "")
}

/// `=revenue = sold * price`
pub fn formula_of_spreadsheets(at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0035"), "a line begins with a name, and not with `=`", at, "not needed").fix("take it out", at, "")
}

/// `f(x, from = 3)`; `place` is the sign with the blanks round it. What asks for a condition compares.
pub fn equals_for_argument(at: Location, place: Location, function: &str) -> Diagnostic {
    if matches!(function, "probability" | "when" | "count" | "sum") {
        return one_equals(at);
    }
    let mistake = Diagnostic::error(Code("BIZ0035"), "an argument is named with `:`", at, "`=` defines a name").fix("write `:`", place, ": ");
    // A reserved word can't be compared.
    if at == place { mistake } else { mistake.fix("to compare, write `==`", at, "==") }
}

/// `if c a else b`; `gap` is where the word belongs.
pub fn then_missing(mistake: Diagnostic, gap: Location) -> Diagnostic {
    mistake.fix("add `then`", gap, " then ")
}

/// `if c: a else: b`
pub fn colons_for_words(mistake: Diagnostic, then: Location, otherwise: Location) -> Diagnostic {
    let edits = vec![Edit { at: then, text: " then".into() }, Edit { at: otherwise, text: String::new() }];
    let mut mistake = mistake;
    mistake.fixes.push(Fix { title: "write `then`".into(), edits });
    mistake
}

/// `c ? a : b`; `start` is where the condition begins.
pub fn ternary(at: Location, start: Location, colon: Location) -> Diagnostic {
    let edits = vec![
        Edit { at: start, text: "if ".into() },
        Edit { at, text: "then".into() },
        Edit { at: colon, text: "else".into() },
    ];
    let mut mistake = question_mark(at);
    mistake.fixes.push(Fix { title: "write `if … then … else …`".into(), edits });
    mistake
}

/// `a > = b`
pub fn comparison_apart(at: Location, first: &str, gap: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0030"), format!("`{first}=` is written without a blank"), at, "one operator").fix("join them", gap, "")
}

/// `churn = +2%`; `whole` is the sign with the blank behind it.
pub fn plus(at: Location, whole: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0030"), "a number without `-` is positive: it needs no `+`", at, "nothing stands before it")
        .help("a scenario that adds to what is there writes `base + …`")
        .fix("take it out", whole, "")
}

/// `a to b to c`
pub fn three_ends(at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0039"), "`to` joins two ends", at, "a third one begins here")
        .help("behind `~` they are the ends of the 90% interval")
}

/// `3(a + b)`
pub fn not_callable(at: Location, value: Location, product: bool) -> Diagnostic {
    let mistake = Diagnostic::error(Code("BIZ0040"), "brackets behind something that is no function", at, "calls what stands before it")
        .also(value, "this can't be called");
    if !product {
        return mistake;
    }
    let gap = Location::new(at.file, Span::new(value.span.end, at.span.start));
    mistake.fix("multiply", gap, " * ")
}

/// `tariff = { 100 cup: 3 USD/cup }`
/// What the keys of a table are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keys {
    Dates,
    Others,
}

/// Braces, and no word before them that tells how the table is read; what has dates for keys is read by them.
pub fn table_without_form(at: Location, keys: Keys) -> Diagnostic {
    let mistake = Diagnostic::error(Code("BIZ0041"), "a table needs the word that tells how it is read", at, "the word belongs before this").help(
        "`step` and `linear` over dates; `graduated`, `volume`, `package` and `stairstep` over quantities; `curve` over an age; `discrete` and `mixture` for chances",
    );
    match keys {
        Keys::Dates => mistake.fix("read it by dates: write `step`", before(at), "step "),
        Keys::Others => ["graduated", "volume", "stairstep", "curve", "package", "discrete"].into_iter().fold(mistake, |mistake, form| {
            mistake.guess(1, format!("write `{form}`"), before(at), format!("{form} "))
        }),
    }
}

/// `2_000 + not c`
pub fn not_inside(at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0042"), "`not` can't stand behind an operator that binds tighter", at, "put this `not` and its value in brackets")
}

/// Anything else that does not fit.
pub fn unexpected(at: Location, text: &str) -> Diagnostic {
    let mistake = Diagnostic::error(Code("BIZ0042"), format!("`{}` can't stand here", short(text)), at, "neither an operator nor the end of the line");
    match text {
        "from" => mistake.help("`from` says from when a `require` holds; what grows from a date on is `x growing 3%/year since 2027-01`"),
        _ => mistake,
    }
}

/// A line that breaks off behind a whole value.
pub fn unexpected_end(at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0042"), "the line can't end here", at, "something is missing")
}

/// `f(1 2)`: the comma of a list is missing.
pub fn comma_missing(at: Location, left: Location) -> Diagnostic {
    let mut mistake = operator_missing(at, left, None);
    let place = after(left);
    mistake.fixes.push(Fix { title: "put a comma between them".into(), edits: vec![Edit { at: place, text: ",".into() }] });
    mistake
}

/// `rent = 2, 3`
pub fn comma_outside(at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0042"), "a comma can't stand here", at, "divides nothing")
        .help("commas divide arguments, the values of a list, and what stands in braces")
}
