//! Numeric kernels: our own exp, ln, pow and the distributions, the same bits on every machine.

#![allow(clippy::neg_cmp_op_on_partial_ord, reason = "`!(x > 0.0)` is meant to hold for NaN too")]

pub mod correlation;
pub mod distribution;
pub mod erf;
pub mod exact_sum;
pub mod exp;
pub mod gamma;
pub mod hypergeometric;
pub mod incomplete_beta;
pub mod incomplete_gamma;
pub mod discount;
pub(crate) mod inverse;
mod lentz;
pub mod ln;
pub mod normal;
mod normal_table;
pub(crate) mod pair;
pub mod pow;
pub(crate) mod quadrature;
pub(crate) mod root;
pub mod round;
pub mod rows;
pub mod sampler;
pub mod simd;
pub mod stream;

pub use discount::{annuity_rates, declining_left, zero_rates};
pub use erf::{erf, erfc};
pub use exp::{exp, exp_m1};
pub use gamma::ln_gamma;
pub use hypergeometric::hypergeometric;
pub use incomplete_beta::{beta_lower, beta_upper};
pub use incomplete_gamma::{gamma_lower, gamma_upper};
pub use ln::{ln, ln_1p};
pub use normal::{normal_cdf, normal_density, normal_quantile, normal_tail};
pub use pow::pow;
pub use round::{Rounding, round};
pub use sampler::Sampler;
