//! Rounding to decimals: the middle cases by hand, random numbers against exact decimals.

use biz::numeric::{Rounding, round};
use proptest::prelude::{Strategy, any, proptest};
use proptest::prop_assert;

const ALL: [Rounding; 6] =
    [Rounding::HalfEven, Rounding::HalfAway, Rounding::Up, Rounding::Down, Rounding::Floor, Rounding::Ceil];

/// A number, decimals, and the results in the order of `ALL`.
const CASES: [(f64, i32, [f64; 6]); 19] = [
    (0.125, 2, [0.12, 0.13, 0.13, 0.12, 0.12, 0.13]),
    (-0.125, 2, [-0.12, -0.13, -0.13, -0.12, -0.13, -0.12]),
    (0.135, 2, [0.14, 0.14, 0.14, 0.13, 0.13, 0.14]),
    (1.005, 2, [1.0, 1.01, 1.01, 1.0, 1.0, 1.01]),
    (2.675, 2, [2.68, 2.68, 2.68, 2.67, 2.67, 2.68]),
    (0.5, 0, [0.0, 1.0, 1.0, 0.0, 0.0, 1.0]),
    (1.5, 0, [2.0, 2.0, 2.0, 1.0, 1.0, 2.0]),
    (-2.5, 0, [-2.0, -3.0, -3.0, -2.0, -3.0, -2.0]),
    (0.501, 0, [1.0, 1.0, 1.0, 0.0, 0.0, 1.0]),
    (0.499, 0, [0.0, 0.0, 1.0, 0.0, 0.0, 1.0]),
    (0.05, 0, [0.0, 0.0, 1.0, 0.0, 0.0, 1.0]),
    (9.99, 1, [10.0, 10.0, 10.0, 9.9, 9.9, 10.0]),
    (1250.0, -2, [1200.0, 1300.0, 1300.0, 1200.0, 1200.0, 1300.0]),
    (1350.0, -2, [1400.0, 1400.0, 1400.0, 1300.0, 1300.0, 1400.0]),
    (50.0, -2, [0.0, 100.0, 100.0, 0.0, 0.0, 100.0]),
    (49.0, -3, [0.0, 0.0, 1000.0, 0.0, 0.0, 1000.0]),
    (-49.0, -3, [0.0, 0.0, -1000.0, 0.0, -1000.0, 0.0]),
    (1e300, 5, [1e300; 6]),
    (5e-324, 300, [0.0, 0.0, 1e-300, 0.0, 0.0, 1e-300]),
];

#[test]
fn the_decimal_people_see_is_rounded() {
    for (x, decimals, expected) in CASES {
        for (rounding, expected) in ALL.into_iter().zip(expected) {
            let got = round(x, decimals, rounding);
            assert_eq!(got.to_bits(), expected.to_bits(), "{x} to {decimals} by {rounding:?}: {got}, not {expected}");
        }
    }
}

#[test]
fn what_has_no_digits_stays_and_zero_has_no_sign() {
    for rounding in ALL {
        for decimals in [i32::MIN, -400, 0, 2, 400, i32::MAX] {
            assert!(round(f64::NAN, decimals, rounding).is_nan());
            assert_eq!(round(f64::INFINITY, decimals, rounding), f64::INFINITY);
            assert_eq!(round(f64::NEG_INFINITY, decimals, rounding), f64::NEG_INFINITY);
            assert_eq!(round(-0.0, decimals, rounding).to_bits(), 0);
        }
        assert_eq!(round(f64::MAX, i32::MAX, rounding), f64::MAX);
        assert_eq!(round(5e-324, i32::MAX, rounding), 5e-324);
    }
    assert_eq!(round(f64::MAX, i32::MIN, Rounding::HalfEven), 0.0);
    assert_eq!(round(f64::MAX, -400, Rounding::Up), f64::INFINITY);
    assert_eq!(round(f64::MAX, -308, Rounding::HalfEven), f64::INFINITY);
    assert_eq!(round(-0.004, 2, Rounding::HalfEven).to_bits(), 0);
}

/// Thousandths as whole numbers, whose rounding to hundredths is whole arithmetic.
fn thousandths() -> impl Strategy<Value = i64> {
    -10_000_000_000_i64..10_000_000_000
}

proptest! {
    #[test]
    fn thousandths_round_as_whole_numbers_do(thousandths in thousandths()) {
        let x = thousandths as f64 / 1000.0;
        let (floor, rest) = (thousandths.div_euclid(10), thousandths.rem_euclid(10));
        let away = if thousandths < 0 { 0 } else { 1 };
        let up = i64::from(rest > 0);
        let expected = [
            floor + i64::from(rest > 5 || (rest == 5 && floor % 2 != 0)),
            floor + if rest == 5 { away } else { i64::from(rest > 5) },
            floor + up * away,
            floor + up * (1 - away),
            floor,
            floor + up,
        ];
        for (rounding, expected) in ALL.into_iter().zip(expected) {
            let got = round(x, 2, rounding);
            prop_assert!(got == expected as f64 / 100.0, "{x} by {rounding:?} gave {got}");
        }
    }

    #[test]
    fn rounding_twice_changes_nothing(x in any::<f64>(), decimals in -20..20, place in 0..6_usize) {
        let once = round(x, decimals, ALL[place]);
        prop_assert!(x.is_nan() || round(once, decimals, ALL[place]) == once, "{x} to {decimals}");
    }

    #[test]
    fn enough_decimals_keep_every_double(x in -1e15..1e15) {
        for rounding in ALL {
            prop_assert!(round(x, 330, rounding) == x);
        }
    }
}
