//! Sources: where samples begin to differ, at a draw or at what is given a value a sample.

use super::{Asked, Uncertain};
use crate::tape::{Code, OpId, Tape};

/// What stands in place of an operation: a value a sample, the same in every step.
#[derive(Clone, Debug, PartialEq)]
pub struct Varied {
    /// The operation: an input, or a draw.
    pub op: OpId,
    /// A value for each sample.
    pub values: Vec<f64>,
}

#[derive(Clone, Copy)]
enum Source {
    Drawn,
    Varied(u32),
}

/// Which operations samples begin to differ at.
pub(super) struct Sources<'a> {
    pub varied: &'a [Varied],
    sources: Vec<Option<Source>>,
}

impl<'a> Sources<'a> {
    /// At every draw.
    pub fn drawn(tape: &Tape) -> Self {
        let draws = |code| matches!(code, Code::Draw | Code::DrawEach);
        Self { varied: &[], sources: tape.ops().iter().map(|op| draws(op.code).then_some(Source::Drawn)).collect() }
    }

    pub fn of(tape: &Tape, asked: &'a Asked) -> Self {
        let mut sources = match asked.uncertain {
            Uncertain::Drawn => Self::drawn(tape).sources,
            Uncertain::AtMeans => vec![None; tape.ops().len()],
        };
        for (number, varied) in asked.varied.iter().enumerate() {
            let place = sources.get_mut(varied.op.0 as usize);
            place.into_iter().for_each(|place| *place = Some(Source::Varied(number as u32)));
        }
        Self { varied: &asked.varied, sources }
    }

    /// Whether samples begin to differ here.
    pub fn begin(&self, op: OpId) -> bool {
        self.of_op(op).is_some()
    }

    /// Whether an operation draws.
    pub fn draws(&self, op: OpId) -> bool {
        matches!(self.of_op(op), Some(Source::Drawn))
    }

    /// The number of what stands in place of an operation.
    pub fn varied(&self, op: OpId) -> Option<u32> {
        match self.of_op(op)? {
            Source::Varied(number) => Some(number),
            Source::Drawn => None,
        }
    }

    /// Lowest and highest of the values that stand in place of an operation; none where one is no number.
    pub fn range(&self, op: OpId) -> Option<(f64, f64)> {
        let values = &self.varied.get(self.varied(op)? as usize)?.values;
        let is_clean = !values.is_empty() && values.iter().all(|value| value.is_finite());
        let bounds = |(low, high): (f64, f64), value: &f64| (low.min(*value), high.max(*value));
        is_clean.then(|| values.iter().fold((f64::INFINITY, f64::NEG_INFINITY), bounds))
    }

    fn of_op(&self, op: OpId) -> Option<Source> {
        self.sources.get(op.0 as usize).copied().flatten()
    }
}
