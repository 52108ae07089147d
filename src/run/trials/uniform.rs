//! Uniforms: a number in 0 … 1 for every name, step and sample, whatever else is drawn.

use super::row::{LANES, Row};
use crate::numeric::simd::{Kernel, dispatch};
use crate::numeric::stream::{Key, philox, units_open};
use crate::numeric::{normal_cdf, normal_quantile};
use std::collections::HashMap;

/// How the samples of a name are spread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sampling {
    /// Each by itself.
    Random,
}

/// Names whose draws go together.
#[derive(Clone, Debug, PartialEq)]
pub struct Copula {
    /// The definitions.
    pub members: Vec<u32>,
    /// The lower triangle whose product with its transpose is the correlation of their normal scores, row by row.
    pub factor: Vec<f64>,
}

/// What decides every draw.
#[derive(Clone, Debug, PartialEq)]
pub struct Seeds {
    /// The seed of the run.
    pub seed: u64,
    /// How samples are spread.
    pub sampling: Sampling,
    /// How many there are in all.
    pub samples: u64,
    /// The number of each definition's name.
    pub names: HashMap<u32, u64>,
    /// What goes together.
    pub copulas: Vec<Copula>,
}

/// The uniforms of every name.
pub(super) struct Uniforms {
    seeds: Seeds,
    /// The copula of each definition that has one, and its place in it.
    joined: HashMap<u32, (usize, usize)>,
}

impl Uniforms {
    pub fn new(seeds: Seeds) -> Self {
        let members = seeds.copulas.iter().enumerate();
        let joined = members.flat_map(|(group, copula)| {
            copula.members.iter().enumerate().map(move |(place, member)| (*member, (group, place)))
        });
        Self { joined: joined.collect(), seeds }
    }

    /// The uniforms of a name for the samples from `first` on.
    pub fn fill(&self, whose: u32, period: u32, first: u64, out: &mut Row) {
        let Some((group, place)) = self.joined.get(&whose) else {
            self.alone(whose, period, first, out);
            return;
        };
        let Some(copula) = self.seeds.copulas.get(*group) else { return };
        let start = place * copula.members.len();
        let weights = copula.factor.get(start..=start + place).unwrap_or_default();
        let mut scores = [0.0; LANES];
        for (member, weight) in copula.members.iter().zip(weights) {
            self.alone(*member, period, first, out);
            scores.iter_mut().zip(out.iter()).for_each(|(score, uniform)| *score += weight * normal_quantile(*uniform));
        }
        out.iter_mut().zip(scores).for_each(|(uniform, score)| *uniform = normal_cdf(score));
    }

    fn alone(&self, whose: u32, period: u32, first: u64, out: &mut Row) {
        let name = self.seeds.names.get(&whose).copied().unwrap_or(u64::from(whose));
        match self.seeds.sampling {
            Sampling::Random => dispatch(Random { key: Key::new(self.seeds.seed, name), period, first, out }),
        }
    }
}

struct Random<'o> {
    key: Key,
    period: u32,
    first: u64,
    out: &'o mut Row,
}

impl Kernel for Random<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let mut bits = [0; LANES];
        philox::fill(self.key, philox::Row { period: self.period, purpose: 0 }, self.first, &mut bits);
        units_open(&bits, self.out);
    }
}
