//! Kinds of nodes, by hand.

use super::{Build, Ran, cell, over, ran};
use biz::calendar::Step;
use biz::check::model::{CellId, Draw, ExprId, Factor, Form, Function, Node, Part, Reducer, Sign, Steps};
use biz::numeric::distribution::{Family, Parameter, Reason};
use biz::run::{FaultKind, Inputs, Value, reason, run};
use biz::tape::Blank;

fn list(b: &mut Build, values: &[f64]) -> ExprId {
    let values = values.iter().map(|value| b.flow(Node::Number(*value))).collect();
    b.flow(Node::List(values))
}

fn close(found: &[f64], wanted: &[f64]) {
    assert_eq!(found.len(), wanted.len());
    for (found, wanted) in found.iter().zip(wanted) {
        assert!((found - wanted).abs() <= 1e-12 * wanted.abs().max(1.0), "{found} is not {wanted}");
    }
}

/// What one expression comes to.
fn of(b: &mut Build, expr: ExprId) -> (Ran, CellId) {
    let cell_id = b.cell(expr);
    (ran(b, &[cell(cell_id)]), cell_id)
}

fn numbers(b: &mut Build, expr: ExprId) -> Vec<f64> {
    let (ran, id) = of(b, expr);
    ran.numbers(cell(id))
}

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
    let both = b.bare(Node::Sum(blank, vec![(Sign::Plus, fault)]));
    let cells = [blank, fault, mended, not_mended, taken, both].map(|expr| b.cell(expr));
    let ran = ran(&b, &cells.map(cell));
    assert_eq!(ran.value(cell(cells[0]), 0), Value::Blank(Blank::ZeroByZero));
    assert_eq!(ran.fault(cell(cells[1]), 0).0, FaultKind::DivisionByZero);
    assert_eq!(ran.number(cell(cells[2])), 1.0);
    assert_eq!(ran.fault(cell(cells[3]), 0).0, FaultKind::DivisionByZero);
    assert_eq!(ran.number(cell(cells[4])), 1.0);
    assert_eq!(ran.fault(cell(cells[5]), 0).0, FaultKind::DivisionByZero);
}

#[test]
fn a_fault_names_the_step_and_the_definition_it_arose_in() {
    let mut b = Build::new(3, Step::Month);
    let below = list(&mut b, &[1.0, 1.0, 0.0]);
    let one = b.number(1.0);
    let ratio = b.bare(Node::Product(one, vec![(Factor::Over, below)]));
    let ratio = b.cell(ratio);
    let read = b.bare(Node::Cell(ratio));
    let next = b.bare(Node::Scale(read, 2.0));
    let next = b.cell(next);
    let ran = ran(&b, &[cell(next)]);
    let (kind, step, op) = ran.fault(cell(next), 2);
    assert_eq!((kind, step), (FaultKind::DivisionByZero, 2));
    assert_eq!(ran.compiled.culprit(op).cell, Some(ratio));
}

#[test]
fn growth_compounds_by_the_time_since_the_first_step() {
    let mut b = Build::new(3, Step::Quarter);
    let (value, rate) = (b.number(100.0), b.number(0.21));
    let yearly = b.bare(Node::Growing { value, rate, per: 12.0 });
    // 1.21 ^ (3/12) and 1.21 ^ (6/12) = 1.1, by Python's decimal.
    close(&numbers(&mut b, yearly), &[100.0, 104.880_884_817_015_15, 110.0]);
    let rates = list(&mut b, &[0.5, 0.1, 0.2]);
    let stepwise = b.bare(Node::Growing { value, rate: rates, per: 3.0 });
    // The rate of a step leads into it: 100, × 1.1, × 1.2.
    close(&numbers(&mut b, stepwise), &[100.0, 110.0, 132.0]);
}

