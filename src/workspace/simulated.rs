//! Simulated: how the figures of a model are spread over samples.

use super::facts::Facts;
use super::sampling::{How, Wanted, computed_by};
use crate::calendar::Step;
use crate::report::{self, Simulation, View};
use crate::run::{Output, Sampled, Seeds, Unmerged, sampled};
use crate::tape::Tape;

impl Facts {
    /// What the samples of a model come to, with the values at some shares; none if there is an error, which is then among
    /// the mistakes.
    pub fn simulate(&mut self, by: Option<Step>, only: &[String], shares: &[f64]) -> Option<Simulation> {
        let How { samples, watch, .. } = self.how();
        self.simulate_by(by, only, shares, |tape, seeds, outputs| Ok(sampled(tape, seeds, outputs, samples.threads, watch)))
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
        let targets = report::targets(model, &view);
        let spread = report::spread_targets(model, &view).into_iter().map(|target| (target, shares.to_vec()));
        let confidence = report::confidence_targets(model).into_iter().map(|target| (target, Vec::new()));
        let wanted: Vec<Wanted> = spread.chain(confidence).collect();
        let computed = computed_by(model, &targets, &wanted, &self.how(), play);
        let computed = self.done(computed)?;
        let model = self.model.as_ref()?;
        let outcome = computed.outcome(model, &self.sources);
        let simulation = report::simulation(&outcome, &view, shares);
        let faults = report::faults(&outcome, &targets);
        self.mistakes.extend(faults);
        Some(simulation)
    }
}
