//! Samplers: draws against reference quantiles, moments and the Kolmogorov–Smirnov test, and the laws every draw keeps.

use biz::numeric::Sampler;
use biz::numeric::distribution::{Distribution, Truncated};

use super::distributions::made;

/// `beta(alpha: 6, beta: 194)`, or with bounds behind it: `… between 0.02 0.05`, `none` being no bound.
pub(super) fn left(spec: &str) -> Truncated {
    let (whole, bounds) = spec.split_once(" between ").unwrap_or((spec, "none none"));
    let (low, high) = bounds.split_once(' ').expect("two bounds");
    let bound = |text: &str| (text != "none").then(|| text.parse().expect("a number"));
    made(whole).and_then(|whole| whole.between(bound(low), bound(high))).expect("something is left")
}

pub(super) fn draw(sampler: &Sampler, u: f64) -> f64 {
    let mut one = [f64::NAN];
    sampler.fill(&[u], &mut one);
    one[0]
}

/// `SplitMix64` (Steele, Lea, Flood 2014) as a counter: the uniform at a place, a half step above a multiple of 2^-52.
fn uniform(place: u64) -> f64 {
    let mut z = place.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((z ^ (z >> 31)) >> 12) as f64 * f64::EPSILON + 0.5 * f64::EPSILON
}

/// Uniforms of all sizes in both tails, and evenly spread ones.
pub(super) fn uniforms(count: u64) -> impl Iterator<Item = f64> {
    let tails = (1..=52).flat_map(move |octave| {
        (0..count.div_ceil(100)).flat_map(move |place| {
            let w = 0.5_f64.powi(octave) * (1.0 - 0.5 * uniform(place * 64 + octave as u64));
            [w, 1.0 - w]
        })
    });
    (0..count).map(uniform).chain(tails).filter(|u| *u > 0.0 && *u < 1.0)
}

/// How much two values differ, relative to the first, or to the spread of the distribution where it reaches below zero.
pub(super) fn miss(of: &Truncated, wanted: f64, got: f64) -> f64 {
    let spread = if of.bounds().0 < 0.0 { of.quantile(0.75) - of.quantile(0.25) } else { 0.0 };
    // The exact quantile gives 0 where doubles run out of digits.
    let none = wanted == got || (wanted - got).abs() < 1e-300;
    if none { 0.0 } else { (wanted - got).abs() / wanted.abs().max(spread) }
}

#[test]
fn draws_are_the_reference_quantiles() {
    for line in include_str!("reference/samplers.txt").lines().filter(|line| !line.starts_with('#')) {
        let (question, expected) = line.split_once(" = ").expect("a question and its answer");
        let (spec, rest) = question.split_once(") ").expect("a distribution and a question");
        let (bounds, u) = rest.rsplit_once(' ').expect("bounds and a uniform");
        let of = left(&format!("{spec}) between {bounds}"));
        let got = draw(&Sampler::new(&of), u.parse().expect("a number"));
        let miss = miss(&of, expected.parse().expect("a number"), got);
        assert!(miss <= 1e-11, "{line}\ngot {got:?}, off by {miss:e}");
    }
}

/// Figures of closed forms: e^(μ + σ·z); triangular by its square roots; PERT as the beta on 10 … 60 with shapes 1.8, 4.2.
#[test]
fn draws_are_the_figures_of_closed_forms() {
    for (spec, u, wanted) in [
        ("lognormal(mu: 2, sigma: 0.5)", 0.1, 3.893_171_874_291_367_5),
        ("lognormal(mu: 2, sigma: 0.5)", 0.5, 7.389_056_098_930_65),
        ("lognormal(mu: 2, sigma: 0.5)", 0.9, 14.024_079_027_613_48),
        ("triangular(low: 0, mode: 1, high: 4)", 0.5, 1.550_510_257_216_822_1),
        ("triangular(low: 0, mode: 1, high: 4)", 0.9, 2.904_554_884_989_668),
        ("pert(low: 10, mode: 20, high: 60)", 0.9, 37.266_702_521_679_09),
    ] {
        let of = left(spec);
        let got = draw(&Sampler::new(&of), u);
        assert!(miss(&of, wanted, got) <= 1e-12, "{spec} at {u}: {got}");
    }
}