#[test]
fn delays_shift_split_and_smear() {
    let mut b = Build::new(4, Step::Month);
    let flow = list(&mut b, &[8.0, 16.0, 0.0, 0.0]);
    let initial = b.flow(Node::Number(4.0));
    let mut delayed = |by: f64, order: u32| {
        let by = b.number(by);
        let expr = b.flow(Node::Delay { flow, by, order, initial });
        numbers(&mut b, expr)
    };
    assert_eq!(delayed(0.0, 0), [8.0, 16.0, 0.0, 0.0]);
    assert_eq!(delayed(2.0, 0), [4.0, 4.0, 8.0, 16.0]);
    assert_eq!(delayed(0.5, 0), [6.0, 12.0, 8.0, 0.0]);
    // A quarter of what the stock opened with: 16 → 4; 16 - 4 + 8 = 20 → 5; 20 - 5 + 16 = 31 → 7.75; 23.25 → 5.8125.
    assert_eq!(delayed(4.0, 1), [4.0, 5.0, 7.75, 5.8125]);
    // Two stocks of two months: 8, 8 → 4; first 8 - 4 + 8 = 12, second 8 → 4; first 12 - 6 + 16 = 22, second 8 - 4 + 6 = 10
    // → 5; second 10 - 5 + 11 = 16 → 8.
    assert_eq!(delayed(4.0, 2), [4.0, 4.0, 5.0, 8.0]);
    // A stay of less than a step is a step.
    assert_eq!(delayed(0.1, 1), [4.0, 8.0, 16.0, 0.0]);
}

#[test]
fn a_delay_in_its_own_loop_reaches_back_a_step_or_is_a_fault() {
    // x = 1 + delay(x, by, initial: 0): 1, 2, 3 with a month.
    let back = |by: f64| {
        let mut b = Build::new(3, Step::Month);
        let x = b.hole();
        let flow = b.flow(Node::Cell(x));
        let (by, initial, one) = (b.number(by), b.flow(Node::Number(0.0)), b.flow(Node::Number(1.0)));
        let late = b.flow(Node::Delay { flow, by, order: 0, initial });
        let sum = b.flow(Node::Sum(one, vec![(Sign::Plus, late)]));
        b.fill(x, sum);
        (ran(&b, &[cell(x)]), x)
    };
    let (month, x) = back(1.0);
    assert_eq!(month.numbers(cell(x)), [1.0, 2.0, 3.0]);
    let (half, x) = back(0.5);
    assert_eq!(half.fault(cell(x), 0).0, FaultKind::ShortDelay);
}

#[test]
fn a_short_delay_is_no_circle_where_another_lag_breaks_it() {
    // y = opening(x, from: 10); x = delay(y, half a month, initial: 2) + 1.
    let mut b = Build::new(3, Step::Month);
    let x = b.hole();
    let read = b.flow(Node::Cell(x));
    let ten = b.flow(Node::Number(10.0));
    let y = b.flow(Node::Opening { value: read, from: ten });
    let (by, two, one) = (b.number(0.5), b.flow(Node::Number(2.0)), b.flow(Node::Number(1.0)));
    let late = b.flow(Node::Delay { flow: y, by, order: 0, initial: two });
    let sum = b.flow(Node::Sum(late, vec![(Sign::Plus, one)]));
    b.fill(x, sum);
    // y 10 → x 5 + 1 + 1 = 7; y 7 → 3.5 + 5 + 1 = 9.5; y 9.5 → 4.75 + 3.5 + 1 = 9.25.
    assert_eq!(ran(&b, &[cell(x)]).numbers(cell(x)), [7.0, 9.5, 9.25]);
}

#[test]
fn cohorts_age_from_the_end_of_the_step_they_join_in() {
    let mut b = Build::new(4, Step::Month);
    let flow = list(&mut b, &[10.0, 20.0, 0.0, 0.0]);
    let (all, half, tenth) = (b.number(1.0), b.number(0.5), b.number(0.1));
    let curve = b.table(Form::Curve, vec![(0.0, all, None), (1.0, half, None), (3.0, tenth, None)]);
    let left = b.bare(Node::Cohorts { flow, curve });
    // Ages 0, 1, 2, 3: 1, 0.5, 0.3, 0.1.
    close(&numbers(&mut b, left), &[10.0, 25.0, 13.0, 7.0]);
}

