//! Inverses in closed form, row by row.

use super::rows::{ROW, exp_row, ln_row, normal_quantile_row};
use crate::numeric::distribution::{Distribution, Truncated, Window};

/// A distribution whose inverse is a formula, with its bounds.
#[derive(Clone, Debug)]
pub(super) struct Closed {
    formula: Formula,
    low: f64,
    high: f64,
    /// What lies before `low` and beyond `high`, and between.
    below: f64,
    above: f64,
    mass: f64,
}

#[derive(Clone, Debug)]
enum Formula {
    Normal { mean: f64, deviation: f64 },
    Lognormal { mu: f64, sigma: f64 },
    Uniform,
    Triangular { low: f64, mode: f64, high: f64 },
    Exponential { mean: f64 },
    /// 1 with this probability, else 0.
    Chance { probability: f64 },
}

impl Closed {
    pub fn new(of: &Truncated) -> Self {
        let formula = match *of.whole() {
            Distribution::Normal { mean, deviation } => Formula::Normal { mean, deviation },
            Distribution::Lognormal { mu, sigma } => Formula::Lognormal { mu, sigma },
            Distribution::Triangular { low, mode, high } => Formula::Triangular { low, mode, high },
            Distribution::Exponential { mean } => Formula::Exponential { mean },
            Distribution::Bernoulli { probability } => Formula::Chance { probability },
            // Between bounds a uniform is the uniform on these; the others have no formula and aren't asked for.
            Distribution::Uniform { .. }
            | Distribution::Pert { .. }
            | Distribution::Beta { .. }
            | Distribution::Gamma { .. }
            | Distribution::Poisson { .. }
            | Distribution::Binomial { .. }
            | Distribution::Discrete(_)
            | Distribution::Empirical(_)
            | Distribution::Mixture(_) => Formula::Uniform,
        };
        let (low, high) = of.bounds();
        let window @ Window { before, up_to } = of.window();
        Self { formula, low, high, below: before.lower, above: up_to.upper, mass: window.mass() }
    }

    pub fn fill(&self, uniforms: &[f64], out: &mut [f64]) {
        for (uniforms, out) in uniforms.chunks(ROW).zip(out.chunks_mut(ROW)) {
            match self.formula {
                Formula::Normal { mean, deviation } => {
                    self.lines(uniforms, out, mean, deviation);
                    self.bound(out);
                }
                Formula::Lognormal { mu, sigma } => {
                    let mut logarithms = [0.0; ROW];
                    let (logarithms, _) = logarithms.split_at_mut(out.len());
                    self.lines(uniforms, logarithms, mu, sigma);
                    exp_row(logarithms, out);
                    self.bound(out);
                }
                Formula::Uniform => self.uniform(uniforms, out),
                Formula::Triangular { low, mode, high } => self.triangular(uniforms, out, low, mode, high),
                Formula::Exponential { mean } => self.exponential(uniforms, out, mean),
                Formula::Chance { probability } => {
                    for (out, u) in out.iter_mut().zip(uniforms) {
                        *out = f64::from(u8::from(1.0 - u < probability));
                    }
                }
            }
        }
    }

    /// The shares of the whole distribution below and above the draw of `u`.
    #[inline]
    fn sides(&self, u: f64) -> (f64, f64) {
        (self.below + u * self.mass, self.above + (1.0 - u) * self.mass)
    }

    #[inline]
    fn bounded(&self, value: f64) -> f64 {
        value.max(self.low).min(self.high)
    }

    fn bound(&self, out: &mut [f64]) {
        for value in out {
            *value = self.bounded(*value);
        }
    }

    /// start + slope · z, z from the smaller of the two shares, whose digits reach into its tail.
    fn lines(&self, uniforms: &[f64], out: &mut [f64], start: f64, slope: f64) {
        let mut nearer = [0.0; ROW];
        for (nearer, u) in nearer.iter_mut().zip(uniforms) {
            let (lower, upper) = self.sides(*u);
            *nearer = if lower <= upper { lower } else { upper };
        }
        normal_quantile_row(nearer.split_at(out.len()).0, out);
        for (out, u) in out.iter_mut().zip(uniforms) {
            let (lower, upper) = self.sides(*u);
            *out = start + slope * if lower <= upper { *out } else { -*out };
        }
    }

    fn uniform(&self, uniforms: &[f64], out: &mut [f64]) {
        let width = self.high - self.low;
        for (out, u) in out.iter_mut().zip(uniforms) {
            let (lower, upper) = (self.low + width * u, self.high - width * (1.0 - u));
            *out = self.bounded(if *u <= 0.5 { lower } else { upper });
        }
    }

    /// From the end on the same side of the mode, by one square root.
    fn triangular(&self, uniforms: &[f64], out: &mut [f64], low: f64, mode: f64, high: f64) {
        let (left, right, width) = (mode - low, high - mode, high - low);
        for (out, u) in out.iter_mut().zip(uniforms) {
            let (lower, upper) = self.sides(*u);
            let rising = lower * width < left;
            let square = if rising { lower * width * left } else { upper * width * right };
            let distance = square.sqrt();
            *out = self.bounded(if rising { low + distance } else { high - distance });
        }
    }

    /// −mean · ln(upper). Where the lower share is the smaller, 1 − lower is rounded, and what the rounding lost is made
    /// up for by the first term of the logarithm's series.
    fn exponential(&self, uniforms: &[f64], out: &mut [f64], mean: f64) {
        let rounded = |u: f64| {
            let (lower, upper) = self.sides(u);
            let rest = 1.0 - lower;
            if lower < 0.5 { (rest, (1.0 - rest) - lower) } else { (upper, 0.0) }
        };
        let mut upper = [1.0; ROW];
        for (upper, u) in upper.iter_mut().zip(uniforms) {
            *upper = rounded(*u).0;
        }
        ln_row(upper.split_at(out.len()).0, out);
        for (out, u) in out.iter_mut().zip(uniforms) {
            let (upper, lost) = rounded(*u);
            *out = self.bounded(-mean * (*out + lost / upper));
        }
    }
}
