//! Rates at which payments are worth nothing: polynomials with known roots, and closed forms.

use biz::numeric::{exp, ln, zero_rates};

fn in_order(amounts: &[f64]) -> Vec<(f64, f64)> {
    amounts.iter().enumerate().map(|(at, amount)| (at as f64, *amount)).collect()
}

/// Payments whose zero rates are known: Π (v − 1/(1 + r)), v = 1/(1 + rate), times what has no zero.
fn with_rates(rates: &[f64], rest: &[f64]) -> Vec<f64> {
    rates.iter().fold(rest.to_vec(), |amounts, rate| {
        let mut product = vec![0.0; amounts.len() + 1];
        for (at, amount) in amounts.iter().enumerate() {
            product[at] -= amount;
            product[at + 1] += amount * (1.0 + rate);
        }
        product
    })
}

fn found(amounts: &[f64]) -> Vec<f64> {
    zero_rates(&in_order(amounts)).unwrap()
}

fn near(found: &[f64], wanted: &[f64], within: f64) {
    let close = found.len() == wanted.len() && found.iter().zip(wanted).all(|(a, b)| (a - b).abs() <= within * (1.0 + b.abs()));
    assert!(close, "{found:?} for {wanted:?}");
}

#[test]
fn one_rate() {
    near(&found(&[-100.0, 110.0]), &[0.1], 1e-15);
    near(&found(&[-100.0, 0.0, 121.0]), &[0.1], 1e-15);
    near(&found(&[-100.0, 100.0]), &[0.0], 1e-15);
    near(&found(&[-100.0, 1e-9]), &[1e-11 - 1.0], 1e-15);
    near(&found(&[-1.0, 1e30]), &[1e30 - 1.0], 1e-13);
    // The first three from numpy-financial's documentation, by its own closed polynomials to five places.
    near(&found(&[-100.0, 39.0, 59.0, 55.0, 20.0]), &[0.28095], 5e-6);
    near(&found(&[-100.0, 0.0, 0.0, 74.0]), &[(0.74_f64).cbrt() - 1.0], 1e-15);
}

#[test]
fn all_of_several_rates() {
    near(&found(&[-100.0, 230.0, -132.0]), &[0.1, 0.2], 1e-13);
    near(&found(&with_rates(&[-0.5, 0.0, 0.25, 3.0], &[1.0])), &[-0.5, 0.0, 0.25, 3.0], 1e-12);
    near(&found(&with_rates(&[0.1, 0.101], &[1.0])), &[0.1, 0.101], 1e-11);
    // (1 + v²) and (2 + v + v²) have no zero among the positive.
    near(&found(&with_rates(&[0.05, 0.3], &[1.0, 0.0, 1.0])), &[0.05, 0.3], 1e-13);
    near(&found(&with_rates(&[-0.2, 0.4, 0.9], &[2.0, 1.0, 1.0])), &[-0.2, 0.4, 0.9], 1e-12);
    let many: Vec<f64> = (0..8).map(|at| -0.6 + 0.4 * f64::from(at)).collect();
    near(&found(&with_rates(&many, &[1.0])), &many, 1e-7);
}

#[test]
fn double_rates_count_once() {
    near(&found(&with_rates(&[0.1, 0.1], &[1.0])), &[0.1], 1e-7);
    near(&found(&[-100.0, 220.0, -121.0]), &[0.1], 1e-7);
    near(&found(&with_rates(&[0.1, 0.1, 0.5], &[1.0])), &[0.1, 0.5], 1e-7);
    near(&found(&with_rates(&[0.2, 0.2, 0.2], &[1.0])), &[0.2], 1e-4);
}

#[test]
fn no_rate() {
    assert!(found(&[]).is_empty());
    assert!(found(&[0.0, 0.0]).is_empty());
    assert!(found(&[100.0, 50.0]).is_empty());
    assert!(found(&[-1.0, 1.0, -1.0]).is_empty());
    assert!(found(&[-100.0, 200.0, -100.01]).is_empty());
}

#[test]
fn any_times_and_long_plans() {
    // −1 + e^(−τ ln(1 + r)) × e = 0 at ln(1 + r) = 1/τ.
    for time in [0.013_7, 0.5, 7.25, 400.0] {
        let rate = zero_rates(&[(0.0, -1.0), (time, exp(1.0))]).unwrap();
        near(&rate, &[exp(1.0 / time) - 1.0], 1e-13);
    }
    // A loan of 360 payments: −1 + p (1 − v^360)/r, p by the closed form at 0.5 %.
    let rate: f64 = 0.005;
    let payment = rate / (1.0 - exp(-360.0 * ln(1.0 + rate)));
    let loan: Vec<f64> = [-1.0].into_iter().chain([payment; 360]).collect();
    near(&found(&loan), &[rate], 1e-13);
    // As many changes of sign as a plan by the month has with taxes each quarter; Σ (−a)^k has the one zero v = 1/a of its
    // last factor where it has an even number of terms.
    let alternating: Vec<f64> = (0..121).map(|at| if at % 3 == 2 { -2.5 } else { 1.0 + f64::from(at) / 100.0 }).collect();
    let rates = found(&alternating);
    for rate in &rates {
        let (value, size) = alternating.iter().enumerate().fold((0.0, 0.0), |(sum, size), (at, amount)| {
            let part = amount * exp(-(at as f64) * ln(1.0 + rate));
            (sum + part, size + part.abs())
        });
        assert!(f64::abs(value) <= 1e-11 * size, "{rate}: {value} of {size}");
    }
    let endless: Vec<f64> = (0..12_000).map(|at| if at % 2 == 0 { 1.0 } else { -1.5 }).collect();
    assert_eq!(zero_rates(&in_order(&endless)), None);
}
