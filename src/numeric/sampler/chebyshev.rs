//! Chebyshev polynomials: through the values of a function at the nodes of a stretch.

/// Nodes of one series of the fine and of the coarse polynomials.
pub(super) const FINE: usize = 8;
pub(super) const COARSE: usize = 16;

/// cos((2k + 1)π/16), the zeros of T₈.
pub(super) const FINE_NODES: [f64; FINE] = mirrored([
    0.980_785_280_403_230_4,
    0.831_469_612_302_545_2,
    0.555_570_233_019_602_3,
    0.195_090_322_016_128_33,
]);

/// cos((2k + 1)π/32), the zeros of T₁₆.
pub(super) const COARSE_NODES: [f64; COARSE] = mirrored([
    0.995_184_726_672_196_9,
    0.956_940_335_732_208_8,
    0.881_921_264_348_355,
    0.773_010_453_362_737,
    0.634_393_284_163_645_5,
    0.471_396_736_825_997_8,
    0.290_284_677_254_462_33,
    0.098_017_140_329_560_77,
]);

/// Nodes above 0, with those below behind them.
#[allow(clippy::indexing_slicing, reason = "runs in the compiler")]
const fn mirrored<const HALF: usize, const ALL: usize>(above: [f64; HALF]) -> [f64; ALL] {
    let mut nodes = [0.0; ALL];
    let mut k = 0;
    while k < HALF {
        nodes[k] = above[k];
        nodes[ALL - 1 - k] = -above[k];
        k += 1;
    }
    nodes
}

/// The coefficients of T₀ … T_(n−1) of the polynomial through these values at the nodes.
#[allow(clippy::indexing_slicing, reason = "all indices run over arrays of one length")]
pub(super) fn series<const N: usize>(nodes: &[f64; N], values: &[f64; N]) -> [f64; N] {
    let mut sums = [0.0; N];
    // Differences from one of the values, so that a large constant leaves no roundings behind.
    let constant = values[N / 2];
    for (x, value) in nodes.iter().zip(values) {
        let (mut before, mut now) = (1.0, *x);
        for sum in &mut sums {
            *sum += (value - constant) * before;
            (before, now) = (now, 2.0 * x * now - before);
        }
    }
    for sum in &mut sums {
        *sum *= 2.0 / N as f64;
    }
    sums[0] = constant + 0.5 * sums[0];
    sums
}

/// The value of a series at −1 ≤ x ≤ 1, by Clenshaw's rule.
pub(super) fn value<const N: usize>(series: &[f64; N], x: f64) -> f64 {
    let (mut now, mut before) = (0.0, 0.0);
    for coefficient in series.iter().skip(1).rev() {
        (now, before) = (coefficient + 2.0 * x * now - before, now);
    }
    series.first().map_or(0.0, |first| first + x * now - before)
}

/// The coefficients of 1, t, t², … of a series in 2t.
#[allow(clippy::indexing_slicing, reason = "all indices run over arrays of one length")]
pub(super) fn powers(series: &[f64; FINE]) -> [f64; FINE] {
    let (mut before, mut now) = ([0.0; FINE], [0.0; FINE]);
    (before[0], now[1]) = (1.0, 2.0);
    let mut sums = [0.0; FINE];
    for coefficient in series {
        for (sum, power) in sums.iter_mut().zip(&before) {
            *sum += coefficient * power;
        }
        // T_(j+1)(2t) = 4t T_j(2t) − T_(j−1)(2t)
        let mut next = [0.0; FINE];
        for k in 0..FINE {
            next[k] = if k > 0 { 4.0 * now[k - 1] } else { 0.0 } - before[k];
        }
        (before, now) = (now, next);
    }
    sums
}
