//! Shards: parts of a simulation, made one by one and joined in any order, tell to the bit what one run tells; and nothing
//! that is no such part is believed.

use crate::naive::random::model as random_model;
use biz::compile::compile;
use biz::export::simulation::{csv, json};
use biz::run::record::checksum;
use biz::run::{Across, Aim, Nobody, Order, Output, Partial, Sampling, Seeds, Unmerged, sampled, sampled_from, sampled_part, share_of};
use biz::report::{Simulation, Spread};
use biz::workspace::{Ask, Facts, Limits, Memory, Part, Question, Samples, Share};
use proptest::prelude::{ProptestConfig, prop};
use proptest::{prop_assert_eq, proptest};
use std::num::NonZero;

/// Every kind of figure: drawn once and each month, together, blank and broken in some samples, dates, conditions, choices
/// of few values, and a requirement with confidence.
const PLAN: &str = r#"
model shop "A shop" { timeline = 2026-01 to 2026-12, currency = USD }

import "prices.biz"

unit guest
arriving ~ lognormal(median: 900 guest/month, sigma: 0.3) each period
growth   ~ normal(2%, 1%) from 0%
spend    ~ triangular(3 USD/guest, 5 USD/guest, 9 USD/guest)
few      ~ poisson(2)
correlate spend, growth by 0.6

sales    = arriving * spend * (1 + growth) * price_level
rent     = 3_000 USD/month
profit   = sales - rent
cash     = accumulate(profit, from: 1_000 USD)
ratio    = few / few
quarrel  = 1 / (few - 2)
is_good  = profit > 500 USD/month
turn     = when(cash > 20_000 USD)
lowest_cash = lowest(cash)
require cash > 0 USD with 60% confidence
"#;

const PRICES: &str = "price_level ~ uniform(0.9, 1.1)\n";

/// Figures across samples inside the model, one behind the other.
const ACROSS: &str = r#"
model shop { timeline = 2026-01 to 2026-06, currency = USD }

demand ~ lognormal(median: 900, sigma: 0.3)
stock  = p95(demand)
left   = max(stock - demand, 0)
usual  = mean(left)
above  = if left > usual then 1 else 0
"#;

fn files(plan: &str) -> Memory {
    Memory::new([("plan.biz", plan.as_bytes()), ("prices.biz", PRICES.as_bytes())])
}

fn samples(count: u64, sampling: Sampling) -> Samples {
    Samples { count, seed: 3, sampling, threads: None }
}

fn question() -> Question {
    Question { by: None, only: Vec::new(), shares: vec![0.0, 0.05, 0.5, 0.95, 1.0] }
}

fn ask(samples: Samples) -> Ask<'static> {
    Ask { samples: Some(samples), ..Ask::default() }
}

fn one_run(plan: &str, samples: Samples) -> String {
    let mut facts = Facts::open(&files(plan), &ask(samples));
    let Question { by, only, shares } = question();
    let told = facts.simulate(by, &only, &shares).unwrap_or_else(|| panic!("{:?}", facts.mistakes));
    format!("{}\n{}\n{told:?}\n{:?}", json::json(&told), csv::csv(&told), facts.mistakes)
}

/// A part through its file.
fn part(plan: &str, samples: Samples, number: u64, of: u64) -> Part {
    let share = Share { number, of, pilot: None };
    let (facts, part) = Facts::part(&files(plan), &ask(samples), question(), share);
    let bytes = part.unwrap_or_else(|| panic!("{:?}", facts.mistakes)).bytes();
    Part::read("part", &bytes).expect("what is written can be read")
}

fn parts(plan: &str, samples: Samples, of: u64) -> Vec<Part> {
    (1..=of).map(|number| part(plan, samples, number, of)).collect()
}

fn joined(parts: &[Part]) -> Part {
    let named = parts.iter().enumerate().map(|(at, part)| (format!("part {at}"), part.clone())).collect();
    Part::merge(named).unwrap_or_else(|refused| panic!("{refused:?}")).expect("there are some")
}

