//! Columns: what a run has computed, by slot, step and lane.

use super::value::{Value, unpack};
use crate::tape::{Shape, SlotId, Tape};

/// The values of every slot of a tape.
#[derive(Clone, Debug)]
pub struct Columns {
    lanes: usize,
    steps: usize,
    /// First value and shape of each slot.
    slots: Vec<(usize, Shape)>,
    values: Vec<f64>,
}

impl Columns {
    pub(super) fn new(tape: &Tape, lanes: usize, values: Vec<f64>) -> Self {
        let slots = tape.ops().iter().map(|op| (op.row as usize * lanes, op.shape)).collect();
        Self { lanes, steps: tape.timeline().steps as usize, slots, values }
    }

    /// Whether they hold what a tape computes for so many lanes.
    pub(super) fn fit(&self, tape: &Tape, lanes: usize) -> bool {
        self.lanes == lanes && self.slots.len() == tape.ops().len() && self.values.len() == tape.values(lanes)
    }

    /// Takes the values out, to be changed and put back.
    pub(super) fn take(&mut self) -> Vec<f64> {
        std::mem::take(&mut self.values)
    }

    /// Puts values back.
    pub(super) fn put(&mut self, values: Vec<f64>) {
        self.values = values;
    }

    /// The value of a slot in a step and a lane; that of a constant in any step. Steps behind the last are the last.
    #[must_use]
    pub fn value(&self, slot: SlotId, step: usize, lane: usize) -> Value {
        unpack(self.packed(slot, step, lane))
    }

    /// Whether a slot holds one value or one a step.
    #[must_use]
    pub fn shape(&self, slot: SlotId) -> Shape {
        self.slots.get(slot.0 as usize).map_or(Shape::Constant, |(_, shape)| *shape)
    }

    /// How many runs were made at once.
    #[must_use]
    pub const fn lanes(&self) -> usize {
        self.lanes
    }

    /// How many steps a series has.
    #[must_use]
    pub const fn steps(&self) -> usize {
        self.steps
    }

    /// A value as it lies in the column.
    pub(super) fn packed(&self, slot: SlotId, step: usize, lane: usize) -> f64 {
        let Some((first, shape)) = self.slots.get(slot.0 as usize) else { return f64::NAN };
        let row = match shape {
            Shape::Constant => 0,
            Shape::Series => step.min(self.steps.saturating_sub(1)),
        };
        self.values.get(first + row * self.lanes + lane.min(self.lanes - 1)).copied().unwrap_or(f64::NAN)
    }
}
