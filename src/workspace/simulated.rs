//! Simulated: how the figures of a model are spread over samples.

use super::facts::Facts;
use super::sampling::{Samples, Wanted, computed_by};
use crate::calendar::Step;
use crate::report::{self, Simulation, View};
use crate::run::{Output, Sampled, Seeds, Unmerged, sampled};
use crate::tape::Tape;

impl Facts {
    /// What the samples of a model come to, with the values at some shares; none if there is an error, which is then among
    /// the mistakes.
    pub fn simulate(&mut self, by: Option<Step>, only: &[String], shares: &[f64]) -> Option<Simulation> {
        let threads = self.samples().threads;
        self.simulate_by(by, only, shares, |tape, seeds, outputs| Ok(sampled(tape, seeds, outputs, threads)))
    }

    /// The same, by whatever knows what the samples come to.
    pub(super) fn simulate_by(
        &mut self,
        by: Option<Step>,
        only: &[String],
        shares: &[f64],
        play: impl FnOnce(&Tape, &Seeds, &[Output]) -> Result<Sampled, Unmerged>,
    ) -> Option<Simulation> {
        let view = View { by, only: only.to_vec(), scenario: self.scenario };
        let unknown = report::unknown(self.model.as_ref()?, &view);
        if !unknown.is_empty() {
            self.unknown_names("--only", &unknown);
            return None;
        }
        let model = self.model.as_ref()?;
        let how: Samples = self.samples();
        let targets = report::targets(model, &view);
        let spread = report::spread_targets(model, &view).into_iter().map(|target| (target, shares.to_vec()));
        let confidence = report::confidence_targets(model).into_iter().map(|target| (target, Vec::new()));
        let wanted: Vec<Wanted> = spread.chain(confidence).collect();
        let computed = computed_by(model, &targets, &wanted, &how, play).map_err(|refused| self.mistakes.push(*refused)).ok()?;
        let outcome = computed.outcome(model, &self.sources);
        let mut simulation = report::simulation(&outcome, &view, shares);
        (simulation.samples, simulation.asked, simulation.seed) = (how.count, how.count, how.seed);
        how.sampling.name().clone_into(&mut simulation.sampling);
        let faults = report::faults(&outcome, &targets);
        self.mistakes.extend(faults);
        Some(simulation)
    }
}
