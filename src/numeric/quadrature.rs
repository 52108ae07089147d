//! Integrals over short stretches by Gauss and Legendre's rule with sixteen points.

use super::exp::exp;

/// The mean of `value` over low … high, weighted by e^`log_weight`, where both are smooth and change little.
pub(crate) fn mean_under(log_weight: impl Fn(f64) -> f64, value: impl Fn(f64) -> f64, low: f64, high: f64) -> f64 {
    let middle = 0.5 * low + 0.5 * high;
    let half = 0.5 * (high - low);
    let (mut mass, mut sum) = (0.0, 0.0);
    let centre = value(middle);
    for (node, share) in NODES {
        for x in [middle - half * node, middle + half * node] {
            let weight = share * exp(log_weight(x));
            mass += weight;
            sum += weight * (value(x) - centre);
        }
    }
    // Deviations from the middle are summed, so that the mean has all its digits however short the stretch.
    centre + sum / mass
}

/// The integral of `value` over low … high; exact for polynomials up to degree 31.
pub(crate) fn integral(value: impl Fn(f64) -> f64, low: f64, high: f64) -> f64 {
    let middle = 0.5 * low + 0.5 * high;
    let half = 0.5 * (high - low);
    let pair = |node: f64, share: f64| share * (value(middle - half * node) + value(middle + half * node));
    half * NODES.iter().map(|(node, share)| pair(*node, *share)).sum::<f64>()
}

/// Zeros of the Legendre polynomial P₁₆ above 0 and their weights (DLMF 3.5(v)).
const NODES: [(f64, f64); 8] = [
    (0.095_012_509_837_637_44, 0.189_450_610_455_068_5),
    (0.281_603_550_779_258_9, 0.182_603_415_044_923_58),
    (0.458_016_777_657_227_37, 0.169_156_519_395_002_54),
    (0.617_876_244_402_643_8, 0.149_595_988_816_576_74),
    (0.755_404_408_355_003, 0.124_628_971_255_533_88),
    (0.865_631_202_387_831_8, 0.095_158_511_682_492_79),
    (0.944_575_023_073_232_6, 0.062_253_523_938_647_894),
    (0.989_400_934_991_649_9, 0.027_152_459_411_754_096),
];
