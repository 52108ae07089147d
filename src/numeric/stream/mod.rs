//! Streams of draws that belong to a name: the same whatever else is declared, however the samples are split.

pub mod hash;
pub mod latin;
pub mod philox;
pub mod sobol;

pub use hash::{mix, name_hash};
pub use philox::Key;

/// A uniform strictly between 0 and 1 from the upper 52 of 64 random bits: the middles of 2^52 equal parts.
///
/// Flipping all bits gives 1 minus the number, exactly, so the draws of both tails are alike. Least is 2^-53.
#[inline(always)]
#[must_use]
pub fn unit_open(bits: u64) -> f64 {
    // The bits as the fraction of a double in 1 … 2; what is subtracted is 1 less half a part, and nothing is rounded.
    f64::from_bits(ONE_BITS | (bits >> 12)) - (1.0 - 0.5 * f64::EPSILON)
}

const ONE_BITS: u64 = 1.0_f64.to_bits();

/// [`unit_open`] of a row.
#[inline(always)]
pub fn units_open(bits: &[u64], out: &mut [f64]) {
    for (unit, bits) in out.iter_mut().zip(bits) {
        *unit = unit_open(*bits);
    }
}
