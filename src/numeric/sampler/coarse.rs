//! Coarse polynomials: a function of a tail's share, from few of its values.

use std::collections::VecDeque;

use super::chebyshev::{COARSE, COARSE_NODES, series, value};
use crate::numeric::{exp, ln, normal_cdf, normal_quantile};

/// A function of the share w of one tail, as polynomials in the normal quantile z of w: quantiles are smooth functions
/// of each other far beyond the tail where they are smooth functions of w. They only serve to fill the table.
pub(super) struct Coarse {
    stretches: Vec<Stretch>,
}

struct Stretch {
    middle: f64,
    half: f64,
    fitted: Fitted,
}

enum Fitted {
    Value([f64; COARSE]),
    Logarithm([f64; COARSE]),
    /// The function is too rough.
    Nothing,
}

/// What is asked of a fit.
pub(super) struct Asked<'b> {
    /// Shares from here to ½.
    pub least: f64,
    /// Shares where the function may jump or bend.
    pub breaks: &'b [f64],
    /// The size of the last coefficients, relative to the function's.
    pub miss: f64,
    /// What may be left of them where halving a stretch helps no more: the function's own noise.
    pub noise: f64,
    /// What a size at least is: values that pass zero are good to so much of it.
    pub size: f64,
}

/// A stretch still to be fitted, and what the last coefficients of the one it is half of were.
struct Open {
    middle: f64,
    half: f64,
    last: f64,
}

/// Stretches narrower than this aren't halved, and there are no more than so many beside those it starts from.
const LEAST_HALF: f64 = 1e-3;
const MOST: usize = 160;
/// How many stretches it starts from where nothing breaks, and how near to each other two breaks may be.
const STRETCHES: u32 = 4;
const NARROW: f64 = 1e-6;

impl Coarse {
    pub fn new(of: impl Fn(f64) -> f64, asked: &Asked<'_>) -> Self {
        let mut stretches: Vec<Stretch> = Vec::new();
        // The wide before the narrow, so that a rough spot doesn't take what the rest needs.
        let mut open = begin(asked);
        let most = MOST + open.len();
        while let Some(Open { middle, half, last: before }) = open.pop_front() {
            let (fitted, last) = fit(|x| of(normal_cdf(middle + half * x)), asked, before);
            match fitted {
                Fitted::Nothing if half > LEAST_HALF && stretches.len() + open.len() < most => {
                    for middle in [middle - 0.5 * half, middle + 0.5 * half] {
                        open.push_back(Open { middle, half: 0.5 * half, last });
                    }
                }
                Fitted::Nothing | Fitted::Value(_) | Fitted::Logarithm(_) => {
                    stretches.push(Stretch { middle, half, fitted });
                }
            }
        }
        stretches.sort_by(|one, other| one.middle.total_cmp(&other.middle));
        Self { stretches }
    }

    /// The function at the share w; `None` where it is too rough.
    pub fn at(&self, w: f64) -> Option<f64> {
        let z = normal_quantile(w);
        let place = self.stretches.partition_point(|stretch| stretch.middle + stretch.half < z);
        let Stretch { middle, half, fitted } = self.stretches.get(place).or_else(|| self.stretches.last())?;
        let x = (z - middle) / half;
        match fitted {
            Fitted::Value(series) => Some(value(series, x)),
            Fitted::Logarithm(series) => Some(exp(value(series, x))),
            Fitted::Nothing => None,
        }
    }
}

/// The stretches to begin with: between breaks, and not too wide.
fn begin(asked: &Asked<'_>) -> VecDeque<Open> {
    let low = normal_quantile(asked.least);
    let width = -low / f64::from(STRETCHES);
    let broken = asked.breaks.iter().filter(|w| **w > asked.least && **w < 0.5).map(|w| normal_quantile(*w));
    let mut ends: Vec<f64> = (0..=STRETCHES).map(|place| low + f64::from(place) * width).chain(broken).collect();
    ends.sort_by(f64::total_cmp);
    let pairs = ends.iter().zip(ends.iter().skip(1));
    let stretch = |(from, to): (&f64, &f64)| Open {
        middle: 0.5 * (from + to),
        half: 0.5 * (to - from),
        last: f64::INFINITY,
    };
    pairs.map(stretch).filter(|open| open.half > NARROW).collect()
}

/// A function on −1 … 1, and how large its last coefficients are, relative to its size.
fn fit(of: impl Fn(f64) -> f64, asked: &Asked<'_>, before: f64) -> (Fitted, f64) {
    let values = COARSE_NODES.map(&of);
    let (least, most) = values.iter().fold((f64::INFINITY, 0.0_f64), |(least, most), value| {
        let size = value.abs().max(asked.size);
        (least.min(size), most.max(size))
    });
    // Where sizes differ much, logarithms are smoother, and what they miss is relative.
    let by_logarithm = most > 2.0 * least && values.iter().all(|value| *value > asked.size);
    let (series, size) = if by_logarithm {
        (series(&COARSE_NODES, &values.map(ln)), 1.0)
    } else {
        (series(&COARSE_NODES, &values), least)
    };
    let last = series.iter().skip(COARSE - 3).map(|c| c.abs()).sum::<f64>() / size;
    let is_noise = last > 0.25 * before && last < asked.noise;
    // Beyond the outer nodes a jump would go unseen. (A break may be rounded to either side of the very end.)
    let is_whole = || {
        [-0.999_99, 0.999_99].into_iter().all(|x| {
            let there = if by_logarithm { ln(of(x)) } else { of(x) };
            (there - value(&series, x)).abs() <= 10.0 * asked.noise * size
        })
    };
    let fitted = if !((last <= asked.miss || is_noise) && is_whole()) {
        Fitted::Nothing
    } else if by_logarithm {
        Fitted::Logarithm(series)
    } else {
        Fitted::Value(series)
    };
    (fitted, last)
}