fn told(part: Part) -> String {
    let (facts, told) = part.told(&Ask::default()).unwrap_or_else(|refused| panic!("{refused:?}"));
    let told = told.unwrap_or_else(|| panic!("{:?}", facts.mistakes));
    format!("{}\n{}\n{told:?}\n{:?}", json::json(&told), csv::csv(&told), facts.mistakes)
}

fn every_partition(plan: &str, count: u64, partitions: &[u64]) {
    for sampling in Sampling::ALL {
        let samples = samples(count, sampling);
        let wanted = one_run(plan, samples);
        for of in partitions {
            let mut parts = parts(plan, samples, *of);
            let forward = joined(&parts);
            assert_eq!(told(forward.clone()), wanted, "{sampling:?}, {of} parts");
            parts.reverse();
            let middle = parts.len() / 3;
            parts.rotate_left(middle);
            assert!(joined(&parts).bytes() == forward.bytes(), "{sampling:?}, {of} parts in another order");
            // Joined by halves.
            let (one, other) = parts.split_at(middle);
            if !one.is_empty() {
                assert!(joined(&[joined(one), joined(other)]).bytes() == forward.bytes(), "{sampling:?}, {of} parts by halves");
            }
        }
    }
}

#[test]
fn every_partition_tells_what_one_run_tells() {
    every_partition(PLAN, 20_000, &[1, 2, 3, 7, 16, 64]);
}

#[test]
fn so_it_does_where_every_value_is_kept_and_parts_are_empty() {
    every_partition(PLAN, 1_000, &[1, 3, 7]);
}

#[test]
fn so_it_does_where_the_model_looks_across_samples() {
    every_partition(ACROSS, 9_000, &[1, 3, 7]);
}

/// The memory for which the samples near the percentiles of [`PLAN`] are too many, and their counts are not.
const TIGHT: Limits = Limits { bytes: 1_400 << 10, ..Limits::USUAL };

#[test]
fn where_memory_is_short_percentiles_are_counted_and_the_rest_is_the_same() {
    let samples = Samples { threads: NonZero::new(2), ..samples(20_000, Sampling::Sobol) };
    let simulated = |limits: Limits| {
        let mut facts = Facts::open(&files(PLAN), &Ask { limits, ..ask(samples) });
        let Question { by, only, shares } = question();
        facts.simulate(by, &only, &shares).unwrap_or_else(|| panic!("{:?}", facts.mistakes))
    };
    let (exact, counted) = (simulated(Limits::USUAL), simulated(TIGHT));
    assert_eq!((exact.drawn.within, counted.drawn.within), (0.0, 1.0 / 512.0));
    let spreads = |told: &Simulation| -> Vec<Spread> {
        told.fans.iter().chain(&told.figures).flat_map(|fan| fan.spreads.clone()).collect()
    };
    let mut compared = 0;
    for (exact, counted) in spreads(&exact).iter().zip(&spreads(&counted)) {
        let without = |spread: &Spread| Spread { shares: Vec::new(), ..spread.clone() };
        assert_eq!(without(exact), without(counted));
        for (exact, counted) in exact.shares.iter().zip(&counted.shares) {
            let (Some(exact), Some(counted)) = (exact.number(), counted.number()) else {
                assert_eq!(exact, counted, "of dates and conditions nothing is off");
                continue;
            };
            assert!((exact - counted).abs() <= exact.abs() / 512.0 * (1.0 + 1e-12), "{counted} for {exact}");
            compared += 1;
        }
    }
    assert!(compared >= 30, "{compared}");
}

