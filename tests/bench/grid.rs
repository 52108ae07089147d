//! Bench of a grid: R3, the reference model at its means over 100 prices by 100 churns, beside the loop by hand.
//!
//! `cargo bench --bench grid`. Times are of the calculation alone, from a compiled tape to every answer.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::needless_range_loop,
    missing_docs,
    dead_code,
    reason = "a bench prints, and its loops index columns of fixed length"
)]

#[cfg(target_arch = "x86_64")]
mod hand;
mod r2;

use biz::check::model::Model;
use biz::check::{self, check};
use biz::compile::{Compiled, Target, What, compile};
use biz::run::{Collected, sweep};
use biz::syntax::{ast, parse};
use biz::tape::SlotId;
use biz::text::{FileId, Source};
use std::hint::black_box;
use std::num::NonZero;
use std::time::Instant;

const ROUNDS: usize = 101;
const OUTPUTS: [&str; 4] = ["total_revenue", "last_cash", "lowest_cash", "break_even"];

/// The reference model with a churn that is known, and what R3 asks of it.
fn text() -> String {
    let r1 = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/bench/r1.biz")).expect("it is there");
    let known = |line: &str| if line.starts_with("churn ") { "churn = 3%/month".to_owned() } else { line.to_owned() };
    let lines: Vec<String> = r1.lines().map(known).collect();
    lines.join("\n") + "\ntotal_revenue = total(revenue)\nlast_cash = final(cash)\n"
}

fn model(text: &str) -> Model {
    let texts = biz::prelude::texts().iter().enumerate();
    let sources: Vec<Source> = texts.map(|(at, (name, text))| Source::new(FileId(at as u32), *name, *text)).collect();
    let prelude: Vec<ast::File> = sources.iter().map(|source| parse(source).file).collect();
    let prelude: Vec<&ast::File> = prelude.iter().collect();
    let file = parse(&Source::new(FileId(sources.len() as u32), "r3.biz", text)).file;
    let checked = check(&check::Asked { prelude: &prelude, files: &[file], sets: &[], queries: &[] });
    checked.model.expect("the model is sound")
}

/// The median of some rounds, in seconds, and what came of the last.
fn median<T>(mut work: impl FnMut() -> T) -> (f64, T) {
    let mut last = work();
    let mut seconds: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let begin = Instant::now();
            last = black_box(work());
            begin.elapsed().as_secs_f64()
        })
        .collect();
    seconds.sort_by(f64::total_cmp);
    (seconds[ROUNDS / 2], last)
}

fn engine(model: &Model, compiled: &Compiled, threads: Option<NonZero<usize>>) -> (f64, Collected) {
    let input = |name: &str| compiled.input(model.find(name).expect(name)).expect("an input");
    // By month, as the tape counts; the grid of the loop by hand, the first input slowest.
    let side = 100;
    let prices = (0..side * side).map(|at| 25.0 + 0.5 * (at / side) as f64).collect();
    let churns = (0..side * side).map(|at| 0.01 + 0.0005 * (at % side) as f64).collect();
    let inputs = [(input("seat_price"), prices), (input("churn"), churns)];
    let slots: Vec<SlotId> = OUTPUTS.iter().map(|name| compiled.slot(target(model, name)).expect("a figure")).collect();
    median(|| sweep(&compiled.tape, &inputs, &slots, threads))
}

fn target(model: &Model, name: &str) -> Target {
    Target { what: What::Cell(model.find(name).expect(name)), scenario: None, over: None }
}

fn main() {
    let model = model(&text());
    let targets = OUTPUTS.map(|name| target(&model, name));
    let compiled = compile(&model, &targets);
    let (one, _) = engine(&model, &compiled, NonZero::new(1));
    let (all, told) = engine(&model, &compiled, None);
    let mean = |output| told.numbers(output, 0).iter().sum::<f64>() / 10_000.0;
    println!("engine: {:.3} ms on one thread, {:.3} ms on all; means {:?}", one * 1e3, all * 1e3, [0, 1, 2, 3].map(mean));
    #[cfg(target_arch = "x86_64")]
    if let Some(simd) = pulp::x86::V3::try_new() {
        let mut answers = hand::r3::Answers::default();
        let (by_hand, ()) = median(|| hand::r3::run(simd, &mut answers));
        println!("by hand: {:.3} ms on one thread; means {:?}", by_hand * 1e3, hand::r3::means(&answers));
        println!("ratio {:.2} and {:.2}", one / by_hand, all / by_hand);
    }
}
