//! Mistakes of money: two currencies together, and what one is worth in another.

use super::mends::complete;
use super::side::{Side, Spelt};
use super::units::differ;
use crate::diagnostic::{Code, Diagnostic};
use crate::text::Location;

/// Whether a rate leads from one currency to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::check) enum Rate {
    Declared,
    Missing,
}

/// `from` is the currency of the right side.
pub(in crate::check) fn currencies_mixed(left: &Side, right: &Side, from: &str, target: &str, rate: Rate) -> Diagnostic {
    let after = Location::new(right.at.file, right.at.span.after());
    let mistake = differ(Code("BIZ0207"), "two currencies", left, right)
        .help(format!("a currency turns into another only by a declared rate: write `… in {target}`, and `rate {from} = … {target}` at the top"));
    // Behind a quantity by which a price is read there is no money to turn.
    match (rate, &right.part) {
        (Rate::Declared, None) => mistake.fix(format!("write `in {target}`"), after, format!(" in {target}")),
        (Rate::Declared, Some(_)) | (Rate::Missing, _) => mistake,
    }
}

/// `rate EUR = 1.08`; `home` is the currency that may have been meant.
pub(in crate::check) fn rate_in_nothing(currency: &str, side: &Side, home: Option<&str>) -> Diagnostic {
    let message = format!("a rate says what one {currency} is worth in another currency, but this is {}", side.text());
    let other = home.unwrap_or(if currency == "USD" { "EUR" } else { "USD" });
    let mistake = Diagnostic::error(Code("BIZ0208"), message, side.at, side.label()).help(format!("write it in that one: `rate {currency} = … {other}`"));
    match home.filter(|_| side.unit.is_empty()) {
        Some(home) => complete(mistake, side, home),
        None => mistake,
    }
}

/// `rate EUR = 1.08 EUR/USD`
pub(in crate::check) fn rate_upside_down(currency: &str, other: &str, side: &Side) -> Diagnostic {
    let message = format!("a rate says what one {currency} is worth, but {} is what one {other} is worth", side.text());
    Diagnostic::error(Code("BIZ0208"), message, side.at, side.label())
        .help(format!("write `rate {other} = … {currency}`, or turn the number round: `rate {currency} = … {other}`"))
}

/// `rate EUR = -1.08 USD`, `rate EUR = 0 USD`
pub(in crate::check) fn rate_of_nothing(currency: &str, at: Location, sign: Option<Location>) -> Diagnostic {
    let mistake = Diagnostic::error(Code("BIZ0208"), format!("one {currency} is worth something: a rate lies above 0"), at, "not above 0");
    match sign {
        Some(sign) => mistake.fix("write it without the minus", sign, ""),
        None => mistake.help("write what one is worth, with its date and source"),
    }
}

/// `rate EUR = 1.08 USD` beside `rate USD = 0.9 EUR`: each currency of the circle, and where its rate stands.
pub(in crate::check) fn rates_in_a_circle(places: &[(String, Location)]) -> Option<Diagnostic> {
    let ((currency, at), others) = places.split_last()?;
    let message = format!("what one {currency} is worth follows from other rates already");
    let mistake = Diagnostic::error(Code("BIZ0208"), message, *at, "said a second time");
    let mistake = others.iter().fold(mistake, |mistake, (_, at)| mistake.also(*at, "it follows from this"));
    Some(mistake.help("leave it out: a rate is used in both directions, and through others"))
}

pub(in crate::check) fn no_rate(from: &str, to: &str, at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0208"), format!("no rate leads from {from} to {to}"), at, "not declared")
        .help(format!("declare it at the top, with its date and source: `rate {from} = 1.08 {to}`"))
}

pub(in crate::check) fn one_currency_wanted(side: &Side, at: Location) -> Diagnostic {
    let message = format!("`in` turns one currency into another, but this is {}", side.text());
    Diagnostic::error(Code("BIZ0208"), message, side.at, side.label())
        .also(at, "the currency asked for")
        .help("`in` stands right behind an amount of money; a whole product or sum is put in brackets: `(price * sold) in EUR`")
}

/// A value in another currency than the one wanted.
pub(in crate::check) fn other_currency(mistake: Diagnostic, side: &Side, from: &str, to: &str, rate: Rate) -> Diagnostic {
    let mistake = mistake.help(format!("turn it into {to} with `… in {to}`, by a declared `rate {from} = … {to}`"));
    let after = Location::new(side.at.file, side.at.span.after());
    match (rate, side.spelt) {
        (Rate::Declared, Spelt::Number | Spelt::Name) => mistake.fix(format!("write `in {to}`"), after, format!(" in {to}")),
        (Rate::Declared | Rate::Missing, Spelt::Number | Spelt::Name | Spelt::Formula) => mistake,
    }
}

/// `salary = 4k EUR/month` where the model counts in USD: what the slot is for each of is not known yet, but its currency is.
pub(in crate::check) fn slot_in_other(name: &str, side: &Side, [from, to]: [&str; 2], stated: Location, rate: Rate) -> Diagnostic {
    let message = format!("`{name}` is to be money in {to}, but this is {}", side.text());
    let mistake = Diagnostic::error(Code("BIZ0205"), message, side.at, side.label()).also(stated, format!("{to} asked for here"));
    other_currency(mistake, side, from, to, rate)
}

/// One side holds two currencies over one another: `USD/EUR` is no bare number.
pub(in crate::check) fn quoted_currencies(mistake: Diagnostic, from: &str, to: &str) -> Diagnostic {
    mistake.help(format!("{from} over {to} leaves a rate between them: turn one into the other first, `… in {from}`, by a declared `rate {to} = … {from}`"))
}
