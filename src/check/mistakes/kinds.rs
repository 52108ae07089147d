//! Mistakes of kinds, instances and functions.

use super::list;
use crate::diagnostic::{Code, Diagnostic, Edit, Fix};
use crate::text::{Location, Span};

pub(in crate::check) fn open_slot(
    owner: &str,
    slot: &str,
    asker: Option<&str>,
    example: &str,
    at: Location,
    kind: Location,
) -> Diagnostic {
    let message = match asker {
        Some(asker) => format!("`{owner}` leaves `{slot}` open, which `{asker}` needs"),
        None => format!("`{owner}` leaves `{slot}` open"),
    };
    let mistake = Diagnostic::error(Code("BIZ0401"), message, at, format!("`{slot}` is not given"));
    let mistake = if kind == at { mistake } else { mistake.also(kind, "") };
    mistake.help(format!("give it in its braces: `{example}`"))
}

pub(in crate::check) fn no_value(name: &str, at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0401"), format!("`{name}` has no value"), at, "no `=` and no `~`")
        .help(format!("write `{name} = …`"))
}

pub(in crate::check) fn own_ancestor(name: &str, at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0402"), format!("kind `{name}` is built on itself"), at, "comes back to itself")
        .help("let one of them stand by itself, without `is`")
}

pub(in crate::check) fn long_chain(name: &str, most: u32, at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0608"), format!("`{name}` is built on more than {most} kinds"), at, "one too many")
        .help("let it stand on fewer: what they hold is written out in each")
}

pub(in crate::check) fn wrong_argument<'n>(
    function: &str,
    name: Option<(&str, Location)>,
    at: Location,
    known: impl Iterator<Item = &'n str>,
) -> Diagnostic {
    let known: Vec<&str> = known.collect();
    let message = match name {
        Some((name, _)) => format!("`{function}` has no parameter `{name}`, or has it already"),
        None => format!("`{function}` takes {} argument{}", known.len(), if known.len() == 1 { "" } else { "s" }),
    };
    let place = name.map_or(at, |(_, place)| place);
    let mistake = Diagnostic::error(Code("BIZ0403"), message, place, "one too many");
    let mistake = match name {
        Some((_, place)) => known.iter().fold(mistake, |mistake, ours| mistake.guess(1, format!("write `{ours}`"), place, *ours)),
        None => mistake,
    };
    mistake.help(match known.as_slice() {
        [] => format!("write `{function}()`"),
        // Spreadsheets take a number of digits.
        [only] if matches!(function, "round" | "floor" | "ceil") => {
            format!("its parameter is `{only}`; to hundredths, `{function}({only} * 100) / 100`")
        }
        [only] => format!("its parameter is `{only}`"),
        many => format!("its parameters are {}", list(many.iter())),
    })
}

pub(in crate::check) fn missing_argument(function: &str, parameter: &str, at: Location) -> Diagnostic {
    let bracket = at.span.end.saturating_sub(1);
    let before = Location::new(at.file, Span::new(bracket, bracket));
    let mistake = Diagnostic::error(Code("BIZ0403"), format!("`{function}` needs `{parameter}`"), at, "not given")
        .help(format!("add it: `{function}(…, {parameter}: …)`"));
    // What begins may well begin with nothing.
    if matches!(parameter, "from" | "initial") { mistake.guess(2, format!("begin with nothing: add `{parameter}: 0`"), before, format!(", {parameter}: 0")) } else { mistake }
}

/// `max(revenue)`
pub(in crate::check) fn nothing_to_compare(function: &str, over_time: &str, at: Location) -> Diagnostic {
    let name = Location::new(at.file, Span { end: at.span.start + function.len() as u32, ..at.span });
    Diagnostic::error(Code("BIZ0403"), format!("`{function}` compares several values, but this is one"), at, "one value")
        .help(format!("across time look with `{over_time}`; of several values write `{function}(a, b)`"))
        .fix(format!("across time, write `{over_time}(…)`"), name, over_time)
}

