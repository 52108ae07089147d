//! Double-double arithmetic: a number as the unevaluated sum of two doubles, about 106 bits.

/// `hi + lo`, where `lo` is at most half a unit in the last place of `hi`.
///
/// The formulas are Dekker's (1971) and Knuth's (TAOCP 4.2.2); they use only `+ − × ÷`, so they give the same bits
/// everywhere. All are `const`, which lets the tables of `exp` and `ln` be computed by the compiler.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Pair {
    /// The value rounded to a double.
    pub hi: f64,
    /// What the rounding left over.
    pub lo: f64,
}

impl Pair {
    /// Zero.
    pub const ZERO: Self = Self { hi: 0.0, lo: 0.0 };
    /// One.
    pub const ONE: Self = Self { hi: 1.0, lo: 0.0 };

    /// A double as a pair.
    #[inline(always)]
    pub const fn of(value: f64) -> Self {
        Self { hi: value, lo: 0.0 }
    }

    /// `a + b` without error (Knuth's two-sum).
    #[inline(always)]
    pub const fn sum(a: f64, b: f64) -> Self {
        let hi = a + b;
        let b_seen = hi - a;
        let a_seen = hi - b_seen;
        Self { hi, lo: (a - a_seen) + (b - b_seen) }
    }

    /// `a + b` without error when |a| ≥ |b| or a = 0 (Dekker's fast two-sum).
    #[inline(always)]
    pub const fn ordered_sum(a: f64, b: f64) -> Self {
        let hi = a + b;
        Self { hi, lo: b - (hi - a) }
    }

    /// `a × b` without error (Dekker's product). Needs |a|, |b| < 2^996 and a product that isn't subnormal.
    #[inline(always)]
    pub const fn product(a: f64, b: f64) -> Self {
        let hi = a * b;
        let (a_high, a_low) = halves(a);
        let (b_high, b_low) = halves(b);
        let lo = ((a_high * b_high - hi) + a_high * b_low + a_low * b_high) + a_low * b_low;
        Self { hi, lo }
    }

    /// The sum of two pairs, relative error about 2^-104 (also when they cancel: both halves are added exactly first).
    pub const fn plus(self, other: Self) -> Self {
        let high = Self::sum(self.hi, other.hi);
        let low = Self::sum(self.lo, other.lo);
        let carried = Self::ordered_sum(high.hi, high.lo + low.hi);
        Self::ordered_sum(carried.hi, carried.lo + low.lo)
    }

    /// The sum of a pair and a double.
    pub const fn plus_double(self, other: f64) -> Self {
        let high = Self::sum(self.hi, other);
        Self::ordered_sum(high.hi, high.lo + self.lo)
    }

    /// The pair with its sign turned.
    pub const fn negated(self) -> Self {
        Self { hi: -self.hi, lo: -self.lo }
    }

    /// The difference of two pairs.
    pub const fn minus(self, other: Self) -> Self {
        self.plus(other.negated())
    }

    /// The product of two pairs, relative error about 2^-104.
    pub const fn times(self, other: Self) -> Self {
        let product = Self::product(self.hi, other.hi);
        Self::ordered_sum(product.hi, product.lo + (self.hi * other.lo + self.lo * other.hi))
    }

    /// The product of a pair and a double.
    pub const fn times_double(self, other: f64) -> Self {
        let product = Self::product(self.hi, other);
        Self::ordered_sum(product.hi, product.lo + self.lo * other)
    }

    /// The quotient of two pairs: one division, then one step of correction.
    pub const fn over(self, other: Self) -> Self {
        let first = self.hi / other.hi;
        let rest = self.minus(other.times_double(first));
        Self::ordered_sum(first, rest.hi / other.hi)
    }

    /// The quotient of a pair and a double.
    pub const fn over_double(self, other: f64) -> Self {
        self.over(Self::of(other))
    }

    /// The nearest double.
    #[inline(always)]
    pub const fn value(self) -> f64 {
        self.hi + self.lo
    }
}

/// Veltkamp's split into two halves of 26 bits (the second signed), so that products of halves are exact.
#[inline(always)]
const fn halves(value: f64) -> (f64, f64) {
    const FACTOR: f64 = 134_217_729.0; // 2^27 + 1
    let scaled = FACTOR * value;
    let high = scaled - (scaled - value);
    (high, value - high)
}
