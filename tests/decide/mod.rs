//! Decisions against closed forms: sweeps, goals, sensitivities, and the worth of knowing.

mod solve;
mod spread;
mod sweep;

use biz::diagnostic::Severity;
use biz::report::Value;
use biz::workspace::{Aims, Ask, AskedLine, Facts, Memory};

/// The facts of a text under what is asked; it has to be sound.
pub fn facts(text: &str, ask: Ask<'_>) -> Facts {
    let facts = Facts::open(&Memory::new([("plan.biz", text.as_bytes())]), &ask);
    let wrong: Vec<&String> =
        facts.mistakes.iter().filter(|mistake| mistake.severity == Severity::Error).map(|mistake| &mistake.message).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
    facts
}

pub fn aims(vary: &[&str], steps: &[&str], aims: &[&str]) -> Aims {
    let lines = |word: &str, lines: &[&str]| lines.iter().map(|line| AskedLine::new("TARGET", word, *line)).collect();
    Aims { vary: lines("vary ", vary), steps: lines("vary ", steps), aims: lines("", aims) }
}

pub fn number(value: &Value) -> f64 {
    value.number().expect("a number")
}

#[track_caller]
pub fn near(found: f64, wanted: f64, within: f64) {
    assert!((found - wanted).abs() <= within, "{found}, not {wanted} within {within}");
}
