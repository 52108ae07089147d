//! Requirements: whose status is another in the second model, and what became of those that ask for something else.

use super::changes::Changed;
use crate::report::{Report, Requirement, RequirementChange, Status};
use crate::text::Location;

/// Requirements whose status is another or that ask for something else, those of the model after first.
pub(super) fn requirements(old: &Report, new: &Report, found: &[Changed<'_>]) -> Vec<RequirementChange> {
    let mut told: Vec<RequirementChange> = Vec::new();
    let mut add = |change: RequirementChange| {
        if matters(&change) && !told.contains(&change) {
            told.push(change);
        }
    };
    for after in &new.requirements {
        let same = old.requirements.iter().find(|before| named(before) == named(after));
        let before = same.or_else(|| old.requirements.iter().find(|before| is_now(before, after, found)));
        add(RequirementChange {
            text: named(after),
            was: before.map(named).filter(|was| *was != named(after)),
            before: before.map(|before| before.status),
            after: after.status,
        });
    }
    told
}

/// What is asked, and whose kind asks it.
fn named(one: &Requirement) -> String {
    one.instance.as_ref().map_or_else(|| one.text.clone(), |instance| format!("{}, asked of {instance}", one.text))
}

/// Whether the line of one was changed to that of the other.
fn is_now(before: &Requirement, after: &Requirement, found: &[Changed<'_>]) -> bool {
    let holds = |whole: Location, part: Location| whole.file == part.file && whole.span.holds(part.span);
    let both = found.iter().filter(|change| !change.moves()).filter_map(|change| change.from.zip(change.to));
    before.instance == after.instance && both.into_iter().any(|(from, to)| holds(from.at, before.at) && holds(to.at, after.at))
}

/// A new requirement that is met is told among the changes, as is one that is gone.
fn matters(one: &RequirementChange) -> bool {
    let is_new = one.before.is_none() && one.after == Status::Met;
    one.was.is_some() || (one.before != Some(one.after) && !is_new)
}
