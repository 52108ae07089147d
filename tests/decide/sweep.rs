//! Grids: every point is what a run with `--set` computes, to the bit.

use super::{aims, facts, number};
use biz::report::Answer;
use biz::workspace::{Ask, Spacing};

fn reference() -> String {
    std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/bench/r1.biz")).expect("it is there")
}

#[test]
fn a_grid_of_r1_is_its_runs_one_by_one() {
    let asked = aims(
        &["seat_price from 25 USD/seat/month to 74.5 USD/seat/month", "churn from 1%/month to 5.95%/month"],
        &[],
        &["maximize final(cash)", "maximize lowest(cash)", "maximize total(revenue)"],
    );
    let sets = ["churn=3%/month".to_owned()];
    let mut plan = facts(&reference(), Ask { aims: Some(&asked), sets: &sets, ..Ask::default() });
    let sweep = plan.sweep(&[Spacing::Steps(99), Spacing::Steps(99)]).expect("a grid");
    assert_eq!(sweep.axes.iter().map(|axis| axis.values.len()).collect::<Vec<_>>(), [100, 100]);
    let queries = ["final(cash)", "lowest(cash)", "total(revenue)"].map(str::to_owned);
    for (price, churn) in [(0, 0), (17, 42), (99, 3), (50, 99)] {
        let sets = [
            format!("seat_price={} USD/seat/month", sweep.axes[0].values[price]),
            format!("churn={}%/month", sweep.axes[1].values[churn]),
        ];
        let mut one = facts(&reference(), Ask { sets: &sets, queries: &queries, ..Ask::default() });
        for (figure, told) in sweep.figures.iter().zip(one.evaluate().expect("values")) {
            let Answer::Once(wanted) = told.answer else { panic!("one value") };
            let (found, wanted) = (number(&figure.values[price * 100 + churn]), number(&wanted));
            // The ends of the ranges are turned from percent and back, which may round.
            assert!((found - wanted).abs() <= 1e-12 * wanted.abs(), "{}: {found}, not {wanted}", figure.text);
        }
    }
}

#[test]
fn a_step_apart_reaches_the_end() {
    let text = "model stall { currency = USD }\nprice = 3 USD\ntwice = 2 * price\nother = 7 USD\nboth = price + other\n";
    let asked = aims(&["price from 0.1 USD to 0.4 USD"], &["price from 0 to 0.1 USD"], &["maximize twice", "maximize other"]);
    let mut plan = facts(text, Ask { aims: Some(&asked), ..Ask::default() });
    let sweep = plan.sweep(&[Spacing::Apart]).expect("a grid");
    assert_eq!(sweep.axes[0].values, [0.1, 0.2, 0.1 + 0.1 * 2.0, 0.4]);
    assert_eq!(sweep.figures[0].values.iter().map(number).collect::<Vec<_>>(), [0.2, 0.4, 2.0 * (0.1 + 0.1 * 2.0), 0.8]);
    assert!(sweep.figures[1].values.iter().all(|value| number(value) == 7.0), "what is not varied stays");
}