/// `max([4 USD, 9 USD])`
pub(in crate::check) fn list_to_compare(function: &str, over_list: &str, at: Location) -> Diagnostic {
    let name = Location::new(at.file, Span { end: at.span.start + function.len() as u32, ..at.span });
    Diagnostic::error(Code("BIZ0403"), format!("`{function}` compares several values, but this is a list"), at, "one list")
        .help(format!("of the values of a list take `{over_list}`"))
        .fix(format!("write `{over_list}(…)`"), name, over_list)
}

pub(in crate::check) fn table_arguments(given: usize, at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0403"), format!("a table is read at one quantity, but {given} are given"), at, "")
        .help("write `usage(90k token)`")
}

/// `period` is where the one argument stands, if that is a date: `revenue(2027)`; `called` is what stands before the brackets.
pub(in crate::check) fn not_callable(at: Location, called: Location, period: Option<Location>) -> Diagnostic {
    let mut mistake = Diagnostic::error(Code("BIZ0403"), "this can't be called", at, "neither a function nor a table");
    let between = |start: u32, end: u32| Location::new(at.file, Span::new(start, end));
    let Some(period) = period else { return mistake.help("to multiply, write `*`").fix("multiply", between(called.span.end, called.span.end), " * ") };
    let edits = vec![
        Edit { at: between(called.span.end, period.span.start), text: "[".into() },
        Edit { at: between(period.span.end, at.span.end), text: "]".into() },
    ];
    mistake.fixes.push(Fix { title: "write `[…]`".into(), edits });
    mistake.help("the figure of a period is read in square brackets: `revenue[2027]`")
}

pub(in crate::check) fn calls_itself(name: &str, at: Location, declared: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0404"), format!("function `{name}` calls itself"), declared, "comes back to itself")
        .also(at, "called here")
        .help("functions are written out where they are called, so they can't go round; step through time with `opening` or `accumulate`")
}

pub(in crate::check) fn too_much_written_out(most: usize, at: Location) -> Diagnostic {
    let message = format!("written out, functions and columns come to more than {most} parts");
    Diagnostic::error(Code("BIZ0608"), message, at, "grows beyond the limit")
        .help("functions that call others several times multiply, and so do sums over a kind in each of its instances; give the common part a name of its own")
}

pub(in crate::check) fn not_nested_here(kind: &str, owner: &str, at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0407"), format!("{} can't stand inside {}", a(kind), a(owner)), at, "not here")
        .help(format!("put it outside of the braces, or give kind `{owner}` a slot for it: `items : many {kind}`"))
}

pub(in crate::check) fn outside(kind: &str, home: &str, at: Location) -> Diagnostic {
    let message = format!("{} stands in {}, and this one does not", a(kind), a(home));
    Diagnostic::error(Code("BIZ0416"), message, at, format!("not in {}", a(home)))
        .help(format!("put it in the braces of one: `{home} my_{home} {{ {kind} … }}`"))
}

/// `known` are the instances that would do.
pub(in crate::check) fn wrong_kind((slot, wanted): (&str, &str), (given, kind): (&str, &str), at: Location, known: &[String]) -> Diagnostic {
    let message = format!("`{slot}` is to be a {wanted}, but `{given}` is a {kind}");
    let mistake = Diagnostic::error(Code("BIZ0411"), message, at, format!("a {kind}")).help(format!("name a {wanted} here"));
    let few = known.iter().take(3).filter(|_| known.len() <= 3);
    few.fold(mistake, |mistake, name| mistake.fix(format!("write `{name}`"), at, name.clone()))
}

/// `known` are the instances that there are.
pub(in crate::check) fn instance_wanted(slot: &str, kind: &str, at: Location, known: &[String]) -> Diagnostic {
    let mistake = Diagnostic::error(Code("BIZ0411"), format!("`{slot}` is to be a {kind}"), at, format!("not a {kind}"))
        .help(format!("name one that is declared, such as `{slot} = my_{kind}` with `{kind} my_{kind} {{ … }}`"));
    let few = known.iter().take(3).filter(|_| known.len() <= 3);
    few.fold(mistake, |mistake, name| mistake.fix(format!("write `{name}`"), at, name.clone()))
}

