//! Mistakes of uncertain values.

use super::did_you_mean;
use crate::diagnostic::{Code, Diagnostic};
use crate::numeric::distribution::{Family, Signature, signatures};
use crate::text::Location;

pub(in crate::check) fn distribution_wanted(at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0410"), "a distribution is wanted behind `~`", at, "a plain value")
        .help("write an interval, `1% to 4%`, or a distribution, `normal(8, 1.5)`; for a plain value write `=`")
}

pub(in crate::check) fn distribution_as_value(at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0410"), "a plain value is wanted here, but this is a distribution", at, "a distribution")
        .help("define it with `~` under a name of its own, and use the name")
}

pub(in crate::check) fn lone_part(at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0409"), "a mixture has two parts or more", at, "nothing to mix")
        .help("write `mixture { normal(10, 2): 70%, 8 to 15: 30% }`; for one distribution alone write it behind `~`")
}

pub(in crate::check) fn mixture_row(at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0409"), "a part of a mixture is a distribution and its weight", at, "not a part")
        .help("write `mixture { normal(10, 2): 70%, 8 to 15: 30% }`")
}

pub(in crate::check) fn unknown_distribution<'n>(
    name: &str,
    at: Location,
    known: impl Iterator<Item = &'n str> + Clone,
) -> Diagnostic {
    let mistake = Diagnostic::error(Code("BIZ0409"), format!("there is no distribution `{name}`"), at, "not a distribution");
    let near = did_you_mean(mistake, name, at, known.clone().map(|name| (name, 0)));
    if near.help.is_some() { near } else { near.help(format!("the distributions are {}", super::list(known))) }
}

pub(in crate::check) fn parameters(family: Family, at: Location) -> Diagnostic {
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
    Diagnostic::error(Code("BIZ0409"), format!("`{name}` does not take these parameters"), at, "")
        .help(format!("write {}", ways.join(", or ")))
}

pub(in crate::check) fn interval_ends(at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0409"), "the ends of an interval are plain numbers, or names of such", at, "calculated")
        .help("write them out, or take a distribution by its quantiles: `lognormal(p5: a, p95: b)`")
}

pub(in crate::check) fn interval_backwards(at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0409"), "the interval ends before it starts", at, "the wrong way round")
        .help("write the lower end first")
}

pub(in crate::check) fn changing_parameter(at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0409"), "the parameters of a distribution can't change over time", at, "a value for every step")
        .help("draw a factor once, and multiply the series with it")
}
