//! Mistakes of percentages: added to amounts, wanted where something else is, or held against bare numbers.

use super::side::Side;
use crate::check::model::Factor;
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

/// A number that its author wrote without `%`, where it stands, and what it is per: `/month` of `5/month`.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::check) struct Plain {
    /// As written.
    pub value: f64,
    /// Nothing where it is a bare number.
    pub per: String,
    /// The number.
    pub at: Location,
}

impl Plain {
    fn text(&self) -> String {
        format!("{}{}", self.value, self.per)
    }

    /// The same in percent: `6000%` of 60.
    fn in_percent(&self) -> String {
        format!("{}%{}", (self.value * 1e6).round() / 1e4, self.per)
    }

    /// A warning at the place where the number is used, with its mend where it is written.
    fn warning(&self, message: String, at: Location) -> Diagnostic {
        let mistake = Diagnostic::warning(Code("BIZ0219"), message, at, "without `%`");
        let mistake = if self.at == at { mistake } else { mistake.also(self.at, "written here") };
        let percent = format!("{}%{}", self.value, self.per);
        mistake.help("a percentage is a share: 60 % is 0.6").fix(format!("write `{percent}`"), self.at, percent)
    }

    /// The same, with the mend for whoever means the number as it is.
    fn doubted(&self, message: String, at: Location) -> Diagnostic {
        let meant = self.in_percent();
        self.warning(message, at).fix(format!("if {meant} is meant, write it so"), self.at, meant)
    }
}

/// `gross_margin >= 60`
pub(in crate::check) fn percentage_beside(number: &Plain, percentage: Location, bound: Location) -> Diagnostic {
    let message = format!("a percentage is held against {}, which is {}", number.text(), number.in_percent());
    number.warning(message, bound).also(percentage, "a percentage")
}

/// `if busy then 130% else 90`
pub(in crate::check) fn number_beside(number: &Plain, percentage: Location, at: Location) -> Diagnostic {
    let message = format!("{} stands beside a percentage, and is {}", number.text(), number.in_percent());
    number.doubted(message, at).also(percentage, "a percentage")
}

/// `fee : % = 30`; `stated` says where and as what.
pub(in crate::check) fn share_without_percent(name: &str, number: &Plain, at: Location, stated: (Location, &str)) -> Diagnostic {
    let message = format!("`{name}` is a percentage, and {} is {}", number.text(), number.in_percent());
    number.doubted(message, at).also(stated.0, stated.1)
}

/// `growing 3/year`
pub(in crate::check) fn rate_without_percent(number: &Plain, at: Location) -> Diagnostic {
    number.doubted(format!("a rate of {} is {}", number.text(), number.in_percent()), at)
}

/// `percentile(x, 95)`, which there is not.
pub(in crate::check) fn percentile_without_percent(number: &Plain, at: Location) -> Diagnostic {
    number.warning(format!("a percentile lies between 0% and 100%, and {} is {}", number.text(), number.in_percent()), at)
}

/// `price * (1 - 20)`
pub(in crate::check) fn one_and_number(number: &Plain, one: Location, at: Location) -> Diagnostic {
    let message = format!("beside 1, which is all of it, {} is {}", number.text(), number.in_percent());
    number.doubted(message, at).also(one, "100 %")
}

/// `3% / 100`; `whole` is the number with the sign before it.
pub(in crate::check) fn percentage_by_hundred(percentage: Location, at: Location, whole: Option<Location>) -> Diagnostic {
    let mistake = Diagnostic::warning(Code("BIZ0225"), "a percentage is divided by 100, which `%` does already", at, "a hundredth of a hundredth")
        .also(percentage, "a percentage")
        .help("5 % is 0.05: what is a share of something is multiplied by it as it is");
    match whole {
        Some(whole) => mistake.fix("take the division away", whole, ""),
        None => mistake,
    }
}

/// `rent * 12`, where the rent is a month's; `whole` is the number with the sign between it and the flow.
pub(in crate::check) fn time_by_hand(factor: Factor, count: f64, (short, long): (&str, &str), unit: &str, at: Location, whole: Option<Location>) -> Diagnostic {
    let way = if factor == Factor::Over { "divided by" } else { "times" };
    let message = format!("units turn a {short} into a {long} by themselves: {way} {count}, this is still `{unit}`");
    let mistake = Diagnostic::warning(Code("BIZ0225"), message, at, format!("still `{unit}`"))
        .help("what is 1k USD/month is 12k USD/year as well, and stands for it everywhere");
    let mistake = match whole {
        Some(whole) => mistake.fix(format!("take `{count}` away"), whole, ""),
        None => mistake,
    };
    if factor == Factor::Over {
        return mistake;
    }
    let behind = Location::new(at.file, at.span.after());
    mistake.fix(format!("for the total of a {long}, write `{count} {short}`"), behind, format!(" {short}"))
}

/// `120.000 household`; `digits` is the number with the blank behind it.
pub(in crate::check) fn thousands(value: f64, unit: &str, at: Location, digits: Location) -> Diagnostic {
    let grouped = format!("{value:.3}").replace('.', "_");
    let message = format!("a point divides off decimals: this is {value} `{unit}`, and not {}", grouped.replace('_', " "));
    Diagnostic::warning(Code("BIZ0224"), message, at, "digits are grouped with `_`")
        .fix(format!("for thousands, write `{grouped}`"), digits, format!("{grouped} "))
        .fix(format!("for {value}, write `{value}`"), digits, format!("{value} "))
}
