//! Lines that do not fit the form of what they declare, or the place they stand in.

use super::{after, before, short};
use crate::diagnostic::suggest::nearest;
use crate::diagnostic::{Code, Diagnostic, Edit, Fix};
use crate::syntax::form::{Form, Place};
use crate::syntax::keywords::SETTINGS;
use crate::syntax::letters::word;
use crate::text::{Location, Span};

/// A line that breaks off: `require c with 90%`; `what` is missing.
pub fn word_missing(at: Location, what: &str, form: Form) -> Diagnostic {
    Diagnostic::error(Code("BIZ0031"), format!("{what} is missing"), at, "it belongs here").help(format!("it is written `{}`", form.example()))
}

/// `until = 3`
pub fn reserved(at: Location, name: &str) -> Diagnostic {
    Diagnostic::error(Code("BIZ0050"), format!("`{name}` is a word of the language and never a name"), at, "choose another name")
}

/// `2nd_rent = 3`, `unit-cost = 3`
pub fn not_a_name(at: Location, text: &str) -> Diagnostic {
    let mistake = Diagnostic::error(Code("BIZ0051"), format!("`{}` is not a name", short(text)), at, "not a name")
        .help("a name is made of letters of any script, digits and `_`, and begins with a letter");
    let joined = text.replace('-', "_");
    if joined != text && joined.starts_with(char::is_alphabetic) {
        return mistake.fix(format!("write `{joined}`"), at, joined);
    }
    mistake
}

/// `shop rent = 3`
pub fn several_words(at: Location, text: &str) -> Diagnostic {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mistake = Diagnostic::error(Code("BIZ0052"), "a name is one word", at, format!("{} words", words.len()));
    if let Some((_, name)) = words.split_first().filter(|(first, rest)| rest.len() == 1 && matches!(**first, "let" | "var" | "const" | "set" | "def")) {
        let name = name.join("_");
        return mistake.help("a definition needs no word before its name").fix(format!("write `{name}`"), at, name);
    }
    let joined = words.join("_");
    mistake.fix(format!("write `{joined}`"), at, joined)
}

/// `rent == 3`
pub fn two_equals(at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0053"), "`=` defines a name", at, "`==` compares two values").fix("write `=`", at, "=")
}

/// `rent : 2_000 USD`
pub fn colon_for_equals(at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0054"), "`:` states a unit, `=` gives the value", at, "a value follows, no unit").fix("write `=`", at, "=")
}

/// `rent 2_000 USD`; `gap` is where the `=` belongs, `None` if there is nothing but a name.
pub fn value_not_given(at: Location, text: &str, gap: Option<Location>) -> Diagnostic {
    let mistake = Diagnostic::error(Code("BIZ0055"), format!("`{}` is given no value", short(text)), at, "`=` is missing");
    match gap {
        Some(gap) => mistake.fix("add `=`", gap, " ="),
        None => mistake.help("a definition is written `rent = VALUE`, an instance `shop rent { … }`"),
    }
}

/// A name and nothing else, outside of a kind.
pub fn no_value(at: Location, name: &str) -> Diagnostic {
    Diagnostic::error(Code("BIZ0055"), format!("`{}` is given no value", short(name)), at, "`= VALUE` belongs behind this")
        .help("a definition is written `rent = VALUE`, an instance `shop rent { … }`")
}

/// A name and nothing else, in a kind.
pub fn bare_slot(at: Location, name: &str) -> Diagnostic {
    Diagnostic::error(Code("BIZ0055"), format!("the slot `{}` has neither a unit nor a value", short(name)), at, "nothing is said about it")
        .help("a slot is written `rent : USD/month`, an equation `rent = VALUE`")
}

/// `correlate rent wages by 0.6`
pub fn other_form(at: Location, text: &str, form: Form) -> Diagnostic {
    let example = form.example();
    let told = Diagnostic::error(Code("BIZ0056"), format!("`{}` does not fit the form of this line", short(text)), at, "does not fit")
        .help(format!("it is written `{example}`"));
    // What stands in capitals or in ticks is for the author to choose; the rest are the words of the form.
    let words = example.split(|sign: char| !sign.is_ascii_lowercase()).filter(|word| word.len() > 3);
    match nearest(text, words.map(|word| (word, 0))).as_slice() {
        [word] => told.fix(format!("write `{word}`"), at, *word),
        _ => told,
    }
}