#[test]
fn parts_whose_percentiles_are_counted_tell_what_one_run_tells() {
    let samples = Samples { threads: NonZero::new(2), ..samples(20_000, Sampling::Latin) };
    let ask = Ask { limits: TIGHT, ..ask(samples) };
    let mut facts = Facts::open(&files(PLAN), &ask);
    let Question { by, only, shares } = question();
    let wanted = json::json(&facts.simulate(by, &only, &shares).unwrap());
    let counted = |number| {
        let share = Share { number, of: 5, pilot: None };
        let (_, part) = Facts::part(&files(PLAN), &ask, question(), share);
        Part::read("part", &part.unwrap().bytes()).expect("what is written can be read")
    };
    let mut parts: Vec<Part> = (1..=5).map(counted).collect();
    let forward = joined(&parts);
    parts.rotate_left(2);
    assert!(joined(&parts).bytes() == forward.bytes());
    let (_, told) = forward.told(&Ask::default()).unwrap_or_else(|refused| panic!("{refused:?}"));
    assert_eq!(json::json(&told.unwrap()), wanted);
}

#[test]
fn shares_cover_the_samples_at_block_bounds() {
    for samples in [0, 1, 511, 512, 513, 10_000, 1 << 40] {
        for of in [1, 2, 3, 7, 64, 1_000] {
            let mut end = 0;
            for number in 1..=of {
                let range = share_of(samples, number, of);
                assert_eq!(range.start, end, "{number} of {of}");
                assert!(range.end >= range.start && (range.end.is_multiple_of(512) || range.end == samples));
                end = range.end;
            }
            assert_eq!(end, samples);
        }
    }
}

fn refusal(parts: Vec<Part>) -> String {
    let named = parts.into_iter().zip(["one", "two", "three"]).map(|(part, name)| (name.to_owned(), part)).collect();
    match Part::merge(named) {
        Err(refused) => refused.message,
        Ok(whole) => whole.expect("there are some").told(&Ask::default()).err().map_or_else(|| "accepted".to_owned(), |refused| refused.message),
    }
}

#[test]
fn gaps_overlaps_and_foreign_parts_are_refused() {
    let usual = samples(9_000, Sampling::Sobol);
    let first = || part(PLAN, usual, 1, 3);
    let other = |samples| part(PLAN, samples, 2, 3);
    assert_eq!(refusal(vec![first(), part(PLAN, usual, 3, 3)]), "no part holds the samples 3073 to 6144 of 9000");
    let twice = refusal(vec![first(), first()]);
    assert_eq!(twice, "`two` holds the samples 1 to 3072 that a part before it holds too");
    let half = refusal(vec![first(), part(PLAN, usual, 1, 2)]);
    assert!(half.contains("holds the samples 1 to 3072"), "{half}");
    let foreign = [
        (other(Samples { seed: 4, ..usual }), "another seed"),
        (other(Samples { count: 9_001, ..usual }), "another number of samples"),
        (other(samples(9_000, Sampling::Latin)), "spread another way"),
        (part(&PLAN.replace("3_000", "3_001"), usual, 2, 3), "the text of its model is another"),
    ];
    for (part, why) in foreign {
        let told = refusal(vec![first(), part]);
        assert!(told.contains("`two` is not of the same run as `one`") && told.contains(why), "{told}");
    }
    let share = Share { number: 2, of: 3, pilot: Some(4_096) };
    let (_, wider) = Facts::part(&files(PLAN), &ask(usual), question(), share);
    assert!(refusal(vec![first(), wider.unwrap()]).contains("its pilot is another"));
    let asked = Question { shares: vec![0.5], ..question() };
    let (_, fewer) = Facts::part(&files(PLAN), &ask(usual), asked, Share { pilot: None, ..share });
    assert!(refusal(vec![first(), fewer.unwrap()]).contains("other figures, periods or percentiles"));
}

/// A part behind a new checksum, as from one who means ill.
fn sealed(mut bytes: Vec<u8>) -> Vec<u8> {
    let end = bytes.len() - 8;
    let sum = checksum(&bytes[..end]);
    bytes[end..].copy_from_slice(&sum.to_le_bytes());
    bytes
}

