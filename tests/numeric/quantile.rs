//! The normal quantile against a reference of 100 bits, on ten million probabilities.
//!
//! At one probability of each stretch the reference is Newton's method on the tail: its series (DLMF 7.6.2) or, far out,
//! its continued fraction (DLMF 7.9.3), in pairs of doubles. Its neighbours follow by the Taylor series z′ = −1/φ(z).

use biz::numeric::rows::normal_quantile_row;
use biz::numeric::simd::{Kernel, Simd, dispatch};
use biz::numeric::stream::{mix, unit_open};

#[derive(Clone, Copy)]
struct Pair(f64, f64);

impl Pair {
    fn sum(a: f64, b: f64) -> Self {
        let sum = a + b;
        let seen = sum - a;
        Self(sum, (a - (sum - seen)) + (b - seen))
    }

    fn plus(self, other: Self) -> Self {
        let high = Self::sum(self.0, other.0);
        Self::sum(high.0, high.1 + (self.1 + other.1))
    }

    fn times(self, other: Self) -> Self {
        let high = self.0 * other.0;
        Self::sum(high, self.0.mul_add(other.0, -high) + (self.0 * other.1 + self.1 * other.0))
    }

    fn over(self, other: Self) -> Self {
        let first = self.0 / other.0;
        let rest = self.plus(other.times(Self(-first, 0.0)));
        Self::sum(first, rest.0 / other.0)
    }

    fn negative(self) -> Self {
        Self(-self.0, -self.1)
    }
}

/// e^x by its series at x/256, squared eight times.
fn exp(x: Pair) -> Pair {
    let small = Pair(x.0 / 256.0, x.1 / 256.0);
    let mut sum = Pair(1.0, 0.0);
    for n in (1..24).rev() {
        sum = sum.times(small).over(Pair(f64::from(n), 0.0)).plus(Pair(1.0, 0.0));
    }
    (0..8).fold(sum, |sum, _| sum.times(sum))
}

const ROOT_TAU: Pair = Pair(2.506_628_274_631_000_7, -1.832_857_998_045_916_7e-16);

/// φ(z) and 1 − Φ(z) for z ≥ 0.
fn density_and_tail(z: Pair) -> (Pair, Pair) {
    let square = z.times(z);
    let density = exp(Pair(-0.5 * square.0, -0.5 * square.1)).over(ROOT_TAU);
    if z.0 < 3.0 {
        let (mut term, mut sum) = (z, z);
        for odd in (3..120).step_by(2) {
            term = term.times(square).over(Pair(f64::from(odd), 0.0));
            sum = sum.plus(term);
        }
        return (density, Pair(0.5, 0.0).plus(density.times(sum).negative()));
    }
    let fraction = (1..250).rev().fold(z, |below, n| z.plus(Pair(f64::from(n), 0.0).over(below)));
    (density, density.over(fraction))
}

/// The z with 1 − Φ(z) = t for 0 < t ≤ ½, and 1/φ there.
fn upper(t: f64) -> (Pair, Pair) {
    let start = -biz::numeric::normal_quantile(t);
    // A poor start on purpose: the result must come from Newton's method, whose errors square, not from the tested kernel.
    let mut z = Pair(start * (1.0 + 1e-5), 0.0);
    let mut slope = Pair(0.0, 0.0);
    for _ in 0..4 {
        let (density, tail) = density_and_tail(z);
        slope = Pair(1.0, 0.0).over(density);
        z = z.plus(tail.plus(Pair(-t, 0.0)).times(slope));
    }
    (z, slope)
}

struct Quantile<'a>(&'a [f64], &'a mut [f64]);

impl Kernel for Quantile<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(self, _: S) {
        normal_quantile_row(self.0, self.1);
    }
}

/// The largest error in units in the last place on a stretch of `count` probabilities about t.
fn worst_about(t: f64, seed: u64, count: u64) -> f64 {
    let (z, slope) = upper(t);
    let ts: Vec<f64> = (0..count).map(|i| t * (1.0 + 1e-5 * (unit_open(mix(seed + i)) - 0.5))).collect();
    let mut out = vec![0.0; ts.len()];
    dispatch(Quantile(&ts, &mut out));
    let (w, z0) = (slope.0, z.0);
    // z″ = z·z′², z‴ = z′³·(1 + 2z²), with z′ = −1/φ.
    let (second, third) = (0.5 * z0 * w * w, -w * w * w * (1.0 + 2.0 * z0 * z0) / 6.0);
    let error = |(t_near, got): (&f64, &f64)| {
        let by = t_near - t;
        let first = slope.times(Pair(-by, 0.0));
        let exact = z.plus(first).plus(Pair(by * by * (second + by * third), 0.0));
        let unit = f64::from_bits(exact.0.abs().to_bits() + 1) - exact.0.abs();
        (((-got - exact.0) - exact.1) / unit).abs()
    };
    ts.iter().zip(&out).map(error).fold(0.0, f64::max)
}

#[test]
fn the_quantile_is_within_a_unit_on_ten_million_probabilities() {
    let stretch = |at: u64| {
        let chance = unit_open(mix(at));
        // A third evenly, a third by octave down to 2^-52, a third towards the middle.
        let t = match at % 3 {
            0 => 0.5 * chance,
            1 => (-52.0 * chance).exp2() * 0.5,
            _ => 0.5 - 0.25 * (-30.0 * chance).exp2(),
        };
        worst_about(t, mix(at) >> 1, 1_000)
    };
    let worst = |range: std::ops::Range<u64>| range.map(stretch).fold(0.0, f64::max);
    let worst = std::thread::scope(|scope| {
        let other = scope.spawn(|| worst(0..5_000));
        worst(5_000..10_000).max(other.join().expect("it ends"))
    });
    assert!(worst < 0.6, "{worst} units");
}
