//! Remarks of lints, and what is wrong with the comments that turn them off.

use crate::diagnostic::{Code, Diagnostic, Edit, Fix, explain};
use crate::text::Location;

/// A number that is given a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::check) struct Naming {
    /// The name.
    pub name: String,
    /// The definition, with its line break.
    pub line: String,
    /// Where it goes.
    pub above: Location,
}

/// `orders = visits * 2.1%`
pub(in crate::check) fn buried(number: &str, path: &str, at: Location, naming: Option<&Naming>) -> Diagnostic {
    let mistake = Diagnostic::warning(Code("BIZ0801"), format!("`{number}` is buried in the equation of `{path}`"), at, "what is it?")
        .help("with a name it can be varied, explained and replaced in a scenario; or say in a `##` comment what it is");
    match naming {
        Some(Naming { name, line, above }) => {
            let edits = vec![Edit { at: *above, text: line.clone() }, Edit { at, text: name.clone() }];
            Diagnostic { fixes: vec![Fix { title: format!("name it `{name}`"), edits }], ..mistake }
        }
        None => mistake,
    }
}

/// `tax_base = revenue - costs`, and above `profit = revenue - costs`
pub(in crate::check) fn twice(path: &str, earlier: &str, at: Location, earlier_at: Location) -> Diagnostic {
    Diagnostic::warning(Code("BIZ0802"), format!("`{path}` is the same equation as `{earlier}`"), at, "written twice")
        .also(earlier_at, "first here")
        .help("when one is changed the other stays behind")
        .fix(format!("write `{path} = {earlier}`"), at, earlier)
}

/// `c = b`, where `b = a`
pub(in crate::check) fn alias(path: &str, middle: &str, figure: &str, at: Location, middle_at: Location) -> Diagnostic {
    Diagnostic::warning(Code("BIZ0803"), format!("`{path}` is `{middle}`, which is `{figure}`"), at, "a name for a name")
        .also(middle_at, format!("only another name for `{figure}`"))
        .help("name the figure itself, so that a reader has one step to go")
        .fix(format!("write `{path} = {figure}`"), at, figure)
}

/// `growth = 3%/year` that nothing reads; `meant` is an input of the prelude with a name like it.
pub(in crate::check) fn unused(path: &str, at: Location, meant: Option<&str>) -> Diagnostic {
    let mistake = Diagnostic::warning(Code("BIZ0804"), format!("nothing reads `{path}`"), at, "an input without effect");
    match meant {
        Some(meant) => mistake.help(format!("did you mean `{meant}`?")).fix(format!("write `{meant}`"), at, meant),
        None => mistake.help("use it where it was meant, or take it out: whoever changes it will wonder why nothing moves"),
    }
}

/// `kind line { price : USD, weight : kg = 0 }`, where nothing asks for the weight
pub(in crate::check) fn unused_slot(kind: &str, slot: &str, at: Location) -> Diagnostic {
    Diagnostic::warning(Code("BIZ0804"), format!("nothing reads `{slot}` of {}", super::kinds::a(kind)), at, "a slot without effect")
        .help("use it in an equation of the kind, or take it out: whoever fills it will wonder why nothing moves")
}

/// `fn fee(x, y) = 2 * x`
pub(in crate::check) fn unused_parameter(function: &str, parameter: &str, at: Location) -> Diagnostic {
    Diagnostic::warning(Code("BIZ0804"), format!("`{function}` does not read `{parameter}`"), at, "a parameter without effect")
        .help("use it where it was meant, or take it out here and where the function is called")
}

/// `unit seat`, in which nothing is counted
pub(in crate::check) fn unused_unit(unit: &str, at: Location) -> Diagnostic {
    Diagnostic::warning(Code("BIZ0804"), format!("nothing is counted in `{unit}`"), at, "a unit without use")
        .help("give the numbers that it was meant for their unit, or take it out")
}

/// An instance in whose braces another can be named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::check) struct Home {
    /// Its path.
    pub path: String,
    /// What names the other there.
    pub edit: Edit,
}

/// `channel online { … }` at the top level, where no product names it. The slot is that of an `owner`, and perhaps one for many.
pub(in crate::check) fn idle(kind: &str, name: Option<&str>, owner: &str, (slot, many): (&str, bool), at: Location, homes: Vec<Home>) -> Diagnostic {
    let (called, own) = (name.map_or_else(|| super::kinds::a(kind), |name| format!("{kind} `{name}`")), name.unwrap_or("…"));
    let owner = super::kinds::a(owner);
    let help = match (name, many) {
        (Some(_), true) => format!("put it in the braces of {owner}, or name it there: `{slot} = [{own}]`"),
        (None, true) => format!("put it in the braces of {owner}"),
        (_, false) => format!("name it in the braces of {owner}, `{slot} = {own}`, or take it out"),
    };
    let mistake = Diagnostic::warning(Code("BIZ0419"), format!("{called} counts nowhere"), at, "nothing names it").help(help);
    homes.into_iter().fold(mistake, |mut mistake, home| {
        mistake.fixes.push(Fix { title: format!("name it in `{}`", home.path), edits: vec![home.edit] });
        mistake
    })
}

