//! Sizes: long chains, deep definitions, many lanes.

use super::{Build, cell, ran};
use biz::calendar::Step;
use biz::check::model::{CellId, Node, Sign};

#[test]
fn definitions_a_hundred_thousand_deep() {
    let mut b = Build::new(1, Step::Month);
    let zero = b.number(0.0);
    let mut last = b.cell(zero);
    let one = b.number(1.0);
    for _ in 0..100_000 {
        let read = b.bare(Node::Cell(last));
        let next = b.bare(Node::Sum(read, vec![(Sign::Plus, one)]));
        last = b.cell(next);
    }
    assert_eq!(ran(&b, &[cell(last)]).number(cell(last)), 100_000.0);
}

#[test]
fn a_loop_of_definitions_a_hundred_thousand_deep() {
    // a0 = opening(aN), aK = a(K-1) + 1: the step adds 100,000.
    let mut b = Build::new(2, Step::Month);
    let count = 100_000;
    let holes: Vec<CellId> = (0..=count).map(|_| b.hole()).collect();
    let last = b.bare(Node::Cell(holes[count]));
    let one = b.number(1.0);
    let opening = b.bare(Node::Opening { value: last, from: one });
    b.fill(holes[0], opening);
    for at in 1..=count {
        let read = b.bare(Node::Cell(holes[at - 1]));
        let next = b.bare(Node::Sum(read, vec![(Sign::Plus, one)]));
        b.fill(holes[at], next);
    }
    let end = cell(holes[count]);
    assert_eq!(ran(&b, &[end]).numbers(end), [100_001.0, 200_001.0]);
}

#[test]
fn a_sum_of_two_hundred_thousand() {
    let mut b = Build::new(1, Step::Month);
    let one = b.number(1.0);
    let rest = (1..200_000).map(|at| (if at % 4 == 0 { Sign::Minus } else { Sign::Plus }, one)).collect();
    let sum = b.bare(Node::Sum(one, rest));
    let sum = b.cell(sum);
    // 49,999 of the 199,999 that follow are taken away.
    assert_eq!(ran(&b, &[cell(sum)]).number(cell(sum)), 200_000.0 - 2.0 * 49_999.0);
}