const DRAWS: u64 = 10_000_000;
const BUCKETS: usize = 4096;

/// Mean and variance within five standard errors of the closed forms, and the largest distance between the shares below
/// the edges of 4096 buckets and the probabilities there within what one sample of a thousand exceeds (1.95/√n).
fn ten_million(spec: &str) {
    ten_million_of(spec, &left(spec));
}

pub(super) fn ten_million_of(spec: &str, of: &Truncated) {
    let sampler = Sampler::new(of);
    let (low, high) = (of.quantile(1e-6), of.quantile(1.0 - 1e-6));
    let width = (high - low) / (BUCKETS - 2) as f64;
    let (mean, deviation) = (of.mean(), of.variance().sqrt());
    let mut counts = [0_u32; BUCKETS];
    let mut moments = [0.0; 4];
    let (mut uniforms, mut out) = ([0.0; 256], [0.0; 256]);
    for block in 0..DRAWS / 256 {
        for (place, u) in uniforms.iter_mut().enumerate() {
            *u = uniform(block * 256 + place as u64);
        }
        sampler.fill(&uniforms, &mut out);
        for value in out {
            counts[(((value - low) / width) as isize + 1).clamp(0, BUCKETS as isize - 1) as usize] += 1;
            let z = (value - mean) / deviation;
            let square = z * z;
            moments = [moments[0] + z, moments[1] + square, moments[2] + square * z, moments[3] + square * square];
        }
    }
    let count = (DRAWS / 256 * 256) as f64;
    let [first, second, _, fourth] = moments.map(|sum| sum / count);
    assert!(first.abs() <= 5.0 / count.sqrt(), "{spec}: mean off by {first} deviations");
    let error = ((fourth - second * second) / count).sqrt();
    assert!((second - 1.0).abs() <= 5.0 * error + 1e-9, "{spec}: variance {second} of what it should be");
    let mut before = 0_u32;
    for (place, inside) in counts.iter().enumerate().skip(1) {
        before += counts[place - 1];
        let edge = low + (place - 1) as f64 * width;
        // A value rounded across an edge, or on the first one, may be counted on either side.
        let (from, to) = (of.below(edge.next_down()), of.cdf(edge.next_up()));
        let share = f64::from(before) / count;
        let off = (from - share).max(share - to);
        assert!(off <= 1.95 / count.sqrt() + 1e-9, "{spec}: {off} off at {edge} ({inside} inside)");
    }
}

#[test]
fn ten_million_of_closed_inverses() {
    for spec in [
        "normal(mean: 10, sd: 2)",
        "normal(mean: 8, sd: 1.5) between 7 none",
        "lognormal(mu: 2, sigma: 0.5)",
        "uniform(low: 2, high: 12)",
        "triangular(low: 0, mode: 1, high: 4)",
        "exponential(mean: 4)",
        "bernoulli(probability: 0.3)",
    ] {
        ten_million(spec);
    }
}

#[test]
fn ten_million_of_tables() {
    for spec in [
        "pert(low: 10, mode: 20, high: 60)",
        "beta(alpha: 6, beta: 194)",
        "beta(alpha: 0.4, beta: 0.7)",
        "beta(alpha: 2, beta: 5) between 0.1 0.6",
        "gamma(shape: 2.5, scale: 3)",
        "gamma(shape: 0.1, scale: 1)",
    ] {
        ten_million(spec);
    }
}

#[test]
fn ten_million_of_counts_and_lists() {
    for spec in [
        "poisson(mean: 3.5)",
        "binomial(trials: 1000, probability: 0.1)",
        "discrete(value: 20, weight: 0.5, value: 10, weight: 0.25, value: -5, weight: 0.25)",
        "empirical(value: 3, value: 1, value: 2, value: 2, value: 7)",
        "poisson(mean: 12) between 10 20",
    ] {
        ten_million(spec);
    }
}

