//! Random models: the engine and the slow evaluator agree bit for bit, and so do many lanes with runs of one.

use super::random::{Random, model};
use super::{Naive, Outcome};
use biz::check::model::{Model, Role, ScenarioId, Steps};
use biz::compile::{Target, What, compile};
use biz::run::{Inputs, Value, again, rerun, run};
use biz::tape::{Block, Code};
use proptest::prelude::{ProptestConfig, prop};
use proptest::test_runner::TestCaseError;
use proptest::{prop_assert_eq, proptest};
use std::collections::BTreeMap;

/// Every definition and some expressions, under every scenario, in each step and over spans.
pub fn targets(random: &Random) -> Vec<Target> {
    let scenarios: Vec<Option<ScenarioId>> =
        [None].into_iter().chain(random.scenarios.iter().copied().map(Some)).collect();
    let count = random.build.model.grid.len() as u32;
    let spans = [None, Some(Steps { first: 0, end: count }), Some(Steps { first: count / 2, end: count / 2 + 1 })];
    let mut targets = Vec::new();
    for scenario in scenarios {
        for over in spans {
            let cells = random.cells.iter().copied().map(What::Cell);
            let exprs = random.exprs.iter().copied().map(What::Expr).take(5);
            targets.extend(cells.chain(exprs).map(|what| Target { what, scenario, over }));
        }
    }
    targets
}

/// A value as text: the bits of a number, the kind of a fault.
pub fn text(value: Value) -> String {
    match value {
        Value::Number(number) => format!("{number:e} {:x}", number.to_bits()),
        Value::Blank(_) => "blank".into(),
        Value::Fault(fault) => format!("{:?}", fault.kind),
    }
}

pub fn expected(naive: &mut Naive<'_>, target: Target, step: usize) -> String {
    let value = match (target.what, target.over) {
        (What::Cell(cell), None) => naive.cell(cell, target.scenario, step),
        (What::Expr(expr), None) => naive.expr(expr, target.scenario, step),
        (What::Cell(cell), Some(steps)) => {
            let value = naive.cell_over(cell, target.scenario, steps);
            let cell = naive.model.cell(cell);
            if cell.role == Role::Flow { naive.asked_over(cell.unit, value) } else { value }
        }
        (What::Expr(expr), Some(steps)) => {
            let value = naive.over(expr, target.scenario, steps);
            if naive.is_flow(expr) { naive.asked_over(naive.model.expr(expr).unit, value) } else { value }
        }
    };
    match value {
        Outcome::Number(number) => format!("{:e} {:x}", number + 0.0, (number + 0.0).to_bits()),
        Outcome::Blank => "blank".into(),
        Outcome::Fault(kind) => format!("{kind:?}"),
    }
}

fn agrees(choices: Vec<u32>) -> Result<(), TestCaseError> {
    let random = model(choices);
    compare(&random.build.model, &targets(&random))
}

/// Every target in every step, by the engine and by the slow evaluator.
fn compare(model: &Model, targets: &[Target]) -> Result<(), TestCaseError> {
    let compiled = compile(model, targets);
    let columns = run(&compiled.tape, &Inputs::once());
    let mut naive = Naive::new(model);
    for step in 0..model.grid.len() {
        for target in targets {
            let slot = compiled.slot(*target).unwrap();
            let found = text(columns.value(slot, step, 0));
            let wanted = expected(&mut naive, *target, step);
            prop_assert_eq!(
                &found, &wanted, "{:?} at {}\n{:?}\n{:?}\n{}",
                target, step, model.exprs.iter().map(|e| &e.node).enumerate().collect::<Vec<_>>(),
                model.cells.iter().map(|c| c.content).collect::<Vec<_>>(), compiled.tape.dump()
            );
        }
    }
    Ok(())
}

/// What a run of many lanes holds in each, a run of one with the same factors holds too.
fn lanes_agree(choices: Vec<u32>, factors: &[f64]) -> Result<(), TestCaseError> {
    let random = model(choices);
    let targets = targets(&random);
    let compiled = compile(&random.build.model, &targets);
    let inputs: Vec<_> = random.cells.iter().filter_map(|cell| compiled.input(*cell)).collect();
    let factor = |input: usize, lane: usize| factors[(input * 3 + lane) % factors.len()];
    let scaled = |lanes: &[usize]| {
        let of = |input| lanes.iter().map(|lane| factor(input, *lane)).collect();
        inputs.iter().enumerate().map(|(at, input)| (*input, of(at))).collect()
    };
    let together = run(&compiled.tape, &Inputs::scaled(5, scaled(&[0, 1, 2, 3, 4])));
    for lane in 0..5 {
        let alone = run(&compiled.tape, &Inputs::scaled(1, scaled(&[lane])));
        for target in &targets {
            let slot = compiled.slot(*target).unwrap();
            for step in 0..random.build.model.grid.len() {
                let dump = || compiled.tape.dump();
                prop_assert_eq!(together.value(slot, step, lane), alone.value(slot, step, 0), "{:?} at {}\n{}", target, step, dump());
            }
        }
    }
    Ok(())
}

