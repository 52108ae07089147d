//! Run: tape and inputs → columns. Whole series at once where it can, step by step where something loops through time.

mod across;
mod column;
mod draw;
mod fold;
mod form;
mod level;
mod lockstep;
mod machine;
mod moment;
mod place;
mod rate;
pub mod record;
mod rerun;
mod sampled;
mod scalar;
pub mod seek;
mod side;
mod statistic;
mod stretch;
mod sweep;
mod table;
mod through;
mod trials;
mod value;
mod watch;
mod work;

pub use across::{Across, SampleFault};
pub use column::Columns;
pub use draw::{encode, quantile, reason};
pub use moment::Moment;
pub use rate::rates;
pub use rerun::{again, rerun};
pub use sampled::{Sampled, SampledPart, Unmerged, sampled, sampled_from, sampled_part};
pub use statistic::Statistic;
pub use sweep::{reading, sampled_at, sweep};
pub use trials::{
    Aim, Asked, Collected, Copula, Misfit, Missed, Order, Output, Partial, Sampling, Seeds, Summary, Uncertain, Varied, Way, collect, share_of,
    trials, watched,
};
pub use value::{Fault, FaultKind, Value};
pub use watch::{Nobody, Stage, Watch};

use crate::tape::{InputId, OpId, Tape};

/// What a run starts from.
#[derive(Clone, Debug, PartialEq)]
pub struct Inputs {
    /// How many runs at once.
    pub lanes: usize,
    /// Inputs that are multiplied by a factor a lane.
    pub scaled: Vec<(InputId, Vec<f64>)>,
    /// What stands in place of an operation: a draw, or what is known across samples.
    pub given: Vec<(OpId, Given)>,
}

/// What stands in place of an operation, a value a lane in each of its steps.
#[derive(Clone, Debug, PartialEq)]
pub enum Given {
    /// Its values.
    Values(Vec<f64>),
    /// Uniforms, which its distribution turns into draws.
    Uniforms(Vec<f64>),
}

impl Inputs {
    /// One run of the model as it is.
    #[must_use]
    pub const fn once() -> Self {
        Self { lanes: 1, scaled: Vec::new(), given: Vec::new() }
    }

    /// Several runs at once, with inputs multiplied by a factor a lane.
    #[must_use]
    pub const fn scaled(lanes: usize, scaled: Vec<(InputId, Vec<f64>)>) -> Self {
        Self { lanes, scaled, given: Vec::new() }
    }
}

/// Plays a tape. A factor that is left out of an input's list counts as 1.
#[must_use]
pub fn run(tape: &Tape, inputs: &Inputs) -> Columns {
    let lanes = inputs.lanes.max(1);
    let values = machine::Machine::new(tape, inputs).play();
    Columns::new(tape, lanes, values)
}
