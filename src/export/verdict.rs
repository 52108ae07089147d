//! Requirements and tests as cases that hold or not.

use super::answer::told;
use super::requirement::{head, sentences};
use crate::diagnostic::Warnings;
use crate::diagnostic::document::{Case, Outcome, Reason};
use crate::report::{Requirement, Status, TestResult, Verdict};

/// The requirements of a report of a scenario or of the model itself.
#[must_use]
pub fn requirements(requirements: &[Requirement], reported: Option<&str>, warnings: Warnings) -> Vec<Case> {
    requirements.iter().map(|requirement| judged(requirement, reported, warnings)).collect()
}

fn judged(requirement: &Requirement, reported: Option<&str>, warnings: Warnings) -> Case {
    let sentences = sentences(requirement, reported);
    let reason = |sentences: Vec<String>| Reason {
        kind: "requirement".to_owned(),
        message: sentences.first().cloned().unwrap_or_else(|| "it is not met".to_owned()),
        text: sentences.join("\n"),
    };
    let outcome = match requirement.status {
        Status::Met => Outcome::Passed(sentences.join("\n")),
        Status::Warning if warnings == Warnings::Allowed => Outcome::Passed(format!("not met: {}", sentences.join("\n"))),
        Status::Warning | Status::Failed => Outcome::Failed(reason(sentences)),
        Status::Undefined => Outcome::Undecided(reason(sentences)),
    };
    Case { name: head(requirement), outcome }
}

/// The tests of a model; one without a title goes by its number.
#[must_use]
pub fn tests(results: &[TestResult]) -> Vec<Case> {
    results.iter().enumerate().map(|(at, result)| Case { name: name(result, at + 1), outcome: outcome(result) }).collect()
}

fn name(result: &TestResult, number: usize) -> String {
    result.title.clone().unwrap_or_else(|| format!("test {number}"))
}

fn outcome(result: &TestResult) -> Outcome {
    let lines: Vec<String> = result
        .expectations
        .iter()
        .filter(|one| one.verdict != Verdict::Passed)
        .map(|one| format!("expect {}: {}", one.text, told(one)))
        .collect();
    let Some(first) = lines.first() else {
        return Outcome::Passed(String::new());
    };
    let reason = Reason { kind: "test".to_owned(), message: first.clone(), text: lines.join("\n") };
    if result.expectations.iter().any(|one| one.verdict == Verdict::Failed) { Outcome::Failed(reason) } else { Outcome::Undecided(reason) }
}
