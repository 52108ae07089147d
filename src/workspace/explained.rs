//! Explained: where a figure comes from, and under a scenario why it is another.

use super::compared::{figure, replacements};
use super::facts::Facts;
use super::mistakes;
use super::sampling::computed;
use crate::check::model::ScenarioId;
use crate::compile::{Target, What};
use crate::report::{self, Against, Explanation, Key, Question, Split, Unanswered};

impl Facts {
    /// Where a figure comes from, so many equations deep: `sales[2027-03]`.
    pub fn explained(&mut self, asked: &str, depth: usize) -> Option<Explanation> {
        let question = self.question(asked)?;
        let model = self.model.as_ref()?;
        let mut targets = report::trace_targets(model, question, self.scenario);
        let first = computed(model, &targets, &[], &self.how());
        let mut run = self.done(first)?;
        let model = self.model.as_ref()?;
        // Which spans are asked for is known only when the values of the steps are: a branch decides it, or a date.
        let spans = report::spans(&run.outcome(model, &self.sources), question, self.scenario, depth);
        if !spans.is_empty() {
            targets.extend(spans);
            let again = computed(model, &targets, &[], &self.how());
            run = self.done(again)?;
        }
        let model = self.model.as_ref()?;
        let outcome = run.outcome(model, &self.sources);
        let tree = report::trace(&outcome, question, self.scenario, depth);
        // Pieces of equations are looked at whether they are taken or not, and only what is taken can fail.
        let whole: Vec<Target> = targets.iter().filter(|target| matches!(target.what, What::Cell(_))).copied().collect();
        let faults = report::faults(&outcome, &whole);
        let undecided = report::undecided(&outcome, &targets);
        let (name, title) = (model.name.clone(), model.title.clone());
        let scenario = self.scenario.and_then(|id| model.scenarios.get(id.0 as usize)).and_then(|scenario| scenario.name.clone());
        let against = self.scenario.and_then(|scenario| self.against(question, asked, scenario));
        self.mistakes.extend(faults.into_iter().chain(undecided));
        Some(Explanation { name, title, scenario, tree, against })
    }

    fn question(&mut self, asked: &str) -> Option<Question> {
        match report::question(self.model.as_ref()?, asked, self.scenario) {
            Ok(question) => Some(question),
            Err(Unanswered::Name(name)) => {
                self.unknown_names("<figure>", &[name]);
                None
            }
            Err(Unanswered::Period(period)) => {
                let source = self.add_source("<figure>", asked);
                let grid = &self.model.as_ref()?.grid;
                let ends = grid.timed().then(|| (grid.label(0), grid.label(grid.len().saturating_sub(1))));
                self.mistakes.push(mistakes::unknown_period(&source, &period, ends));
                None
            }
        }
    }

    /// Why a figure is another under a scenario than in the model itself.
    fn against(&self, question: Question, asked: &str, scenario: ScenarioId) -> Option<Against> {
        let model = self.model.as_ref()?;
        let taken = self.apart.scenarios.iter().find(|taken| taken.scenario == scenario)?;
        let key = Key::of_question(model, question, asked)?;
        let scenarios = [None, Some(scenario)].into_iter().chain(taken.parts.iter().map(|part| Some(part.alone)));
        let scenarios: Vec<Option<ScenarioId>> = scenarios.collect();
        let targets: Vec<Target> = scenarios.iter().map(|scenario| key.target(model, *scenario)).collect();
        let run = computed(model, &targets, &[], &self.how()).ok()?;
        let outcome = run.outcome(model, &self.sources);
        // What computes nothing else than the model does has no part in it: the tape holds one slot for both.
        let same = |target: &Target| run.compiled.slot(*target) == targets.first().and_then(|base| run.compiled.slot(*base));
        let (idle, parts): (Vec<_>, Vec<_>) = taken.parts.iter().partition(|part| same(&key.target(model, Some(part.alone))));
        let alone: Vec<_> = parts.iter().map(|part| key.measured(&outcome, Some(part.alone))).collect();
        let base = key.measured(&outcome, None);
        let split = Split::of(&base, &key.measured(&outcome, Some(scenario)), &alone);
        let idle = idle.into_iter().flat_map(|part| &part.replaced).map(|replaced| model.cell(replaced.cell).path.clone());
        Some(Against {
            figure: figure(&key, &outcome, base),
            parts: parts.iter().map(|part| replacements(&outcome, part)).collect(),
            split,
            idle: idle.collect(),
        })
    }
}
