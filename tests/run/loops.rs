//! Loops through time.

use super::{Build, cell, ran};
use biz::calendar::Step;
use biz::check::model::{Factor, Node, Sign};
use biz::run::FaultKind;
use biz::tape::Block;

#[test]
fn a_level_drains_by_what_it_opened_with() {
    // stock = accumulate(50 - leaving, from: 100); leaving = 10% of the opening.
    let mut b = Build::new(4, Step::Month);
    let stock = b.hole();
    let opened = b.bare(Node::Opened(stock));
    let share = b.flow(Node::Number(0.1));
    let leaving = b.flow(Node::Product(opened, vec![(Factor::Times, share)]));
    let leaving = b.cell(leaving);
    let joining = b.flow(Node::Number(50.0));
    let read = b.flow(Node::Cell(leaving));
    let net = b.flow(Node::Sum(joining, vec![(Sign::Minus, read)]));
    let from = b.number(100.0);
    let level = b.bare(Node::Accumulate { flow: net, from });
    b.fill(stock, level);
    let ran = ran(&b, &[cell(stock), cell(leaving)]);
    // By hand: 100 + 50 - 10 = 140; + 50 - 14 = 176; + 50 - 17.6 = 208.4; + 50 - 20.84 = 237.56.
    let close = |a: &[f64], b: &[f64]| a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-12);
    assert!(close(&ran.numbers(cell(stock)), &[140.0, 176.0, 208.4, 237.56]));
    assert!(close(&ran.numbers(cell(leaving)), &[10.0, 14.0, 17.6, 20.84]));
    assert!(ran.compiled.tape.blocks().iter().any(|block| matches!(block, Block::Loop(_))));
}

#[test]
fn an_opening_may_close_a_circle_on_itself() {
    // x = opening(x, from: 1) * 2: 2, 4, 8, 16.
    let mut b = Build::new(4, Step::Month);
    let x = b.hole();
    let read = b.bare(Node::Cell(x));
    let one = b.number(1.0);
    let before = b.bare(Node::Opening { value: read, from: one });
    let two = b.number(2.0);
    let doubled = b.bare(Node::Product(before, vec![(Factor::Times, two)]));
    b.fill(x, doubled);
    assert_eq!(ran(&b, &[cell(x)]).numbers(cell(x)), [2.0, 4.0, 8.0, 16.0]);
}

#[test]
fn a_level_counts_the_length_of_a_step() {
    // 5 a month for a quarter is 15.
    let mut b = Build::new(3, Step::Quarter);
    let five = b.flow(Node::Number(5.0));
    let zero = b.number(0.0);
    let level = b.bare(Node::Accumulate { flow: five, from: zero });
    let level = b.cell(level);
    assert_eq!(ran(&b, &[cell(level)]).numbers(cell(level)), [15.0, 30.0, 45.0]);
}

#[test]
fn a_blank_that_reaches_a_level_is_a_fault_from_there_on() {
    let mut b = Build::new(3, Step::Month);
    let values: Vec<_> = [1.0, 0.0, 2.0].iter().map(|value| b.flow(Node::Number(*value))).collect();
    let flow = b.flow(Node::List(values));
    let blank = b.flow(Node::Product(flow, vec![(Factor::Over, flow)]));
    let zero = b.number(0.0);
    let level = b.bare(Node::Accumulate { flow: blank, from: zero });
    let level = b.cell(level);
    let ran = ran(&b, &[cell(level)]);
    assert_eq!(ran.value(cell(level), 0), biz::run::Value::Number(1.0));
    for step in [1, 2] {
        let (kind, at, op) = ran.fault(cell(level), step);
        assert_eq!((kind, at), (FaultKind::BlankInLevel, 1));
        assert_eq!(ran.compiled.culprit(op).cell, Some(level));
    }
}

#[test]
fn a_tape_can_be_read() {
    // x = opening(x, from: 1) + 2
    let mut b = Build::new(2, Step::Month);
    let x = b.hole();
    let read = b.bare(Node::Cell(x));
    let (one, two) = (b.number(1.0), b.number(2.0));
    let before = b.bare(Node::Opening { value: read, from: one });
    let sum = b.bare(Node::Sum(before, vec![(Sign::Plus, two)]));
    b.fill(x, sum);
    let wanted = "steps 2 from 24312 by 1
%0 constant number [1]
%1 constant number [2]
loop
  %2 series opening(%3, %0)
  %3 series sum(%2, %1) [1 1]
";
    assert_eq!(ran(&b, &[cell(x)]).compiled.tape.dump(), wanted);
}
