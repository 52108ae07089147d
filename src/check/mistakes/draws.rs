//! Mistakes of uncertain values.

use super::did_you_mean;
use crate::diagnostic::{Code, Diagnostic, Edit, Fix};
use crate::numeric::distribution::{Family, Parameter, Reason, Signature, signatures};
use crate::text::{Location, Span};

/// `range` makes an interval of two numbers, the lower one first; `sign` is the `~` before a number.
pub(in crate::check) fn distribution_wanted(at: Location, range: Vec<Edit>, sign: Option<Location>) -> Diagnostic {
    let mut mistake = Diagnostic::error(Code("BIZ0410"), "a distribution is wanted behind `~`", at, "a plain value")
        .help("write an interval, `1% to 4%`, or a distribution, `normal(8, 1.5)`; for a plain value write `=`");
    if !range.is_empty() {
        mistake.fixes.push(Fix { title: "write `to`".into(), edits: range });
        return mistake;
    }
    match sign {
        Some(sign) => mistake.fix("for a plain value, write `=`", sign, " = "),
        None => mistake,
    }
}

/// `sign` is the `=` before it, if it is all that a definition says.
pub(in crate::check) fn distribution_as_value(at: Location, sign: Option<Location>) -> Diagnostic {
    let mistake = Diagnostic::error(Code("BIZ0410"), "a plain value is wanted here, but this is a distribution", at, "a distribution")
        .help("define it with `~` under a name of its own, and use the name");
    match sign {
        Some(sign) => mistake.fix("for an uncertain value, write `~`", sign, " ~ "),
        None => mistake,
    }
}

pub(in crate::check) fn lone_part(at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0409"), "a mixture has two parts or more", at, "nothing to mix")
        .help("write `mixture { normal(10, 2): 70%, 8 to 15: 30% }`; for one distribution alone write it behind `~`")
}

pub(in crate::check) fn mixture_row(at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0409"), "a part of a mixture is a distribution and its weight", at, "not a part")
        .help("write `mixture { normal(10, 2): 70%, 8 to 15: 30% }`")
}

pub(in crate::check) fn mixture_turned(weight: Location, part: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0409"), "in a mixture a distribution stands before its weight", part, "a distribution")
        .also(weight, "its weight")
        .help("write `mixture { normal(10, 2): 70%, 8 to 15: 30% }`")
}

/// `discrete { 60%: 5 USD, 40%: 9 USD }`; the rows are the weights and the values, in the places of one another.
pub(in crate::check) fn weights_first(form: &str, rows: &[(Shown, Shown)], at: Location) -> Diagnostic {
    let first = rows.first().map_or(at, |(weight, _)| weight.at);
    let example = if form == "mixture" { "mixture { 5 USD: 60%, 9 USD: 40% }" } else { "discrete { 5 USD: 60%, 9 USD: 40% }" };
    let mut mistake = Diagnostic::error(Code("BIZ0409"), format!("in a `{form}` a value stands before its weight"), first, "a weight").help(format!("write `{example}`"));
    if rows.iter().all(|(weight, value)| weight.written && value.written) {
        let put = |at: Location, text: &str| Edit { at, text: text.to_owned() };
        let edits = rows.iter().flat_map(|(weight, value)| [put(weight.at, &value.text), put(value.at, &weight.text)]).collect();
        mistake.fixes.push(Fix { title: "exchange them".into(), edits });
    }
    mistake
}

/// `lognormal(5 USD, 1 USD)`: the parameters in order are those of the logarithm.
pub(in crate::check) fn of_the_logarithm(family: &str, first: Location, second: Location) -> Diagnostic {
    let message = format!("without names the parameters of `{family}` are those of the logarithm, which are bare numbers");
    by_names(Diagnostic::error(Code("BIZ0409"), message, first, "has a unit"), family, first, second)
}

/// `lognormal(100, 20)`: as parameters of the logarithm these make values that nothing has.
pub(in crate::check) fn beyond_all(family: &str, first: Location, second: Location) -> Diagnostic {
    let message = format!("without names the parameters of `{family}` are those of the logarithm, which make values above 10^26 of these");
    by_names(Diagnostic::error(Code("BIZ0409"), message, first, "e to the power of it lies in the middle"), family, first, second)
}

/// Mean and deviation of the value itself, by their names.
fn by_names(mistake: Diagnostic, family: &str, first: Location, second: Location) -> Diagnostic {
    let mut mistake = mistake.also(second, "the other parameter");
    let start = |at: Location| Location::new(at.file, crate::text::Span::new(at.span.start, at.span.start));
    let edits = vec![Edit { at: start(first), text: "mean: ".into() }, Edit { at: start(second), text: "sd: ".into() }];
    mistake.fixes.push(Fix { title: "name them".into(), edits });
    mistake.help(format!("mean and deviation of the value itself are given by name: `{family}(mean: 5 USD, sd: 1 USD)`"))
}

