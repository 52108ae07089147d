//! Answers: what a model tells when it is computed.

use super::drivers::{Influence, drivers};
use super::facts::Facts;
use super::mistakes;
use super::cost::{self, Cost};
use super::sampling::{Computed, How, Wanted, computed, refused};
use crate::calendar::Step;
use crate::check::model::{self, CellId, Model, ScenarioId};
use crate::compile::Target;
use crate::report::{self, Driver, Evaluation, Report, Requirement, Shown, TestResult, Value, View};
use crate::run;
use crate::text::FileId;

/// The parts of the samples whose values are told unless others are asked for.
pub(super) const SHARES: [f64; 3] = [0.05, 0.5, 0.95];

/// For how many failures of requirements the drivers are looked for: a model may have thousands.
const MOST_DRIVEN: usize = 20;

impl Facts {
    /// The report of a run; none if there is an error, which is then among the mistakes. What could not be computed is
    /// among them too, beside the report.
    pub fn run(&mut self, by: Option<Step>, only: &[String]) -> Option<Report> {
        let view = View { by, only: only.to_vec(), scenario: self.scenario };
        let unknown = report::unknown(self.model.as_ref()?, &view);
        if !unknown.is_empty() {
            self.unknown_names("--only", &unknown);
            return None;
        }
        let model = self.model.as_ref()?;
        // A report holds every cell of what it shows, so that is counted before anything is made of it.
        let (shown, steps, limits) = ((shown(model, &view) * model.grid.len()) as u64, model.grid.len(), self.how().limits);
        let held = Cost { cells: shown, bytes: shown.saturating_mul(cost::SHOWN), ..Cost::default() };
        if let Some(refused) = refused(&held, steps, limits) {
            self.mistakes.push(refused);
            return None;
        }
        let targets = report::targets(model, &view);
        let wanted: Vec<Wanted> = report::confidence_targets(model).into_iter().map(|target| (target, Vec::new())).collect();
        let computed = computed(model, &targets, &wanted, &self.how());
        let computed = self.done(computed)?;
        let model = self.model.as_ref()?;
        let outcome = computed.outcome(model, &self.sources);
        let mut report = report::report(&outcome, &view);
        let faults = report::faults(&outcome, &targets);
        find_drivers(model, &mut report.requirements);
        let sampleless = if self.samples().count == 0 { report::sampleless(model, &view) } else { Vec::new() };
        let undecided = report::undecided(&outcome, &targets);
        self.mistakes.extend(faults.into_iter().chain(sampleless).chain(undecided));
        Some(report)
    }

    /// What became of the requirements that stand in a file; none if there is an error, which is then among the mistakes.
    pub fn required(&mut self, file: FileId) -> Option<Vec<Requirement>> {
        let view = View { scenario: self.scenario, ..View::default() };
        let model = self.model.as_ref()?;
        let targets = report::targets_in(model, file);
        let wanted: Vec<Wanted> = report::confidence_targets_in(model, file).into_iter().map(|target| (target, Vec::new())).collect();
        let computed = computed(model, &targets, &wanted, &self.how());
        let computed = self.done(computed)?;
        let model = self.model.as_ref()?;
        let outcome = computed.outcome(model, &self.sources);
        let mut told = report::results_in(&outcome, &view, file);
        let faults = report::faults(&outcome, &targets);
        find_drivers(model, &mut told);
        self.mistakes.extend(faults);
        Some(told)
    }

    /// The values of the expressions that were asked.
    pub fn evaluate(&mut self) -> Option<Vec<Evaluation>> {
        let view = View { scenario: self.scenario, ..View::default() };
        let model = self.model.as_ref()?;
        let targets = report::query_targets(model, &view);
        // Without a word about samples a question is answered by a value, not by how it is spread.
        let asked = if self.samples.is_some_and(|samples| samples.count > 0) { targets.as_slice() } else { &[] };
        let wanted: Vec<Wanted> = asked.iter().map(|target| (*target, SHARES.to_vec())).collect();
        let computed = computed(model, &targets, &wanted, &self.how());
        let computed = self.done(computed)?;
        let model = self.model.as_ref()?;
        let outcome = computed.outcome(model, &self.sources);
        let evaluations = (0..model.queries.len()).filter_map(|question| report::evaluate(&outcome, &view, question));
        let evaluations: Vec<Evaluation> = evaluations.collect();
        let faults = report::faults(&outcome, &targets);
        let undecided = report::undecided(&outcome, &targets);
        self.mistakes.extend(faults.into_iter().chain(undecided));
        Some(evaluations)
    }

