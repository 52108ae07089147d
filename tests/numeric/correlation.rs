//! Correlations of ranks: closed forms of the sine, and matrices whose bounds are known.

use biz::numeric::correlation::{Matrix, of_scores};

use super::apart;

/// 2 sin(30°), 2 sin(18°) = (√5 − 1) / 2, 2 sin(15°) = (√6 − √2) / 2; the others from Decimal arithmetic to 40 digits.
#[test]
fn ranks_become_correlations_of_scores() {
    let known = [
        (1.0, 1.0),
        (0.6, 0.618_033_988_749_894_8),
        (0.5, 0.517_638_090_205_041_5),
        (0.0, 0.0),
        (0.3, 0.312_868_930_080_461_74),
        (0.9, 0.907_980_999_479_093_5),
        (1e-300, 1.047_197_551_196_597_7e-300),
    ];
    for (rank, score) in known {
        assert!(apart(of_scores(rank), score) <= 1, "{rank}: {} and not {score}", of_scores(rank));
        assert_eq!(of_scores(-rank), -of_scores(rank));
    }
    assert_eq!(of_scores(1.0), 1.0);
}

fn matrix(size: usize, pairs: &[(usize, usize, f64)]) -> Matrix {
    let mut matrix = Matrix::unrelated(size);
    pairs.iter().for_each(|(row, column, value)| matrix.set(*row, *column, *value));
    matrix
}

/// Two by two: (1, 0; r, √(1 − r²)).
#[test]
fn a_factor_times_itself_is_the_matrix() {
    let two = matrix(2, &[(0, 1, 0.6)]);
    assert_eq!(two.factor(), Some(vec![1.0, 0.0, 0.6, 0.8]));
    let four = matrix(4, &[(0, 1, 0.5), (0, 2, -0.3), (1, 2, 0.2), (2, 3, 0.7)]);
    let lower = four.factor().expect("these agree");
    for row in 0..4 {
        for column in 0..4 {
            let product: f64 = (0..4).map(|at| lower[row * 4 + at] * lower[column * 4 + at]).sum();
            assert!((product - four.get(row, column)).abs() < 1e-15);
        }
    }
}

#[test]
fn what_always_goes_together_is_no_contradiction() {
    let same = matrix(3, &[(0, 1, 1.0), (0, 2, -1.0), (1, 2, -1.0)]);
    assert_eq!(same.factor(), Some(vec![1.0, 0.0, 0.0, 1.0, 0.0, 0.0, -1.0, 0.0, 0.0]));
    assert_eq!(matrix(3, &[(0, 1, 1.0), (0, 2, 0.5), (1, 2, 0.4)]).factor(), None);
    assert_eq!(matrix(3, &[(0, 1, 1.0), (0, 2, 0.5), (1, 2, 0.5)]).contradiction(), None);
}

/// Of three the third lies in r s ± √((1 − r²)(1 − s²)); equal ones of n go down to −1/(n − 1).
#[test]
fn one_entry_has_the_room_that_the_others_leave() {
    let three = matrix(3, &[(0, 1, 0.6), (1, 2, 0.6)]);
    let (low, high) = three.room(0, 2).expect("there is room");
    assert!((low + 0.28).abs() < 1e-15 && (high - 1.0).abs() < 1e-15, "{low} {high}");
    let equal = |size: usize, value: f64| {
        let mut all = Matrix::unrelated(size);
        (0..size).for_each(|row| (0..row).for_each(|column| all.set(row, column, value)));
        all
    };
    for size in 2..12 {
        let least = -1.0 / (size as f64 - 1.0);
        assert!(equal(size, least + 1e-9).factor().is_some() && equal(size, least).factor().is_some(), "{size}");
        assert!(equal(size, least - 1e-9).factor().is_none() || size == 2, "{size}");
    }
}

#[test]
fn a_contradiction_names_only_who_is_in_it() {
    let five = matrix(5, &[(0, 1, 0.3), (1, 3, 0.9), (3, 4, 0.9), (1, 4, -0.9), (0, 2, 0.1)]);
    assert_eq!(five.contradiction(), Some(vec![1, 3, 4]));
    assert_eq!(five.room(0, 2), None, "the others contradict each other whatever it is");
    let (low, high) = five.room(1, 4).expect("there is room");
    assert!(0.6 < low && low < high && high < 1.0, "{low} {high}");
}
