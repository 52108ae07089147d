//! Works: what operations do to numbers, lane by lane, in vectors of any width.
//!
//! What reads a blank or a fault, or should be one, comes out as no finite number; somebody looks for that, and computes
//! it again with care.
#![allow(clippy::inline_always, reason = "what is inlined is compiled for the widest vectors")]

use crate::numeric::simd::Simd;

/// What becomes of up to three operands.
pub(super) trait Work: Copy {
    /// One vector of results.
    fn of<S: Simd>(self, simd: S, x: S::f64s, y: S::f64s, z: S::f64s) -> S::f64s;
}

/// Whether a result was an infinity or no number. Taken from itself, such a one leaves no number, and any other zero.
pub(super) struct Odd<S: Simd> {
    /// How it looks.
    pub simd: S,
    seen: S::u64s,
}

impl<S: Simd> Odd<S> {
    /// Nothing seen so far.
    #[inline(always)]
    pub fn new(simd: S) -> Self {
        Self { simd, seen: simd.splat_u64s(0) }
    }

    /// Looks at some more.
    #[inline(always)]
    pub fn see(&mut self, values: S::f64s) {
        let left = self.simd.sub_f64s(values, values);
        self.seen = self.simd.or_u64s(self.seen, self.simd.transmute_u64s_f64s(left));
    }

    /// Whether all were finite numbers.
    #[inline(always)]
    pub fn is_none(&self) -> bool {
        let simd = self.simd;
        let seen = simd.transmute_f64s_u64s(self.seen);
        simd.first_true_m64s(simd.not_m64s(simd.equal_f64s(seen, simd.splat_f64s(0.0)))) >= S::F64_LANES
    }
}

