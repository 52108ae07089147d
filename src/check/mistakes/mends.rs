//! Mends of units: what a number or a name lacks to measure what is wanted.

use super::side::{Side, Spelt};
use crate::diagnostic::Diagnostic;
use crate::text::Location;

/// Offers what is missing behind a number or a name; nothing where something else is wrong with it.
pub(super) fn complete(mistake: Diagnostic, side: &Side, wanted: &str) -> Diagnostic {
    let behind = Location::new(side.at.file, side.at.span.after());
    match (side.spelt, missing(side, wanted)) {
        (Spelt::Number, Some(missing)) => mistake.fix(format!("add `{}`", missing.trim_start()), behind, missing),
        // What a name holds lacks it at its definition, or is divided by a stretch of time.
        (Spelt::Name, Some(missing)) if TIMES.contains(&missing.as_str()) => {
            let divided = missing.replacen('/', " / 1 ", 1);
            let title = format!("write `{}`", divided.trim_start());
            match side.defined {
                Some(number) => {
                    let behind_number = Location::new(number.file, number.span.after());
                    mistake.fix(format!("add `{missing}` where it is defined"), behind_number, missing).fix(title, behind, divided)
                }
                // A number farther off is likelier to lack it.
                None => mistake.guess(7, title, behind, divided),
            }
        }
        (Spelt::Number | Spelt::Name | Spelt::Formula, _) => mistake,
    }
}

/// Of two numbers that differ by the end of a unit, `2 EUR` and `1.5 EUR/patient`, offers it to that which lacks it.
pub(super) fn level(mistake: Diagnostic, one: &Side, other: &Side) -> Diagnostic {
    if one.unit.is_empty() || other.unit.is_empty() {
        return mistake;
    }
    let (short, long) = if one.unit.len() <= other.unit.len() { (one, other) } else { (other, one) };
    let is_longer = long.unit.strip_prefix(short.unit.as_str()).is_some_and(|rest| rest.starts_with('/') && !rest.contains('*'));
    if is_longer { complete(mistake, short, &long.unit) } else { mistake }
}

/// The text of a unit that a side lacks.
fn missing(side: &Side, wanted: &str) -> Option<String> {
    if side.unit.is_empty() {
        // 5 where percent are wanted is 5 %, and 0.05 is so already.
        let whole = side.number.is_some_and(|number| number.abs() <= 1.0);
        let text = if whole { wanted.trim_start_matches('%') } else { wanted };
        let is_plain = side.number.is_some() && !text.is_empty() && !wanted.contains('*');
        let tight = text.starts_with(['%', '/']);
        return is_plain.then(|| if tight { text.to_owned() } else { format!(" {text}") });
    }
    let rest = wanted.strip_prefix(side.unit.as_str())?;
    rest.starts_with('/').then(|| rest.to_owned())
}

const TIMES: [&str; 6] = ["/month", "/year", "/quarter", "/week", "/day", "/hour"];
