//! Benches of the reference models beside their baselines: by hand, and in numpy where it is there.
//!
//! `cargo bench --bench trials [-- ROUNDS [CASE]]`. Each variant runs in a process of its own, so that its peak memory is its own,
//! and the variants take turns, so that a busy moment hits all of them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::needless_range_loop,
    missing_docs,
    reason = "a bench prints, and its loops index columns of fixed length"
)]

mod grid;
#[cfg(target_arch = "x86_64")]
mod hand;
mod instances;
mod measure;
mod r2;
mod subject;

use measure::{Figures, median};
use std::path::{Path, PathBuf};
use std::process::Command;
use subject::{Asked, Sampling};

/// The memory of the binary.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// One row of the plan: a model, how many samples, and how many rounds a process makes.
struct Case {
    name: &'static str,
    model: &'static str,
    samples: usize,
    rounds: usize,
}

const CASES: [Case; 8] = [
    Case { name: "r1", model: "r1", samples: 10_000, rounds: 10 },
    Case { name: "r1", model: "r1", samples: 100_000, rounds: 5 },
    Case { name: "r1", model: "r1", samples: 1_000_000, rounds: 2 },
    Case { name: "r1_monthly", model: "r1_monthly", samples: 10_000, rounds: 5 },
    Case { name: "r1_monthly", model: "r1_monthly", samples: 100_000, rounds: 3 },
    Case { name: "r1_monthly", model: "r1_monthly", samples: 1_000_000, rounds: 1 },
    Case { name: "r2", model: "r2", samples: 1, rounds: 20 },
    Case { name: "r3", model: "r1", samples: 10_000, rounds: 20 },
];

const VARIANTS: [&str; 9] = ["hand", "hand, 1 core", "engine", "engine, 1 core", "afresh", "one input", "numpy", "threads", "numba"];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if let [mark, variant, case] = &arguments[..]
        && mark == "--child"
    {
        if let Some(figures) = child(variant, &CASES[case.parse::<usize>().unwrap()]) {
            println!("{}", figures.to_json());
        }
        return;
    }
    let rounds = arguments.first().and_then(|rounds| rounds.parse().ok()).unwrap_or(3);
    for (at, case) in CASES.iter().enumerate() {
        if arguments.get(1).is_none_or(|only| only == case.name) {
            compare(at, case, rounds);
        }
    }
}

/// Lets the variants of a case take turns and prints what they took.
fn compare(at: usize, case: &Case, rounds: usize) {
    let mut found: Vec<Vec<Figures>> = VARIANTS.map(|_| Vec::new()).into();
    for _ in 0..rounds {
        for (variant, figures) in VARIANTS.iter().zip(&mut found) {
            figures.extend(run(variant, at, case));
        }
    }
    println!("\n{}, {} samples", case.name, case.samples);
    println!("{:14}{:>12}{:>12}{:>14}{:>12}{:>12}  mean, p5, p50, p95 of the last output", "", "median", "fastest", "processor", "× hand", "peak");
    let seconds: Vec<Vec<f64>> = found.iter().map(|all| all.iter().flat_map(|one| one.seconds.clone()).collect()).collect();
    let by_hand = median(seconds[0].clone());
    for ((variant, all), seconds) in VARIANTS.iter().zip(&found).zip(seconds) {
        let Some(last) = all.last() else { continue };
        let fastest = seconds.iter().copied().fold(f64::INFINITY, f64::min);
        let processor = median(all.iter().map(|one| one.processor).collect());
        let middle = median(seconds);
        println!(
            "{variant:14}{:>9.2} ms{:>9.2} ms{:>11.1} ms{:>12.2}{:>8.1} MiB  {}",
            middle * 1e3,
            fastest * 1e3,
            processor * 1e3,
            middle / by_hand,
            last.peak_kb / 1024.0,
            last.outputs.last().map_or(String::new(), |figures| figures.map(|figure| format!("{figure:.5e}")).join(", ")),
        );
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bench")
}

/// One process of a variant; none where it does not apply or is not there.
fn run(variant: &str, at: usize, case: &Case) -> Option<Figures> {
    let script = if case.name == "r1_monthly" { "r1" } else { case.name };
    let mut command = match variant {
        "threads" | "numba" if script != "r1" => return None,
        "afresh" | "one input" if script != "r2" => return None,
        "numpy" | "threads" | "numba" => {
            let mut command = Command::new("python3");
            command.arg(folder().join(format!("numpy/{script}.py"))).args([variant, &case.samples.to_string(), &case.rounds.to_string()]);
            command.args((case.name == "r1_monthly").then_some("monthly"));
            command
        }
        _ => {
            let mut command = Command::new(std::env::current_exe().ok()?);
            command.args(["--child", variant, &at.to_string()]);
            command
        }
    };
    Figures::from_json(&String::from_utf8(command.output().ok()?.stdout).ok()?)
}

fn child(variant: &str, case: &Case) -> Option<Figures> {
    let threads = if variant.ends_with(", 1 core") { 1 } else { std::thread::available_parallelism().map_or(1, usize::from) };
    match variant {
        "hand" | "hand, 1 core" => by_hand(case, threads),
        "engine, 1 core" if case.name == "r2" => None,
        "engine" | "engine, 1 core" if case.name == "r3" => Some(grid::every_point(10 * case.rounds, threads)),
        "engine" if case.name == "r2" => Some(instances::everything(10 * case.rounds)),
        "afresh" => Some(instances::afresh(10 * case.rounds)),
        "one input" => Some(instances::one_price(10 * case.rounds)),
        _ => {
            let model = folder().join(format!("{}.biz", case.model));
            subject::measure(&Asked { model: &model, samples: case.samples, sampling: Sampling::Random, threads, rounds: case.rounds })
        }
    }
}

#[cfg(target_arch = "x86_64")]
fn by_hand(case: &Case, threads: usize) -> Option<Figures> {
    let simd = pulp::x86::V3::try_new()?;
    let trials = |draws| {
        measure::time(case.rounds, |seed| {
            let answer = hand::r1::simulate(simd, case.samples, draws, seed, threads);
            assert_eq!(answer.break_even.iter().sum::<u64>(), case.samples as u64, "every sample is counted once");
            answer.outputs
        })
    };
    match case.name {
        "r1" => Some(trials(hand::r1::Draws::Once)),
        "r1_monthly" => Some(trials(hand::r1::Draws::EachMonth)),
        // R2 and R3 take less than threads are worth.
        _ if threads > 1 => by_hand(case, 1),
        "r2" => {
            let mut products = hand::r2::Products::new();
            Some(measure::time(10 * case.rounds, |_| vec![[products.run(simd); 4]]))
        }
        _ => {
            let mut answers = Vec::new();
            Some(measure::time(10 * case.rounds, |_| {
                hand::r3::run(simd, &mut answers);
                vec![hand::r3::means(&answers)]
            }))
        }
    }
}

/// The loops by hand are written for AVX2.
#[cfg(not(target_arch = "x86_64"))]
fn by_hand(_: &Case, _: usize) -> Option<Figures> {
    None
}
