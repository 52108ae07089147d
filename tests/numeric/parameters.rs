//! Parameters: which sets each family takes, equal ways to give one distribution, and why others are refused.

use biz::numeric::distribution::{
    Distribution, Family, Measure, Parameter, Reason, Signature, interval90, resolve, signatures,
};

use super::distributions::made;

#[test]
fn names_lead_back_to_families_and_parameters() {
    for family in Family::ALL {
        assert_eq!(Family::from_name(family.name()), Some(family));
        assert!(!signatures(family).is_empty());
        for signature in signatures(family) {
            if let Signature::Parameters(parameters) = signature {
                for parameter in *parameters {
                    assert_eq!(Parameter::from_name(parameter.name()), Some(*parameter));
                }
            }
        }
    }
    for percent in 1..100_u8 {
        let name = format!("p{percent}");
        let parameter = Parameter::from_name(&name).expect("a quantile");
        assert_eq!(parameter, Parameter::Quantile(f64::from(percent) / 100.0));
        assert_eq!(parameter.to_string(), name);
        assert_eq!(parameter.measure(), Measure::Variable);
    }
    assert_eq!(Parameter::from_name("p05"), Some(Parameter::Quantile(0.05)));
    assert_eq!(Parameter::from_name("n"), Some(Parameter::Trials));
    assert_eq!(Parameter::from_name("p"), Some(Parameter::Probability));
    assert_eq!(Parameter::from_name("deviation"), Some(Parameter::Deviation));
    for name in ["p0", "p00", "p100", "p1.5", "p-1", "p+5", "q5", "", "P10", "mean "] {
        assert_eq!(Parameter::from_name(name), None, "{name:?}");
    }
}

/// Every signature of every family makes a distribution from plain numbers.
#[test]
fn every_signature_resolves() {
    let plain = |parameter: Parameter| match parameter {
        Parameter::Low => 1.0,
        Parameter::Mode => 2.0,
        Parameter::High | Parameter::Trials => 3.0,
        Parameter::Mean | Parameter::Deviation | Parameter::Probability => 0.25,
        Parameter::Alpha
        | Parameter::Beta
        | Parameter::Concentration
        | Parameter::Shape
        | Parameter::Scale
        | Parameter::Mu
        | Parameter::Sigma
        | Parameter::Median
        | Parameter::Value
        | Parameter::Weight => 1.0,
        Parameter::Quantile(level) => 0.5 * level + 0.2,
    };
    for family in Family::ALL {
        for signature in signatures(family) {
            let parameters = match signature {
                Signature::Parameters(parameters) => parameters.to_vec(),
                Signature::Quantiles(count) => {
                    [0.1, 0.9].into_iter().take(*count).map(Parameter::Quantile).collect()
                }
                Signature::Weighted => vec![Parameter::Value, Parameter::Weight],
                Signature::Listed => vec![Parameter::Value],
            };
            let given: Vec<_> = parameters.iter().map(|parameter| (*parameter, plain(*parameter))).collect();
            let made = resolve(family, &given);
            assert_eq!(made.as_ref().map(Distribution::family), Ok(Some(family)), "{family:?} {given:?}");
            let turned: Vec<_> = given.into_iter().rev().collect();
            assert_eq!(resolve(family, &turned), made, "the order of arguments doesn't matter");
        }
    }
}