#[test]
fn cut_and_changed_parts_are_refused_and_hostile_ones_do_no_harm() {
    let small = PLAN.replace("2026-12", "2026-02");
    let few = samples(300, Sampling::Random);
    let bytes = part(&small, few, 1, 1).bytes();
    for end in (0..bytes.len()).step_by(97) {
        assert!(Part::read("part", &bytes[..end]).is_err(), "cut at {end}");
    }
    let mut state = 7_u64;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let (mut read, mut told) = (0, 0);
    for round in 0..1_500 {
        let mut other = bytes.clone();
        let at = random(other.len() - 8);
        let bit = 1 << random(8);
        // Half of the changes hit what stands before the many kept values.
        let at = if round % 2 == 0 { at % 4_096 } else { at };
        other[at] ^= bit;
        assert!(Part::read("part", &other).is_err(), "bit {bit} of byte {at}");
        if round % 5 == 0 {
            other[at..at + 8].fill(0xff);
        } else if round % 7 == 0 {
            other.truncate(at.max(16));
        }
        if let Ok(part) = Part::read("part", &sealed(other)) {
            read += 1;
            told += i32::from(part.told(&Ask::default()).is_ok_and(|(_, simulation)| simulation.is_some()));
        }
    }
    assert!(read > 50 && told > 10, "{read} were read, {told} told something");
}

/// Where a share does not lie in its bracket, that is said, and which it is.
#[test]
fn a_share_outside_of_its_bracket_is_told() {
    let mut missed = 0;
    for seed in 0..40 {
        let random = random_model((0..120).map(|at| (seed * 7_919 + at * 104_729) % 10_000).collect());
        let targets = crate::naive::agree::targets(&random);
        let compiled = compile(&random.build.model, &targets);
        let outputs = targets.iter().filter_map(|target| compiled.slot(*target)).map(|slot| Output { slot, shares: vec![0.5], order: Order::Exact });
        let outputs: Vec<Output> = outputs.collect();
        let seeds = Seeds { seed: 7, sampling: Sampling::Random, samples: 5_000, names: Default::default(), copulas: Vec::new() };
        let aim = Aim { pilot: 512, errors: 0.0 };
        let part = sampled_part(&compiled.tape, &seeds, &outputs, None, &(0..5_000), aim, &Nobody);
        match sampled_from(&compiled.tape, 5_000, &outputs, part.partial, part.across) {
            Ok(found) => assert_eq!(found.summaries, sampled(&compiled.tape, &seeds, &outputs, None, &Nobody).summaries),
            Err(Unmerged::Missed(which)) => {
                assert!(which.share == 0.5 && which.output < outputs.len());
                missed += 1;
            }
            Err(Unmerged::Unfit) => panic!("it fits"),
        }
    }
    assert!(missed > 0, "a bracket of one rank to either side is missed by some");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn parts_of_random_models_come_to_what_one_run_does(
        choices in prop::collection::vec(0_u32..10_000, 0..250),
        samples in 1_u64..4_000,
        of in 1_u64..9,
        blocks in 0_u64..3,
        way in 0_usize..3,
    ) {
        let random = random_model(choices);
        let targets = crate::naive::agree::targets(&random);
        let compiled = compile(&random.build.model, &targets);
        let outputs = targets.iter().filter_map(|target| compiled.slot(*target));
        let outputs: Vec<Output> = outputs.map(|slot| Output { slot, shares: vec![0.05, 0.5], order: Order::Exact }).collect();
        let seeds = Seeds { seed: 7, sampling: Sampling::ALL[way], samples, names: Default::default(), copulas: Vec::new() };
        let aim = Aim { pilot: 512 * blocks, errors: 8.0 };
        let mut whole: Option<Partial> = None;
        let mut known = Across::default();
        for number in (1..=of).rev() {
            let part = sampled_part(&compiled.tape, &seeds, &outputs, None, &share_of(samples, number, of), aim, &Nobody);
            known = part.across;
            match &mut whole {
                Some(whole) => whole.merge(part.partial).expect("they are parts of one run"),
                None => whole = Some(part.partial),
            }
        }
        let found = sampled_from(&compiled.tape, samples, &outputs, whole.unwrap(), known).expect("they are all");
        let wanted = sampled(&compiled.tape, &seeds, &outputs, None, &Nobody);
        prop_assert_eq!(format!("{:?}", found.summaries), format!("{:?}", wanted.summaries), "{}", compiled.tape.dump());
    }
}
