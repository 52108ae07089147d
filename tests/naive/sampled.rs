//! Random models over samples: a program of rows and the machine agree bit for bit, whatever the threads.

use super::agree::targets;
use super::random::model;
use biz::compile::compile;
use biz::run::{Asked, Inputs, Output, Sampling, Seeds, Summary, Way, run, trials};
use proptest::prelude::{ProptestConfig, prop};
use proptest::test_runner::TestCaseError;
use proptest::{prop_assert_eq, proptest};
use std::num::NonZero;

/// A summary as text: bits of numbers, kinds of faults.
fn text(summary: &Summary) -> String {
    let bits = |value: f64| format!("{value:e} {:x}", (value + 0.0).to_bits());
    let shares: Vec<String> = summary.shares.iter().copied().map(bits).collect();
    format!(
        "{} {} {} {:?} {:?} {shares:?} {:?}",
        summary.count,
        summary.blanks,
        summary.faults,
        summary.mean.map(bits),
        summary.deviation.map(bits),
        summary.fault.map(|(sample, fault)| (sample, fault.kind)),
    )
}

fn agrees(choices: Vec<u32>, samples: u64) -> Result<(), TestCaseError> {
    let random = model(choices);
    let targets = targets(&random);
    let compiled = compile(&random.build.model, &targets);
    let columns = run(&compiled.tape, &Inputs::once());
    let outputs = targets.iter().filter_map(|target| compiled.slot(*target));
    let outputs = outputs.map(|slot| Output { slot, shares: vec![0.05, 0.5] }).collect();
    let seeds = Seeds { seed: 7, sampling: Sampling::Random, samples, names: [].into(), copulas: Vec::new() };
    let asked = |threads| Asked { seeds: seeds.clone(), outputs: Vec::clone(&outputs), threads: NonZero::new(threads) };
    let wanted = trials(&compiled.tape, &columns, &asked(1), Way::Machine);
    for threads in [1, 3] {
        let found = trials(&compiled.tape, &columns, &asked(threads), Way::Program);
        for ((found, wanted), target) in found.iter().zip(&wanted).zip(&targets) {
            for (step, (found, wanted)) in found.iter().zip(wanted).enumerate() {
                prop_assert_eq!(
                    text(found),
                    text(wanted),
                    "{:?} at {} of {}\n{}",
                    target,
                    step,
                    threads,
                    compiled.tape.dump()
                );
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn programs_and_the_machine_agree(choices in prop::collection::vec(0_u32..10_000, 0..250), samples in 1_u64..700) {
        agrees(choices, samples)?;
    }
}
