//! Compared: scenarios side by side, and what of their differences each replacement makes alone.

use super::apart::{Part, is_made};
use super::facts::Facts;
use super::mistakes;
use super::sampling::computed;
use crate::check::model::ScenarioId;
use crate::compile::Target;
use crate::report::{self, Compared, Comparison, Figure, Key, Measured, Outcome, Replacement, Split};

impl Facts {
    /// Some scenarios beside the model itself, all without any; none if there is an error, which is then among the
    /// mistakes. The model has to be opened so that each replacement stands alone too.
    pub fn compare(&mut self, names: &[String]) -> Option<Comparison> {
        let scenarios = self.compared_scenarios(names)?;
        let model = self.model.as_ref()?;
        let keys = if model.queries.is_empty() { report::keys(model) } else { report::asked_keys(model) };
        let told: Vec<Option<ScenarioId>> = [None].into_iter().chain(scenarios.iter().copied().map(Some)).collect();
        let alone = scenarios.iter().flat_map(|scenario| self.apart.parts(*scenario)).map(|part| Some(part.alone));
        let targets = |scenarios: &[Option<ScenarioId>]| -> Vec<Target> {
            scenarios.iter().flat_map(|scenario| keys.iter().map(|key| key.target(model, *scenario))).collect()
        };
        let asked = targets(&told);
        let all: Vec<Target> = asked.iter().copied().chain(targets(&alone.collect::<Vec<_>>())).collect();
        let run = computed(model, &all, &[], &self.how());
        let run = self.done(run)?;
        let model = self.model.as_ref()?;
        let outcome = run.outcome(model, &self.sources);
        let base: Vec<Measured> = keys.iter().map(|key| key.measured(&outcome, None)).collect();
        let compared: Vec<Compared> =
            scenarios.iter().filter_map(|scenario| compared(&outcome, &keys, &base, *scenario, self.apart.parts(*scenario))).collect();
        let comparison = Comparison {
            name: model.name.clone(),
            title: model.title.clone(),
            figures: keys.iter().zip(base).map(|(key, base)| figure(key, &outcome, base)).collect(),
            sides: compared,
        };
        let faults = report::faults(&outcome, &asked);
        let undecided = report::undecided(&outcome, &asked);
        self.mistakes.extend(faults.into_iter().chain(undecided));
        Some(comparison)
    }
    /// The scenarios of some names, all without any; tells which there are not.
    fn compared_scenarios(&mut self, names: &[String]) -> Option<Vec<ScenarioId>> {
        let model = self.model.as_ref()?;
        if names.is_empty() {
            let declared = model.named_scenarios().filter(|(_, scenario)| !is_made(scenario.name.as_ref()));
            let declared: Vec<ScenarioId> = declared.map(|(id, _)| id).collect();
            if declared.is_empty() {
                self.mistakes.push(mistakes::no_scenarios());
                return None;
            }
            return Some(declared);
        }
        let mut found = Vec::new();
        for name in names {
            match self.declared(name) {
                Some(id) => found.push(id),
                None => self.unknown_scenario("--scenario", name),
            }
        }
        (found.len() == names.len()).then_some(found)
    }
}

fn compared(outcome: &Outcome<'_>, keys: &[Key], base: &[Measured], id: ScenarioId, parts: &[Part]) -> Option<Compared> {
    let model = outcome.model;
    let scenario = model.scenarios.get(id.0 as usize)?;
    let parent = scenario.extends.and_then(|parent| model.scenarios.get(parent.0 as usize));
    let split = |(key, base): (&Key, &Measured)| {
        let alone: Vec<Measured> = parts.iter().map(|part| key.measured(outcome, Some(part.alone))).collect();
        Split::of(base, &key.measured(outcome, Some(id)), &alone)
    };
    Some(Compared {
        scenario: scenario.name.clone()?,
        title: scenario.title.clone(),
        extends: parent.and_then(|parent| parent.name.clone()),
        parts: parts.iter().map(|part| replacements(outcome, part)).collect(),
        splits: keys.iter().zip(base).map(split).collect(),
    })
}

/// A figure as it is before anything is replaced.
pub(super) fn figure(key: &Key, outcome: &Outcome<'_>, base: Measured) -> Figure {
    let Measured { value, unit, apart, .. } = base;
    Figure { text: key.label(outcome), path: key.path(outcome.model), unit, apart, base: value }
}

/// What a part of a scenario replaces, and by what.
pub(super) fn replacements(outcome: &Outcome<'_>, part: &Part) -> Vec<Replacement> {
    let one = |replaced: &super::apart::Replaced| Replacement {
        path: outcome.model.cell(replaced.cell).path.clone(),
        from: report::written(outcome, replaced.cell),
        to: report::written_at(outcome, replaced.line),
        place: outcome.place(replaced.line),
    };
    part.replaced.iter().map(one).collect()
}
