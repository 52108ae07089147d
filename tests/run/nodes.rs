//! Every kind of node, by hand.

use super::{Build, cell, ran};
use biz::calendar::Step;
use biz::check::model::{Factor, Node};
use biz::run::{FaultKind, Value};
use biz::tape::Blank;

#[test]
fn nothing_over_nothing_is_blank_and_something_over_nothing_a_fault() {
    let mut b = Build::new(2, Step::Month);
    let zero = b.number(0.0);
    let one = b.number(1.0);
    let blank = b.bare(Node::Product(zero, vec![(Factor::Over, zero)]));
    let fault = b.bare(Node::Product(one, vec![(Factor::Over, zero)]));
    let mended = b.bare(Node::Otherwise(vec![blank, one]));
    let not_mended = b.bare(Node::Otherwise(vec![fault, one]));
    let yes = b.condition(Node::Number(1.0));
    let taken = b.bare(Node::If(yes, one, fault));
    let cells = [blank, fault, mended, not_mended, taken].map(|expr| b.cell(expr));
    let ran = ran(&b, &cells.map(cell));
    assert_eq!(ran.value(cell(cells[0]), 0), Value::Blank(Blank::ZeroByZero));
    assert_eq!(ran.fault(cell(cells[1]), 0).0, FaultKind::DivisionByZero);
    assert_eq!(ran.number(cell(cells[2])), 1.0);
    assert_eq!(ran.fault(cell(cells[3]), 0).0, FaultKind::DivisionByZero);
    assert_eq!(ran.number(cell(cells[4])), 1.0);
}
