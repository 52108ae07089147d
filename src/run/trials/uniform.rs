//! Uniforms: a number in 0 … 1 for every name, step and sample, whatever else is drawn.
#![allow(clippy::inline_always, reason = "what is inlined is compiled for the widest vectors")]

use super::row::{LANES, Row};
use crate::numeric::normal_cdf;
use crate::numeric::rows::normal_quantile_row;
use crate::numeric::simd::{Kernel, Simd, dispatch_wide};
use crate::numeric::stream::latin::Latin;
use crate::numeric::stream::sobol::Directions;
use crate::numeric::stream::{Key, philox, units_open};
use foldhash::HashMap;

/// How the samples of a name are spread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Sampling {
    /// Each by itself.
    Random,
    /// One in each of as many equal parts as there are samples, in an order of the name's own (Latin hypercube).
    Latin,
    /// A scrambled Sobol' net: even in every part of the name's range, and mostly of those of two names at once.
    #[default]
    Sobol,
}

impl Sampling {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Random, Self::Latin, Self::Sobol];

    /// The name on the command line and in results.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Random => "random",
            Self::Latin => "latin",
            Self::Sobol => "sobol",
        }
    }
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
pub(super) struct Uniforms<'s> {
    seeds: &'s Seeds,
    /// The copula of each definition that has one, and its place in it.
    joined: HashMap<u32, (usize, usize)>,
    /// Of each definition a stream a period; of what is drawn once, one.
    streams: HashMap<u32, Vec<Stream>>,
}

enum Stream {
    Random(Key, philox::Row),
    Latin(Latin, u64),
    Sobol(Box<Directions>),
}

impl<'s> Uniforms<'s> {
    /// For definitions that are drawn in so many steps each.
    pub fn new(seeds: &'s Seeds, drawn: impl IntoIterator<Item = (u32, u32)>) -> Self {
        let members = seeds.copulas.iter().enumerate();
        let joined: HashMap<u32, (usize, usize)> = members
            .flat_map(|(group, copula)| copula.members.iter().enumerate().map(move |(place, member)| (*member, (group, place))))
            .collect();
        let mut streams = HashMap::default();
        for (whose, periods) in drawn {
            let together = joined.get(&whose).and_then(|(group, _)| seeds.copulas.get(*group));
            for whose in together.map_or(&[whose][..], |copula| &copula.members) {
                streams.entry(*whose).or_insert_with(|| (0..periods).map(|period| seeds.stream(*whose, period)).collect());
            }
        }
        Self { seeds, joined, streams }
    }

    /// The uniforms of a name for the samples from `first` on.
    pub fn fill(&self, whose: u32, period: u32, first: u64, out: &mut Row) {
        let group = self.joined.get(&whose);
        let Some((copula, place)) = group.and_then(|(group, place)| Some((self.seeds.copulas.get(*group)?, *place))) else {
            self.alone(whose, period, first, out);
            return;
        };
        let start = place * copula.members.len();
        let weights = copula.factor.get(start..=start + place).unwrap_or_default();
        let mut scores = Row::of(0.0);
        for (member, weight) in copula.members.iter().zip(weights) {
            self.alone(*member, period, first, out);
            dispatch_wide(Score { uniforms: out, weight: *weight, scores: &mut scores });
        }
        for (uniform, score) in out.iter_mut().zip(scores.iter()) {
            // The far tail of a score is nearer to 1 than a uniform can be.
            *uniform = normal_cdf(*score).clamp(f64::EPSILON / 2.0, 1.0 - f64::EPSILON / 2.0);
        }
    }

    fn alone(&self, whose: u32, period: u32, first: u64, out: &mut Row) {
        if let Some(stream) = self.streams.get(&whose).and_then(|periods| periods.get(period as usize)) {
            dispatch_wide(Fill { stream, first, out });
        }
    }
}

impl Seeds {
    fn stream(&self, whose: u32, period: u32) -> Stream {
        let name = self.names.get(&whose).copied().unwrap_or(u64::from(whose));
        match self.sampling {
            Sampling::Random => Stream::Random(Key::new(self.seed, name), philox::Row { period, purpose: 0 }),
            Sampling::Latin => Stream::Latin(Latin::new(self.seed, name, period, self.samples), self.samples),
            Sampling::Sobol => Stream::Sobol(Box::new(Directions::new(self.seed, name, period))),
        }
    }
}

struct Fill<'s, 'o> {
    stream: &'s Stream,
    first: u64,
    out: &'o mut Row,
}

impl Kernel for Fill<'_, '_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(self, _: S) {
        let mut bits = [0; LANES];
        match self.stream {
            Stream::Random(key, row) => philox::fill(*key, *row, self.first, &mut bits),
            Stream::Latin(latin, samples) => {
                // Behind the last sample there is no part.
                let live = samples.saturating_sub(self.first).min(LANES as u64) as usize;
                latin.fill(self.first, bits.get_mut(..live).unwrap_or_default());
            }
            Stream::Sobol(directions) => directions.fill(self.first, &mut bits),
        }
        units_open(&bits, self.out);
    }
}

/// Adds weighted normal scores of uniforms to what is there.
struct Score<'a> {
    uniforms: &'a Row,
    weight: f64,
    scores: &'a mut Row,
}

impl Kernel for Score<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(self, _: S) {
        let mut scores = Row::of(0.0);
        normal_quantile_row(self.uniforms, &mut scores);
        for (sum, score) in self.scores.iter_mut().zip(scores.iter()) {
            *sum += self.weight * score;
        }
    }
}
