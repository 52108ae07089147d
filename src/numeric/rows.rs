//! Kernels over rows: the same bits as the functions of one number, many times as fast inside [`super::simd::dispatch`].
//!
//! Each computes the whole row without a branch by the steps that serve nearly every argument, notes whether one was
//! outside, and if so puts those right one by one. Lanes go side by side as arrays; what a table holds for them is
//! fetched first, so that all the rest is vectors.

use super::exp::{self, exp, exp_is_plain, plain_exp};
use super::ln::{self, Place, ln, ln_is_plain, plain_ln};
use super::normal::{self, normal_quantile, plain_quantile, quantile_is_plain};
use super::normal_table::{TABLE, Table};
use super::pair::Pair;
use super::pow::{log_of_power, plain_pow, pow};

/// How many numbers go side by side: of 4, 8, 16, 64 and 256 this is fastest for the quantile and near that for all.
const LANES: usize = 8;

type Lanes = [f64; LANES];

/// [`exp`](fn@exp) of each.
#[inline(always)]
pub fn exp_row(x: &[f64], out: &mut [f64]) {
    row(&Exp, x, out);
}

/// [`ln`](fn@ln) of each.
#[inline(always)]
pub fn ln_row(x: &[f64], out: &mut [f64]) {
    row(&Ln, x, out);
}

/// [`normal_quantile`] of each.
#[inline(always)]
pub fn normal_quantile_row(p: &[f64], out: &mut [f64]) {
    row(&Quantile(&TABLE), p, out);
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

/// A function of one number as a row computes it. A trait, since closures handed down might not be inlined, and then
/// would not be compiled for the vectors of the machine.
trait Function {
    /// The plain steps for all lanes.
    fn lanes(&self, x: Lanes) -> Lanes;
    /// Whether they serve.
    fn is_plain(x: f64) -> bool;
    /// The function for any number.
    fn whole(x: f64) -> f64;
}

/// The plain steps for all lanes, then what they don't serve and what is left behind the last full lanes.
#[inline(always)]
fn row<F: Function>(function: &F, x: &[f64], out: &mut [f64]) {
    let ((xs, x_rest), (outs, rest)) = (x.as_chunks(), out.as_chunks_mut());
    let mut outside = [0_u64; LANES];
    for (out, x) in outs.iter_mut().zip(xs) {
        *out = function.lanes(*x);
        for (outside, x) in outside.iter_mut().zip(x) {
            *outside |= u64::from(!F::is_plain(*x));
        }
    }
    if outside != [0; LANES] {
        put_right::<F>(xs.as_flattened(), outs.as_flattened_mut());
    }
    for (out, x) in rest.iter_mut().zip(x_rest) {
        *out = F::whole(*x);
    }
}

#[inline(never)]
fn put_right<F: Function>(x: &[f64], out: &mut [f64]) {
    for (out, x) in out.iter_mut().zip(x).filter(|(_, x)| !F::is_plain(**x)) {
        *out = F::whole(*x);
    }
}

struct Exp;

impl Function for Exp {
    #[inline(always)]
    fn lanes(&self, x: Lanes) -> Lanes {
        let (high, low) = exp_places(&x);
        let mut out = x;
        for ((out, hi), lo) in out.iter_mut().zip(high).zip(low) {
            *out = plain_exp(Pair::of(*out), Pair { hi, lo });
        }
        out
    }

    #[inline(always)]
    fn is_plain(x: f64) -> bool {
        exp_is_plain(x)
    }

    fn whole(x: f64) -> f64 {
        exp(x)
    }
}

struct Ln;

impl Function for Ln {
    #[inline(always)]
    fn lanes(&self, x: Lanes) -> Lanes {
        let (inverse, high, low) = ln_places(&x);
        let mut out = x;
        for (((out, inverse), hi), lo) in out.iter_mut().zip(inverse).zip(high).zip(low) {
            *out = plain_ln(*out, Place { inverse, minus_ln: Pair { hi, lo } }).hi;
        }
        out
    }

    #[inline(always)]
    fn is_plain(x: f64) -> bool {
        ln_is_plain(x)
    }

    fn whole(x: f64) -> f64 {
        ln(x)
    }
}

struct Quantile<'a>(&'a Table);

impl Function for Quantile<'_> {
    #[inline(always)]
    fn lanes(&self, p: Lanes) -> Lanes {
        quantile_lanes(self.0, p)
    }

    #[inline(always)]
    fn is_plain(p: f64) -> bool {
        quantile_is_plain(p)
    }

    fn whole(p: f64) -> f64 {
        normal_quantile(p)
    }
}

/// What the exponential's table holds for each, one array for each part of a place: a vector loads no others.
#[inline(always)]
fn exp_places(x: &Lanes) -> (Lanes, Lanes) {
    let places = x.map(exp::place);
    (places.map(|place| place.hi), places.map(|place| place.lo))
}

#[inline(always)]
fn ln_places(x: &Lanes) -> (Lanes, Lanes, Lanes) {
    let places = x.map(ln::place);
    (places.map(|place| place.inverse), places.map(|place| place.minus_ln.hi), places.map(|place| place.minus_ln.lo))
}

#[inline(always)]
fn quantile_lanes(table: &Table, p: Lanes) -> Lanes {
    let places = p.map(|p| normal::place(table, p));
    // Ten loops of loads and not one: each fills vectors.
    let [c0, c1, c2, c3, c4, c5, c6, c7, c8, c9] = [
        places.map(|[c, ..]| *c),
        places.map(|[_, c, ..]| *c),
        places.map(|[_, _, c, ..]| *c),
        places.map(|[_, _, _, c, ..]| *c),
        places.map(|[_, _, _, _, c, ..]| *c),
        places.map(|[.., c, _, _, _, _]| *c),
        places.map(|[.., c, _, _, _]| *c),
        places.map(|[.., c, _, _]| *c),
        places.map(|[.., c, _]| *c),
        places.map(|[.., c]| *c),
    ];
    let mut out = p;
    let firsts = c0.into_iter().zip(c1).zip(c2).zip(c3).zip(c4);
    let lasts = c5.into_iter().zip(c6).zip(c7).zip(c8).zip(c9);
    for ((out, ((((c0, c1), c2), c3), c4)), ((((c5, c6), c7), c8), c9)) in out.iter_mut().zip(firsts).zip(lasts) {
        *out = plain_quantile(*out, &[c0, c1, c2, c3, c4, c5, c6, c7, c8, c9]);
    }
    out
}

/// Whether the plain steps serve all lanes.
#[inline(always)]
fn pow_lanes(x: Lanes, y: Lanes, out: &mut Lanes) -> bool {
    let (inverse, high, low) = ln_places(&x);
    let (mut log_high, mut log_low) = (x, y);
    let mut outside = 0;
    for ((((x, y), inverse), hi), lo) in log_high.iter_mut().zip(&mut log_low).zip(inverse).zip(high).zip(low) {
        let (power, plain) = log_of_power(*x, *y, Place { inverse, minus_ln: Pair { hi, lo } });
        (*x, *y) = (power.hi, power.lo);
        outside |= u64::from(!plain);
    }
    let (high, low) = exp_places(&log_high);
    let logarithms = log_high.into_iter().zip(log_low);
    for (((((out, x), y), logarithm), hi), lo) in out.iter_mut().zip(x).zip(y).zip(logarithms).zip(high).zip(low) {
        *out = plain_pow(x, y, Pair { hi: logarithm.0, lo: logarithm.1 }, Pair { hi, lo });
    }
    outside == 0
}
