//! Requires: whether each requirement holds in every step and scenario, and where it is missed first and by most.

use super::View;
use super::compare::Sides;
use super::outcome::{Outcome, is_series, of_expr};
use super::number::percent;
use super::shape::{Breach, Chance, Moment, Requirement, Status};
use super::value::{Shown, Value};
use crate::check::model::{self, Confidence, Model, ScenarioId, Severity};
use crate::compile::Target;
use crate::run;
use crate::tape::Blank;
use crate::text::FileId;
use std::ops::Range;

/// What the requirements need computed.
pub(super) fn targets(model: &Model) -> Vec<Target> {
    model.requirements.iter().flat_map(|claim| targets_of(model, claim)).collect()
}

/// What the requirements that stand in a file need computed.
#[must_use]
pub fn targets_in(model: &Model, file: FileId) -> Vec<Target> {
    standing_in(model, file).flat_map(|claim| targets_of(model, claim)).collect()
}

fn targets_of(model: &Model, claim: &model::Requirement) -> Vec<Target> {
    let mut targets = Vec::new();
    for scenario in scenarios(model, claim, None) {
        targets.push(of_expr(claim.condition, scenario));
        targets.extend(sides(model, claim).iter().flat_map(|sides| sides.targets(scenario)));
    }
    targets
}

fn standing_in(model: &Model, file: FileId) -> impl Iterator<Item = &model::Requirement> {
    model.requirements.iter().filter(move |claim| claim.line.file == file)
}

/// What has to be looked at across samples: the conditions that a part of them has to meet, as a whole and step by step.
#[must_use]
pub fn confidence_targets(model: &Model) -> Vec<Target> {
    model.requirements.iter().flat_map(|claim| confidence_targets_of(model, claim)).collect()
}

/// The same of those that stand in a file.
#[must_use]
pub fn confidence_targets_in(model: &Model, file: FileId) -> Vec<Target> {
    standing_in(model, file).flat_map(|claim| confidence_targets_of(model, claim)).collect()
}

fn confidence_targets_of(model: &Model, claim: &model::Requirement) -> Vec<Target> {
    let Some(confidence) = claim.confidence else { return Vec::new() };
    let of = |scenario| [of_expr(confidence.always, scenario), of_expr(claim.condition, scenario)];
    scenarios(model, claim, None).into_iter().flat_map(of).collect()
}

/// What became of each requirement.
pub(super) fn results(outcome: &Outcome<'_>, view: &View) -> Vec<Requirement> {
    outcome.model.requirements.iter().map(|claim| result(outcome, view, claim)).collect()
}

/// What became of the requirements that stand in a file.
#[must_use]
pub fn results_in(outcome: &Outcome<'_>, view: &View, file: FileId) -> Vec<Requirement> {
    standing_in(outcome.model, file).map(|claim| result(outcome, view, claim)).collect()
}

/// The model itself and every named scenario, that of the report first; or the one it is asked of.
fn scenarios(model: &Model, claim: &model::Requirement, first: Option<ScenarioId>) -> Vec<Option<ScenarioId>> {
    if let Some(asked) = claim.scenario {
        return vec![Some(asked)];
    }
    let mut all: Vec<Option<ScenarioId>> = [None].into_iter().chain(model.named_scenarios().map(|(id, _)| Some(id))).collect();
    if first.is_some() {
        all.retain(|scenario| *scenario != first);
        all.insert(0, first);
    }
    all
}

fn sides(model: &Model, claim: &model::Requirement) -> Vec<Sides> {
    claim.comparisons.iter().map(|comparison| Sides::new(model, *comparison)).collect()
}

fn result(outcome: &Outcome<'_>, view: &View, claim: &model::Requirement) -> Requirement {
    let mut breaches: Vec<(Status, Breach)> = Vec::new();
    for scenario in scenarios(outcome.model, claim, view.scenario) {
        let Some((status, breach)) = breach(outcome, claim, scenario) else { continue };
        // A scenario that changes nothing here would only say the same again.
        let bare = |breach: &Breach| Breach { scenario: None, ..breach.clone() };
        if !breaches.iter().any(|(_, known)| bare(known) == bare(&breach)) {
            breaches.push((status, breach));
        }
    }
    Requirement {
        text: written(outcome, claim),
        message: claim.message.clone(),
        instance: claim.instance.map(|id| outcome.model.instance(id).path.clone()),
        origin: claim.origin,
        status: breaches.iter().map(|(status, _)| *status).max().unwrap_or(Status::Met),
        severity: claim.severity,
        confidence: claim.confidence.map(|confidence| confidence.share),
        chance: least_chance(outcome, view, claim),
        breaches: breaches.into_iter().map(|(_, breach)| breach).collect(),
        at: claim.line,
    }
}

