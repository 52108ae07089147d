//! Models of many instances, whose loops a run steps side by side: the engine and the slow evaluator agree on them bit
//! for bit, numbers, blanks and faults.

use super::texts::{agree_on, targets};
use crate::support::read;
use biz::check::model::Model;
use biz::compile::compile;
use biz::run::{Inputs, rerun, run};
use biz::tape::{Block, InputId};
use std::fmt::Write;

const KIND: &str = "
unit seat / seats
unit person / persons

kind plan {
  begun  : seat
  lost   : share/month
  rate   : share
  top    : share
  wait   = 2 month

  # A level with what leaves it.
  joining = 40 seat/month growing 30%/year
  held    = accumulate(joining - leaving, from: begun)
  leaving = lost * held

  # Sums and products of several, the smallest and the largest.
  pace  = max(min(opening(pace, from: rate) * rate / top * 2, top, 40), 0.5) - opening(pace, from: 1) / 7 + rate

  # A branch that comes back on itself.
  phase = if opening(phase, from: 0) >= top then 0 else opening(phase, from: 0) + 1
  odd   = if opening(odd, from: 0) == 1 then 0 else 1
  kept  = if odd != 1 then -opening(kept, from: 2) else opening(kept, from: 2) * 3

  # No fast way: a power, a delay inside its own loop, a smeared one.
  bent  = (opening(bent, from: 1) + 1) ^ rate - opening(bent, from: 1)
  owed  = 10 seat/month + delay(owed, by: wait) / 2
  slow  = 10 seat/month + delay(slow, by: 4 month, order: 2) / 3

  # Faults and blanks, in some instances and some steps: 1/0, 0/0, and too large a number.
  split = 6 / (opening(split, from: top) - 3) + rate
  none  = (opening(none, from: rate) - 1) / (opening(none, from: rate) - 1) otherwise 0.5
  large = opening(large, from: rate) * opening(large, from: rate) * 1e30
  piled = accumulate((opening(none, from: rate) - 1) / (top - 3) * 1 seat/month + opening(piled) / 2 month, from: begun)
}
";

/// A model of so many instances, the last of which fill no row; no two of those next to each other are alike.
fn many(count: usize) -> Model {
    let mut text = format!("model many {{ timeline = 2026-01 to 2028-06, currency = USD }}\n{KIND}");
    for at in 0..count {
        let (lost, rate) = (["2", "2.5", "0", "100", "-3"][at % 5], ["1", "0.5", "1.1", "2", "0", "-1", "3"][at % 7]);
        let (begun, top) = (10 + at, 2 + at % 4);
        writeln!(text, "plan p{at} {{ begun = {begun} seat, lost = {lost}%/month, rate = {rate}, top = {top} }}").unwrap();
    }
    text += "all = sum(plan.held)\n";
    read(&text).model.expect("it is clean")
}

#[test]
fn loops_side_by_side_agree_with_the_slow_evaluator() {
    let model = many(21);
    assert!(agree_on(&model, "many") > 3_000);
    let tape = compile(&model, &targets(&model)).tape;
    let loops = tape.blocks().iter().filter(|block| matches!(block, Block::Loop(_))).count();
    let alone = (0..tape.blocks().len()).filter(|at| tape.alike(*at) == 1).count();
    let most = (0..tape.blocks().len()).map(|at| tape.alike(at)).max();
    assert!(loops > 200 && most == Some(21) && alone < loops / 5, "{loops} loops, {alone} alone\n{}", tape.dump());
}

/// What is played again after a change is what a whole run would have found, whichever inputs have changed.
#[test]
fn what_depends_on_a_change_is_all_that_has_to_be_played_again() {
    let model = many(11);
    let targets = targets(&model);
    let compiled = compile(&model, &targets);
    let tape = &compiled.tape;
    let mut factors = vec![1.0; tape.inputs() as usize];
    let mut columns = run(tape, &Inputs::once());
    for round in 0..60_usize {
        let changed: Vec<usize> = (0..1 + round % 4).map(|at| (7 * round + 5 * at) % factors.len()).collect();
        changed.iter().for_each(|at| factors[*at] = [1.1, 0.9, 0.0, 1e200, -1.0, 1.0, 1.0][round % 7]);
        let scaled = factors.iter().enumerate().map(|(at, factor)| (InputId(at as u32), vec![*factor]));
        let inputs = Inputs::scaled(1, scaled.collect());
        let changed: Vec<InputId> = changed.into_iter().map(|at| InputId(at as u32)).collect();
        rerun(&mut columns, tape, &inputs, &changed);
        let whole = run(tape, &inputs);
        for target in &targets {
            let slot = compiled.slot(*target).expect("it is computed");
            for step in 0..columns.steps() {
                let (found, wanted) = (columns.value(slot, step, 0), whole.value(slot, step, 0));
                assert_eq!(found, wanted, "{target:?} at {step} in round {round}");
            }
        }
    }
}
