//! Mistakes of goals.

use super::list;
use super::side::Side;
use crate::diagnostic::{Code, Diagnostic, Edit, Fix};
use crate::text::{Location, Span};

const CODE: Code = Code("BIZ0508");

/// Nothing, or too much, to vary.
pub(in crate::check) fn vary_count(name: &str, count: usize, most: usize, at: Location) -> Diagnostic {
    let wanted = if most == 1 { "one input" } else { "one or two inputs" };
    let message = match count {
        0 => format!("the goal `{name}` varies nothing"),
        _ => format!("the goal `{name}` varies {count} inputs"),
    };
    Diagnostic::error(CODE, message, at, format!("{wanted} may move")).help("write `vary price from 10 USD to 90 USD`")
}

/// No aim, or several.
pub(in crate::check) fn aim_count(name: &str, count: usize, at: Location) -> Diagnostic {
    let message = if count == 0 { format!("the goal `{name}` aims at nothing") } else { format!("the goal `{name}` has {count} aims") };
    Diagnostic::error(CODE, message, at, "one aim is wanted")
        .help("write `until CONDITION`, `maximize VALUE` or `minimize VALUE`; each aim is a goal of its own")
}

pub(in crate::check) fn varied_twice(name: &str, at: Location) -> Diagnostic {
    Diagnostic::error(CODE, format!("`{name}` is varied twice"), at, "again here").help("delete one of the two lines")
}

/// What is varied is none of the model's inputs; `is` says what it is.
pub(in crate::check) fn no_input(name: &str, is: &str, at: Location, defined: Location, inputs: &[&str]) -> Diagnostic {
    let mistake = Diagnostic::error(CODE, format!("`{name}` {is}, and only an input can be varied"), at, "not an input").also(defined, "defined here");
    match inputs {
        [] => mistake.help(format!("an input is a number written out, `{name} = …`, growing or not; `--set {name}=…` puts one in its place")),
        [only] => mistake.help(format!("it comes from `{only}`")).fix(format!("vary `{only}`"), at, *only),
        [..] => {
            const MOST_NAMED: usize = 5;
            let more = if inputs.len() > MOST_NAMED { " and others" } else { "" };
            mistake.help(format!("inputs that it comes from: {}{more}", list(inputs.iter().take(MOST_NAMED))))
        }
    }
}

pub(in crate::check) fn not_named(name: &str, at: Location) -> Diagnostic {
    Diagnostic::error(CODE, format!("`{name}` is no figure of its own, and only an input can be varied"), at, "not an input")
        .help("name one figure: `price`, or of an instance, `plan.subscription`")
}

/// `dash` is what stands between two numbers.
pub(in crate::check) fn range(at: Location, dash: Option<Location>) -> Diagnostic {
    let mistake = Diagnostic::error(CODE, "what is varied has a range, `from A to B`", at, "not a range").help("write `from 10 USD to 90 USD`");
    match dash {
        Some(dash) => mistake.fix("write `to`", dash, " to "),
        None => mistake,
    }
}

pub(in crate::check) fn range_ends(at: Location) -> Diagnostic {
    Diagnostic::error(CODE, "the ends of the range are plain numbers, or names of such", at, "calculated").help("write them out")
}

pub(in crate::check) fn range_backwards(at: Location) -> Diagnostic {
    Diagnostic::error(CODE, "the range ends before it starts", at, "the wrong way round").help("write the lower end first")
}

pub(in crate::check) fn range_unit(name: &str, wanted: &str, side: &Side, at: Location, defined: Location) -> Diagnostic {
    let (text, unit) = (super::unit_text(wanted), super::unit_text(&side.unit));
    let mistake = Diagnostic::error(CODE, format!("`{name}` is {text}, but this end of its range is {unit}"), at, unit).also(defined, text);
    super::mends::complete(mistake, side, wanted)
}

/// `maximize cash > 0 USD`; `until` is where the words stand that would make it an aim to be met.
pub(in crate::check) fn condition_as_best(word: &str, at: Location, until: Option<Location>) -> Diagnostic {
    let mistake = Diagnostic::error(CODE, format!("`{word}` takes a figure, and this is a condition (yes or no)"), at, "a condition")
        .help(format!("`{word}` looks for the best value of a figure, `until` for where a condition begins to hold"));
    match until {
        Some(place) => mistake.fix("write `until`", place, "until "),
        None => mistake,
    }
}

/// `vary s.size`, where a kind says `size ~ 10 seat to 20 seat` and the instance nothing.
pub(in crate::check) fn uncertain_default(name: &str, slot: &str, owner: &str, kind: &str, at: Location, defined: Location) -> Diagnostic {
    Diagnostic::error(CODE, format!("`{name}` is uncertain, and only an input can be varied"), at, "not an input")
        .also(defined, format!("the default of {}", super::kinds::a(kind)))
        .help(format!("give `{owner}` a number of its own, in its braces: `{slot} = …`"))
}

pub(in crate::check) fn one_comparison(at: Location) -> Diagnostic {
    Diagnostic::error(CODE, "`until` takes one comparison of two figures", at, "not one comparison")
        .help("write `until final(cash) >= 0 USD`; several conditions are `require`s of `maximize … subject to requirements`")
}

/// A figure that has a value for every step; `names` are what may stand around it.
pub(in crate::check) fn changes(at: Location, flows: bool) -> Diagnostic {
    let ways: &[(&str, &str)] = if flows {
        &[("total", "the sum of all steps"), ("lowest", "the lowest of all steps"), ("final", "that of the last step")]
    } else {
        &[("lowest", "the lowest of all steps"), ("highest", "the highest"), ("final", "that at the end")]
    };
    let mistake = Diagnostic::error(CODE, "one figure is wanted here, and this has a value for every step", at, "a value for every step")
        .help("say which: `lowest(…)`, `final(…)`, `total(…)`, or that of a period, `x[2027]`");
    ways.iter().fold(mistake, |mut mistake, (name, what)| {
        let edit = |at: Span, text: String, file| Edit { at: Location::new(file, at), text };
        let before = edit(Span::new(at.span.start, at.span.start), format!("{name}("), at.file);
        let behind = edit(at.span.after(), ")".into(), at.file);
        mistake.fixes.push(Fix { title: format!("take {what}"), edits: vec![before, behind] });
        mistake
    })
}

pub(in crate::check) fn no_part(name: &str, at: Location, varied: Location) -> Diagnostic {
    Diagnostic::error(CODE, format!("`{name}` has no part in this, so varying it changes nothing"), at, "not affected")
        .also(varied, "varied here")
        .help("vary what it depends on")
}
