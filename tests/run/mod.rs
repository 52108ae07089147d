//! The engine by hand-checked examples.
#![allow(clippy::wildcard_enum_match_arm, reason = "any other value is a failure")]

mod ages;
mod choices;
mod loops;
mod nodes;
mod scale;
mod shards;
mod streams;
mod variants;

use crate::naive::build::Build;
use biz::check::model::{CellId, ScenarioId, Steps};
use biz::compile::{Compiled, Target, What, compile};
use biz::run::{Columns, Fault, FaultKind, Inputs, Value, run};
use biz::tape::OpId;

pub fn plain(what: What) -> Target {
    Target { what, scenario: None, over: None }
}

pub fn cell(cell: CellId) -> Target {
    plain(What::Cell(cell))
}

pub fn under(cell: CellId, scenario: ScenarioId) -> Target {
    Target { what: What::Cell(cell), scenario: Some(scenario), over: None }
}

pub fn over(cell: CellId, first: u32, end: u32) -> Target {
    Target { what: What::Cell(cell), scenario: None, over: Some(Steps { first, end }) }
}

pub struct Ran {
    pub compiled: Compiled,
    pub columns: Columns,
}

pub fn ran(build: &Build, targets: &[Target]) -> Ran {
    let compiled = compile(&build.model, targets);
    let columns = run(&compiled.tape, &Inputs::once());
    Ran { compiled, columns }
}

impl Ran {
    pub fn value(&self, target: Target, step: usize) -> Value {
        self.columns.value(self.compiled.slot(target).unwrap(), step, 0)
    }

    /// The numbers of a target in every step; anything else is a failure.
    pub fn numbers(&self, target: Target) -> Vec<f64> {
        let number = |step| match self.value(target, step) {
            Value::Number(number) => number,
            other => panic!("step {step}: {other:?}\n{}", self.compiled.tape.dump()),
        };
        (0..self.columns.steps()).map(number).collect()
    }

    pub fn number(&self, target: Target) -> f64 {
        self.numbers(target)[0]
    }

    pub fn fault(&self, target: Target, step: usize) -> (FaultKind, u32, OpId) {
        match self.value(target, step) {
            Value::Fault(Fault { kind, op, step }) => (kind, step, op),
            other => panic!("no fault but {other:?}\n{}", self.compiled.tape.dump()),
        }
    }
}