/// What distributions are called elsewhere.
const ELSEWHERE: [(&str, &str); 6] =
    [("n", "normal"), ("gauss", "normal"), ("gaussian", "normal"), ("triangle", "triangular"), ("unif", "uniform"), ("rand", "uniform")];

pub(in crate::check) fn unknown_distribution<'n>(
    name: &str,
    at: Location,
    known: impl Iterator<Item = &'n str> + Clone,
) -> Diagnostic {
    let mistake = Diagnostic::error(Code("BIZ0409"), format!("there is no distribution `{name}`"), at, "not a distribution");
    if name == "mixture" {
        return mistake.help("a mixture stands in braces, each part with its weight: `mixture { normal(10, 2): 70%, 8 to 15: 30% }`");
    }
    if let Some((_, ours)) = ELSEWHERE.iter().find(|(theirs, _)| *theirs == name.to_lowercase()) {
        return mistake.help(format!("it is called `{ours}`")).fix(format!("write `{ours}`"), at, *ours);
    }
    let near = did_you_mean(mistake, name, at, known.clone().map(|name| (name, 0)));
    if near.help.is_some() { near } else { near.help(format!("the distributions are {}; `mixture {{ … }}` puts several together", super::list(known))) }
}

/// `beta(2%, 6%)`
pub(in crate::check) fn shares_of_beta(at: [Location; 2]) -> Diagnostic {
    let [first, second] = at;
    let edits = [(first, "p5: "), (second, "p95: ")];
    let edits = edits.map(|(at, text)| Edit { at: Location::new(at.file, Span { end: at.span.start, ..at.span }), text: text.to_owned() });
    let mut mistake = Diagnostic::error(Code("BIZ0409"), "`beta` takes alpha and beta, which are no shares", first, "a share")
        .help("alpha and beta count what was seen, such as `beta(12, 288)`; an interval of shares is written by its quantiles");
    mistake.fixes.push(Fix { title: "for an interval, name the quantiles `p5` and `p95`".to_owned(), edits: edits.to_vec() });
    mistake
}

pub(in crate::check) fn parameters(family: Family, at: Location, label: &str) -> Diagnostic {
    let name = family.name();
    let ways = signatures(family).iter().map(|signature| match signature {
        Signature::Parameters(parameters) => {
            let names: Vec<&str> = parameters.iter().map(|parameter| parameter.name()).collect();
            format!("`{name}({})`", names.join(", "))
        }
        Signature::Quantiles(1) => format!("one quantile, `{name}(p50: …)`"),
        Signature::Quantiles(_) => format!("two quantiles, `{name}(p10: …, p90: …)`"),
        Signature::Weighted => format!("`{name} {{ 10: 30%, 20: 70% }}`"),
        Signature::Listed => format!("`{name}(a, b, c)`"),
    });
    let ways: Vec<String> = ways.collect();
    Diagnostic::error(Code("BIZ0409"), format!("`{name}` does not take these parameters"), at, label)
        .help(format!("write {}", ways.join(", or ")))
}

pub(in crate::check) fn interval_ends(at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0409"), "the ends of an interval are plain numbers, or names of such", at, "calculated")
        .help("write them out, or take a distribution by its quantiles: `lognormal(p5: a, p95: b)`")
}

/// `completed` is the unit that the lower end lacks: `1 to 2%/month`.
pub(in crate::check) fn interval_backwards(at: Location, completed: Option<Edit>) -> Diagnostic {
    let mut mistake = Diagnostic::error(Code("BIZ0409"), "the interval ends before it starts", at, "the wrong way round");
    let Some(edit) = completed else { return mistake.help("write the lower end first") };
    mistake.fixes.push(Fix { title: format!("add `{}`", edit.text.trim_start()), edits: vec![edit] });
    mistake.help("each end of an interval has its unit; or write the lower end first")
}

pub(in crate::check) fn changing_parameter(at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0409"), "the parameters of a distribution can't change over time", at, "a value for every step")
        .help("draw a factor once, and multiply the series with it")
}

/// A parameter whose value is known before a run.
pub(in crate::check) struct Shown {
    pub parameter: Parameter,
    pub value: f64,
    /// The value with its unit.
    pub text: String,
    /// The same with the other sign.
    pub opposite: String,
    pub at: Location,
    /// Whether it is a number written out just there.
    pub written: bool,
    pub percent: bool,
}

/// One parameter can't be what it is.
pub(in crate::check) fn impossible(family: &str, reason: Reason, parameter: &Shown) -> Diagnostic {
    let mistake = Diagnostic::error(Code("BIZ0409"), format!("this is no `{family}`: {reason}"), parameter.at, parameter.text.clone());
    if !parameter.written {
        return mistake;
    }
    let below = matches!(reason, Reason::NotPositive(_) | Reason::Negative(_) | Reason::NegativeWeight);
    let outside = matches!(reason, Reason::NotAShare(_) | Reason::NotInsideUnit(_));
    if below && parameter.value < 0.0 {
        return mistake.fix(format!("write `{}`", parameter.opposite), parameter.at, parameter.opposite.clone());
    }
    if outside && !parameter.percent && (1.0..100.0).contains(&parameter.value) {
        let text = format!("{}%", parameter.value);
        return mistake.fix(format!("if percent are meant, write `{text}`"), parameter.at, text);
    }
    if matches!(reason, Reason::NotWhole(_)) {
        let text = format!("{}", parameter.value.round());
        return mistake.fix(format!("write `{text}`"), parameter.at, text);
    }
    mistake
}

