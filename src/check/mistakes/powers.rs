//! Mistakes of powers: of exponents, and of units whose powers leave their range.

use super::side::Side;
use super::units::differ;
use crate::diagnostic::{Code, Diagnostic};
use crate::quantity::MOST_POWERS;
use crate::text::Location;

pub(in crate::check) fn exponent(side: &Side, at: Location) -> Diagnostic {
    let message = format!("{} can only be raised to a whole number that is written out", side.text());
    Diagnostic::error(Code("BIZ0210"), message, at, "its unit would depend on a value")
        .also(side.at, side.label())
        .help("divide by a quantity of the same unit first, so that a bare number is raised")
}

/// `(price / at) ^ elasticity`, where the two do not measure the same.
pub(in crate::check) fn ratio(left: &Side, right: &Side, at: Location) -> Diagnostic {
    differ(Code("BIZ0210"), "only a ratio of like and like can be raised to any power", left, right)
        .also(at, "raised here")
        .help("bring both to one unit, so that their ratio is a bare number")
}

pub(in crate::check) fn exponent_with_unit(side: &Side) -> Diagnostic {
    let message = format!("an exponent is a bare number, but this is {}", side.text());
    Diagnostic::error(Code("BIZ0210"), message, side.at, side.label())
        .help("divide it by a quantity of the same unit")
}

/// What is multiplied has a unit of more powers than can be told apart.
pub(in crate::check) fn too_many(at: Location) -> Diagnostic {
    let message = format!("the powers of this unit come to more than {MOST_POWERS}");
    Diagnostic::error(Code("BIZ0222"), message, at, "no amount of anything")
        .help("divide by a quantity of the same unit on the way, so that a bare number is multiplied or raised")
}