/// What is played again after some inputs have changed, one after the other, is what a whole run finds.
fn reruns_agree(choices: Vec<u32>, factors: &[f64], lanes: usize) -> Result<(), TestCaseError> {
    let random = model(choices);
    let targets = targets(&random);
    let compiled = compile(&random.build.model, &targets);
    let known: Vec<_> = random.cells.iter().filter_map(|cell| compiled.input(*cell)).collect();
    let mut inputs = Inputs::scaled(lanes, known.iter().map(|input| (*input, vec![1.0; lanes])).collect());
    let mut columns = run(&compiled.tape, &inputs);
    let mut over = columns.clone();
    for (at, factor) in factors.iter().enumerate().filter(|_| !known.is_empty()) {
        let (input, given) = &mut inputs.scaled[at * 5 % known.len()];
        given[at % lanes] = *factor;
        let changed = [*input];
        rerun(&mut columns, &compiled.tape, &inputs, &changed);
        again(&mut over, &compiled.tape, &inputs);
        let whole = run(&compiled.tape, &inputs);
        for target in &targets {
            let slot = compiled.slot(*target).unwrap();
            for (step, lane) in (0..whole.steps()).flat_map(|step| (0..lanes).map(move |lane| (step, lane))) {
                let wanted = whole.value(slot, step, lane);
                prop_assert_eq!(columns.value(slot, step, lane), wanted, "{:?} at {}", target, step);
                prop_assert_eq!(over.value(slot, step, lane), wanted, "{:?} at {}", target, step);
            }
        }
    }
    Ok(())
}

/// The comparison is worth no more than what it compares: every operation has to occur, most values have to be numbers.
#[test]
fn random_models_hold_everything() {
    let mut state = 1_u64;
    let mut next = || {
        // Knuth's linear congruence: the same models in every run.
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as u32 % 10_000
    };
    let mut found: BTreeMap<Code, usize> = BTreeMap::new();
    let (mut numbers, mut others, mut loops) = (0, 0, 0);
    for size in (0..2_500).map(|at| 50 + at % 200) {
        let random = model((0..size).map(|_| next()).collect());
        let targets = targets(&random);
        let compiled = compile(&random.build.model, &targets);
        let columns = run(&compiled.tape, &Inputs::once());
        compiled.tape.ops().iter().for_each(|op| *found.entry(op.code).or_default() += 1);
        loops += compiled.tape.blocks().iter().filter(|block| matches!(block, Block::Loop(_))).count();
        for target in targets {
            for step in 0..columns.steps() {
                match columns.value(compiled.slot(target).unwrap(), step, 0) {
                    Value::Number(_) => numbers += 1,
                    Value::Blank(_) | Value::Fault(_) => others += 1,
                }
            }
        }
    }
    for row in Code::rows().iter().filter(|row| row.code != Code::Circle) {
        assert!(found.get(&row.code).is_some_and(|count| *count > 20), "{}: {:?}", row.name, found.get(&row.code));
    }
    assert!(numbers > others && others > numbers / 20, "{numbers} numbers, {others} blanks and faults");
    assert!(loops > 300, "{loops} loops");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn engine_and_slow_evaluator_agree(choices in prop::collection::vec(0_u32..10_000, 0..250)) {
        agrees(choices)?;
    }

    #[test]
    fn lanes_and_single_runs_agree(
        choices in prop::collection::vec(0_u32..10_000, 0..200),
        factors in prop::collection::vec(prop::sample::select(vec![0.0, 1.0, 0.9, 1.1, -1.0, 1e200, 3.0]), 7),
    ) {
        lanes_agree(choices, &factors)?;
    }

    #[test]
    fn reruns_and_whole_runs_agree(
        choices in prop::collection::vec(0_u32..10_000, 0..200),
        factors in prop::collection::vec(prop::sample::select(vec![0.0, 1.0, 0.9, -1.0, 1e200]), 3),
        lanes in 1_usize..3,
    ) {
        reruns_agree(choices, &factors, lanes)?;
    }
}