/// All of it can't be.
pub(in crate::check) fn impossible_whole(family: &str, reason: Reason, at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0409"), format!("this is no `{family}`: {reason}"), at, "contradicts itself")
}

pub(in crate::check) fn crossed(family: &str, low: &Shown, high: &Shown) -> Diagnostic {
    let message = format!("this is no `{family}`: low has to be below high");
    let mistake = Diagnostic::error(Code("BIZ0409"), message, low.at, format!("low, {}", low.text)).also(high.at, format!("high, {}", high.text));
    if low.value == high.value {
        return mistake.help("what can't vary is a plain value: write it with `=`");
    }
    swapped(mistake, low, high)
}

pub(in crate::check) fn quantiles(family: &str, one: &Shown, other: &Shown) -> Diagnostic {
    let message = format!("this is no `{family}`: the higher quantile has to have the higher value");
    let mistake = Diagnostic::error(Code("BIZ0409"), message, one.at, format!("{}, {}", one.parameter, one.text))
        .also(other.at, format!("{}, {}", other.parameter, other.text));
    if one.value == other.value { mistake } else { swapped(mistake, one, other) }
}

/// The last weight makes up for what lacks or is too much, if it can.
pub(in crate::check) fn weights(sum: f64, at: Location, weights: &[Shown]) -> Diagnostic {
    let last = weights.last();
    let tidy = |value: f64| format!("{value:.9e}").parse::<f64>().unwrap_or(value);
    let mistake = Diagnostic::error(Code("BIZ0409"), format!("the weights add up to {}%, not to 100%", tidy(sum * 100.0)), at, "not all, or more");
    if (sum - 100.0).abs() < 1e-9 && weights.iter().all(|weight| weight.written && !weight.percent) {
        let mut mistake = mistake.help("a weight is a share: `60%` or `0.6`");
        let behind = |at: Location| Location::new(at.file, at.span.after());
        let edits = weights.iter().map(|weight| Edit { at: behind(weight.at), text: "%".into() }).collect();
        mistake.fixes.push(Fix { title: "write them in percent".into(), edits });
        return mistake;
    }
    let Some(last) = last.filter(|last| last.written && last.value + 1.0 - sum > 0.0) else {
        return mistake.help("weights of parts that need not add up to 1 are those of a `mixture { … }`");
    };
    let rest = last.value + 1.0 - sum;
    let text = if last.percent { format!("{}%", tidy(rest * 100.0)) } else { format!("{}", tidy(rest)) };
    mistake.fix(format!("let the last weigh `{text}`"), last.at, text)
}

pub(in crate::check) fn nothing_weighs(at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0409"), "no part of this mixture weighs anything", at, "all weights are 0").help("give one part at least a weight above 0")
}

pub(in crate::check) fn bounds_crossed(low: &Shown, high: &Shown) -> Diagnostic {
    let mistake = Diagnostic::error(Code("BIZ0409"), "the lower bound lies above the upper", low.at, format!("from {}", low.text))
        .also(high.at, format!("until {}", high.text));
    swapped(mistake, low, high)
}

/// The bounds leave nothing; `ends` are those of what is drawn.
pub(in crate::check) fn nothing_left(bound: &Shown, other: Option<&Shown>, drawn: Location, ends: &[Option<String>; 2]) -> Diagnostic {
    let mistake = Diagnostic::error(Code("BIZ0409"), "the bounds leave nothing of what is drawn", bound.at, bound.text.clone());
    let mistake = other.map(|other| (other.at, other.text.clone())).into_iter().fold(mistake, |mistake, (at, text)| mistake.also(at, text));
    let reach = match ends {
        [Some(low), Some(high)] => format!("lies from {low} to {high}"),
        [Some(low), None] => format!("is {low} or more"),
        [None, Some(high)] => format!("is {high} or less"),
        [None, None] => "has as good as no chance there".to_owned(),
    };
    mistake.also(drawn, reach).help("bounds cut off what is rare; choose them around what is drawn")
}

/// Offers two values in each other's places.
fn swapped(mut mistake: Diagnostic, one: &Shown, other: &Shown) -> Diagnostic {
    if one.written && other.written {
        let put = |at: Location, text: &str| Edit { at, text: text.to_owned() };
        let edits = vec![put(one.at, &other.text), put(other.at, &one.text)];
        mistake.fixes.push(Fix { title: "exchange the two".into(), edits });
    }
    mistake
}
