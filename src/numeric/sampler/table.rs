//! Tables: the inverse of a smooth distribution as polynomials over the octaves of both tails.

use super::chebyshev::FINE;
use super::fine::Fine;
use super::power::{End, Power};
use crate::numeric::distribution::{Distribution, Truncated};
use crate::numeric::incomplete_gamma::Sides;

/// The polynomials are the definition of the draw, wherever there are some; elsewhere it is the exact quantile.
///
/// The share w of the nearer tail (the uniform, or 1 less it) is a double between 0 and ½; its exponent tells the octave
/// and its first three digits the eighth of it, so the bits of w are the place in the table. An eighth is divided evenly
/// once more into 2^depth pieces where the inverse bends; the digits behind are the argument of the polynomial.
#[derive(Debug)]
pub(super) struct Table {
    places: Vec<Place>,
    pieces: Vec<Piece>,
    below: Side,
    above: Side,
    low: f64,
    high: f64,
    exact: Truncated,
}

/// The pieces of an eighth of an octave.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub first: u32,
    pub depth: u32,
}

/// Coefficients of 1, t, … t⁷ for −½ ≤ t < ½; NaN where the exact quantile is asked.
pub(super) type Piece = [f64; FINE];

/// What the polynomials of a tail stand for.
#[derive(Debug)]
pub(super) enum Side {
    /// The value.
    Value,
    /// What is left of its logarithm beside a power law.
    Rest(Power),
}

/// Octaves of each tail: 2^-20 … ½.
pub(super) const OCTAVES: usize = 19;
pub(super) const EIGHTHS: usize = 8;
/// The places of one tail; one more behind them stands for the shares below the table.
const PLACES: usize = OCTAVES * EIGHTHS;
/// 2^-20.
pub(super) const LEAST: f64 = 1.0 / 1_048_576.0;
/// How many bits stand behind the exponent and three digits.
const DIGITS: u32 = 49;

impl Table {
    pub fn new(exact: &Truncated) -> Self {
        let (low, high) = exact.bounds();
        let side = |power: Option<Power>| power.map_or(Side::Value, Side::Rest);
        let below = side(Power::at(End::Low, exact));
        let above = side(Power::at(End::High, exact).or_else(|| Power::at(End::Low, exact)));
        let mut fine = Fine::new();
        let (lower, upper): (Vec<f64>, Vec<f64>) = breaks(exact).into_iter().unzip();
        fine.tail(|w| below.tabulated(exact, w, 1.0 - w), &below, exact, &lower);
        fine.tail(|w| above.tabulated(exact, 1.0 - w, w), &above, exact, &upper);
        Self { places: fine.places, pieces: fine.pieces, below, above, low, high, exact: exact.clone() }
    }

    pub fn fill(&self, uniforms: &[f64], out: &mut [f64]) {
        match (&self.below, &self.above) {
            (Side::Value, Side::Value) => {
                for (out, u) in out.iter_mut().zip(uniforms) {
                    let value = self.polynomial(*u);
                    *out = if value.is_nan() { self.exact.quantile(*u) } else { value.max(self.low).min(self.high) };
                }
            }
            (Side::Value | Side::Rest(_), Side::Value | Side::Rest(_)) => {
                for (out, u) in out.iter_mut().zip(uniforms) {
                    *out = self.by_power(*u);
                }
            }
        }
    }

    fn by_power(&self, u: f64) -> f64 {
        let tabulated = self.polynomial(u);
        if tabulated.is_nan() {
            return self.exact.quantile(u);
        }
        let value = match if u < 0.5 { &self.below } else { &self.above } {
            Side::Value => tabulated,
            Side::Rest(power) => power.value(tabulated, u),
        };
        value.max(self.low).min(self.high)
    }

    /// The polynomial's value at a uniform; NaN outside the table.
    #[allow(clippy::indexing_slicing, reason = "a place is bounded by the line above; its pieces were made with it")]
    #[inline]
    fn polynomial(&self, u: f64) -> f64 {
        let other = 1.0 - u;
        let nearer = if u < other { u } else { other };
        // The middle itself belongs to the octave below it.
        let w = if nearer >= 0.5 { const { 0.5_f64.next_down() } } else { nearer };
        let start = usize::from(u >= 0.5) * (PLACES + 1);
        let bits = w.to_bits();
        // Shares below the table, and what is no share, wrap round to large numbers.
        let at = (bits.wrapping_sub(LEAST.to_bits()) >> DIGITS).min(PLACES as u64) as usize;
        let Place { first, depth } = self.places[start + at];
        let inside = bits << (64 - DIGITS);
        let piece = (inside >> 32 >> (32 - depth)) as usize;
        let t = f64::from_bits(1.0_f64.to_bits() | (inside << depth >> 12)) - 1.5;
        let c = &self.pieces[first as usize + piece];
        let square = t * t;
        let low = (c[0] + c[1] * t) + (c[2] + c[3] * t) * square;
        let high = (c[4] + c[5] * t) + (c[6] + c[7] * t) * square;
        low + high * (square * square)
    }
}

/// The most single values of a mixture that a table is divided at.
const MOST_SINGLES: usize = 64;

/// The shares below and above the values where the inverse of a mixture may jump or bend.
fn breaks(exact: &Truncated) -> Vec<(f64, f64)> {
    let Distribution::Mixture(mixture) = exact.whole() else { return Vec::new() };
    let singles = mixture.single_values(LEAST, LEAST, MOST_SINGLES).unwrap_or_default();
    let sides = |x: f64| [mixture.sides_before(x), mixture.sides(x)];
    mixture.bends().chain(singles).flat_map(sides).map(|Sides { lower, upper }| (lower, upper)).collect()
}

impl Side {
    /// What is tabulated at the value with these shares below and above.
    fn tabulated(&self, exact: &Truncated, lower: f64, upper: f64) -> f64 {
        match self {
            Self::Value => exact.at(lower, upper),
            Self::Rest(power) => power.rest(exact, lower, upper),
        }
    }
}
