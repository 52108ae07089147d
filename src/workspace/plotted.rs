//! Plotted: what is drawn of the figures of a model.

use super::facts::Facts;
use super::mistakes;
use super::sampling::{Wanted, computed};
use crate::calendar::Step;
use crate::report::plot::{self, FAN, Sampled, Unplotted};
use crate::report::{self, Plot, PlotKind, View};

/// What is to be drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drawing {
    /// Names, `product.revenue[2027]`; and expressions, which are the queries of the [`super::Ask`], in its order.
    pub names: Vec<String>,
    /// How; none for what each figure is best seen as.
    pub kind: Option<PlotKind>,
    /// How figures are added up; none for every step.
    pub by: Option<Step>,
}

impl Drawing {
    /// What of it is no name, and has to be asked beside the model.
    #[must_use]
    pub fn queries(&self) -> Vec<String> {
        self.names.iter().filter(|name| !plot::is_plain(name)).cloned().collect()
    }
}

impl Facts {
    /// The plot of some figures; none if there is an error, which is then among the mistakes.
    pub fn plot(&mut self, drawing: &Drawing) -> Option<Plot> {
        let view = View { by: drawing.by, scenario: self.scenario, ..View::default() };
        let sampled = if self.samples.is_some_and(|samples| samples.count > 0) { Sampled::Asked } else { Sampled::Unasked };
        let drafts = match plot::drafts(self.model.as_ref()?, &drawing.names, drawing.kind, sampled, &view) {
            Ok(drafts) => drafts,
            Err(why) => {
                self.not_plotted(why);
                return None;
            }
        };
        let targets = plot::draft_targets(&drafts);
        let wanted: Vec<Wanted> = plot::plot_spreads(&drafts).into_iter().map(|target| (target, FAN.to_vec())).collect();
        let computed = computed(self.model.as_ref()?, &targets, &wanted, &self.how());
        let computed = self.done(computed)?;
        let model = self.model.as_ref()?;
        let outcome = computed.outcome(model, &self.sources);
        let plot = plot::plot(&outcome, &drafts);
        let faults = report::faults(&outcome, &targets);
        let undecided = report::undecided(&outcome, &targets);
        self.mistakes.extend(faults.into_iter().chain(undecided));
        Some(plot)
    }

    fn not_plotted(&mut self, why: Unplotted) {
        let mistake = match why {
            Unplotted::Name(name) => return self.unknown_names("NAME", &[name]),
            Unplotted::Period(asked, period) => {
                let source = self.add_source("NAME", &asked);
                let Some(grid) = self.model.as_ref().map(|model| &model.grid) else { return };
                let ends = grid.timed().then(|| (grid.label(0), grid.label(grid.len().saturating_sub(1))));
                mistakes::unknown_period(&source, &period, ends)
            }
            Unplotted::Instance(name, figure) => mistakes::no_figure(&self.add_source("NAME", &name), figure.as_deref()),
            Unplotted::NoNumber(asked) => mistakes::no_number_to_draw(&self.add_source("NAME", &asked)),
            Unplotted::NoSum(asked) => mistakes::no_terms(&self.add_source("NAME", &asked)),
        };
        self.mistakes.push(mistake);
    }
}
