//! Fine polynomials: the pieces of a table, from a coarse picture of the inverse.

use super::chebyshev::{FINE, FINE_NODES, powers, series};
use super::coarse::{Asked, Coarse};
use super::power::Power;
use crate::numeric::distribution::{Distribution, Truncated};

/// Octaves of each tail: 2^-20 … ½.
pub(super) const OCTAVES: usize = 19;
pub(super) const EIGHTHS: usize = 8;
/// 2^-20.
pub(super) const LEAST: f64 = 1.0 / 1_048_576.0;

/// The pieces of an eighth of an octave.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub first: u32,
    pub depth: u32,
}

/// Coefficients of 1 and t⁴, t and t⁵, t² and t⁶, t³ and t⁷ for −½ ≤ t < ½; NaN where the exact quantile is asked.
pub(super) type Piece = [[f64; 2]; 4];

/// What the polynomials stand for.
#[derive(Debug)]
pub(super) enum Tabulated {
    /// The value.
    Value,
    /// What is left of its logarithm beside a power law.
    Rest(Power),
}

/// The places and pieces made so far.
pub(super) struct Fine {
    pub places: Vec<Place>,
    pub pieces: Vec<Piece>,
}

/// Where the exact quantile is asked.
const ROUGH: Piece = [[f64::NAN; 2]; 4];
/// How often an eighth of an octave is halved; the first that serves is taken.
const DEPTHS: [u32; 6] = [0, 1, 2, 4, 6, 8];
/// What coarse and fine polynomials may miss of the size of what they stand for.
const COARSE_MISS: f64 = 1e-13;
/// What the noise of a quantile may be; a small shape multiplies that of the probability.
const NOISE: f64 = 4e-13;
const FINE_MISS: f64 = 3e-13;

impl Tabulated {
    /// What is tabulated at the value with these shares below and above.
    pub fn tabulated(&self, exact: &Truncated, lower: f64, upper: f64) -> f64 {
        match self {
            Self::Value => exact.at(lower, upper),
            Self::Rest(power) => power.rest(exact, lower, upper),
        }
    }
}

impl Fine {
    pub fn new() -> Self {
        Self { places: Vec::new(), pieces: vec![ROUGH] }
    }

    /// The places of one tail of `of`, a function of the share of this tail, and one for the shares below.
    ///
    /// At the shares in `breaks` it may jump or bend.
    pub fn tail(&mut self, of: impl Fn(f64) -> f64, what: &Tabulated, exact: &Truncated, breaks: &[f64]) {
        let (low, _) = exact.bounds();
        let least = match what {
            // A value counts relative to itself; where it may pass zero, to how far the values spread.
            Tabulated::Value if low >= 0.0 => f64::MIN_POSITIVE,
            Tabulated::Value => exact.at(0.75, 0.25) - exact.at(0.25, 0.75),
            // A logarithm counts as it is.
            Tabulated::Rest(_) => 1.0,
        };
        let noise = NOISE * (0.1 / low_shape(exact.whole())).max(1.0);
        let size = |value: f64| match what {
            Tabulated::Value => value.abs().max(least),
            Tabulated::Rest(_) => 1.0,
        };
        let coarse = Coarse::new(of, &Asked { least: LEAST, breaks, miss: COARSE_MISS, noise, size: least });
        for octave in 0..OCTAVES {
            let start = LEAST * (1_u64 << octave) as f64;
            let width = start / EIGHTHS as f64;
            for eighth in 0..EIGHTHS {
                self.place(&coarse, start + eighth as f64 * width, width, size);
            }
        }
        self.places.push(Place { first: 0, depth: 0 });
    }

    fn place(&mut self, coarse: &Coarse, start: f64, width: f64, size: impl Fn(f64) -> f64 + Copy) {
        let first = self.pieces.len();
        let mut deepest = 0;
        for depth in DEPTHS {
            self.pieces.truncate(first);
            deepest = depth;
            let count = 1_u32 << depth;
            let width = width / f64::from(count);
            let pieces = (0..count).map(|place| piece(coarse, start + f64::from(place) * width, width, size));
            if depth == 8 {
                self.pieces.extend(pieces.map(|piece| piece.unwrap_or(ROUGH)));
                break;
            }
            if self.all(pieces) {
                break;
            }
        }
        self.places.push(Place { first: first as u32, depth: deepest });
    }

    /// Takes pieces while they are good; whether all are.
    fn all(&mut self, pieces: impl Iterator<Item = Option<Piece>>) -> bool {
        for piece in pieces {
            let Some(piece) = piece else { return false };
            self.pieces.push(piece);
        }
        true
    }
}

/// The shape at the low end, where it is one that may be small.
fn low_shape(whole: &Distribution) -> f64 {
    match whole {
        Distribution::Beta { alpha, .. } => *alpha,
        Distribution::Gamma { shape, .. } => *shape,
        Distribution::Normal { .. }
        | Distribution::Lognormal { .. }
        | Distribution::Uniform { .. }
        | Distribution::Triangular { .. }
        | Distribution::Pert { .. }
        | Distribution::Exponential { .. }
        | Distribution::Poisson { .. }
        | Distribution::Binomial { .. }
        | Distribution::Bernoulli { .. }
        | Distribution::Discrete(_)
        | Distribution::Empirical(_)
        | Distribution::Mixture(_) => 1.0,
    }
}

/// The polynomial over one stretch of shares, or none where it would miss too much.
fn piece(coarse: &Coarse, start: f64, width: f64, size: impl Fn(f64) -> f64) -> Option<Piece> {
    let at = |t: f64| coarse.at(start + width * (0.5 + t));
    let mut values = [0.0; FINE];
    for (value, x) in values.iter_mut().zip(FINE_NODES) {
        *value = at(0.5 * x)?;
    }
    let [a, b, c, d, e, f, g, h] = powers(&series(&FINE_NODES, &values));
    // Between the nodes a polynomial misses most where T₈ is ±1.
    for t in [-0.5, -0.25 * std::f64::consts::SQRT_2, 0.0, 0.25 * std::f64::consts::SQRT_2, 0.5] {
        let wanted = at(t)?;
        let got = [h, g, f, e, d, c, b, a].iter().fold(0.0, |sum, coefficient| sum * t + coefficient);
        if !((got - wanted).abs() <= FINE_MISS * size(wanted)) {
            return None;
        }
    }
    Some([[a, e], [b, f], [c, g], [d, h]])
}