#[test]
fn quantiles_that_were_given_come_back() {
    let families = [Family::Normal, Family::Lognormal, Family::Uniform, Family::Beta, Family::Gamma];
    let values = [(0.02, 0.05), (0.1, 0.9), (0.5, 0.501), (0.001, 0.002), (0.01, 0.97)];
    let levels = [(0.1, 0.9), (0.05, 0.95), (0.5, 0.9), (0.01, 0.02), (0.25, 0.99), (0.9, 0.95)];
    let mut fitted = 0;
    for family in families {
        for (low, high) in values {
            for (p, q) in levels {
                let given = [(Parameter::Quantile(p), low), (Parameter::Quantile(q), high)];
                // Some pairs lie outside the shapes that are searched; then there is a reason, no wrong answer.
                let distribution = match resolve(family, &given) {
                    Ok(distribution) => distribution,
                    Err(reason) => {
                        assert_eq!(reason, Reason::NoFit(family), "{given:?}");
                        assert!(matches!(family, Family::Beta | Family::Gamma), "{given:?}");
                        continue;
                    }
                };
                fitted += 1;
                for (level, value) in [(p, low), (q, high)] {
                    let got = distribution.quantile(level);
                    assert!((got - value).abs() <= 1e-9 * value, "{distribution:?} of {given:?}: {got}, not {value}");
                }
            }
        }
    }
    assert!(fitted >= 140, "only {fitted} of 150 were fitted");
    let exponential = made("exponential(p90: 7)").expect("it is one");
    assert!((exponential.quantile(0.9) - 7.0).abs() < 1e-14);
}

#[test]
fn an_interval_is_lognormal_where_both_ends_are_positive() {
    assert_eq!(interval90(2.0, 5.0), made("lognormal(p5: 2, p95: 5)"));
    assert_eq!(interval90(0.0, 5.0), made("normal(p5: 0, p95: 5)"));
    assert_eq!(interval90(-2.0, 5.0), made("normal(p5: -2, p95: 5)"));
    assert_eq!(interval90(5.0, 2.0), Err(Reason::QuantilesNotIncreasing));
    assert_eq!(interval90(2.0, 2.0), Err(Reason::QuantilesNotIncreasing));
    assert!(matches!(interval90(f64::NAN, 2.0), Err(Reason::NotFinite(_))));
}

