//! Random models over samples: a program of rows and the machine agree bit for bit, whatever the threads.

use super::agree::targets;
use super::random::model;
use crate::support::read;
use biz::check::model::{Model, Steps};
use biz::compile::{Target, What, compile};
use biz::run::{Asked, Inputs, Order, Output, Sampling, Seeds, Summary, Uncertain, Varied, Way, collect, run, trials};
use biz::tape::{Code, OpId, Tape};
use proptest::prelude::{ProptestConfig, prop};
use proptest::test_runner::TestCaseError;
use proptest::{prop_assert, prop_assert_eq, proptest};
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

/// Every so many-th input and draw with values of its own, a few of them zero.
fn varied(tape: &Tape, samples: u64, which: usize) -> Vec<Varied> {
    let inputs = (0..tape.ops().len() as u32).map(OpId);
    let inputs = inputs.filter(|id| matches!(tape.op(*id).code, Code::Input | Code::Draw | Code::DrawEach));
    let value = |at: u64, op: OpId| ((at * 7 + u64::from(op.0)) % 13) as f64 * 0.75 - 2.0 * f64::from(u8::from(at.is_multiple_of(5)));
    let values = |op| Varied { op, values: (0..samples).map(|at| value(at, op)).collect() };
    if which == 0 { Vec::new() } else { inputs.step_by(which).map(values).collect() }
}

fn agrees(choices: Vec<u32>, samples: u64, which: usize, uncertain: Uncertain) -> Result<(), TestCaseError> {
    let random = model(choices);
    both_ways(&random.build.model, &targets(&random), samples, which, uncertain)
}

