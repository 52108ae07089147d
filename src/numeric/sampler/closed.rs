//! Inverses in closed form, row by row.
#![allow(clippy::inline_always, reason = "what is inlined is compiled for the widest vectors")]

use super::rows::{ROW, exp_row, ln_row, normal_quantile_row};
use crate::numeric::distribution::{Distribution, Truncated, Window};
use crate::numeric::simd::{Kernel, Simd, dispatch_wide};

/// A distribution whose inverse is a formula, with its bounds.
#[derive(Clone, Debug)]
pub(super) struct Closed {
    formula: Formula,
    bounds: Bounds,
}

#[derive(Clone, Copy, Debug)]
struct Bounds {
    low: f64,
    high: f64,
    /// What lies before `low` and beyond `high`, and between.
    below: f64,
    above: f64,
    mass: f64,
}

#[derive(Clone, Copy, Debug)]
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
        Self { formula, bounds: Bounds { low, high, below: before.lower, above: up_to.upper, mass: window.mass() } }
    }

    pub fn fill(&self, uniforms: &[f64], out: &mut [f64]) {
        let bounds = self.bounds;
        for (uniforms, out) in uniforms.chunks(ROW).zip(out.chunks_mut(ROW)) {
            match self.formula {
                Formula::Normal { mean, deviation } => {
                    self.lines(uniforms, out, mean, deviation);
                    each(uniforms, out, Bounded(bounds));
                }
                Formula::Lognormal { mu, sigma } => {
                    let mut logarithms = [0.0; ROW];
                    let (logarithms, _) = logarithms.split_at_mut(out.len());
                    self.lines(uniforms, logarithms, mu, sigma);
                    exp_row(logarithms, out);
                    each(uniforms, out, Bounded(bounds));
                }
                Formula::Uniform => each(uniforms, out, Uniform(bounds)),
                Formula::Triangular { low, mode, high } => each(uniforms, out, Triangular { bounds, low, mode, high }),
                Formula::Exponential { mean } => {
                    let mut upper = [1.0; ROW];
                    let (upper, _) = upper.split_at_mut(out.len());
                    each(uniforms, upper, Upper(bounds));
                    ln_row(upper, out);
                    each(uniforms, out, Exponential { bounds, mean });
                }
                Formula::Chance { probability } => each(uniforms, out, Chance(probability)),
            }
        }
    }

    /// start + slope · z, z from the smaller of the two shares, whose digits reach into its tail.
    fn lines(&self, uniforms: &[f64], out: &mut [f64], start: f64, slope: f64) {
        let mut nearer = [0.0; ROW];
        let (nearer, _) = nearer.split_at_mut(out.len());
        each(uniforms, nearer, Nearer(self.bounds));
        normal_quantile_row(nearer, out);
        each(uniforms, out, Line { bounds: self.bounds, start, slope });
    }
}

impl Bounds {
    /// The shares of the whole distribution below and above the draw of `u`.
    #[inline(always)]
    fn sides(self, u: f64) -> (f64, f64) {
        (self.below + u * self.mass, self.above + (1.0 - u) * self.mass)
    }

    #[inline(always)]
    fn bounded(self, value: f64) -> f64 {
        value.max(self.low).min(self.high)
    }

    /// The upper share, and what rounding has lost of it. Where the lower share is the smaller, 1 − lower is rounded.
    #[inline(always)]
    fn upper(self, u: f64) -> (f64, f64) {
        let (lower, upper) = self.sides(u);
        let rest = 1.0 - lower;
        if lower < 0.5 { (rest, (1.0 - rest) - lower) } else { (upper, 0.0) }
    }
}

/// A part of a formula. A trait, since a closure might not be inlined, and then would not be compiled for the vectors of the
/// machine.
trait Part: Copy {
    /// Of a uniform and what has come out of it so far.
    fn of(self, uniform: f64, so_far: f64) -> f64;
}

/// Computes a part for each of some uniforms.
fn each(uniforms: &[f64], out: &mut [f64], part: impl Part) {
    dispatch_wide(Each { uniforms, out, part });
}

struct Each<'a, P> {
    uniforms: &'a [f64],
    out: &'a mut [f64],
    part: P,
}

impl<P: Part> Kernel for Each<'_, P> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(self, _: S) {
        // By value, so that the compiler sees that no result overwrites it.
        let Self { uniforms, out, part } = self;
        for (out, uniform) in out.iter_mut().zip(uniforms) {
            *out = part.of(*uniform, *out);
        }
    }
}

/// The smaller of both shares.
#[derive(Clone, Copy)]
struct Nearer(Bounds);

impl Part for Nearer {
    #[inline(always)]
    fn of(self, uniform: f64, _: f64) -> f64 {
        let (lower, upper) = self.0.sides(uniform);
        if lower <= upper { lower } else { upper }
    }
}

/// A line in the quantile of the smaller share.
#[derive(Clone, Copy)]
struct Line {
    bounds: Bounds,
    start: f64,
    slope: f64,
}

impl Part for Line {
    #[inline(always)]
    fn of(self, uniform: f64, quantile: f64) -> f64 {
        let (lower, upper) = self.bounds.sides(uniform);
        self.start + self.slope * if lower <= upper { quantile } else { -quantile }
    }
}

/// No value beyond the bounds.
#[derive(Clone, Copy)]
struct Bounded(Bounds);

impl Part for Bounded {
    #[inline(always)]
    fn of(self, _: f64, value: f64) -> f64 {
        self.0.bounded(value)
    }
}

#[derive(Clone, Copy)]
struct Uniform(Bounds);

impl Part for Uniform {
    #[inline(always)]
    fn of(self, uniform: f64, _: f64) -> f64 {
        let width = self.0.high - self.0.low;
        let (lower, upper) = (self.0.low + width * uniform, self.0.high - width * (1.0 - uniform));
        self.0.bounded(if uniform <= 0.5 { lower } else { upper })
    }
}

/// From the end on the same side of the mode, by one square root.
#[derive(Clone, Copy)]
struct Triangular {
    bounds: Bounds,
    low: f64,
    mode: f64,
    high: f64,
}

impl Part for Triangular {
    #[inline(always)]
    fn of(self, uniform: f64, _: f64) -> f64 {
        let (left, right, width) = (self.mode - self.low, self.high - self.mode, self.high - self.low);
        let (lower, upper) = self.bounds.sides(uniform);
        let rising = lower * width < left;
        let square = if rising { lower * width * left } else { upper * width * right };
        let distance = square.sqrt();
        self.bounds.bounded(if rising { self.low + distance } else { self.high - distance })
    }
}

/// The upper share as it is rounded.
#[derive(Clone, Copy)]
struct Upper(Bounds);

impl Part for Upper {
    #[inline(always)]
    fn of(self, uniform: f64, _: f64) -> f64 {
        self.0.upper(uniform).0
    }
}

/// −mean · ln(upper), with the first term of the logarithm's series for what rounding has lost.
#[derive(Clone, Copy)]
struct Exponential {
    bounds: Bounds,
    mean: f64,
}

impl Part for Exponential {
    #[inline(always)]
    fn of(self, uniform: f64, logarithm: f64) -> f64 {
        let (upper, lost) = self.bounds.upper(uniform);
        self.bounds.bounded(-self.mean * (logarithm + lost / upper))
    }
}

/// 1 with this probability, else 0.
#[derive(Clone, Copy)]
struct Chance(f64);

impl Part for Chance {
    #[inline(always)]
    fn of(self, uniform: f64, _: f64) -> f64 {
        f64::from(u8::from(1.0 - uniform < self.0))
    }
}
