//! Goals, as the model holds them.

use crate::support::read;
use biz::check::model::{Aim, Better, Comparison, Node, Under};

const PLAN: &str = "model shop { timeline = 2026-01 to 2026-12, currency = USD }\n\
    price = 120 USD/year growing 3%/year\nsold = -5\ntop = 240 USD/year\n\
    paid = accumulate(price * (10 + sold), from: 0 USD)\n\
    goal floor \"The lowest\" { vary price from 5 USD/month to top, until final(paid) >= 1k USD }\n\
    goal best {\n  vary price from 1 USD/month to 2 USD/month\n  vary sold from -10 to 10\n  minimize final(paid) subject to requirements\n}\n";

#[test]
fn ranges_stand_in_the_unit_of_the_number_that_varies() {
    let read = read(PLAN);
    assert!(read.mistakes.is_empty(), "{}", read.drawing());
    let model = read.model.expect("it is a model");
    let [floor, best] = &model.goals[..] else { panic!("two goals") };
    assert_eq!((floor.name.as_str(), floor.title.as_deref()), ("floor", Some("The lowest")));
    let [price] = &floor.vary[..] else { panic!("one input") };
    // In base units, by the month.
    assert_eq!((model.cell(price.cell).path.as_str(), price.low, price.high), ("price", 5.0, 20.0));
    assert_eq!(model.expr(price.number).node, Node::Number(10.0));
    let Aim::Until { left, comparison, right, .. } = &floor.aim else { panic!("a condition") };
    assert_eq!(*comparison, Comparison::AtLeast);
    assert_eq!(model.expr(*left).unit, model.expr(*right).unit);
    let sold = &best.vary[1];
    assert_eq!((model.cell(sold.cell).path.as_str(), sold.low, sold.high), ("sold", -10.0, 10.0));
    assert!(matches!(best.aim, Aim::Best { better: Better::Less, under: Under::Requirements, .. }));
}
