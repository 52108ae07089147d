//! The table of the normal quantile: piecewise polynomials, computed when first asked for, in half a millisecond.
//!
//! With t the smaller of p and 1 − p, z = −Φ⁻¹(t) is given on 16 equal parts of each octave of t from 2^-53 to ½. There
//! z obeys dz/dt = −1/φ(z), so its Taylor series at the middle of a part follows from z there, and is summed to give z at
//! the middle of the next part. Going towards larger t an error shrinks as 1/φ does. In the last
//! octave, where z passes through 0, the table is of z/(½ − t), an even series about ½. From degree 12 the polynomials
//! are brought down to degree 8 by taking off Chebyshev's.

use std::sync::LazyLock;

use super::exp::exp_pair;
use super::pair::Pair;

/// How many parts an octave has.
const PARTS: usize = 16;
/// Octaves where the table is of z itself: 2^-53 … ¼.
const OCTAVES: usize = 51;
/// What a part holds: the first 26 bits of the value in the middle, the rest of it, then the coefficients of the powers
/// of the distance from the middle, the octave's lower end being 1.
pub(super) const ENTRIES: usize = 10;
/// A power of two, so that an index can be masked; parts behind the last octave are 0.
pub(super) const PLACES: usize = 1_024;

pub(super) type Place = [f64; ENTRIES];
pub(super) type Table = [Place; PLACES];

pub(super) static TABLE: LazyLock<Box<Table>> = LazyLock::new(table);

/// The middle of the first part: z at 33/32·2^-53, by Newton's method on erfc with 300 bits (mpmath).
const FIRST_Z: Pair = Pair { hi: 8.205_840_367_081_649, lo: -3.382_015_213_641_779_3e-16 };
/// √(2π) and 2π.
const ROOT_TAU: Pair = Pair { hi: 2.506_628_274_631_000_7, lo: -1.832_857_998_045_916_7e-16 };
const TAU: Pair = Pair { hi: std::f64::consts::TAU, lo: 2.449_293_598_294_706_4e-16 };

/// Terms of a series that steps to the next part: what is left out is below 2^-60.
const TERMS: usize = 15;
/// Terms that go into a polynomial: degrees 0 … 12.
const KEPT: usize = 13;
/// Terms of the series about ½: the last is below 2^-80.
const CENTRE_TERMS: usize = 40;
/// Half the width of a part.
const HALF: f64 = 0.5 / PARTS as f64;

#[allow(clippy::indexing_slicing, reason = "every index is below a constant length")]
fn table() -> Box<Table> {
    let mut table = Box::new([[0.0; ENTRIES]; PLACES]);
    let mut z = FIRST_Z;
    let mut width = 0.5 * f64::EPSILON;
    let mut at = 0;
    while at < OCTAVES * PARTS {
        let series = series(z, width);
        table[at] = entry(series);
        at += 1;
        // Into the next octave it is half a part of this one and half of the next, twice as wide.
        let next_octave = at % PARTS == 0;
        z = sum(&series, if next_octave { 3.0 * HALF } else { 2.0 * HALF });
        width *= if next_octave { 2.0 } else { 1.0 };
    }
    let centre = centre();
    let mut part = 0;
    while part < PARTS {
        table[at + part] = entry(about(&centre, part));
        part += 1;
    }
    table
}

/// The Taylor series of z in an octave of this width: z′ = −1/φ(z), z″ = z·z′². Only the first two terms need more than
/// a double: the others are small.
#[allow(clippy::indexing_slicing, reason = "every index is below a constant length")]
fn series(z: Pair, width: f64) -> [Pair; TERMS] {
    let slope = exp_pair(Pair::product(z.hi, 0.5 * z.hi).plus_double(z.hi * z.lo)).times(ROOT_TAU).times_double(-width);
    let mut zs = [0.0; TERMS];
    let mut slopes = [0.0; TERMS];
    let mut squares = [0.0; TERMS];
    (zs[0], slopes[0]) = (z.hi, slope.hi);
    for n in 0..TERMS - 1 {
        let degree = n as f64 + 1.0;
        squares[n] = product_term(&slopes, &slopes, n);
        zs[n + 1] = slopes[n] / degree;
        slopes[n + 1] = product_term(&zs, &squares, n) / degree;
    }
    let mut series = zs.map(Pair::of);
    (series[0], series[1]) = (z, slope);
    series
}

/// The term of degree n of a product of series.
fn product_term(a: &[f64; TERMS], b: &[f64; TERMS], n: usize) -> f64 {
    let backwards = b.iter().take(n + 1).rev();
    a.iter().zip(backwards).fold(0.0, |sum, (a, b)| sum + a * b)
}

