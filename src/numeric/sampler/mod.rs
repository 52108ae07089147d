//! Samplers: from a checked distribution to draws, each one uniform through its inverse.

mod chebyshev;
mod closed;
mod coarse;
mod counted;
mod fine;
mod guide;
mod power;
mod rows;
mod table;

use std::sync::Arc;

use super::distribution::{Distribution, Truncated};
use closed::Closed;
use guide::Guide;
use table::Table;

/// Draws from one distribution. What a uniform becomes depends on that uniform alone: not on its neighbours, its place
/// or how many there are. A larger uniform never gives a smaller value, but for the last places.
///
/// Closed inverses are computed; those of beta, PERT and gamma come from a table of polynomials; counts and lists from
/// a guide into their cumulated weights. What a table doesn't cover, the exact quantile does.
#[derive(Clone, Debug)]
pub struct Sampler {
    plan: Plan,
}

#[derive(Clone, Debug)]
enum Plan {
    Closed(Closed),
    Table(Arc<Table>),
    Guide(Arc<Guide>),
    /// One value only.
    Constant(f64),
    /// The exact quantile, for counts that spread over too many values.
    Exact(Arc<Truncated>),
}

impl Sampler {
    /// A sampler of this distribution; whatever it needs is computed now.
    #[must_use]
    pub fn new(of: &Truncated) -> Self {
        let (low, high) = of.bounds();
        if low == high {
            return Self { plan: Plan::Constant(low) };
        }
        let counted = |guide: Option<Guide>| {
            guide.map_or_else(|| Plan::Exact(Arc::new(of.clone())), |guide| Plan::Guide(Arc::new(guide)))
        };
        let plan = match of.whole() {
            Distribution::Normal { .. }
            | Distribution::Lognormal { .. }
            | Distribution::Uniform { .. }
            | Distribution::Triangular { .. }
            | Distribution::Exponential { .. }
            | Distribution::Bernoulli { .. } => Plan::Closed(Closed::new(of)),
            Distribution::Pert { .. }
            | Distribution::Beta { .. }
            | Distribution::Gamma { .. } => Plan::Table(Arc::new(Table::new(of))),
            Distribution::Mixture(mixture) if mixture.is_counted() => counted(Guide::of_mixture(mixture, of)),
            Distribution::Mixture(_) => Plan::Table(Arc::new(Table::new(of))),
            Distribution::Poisson { .. } | Distribution::Binomial { .. } => counted(counted::guide(of)),
            Distribution::Discrete(atoms) | Distribution::Empirical(atoms) => counted(Guide::of_atoms(atoms, of)),
        };
        Self { plan }
    }

    /// The draw of each uniform, which lies between 0 and 1, neither included. Both slices are equally long.
    pub fn fill(&self, uniforms: &[f64], out: &mut [f64]) {
        match &self.plan {
            Plan::Closed(closed) => closed.fill(uniforms, out),
            Plan::Table(table) => table.fill(uniforms, out),
            Plan::Guide(guide) => guide.fill(uniforms, out),
            Plan::Constant(value) => out.fill(*value),
            Plan::Exact(of) => {
                for (out, u) in out.iter_mut().zip(uniforms) {
                    *out = of.quantile(*u);
                }
            }
        }
    }
}