/// `units seat`, `assert cash > 0 USD`
pub fn word_meant(at: Location, word: &str, meant: &str) -> Diagnostic {
    Diagnostic::error(Code("BIZ0056"), format!("no line begins with `{}`", short(word)), at, "not a word of the language")
        .help(format!("did you mean `{meant}`?"))
        .fix(format!("write `{meant}`"), at, meant)
}

/// `set churn = 4%/month` in a scenario; `gap` is the word with the blank behind it.
pub fn superfluous_word(at: Location, gap: Location, word: &str) -> Diagnostic {
    Diagnostic::error(Code("BIZ0056"), format!("a replacement needs no `{}` before it", short(word)), at, "not needed")
        .help("a scenario replaces definitions: `PATH = VALUE`")
        .fix("take it out", gap, "")
}

/// `scenario "Price war" { … }`: a title, and no name before it.
pub fn title_without_name(at: Location, name: &str, title: Location, form: Form) -> Diagnostic {
    let mistake = word_missing(at, "a name", form);
    match name {
        "" => mistake,
        // What could be a name was meant to be one.
        name if title.span.len() == name.len() as u32 + 2 => mistake.fix(format!("write `{name}`"), title, name),
        name => mistake.fix(format!("add `{name}`"), before(title), format!("{name} ")),
    }
}

/// `scenario slow from base_case { … }`
pub fn joining_word(at: Location, word: &str, ours: &str, form: Form) -> Diagnostic {
    Diagnostic::error(Code("BIZ0056"), format!("`{}` does not fit the form of this line", short(word)), at, "does not fit")
        .help(format!("it is written `{}`", form.example()))
        .fix(format!("write `{ours}`"), at, ours)
}

/// `test support { … }`, `pricing plan is { … }`
pub fn head_mended(at: Location, word: &str, form: Form, title: &str, place: Location, text: &str) -> Diagnostic {
    Diagnostic::error(Code("BIZ0056"), format!("`{}` does not fit the form of this line", short(word)), at, "does not fit")
        .help(format!("it is written `{}`", form.example()))
        .fix(title, place, text)
}

/// `require "why" C`; `gap` is the text with the blank behind it, `end` the end of the line.
pub fn message_first(at: Location, gap: Location, end: Location, text: &str) -> Diagnostic {
    let mistake = Diagnostic::error(Code("BIZ0056"), "what a requirement says stands behind its condition", at, "the wrong way round")
        .help(format!("it is written `{}`", Form::Require.example()));
    let edits = vec![Edit { at: gap, text: String::new() }, Edit { at: end, text: format!(" {text}") }];
    Diagnostic { fixes: vec![Fix { title: "put it behind".into(), edits }], ..mistake }
}

/// `correlate a and b by 0.6`; `gap` is the word with the blank before it.
pub fn joining_sign(at: Location, word: &str, gap: Location, form: Form) -> Diagnostic {
    Diagnostic::error(Code("BIZ0056"), format!("`{}` does not fit the form of this line", short(word)), at, "does not fit")
        .help(format!("it is written `{}`", form.example()))
        .fix("write `,`", gap, ",")
}

/// `fn f(x): x * 2`, `fn f(x) { x * 2 }`; `gap` is the sign with the blank before it.
pub fn body_without_equals(at: Location, sign: &str, gap: Location, closing: Option<Location>) -> Diagnostic {
    let mistake = Diagnostic::error(Code("BIZ0056"), format!("`{}` does not fit the form of this line", short(sign)), at, "does not fit")
        .help(format!("it is written `{}`", Form::Function.example()));
    let edits = std::iter::once(Edit { at: gap, text: " =".into() }).chain(closing.map(|at| Edit { at, text: String::new() }));
    Diagnostic { fixes: vec![Fix { title: "write `=`".into(), edits: edits.collect() }], ..mistake }
}

/// `vary x between a and b`
pub fn between_for_from(at: Location, and: Location, form: Form) -> Diagnostic {
    let mistake = Diagnostic::error(Code("BIZ0056"), "`between` does not fit the form of this line", at, "does not fit")
        .help(format!("it is written `{}`", form.example()));
    let edits = vec![Edit { at, text: "from".into() }, Edit { at: and, text: "to".into() }];
    Diagnostic { fixes: vec![Fix { title: "write `from … to …`".into(), edits }], ..mistake }
}

/// `unit seat, seats`; `gap` is all that stands between the names.
pub fn plural_apart(at: Location, gap: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0056"), "the plural of a unit stands behind `/`", at, "does not fit")
        .help(format!("it is written `{}`", Form::Unit.example()))
        .fix("write `/`", gap, " / ")
}