/// The condition with its range and confidence: the line from the condition to its message.
fn written(outcome: &Outcome<'_>, claim: &model::Requirement) -> String {
    let condition = outcome.text(claim.at);
    let rest = crate::text::Span::new(claim.at.span.end, claim.line.span.end);
    let rest = outcome.text(crate::text::Location::new(claim.line.file, rest));
    let rest = rest.split('"').next().unwrap_or("").trim();
    if rest.is_empty() { condition } else { format!("{condition} {rest}") }
}

/// How a requirement is not met under a scenario; none where it is.
fn breach(outcome: &Outcome<'_>, claim: &model::Requirement, scenario: Option<ScenarioId>) -> Option<(Status, Breach)> {
    let name = outcome.scenario_name(scenario);
    let none = Breach { scenario: name, reason: None, first: None, worst: None, missed: (0, 0), drivers: Vec::new() };
    if let Some(confidence) = claim.confidence {
        return unlikely(outcome, claim, confidence, scenario, none);
    }
    let steps = steps(outcome.model, claim);
    let (mut missed, mut undefined) = (Vec::new(), Vec::new());
    for step in steps.clone() {
        match outcome.raw(of_expr(claim.condition, scenario), step) {
            run::Value::Number(number) if number != 0.0 => {}
            run::Value::Number(_) => missed.push(step),
            run::Value::Blank(blank) => undefined.push((step, absent(blank))),
            run::Value::Fault(_) => undefined.push((step, "a value could not be computed")),
        }
    }
    let timed = is_series(outcome.model, claim.condition);
    let look = Look { outcome, sides: sides(outcome.model, claim), scenario, timed };
    missed.retain(|step| !look.is_rounding(*step));
    let count = |found: usize| (found, steps.len());
    if let Some(first) = missed.first() {
        let status = if claim.severity == Severity::Require { Status::Failed } else { Status::Warning };
        let worst = look.worst(&missed).unwrap_or(*first);
        let breach = Breach {
            first: Some(look.moment(*first)),
            worst: Some(look.moment(worst)),
            missed: count(missed.len()),
            ..none
        };
        return Some((status, breach));
    }
    let (first, reason) = undefined.first()?;
    let breach = Breach { reason: Some((*reason).to_owned()), first: Some(look.moment(*first)), missed: count(undefined.len()), ..none };
    Some((Status::Undefined, breach))
}

/// The least part of the samples in which a claim holds, over its scenarios; of equals that of the report.
fn least_chance(outcome: &Outcome<'_>, view: &View, claim: &model::Requirement) -> Option<Chance> {
    let confidence = claim.confidence?;
    let chances = scenarios(outcome.model, claim, view.scenario).into_iter().map(|scenario| chance(outcome, confidence.always, scenario, 0));
    chances.flatten().min_by(|one, other| one.share.total_cmp(&other.share))
}

/// In which part of the samples a condition holds in a step. Where it is blank it does not.
fn chance(outcome: &Outcome<'_>, condition: model::ExprId, scenario: Option<ScenarioId>, step: usize) -> Option<Chance> {
    let summary = outcome.spreads?.at(of_expr(condition, scenario), step)?;
    let samples = summary.samples() as f64;
    let share = summary.mean.map_or(0.0, |mean| (mean * summary.count as f64).round() / samples);
    let error = (share * (1.0 - share) / samples).sqrt();
    (samples > 0.0).then(|| Chance { scenario: outcome.scenario_name(scenario), share, error })
}

/// How a claim is met by too small a part of the samples under a scenario; none where it is met by enough.
fn unlikely(
    outcome: &Outcome<'_>,
    claim: &model::Requirement,
    confidence: Confidence,
    scenario: Option<ScenarioId>,
    none: Breach,
) -> Option<(Status, Breach)> {
    let Some(whole) = chance(outcome, confidence.always, scenario, 0) else {
        let reason = "it asks for a share of the samples, and the run drew none".to_owned();
        return Some((Status::Undefined, Breach { reason: Some(reason), ..none }));
    };
    if whole.share >= confidence.share {
        return None;
    }
    let timed = is_series(outcome.model, claim.condition);
    let shown = |share: f64| Shown { value: Value::Number(share * 100.0), unit: "%".to_owned() };
    let steps = steps(outcome.model, claim);
    let held = |step: usize| chance(outcome, claim.condition, scenario, step).map(|chance| (step, chance.share));
    let moment = |(step, share): (usize, f64)| {
        let period = outcome.period(step).filter(|_| timed);
        Moment { step, period, value: Some(shown(share)), bound: Some(shown(confidence.share)) }
    };
    let held: Vec<(usize, f64)> = steps.clone().filter_map(held).collect();
    let first = held.iter().copied().find(|(_, share)| *share < confidence.share);
    let worst = held.iter().copied().min_by(|one, other| one.1.total_cmp(&other.1));
    let missed = (held.iter().filter(|(_, share)| *share < confidence.share).count(), steps.len());
    let status = if claim.severity == Severity::Require { Status::Failed } else { Status::Warning };
    let reason = told(&whole, confidence.share);
    let breach = Breach { reason: Some(reason), first: first.map(moment), worst: worst.map(moment), missed, ..none };
    Some((status, breach))
}

