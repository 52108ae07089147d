//! Scenarios: what they change is computed again, what they leave alone is shared.

use super::{Build, cell, ran, under};
use biz::calendar::Step;
use biz::check::model::{CellId, Draw, ExprId, Factor, Node, Part, Sign};
use biz::compile::Target;
use biz::numeric::distribution::{Family, Parameter};
use biz::tape::OpId;

/// sales = price × amount = 10 × 3
struct Sold {
    price: CellId,
    sales: CellId,
    read_amount: ExprId,
}

fn sold() -> (Build, Sold) {
    let mut b = Build::new(2, Step::Month);
    let price = b.number(10.0);
    let price = b.cell(price);
    let amount = b.number(3.0);
    let amount = b.cell(amount);
    let (read_price, read_amount) = (b.bare(Node::Cell(price)), b.bare(Node::Cell(amount)));
    let sales = b.bare(Node::Product(read_price, vec![(Factor::Times, read_amount)]));
    let sales = b.cell(sales);
    (b, Sold { price, sales, read_amount })
}

#[test]
fn only_what_a_scenario_changes_has_a_slot_of_its_own() {
    // price, amount; sales = price × amount; other = amount + 1. The scenario halves the price.
    let (mut b, Sold { price, sales, read_amount }) = sold();
    let one = b.number(1.0);
    let other = b.bare(Node::Sum(read_amount, vec![(Sign::Plus, one)]));
    let other = b.cell(other);
    let before = b.bare(Node::Base(price, None));
    let half = b.number(0.5);
    let halved = b.bare(Node::Product(before, vec![(Factor::Times, half)]));
    let war = b.scenario(vec![(price, halved)]);
    let targets = [cell(sales), under(sales, war), cell(other), under(other, war), under(price, war)];
    let ran = ran(&b, &targets);
    assert_eq!(ran.number(cell(sales)), 30.0);
    assert_eq!(ran.number(under(sales, war)), 15.0);
    assert_eq!(ran.number(under(price, war)), 5.0);
    assert_eq!(ran.compiled.slot(cell(other)), ran.compiled.slot(under(other, war)));
    assert_ne!(ran.compiled.slot(cell(sales)), ran.compiled.slot(under(sales, war)));
}

#[test]
fn a_loop_that_a_scenario_leaves_alone_is_shared_whole() {
    let mut b = Build::new(3, Step::Month);
    let x = b.hole();
    let read = b.bare(Node::Cell(x));
    let one = b.number(1.0);
    let before = b.bare(Node::Opening { value: read, from: one });
    let sum = b.bare(Node::Sum(before, vec![(Sign::Plus, one)]));
    b.fill(x, sum);
    let y = b.number(5.0);
    let y = b.cell(y);
    let read_y = b.bare(Node::Cell(y));
    let z = b.bare(Node::Sum(read, vec![(Sign::Plus, read_y)]));
    let z = b.cell(z);
    let six = b.number(6.0);
    let other = b.scenario(vec![(y, six)]);
    let ran = ran(&b, &[cell(x), under(x, other), cell(z), under(z, other)]);
    assert_eq!(ran.compiled.slot(cell(x)), ran.compiled.slot(under(x, other)));
    assert_eq!(ran.numbers(cell(z)), [7.0, 8.0, 9.0]);
    assert_eq!(ran.numbers(under(z, other)), [8.0, 9.0, 10.0]);
}

/// What a scenario changes, and what only that is for: no operation more. Counted by hand.
#[test]
fn a_scenario_costs_the_operations_that_it_changes() {
    // price, amount; sales = price × amount, more = sales + amount; other = amount × amount. The scenario doubles the price.
    let (mut b, Sold { price, sales, read_amount }) = sold();
    let read_sales = b.bare(Node::Cell(sales));
    let more = b.bare(Node::Sum(read_sales, vec![(Sign::Plus, read_amount)]));
    let more = b.cell(more);
    let other = b.bare(Node::Product(read_amount, vec![(Factor::Times, read_amount)]));
    let other = b.cell(other);
    let before = b.bare(Node::Base(price, None));
    let doubled = b.bare(Node::Scale(before, 2.0));
    let boom = b.scenario(vec![(price, doubled)]);
    let count = |targets: &[Target]| ran(&b, targets).compiled.tape.ops().len();
    let base = [cell(more), cell(other)];
    let with = [cell(more), cell(other), under(more, boom), under(other, boom)];
    // The price, the sales and what is more; `other` and the amount stay.
    assert_eq!(count(&with), count(&base) + 3);
    // Alone, the scenario has no need of the sales without it, nor of `other`: two numbers, each read as an input, and
    // these three.
    assert_eq!(count(&[under(more, boom)]), 7);
}