/// `growth = 3%/year` without `## Source: …`
pub(in crate::check) fn undocumented(path: &str, at: Location) -> Diagnostic {
    Diagnostic::warning(Code("BIZ0805"), format!("no comment says where `{path}` comes from"), at, "an input without a `##` comment")
        .help("write its source, or that it is assumed, behind it or above it: `## counted in 2025`")
}

/// `if a then (if b then (if c then …`
pub(in crate::check) fn deep_if(depth: u32, at: Location) -> Diagnostic {
    Diagnostic::warning(Code("BIZ0806"), format!("`if` stands {depth} deep"), at, "holds an `if` that holds an `if`")
        .help("give the inner one a name of its own, or join the conditions by `and`")
}

/// `if a then 1 else if b then 2 else …`
pub(in crate::check) fn long_if(conditions: usize, at: Location) -> Diagnostic {
    Diagnostic::warning(Code("BIZ0806"), format!("`if` has {conditions} conditions in a row"), at, "hard to see which holds")
        .help("by date write `step { 2026-01: … }`, by quantity a table such as `stairstep { 10 seat: …, beyond: … }`; else name parts of it")
}

/// An input to which every scenario gives a higher value, or every one a lower.
pub(in crate::check) fn overridden(path: &str, way: &str, equal: bool, at: Location) -> Diagnostic {
    let (value, help) = if equal {
        ("the same", "if that is what is expected, write it here and leave it out of the scenarios")
    } else {
        ("a", "if that is what is expected, write such a value here, so that the model itself shows it")
    };
    Diagnostic::warning(Code("BIZ0807"), format!("every scenario gives `{path}` {value} {way} value"), at, "no scenario keeps this value")
        .help(help)
}

/// `scenario dear { price = 9 USD }`, where the model has `price = 9 USD` as well; `own` is where.
pub(in crate::check) fn unchanged(path: &str, at: Location, own: Option<Location>) -> Diagnostic {
    let mistake = Diagnostic::warning(Code("BIZ0808"), format!("this replaces `{path}` by what it is already"), at, "changes nothing")
        .help("write another value, or leave the line out");
    match own {
        Some(own) => mistake.also(own, "the same here"),
        None => mistake,
    }
}

/// `fee * seats / seats`, `revenue - revenue`
pub(in crate::check) fn cancelled(taken: Location, given: Location) -> Diagnostic {
    Diagnostic::warning(Code("BIZ0808"), "this takes back what stands beside it, and both change nothing", taken, "taken back")
        .also(given, "the same here")
        .help("leave both out, or write what was meant in place of one")
}

/// `if busy then 5 else 5`
pub(in crate::check) fn one_value(at: Location) -> Diagnostic {
    Diagnostic::warning(Code("BIZ0808"), "every branch is the same, so the condition decides nothing", at, "one value in any case")
        .help("write what the other branch is to be, or the value alone")
}

/// `if x > 5 then 1 else if x > 10 then 2 else 3`
pub(in crate::check) fn never_taken(later: Location, earlier: Location, fix: Option<Fix>) -> Diagnostic {
    let mistake = Diagnostic::warning(Code("BIZ0808"), "this branch is never taken: an earlier one takes all that it is for", later, "holds only where the other does")
        .also(earlier, "asked first");
    Diagnostic { fixes: fix.into_iter().collect(), ..mistake }
}

/// `# allow BIZ0801`
pub(in crate::check) fn allow_without_reason(at: Location, reason: &str) -> Diagnostic {
    let behind = Location::new(at.file, at.span.after());
    Diagnostic::warning(Code("BIZ0810"), "this turns a warning off without a reason", at, "why?")
        .help("write the reason behind a colon: `# allow BIZ0801: the rate is fixed by law`")
        .fix("add a reason", behind, reason)
}

/// `# allow BIZ0201: …`, `# allow BIZ0899: …`; `meant` is the code of a warning that stands there.
pub(in crate::check) fn not_allowable(code: &str, at: Location, meant: Option<&str>) -> Diagnostic {
    let (message, label) = match explain::title(code) {
        Some(_) => (format!("`{code}` is nothing that a comment can turn off"), "only warnings before a run can be"),
        None => (format!("there is no warning `{code}`"), "not a code"),
    };
    let mistake = Diagnostic::warning(Code("BIZ0811"), message, at, label);
    match meant {
        Some(meant) => mistake.fix(format!("write `{meant}`, which is told of here"), at, meant),
        None => mistake.help("warnings that can be turned off have a code in their first line, such as `warning[BIZ0801]`"),
    }
}

/// `# allow BIZ0801: …` where there is no such warning
pub(in crate::check) fn allows_nothing(code: &str, at: Location, comment: Option<Location>) -> Diagnostic {
    let mistake = Diagnostic::warning(Code("BIZ0812"), format!("there is no `{code}` here to turn off"), at, "turns nothing off")
        .help("it speaks of its own line, or, alone on a line, of the next: what it was for may have been mended");
    match comment {
        Some(comment) => mistake.fix("take the comment out", comment, ""),
        None => mistake,
    }
}
