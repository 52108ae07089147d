//! Numbers for people, against cases written by hand.

use biz::report::number::{compact, plain, row, shortest, with_unit};

#[test]
fn four_digits_and_a_magnitude() {
    for (number, text) in [
        (0.0, "0"),
        (-0.0, "0"),
        (5.0, "5"),
        (49.0, "49"),
        (49.5, "49.5"),
        (12.345, "12.35"),
        (-12.5, "-12.5"),
        (999.96, "1,000"),
        (1_234.4, "1,234"),
        (9_999.4, "9,999"),
        (9_999.5, "10k"),
        (12_345.0, "12.35k"),
        (-12_000.0, "-12k"),
        (999_949.0, "999.9k"),
        (999_960.0, "1M"),
        (1_234_567.0, "1.235M"),
        (1.8e9, "1.8B"),
        (2.5e12, "2.5T"),
        (1.234e15, "1,234T"),
        (9.9996e15, "1e16"),
        (1.5e300, "1.5e300"),
        (-1.5e300, "-1.5e300"),
        (0.012, "0.012"),
        (0.000_123_46, "0.0001235"),
        (0.000_012_3, "1.23e-5"),
        (5e-324, "4.941e-324"),
        (f64::MAX, "1.798e308"),
    ] {
        assert_eq!(compact(number), text, "{number:e}");
    }
}

#[test]
fn a_row_has_one_magnitude() {
    let of = |numbers: &[f64]| row(&numbers.iter().map(|number| Some(*number)).collect::<Vec<_>>());
    let some = |texts: &[&str]| texts.iter().map(|text| Some((*text).to_owned())).collect::<Vec<_>>();
    assert_eq!(of(&[950_000.0, 1_500_000.0, 12_345_678.0]), some(&["950k", "1.5M", "12.3M"]));
    assert_eq!(of(&[4_800_000.0, 12_345_678.0, 31_000_000.0]), some(&["4.80M", "12.35M", "31.00M"]));
    assert_eq!(of(&[-120.0, 0.0, 9_000.0]), some(&["-120", "0", "9,000"]));
    assert_eq!(of(&[60.4, 65.98, 100.0]), some(&["60.4", "66.0", "100.0"]));
    assert_eq!(of(&[60.0, 62.5]), some(&["60.0", "62.5"]));
    // A small figure beside a large one would be rounded away: each for itself.
    assert_eq!(of(&[1_500.0, 12_345_678.0]), some(&["1,500", "12.3M"]));
    assert_eq!(row(&[None, Some(2.0), None]), [None, Some("2".to_owned()), None]);
    assert_eq!(row(&[None]), [None]);
    assert_eq!(of(&[0.0, 0.0]), some(&["0", "0"]));
    assert_eq!(of(&[1e300, 2.0]), some(&["1e300", "2"]));
}

/// Far apart each stands for itself, in three digits: a zero that came of rounding is one of them, what is exact needs none.
#[test]
fn zeros_that_came_of_rounding_stay() {
    let texts = |numbers: &[f64]| row(&numbers.iter().map(|number| Some(*number)).collect::<Vec<_>>()).into_iter().flatten().collect::<Vec<_>>();
    assert_eq!(texts(&[842_123.0, 4_398_000.0, 13_300_000.0]), ["842k", "4.40M", "13.3M"]);
    // 10.03 and 11.04 billion: no whole billions, and said as such.
    assert_eq!(texts(&[10_032_429_289.8, 11_035_672_218.8]), ["10.0B", "11.0B"]);
    assert_eq!(texts(&[10e9, 11e9]), ["10B", "11B"]);
    assert_eq!(texts(&[13_020.0, -2_001_000.0, 4_957_000.0]), ["13.0k", "-2.00M", "4.96M"]);
    assert_eq!(texts(&[20_000.0, 4_400_000.0, 13_312_345.0]), ["20k", "4.4M", "13.3M"]);
}

#[test]
fn twelve_digits_without_noise() {
    assert_eq!(plain(0.1 + 0.2), "0.3");
    assert_eq!(plain(1_234_567.5), "1234567.5");
    assert_eq!(plain(-1.0 / 3.0), "-0.333333333333");
    assert_eq!(plain(2e15), "2000000000000000");
    assert_eq!(plain(1.5e300), "1.5e300");
    assert_eq!(plain(-0.0), "0");
    assert_eq!(plain(f64::MAX), "1.79769313486e308");
}

#[test]
fn shortest_digits_read_back() {
    for number in [0.1 + 0.2, 1.0 / 3.0, 1e16, 1e15, 123_456_789.25, 5e-324, f64::MAX, -1e-7, 1e-6, 4.9] {
        assert_eq!(shortest(number).parse::<f64>(), Ok(number));
    }
    assert_eq!(shortest(0.1 + 0.2), "0.30000000000000004");
    assert_eq!(shortest(1200.0), "1200");
    assert_eq!(shortest(1e21), "1e21");
}

#[test]
fn units_stand_as_the_language_writes_them() {
    assert_eq!(with_unit("5", "%"), "5%");
    assert_eq!(with_unit("3", "%/month"), "3%/month");
    assert_eq!(with_unit("2", "/month"), "2/month");
    assert_eq!(with_unit("49", "USD/seat/month"), "49 USD/seat/month");
    assert_eq!(with_unit("7", ""), "7");
}