/// Smooth distributions of all shapes that come from tables.
const TABLED: [&str; 21] = [
    "beta(alpha: 6, beta: 194)",
    "beta(alpha: 2, beta: 5)",
    "beta(alpha: 1, beta: 1)",
    "beta(alpha: 0.5, beta: 0.5)",
    "beta(alpha: 0.2, beta: 3)",
    "beta(alpha: 0.1, beta: 0.3)",
    "beta(alpha: 500, beta: 0.01)",
    "beta(alpha: 2, beta: 1e9)",
    "beta(alpha: 1e6, beta: 1e8)",
    "beta(alpha: 6, beta: 194) between 0.02 0.05",
    "beta(alpha: 0.1, beta: 3) between 0.5 none",
    "pert(low: 10, mode: 20, high: 60)",
    "pert(low: -10, mode: -10, high: 60)",
    "pert(low: 10, mode: 20, high: 60) between none 30",
    "gamma(shape: 0.001, scale: 1)",
    "gamma(shape: 0.1, scale: 1e-6)",
    "gamma(shape: 0.5, scale: 3)",
    "gamma(shape: 2.5, scale: 3)",
    "gamma(shape: 1e6, scale: 0.5)",
    "gamma(shape: 2.5, scale: 1) between 50 none",
    "gamma(shape: 2.5, scale: 1) between 1 1.001",
];

#[test]
fn tables_are_the_exact_quantile_to_twelve_digits() {
    for spec in TABLED {
        let of = left(spec);
        let sampler = Sampler::new(&of);
        for u in uniforms(400) {
            let (wanted, got) = (of.quantile(u), draw(&sampler, u));
            assert!(miss(&of, wanted, got) <= 1e-12, "{spec} at {u:e}: {got:e}, not {wanted:e}");
        }
    }
}

/// Shapes so small that most values lie below 10^-20, where the quantile itself has but twelve digits.
#[test]
fn shapes_near_zero_are_drawn_too() {
    for spec in [
        "beta(alpha: 0.01, beta: 500)",
        "beta(alpha: 0.01, beta: 0.01)",
        "beta(alpha: 0.013, beta: 0.07)",
        "gamma(shape: 0.001, scale: 1) between 0.1 none",
    ] {
        let of = left(spec);
        let sampler = Sampler::new(&of);
        for u in uniforms(400) {
            let (wanted, got) = (of.quantile(u), draw(&sampler, u));
            assert!(miss(&of, wanted, got) <= 5e-12, "{spec} at {u:e}: {got:e}, not {wanted:e}");
        }
    }
}

/// Counts and lists, with ties, zero weights and bounds.
const STEPPED: [&str; 12] = [
    "poisson(mean: 3.5)",
    "poisson(mean: 1000000)",
    "poisson(mean: 1e-9)",
    "poisson(mean: 3.5) between 2 9",
    "poisson(mean: 3.5) between 40 none",
    "binomial(trials: 7, probability: 0.5)",
    "binomial(trials: 1000, probability: 0.1)",
    "binomial(trials: 1e12, probability: 0.5)",
    "bernoulli(probability: 0.3)",
    "discrete(value: 1, weight: 0, value: 2, weight: 0.5, value: 3, weight: 0, value: 4, weight: 0.5, value: 5, weight: 0)",
    "discrete(value: 20, weight: 0.5, value: 10, weight: 0.25, value: -5, weight: 0.25)",
    "empirical(value: 3, value: 1, value: 2, value: 2, value: 7)",
];

#[test]
fn counts_are_the_first_that_reach_the_uniform() {
    for spec in STEPPED {
        let of = left(spec);
        let sampler = Sampler::new(&of);
        for u in uniforms(2000) {
            let (wanted, got) = (of.quantile(u), draw(&sampler, u));
            assert!(wanted == got, "{spec} at {u:e}: {got}, not {wanted}");
        }
    }
    // The chance of at most two heads in seven tosses is 29/128.
    let tosses = Sampler::new(&left("binomial(trials: 7, probability: 0.5)"));
    assert_eq!((draw(&tosses, 29.0 / 128.0), draw(&tosses, 29.5 / 128.0)), (2.0, 3.0));
    let weighed = Sampler::new(&left(STEPPED[9]));
    assert_eq!([1e-300, 0.5, 0.51, 1.0_f64.next_down()].map(|u| draw(&weighed, u)), [2.0, 2.0, 4.0, 4.0]);
    let narrowed = Sampler::new(&left("discrete(value: 1, weight: 0.2, value: 2, weight: 0.3, value: 3, weight: 0.5) between 2 9"));
    assert_eq!([0.3, 0.374, 0.376].map(|u| draw(&narrowed, u)), [2.0, 2.0, 3.0]);
}

