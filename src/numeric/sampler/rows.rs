//! Functions over rows of numbers, by the widest vectors of the machine.
#![allow(clippy::inline_always, reason = "what is inlined is compiled for the widest vectors")]

use crate::numeric::rows;
use crate::numeric::simd::{Kernel, Simd, dispatch_wide};

/// How many numbers are worked on at a time: the rows stay in the nearest cache.
pub(super) const ROW: usize = 256;

macro_rules! rows {
    ($($(#[$about:meta])* $name:ident $kernel:ident)*) => {$(
        $(#[$about])*
        pub(super) fn $name(of: &[f64], out: &mut [f64]) {
            dispatch_wide($kernel { of, out });
        }

        struct $kernel<'a> {
            of: &'a [f64],
            out: &'a mut [f64],
        }

        impl Kernel for $kernel<'_> {
            type Output = ();

            #[inline(always)]
            fn run<S: Simd>(self, _: S) {
                rows::$name(self.of, self.out);
            }
        }
    )*};
}

rows! {
    /// The quantile of the standard normal of each.
    normal_quantile_row NormalQuantile
    /// e^x of each.
    exp_row Exp
    /// ln x of each.
    ln_row Ln
}
