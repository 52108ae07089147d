//! Mixtures: moments, probabilities and quantiles from those of their parts, and their draws.

use biz::numeric::Sampler;
use biz::numeric::distribution::{Distribution, Mixture, Reason, Truncated};

use super::samplers::{all_laws_hold, draw, left, miss, ten_million_of, uniforms};

/// `70 normal(mean: 10, sd: 2) | 30 lognormal(mu: 2, sigma: 0.5) between none 20`: weights and parts, each with its bounds.
fn mixed(spec: &str) -> Truncated {
    let parts = spec.split(" | ").map(|part| {
        let (weight, of) = part.split_once(' ').expect("a weight and a part");
        (left(of), weight.parse().expect("a number"))
    });
    let mixture = Mixture::weighted(parts).expect("it is a mixture");
    Distribution::Mixture(mixture).between(None, None).expect("all of it")
}

/// Unimodal, with a gap, with kinks, with single values, and with a pole.
const MIXED: [&str; 11] = [
    "70 normal(mean: 10, sd: 2) | 30 lognormal(mu: 2, sigma: 0.5)",
    "70 normal(mean: 10, sd: 2) | 30 normal(mean: 100, sd: 5)",
    "70 normal(mean: 10, sd: 2) between 0 none | 30 normal(mean: 30, sd: 2) between 29 31",
    "50 uniform(low: 1, high: 2) | 50 uniform(low: 5, high: 6)",
    "30 triangular(low: 1, mode: 2, high: 3) | 70 triangular(low: 2, mode: 4, high: 8)",
    "30 discrete(value: 0, weight: 1) | 70 lognormal(mu: 2, sigma: 0.5)",
    "30 poisson(mean: 4) | 70 exponential(mean: 4)",
    "30 poisson(mean: 4) | 70 binomial(trials: 20, probability: 0.5)",
    "20 beta(alpha: 2, beta: 5) | 80 beta(alpha: 10, beta: 2)",
    "32 bernoulli(probability: 0.3) | 17 uniform(low: 3.88, high: 3.98) | 51 gamma(shape: 0.16, scale: 0.1)",
    "10 gamma(shape: 0.05, scale: 3) | 90 gamma(shape: 10, scale: 2) | 0 normal(mean: 0, sd: 1)",
];

/// mean = Σ w m; variance = Σ w (s² + m²) − mean²; by hand from the parts' textbook moments.
#[test]
fn moments_follow_from_the_parts() {
    for (spec, mean, variance) in [
        ("70 normal(mean: 10, sd: 2) | 30 normal(mean: 100, sd: 5)", 37.0, 0.7 * 104.0 + 0.3 * 10_025.0 - 37.0 * 37.0),
        ("0.5 uniform(low: 1, high: 2) | 0.5 uniform(low: 5, high: 6)", 3.5, 1.0 / 12.0 + 4.0),
        ("30 discrete(value: 0, weight: 1) | 70 exponential(mean: 4)", 2.8, 0.7 * 32.0 - 2.8 * 2.8),
        ("3 poisson(mean: 4) | 7 binomial(trials: 20, probability: 0.5)", 8.2, 0.3 * 20.0 + 0.7 * 105.0 - 8.2 * 8.2),
    ] {
        let of = mixed(spec);
        assert!((of.mean() - mean).abs() < 1e-12 && (of.variance() - variance).abs() < 1e-11, "{spec}");
    }
}

/// From mpmath 1.4.1 with 40 digits: the root of 0.7 Φ((x − 10)/2) + 0.3 Φ((ln x − 2)/0.5) = u.
#[test]
fn quantiles_are_where_the_probability_crosses() {
    let of = mixed(MIXED[0]);
    for (u, wanted) in REFERENCE {
        assert!((of.quantile(u) - wanted).abs() <= 1e-12 * wanted.abs(), "{u}: {}", of.quantile(u));
        assert!((of.cdf(wanted) - u).abs() <= 1e-13);
    }
    // Three tenths lie at nothing at all; the rest is the lognormal's.
    let hurdle = mixed(MIXED[5]);
    assert_eq!([1e-9, 0.1, 0.3].map(|u| hurdle.quantile(u)), [0.0; 3]);
    assert!((hurdle.quantile(0.65) - 7.389_056_098_930_65).abs() < 1e-12);
    assert_eq!((hurdle.cdf(0.0), hurdle.below(0.0)), (0.3, 0.0));
    // Nothing lies between 2 and 5.
    let gap = mixed(MIXED[3]);
    assert_eq!((gap.quantile(0.25), gap.quantile(0.75)), (1.5, 5.5));
    assert!(gap.quantile(0.5) >= 2.0 - 1e-12 && gap.quantile(0.5_f64.next_up()) >= 5.0 - 1e-12);
}

