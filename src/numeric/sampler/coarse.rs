//! Coarse polynomials: a function of a tail's share, from few of its values.

use super::chebyshev::{COARSE, COARSE_NODES, series, value};
use crate::numeric::{normal_cdf, normal_quantile};

/// A function of the share w of one tail, as polynomials in the normal quantile z of w: quantiles are smooth functions
/// of each other far beyond the tail where they are smooth functions of w. They only serve to fill the table.
pub(super) struct Coarse {
    stretches: Vec<Stretch>,
}

struct Stretch {
    middle: f64,
    half: f64,
    /// `None` where the function is too rough.
    series: Option<[f64; COARSE]>,
}

/// A stretch still to be fitted, and what the last coefficients of the one it is half of were.
struct Open {
    middle: f64,
    half: f64,
    halvings: u32,
    last: f64,
}

/// The most that passes for noise.
const NOISE: f64 = 3e-12;

/// How often a stretch is halved at most, and how many there may be.
const HALVINGS: u32 = 10;
const MOST: usize = 160;

impl Coarse {
    /// `of` over shares from `least` to ½, good to `tolerance` of the size of its values.
    pub fn new(of: impl Fn(f64) -> f64, least: f64, tolerance: f64, size: impl Fn(f64) -> f64) -> Self {
        const STRETCHES: u32 = 4;
        let low = normal_quantile(least);
        let width = -low / f64::from(STRETCHES);
        let mut stretches: Vec<Stretch> = Vec::new();
        // A stack, the lowest stretch on top.
        let first = |place| Open {
            middle: low + (f64::from(place) + 0.5) * width,
            half: 0.5 * width,
            halvings: HALVINGS,
            last: f64::INFINITY,
        };
        let mut open: Vec<Open> = (0..STRETCHES).rev().map(first).collect();
        while let Some(Open { middle, half, halvings, last: before }) = open.pop() {
            let values = COARSE_NODES.map(|x| of(normal_cdf(middle + half * x)));
            let series = series(&COARSE_NODES, &values);
            let size = values.iter().fold(f64::INFINITY, |least, value| least.min(size(*value)));
            let last = series.iter().skip(COARSE - 3).map(|c| c.abs()).sum::<f64>() / size;
            // Where halving helps no more, what is left is the function's own noise.
            let is_noise = last > 0.25 * before && last < NOISE;
            // Beyond the outer nodes a jump would go unseen.
            let is_whole = || {
                [-1.0, 1.0].into_iter().all(|x| {
                    let there = of(normal_cdf(middle + half * x));
                    (there - value(&series, x)).abs() <= NOISE * size
                })
            };
            if (last <= tolerance || is_noise) && is_whole() {
                stretches.push(Stretch { middle, half, series: Some(series) });
            } else if halvings == 0 || stretches.len() + open.len() > MOST {
                stretches.push(Stretch { middle, half, series: None });
            } else {
                for middle in [middle + 0.5 * half, middle - 0.5 * half] {
                    open.push(Open { middle, half: 0.5 * half, halvings: halvings - 1, last });
                }
            }
        }
        Self { stretches }
    }

    /// The function at the share w; `None` where it is too rough.
    pub fn at(&self, w: f64) -> Option<f64> {
        let z = normal_quantile(w);
        let place = self.stretches.partition_point(|stretch| stretch.middle + stretch.half < z);
        let stretch = self.stretches.get(place).or_else(|| self.stretches.last())?;
        stretch.series.as_ref().map(|series| value(series, (z - stretch.middle) / stretch.half))
    }
}