#[test]
fn what_makes_no_distribution_has_its_reason() {
    use Parameter as P;
    let refused = [
        ("normal(mean: NaN, sd: 1)", Reason::NotFinite(P::Mean)),
        ("normal(mean: 1, sd: inf)", Reason::NotFinite(P::Deviation)),
        ("normal(mean: 1, sd: 0)", Reason::NotPositive(P::Deviation)),
        ("normal(mean: 1, sd: -2)", Reason::NotPositive(P::Deviation)),
        ("normal(mean: 1)", Reason::WrongParameters(Family::Normal)),
        ("normal(mean: 1, mean: 2)", Reason::WrongParameters(Family::Normal)),
        ("normal(mean: 1, sd: 2, p10: 0)", Reason::WrongParameters(Family::Normal)),
        ("normal(p10: 1)", Reason::WrongParameters(Family::Normal)),
        ("normal(p10: 1, p10: 2)", Reason::WrongParameters(Family::Normal)),
        ("normal(p10: 1, p50: 2, p90: 3)", Reason::WrongParameters(Family::Normal)),
        ("normal(p10: 2, p90: 1)", Reason::QuantilesNotIncreasing),
        ("normal(p90: 1, p10: 2)", Reason::QuantilesNotIncreasing),
        ("lognormal(mu: 1, sigma: 0)", Reason::NotPositive(P::Sigma)),
        ("lognormal(median: 0, sigma: 1)", Reason::NotPositive(P::Median)),
        ("lognormal(mean: -1, sd: 1)", Reason::NotPositive(P::Mean)),
        ("lognormal(mean: 1, sd: 0)", Reason::NotPositive(P::Deviation)),
        ("lognormal(p10: 0, p90: 5)", Reason::NotPositive(P::Quantile(0.1))),
        ("lognormal(p90: 5, p10: -3)", Reason::NotPositive(P::Quantile(0.1))),
        ("lognormal(mu: 1, sd: 1)", Reason::WrongParameters(Family::Lognormal)),
        ("uniform(low: 2, high: 2)", Reason::LowNotBelowHigh),
        ("uniform(low: 3, high: 2)", Reason::LowNotBelowHigh),
        ("triangular(low: 3, mode: 3, high: 3)", Reason::LowNotBelowHigh),
        ("triangular(low: 1, mode: 4, high: 3)", Reason::ModeOutside),
        ("triangular(low: 1, mode: 0, high: 3)", Reason::ModeOutside),
        ("pert(low: 3, mode: 2, high: 1)", Reason::LowNotBelowHigh),
        ("pert(low: 1, mode: 4, high: 3)", Reason::ModeOutside),
        ("pert(low: 1, high: 3)", Reason::WrongParameters(Family::Pert)),
        ("beta(alpha: 0, beta: 1)", Reason::NotPositive(P::Alpha)),
        ("beta(alpha: 1, beta: -1)", Reason::NotPositive(P::Beta)),
        ("beta(mean: 1, concentration: 10)", Reason::NotInsideUnit(P::Mean)),
        ("beta(mean: 0, concentration: 10)", Reason::NotInsideUnit(P::Mean)),
        ("beta(mean: 0.5, concentration: 0)", Reason::NotPositive(P::Concentration)),
        ("beta(p10: 0, p90: 0.5)", Reason::NotInsideUnit(P::Quantile(0.1))),
        ("beta(p10: 0.5, p90: 1)", Reason::NotInsideUnit(P::Quantile(0.9))),
        ("gamma(shape: 0, scale: 1)", Reason::NotPositive(P::Shape)),
        ("gamma(shape: 1, scale: 0)", Reason::NotPositive(P::Scale)),
        ("gamma(mean: 0, sd: 1)", Reason::NotPositive(P::Mean)),
        ("gamma(mean: 1, sd: 0)", Reason::NotPositive(P::Deviation)),
        ("gamma(p10: -1, p90: 1)", Reason::NotPositive(P::Quantile(0.1))),
        ("exponential(mean: 0)", Reason::NotPositive(P::Mean)),
        ("exponential(p50: 0)", Reason::NotPositive(P::Quantile(0.5))),
        ("exponential(p10: 1, p90: 2)", Reason::WrongParameters(Family::Exponential)),
        ("exponential()", Reason::WrongParameters(Family::Exponential)),
        ("poisson(mean: -1)", Reason::Negative(P::Mean)),
        ("poisson(mean: 1e13)", Reason::TooLarge(P::Mean)),
        ("poisson(p50: 3)", Reason::WrongParameters(Family::Poisson)),
        ("binomial(trials: 2.5, probability: 0.5)", Reason::NotWhole(P::Trials)),
        ("binomial(trials: -1, probability: 0.5)", Reason::Negative(P::Trials)),
        ("binomial(trials: 1e13, probability: 0.5)", Reason::TooLarge(P::Trials)),
        ("binomial(trials: 5, probability: 1.5)", Reason::NotAShare(P::Probability)),
        ("bernoulli(probability: -0.1)", Reason::NotAShare(P::Probability)),
        ("bernoulli(mean: 0.1)", Reason::WrongParameters(Family::Bernoulli)),
        ("discrete()", Reason::NoValues),
        ("discrete(value: 1)", Reason::WeightsDoNotMatch),
        ("discrete(value: 1, weight: 0.5)", Reason::WeightsDoNotSumToOne(0.5)),
        ("discrete(value: 1, weight: 1.5, value: 2, weight: -0.5)", Reason::NegativeWeight),
        ("discrete(value: 1, weight: 1, mean: 3)", Reason::WrongParameters(Family::Discrete)),
        ("empirical()", Reason::NoValues),
        ("empirical(value: 1, weight: 1)", Reason::WrongParameters(Family::Empirical)),
    ];
    for (spec, reason) in refused {
        assert_eq!(made(spec), Err(reason), "{spec}");
        assert!(reason.to_string().len() > 10);
    }
    for level in [0.0, 1.0, -0.1, 2.0, f64::NAN] {
        let got = resolve(Family::Exponential, &[(P::Quantile(level), 1.0)]);
        assert!(matches!(got, Err(Reason::LevelOutside(_))), "{level}: {got:?}");
    }
}