/// `fn f(a)` without a body.
pub fn function_without_body(at: Location, name: &str) -> Diagnostic {
    Diagnostic::error(Code("BIZ0056"), format!("the function `{}` has no body", short(name)), at, "`= VALUE` belongs behind this")
        .help(format!("it is written `{}`", Form::Function.example()))
}

/// `native fn f(a) = a`
pub fn native_with_body(at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0056"), "a `native` function has no body", at, "take out `native`, or the body")
}

/// `f(a) = a`
pub fn function_without_fn(at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0056"), "a function is declared with `fn`", at, "`fn` belongs before this").fix("add `fn`", before(at), "fn ")
}

/// A block behind a line that has none.
pub fn no_block(at: Location, form: Form) -> Diagnostic {
    Diagnostic::error(Code("BIZ0056"), "this line has no block", at, "nothing in braces belongs here")
        .help(format!("it is written `{}`", form.example()))
}

/// `kind shop` and no block.
pub fn head_without_block(at: Location, text: &str, form: Form) -> Diagnostic {
    Diagnostic::error(Code("BIZ0013"), format!("`{}` begins a block, but its `{{` is missing", short(text)), at, "`{` belongs behind this")
        .help(format!("it is written `{}`", form.example()))
        .fix("add a block", after(at), " { }")
}

/// `scenario lean { … }` in a kind.
pub fn misplaced(at: Location, text: &str, form: Form, place: Place) -> Diagnostic {
    let first = word(text);
    let settings = format!("a `model` holds its settings: {}", SETTINGS.map(|name| format!("`{name}`")).join(", "));
    let holds = match place {
        Place::File => "outside of braces stands everything but the lines of a test",
        Place::Model => settings.as_str(),
        Place::Kind => "a kind holds slots, equations, functions and requirements",
        Place::Instance => "an instance fills slots, replaces equations, and holds instances and requirements",
        Place::Scenario => "a scenario replaces definitions: `PATH = VALUE`",
        Place::Test => "a test holds `given NAME = VALUE`, `NAME = VALUE` and `expect VALUE == VALUE`",
        Place::Statement => "a statement holds the names of its rows",
    };
    let message = if place == Place::File {
        format!("`{}` stands only in a test", short(first))
    } else if form == Form::Instance {
        "an instance can't stand in this block".to_owned()
    } else {
        format!("`{}` can't stand in this block", short(first))
    };
    Diagnostic::error(Code("BIZ0057"), message, at, "not here").help(holds)
}

/// `metered.subscription = 3` outside of a scenario.
pub fn dotted(at: Location, place: Place) -> Diagnostic {
    let help = match place {
        Place::Test => "a test replaces with `given PATH = VALUE`",
        Place::File | Place::Model | Place::Kind | Place::Instance | Place::Scenario | Place::Statement => {
            "write it in the block of the instance, or in a scenario"
        }
    };
    let mistake = Diagnostic::error(Code("BIZ0057"), "a dotted name replaces a definition, which stands in a scenario", at, "not here").help(help);
    let before = Location::new(at.file, Span::new(at.span.start, at.span.start));
    if place == Place::Test { mistake.fix("add `given`", before, "given ") } else { mistake }
}

/// `require c from a from b`
pub fn clause_twice(at: Location, text: &str) -> Diagnostic {
    let first = word(text);
    let what = if first.is_empty() { "a second message".to_owned() } else { format!("`{}` a second time", short(text)) };
    Diagnostic::error(Code("BIZ0059"), what, at, "once at most").help(format!("it is written `{}`", Form::Require.example()))
}

/// `daily | monthly | daily`
pub fn option_twice(at: Location, name: &str) -> Diagnostic {
    Diagnostic::error(Code("BIZ0059"), format!("the option `{}` a second time", short(name)), at, "once at most")
        .help("each option of a choice stands once: `daily | monthly`")
}

/// `(rent) = 3`
pub fn begins_otherwise(at: Location, text: &str) -> Diagnostic {
    Diagnostic::error(Code("BIZ0061"), format!("a line can't begin with `{}`", short(text)), at, "not a name")
        .help("a line begins with a name: of what it defines, of a kind, or a word such as `unit`, `scenario` or `require`")
}

/// `data actuals = …`
pub fn later(at: Location, text: &str) -> Diagnostic {
    let first = word(text);
    Diagnostic::error(Code("BIZ0062"), format!("this version does not know `{}` yet", short(first)), at, "can't be read")
}