macro_rules! works {
    ($($(#[$doc:meta])* $name:ident$(($field:ident))? $simd:ident $x:ident $y:ident $z:ident => $value:expr;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy)]
        pub(super) struct $name$((pub works!(@type $field)))?;

        impl Work for $name {
            #[inline(always)]
            fn of<S: Simd>(self, $simd: S, $x: S::f64s, $y: S::f64s, $z: S::f64s) -> S::f64s {
                $(let Self($field) = self;)?
                $value
            }
        }
    )*};
    (@type $field:ident) => { f64 };
}

works! {
    /// `x`
    Copied _simd x _y _z => x;
    /// `x × scale`
    Scaled(scale) simd x _y _z => simd.mul_f64s(x, simd.splat_f64s(scale));
    /// `-x`
    Negated simd x _y _z => simd.neg_f64s(x);
    /// `x + y`
    Plus simd x y _z => simd.add_f64s(x, y);
    /// `x - y`
    Minus simd x y _z => simd.sub_f64s(x, y);
    /// `x × y`
    Times simd x y _z => simd.mul_f64s(x, y);
    /// `x / y`
    Over simd x y _z => simd.div_f64s(x, y);
    /// The smaller, or what is no number among the two.
    Least simd x y _z => simd.select_f64s(simd.less_than_or_equal_f64s(x, y), x, number_first(simd, x, y));
    /// The larger, or what is no number among the two.
    Most simd x y _z => simd.select_f64s(simd.less_than_or_equal_f64s(y, x), x, number_first(simd, x, y));
    /// `x < y`
    Less simd x y _z => answer(simd, x, y, simd.less_than_f64s(x, y));
    /// `x <= y`
    AtMost simd x y _z => answer(simd, x, y, simd.less_than_or_equal_f64s(x, y));
    /// `x > y`
    More simd x y _z => answer(simd, x, y, simd.less_than_f64s(y, x));
    /// `x >= y`
    AtLeast simd x y _z => answer(simd, x, y, simd.less_than_or_equal_f64s(y, x));
    /// `x == y`
    Equal simd x y _z => answer(simd, x, y, simd.equal_f64s(x, y));
    /// `x != y`
    Unequal simd x y _z => answer(simd, x, y, simd.not_m64s(simd.equal_f64s(x, y)));
    /// `y` where `x` is not 0, else `z`; `x` where that is no number.
    Choice simd x y z => {
        let chosen = simd.select_f64s(simd.equal_f64s(x, simd.splat_f64s(0.0)), z, y);
        simd.select_f64s(simd.equal_f64s(x, x), chosen, x)
    };
    /// `x + y × period`
    Flowing(period) simd x y _z => simd.add_f64s(x, simd.mul_f64s(y, simd.splat_f64s(period)));
}

/// What is no number if it is the first, else the second.
#[inline(always)]
fn number_first<S: Simd>(simd: S, x: S::f64s, y: S::f64s) -> S::f64s {
    simd.select_f64s(simd.equal_f64s(x, x), y, x)
}

/// 1 where it holds, else 0; no number where one of them is none.
#[inline(always)]
fn answer<S: Simd>(simd: S, x: S::f64s, y: S::f64s, holds: S::m64s) -> S::f64s {
    let numbers = simd.and_m64s(simd.equal_f64s(x, x), simd.equal_f64s(y, y));
    let answer = simd.select_f64s(holds, simd.splat_f64s(1.0), simd.splat_f64s(0.0));
    simd.select_f64s(numbers, answer, simd.splat_f64s(f64::NAN))
}

/// The first band of a price by bands, up to a bound at a rate and a fee; below 0 and behind the last band is no price.
#[derive(Clone, Copy)]
pub(super) struct FirstBand {
    pub bound: f64,
    pub last: f64,
    pub rate: f64,
    pub fee: f64,
}

impl Work for FirstBand {
    #[inline(always)]
    fn of<S: Simd>(self, simd: S, x: S::f64s, _: S::f64s, _: S::f64s) -> S::f64s {
        let zero = simd.splat_f64s(0.0);
        let price = simd.add_f64s(zero, simd.mul_f64s(up_to(simd, x, self.bound), simd.splat_f64s(self.rate)));
        let price = simd.add_f64s(price, simd.splat_f64s(self.fee));
        let inside = simd.and_m64s(simd.less_than_or_equal_f64s(zero, x), simd.less_than_or_equal_f64s(x, simd.splat_f64s(self.last)));
        simd.select_f64s(inside, price, simd.splat_f64s(f64::NAN))
    }
}

/// One band more: what the bands before come to, and the part of the quantity that lies in this one.
#[derive(Clone, Copy)]
pub(super) struct Band {
    pub from: f64,
    pub bound: f64,
    pub rate: f64,
    pub fee: f64,
}

impl Work for Band {
    #[inline(always)]
    fn of<S: Simd>(self, simd: S, x: S::f64s, y: S::f64s, _: S::f64s) -> S::f64s {
        let (from, zero) = (simd.splat_f64s(self.from), simd.splat_f64s(0.0));
        let reached = simd.less_than_f64s(from, y);
        let price = simd.mul_f64s(simd.sub_f64s(up_to(simd, y, self.bound), from), simd.splat_f64s(self.rate));
        // What is not reached adds zeros, which change no bit: what the bands before come to is never -0.
        let more = simd.add_f64s(x, simd.select_f64s(reached, price, zero));
        simd.add_f64s(more, simd.select_f64s(reached, simd.splat_f64s(self.fee), zero))
    }
}

/// A price by a first band and so many more, in one go.
#[derive(Clone, Copy)]
pub(super) struct Bands<const MORE: usize> {
    pub first: FirstBand,
    pub more: [Band; MORE],
}

impl<const MORE: usize> Work for Bands<MORE> {
    #[inline(always)]
    fn of<S: Simd>(self, simd: S, x: S::f64s, y: S::f64s, z: S::f64s) -> S::f64s {
        let mut price = self.first.of(simd, x, y, z);
        // No closure: one that is not inlined is compiled for the least of machines.
        for band in self.more {
            price = band.of(simd, price, x, z);
        }
        price
    }
}

#[inline(always)]
fn up_to<S: Simd>(simd: S, quantity: S::f64s, bound: f64) -> S::f64s {
    let bound = simd.splat_f64s(bound);
    simd.select_f64s(simd.less_than_f64s(quantity, bound), quantity, bound)
}