#[test]
fn tables_in_bands() {
    let mut b = Build::new(1, Step::Month);
    let rates = [2.0, 1.0, 0.5].map(|rate| b.number(rate));
    let fee = b.number(3.0);
    let bands = |form, b: &mut Build| {
        let bounds = [10.0, 20.0, f64::INFINITY];
        let rows = bounds.iter().zip(rates).map(|(bound, rate)| (*bound, rate, Some(fee))).collect();
        b.table(form, rows)
    };
    let tables = [Form::Graduated, Form::Volume, Form::Stairstep].map(|form| bands(form, &mut b));
    let size = b.number(7.0);
    let package = b.table(Form::Package, vec![(4.0, size, None)]);
    let mut read = |table, quantity: f64| {
        let quantity = b.number(quantity);
        let expr = b.bare(Node::Lookup(table, quantity));
        numbers(&mut b, expr)[0]
    };
    // At 0 only the first band's fee; a bound belongs to its own band.
    assert_eq!([0.0, 10.0, 15.0, 20.0, 24.0].map(|q| read(tables[0], q)), [3.0, 23.0, 31.0, 36.0, 41.0]);
    assert_eq!([0.0, 10.0, 15.0, 24.0].map(|q| read(tables[1], q)), [3.0, 23.0, 18.0, 15.0]);
    assert_eq!([0.0, 10.0, 11.0, 99.0].map(|q| read(tables[2], q)), [5.0, 5.0, 4.0, 3.5]);
    assert_eq!([0.0, 1.0, 4.0, 4.5].map(|q| read(package, q)), [0.0, 7.0, 7.0, 14.0]);
    let negative = b.number(-1.0);
    let expr = b.bare(Node::Lookup(tables[0], negative));
    let (ran, id) = of(&mut b, expr);
    assert_eq!(ran.fault(cell(id), 0).0, FaultKind::InvalidArgument);
}

#[test]
fn dates_and_tables_over_them() {
    let mut b = Build::new(4, Step::Month);
    let start = b.model.grid.start(0);
    let (one, five) = (b.number(1.0), b.number(5.0));
    let steps = b.bare(Node::Steps(vec![(start + 1.0, one), (start + 2.5, five)]));
    let (ran, id) = of(&mut b, steps);
    assert_eq!(ran.value(cell(id), 0), Value::Blank(Blank::BeforeTable));
    assert_eq!((1..4).map(|step| ran.value(cell(id), step)).collect::<Vec<_>>(), [1.0, 1.0, 5.0].map(Value::Number));
    let line = b.bare(Node::Linear(vec![(start, one), (start + 2.0, five)]));
    assert_eq!(numbers(&mut b, line), [1.0, 3.0, 5.0, 5.0]);
    let date = b.date(Node::Number(start + 1.25));
    let after = b.bare(Node::After(date));
    assert_eq!(numbers(&mut b, after), [0.0, 0.75, 1.0, 1.0]);
    let flow = list(&mut b, &[1.0, 2.0, 3.0, 4.0]);
    let at = b.bare(Node::At(flow, date));
    assert_eq!(numbers(&mut b, at)[0], 2.0);
    let late = b.date(Node::Number(start + 4.0));
    let outside = b.bare(Node::At(flow, late));
    let (ran, id) = of(&mut b, outside);
    assert_eq!(ran.fault(cell(id), 0).0, FaultKind::OutsideTimeline);
}

#[test]
fn looking_across_time() {
    let mut b = Build::new(4, Step::Quarter);
    let flow = list(&mut b, &[4.0, 1.0, 7.0, 2.0]);
    let steps = Steps { first: 0, end: 4 };
    let mut over = |reducer| {
        let expr = b.bare(Node::OverTime(reducer, flow, steps));
        numbers(&mut b, expr)[0]
    };
    // A month's flow over four quarters is (4 + 1 + 7 + 2) × 3.
    assert_eq!(over(Reducer::Total), 42.0);
    assert_eq!(over(Reducer::Lowest), 1.0);
    assert_eq!(over(Reducer::Highest), 7.0);
    assert_eq!(over(Reducer::Average), 3.5);
    assert_eq!(over(Reducer::Final), 2.0);
}

