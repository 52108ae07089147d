//! Benches of the engine: how long a large model takes to compile and to run, and how that grows.
#![allow(clippy::unwrap_used, clippy::wildcard_enum_match_arm, clippy::indexing_slicing, clippy::print_stdout, missing_docs, reason = "a bench prints")]

#[path = "../naive/build.rs"]
#[allow(dead_code, reason = "tests use the rest")]
mod build;

use biz::calendar::Step;
use biz::check::model::{CellId, Comparison, Factor, Form, Node, Sign};
use biz::compile::{Target, What, compile};
use biz::run::{Inputs, run};
use biz::tape::Block;
use build::Build;
use std::hint::black_box;
use std::time::Instant;

/// A product of twelve equations, one of them a loop through time.
fn product(b: &mut Build, at: usize) -> [CellId; 12] {
    let n = at as f64;
    let growing = |b: &mut Build, value: f64, rate: f64, per: f64| {
        let (value, rate) = (b.flow(Node::Number(value)), b.number(rate));
        let expr = b.flow(Node::Growing { value, rate, per });
        b.cell(expr)
    };
    let times = |factor| (Factor::Times, factor);
    let price = growing(b, 40.0 + n * 0.01, 0.03 + n * 1e-5, 12.0);
    let churn = b.flow(Node::Number(0.02 + n * 1e-6));
    let churn = b.cell(churn);
    let joining = growing(b, 100.0 + n, 0.2 + n * 1e-5, 12.0);
    let customers = b.hole();
    let (opened, read_churn) = (b.bare(Node::Opened(customers)), b.flow(Node::Cell(churn)));
    let leaving = b.flow(Node::Product(opened, vec![times(read_churn)]));
    let leaving = b.cell(leaving);
    let (read_joining, read_leaving) = (b.flow(Node::Cell(joining)), b.flow(Node::Cell(leaving)));
    let net = b.flow(Node::Sum(read_joining, vec![(Sign::Minus, read_leaving)]));
    let from = b.number(n);
    let level = b.bare(Node::Accumulate { flow: net, from });
    b.fill(customers, level);
    let read_customers = b.bare(Node::Cell(customers));
    let each = b.flow(Node::Number(90.0));
    let usage = b.flow(Node::Product(read_customers, vec![times(each)]));
    let usage = b.cell(usage);
    let read_usage = b.flow(Node::Cell(usage));
    let bands = [(1e4, 0.0), (1e5, 0.02), (f64::INFINITY, 0.012)];
    let bands = bands.iter().map(|(bound, rate)| (*bound, b.number(*rate), None)).collect();
    let table = b.table(Form::Graduated, bands);
    let metered = b.flow(Node::Lookup(table, read_usage));
    let read_price = b.flow(Node::Cell(price));
    let subscribed = b.flow(Node::Product(read_customers, vec![times(read_price)]));
    let revenue = b.flow(Node::Sum(subscribed, vec![(Sign::Plus, metered)]));
    let revenue = b.cell(revenue);
    let unit_cost = b.number(0.004 + n * 1e-7);
    let cost = b.flow(Node::Product(read_usage, vec![times(unit_cost)]));
    let cost = b.cell(cost);
    let (read_revenue, read_cost) = (b.flow(Node::Cell(revenue)), b.flow(Node::Cell(cost)));
    let margin = b.flow(Node::Sum(read_revenue, vec![(Sign::Minus, read_cost)]));
    let margin = b.cell(margin);
    let read_margin = b.flow(Node::Cell(margin));
    let share = b.bare(Node::Product(read_margin, vec![(Factor::Over, read_revenue)]));
    let share = b.cell(share);
    let (time, launch) = (b.date(Node::Time), b.model.grid.start(at % 24));
    let launch = b.date(Node::Number(launch));
    let launched = b.condition(Node::Compare(time, vec![(Comparison::AtLeast, launch)]));
    let zero = b.flow(Node::Number(0.0));
    let sold = b.flow(Node::If(launched, read_revenue, zero));
    let sold = b.cell(sold);
    let from = b.number(0.0);
    let saved = b.bare(Node::Accumulate { flow: read_margin, from });
    let saved = b.cell(saved);
    [price, churn, joining, customers, leaving, usage, revenue, cost, margin, share, sold, saved]
}

/// Seconds to compile and to run, each the fastest of some tries.
fn measure(products: usize, months: u8) -> (f64, f64) {
    let mut b = Build::new(months, Step::Month);
    let cells: Vec<CellId> = (0..products).flat_map(|at| product(&mut b, at)).collect();
    let targets: Vec<Target> =
        cells.iter().map(|cell| Target { what: What::Cell(*cell), scenario: None, over: None }).collect();
    let (mut compiling, mut running) = (f64::INFINITY, f64::INFINITY);
    let mut last = None;
    for _ in 0..5 {
        let start = Instant::now();
        let compiled = compile(&b.model, &targets);
        compiling = compiling.min(start.elapsed().as_secs_f64());
        for _ in 0..3 {
            let start = Instant::now();
            let columns = run(&compiled.tape, &Inputs::once());
            running = running.min(start.elapsed().as_secs_f64());
            black_box(columns.value(compiled.slot(targets[0]).unwrap(), 0, 0));
        }
        last = Some(compiled);
    }
    let tape = last.unwrap().tape;
    let loops = tape.blocks().iter().filter(|block| matches!(block, Block::Loop(_))).count();
    println!(
        "{products} products, {months} months: {} cells, {} operations, {loops} loops, {} values; compile {:.1} ms, run {:.1} ms",
        cells.len() * usize::from(months),
        tape.ops().len(),
        tape.values(1),
        compiling * 1e3,
        running * 1e3,
    );
    (compiling, running)
}

fn main() {
    let (compile, run) = measure(1_000, 120);
    let (compile_products, run_products) = measure(2_000, 120);
    let (compile_months, run_months) = measure(1_000, 240);
    println!("twice the products: compile × {:.2}, run × {:.2}", compile_products / compile, run_products / run);
    println!("twice the months: compile × {:.2}, run × {:.2}", compile_months / compile, run_months / run);
}
