//! Models written as texts: the engine and the slow evaluator agree on them bit for bit, under every scenario.

use super::Naive;
use super::agree::{expected, text};
use crate::support::{files, read};
use biz::check::model::{CellId, Content, Model, ScenarioId, Steps};
use biz::compile::{Target, What, compile};
use biz::run::{Inputs, run};

/// Every computed definition, by step, over the whole timeline and over its first half.
pub fn targets(model: &Model) -> Vec<Target> {
    let count = model.grid.len() as u32;
    let spans = [None, Some(Steps { first: 0, end: count }), Some(Steps { first: 0, end: count.div_ceil(2) })];
    let scenarios = [None].into_iter().chain((0..model.scenarios.len() as u32).map(|at| Some(ScenarioId(at))));
    let cells = || (0..model.cells.len() as u32).map(CellId);
    let of_scenario = |scenario: Option<ScenarioId>| {
        let computed = move |cell: &CellId| matches!(model.content(*cell, scenario), Content::Computed(_));
        cells().filter(computed).flat_map(move |cell| {
            spans.into_iter().map(move |over| Target { what: What::Cell(cell), scenario, over })
        })
    };
    scenarios.flat_map(of_scenario).collect()
}

/// Every target of a model in every step; how many values that are.
pub fn agree_on(model: &Model, name: &str) -> usize {
    let targets = targets(model);
    let compiled = compile(model, &targets);
    let columns = run(&compiled.tape, &Inputs::once());
    let mut naive = Naive::new(model);
    let mut compared = 0;
    for target in &targets {
        let slot = compiled.slot(*target).expect("it is computed");
        // Over a span there is one value.
        let steps = if target.over.is_some() { 1 } else { model.grid.len() };
        compared += steps;
        for step in 0..steps {
            let (found, wanted) = (text(columns.value(slot, step, 0)), expected(&mut naive, *target, step));
            assert_eq!(found, wanted, "{name}: {target:?} at {step}");
        }
    }
    compared
}

#[test]
fn engine_and_slow_evaluator_agree_on_texts() {
    let mut compared = 0;
    for folder in ["examples", "tests/run/models", "tests/check/clean"] {
        for path in files(folder, "biz") {
            let read = read(&std::fs::read_to_string(&path).expect("it is a text"));
            let model = read.model.unwrap_or_else(|| panic!("{} is clean", path.display()));
            compared += agree_on(&model, &path.display().to_string());
        }
    }
    assert!(compared > 50_000, "{compared} values compared");
}
