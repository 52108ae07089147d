//! Laws the kernels and distributions keep for all arguments, tried on random ones.

use biz::numeric::distribution::Distribution;
use biz::numeric::{
    beta_lower, beta_upper, erf, erfc, exp, exp_m1, gamma_lower, gamma_upper, ln, ln_1p, ln_gamma, normal_cdf,
    normal_quantile, normal_tail, pow,
};
use proptest::prelude::{ProptestConfig, Strategy, any, proptest};
use proptest::{prop_assert, prop_assert_eq, sample};

use super::distributions::made;

fn near(a: f64, b: f64, tolerance: f64) -> bool {
    a == b || (a - b).abs() <= tolerance * a.abs().max(b.abs())
}

/// Finite, positive doubles of all sizes, subnormal ones too.
fn positive() -> impl Strategy<Value = f64> {
    (1..0x7ff0_0000_0000_0000_u64).prop_map(f64::from_bits)
}

/// One distribution of every family with weight on an interval, and of each shape they take.
const SMOOTH: [&str; 14] = [
    "normal(mean: 3, sd: 2)",
    "lognormal(mu: 0.5, sigma: 0.8)",
    "lognormal(p10: 0.02, p90: 0.05)",
    "uniform(low: 2, high: 12)",
    "triangular(low: 1, mode: 2, high: 6)",
    "triangular(low: 0, mode: 0, high: 3)",
    "pert(low: 2, mode: 3, high: 10)",
    "beta(alpha: 2, beta: 5)",
    "beta(alpha: 0.5, beta: 0.5)",
    "beta(alpha: 300, beta: 9000)",
    "gamma(shape: 2.5, scale: 3)",
    "gamma(shape: 0.2, scale: 10)",
    "gamma(shape: 5000, scale: 0.01)",
    "exponential(mean: 4)",
];

/// One of every family of single values.
const STEPPED: [&str; 8] = [
    "poisson(mean: 3.5)",
    "poisson(mean: 1000000)",
    "binomial(trials: 10, probability: 0.3)",
    "binomial(trials: 100000, probability: 0.001)",
    "bernoulli(probability: 0.3)",
    "discrete(value: 20, weight: 0.5, value: 10, weight: 0.25, value: -5, weight: 0.25)",
    "empirical(value: 3, value: 1, value: 2, value: 2, value: 7)",
    "poisson(mean: 0)",
];

fn one_of(specs: &'static [&'static str]) -> impl Strategy<Value = Distribution> {
    sample::select(specs).prop_map(|spec| made(spec).expect("it is a distribution"))
}