#[test]
fn bounds_that_leave_nothing_are_refused() {
    let normal = made("normal(mean: 0, sd: 1)").expect("it is one");
    assert_eq!(normal.mean_between(Some(2.0), Some(1.0)), Err(Reason::BoundsCrossed));
    assert_eq!(normal.mean_between(Some(f64::NAN), None), Err(Reason::BoundsCrossed));
    assert_eq!(normal.mean_between(Some(1.0), Some(1.0)), Err(Reason::NoProbability));
    assert_eq!(normal.mean_between(Some(60.0), None), Err(Reason::NoProbability));
    assert_eq!(normal.mean_between(None, None), Ok(0.0));
    let uniform = made("uniform(low: 2, high: 12)").expect("it is one");
    assert_eq!(uniform.mean_between(Some(13.0), None), Err(Reason::NoProbability));
    assert_eq!(uniform.mean_between(None, Some(2.0)), Err(Reason::NoProbability));
    let poisson = made("poisson(mean: 3)").expect("it is one");
    assert_eq!(poisson.mean_between(Some(2.25), Some(2.75)), Err(Reason::NoProbability));
    assert_eq!(poisson.mean_between(Some(2.0), Some(2.0)), Ok(2.0));
    let discrete = made("discrete(value: 1, weight: 0.5, value: 3, weight: 0.5)").expect("it is one");
    assert_eq!(discrete.mean_between(Some(1.5), Some(2.5)), Err(Reason::NoProbability));
    assert_eq!(discrete.mean_between(Some(1.5), None), Ok(3.0));
}

/// A point outside 0 … 1 has no quantile, one at the ends has the end.
#[test]
fn quantiles_end_where_the_support_ends() {
    for spec in ["normal(mean: 0, sd: 1)", "gamma(shape: 2, scale: 3)", "poisson(mean: 4)", "beta(alpha: 2, beta: 3)"] {
        let x = made(spec).expect("it is a distribution");
        let (lowest, highest) = x.support();
        assert_eq!((x.quantile(0.0), x.quantile(1.0)), (lowest, highest), "{spec}");
        for outside in [-0.1, 1.1, f64::NAN] {
            assert!(x.quantile(outside).is_nan(), "{spec} at {outside}");
        }
        assert!(x.cdf(f64::NAN).is_nan());
        assert_eq!((x.cdf(f64::NEG_INFINITY), x.cdf(f64::INFINITY)), (0.0, 1.0), "{spec}");
    }
}

/// Counts at the ends of what is allowed: nothing random, or as many as there may be.
#[test]
fn counts_at_the_limits() {
    for (spec, only) in [
        ("poisson(mean: 0)", 0.0),
        ("binomial(trials: 0, probability: 0.5)", 0.0),
        ("binomial(trials: 9, probability: 0)", 0.0),
        ("binomial(trials: 9, probability: 1)", 9.0),
        ("bernoulli(probability: 1)", 1.0),
        ("bernoulli(probability: 0)", 0.0),
    ] {
        let x = made(spec).expect("it is a distribution");
        assert_eq!((x.mean(), x.variance()), (only, 0.0), "{spec}");
        for p in [1e-9, 0.3, 0.5, 0.999] {
            assert_eq!(x.quantile(p), only, "{spec} at {p}");
        }
        assert_eq!((x.cdf(only), x.tail(only), x.cdf(only - 0.5)), (1.0, 0.0, 0.0), "{spec}");
        assert_eq!(x.mean_between(Some(only), None), Ok(only), "{spec}");
        assert_eq!(x.mean_between(Some(only - 0.5), Some(only + 0.5)), Ok(only), "{spec}");
        assert_eq!(x.mean_between(Some(only + 0.5), None), Err(Reason::NoProbability), "{spec}");
    }
    for spec in ["poisson(mean: 1e12)", "binomial(trials: 1e12, probability: 0.5)"] {
        let x = made(spec).expect("it is a distribution");
        // The median of so many lies within one of the mean, the rest as the normal has it.
        assert!((x.quantile(0.5) - x.mean()).abs() <= 1.0, "{spec}");
        let deviation = x.variance().sqrt();
        assert!((x.quantile(0.95) - x.mean() - 1.644_853_626_951_472_2 * deviation).abs() < 2.0, "{spec}");
        let upper = x.mean_between(Some(x.mean()), None).expect("half is left");
        assert!((upper - x.mean() - 0.797_884_560_802_865_4 * deviation).abs() < 1.0, "{spec}: {upper}");
    }
}
