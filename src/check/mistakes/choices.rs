//! Mistakes of choices: something that is none of the options.

use super::{did_you_mean, list};
use crate::diagnostic::{Code, Diagnostic};
use crate::text::Location;

/// A name that is no option; `what` is the slot, the parameter or what it is compared with.
pub(in crate::check) fn no_option(what: &str, name: &str, at: Location, options: &[String]) -> Diagnostic {
    let message = format!("`{name}` is no option of `{what}`");
    let mistake = Diagnostic::error(Code("BIZ0218"), message, at, "not an option").help(offered(options));
    did_you_mean(mistake, name.trim_matches('"'), at, options.iter().map(|option| (option.as_str(), 0)))
}

/// A value that is no choice.
pub(in crate::check) fn option_wanted(what: &str, given: &str, at: Location, options: &[String]) -> Diagnostic {
    Diagnostic::error(Code("BIZ0218"), format!("`{what}` is a choice, but this is {given}"), at, given.to_owned())
        .help(offered(options))
}

/// A choice between other options.
pub(in crate::check) fn other_options(what: &str, at: Location, options: &[String]) -> Diagnostic {
    Diagnostic::error(Code("BIZ0218"), format!("this choice has other options than `{what}`"), at, "other options")
        .help(offered(options))
}

fn offered(options: &[String]) -> String {
    format!("the options are {}", list(options.iter()))
}

/// `method < declining`
pub(in crate::check) fn without_order(at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0214"), "the options of a choice have no order", at, "compared by size")
        .help("compare a choice with `==` or `!=`")
}
