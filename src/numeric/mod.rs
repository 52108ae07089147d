//! Numeric kernels: our own exp, ln, pow and the distributions, the same bits on every machine.

pub mod exp;
pub mod ln;
pub(crate) mod pair;
pub mod pow;

pub use exp::{exp, exp_m1};
pub use ln::{ln, ln_1p};
pub use pow::pow;
