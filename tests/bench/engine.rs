//! Benches of the engine: a large model from its text to its columns, and how the time grows with products and periods.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout, missing_docs, reason = "a bench prints")]

mod r2;

use biz::check::model::{CellId, Content, Model};
use biz::check::{Asked, check};
use biz::compile::{Target, What, compile};
use biz::run::{Inputs, again, rerun, run};
use biz::syntax::{ast, parse};
use biz::tape::Block;
use biz::text::{FileId, Source};
use std::hint::black_box;
use std::time::Instant;

/// The fastest of some tries, in seconds, and what came of the last.
fn fastest<T>(tries: usize, mut work: impl FnMut() -> T) -> (f64, T) {
    let mut once = || {
        let start = Instant::now();
        let outcome = black_box(work());
        (start.elapsed().as_secs_f64(), outcome)
    };
    let (mut best, mut outcome) = once();
    for _ in 1..tries {
        let (seconds, again) = once();
        best = best.min(seconds);
        outcome = again;
    }
    (best, outcome)
}

fn every_cell(model: &Model) -> Vec<Target> {
    let computed = |at: &usize| matches!(model.cells[*at].content, Content::Computed(_));
    let cells = (0..model.cells.len()).filter(computed).map(|at| CellId(at as u32));
    cells.map(|cell| Target { what: What::Cell(cell), scenario: None, over: None }).collect()
}

/// Seconds to parse, check, compile and run.
fn measure(prelude: &[&ast::File], products: usize, years: usize) -> [f64; 4] {
    let source = Source::new(FileId(prelude.len() as u32), "bench.biz", r2::text(products, years));
    let (parsing, parsed) = fastest(3, || parse(&source));
    assert!(parsed.mistakes.is_empty(), "{:?}", parsed.mistakes);
    let files = [parsed.file];
    let (checking, checked) = fastest(3, || check(&Asked { prelude, files: &files, sets: &[], queries: &[] }));
    let model = checked.model.unwrap();
    let targets = every_cell(&model);
    let (compiling, compiled) = fastest(5, || compile(&model, &targets));
    let (running, mut columns) = fastest(10, || run(&compiled.tape, &Inputs::once()));
    let (playing, ()) = fastest(10, || again(&mut columns, &compiled.tape, &Inputs::once()));
    let price = model.cells.iter().position(|cell| cell.path == "p500.first").unwrap();
    let price = compiled.input(CellId(price as u32)).unwrap();
    let inputs = Inputs::scaled(1, vec![(price, vec![1.1])]);
    let (changing, ()) = fastest(10, || rerun(&mut columns, &compiled.tape, &inputs, &[price]));
    let tape = &compiled.tape;
    let loops = tape.blocks().iter().filter(|block| matches!(block, Block::Loop(_))).count();
    println!(
        "{products} products, {} months: {} lines, {} operations, {loops} loops, {} values",
        years * 12,
        source.text.lines().count(),
        tape.ops().len(),
        tape.values(1),
    );
    let times = [parsing, checking, compiling, running];
    println!("  parse {:.1} ms, check {:.1} ms, compile {:.1} ms, run {:.1} ms", times[0] * 1e3, times[1] * 1e3, times[2] * 1e3, times[3] * 1e3);
    println!("  run again {:.2} ms, after one changed input {:.2} ms", playing * 1e3, changing * 1e3);
    times
}

fn growth(what: &str, small: [f64; 4], large: [f64; 4]) {
    let ratio = |at: usize| large[at] / small[at];
    println!("{what}: parse × {:.2}, check × {:.2}, compile × {:.2}, run × {:.2}", ratio(0), ratio(1), ratio(2), ratio(3));
}

fn main() {
    let texts = biz::prelude::texts().iter().enumerate();
    let sources: Vec<Source> = texts.map(|(at, (name, text))| Source::new(FileId(at as u32), *name, *text)).collect();
    let prelude: Vec<ast::File> = sources.iter().map(|source| parse(source).file).collect();
    let prelude: Vec<&ast::File> = prelude.iter().collect();
    let base = measure(&prelude, 1_000, 10);
    growth("twice the products", base, measure(&prelude, 2_000, 10));
    growth("twice the months", base, measure(&prelude, 1_000, 20));
}