#[test]
fn spans_add_flows_up_and_compute_ratios_again() {
    let mut b = Build::new(4, Step::Month);
    let sales = list(&mut b, &[10.0, 20.0, 30.0, 40.0]);
    let sales = b.cell(sales);
    let costs = list(&mut b, &[10.0, 10.0, 10.0, 30.0]);
    let (read, read_costs) = (b.flow(Node::Cell(sales)), b.cell(costs));
    let read_costs = b.flow(Node::Cell(read_costs));
    let profit = b.flow(Node::Sum(read, vec![(Sign::Minus, read_costs)]));
    let margin = b.bare(Node::Product(profit, vec![(Factor::Over, read)]));
    let margin = b.cell(margin);
    let read_margin = b.bare(Node::Cell(margin));
    let one = b.number(1.0);
    let rest = b.bare(Node::Sum(one, vec![(Sign::Minus, read_margin)]));
    let rest = b.cell(rest);
    let zero = b.number(0.0);
    let stock = b.bare(Node::Accumulate { flow: profit, from: zero });
    let stock = b.cell(stock);
    let targets = [over(sales, 0, 2), over(margin, 0, 4), over(rest, 0, 4), over(stock, 0, 3)];
    let ran = ran(&b, &targets);
    let found: Vec<f64> = targets.iter().map(|target| ran.number(*target)).collect();
    // Sales 30; profit 40 of sales 100; 1 - 0.4; 0 + 10 + 20 at the end.
    close(&found, &[30.0, 0.4, 0.6, 30.0]);
}

fn close_to(value: Value, wanted: f64) {
    assert!(matches!(value, Value::Number(number) if (number / wanted - 1.0).abs() < 1e-14), "{value:?}, not {wanted}");
}

#[test]
fn functions_of_numbers() {
    let mut b = Build::new(1, Step::Month);
    let mut call = |function, xs: &[f64]| {
        let xs = xs.iter().map(|x| b.number(*x)).collect();
        let expr = b.bare(Node::Call(function, xs));
        let (ran, id) = of(&mut b, expr);
        ran.value(cell(id), 0)
    };
    assert_eq!(call(Function::Min, &[3.0, -1.0, 2.0]), Value::Number(-1.0));
    assert_eq!(call(Function::Max, &[3.0, -1.0, 5.0]), Value::Number(5.0));
    assert_eq!(call(Function::Abs, &[-2.5]), Value::Number(2.5));
    assert_eq!([-2.5, 2.5, 3.5, -0.4].map(|x| call(Function::Round, &[x])), [-2.0, 2.0, 4.0, 0.0].map(Value::Number));
    assert_eq!(call(Function::Floor, &[-0.5]), Value::Number(-1.0));
    assert_eq!(call(Function::Ceil, &[-0.5]), Value::Number(0.0));
    assert_eq!(call(Function::Sqrt, &[2.25]), Value::Number(1.5));
    assert!(matches!(call(Function::Sqrt, &[-1.0]), Value::Fault(fault) if fault.kind == FaultKind::InvalidArgument));
    assert!(matches!(call(Function::Ln, &[0.0]), Value::Fault(fault) if fault.kind == FaultKind::InvalidArgument));
    // Γ(1/2) = √π; Φ(1.96) and its quantile as in every table of the normal distribution.
    assert_eq!(call(Function::LnGamma, &[0.5]), Value::Number(0.572_364_942_924_700_1));
    assert_eq!(call(Function::NormalCdf, &[1.96]), Value::Number(0.975_002_104_851_779_5));
    assert_eq!(call(Function::NormalQuantile, &[0.5]), Value::Number(0.0));
    for (function, x) in [(Function::LnGamma, 0.0), (Function::LnGamma, -0.5), (Function::NormalQuantile, 0.0), (Function::NormalQuantile, 1.0)] {
        assert!(matches!(call(function, &[x]), Value::Fault(fault) if fault.kind == FaultKind::InvalidArgument), "{function:?} {x}");
    }
    // With b = c it is the geometric series, 1 ÷ (1 − x); with b = 1, c = 2 it is −ln(1 − x) ÷ x.
    close_to(call(Function::Hypergeometric, &[3.0, 3.0, 0.75, 1.0]), 4.0);
    close_to(call(Function::Hypergeometric, &[1.0, 2.0, 0.5, 1.0]), 1.386_294_361_119_890_6);
    // With b = c it is (1 − x)^−a.
    close_to(call(Function::Hypergeometric, &[5.0, 5.0, 0.75, 0.5]), 2.0);
    for xs in [[0.0, 1.0, 0.5, 1.0], [2.0, 1.0, 0.5, 0.0], [1.0, 2.0, 1.0, 1.0], [1.0, 2.0, -0.1, 1.0], [1.0, 2.0, 1.0 - 1e-12, 1.0]] {
        assert!(matches!(call(Function::Hypergeometric, &xs), Value::Fault(fault) if fault.kind == FaultKind::InvalidArgument), "{xs:?}");
    }
    // Of shape 1 a gamma distribution is exponential, 1 − e^−x; of 1 and 3 a beta distribution has 1 − (1 − x)³ below x.
    close_to(call(Function::GammaCdf, &[2.0, 1.0]), 0.864_664_716_763_387_3);
    close_to(call(Function::GammaTail, &[2.0, 1.0]), 0.135_335_283_236_612_7);
    close_to(call(Function::BetaCdf, &[0.2, 1.0, 3.0]), 0.488);
    for xs in [vec![1.0, 0.0], vec![1.0, -1.0]] {
        assert!(matches!(call(Function::GammaCdf, &xs), Value::Fault(fault) if fault.kind == FaultKind::InvalidArgument), "{xs:?}");
    }
    // 2024-02-29 and the days from 1970 to it (python datetime).
    let leap_day = 24_289.0 + 28.0 / 29.0;
    assert_eq!(call(Function::InDays, &[leap_day]), Value::Number(19_782.0));
    assert_eq!(call(Function::InMonths, &[19_782.0]), Value::Number(leap_day));
    assert_eq!(call(Function::MonthsLater, &[leap_day, 12.0]), Value::Number(24_301.0 + 27.0 / 28.0));
    assert!(matches!(call(Function::InDays, &[1e300]), Value::Fault(fault) if fault.kind == FaultKind::Overflow));
    assert!(matches!(call(Function::Exp, &[1e4]), Value::Fault(fault) if fault.kind == FaultKind::Overflow));
}

