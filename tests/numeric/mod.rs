//! The numeric kernels and the distributions against reference values and laws.

mod correlation;
mod discount;
mod distributions;
mod kernels;
mod laws;
mod mixtures;
mod parameters;
mod quantile;
mod rounding;
mod samplers;
mod rows;
mod streams;
mod sums;

/// How many doubles lie between two values; two NaN are the same, two zeros of unlike sign one apart.
fn apart(a: f64, b: f64) -> u64 {
    if a.is_nan() || b.is_nan() {
        return if a.is_nan() && b.is_nan() { 0 } else { u64::MAX };
    }
    ordered(a).abs_diff(ordered(b))
}

/// The place of a double in the order of all; −0 lies one below +0.
fn ordered(value: f64) -> i64 {
    let bits = value.to_bits().cast_signed();
    if bits < 0 { -1 - (bits & i64::MAX) } else { bits }
}
