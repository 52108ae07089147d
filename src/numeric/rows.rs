//! Kernels over rows: the same bits as the functions of one number, many times as fast inside [`super::simd::dispatch`].
//!
//! Each computes the whole row without a branch by the steps that serve nearly every argument, notes whether one was
//! outside, and if so puts those right one by one. Lanes go side by side as arrays; what a table holds for them is
//! fetched first, so that all the rest is vectors.

use super::exp::{self, exp, exp_is_plain, plain_exp};
use super::ln::{self, ln, ln_is_plain, plain_ln};
use super::normal::{self, normal_quantile, plain_quantile, quantile_is_plain};
use super::normal_table::{ENTRIES, TABLE, Table};
use super::pair::Pair;
use super::pow::{log_of_power, plain_pow, pow};

/// How many numbers go side by side.
const LANES: usize = 32;

type Lanes = [f64; LANES];

/// [`exp`](fn@exp) of each.
#[inline(always)]
pub fn exp_row(x: &[f64], out: &mut [f64]) {
    row(x, out, exp_lanes, exp_is_plain, exp);
}

/// [`ln`](fn@ln) of each.
#[inline(always)]
pub fn ln_row(x: &[f64], out: &mut [f64]) {
    row(x, out, |x| ln_lanes(x).0, ln_is_plain, ln);
}

/// [`normal_quantile`] of each.
#[inline(always)]
pub fn normal_quantile_row(p: &[f64], out: &mut [f64]) {
    let table: &Table = &TABLE;
    row(p, out, |p| quantile_lanes(table, p), quantile_is_plain, normal_quantile);
}

/// [`pow`] of each base with the exponent at its place.
#[inline(always)]
pub fn pow_row(x: &[f64], y: &[f64], out: &mut [f64]) {
    let ((xs, x_rest), (ys, y_rest), (outs, rest)) = (x.as_chunks(), y.as_chunks(), out.as_chunks_mut());
    let mut plain = true;
    for ((out, x), y) in outs.iter_mut().zip(xs).zip(ys) {
        plain &= pow_lanes(*x, *y, out);
    }
    if !plain {
        pow_each(xs.as_flattened(), ys.as_flattened(), outs.as_flattened_mut());
    }
    pow_each(x_rest, y_rest, rest);
}

#[inline(never)]
fn pow_each(x: &[f64], y: &[f64], out: &mut [f64]) {
    for ((out, x), y) in out.iter_mut().zip(x).zip(y) {
        *out = pow(*x, *y);
    }
}

/// The plain steps for all lanes, then what they don't serve and what is left behind the last full lanes.
#[inline(always)]
fn row(
    x: &[f64],
    out: &mut [f64],
    lanes: impl Fn(Lanes) -> Lanes,
    is_plain: impl Fn(f64) -> bool,
    whole: impl Fn(f64) -> f64,
) {
    let ((xs, x_rest), (outs, rest)) = (x.as_chunks(), out.as_chunks_mut());
    let mut outside = [0_u64; LANES];
    for (out, x) in outs.iter_mut().zip(xs) {
        *out = lanes(*x);
        for (outside, x) in outside.iter_mut().zip(x) {
            *outside |= u64::from(!is_plain(*x));
        }
    }
    if outside != [0; LANES] {
        put_right(xs.as_flattened(), outs.as_flattened_mut(), is_plain, &whole);
    }
    put_right(x_rest, rest, |_| false, &whole);
}

#[inline(never)]
fn put_right(x: &[f64], out: &mut [f64], is_right: impl Fn(f64) -> bool, whole: impl Fn(f64) -> f64) {
    for (out, x) in out.iter_mut().zip(x).filter(|(_, x)| !is_right(**x)) {
        *out = whole(*x);
    }
}

#[inline(always)]
fn exp_lanes(x: Lanes) -> Lanes {
    let places = x.map(exp::place);
    let mut out = x;
    for (out, place) in out.iter_mut().zip(places) {
        *out = plain_exp(Pair::of(*out), place);
    }
    out
}

/// The values and what their rounding left over.
#[inline(always)]
fn ln_lanes(x: Lanes) -> (Lanes, Lanes) {
    let places = x.map(ln::place);
    let (mut values, mut rests) = ([0.0; LANES], [0.0; LANES]);
    for (((value, rest), x), place) in values.iter_mut().zip(&mut rests).zip(x).zip(places) {
        let pair = plain_ln(x, place);
        (*value, *rest) = (pair.hi, pair.lo);
    }
    (values, rests)
}

#[inline(always)]
fn quantile_lanes(table: &Table, p: Lanes) -> Lanes {
    let places: [[f64; ENTRIES]; LANES] = p.map(|p| *normal::place(table, p));
    let mut out = p;
    for (out, place) in out.iter_mut().zip(places) {
        *out = plain_quantile(*out, &place);
    }
    out
}

/// Whether the plain steps serve all lanes.
#[inline(always)]
fn pow_lanes(x: Lanes, y: Lanes, out: &mut Lanes) -> bool {
    let places = x.map(ln::place);
    let mut logarithms = [Pair::ZERO; LANES];
    let mut outside = 0;
    for (((logarithm, x), y), place) in logarithms.iter_mut().zip(x).zip(y).zip(places) {
        let (power, plain) = log_of_power(x, y, place);
        *logarithm = power;
        outside |= u64::from(!plain);
    }
    let places = logarithms.map(|logarithm| exp::place(logarithm.hi));
    for ((((out, x), y), logarithm), place) in out.iter_mut().zip(x).zip(y).zip(logarithms).zip(places) {
        *out = plain_pow(x, y, logarithm, place);
    }
    outside == 0
}