#[test]
fn a_draw_stands_for_its_mean_and_bad_parameters_say_why() {
    let mut b = Build::new(1, Step::Month);
    let mut draw = |low: f64, high: f64| {
        let parameters = vec![(Parameter::Low, b.number(low)), (Parameter::High, b.number(high))];
        let parts = vec![Part { family: Family::Uniform, parameters, outcomes: vec![], weight: None }];
        let draw = Draw { of: CellId(0), parts, low: None, high: None, each_period: false };
        let expr = b.bare(Node::Draw(draw));
        of(&mut b, expr)
    };
    let (good, id) = draw(2.0, 6.0);
    assert_eq!(good.number(cell(id)), 4.0);
    let (bad, id) = draw(6.0, 2.0);
    let Value::Fault(fault) = bad.value(cell(id), 0) else { panic!("6 to 2 is no range") };
    assert_eq!(fault.kind, FaultKind::Parameter);
    assert_eq!(reason(&bad.compiled.tape, &bad.columns, fault, 0), Some(Reason::LowNotBelowHigh));
}

#[test]
fn inputs_are_scaled_by_lane_and_nothing_else_is() {
    let mut b = Build::new(3, Step::Month);
    let (value, rate) = (b.number(100.0), b.number(0.1));
    let price = b.bare(Node::Growing { value, rate, per: 1.0 });
    let price = b.cell(price);
    let read = b.bare(Node::Cell(price));
    let two = b.number(2.0);
    let twice = b.bare(Node::Product(read, vec![(Factor::Times, two)]));
    let twice = b.cell(twice);
    let compiled = ran(&b, &[cell(twice)]).compiled;
    assert_eq!(compiled.input(twice), None);
    let input = compiled.input(price).unwrap();
    let columns = run(&compiled.tape, &Inputs::scaled(3, vec![(input, vec![1.0, 1.1, 0.0])]));
    let slot = compiled.slot(cell(twice)).unwrap();
    let found: Vec<f64> = (0..3)
        .map(|lane| match columns.value(slot, 1, lane) {
            Value::Number(number) => number,
            other => panic!("{other:?}"),
        })
        .collect();
    close(&found, &[220.0, 242.0, 0.0]);
}