proptest! {
    #[test]
    fn exp_undoes_ln(x in positive()) {
        // An error of half a unit in ln x, which reaches 745, is worth 745 halves in x.
        prop_assert!(near(exp(ln(x)), x, 1e-13), "{x}");
    }

    #[test]
    fn ln_undoes_exp(x in -700.0..700.0) {
        prop_assert!((ln(exp(x)) - x).abs() <= 2.3e-16 * x.abs().max(1.0), "{x}");
        prop_assert!(near(ln_1p(exp_m1(x)), x, 1e-15) || x < -0.5, "{x}");
    }

    #[test]
    fn exp_and_ln_never_fall(x in any::<f64>()) {
        if x.is_finite() {
            prop_assert!(exp(x) <= exp(x.next_up()), "exp at {x}");
            prop_assert!(x < 0.0 || ln(x) <= ln(x.next_up()), "ln at {x}");
        }
    }

    #[test]
    fn powers_multiply(x in 0.01..100.0, y in -20.0..20.0, z in -20.0..20.0) {
        prop_assert!(near(pow(x, y) * pow(x, z), pow(x, y + z), 1e-13), "{x} {y} {z}");
        prop_assert!(near(pow(pow(x, 3.0), 1.0 / 3.0), x, 1e-15), "{x}");
        prop_assert!(near(pow(x, y), 1.0 / pow(x, -y), 1e-15), "{x} {y}");
    }

    #[test]
    fn whole_powers_are_products(x in -10.0..10.0, n in 0..20_i32) {
        let product: f64 = (0..n).map(|_| x).product();
        prop_assert!(near(pow(x, f64::from(n)), product, 1e-14), "{x}^{n}");
    }

    #[test]
    fn the_error_function_is_odd_and_meets_its_complement(x in -7.0..7.0_f64) {
        prop_assert_eq!(erf(-x), -erf(x));
        prop_assert!((erf(x) + erfc(x) - 1.0).abs() < 4e-16, "{x}");
        prop_assert!(near(normal_cdf(x), 0.5 * erfc(-x * std::f64::consts::FRAC_1_SQRT_2), 2e-14), "{x}");
        prop_assert_eq!(normal_tail(x), normal_cdf(-x));
    }

    #[test]
    fn the_gamma_function_steps_by_its_argument(x in 1e-3..1e3) {
        let (step, size) = (ln_gamma(x + 1.0) - ln_gamma(x), ln_gamma(x + 1.0).abs() + 1.0);
        prop_assert!((step - ln(x)).abs() < 1e-15 * (size + x), "{x}");
    }

    #[test]
    fn both_sides_of_the_incomplete_functions_add_to_one(a in 0.01..500.0, b in 0.01..500.0, x in 0.0..1.0) {
        prop_assert!((beta_lower(a, b, x) + beta_upper(a, b, x) - 1.0).abs() < 4e-16);
        prop_assert!((gamma_lower(a, b) + gamma_upper(a, b) - 1.0).abs() < 4e-16);
        // Mirrored, and of shape 1 in closed form.
        prop_assert!((beta_lower(a, b, x) - beta_upper(b, a, 1.0 - x)).abs() < 1e-12, "{a} {b} {x}");
        prop_assert!(near(gamma_upper(1.0, b), exp(-b), 1e-14), "{b}");
        prop_assert!(near(beta_lower(a, 1.0, x), pow(x, a), 1e-13), "{a} {x}");
    }

    #[test]
    fn the_normal_quantile_undoes_the_probability(z in -37.0..5.0) {
        let p = normal_cdf(z);
        // Near 1 the probability has few digits left of its distance to 1.
        let lost = if z > 0.0 { 4e-16 / normal_tail(z) } else { 0.0 };
        prop_assert!((normal_quantile(p) - z).abs() <= 1e-15 * z.abs().max(1.0) + lost, "{z}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn probability_undoes_the_quantile(x in one_of(&SMOOTH), p in 1e-9..1.0) {
        prop_assert!((x.cdf(x.quantile(p)) - p).abs() < 1e-12, "{x:?} at {p}");
        prop_assert!(near(x.cdf(x.quantile(p)), p, 1e-9), "{x:?} at {p}");
    }

    #[test]
    fn the_quantile_of_single_values_is_the_first_that_reaches(x in one_of(&STEPPED), p in 1e-9..1.0) {
        let value = x.quantile(p);
        prop_assert!(x.cdf(value) >= p * (1.0 - 4e-15), "{x:?} at {p}");
        prop_assert!(x.cdf(value.next_down()) < p, "{x:?} at {p}");
        prop_assert_eq!(x.quantile(x.cdf(value).min(1.0_f64.next_down())), value);
    }

    #[test]
    fn quantiles_never_fall(smooth in one_of(&SMOOTH), stepped in one_of(&STEPPED), p in 0.0..1.0, q in 0.0..1.0) {
        let (low, high) = if p < q { (p, q) } else { (q, p) };
        prop_assert!(smooth.quantile(low) <= smooth.quantile(high), "{smooth:?} {low} {high}");
        prop_assert!(stepped.quantile(low) <= stepped.quantile(high), "{stepped:?} {low} {high}");
    }

    #[test]
    fn bounds_hold_their_quantiles_and_mean(x in one_of(&SMOOTH), p in 0.0..1.0_f64, q in 0.0..1.0_f64, share in 0.0..1.0) {
        let (low, high) = (x.quantile(p.min(q)), x.quantile(p.max(q)));
        if let Ok(within) = x.between(Some(low), Some(high)) {
            let (mean, value) = (within.mean(), within.quantile(share));
            prop_assert!(low <= mean && mean <= high, "{x:?} {low} … {high}: mean {mean}");
            prop_assert!(low <= value && value <= high, "{x:?} {low} … {high}: {value} at {share}");
            prop_assert!((within.mass() - (p - q).abs()).abs() < 1e-12);
        }
    }

    #[test]
    fn means_of_the_two_halves_make_the_mean(x in one_of(&SMOOTH), p in 0.01..0.99) {
        let cut = x.quantile(p);
        let (left, right) = (x.between(None, Some(cut)).expect("p"), x.between(Some(cut), None).expect("1 − p"));
        let mean = left.mass() * left.mean() + right.mass() * right.mean();
        prop_assert!(near(mean, x.mean(), 1e-12), "{x:?} at {cut}");
    }
}

/// The mean and variance are those of ten thousand evenly spread quantiles, as far as that sum tells.
#[test]
fn moments_agree_with_quantiles() {
    const COUNT: u32 = 10_000;
    for spec in SMOOTH.iter().chain(&STEPPED) {
        let x = made(spec).expect("it is a distribution");
        let at = |place: u32| x.quantile((f64::from(place) + 0.5) / f64::from(COUNT));
        let mean = (0..COUNT).map(at).sum::<f64>() / f64::from(COUNT);
        let variance = (0..COUNT).map(|place| (at(place) - x.mean()).powi(2)).sum::<f64>() / f64::from(COUNT);
        assert!((mean - x.mean()).abs() <= 2e-3 * x.variance().sqrt(), "{spec}: {mean}, not {}", x.mean());
        assert!((variance - x.variance()).abs() <= 2e-2 * x.variance(), "{spec}: {variance}, not {}", x.variance());
    }
}