#[test]
fn what_no_target_needs_is_no_operation() {
    let mut b = Build::new(2, Step::Month);
    let amount = b.number(3.0);
    let amount = b.cell(amount);
    let read = b.bare(Node::Cell(amount));
    let wanted = b.bare(Node::Sum(read, vec![(Sign::Plus, read)]));
    let wanted = b.cell(wanted);
    let unwanted = b.bare(Node::Product(read, vec![(Factor::Times, read)]));
    b.cell(unwanted);
    // The number, the input that it is, and their sum.
    assert_eq!(ran(&b, &[cell(wanted)]).compiled.tape.ops().len(), 3);
}

/// A factor of 1, such as a rate by the month over a month is multiplied by, changes no bit: it is no operation.
#[test]
fn a_factor_that_changes_nothing_is_no_operation() {
    let mut b = Build::new(2, Step::Month);
    let amount = b.number(-0.0);
    let amount = b.cell(amount);
    let read = b.bare(Node::Cell(amount));
    let one = b.number(1.0);
    let same = b.bare(Node::Product(read, vec![(Factor::Times, one), (Factor::Over, one)]));
    let same = b.cell(same);
    let square = b.bare(Node::Product(read, vec![(Factor::Times, one), (Factor::Times, read), (Factor::Over, one)]));
    let square = b.cell(square);
    // An input may be scaled: it stays, even where it is 1.
    let unit = b.cell(one);
    let read_unit = b.bare(Node::Cell(unit));
    let scaled = b.bare(Node::Product(read, vec![(Factor::Times, read_unit)]));
    let scaled = b.cell(scaled);
    let ran = ran(&b, &[cell(amount), cell(same), cell(square), cell(scaled)]);
    let slot = |id| ran.compiled.slot(cell(id));
    assert_eq!(slot(same), slot(amount));
    assert_ne!(slot(scaled), slot(amount));
    let tape = &ran.compiled.tape;
    let args = |id| slot(id).map_or(0, |slot| tape.args(tape.op(OpId(slot.0))).len());
    assert_eq!((args(square), args(scaled)), (2, 2));
}

#[test]
fn equal_expressions_are_computed_once() {
    let mut b = Build::new(2, Step::Month);
    let time = b.date(Node::Time);
    let again = b.date(Node::Time);
    let (a, c) = (b.cell(time), b.cell(again));
    let ran = ran(&b, &[cell(a), cell(c)]);
    assert_eq!(ran.compiled.slot(cell(a)), ran.compiled.slot(cell(c)));
    assert_eq!(ran.compiled.tape.ops().len(), 1);
}

#[test]
fn equal_distributions_of_two_names_are_two_draws() {
    let mut b = Build::new(1, Step::Month);
    let (low, high) = (b.number(1.0), b.number(2.0));
    let parameters = vec![(Parameter::Low, low), (Parameter::High, high)];
    let mut drawn = |of: u32| {
        let parameters = parameters.clone();
        let parts = vec![Part { family: Family::Uniform, parameters, outcomes: vec![], weight: None }];
        let draw = Draw { of: CellId(of), parts, low: None, high: None, each_period: false };
        let draw = b.bare(Node::Draw(draw));
        // Twice as much, so that no input of their own tells the two names apart.
        let twice = b.bare(Node::Scale(draw, 2.0));
        let more = b.bare(Node::Sum(twice, vec![(Sign::Plus, low)]));
        b.cell(more)
    };
    let (one, other) = (drawn(0), drawn(1));
    let ran = ran(&b, &[cell(one), cell(other)]);
    assert_eq!((ran.number(cell(one)), ran.number(cell(other))), (4.0, 4.0));
    assert_ne!(ran.compiled.slot(cell(one)), ran.compiled.slot(cell(other)));
}
