//! Mistakes of percentages: added to amounts, wanted where something else is, or held against bare numbers.

use super::side::Side;
use crate::diagnostic::{Code, Diagnostic, Edit, Fix};
use crate::text::{Location, Span};

pub(in crate::check) fn share_wanted(name: &str, side: &Side, stated: Location) -> Diagnostic {
    let message = format!("`{name}` is a share, but this is {}", side.text());
    Diagnostic::error(Code("BIZ0205"), message, side.at, side.label())
        .also(stated, "a share asked for here")
        .help("a share is a bare number or a percentage, such as `35%`")
}

pub(in crate::check) fn percent_of_amount(left: &Side, right: &Side) -> Diagnostic {
    let message = format!("a percentage can't be added to an amount: {} and {}", left.text(), right.text());
    Diagnostic::error(Code("BIZ0209"), message, right.at, right.label())
        .also(left.at, left.label())
        .help("to raise an amount by 5 %, write `amount * (1 + 5%)`; to lower it, `amount * (1 - 5%)`")
}

/// The mend of `100 USD + 5%`, where both sides are written out one behind the other.
pub(in crate::check) fn raise(mut mistake: Diagnostic, amount: &Side, share: &Side, sign: &str) -> Diagnostic {
    let between = Location::new(amount.at.file, Span::new(amount.at.span.end, share.at.span.start));
    let behind = Location::new(share.at.file, share.at.span.after());
    let edits = vec![Edit { at: between, text: format!(" * (1 {sign} ") }, Edit { at: behind, text: ")".into() }];
    mistake.fixes.push(Fix { title: "multiply instead".into(), edits });
    mistake
}

/// `fee * 1 - share`, where the sum was meant to stand in brackets.
pub(in crate::check) fn bracketed(mut mistake: Diagnostic, one: Location, share: Location) -> Diagnostic {
    let before = Location::new(one.file, Span::new(one.span.start, one.span.start));
    let edits = vec![Edit { at: before, text: "(".into() }, Edit { at: Location::new(share.file, share.span.after()), text: ")".into() }];
    mistake.fixes.push(Fix { title: "put the sum in brackets".into(), edits });
    mistake
}

/// `gross_margin >= 60`; `per` is what the number is per, `/month` of `5/month`.
pub(in crate::check) fn percentage_beside(number: f64, per: &str, percentage: Location, bound: Location, number_at: Location) -> Diagnostic {
    let message = format!("a percentage is held against {number}{per}, which is {}%{per}", (number * 1e6).round() / 1e4);
    let mistake = Diagnostic::warning(Code("BIZ0219"), message, bound, "without `%`").also(percentage, "a percentage");
    let mistake = if number_at == bound { mistake } else { mistake.also(number_at, "written here") };
    mistake
        .help("a percentage is a share: 60 % is 0.6")
        .fix(format!("write `{number}%{per}`"), number_at, format!("{number}%{per}"))
}

/// `120.000 household`; `digits` is the number with the blank behind it.
pub(in crate::check) fn thousands(value: f64, unit: &str, at: Location, digits: Location) -> Diagnostic {
    let grouped = format!("{value:.3}").replace('.', "_");
    let message = format!("a point divides off decimals: this is {value} `{unit}`, and not {}", grouped.replace('_', " "));
    Diagnostic::warning(Code("BIZ0224"), message, at, "digits are grouped with `_`")
        .fix(format!("for thousands, write `{grouped}`"), digits, format!("{grouped} "))
        .fix(format!("for {value}, write `{value}`"), digits, format!("{value} "))
}
