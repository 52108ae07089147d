//! Functions over rows of numbers, one small function a kernel.

use crate::numeric::{exp as exp_of, ln as ln_of, normal_quantile};

/// How many numbers are worked on at a time: the row stays in the nearest cache.
pub(super) const ROW: usize = 256;

/// The quantile of the standard normal, in place.
pub(super) fn normal_quantiles(row: &mut [f64]) {
    for value in row {
        *value = normal_quantile(*value);
    }
}

/// e^x, in place.
pub(super) fn exp(row: &mut [f64]) {
    for value in row {
        *value = exp_of(*value);
    }
}

/// ln x, in place.
pub(super) fn ln(row: &mut [f64]) {
    for value in row {
        *value = ln_of(*value);
    }
}