const REFERENCE: [(f64, f64); 5] = [
    (1e-6, 0.6034896969010166),
    (0.05, 4.492238941937271),
    (0.5, 9.57206510608299),
    (0.9, 12.757490331270962),
    (0.9999, 40.5066605126213),
];

#[test]
fn quantiles_and_probabilities_undo_each_other() {
    for spec in MIXED {
        let of = mixed(spec);
        for u in uniforms(200).filter(|u| *u > 1e-9 && *u < 1.0 - 1e-9) {
            let x = of.quantile(u);
            assert!(of.cdf(x + 4e-15 * x.abs()) >= u * (1.0 - 1e-11), "{spec} at {u}: {x}");
            assert!(of.below(x - 4e-15 * x.abs()) <= u * (1.0 + 1e-11), "{spec} at {u}: {x}");
        }
    }
}

/// What bounds leave of a mixture is what they leave of its parts, weighed.
#[test]
fn bounds_lie_on_every_part() {
    let whole = mixed(MIXED[1]);
    let upper = whole.whole().between(Some(50.0), None).expect("the second part");
    assert!((upper.mass() - 0.3).abs() < 1e-15 && (upper.mean() - 100.0).abs() < 1e-12);
    assert_eq!(upper.bounds(), (50.0, f64::INFINITY));
    for spec in MIXED {
        let whole = mixed(spec);
        let cut = whole.quantile(0.4);
        let below = whole.whole().between(None, Some(cut)).expect("two fifths");
        let above = whole.whole().between(Some(cut), None).expect("the rest");
        for share in [0.1, 0.5, 0.9] {
            let (x, y) = (below.quantile(share), whole.quantile(share * below.mass()));
            assert!((x - y).abs() <= 1e-11 * y.abs().max(1.0), "{spec}: {x} and {y}");
            assert!(below.quantile(share) <= cut && above.quantile(share) >= cut, "{spec}");
        }
    }
    let nothing = whole.whole().between(Some(1e9), None);
    assert_eq!(nothing, Err(Reason::NoProbability));
}

#[test]
fn weights_are_relative_and_not_negative() {
    let part = || left("uniform(low: 0, high: 1)");
    assert_eq!(Mixture::weighted([]), Err(Reason::NoValues));
    assert_eq!(Mixture::weighted([(part(), 0.0)]), Err(Reason::NoValues));
    assert_eq!(Mixture::weighted([(part(), 1.0), (part(), -1.0)]), Err(Reason::NegativeWeight));
    assert_eq!(Mixture::weighted([(part(), f64::NAN)]), Err(Reason::NegativeWeight));
    let inner = mixed("1 uniform(low: 0, high: 1) | 1 exponential(mean: 2)");
    let outer = Mixture::weighted([(inner, 2.0), (left("poisson(mean: 3)"), 2.0), (part(), 0.0)]).expect("one");
    assert_eq!(outer.parts().map(|(_, weight)| weight).collect::<Vec<_>>(), [0.25, 0.25, 0.5]);
}

#[test]
fn draws_are_the_exact_quantile_to_twelve_digits() {
    for spec in MIXED {
        let of = mixed(spec);
        let sampler = Sampler::new(&of);
        for u in uniforms(200) {
            let (wanted, got) = (of.quantile(u), draw(&sampler, u));
            assert!(miss(&of, wanted, got) <= 1e-12, "{spec} at {u:e}: {got:e}, not {wanted:e}");
        }
        all_laws_hold(spec, &of);
    }
}

#[test]
fn ten_million_of_mixtures() {
    for spec in [MIXED[0], MIXED[2], MIXED[5], MIXED[7], MIXED[8]] {
        ten_million_of(spec, &mixed(spec));
    }
}