pub(in crate::check) fn not_a_figure(what: &str, at: Location) -> Diagnostic {
    let help = match what {
        "a schedule" => "look across it: `sum(payments)`, `xnpv(payments, 9%/year)`",
        "a table" => "read it at a quantity: `usage(90k token)`",
        "an instance" => "name one of its figures: `smb.size`",
        "a kind" => "name one of its figures over all instances: `sum(product.revenue)`",
        _ => "figures are numbers, conditions and dates",
    };
    Diagnostic::error(Code("BIZ0214"), format!("a figure is wanted here, but this is {what}"), at, what.to_owned()).help(help)
}

pub(in crate::check) fn columns_of_two_kinds(first: Location, at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0217"), "these columns do not run over the same instances", at, "another number of instances")
        .also(first, "a column over one kind")
        .help("bring each to one value first: `sum(…)`")
}

pub(in crate::check) fn lists_of_two_lengths(known: usize, first: Location, given: usize, at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0217"), format!("{known} values meet {given}"), at, format!("{given} values"))
        .also(first, format!("{known} values"))
        .help("lists are paired value by value, so they have to be of one length; bring one to a single value first: `sum(…)`")
}

/// `before` of instances that nothing puts in a row.
pub(in crate::check) fn nothing_before(kind: &str, at: Location, second: Location) -> Diagnostic {
    Diagnostic::warning(Code("BIZ0420"), format!("`before` is blank for every `{kind}`"), at, "nothing is above")
        .also(second, "this stands at the top level, where the order of lines means nothing")
        .help(format!("put them in a row: a kind with a slot `… : many {kind}`, and an instance of it with these in its braces"))
}

pub(in crate::check) fn column_wanted(function: &str, at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0217"), format!("`{function}` looks across instances or a list, but this is one value"), at, "one value")
        .help("write a kind's figure: `product.revenue`, or a list: `[3 USD, 4 USD]`; across time look with `total`, `lowest`, `highest`, `average`, `final`; of several values take `max(a, b)`")
}

pub(in crate::check) fn member_wanted(function: &str, at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0217"), format!("`{function}` needs a figure of the instances"), at, "instances, not figures")
        .help("name the figure: `sum(product.revenue)`")
}

pub(in crate::check) fn wrong_content(slot: &str, wanted: &str, at: Location, stated: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0214"), format!("`{slot}` is to be a {wanted}"), at, format!("not a {wanted}"))
        .also(stated, format!("a {wanted} asked for here"))
        .help(match wanted {
            "table" => "write a table, such as `graduated { 50k token: 0 USD/token, beyond: 2 USD/token }`",
            _ => "write a text in quotes",
        })
}

pub(in crate::check) fn table_in_slot(slot: &str, at: Location, stated: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0214"), format!("`{slot}` is one figure, but this is a table"), at, "a table")
        .also(stated, "a figure asked for here")
        .help("read the table at a quantity, or take `step { date: value }` for a figure that changes by date")
}

/// `launch = "April 2026"`; `dates` are what the text may mean.
pub(in crate::check) fn text_for_date(slot: &str, at: Location, stated: Location, dates: &[String]) -> Diagnostic {
    let mistake = Diagnostic::error(Code("BIZ0214"), format!("`{slot}` is a date, but this is a text"), at, "a text")
        .also(stated, "a date asked for here")
        .help("a date is written without quotes: `2026-04-15`, `2026-04`");
    dates.iter().fold(mistake, |mistake, date| mistake.fix(format!("write `{date}`"), at, date.clone()))
}

/// `launch = "2026-02"`; `inside` is what the quotes hold.
pub(in crate::check) fn text_in_slot(slot: &str, at: Location, stated: Location, inside: &str) -> Diagnostic {
    let mistake = Diagnostic::error(Code("BIZ0214"), format!("`{slot}` is a figure, but this is a text"), at, "a text")
        .also(stated, "a figure asked for here")
        .help("take the quotes away");
    if inside.starts_with(|first: char| first.is_ascii_digit()) { mistake.fix(format!("write `{inside}`"), at, inside) } else { mistake }
}

/// A kind's name with its article: "an `equity_round`".
pub(super) fn a(kind: &str) -> String {
    let article = if kind.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" };
    format!("{article} `{kind}`")
}
