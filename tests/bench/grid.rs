//! The engine at R3: the reference model at its means over a grid of prices and churns.

use crate::measure::{Figures, time};
use crate::subject;
use biz::compile::{Target, What, compile};
use biz::run::sweep;
use biz::tape::SlotId;
use std::num::NonZero;

/// How many values each of the two inputs takes.
const SIDE: usize = 100;
const OUTPUTS: [&str; 4] = ["total_revenue", "last_cash", "lowest_cash", "break_even"];

/// The reference model with a churn that is known, and what R3 asks of it.
fn text() -> String {
    let r1 = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/bench/r1.biz")).expect("it is there");
    let known = |line: &str| if line.starts_with("churn ") { "churn = 3%/month".to_owned() } else { line.to_owned() };
    let lines: Vec<String> = r1.lines().map(known).collect();
    lines.join("\n") + "\ntotal_revenue = total(revenue)\nlast_cash = final(cash)\n"
}

/// From a compiled tape to every answer; of each its mean over the grid.
pub fn every_point(rounds: usize, threads: usize) -> Figures {
    let model = subject::model(&text());
    let target = |name: &str| Target { what: What::Cell(model.find(name).expect(name)), scenario: None, over: None };
    let compiled = compile(&model, &OUTPUTS.map(target));
    let input = |name: &str| compiled.input(model.find(name).expect(name)).expect("an input");
    // By month, as the tape counts; the first input slowest, as in the loop by hand.
    let values = |value: fn(usize) -> f64| (0..SIDE * SIDE).map(value).collect::<Vec<f64>>();
    let inputs = [
        (input("seat_price"), values(|at| 25.0 + 0.5 * (at / SIDE) as f64)),
        (input("churn"), values(|at| 0.01 + 0.0005 * (at % SIDE) as f64)),
    ];
    let slots: Vec<SlotId> = OUTPUTS.iter().map(|name| compiled.slot(target(name)).expect("a figure")).collect();
    time(rounds, |_| {
        let told = sweep(&compiled.tape, &inputs, &slots, NonZero::new(threads));
        let mean = |output| told.numbers(output, 0).iter().sum::<f64>() / (SIDE * SIDE) as f64;
        vec![[0, 1, 2, 3].map(mean)]
    })
}
