//! Tables: the inverse of a smooth distribution as polynomials over the octaves of both tails.

use super::fine::{EIGHTHS, Fine, LEAST, OCTAVES, Piece, Place, Tabulated};
use super::power::Power;
use super::rows::ROW;
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
    what: Tabulated,
    low: f64,
    high: f64,
    exact: Truncated,
}

/// The places of one tail; one more behind them stands for the shares below the table.
const PLACES: usize = OCTAVES * EIGHTHS;
/// How many bits stand behind the exponent and three digits.
const DIGITS: u32 = 49;

impl Table {
    pub fn new(exact: &Truncated) -> Self {
        let (low, high) = exact.bounds();
        let what = Power::of(exact).map_or(Tabulated::Value, Tabulated::Rest);
        let mut fine = Fine::new();
        let (lower, upper): (Vec<f64>, Vec<f64>) = breaks(exact).into_iter().unzip();
        fine.tail(|w| what.tabulated(exact, w, 1.0 - w), &what, exact, &lower);
        fine.tail(|w| what.tabulated(exact, 1.0 - w, w), &what, exact, &upper);
        Self { places: fine.places, pieces: fine.pieces, what, low, high, exact: exact.clone() }
    }

    pub fn fill(&self, uniforms: &[f64], out: &mut [f64]) {
        match &self.what {
            Tabulated::Value => self.by_value(uniforms, out),
            Tabulated::Rest(power) => self.by_power(power, uniforms, out),
        }
    }

    /// A function of its own, so that its loop has all registers.
    #[inline(never)]
    fn by_value(&self, uniforms: &[f64], out: &mut [f64]) {
        let (low, high) = (self.low, self.high);
        for (out, u) in out.iter_mut().zip(uniforms) {
            let value = self.polynomial(*u);
            *out = if value.is_nan() { self.exactly(*u) } else { between(value, low, high) };
        }
    }

    #[cold]
    #[inline(never)]
    fn exactly(&self, u: f64) -> f64 {
        self.exact.quantile(u)
    }

    fn by_power(&self, power: &Power, uniforms: &[f64], out: &mut [f64]) {
        for (uniforms, out) in uniforms.chunks(ROW).zip(out.chunks_mut(ROW)) {
            let mut rests = [0.0; ROW];
            for (rest, u) in rests.iter_mut().zip(uniforms) {
                *rest = self.polynomial(*u);
            }
            power.values(rests.split_at(uniforms.len()).0, uniforms, out);
            for (out, u) in out.iter_mut().zip(uniforms) {
                *out = if out.is_nan() { self.exactly(*u) } else { between(*out, self.low, self.high) };
            }
        }
    }

    /// The polynomial's value at a uniform; NaN outside the table.
    #[allow(clippy::indexing_slicing, reason = "a place is bounded by the line above; its pieces were made with it")]
    #[inline(always)]
    fn polynomial(&self, u: f64) -> f64 {
        let other = 1.0 - u;
        let bits = if u < other { u } else { other }.to_bits();
        let start = if u < 0.5 { 0 } else { PLACES + 1 };
        // Shares below the table, and what is no share, wrap round to large numbers; ½ itself lies behind the table too.
        let at = (bits.wrapping_sub(LEAST.to_bits()) >> DIGITS).min(PLACES as u64) as usize;
        let Place { first, depth } = self.places[start + at];
        // The digits behind those of the place; turned by the depth, the piece's come out at the other end.
        let turned = (bits << (64 - DIGITS)).rotate_left(depth);
        let piece = first as usize + (turned & 0xff) as usize;
        let t = f64::from_bits(1.0_f64.to_bits() | (turned >> 12)) - 1.5;
        let [zeroth, first, second, third] = &self.pieces[piece];
        let square = t * t;
        // Both halves in step, the lower four powers and the higher.
        let half = |k: usize| (zeroth[k] + first[k] * t) + (second[k] + third[k] * t) * square;
        half(0) + half(1) * (square * square)
    }
}

/// A number that is at least `low` and at most `high`; without the care that `max` and `min` take of NaN.
#[inline]
fn between(value: f64, low: f64, high: f64) -> f64 {
    let value = if value > low { value } else { low };
    if value < high { value } else { high }
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
