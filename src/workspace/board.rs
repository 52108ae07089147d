//! Boards: a model at many values of some of its inputs.

use super::mistakes;
use super::sampling::{Samples, seeds};
use crate::check::model::{Model, ScenarioId, Vary};
use crate::compile::{Compiled, Target, compile};
use crate::diagnostic::Diagnostic;
use crate::run::{Collected, Order, Output, Sampled, Value, reading, sampled_at, sweep};
use crate::tape::{Blank, Code, InputId, SlotId};

/// The most cells that all points together hold; with what is told of each they take some GiB.
const MOST_CELLS: usize = 100_000_000;
/// The most values of all samples of all points.
const MOST_PLAYED: u64 = 30_000_000_000;

/// What is asked at every point.
pub(super) struct Board<'m> {
    model: &'m Model,
    compiled: Compiled,
    targets: Vec<Option<SlotId>>,
    chances: Vec<Option<SlotId>>,
    inputs: Vec<InputId>,
    how: Samples,
    /// Whether something looks across samples.
    sampled: bool,
}

/// What came of it.
pub(super) enum Answers {
    Lanes(Collected),
    Samples(Vec<Sampled>),
}

impl<'m> Board<'m> {
    /// For inputs that are varied, figures, and conditions of which the part of the samples counts in which they hold.
    pub fn new(model: &'m Model, vary: &[Vary], targets: &[Target], chances: &[Target], how: Samples) -> Self {
        let all: Vec<Target> = targets.iter().chain(chances).copied().collect();
        let compiled = compile(model, &all);
        let slots = |targets: &[Target]| targets.iter().map(|target| compiled.slot(*target)).collect::<Vec<Option<SlotId>>>();
        let (targets, chances) = (slots(targets), slots(chances));
        let looks = !all.is_empty() && compiled.tape.ops().iter().any(|op| op.code == Code::Statistic);
        let inputs = vary.iter().map(|vary| compiled.input(vary.cell).unwrap_or(InputId(u32::MAX))).collect();
        let sampled = how.count > 0 && (looks || !chances.is_empty());
        Self { model, targets, chances, inputs, how, sampled, compiled }
    }

    /// Whether each point takes samples of its own.
    pub const fn is_sampled(&self) -> bool {
        self.sampled
    }

    /// Whether an input has a part in what is asked under the scenario that is computed.
    pub fn reads(&self, input: usize) -> bool {
        self.inputs.get(input).is_some_and(|input| reading(&self.compiled.tape, *input).next().is_some())
    }

    /// More than this many points would take too much memory.
    pub fn most_points(&self) -> usize {
        MOST_CELLS / self.compiled.tape.values(1).max(1)
    }

    /// Refuses more points than there is memory for, or than can be played in minutes.
    pub fn allows(&self, points: usize) -> Result<(), Box<Diagnostic>> {
        if self.sampled {
            let a_point = (self.compiled.tape.values(1) as u64).saturating_mul(self.how.count).max(1);
            let most = (MOST_PLAYED / a_point).max(1) as usize;
            return if points <= most { Ok(()) } else { Err(Box::new(mistakes::too_many_sampled_points(points, most, self.how.count))) };
        }
        let most = self.most_points();
        if points <= most { Ok(()) } else { Err(Box::new(mistakes::too_many_points(points, most))) }
    }

    /// Every figure at every point.
    pub fn at(&self, points: &[Vec<f64>]) -> Answers {
        let tape = &self.compiled.tape;
        if !self.sampled {
            let column = |at: usize| points.iter().filter_map(|point| point.get(at).copied()).collect();
            let inputs: Vec<(InputId, Vec<f64>)> = self.inputs.iter().enumerate().map(|(at, input)| (*input, column(at))).collect();
            let slots: Vec<SlotId> = self.targets.iter().map(|slot| slot.unwrap_or(SlotId(0))).collect();
            return Answers::Lanes(sweep(tape, &inputs, &slots, self.how.threads));
        }
        let seeds = seeds(self.model, &self.how);
        let outputs: Vec<Output> = self.chances.iter().flatten().map(|slot| Output { slot: *slot, shares: Vec::new(), order: Order::Exact }).collect();
        let one = |point: &Vec<f64>| {
            let inputs: Vec<(InputId, f64)> = self.inputs.iter().copied().zip(point.iter().copied()).collect();
            sampled_at(tape, &inputs, &seeds, &outputs, self.how.threads)
        };
        Answers::Samples(points.iter().map(one).collect())
    }

    /// A figure in a step at a point.
    pub fn value(&self, answers: &Answers, target: usize, step: usize, point: usize) -> Value {
        let Some(slot) = self.targets.get(target).copied().flatten() else { return Value::Blank(Blank::ZeroByZero) };
        match answers {
            Answers::Lanes(collected) => collected.value(target, step, point),
            Answers::Samples(points) => {
                points.get(point).map_or(Value::Blank(Blank::Samples), |sampled| sampled.columns.value(slot, step, 0))
            }
        }
    }

    /// A figure that is one number.
    pub fn number(&self, answers: &Answers, target: usize, step: usize, point: usize) -> Option<f64> {
        match self.value(answers, target, step, point) {
            Value::Number(number) => Some(number),
            Value::Blank(_) | Value::Fault(_) => None,
        }
    }

    /// In which part of the samples a condition holds at a point; none without samples.
    pub fn chance(&self, answers: &Answers, chance: usize, point: usize) -> Option<f64> {
        let Answers::Samples(points) = answers else { return None };
        let place = self.chances.iter().take(chance).flatten().count();
        let summary = points.get(point)?.summaries.get(place)?.first()?;
        Some(summary.mean.map_or(0.0, |mean| mean * summary.count as f64 / summary.samples() as f64))
    }

    /// The scenario's name.
    pub fn scenario_name(model: &Model, scenario: Option<ScenarioId>) -> Option<String> {
        scenario.and_then(|id| model.scenarios.get(id.0 as usize)).and_then(|scenario| scenario.name.clone())
    }
}