#[test]
fn thousands_of_observations_are_one_search() {
    let values: Vec<String> = (0..5000).map(|k| format!("value: {}", f64::from(k * 7919 % 5000))).collect();
    let of = left(&format!("empirical({})", values.join(", ")));
    let sampler = Sampler::new(&of);
    for u in uniforms(10_000) {
        assert!(draw(&sampler, u) == of.quantile(u), "{u}");
        assert!(draw(&sampler, u) == (u * 5000.0).ceil() - 1.0, "{u}");
    }
}

const CLOSED: [&str; 10] = [
    "normal(mean: 1, sd: 2)",
    "normal(mean: 0, sd: 1) between 20 none",
    "normal(mean: 0, sd: 1) between none -20",
    "normal(mean: 0, sd: 1) between 0.5 0.51",
    "lognormal(mu: 2, sigma: 0.5)",
    "lognormal(mu: 2, sigma: 0.5) between 3 12",
    "uniform(low: 2, high: 12) between 4 none",
    "triangular(low: 0, mode: 0, high: 3)",
    "triangular(low: 1, mode: 2, high: 6) between 5.99 none",
    "exponential(mean: 4) between 2 9",
];

#[test]
fn closed_inverses_are_the_quantile() {
    for spec in CLOSED {
        let of = left(spec);
        let sampler = Sampler::new(&of);
        for u in uniforms(1000) {
            let (wanted, got) = (of.quantile(u), draw(&sampler, u));
            assert!(miss(&of, wanted, got) <= 1e-15, "{spec} at {u:e}: {got:e}, not {wanted:e}");
        }
    }
}

#[test]
fn the_laws_of_draws_hold() {
    for spec in CLOSED.into_iter().chain(TABLED).chain(STEPPED) {
        all_laws_hold(spec, &left(spec));
    }
}

/// A larger uniform never gives a smaller value, bounds hold, and a draw depends on its uniform alone, to the bit.
pub(super) fn all_laws_hold(spec: &str, of: &Truncated) {
    let (low, high) = of.bounds();
    let sampler = Sampler::new(of);
    let mut tried: Vec<f64> = uniforms(700).flat_map(|u| [u, u * (1.0 + 1e-9), u.next_up()]).filter(|u| *u < 1.0).collect();
    tried.sort_by(f64::total_cmp);
    let mut values = vec![0.0; tried.len()];
    sampler.fill(&tried, &mut values);
    for (value, next) in values.iter().zip(&values[1..]) {
        assert!(low <= *value && *value <= high, "{spec}: {value}");
        assert!(value <= next || miss(of, *value, *next) <= 1e-12, "{spec}: {value:e}, then {next:e}");
    }
    for length in [1, 3, 255, 257] {
        let mut parts = vec![0.0; tried.len()];
        for (uniforms, out) in tried.chunks(length).zip(parts.chunks_mut(length)) {
            sampler.clone().fill(uniforms, out);
        }
        let same = values.iter().zip(&parts).all(|(a, b)| a.to_bits() == b.to_bits());
        assert!(same, "{spec} by {length}");
    }
}

#[test]
fn samplers_go_between_threads() {
    fn shared<T: Send + Sync + Clone>(_: &T) {}
    let only = Distribution::Poisson { mean: 3.0 }.between(Some(4.0), Some(4.5)).expect("4 is left");
    let sampler = Sampler::new(&only);
    shared(&sampler);
    assert_eq!(draw(&sampler, 0.3), 4.0);
}