    /// What became of the tests of the model.
    pub fn tests(&mut self) -> Option<Vec<TestResult>> {
        let model = self.model.as_ref()?;
        let targets = report::test_targets(model);
        let computed = computed(model, &targets, &[], &self.how());
        let computed = self.done(computed)?;
        let model = self.model.as_ref()?;
        let outcome = computed.outcome(model, &self.sources);
        let results = report::tests(&outcome);
        let faults = report::faults(&outcome, &targets);
        let undecided = report::undecided(&outcome, &targets);
        self.mistakes.extend(faults.into_iter().chain(undecided));
        Some(results)
    }

    /// Names of an option that the model does not have.
    pub(super) fn unknown_names(&mut self, option: &str, names: &[String]) {
        let Some(model) = &self.model else { return };
        let cells = model.cells.iter().filter(|cell| cell.touched).map(|cell| cell.path.clone());
        let known: Vec<String> = cells.chain(model.instances.iter().map(|instance| instance.path.clone())).collect();
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        for name in names {
            let source = self.add_source(option, name);
            self.mistakes.push(mistakes::unknown_name(&source, &known));
        }
    }
}

/// Fills in what moves each requirement that is not met.
fn find_drivers(model: &Model, requirements: &mut [Requirement]) {
    let mut left = MOST_DRIVEN;
    for told in requirements.iter_mut().filter(|told| !told.breaches.is_empty()) {
        let same = |one: &&model::Requirement| {
            let instance = one.instance.map(|id| &model.instance(id).path);
            one.line == told.at && instance == told.instance.as_ref()
        };
        let Some(requirement) = model.requirements.iter().find(same) else { continue };
        for breach in &mut told.breaches {
            let Some(worst) = breach.worst.as_ref().filter(|_| left > 0) else { continue };
            left -= 1;
            let named = |name: &String| model.named_scenarios().find(|(_, scenario)| scenario.name.as_ref() == Some(name));
            let scenario = breach.scenario.as_ref().and_then(named).map(|(id, _)| id);
            breach.drivers = told_drivers(model, requirement, scenario, worst.step);
        }
    }
}

/// How many definitions a report shows at most.
fn shown(model: &Model, view: &View) -> usize {
    let asked = |path: &str| view.only.is_empty() || view.only.iter().any(|name| path.starts_with(name.trim()));
    model.cells.iter().filter(|cell| cell.touched && asked(&cell.path)).count()
}

/// What moves a requirement, in units that people read.
fn told_drivers(model: &Model, requirement: &model::Requirement, scenario: Option<ScenarioId>, step: usize) -> Vec<Driver> {
    let influences = drivers(model, requirement, scenario, step);
    let target = |cell: CellId| report::of_cell(cell, scenario);
    let targets: Vec<Target> = influences.iter().map(|influence| target(influence.cell)).collect();
    let Ok(Computed { compiled, columns, .. }) = computed(model, &targets, &[], &How::QUIETLY) else { return Vec::new() };
    let told = influences.iter().filter_map(|Influence { cell, unit, effect }| {
        let about = model.cell(*cell);
        let value = compiled.slot(target(*cell)).map(|slot| columns.value(slot, step, 0));
        let Some(run::Value::Number(input)) = value else { return None };
        let shown = |unit, number| Shown { value: Value::Number(model.units.to_shown(unit, number)), unit: model.units.text(unit) };
        Some(Driver { path: about.path.clone(), input: shown(about.unit, input), effect: shown(*unit, *effect), at: about.at })
    });
    told.collect()
}