fn both_ways(model: &Model, targets: &[Target], samples: u64, which: usize, uncertain: Uncertain) -> Result<(), TestCaseError> {
    let compiled = compile(model, targets);
    let columns = run(&compiled.tape, &Inputs::once());
    let outputs = targets.iter().filter_map(|target| compiled.slot(*target));
    let outputs = outputs.map(|slot| Output { slot, shares: vec![0.05, 0.5], order: Order::Exact }).collect();
    let seeds = Seeds { seed: 7, sampling: Sampling::Random, samples, names: Default::default(), copulas: Vec::new() };
    let varied = varied(&compiled.tape, samples, which);
    let asked = |threads| Asked {
        seeds: seeds.clone(),
        uncertain,
        varied: varied.clone(),
        outputs: Vec::clone(&outputs),
        threads: NonZero::new(threads),
    };
    let wanted = trials(&compiled.tape, &columns, &asked(1), Way::Machine);
    for threads in [1, 3] {
        let found = trials(&compiled.tape, &columns, &asked(threads), Way::Program);
        for ((found, wanted), target) in found.iter().zip(&wanted).zip(targets) {
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
    kept(&compiled.tape, &columns, &asked(3), &wanted)
}

/// What is kept of every sample agrees too, and with what was told of all of them.
fn kept(tape: &Tape, columns: &biz::run::Columns, asked: &Asked, told: &[Vec<Summary>]) -> Result<(), TestCaseError> {
    let [found, wanted] = [Way::Program, Way::Machine].map(|way| collect(tape, columns, asked, way));
    for (output, summaries) in told.iter().enumerate() {
        for (step, summary) in summaries.iter().enumerate() {
            let numbers = found.numbers(output, step);
            let same = numbers.iter().zip(wanted.numbers(output, step)).all(|(found, wanted)| {
                found.is_nan() && wanted.is_nan() || (found + 0.0).to_bits() == (wanted + 0.0).to_bits()
            });
            prop_assert!(same && numbers.len() == wanted.numbers(output, step).len(), "output {output} at {step}\n{}", tape.dump());
            let count = numbers.iter().filter(|number| number.is_finite()).count() as u64;
            prop_assert_eq!(if summary.drawn { count } else { count * asked.seeds.samples }, summary.count);
        }
    }
    Ok(())
}

/// Plain arithmetic from end to end, with totals and ends of parts of the timeline, and draws each period with what is made of
/// them alone: what is played several steps in one go.
const PLAIN: &str = "
model plain { timeline = 2026-01 to 2027-11, currency = USD }
unit guest / guests

arriving ~ lognormal(median: 900 guest/month, sigma: 0.3)
lost     ~ beta(mean: 5%/month, concentration: 50)
spent    ~ triangular(3 USD/guest, 5 USD/guest, 9 USD/guest)
rent     = 3_000 USD/month growing 2%/month

leaving  = lost * opening(guests)
joined   = arriving * 12% - leaving
guests   = accumulate(joined, from: 80 guest)
trend    = opening(joined, 0 guest/month)
swing    = joined - trend
sales    = max(guests, 10 guest) * spent * 4/month
margin   = sales - rent
dearer   = margin / (sales + 1 USD/month)
cash     = accumulate(margin, from: 9_000 USD)
lowest_cash = lowest(cash)
best     = highest(sales)
turn     = when(cash >= 12_000 USD)
last     = final(cash)
paid     = delay(sales, 0 month)
before   = opening(paid, 0 USD/month)
later    = delay(paid, 2 month)
kept     = if margin > 0 USD/month then margin else -before
open     = accumulate(sales - paid, from: 0 USD)
fee      = spent * 30 guest/month
typical  = average(fee)
least    = lowest(fee)
most     = highest(fee)

walk_in ~ lognormal(median: 40 guest/month, sigma: 0.2) each period
eager   = sqrt(walk_in / 40 guest * 1 month)
treat   = walk_in * eager * spent
day_of  = opening(walk_in, 0 guest/month)
surge   = walk_in - day_of
rest    = accumulate(walk_in - leaving, from: 0 guest)
till    = sqrt(max(rest, 1 guest) / 1 guest)
quiet   = delay(rent, 0 month, initial: fee)
";

#[test]
fn stages_in_one_go_agree_with_the_machine() {
    let model = read(PLAIN).model.unwrap();
    let cells = [
        "leaving", "joined", "guests", "trend", "swing", "sales", "margin", "dearer", "cash", "lowest_cash", "best", "turn", "last",
        "paid", "before", "later", "kept", "open", "fee", "typical", "least", "most",
        "walk_in", "eager", "treat", "day_of", "surge", "rest", "till", "quiet",
    ];
    let spans = [None, Some((0, 12)), Some((12, 23)), Some((5, 14)), Some((22, 23)), Some((0, 23))];
    let spans = spans.map(|span| span.map(|(first, end)| Steps { first, end }));
    let target = |name: &str, over| Target { what: What::Cell(model.find(name).unwrap()), scenario: None, over };
    // Alone each makes another strip; together they are more than are played in one go.
    for name in cells {
        both_ways(&model, &spans.map(|over| target(name, over)), 600, 0, Uncertain::Drawn).unwrap();
    }
    let all: Vec<Target> = cells.iter().flat_map(|name| spans.map(|over| target(name, over))).collect();
    both_ways(&model, &all, 600, 0, Uncertain::Drawn).unwrap();
    both_ways(&model, &all, 600, 1, Uncertain::AtMeans).unwrap();
}

#[test]
fn a_stage_for_all_that_begins_and_ends_agrees_with_the_machine() {
    let text = PLAIN.replace("2026-01 to 2027-11", "2026-01-01 to 2026-12-31, step = day");
    let model = read(&text).model.unwrap();
    let cells = ["joined", "trend", "margin", "dearer", "cash", "later", "kept"].map(|name| What::Cell(model.find(name).unwrap()));
    let spans = (0..365).map(|first| Some(Steps { first, end: 365.min(first + 1 + first % 40) }));
    let targets: Vec<Target> =
        spans.flat_map(|over| cells.map(|what| Target { what, scenario: None, over })).collect();
    both_ways(&model, &targets, 40, 0, Uncertain::Drawn).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn programs_and_the_machine_agree(choices in prop::collection::vec(0_u32..10_000, 0..250), samples in 1_u64..700) {
        agrees(choices, samples, 0, Uncertain::Drawn)?;
    }

    #[test]
    fn what_is_varied_goes_before_what_is_drawn(
        choices in prop::collection::vec(0_u32..10_000, 0..250),
        samples in 1_u64..700,
        which in 1_usize..4,
        means in prop::bool::ANY,
    ) {
        agrees(choices, samples, which, if means { Uncertain::AtMeans } else { Uncertain::Drawn })?;
    }
}
