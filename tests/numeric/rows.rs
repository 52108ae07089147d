//! Row kernels: within a unit in the last place of the correctly rounded value on ten million arguments each, and the
//! same bits as the functions of one number.

use std::marker::PhantomData;
use std::thread;

use biz::numeric::rows::{exp_row, ln_row, normal_quantile_row, pow_row};
use biz::numeric::simd::{Kernel, Simd, dispatch, dispatch_wide};
use biz::numeric::stream::{mix, unit_open};
use biz::numeric::{exp, ln, normal_quantile, pow};

use super::apart;

const ROW: usize = 1_000;
const ROWS: u64 = 10_000;

/// A row kernel by name: through a pointer or a closure it might not be compiled for the vectors of this machine.
trait Rows {
    fn fill(x: &[f64], out: &mut [f64]);
}

struct Dispatched<'a, R>(PhantomData<R>, &'a [f64], &'a mut [f64]);

impl<R: Rows> Kernel for Dispatched<'_, R> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(self, _: S) {
        R::fill(self.1, self.2);
    }
}

/// A row in the widest vectors; those of four and plain calls must give the same bits.
fn dispatched<R: Rows>(x: &[f64], out: &mut [f64]) {
    let (mut fours, mut plain) = (vec![0.0; x.len()], vec![0.0; x.len()]);
    dispatch_wide(Dispatched(PhantomData::<R>, x, out));
    dispatch(Dispatched(PhantomData::<R>, x, &mut fours));
    R::fill(x, &mut plain);
    let bits = |row: &[f64]| row.iter().map(|value| value.to_bits()).collect::<Vec<u64>>();
    assert_eq!(bits(out), bits(&fours));
    assert_eq!(bits(out), bits(&plain));
}

macro_rules! rows {
    ($name:ident, $kernel:expr) => {
        struct $name;

        impl Rows for $name {
            #[inline(always)]
            fn fill(x: &[f64], out: &mut [f64]) {
                $kernel(x, out);
            }
        }
    };
}

rows!(Exp, exp_row);
rows!(Ln, ln_row);
rows!(Quantile, normal_quantile_row);
rows!(Powers, powers);

/// The largest distance between a row kernel and a reference over ten million arguments made from random bits.
fn farthest<R: Rows>(argument: fn(u64) -> f64, reference: fn(f64) -> f64) -> u64 {
    let part = |rows: std::ops::Range<u64>| {
        let mut out = [0.0; ROW];
        let mut farthest = 0;
        for row in rows {
            let x: Vec<f64> = (0..ROW as u64).map(|i| argument(mix(row * ROW as u64 + i))).collect();
            dispatched::<R>(&x, &mut out);
            for (x, out) in x.iter().zip(out) {
                farthest = farthest.max(apart(out, reference(*x)));
            }
        }
        farthest
    };
    thread::scope(|scope| {
        let other = scope.spawn(|| part(0..ROWS / 2));
        part(ROWS / 2..ROWS).max(other.join().expect("it ends"))
    })
}

#[test]
fn exp_is_within_a_unit_of_core_math() {
    assert!(farthest::<Exp>(|bits| (unit_open(bits) - 0.5) * 1_480.0, core_math::exp) <= 1);
}

#[test]
fn ln_is_within_a_unit_of_core_math() {
    // Half over all doubles, half near 1.
    let argument = |bits: u64| match bits & 1 {
        0 => f64::from_bits(bits >> 1),
        _ => 0.5 + 1.5 * unit_open(bits),
    };
    assert!(farthest::<Ln>(argument, core_math::log) <= 1);
}

/// An exponent for each base, so that a power is a function of one number.
fn exponent(base: f64) -> f64 {
    (unit_open(mix(base.to_bits())) - 0.5) * 200.0
}

#[inline(always)]
fn powers(x: &[f64], out: &mut [f64]) {
    let exponents: Vec<f64> = x.iter().copied().map(exponent).collect();
    pow_row(x, &exponents, out);
}

#[test]
fn powers_are_within_a_unit_of_core_math() {
    assert!(farthest::<Powers>(|bits| 40.0 * unit_open(bits), |x| core_math::pow(x, exponent(x))) <= 1);
}

/// Arguments where kernels turn: ends, halves, tables' edges, and what is no number.
fn edges() -> Vec<f64> {
    let mut all = vec![0.0, 5e-324, f64::MIN_POSITIVE, 1.0, f64::MAX, f64::INFINITY, f64::NAN, 0.25, 0.5, 0.75];
    all.extend([707.0, 709.78, 710.0, 745.13, 745.2, 746.0, 1e-17, 1e-300, 2_f64.powi(-53), 2_f64.powi(-54)]);
    let beside = |x: &f64| [f64::from_bits(x.to_bits().saturating_sub(1)), f64::from_bits(x.to_bits() + 1)];
    all.extend(all.iter().flat_map(beside).collect::<Vec<_>>());
    all.extend((0..2_000).map(|i| f64::from_bits(mix(i))));
    all.extend((0..2_000).map(|i| unit_open(mix(i))));
    all.extend(all.iter().map(|x| -x).collect::<Vec<_>>());
    all.extend(all.iter().map(|x| 1.0 - x).collect::<Vec<_>>());
    all
}

fn same_bits<R: Rows>(single: fn(f64) -> f64) {
    let all = edges();
    let mut out = vec![0.0; all.len()];
    let mut plainly = vec![0.0; all.len()];
    dispatched::<R>(&all, &mut out);
    R::fill(&all, &mut plainly);
    for ((x, out), plainly) in all.iter().zip(out).zip(plainly) {
        let single = single(*x);
        for out in [out, plainly] {
            assert!(out.to_bits() == single.to_bits() || out.is_nan() && single.is_nan(), "{out:e} for {single:e} at {x:e}");
        }
    }
}

#[test]
fn rows_have_the_bits_of_single_numbers() {
    same_bits::<Exp>(exp);
    same_bits::<Ln>(ln);
    same_bits::<Quantile>(normal_quantile);
}

#[test]
fn rows_of_powers_have_the_bits_of_single_powers() {
    let all = edges();
    for exponent in [0.0, 1.0, 2.0, -1.0, 0.5, 3.0, -0.3, 1e-18, 900.0, f64::INFINITY, f64::NAN] {
        // Short rows too, so that plain ones stay among themselves.
        for row in all.chunks(16) {
            let mut out = [0.0; 16];
            pow_row(row, &[exponent; 16][..row.len()], &mut out[..row.len()]);
            for (x, out) in row.iter().zip(out) {
                let single = pow(*x, exponent);
                assert!(out.to_bits() == single.to_bits() || out.is_nan() && single.is_nan(), "{x:e}^{exponent}");
            }
        }
    }
}
