//! Exact sums against Python's `math.fsum`, and that no order or split changes them.

use biz::numeric::exact_sum::{ExactSum, SumsAbout, block_sum};
use biz::numeric::simd::dispatch;
use biz::numeric::stream::mix;

/// Doubles of either sign whose exponents lie in a range, from a seed.
fn values(case: u64, count: u64, least: u64, end: u64) -> Vec<f64> {
    let value = |i| {
        let bits = mix(case * 1_000_003 + i);
        let exponent = least + (bits >> 52 & 0x7ff) % (end - least);
        f64::from_bits(bits & 1 << 63 | exponent << 52 | bits & ((1 << 52) - 1))
    };
    (0..count).map(value).collect()
}

fn sum_of(values: &[f64]) -> ExactSum {
    let mut sum = ExactSum::default();
    values.iter().for_each(|value| sum.add(*value));
    sum
}

/// Case, count, least exponent and the end of exponents; the bits of `math.fsum` of these values (CPython 3), and for the
/// cases beyond 100 of the same values and minus their rounded sum.
const FSUM: [(u64, u64, u64, u64, u64); 20] = [
    (0, 10, 0, 3, 0x8041_bf13_70c8_2ba7),
    (100, 10, 0, 3, 0x0000_0000_0000_0000),
    (1, 1000, 0, 100, 0x065d_8e3f_ac3d_680b),
    (101, 1000, 0, 100, 0x82f2_18b8_0b8d_a528),
    (2, 1000, 1000, 1100, 0x44d4_adf5_3233_2a37),
    (102, 1000, 1000, 1100, 0xc140_16b9_1a32_4c13),
    (3, 1000, 1020, 1026, 0xc05a_fc3e_8a73_cbe3),
    (103, 1000, 1020, 1026, 0x3cc8_0000_0000_0000),
    (4, 333, 0, 2030, 0x7ecf_b2ea_9344_cd99),
    (104, 333, 0, 2030, 0x7b6f_4883_92fe_a7c4),
    (5, 1000, 0, 60, 0x03dc_887e_6241_1f75),
    (105, 1000, 0, 60, 0x807a_1c22_a6ca_4e7b),
    (6, 5000, 900, 1200, 0x4b05_ce2c_851f_2cd7),
    (106, 5000, 900, 1200, 0x47ad_7aca_fbe7_fdc4),
    (7, 2, 1000, 1060, 0x404c_1122_b148_360b),
    (107, 2, 1000, 1060, 0xbce8_0000_0000_0000),
    (8, 3, 1023, 1080, 0x434a_6712_91ab_9d2f),
    (108, 3, 1023, 1080, 0x3fc3_9b3f_0000_0000),
    (9, 999, 1900, 2030, 0x7ed5_0f29_54da_ee9e),
    (109, 999, 1900, 2030, 0x7b78_86dd_5e32_7f4f),
];

#[test]
fn the_sum_is_that_of_fsum() {
    for (case, count, least, end, expected) in FSUM {
        let mut all = values(case % 100, count, least, end);
        if case >= 100 {
            all.push(-sum_of(&all).value());
        }
        let value = sum_of(&all).value();
        // Sums that cancel wholly have no sign here.
        assert_eq!(value.to_bits(), (f64::from_bits(expected) + 0.0).to_bits(), "case {case}: {value:e}");
    }
}

#[test]
fn ties_and_ends_round_as_ieee_754_has_it() {
    let sum = |values: &[f64]| sum_of(values).value();
    let half = f64::EPSILON / 2.0;
    assert_eq!(sum(&[1.0, half]), 1.0);
    assert_eq!(sum(&[1.0, half, 5e-324]), 1.0 + f64::EPSILON);
    assert_eq!(sum(&[1.0 + f64::EPSILON, half]), 1.0 + 2.0 * f64::EPSILON);
    assert_eq!(sum(&[1.0 + f64::EPSILON, half, -5e-324]), 1.0 + f64::EPSILON);
    assert_eq!(sum(&[f64::MAX, f64::MAX, -f64::MAX]), f64::MAX);
    assert_eq!(sum(&[f64::MAX, f64::MAX]), f64::INFINITY);
    assert_eq!(sum(&[-f64::MAX, -f64::MAX / 1e15]), f64::NEG_INFINITY);
    assert_eq!(sum(&[f64::MIN_POSITIVE, -5e-324]), f64::MIN_POSITIVE - 5e-324);
    assert_eq!(sum(&[]).to_bits(), 0);
    assert_eq!(sum(&[-0.0]).to_bits(), 0);
}

#[test]
fn no_order_and_no_split_changes_the_sum() {
    let all = values(7, 3_000, 600, 1_400);
    let whole = sum_of(&all);
    for seed in 0..20 {
        let mut order: Vec<usize> = (0..all.len()).collect();
        order.sort_by_key(|i| mix(seed << 32 | *i as u64));
        let shuffled: Vec<f64> = order.iter().map(|i| all[*i]).collect();
        let mut parts: Vec<ExactSum> = shuffled.chunks(1 + mix(seed) as usize % 700).map(sum_of).collect();
        parts.sort_by_key(|part| mix(seed ^ part.value().to_bits()));
        let mut merged = ExactSum::default();
        for part in &parts {
            merged.merge(&ExactSum::from_limbs(part.to_limbs()).expect("its own limbs"));
        }
        assert_eq!(merged, whole);
        assert_eq!(merged.value().to_bits(), whole.value().to_bits());
    }
    assert!(ExactSum::from_limbs([-1; 68]).is_none());
}

/// Σx² exactly: whole numbers of 53 bits have squares that add up as whole numbers.
#[test]
fn squares_are_exact() {
    let mut sum = ExactSum::default();
    let mut whole = 0_u128;
    for i in 0..1_000 {
        let number = mix(i) >> 11;
        sum.add_square(number as f64);
        whole += u128::from(number) * u128::from(number);
    }
    sum.add(-(whole as f64));
    // What is left is what rounding the whole took off, and that is a double.
    let rounded = (whole as f64) as u128;
    let left = if whole >= rounded { (whole - rounded) as f64 } else { -((rounded - whole) as f64) };
    assert_eq!(sum.value(), left);
}

/// The order inside a block, written out a second time.
#[test]
fn a_block_is_summed_in_the_written_order() {
    for count in [0, 1, 15, 16, 17, 100, 1_024] {
        let all = values(3, count, 1_000, 1_040);
        let expected = |term: &dyn Fn(f64) -> f64| {
            let mut sums = [0.0; 16];
            all.iter().enumerate().for_each(|(i, value)| sums[i % 16] += term(*value));
            for width in [8, 4, 2, 1] {
                (0..width).for_each(|i| sums[i] += sums[i + width]);
            }
            sums[0]
        };
        assert_eq!(block_sum(&all), expected(&|x| x));
        assert_eq!(dispatch(SumsAbout { pilot: 3.0, values: &all }), (expected(&|x| x - 3.0), expected(&|x| (x - 3.0) * (x - 3.0))));
    }
}