/// The series at x.
fn sum(series: &[Pair; TERMS], x: f64) -> Pair {
    let [value, slope, others @ ..] = series;
    let rest = others.iter().rev().fold(0.0, |sum, term| sum * x + term.hi) * x * x;
    value.plus(slope.times_double(x)).plus_double(rest)
}

/// z/h by powers of h², h = ½ − t: the series of the inverse error function (Carlitz 1963) in √(2π)·h.
#[allow(clippy::indexing_slicing, reason = "every index is below a constant length")]
fn centre() -> [Pair; CENTRE_TERMS] {
    let mut c = [Pair::ONE; CENTRE_TERMS];
    let mut k = 1;
    while k < CENTRE_TERMS {
        let mut sum = Pair::ZERO;
        let mut m = 0;
        while m < k {
            let below = ((m + 1) * (2 * m + 1)) as f64;
            sum = sum.plus(c[m].times(c[k - 1 - m]).over_double(below));
            m += 1;
        }
        c[k] = sum;
        k += 1;
    }
    let mut power = ROOT_TAU;
    let mut k = 0;
    while k < CENTRE_TERMS {
        c[k] = c[k].times(power).over_double((2 * k + 1) as f64);
        // With z = √2·erf⁻¹(2h) the terms are c(k)·(√π·2h/2)^(2k+1)·√2: a factor π a step, which is 2π/2.
        power = power.times(TAU).times_double(0.5);
        k += 1;
    }
    c
}

/// That series about the middle of a part of the last octave, by the distance from there; h falls by a quarter of it.
#[allow(clippy::indexing_slicing, reason = "every index is below a constant length")]
fn about(centre: &[Pair; CENTRE_TERMS], part: usize) -> [Pair; TERMS] {
    let middle = 0.25 * (1.0 - (2 * part + 1) as f64 * HALF);
    let mut value = Pair::ZERO;
    let mut rest = [0.0; KEPT];
    let mut power = 2 * CENTRE_TERMS - 1;
    while power > 0 {
        power -= 1;
        let mut n = KEPT - 1;
        while n > 0 {
            rest[n] = rest[n] * middle + if n == 1 { value.hi } else { rest[n - 1] };
            n -= 1;
        }
        value = value.times_double(middle);
        if power.is_multiple_of(2) {
            value = value.plus(centre[power / 2]);
        }
    }
    let mut series = [Pair::ZERO; TERMS];
    series[0] = value;
    let mut scale = 1.0;
    let mut n = 1;
    while n < KEPT {
        scale *= -0.25;
        series[n] = Pair::of(rest[n] * scale);
        n += 1;
    }
    series
}

/// What the table holds of a series.
#[allow(clippy::indexing_slicing, reason = "every index is below a constant length")]
fn entry(series: [Pair; TERMS]) -> Place {
    let mut c = [0.0; KEPT];
    let mut scale = 1.0;
    let mut n = 1;
    // In units of half a part, where Chebyshev's polynomials live.
    while n < KEPT {
        scale *= HALF;
        c[n] = series[n].hi * scale;
        n += 1;
    }
    let mut top = KEPT - 1;
    while top > ENTRIES - 2 {
        let chebyshev = chebyshev(top);
        let share = c[top] / chebyshev[top];
        let mut n = 0;
        while n <= top {
            c[n] -= share * chebyshev[n];
            n += 1;
        }
        top -= 1;
    }
    let high = f64::from_bits(series[0].hi.to_bits() & !0x7ff_ffff);
    let mut entry = [0.0; ENTRIES];
    entry[0] = high;
    entry[1] = (series[0].hi - high) + (series[0].lo + c[0]);
    let mut scale = 1.0;
    let mut n = 1;
    while n + 1 < ENTRIES {
        scale *= HALF;
        entry[n + 1] = c[n] / scale;
        n += 1;
    }
    entry
}

/// The coefficients of Chebyshev's polynomial.
#[allow(clippy::indexing_slicing, reason = "every index is below a constant length")]
fn chebyshev(degree: usize) -> [f64; KEPT] {
    let (mut before, mut last) = ([0.0; KEPT], [0.0; KEPT]);
    (before[0], last[1]) = (1.0, 1.0);
    let mut at = 1;
    while at < degree {
        let mut next = [0.0; KEPT];
        let mut n = 0;
        while n < KEPT {
            next[n] = if n == 0 { 0.0 } else { 2.0 * last[n - 1] } - before[n];
            n += 1;
        }
        (before, last) = (last, next);
        at += 1;
    }
    last
}