/// `it holds in 86.2% (standard error 0.3%) of the samples, not in 90%`
fn told(chance: &Chance, wanted: f64) -> String {
    format!("it holds in {} (standard error {}) of the samples, not in {}", percent(chance.share), percent(chance.error), percent(wanted))
}

/// The steps to look at; one where the condition never changes.
fn steps(model: &Model, claim: &model::Requirement) -> Range<usize> {
    let (first, end) = (claim.steps.first as usize, claim.steps.end as usize);
    if is_series(model, claim.condition) { first..end } else { first..end.min(first + 1) }
}

/// Why a value is blank.
pub(super) const fn absent(blank: Blank) -> &'static str {
    match blank {
        Blank::ZeroByZero => "a value is blank there: zero divided by zero",
        Blank::First => "a value is blank there: there is nothing to read, as with `none`, a slot left open, or what comes before the first",
        Blank::Samples => "it looks across samples, and the run drew none",
        Blank::BeforeTable => "a value is blank there: a table begins later",
        Blank::Never => "a value is blank there: what it waits for never happens",
        Blank::NoRate => "a value is blank there: no rate makes these payments worth 0",
        Blank::SeveralRates => "a value is blank there: several rates make these payments worth 0",
        Blank::TooManyRates => "a value is blank there: these payments change their sign too often to find every rate",
    }
}

/// Where to look for the sides of a claim.
struct Look<'a> {
    outcome: &'a Outcome<'a>,
    sides: Vec<Sides>,
    scenario: Option<ScenarioId>,
    timed: bool,
}

impl Look<'_> {
    fn moment(&self, step: usize) -> Moment {
        let period = self.outcome.period(step).filter(|_| self.timed);
        match self.missed_at(step) {
            Some(sides) => sides.moment(self.outcome, self.scenario, step, period),
            None => Moment { step, period, value: None, bound: None },
        }
    }

    /// Whether what is missed in a step is a rounding: less than 10⁻¹² of the largest figure that is compared, as where a
    /// debt of millions is repaid to the last cent and a hundredth of a millionth of one is left. `<`, `>` and `!=` are
    /// exact.
    fn is_rounding(&self, step: usize) -> bool {
        let missed = |sides: &&Sides| sides.at(self.outcome, self.scenario, step).is_none_or(|both| !sides.comparison.holds(both.0, both.1));
        let mut found = self.sides.iter().filter(missed).peekable();
        found.peek().is_some()
            && found.all(|sides| {
                let bounded = model::forgives_rounding(sides.comparison);
                let short = sides.at(self.outcome, self.scenario, step).map(|both| sides.shortfall(both));
                bounded && short.is_some_and(|short| short <= model::ROUNDING * sides.largest(self.outcome, self.scenario))
            })
    }

    /// The comparison that does not hold in a step, or has no value there.
    fn missed_at(&self, step: usize) -> Option<&Sides> {
        self.sides.iter().find(|sides| sides.at(self.outcome, self.scenario, step).is_none_or(|both| !sides.comparison.holds(both.0, both.1)))
    }

    /// The step with the greatest shortfall: measured against the bound, unless that is zero somewhere.
    fn worst(&self, missed: &[usize]) -> Option<usize> {
        let found: Vec<(usize, f64, f64)> = missed
            .iter()
            .filter_map(|step| {
                let sides = self.missed_at(*step)?;
                let both = sides.at(self.outcome, self.scenario, *step)?;
                Some((*step, sides.shortfall(both), both.1.abs()))
            })
            .collect();
        let relative = found.iter().all(|(_, _, bound)| *bound > 0.0);
        let size = |(_, short, bound): &(usize, f64, f64)| if relative { short / bound } else { *short };
        let mut worst = found.first()?;
        for one in &found {
            // Not by a rounding.
            if size(one) > size(worst) * (1.0 + 1e-9) {
                worst = one;
            }
        }
        Some(worst.0)
    }
}
