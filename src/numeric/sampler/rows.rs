//! Functions over rows of numbers, one small function a kernel.

use crate::numeric::{exp, ln, normal_quantile};

/// How many numbers are worked on at a time: the rows stay in the nearest cache.
pub(super) const ROW: usize = 256;

/// The quantile of the standard normal of each.
pub(super) fn normal_quantile_row(p: &[f64], out: &mut [f64]) {
    for (out, p) in out.iter_mut().zip(p) {
        *out = normal_quantile(*p);
    }
}

/// e^x of each.
pub(super) fn exp_row(x: &[f64], out: &mut [f64]) {
    for (out, x) in out.iter_mut().zip(x) {
        *out = exp(*x);
    }
}

/// ln x of each.
pub(super) fn ln_row(x: &[f64], out: &mut [f64]) {
    for (out, x) in out.iter_mut().zip(x) {
        *out = ln(*x);
    }
}
