//! Ages on every grid: a formula and rows leave of each cohort what sums by hand leave of it.

use crate::support::read;
use biz::compile::{Target, What, compile};
use biz::run::{Inputs, Value, run};

/// The last values of some definitions of a plan by a step.
fn last(step: &str, names: [&str; 4]) -> [f64; 4] {
    let plan = format!(
        "model plan {{ timeline = 2026-01-01 to 2027-12-31, step = {step}, currency = USD }}
unit user / users
joining = 100 user/month
loyalty ~ uniform(90%, 94%)
fading = curve {{ age: loyalty ^ (age / 1 month) }}
falling = curve {{ 0 month: 100%, 20 month: 40% }}
fading_left = cohorts(joining, fading)
falling_left = cohorts(joining, falling)
fading_read = fading(1 quarter)
falling_read = falling(30 day)
"
    );
    let read = read(&plan);
    let model = read.model.as_ref().unwrap_or_else(|| panic!("{}", read.drawing()));
    let target = |name| Target { what: What::Cell(model.find(name).unwrap()), scenario: None, over: None };
    let targets = names.map(target);
    let compiled = compile(model, &targets);
    let columns = run(&compiled.tape, &Inputs::once());
    targets.map(|target| match columns.value(compiled.slot(target).unwrap(), columns.steps() - 1, 0) {
        Value::Number(number) => number,
        other => panic!("{step}: {other:?}"),
    })
}

#[test]
fn cohorts_age_alike_on_every_grid() {
    // Months a step and steps in 2026 and 2027; between days and months a year is 365 days. 730 days are 104 weeks and
    // two days, which are a 105th step.
    let grids = [("day", 12.0 / 365.0, 730), ("week", 84.0 / 365.0, 105), ("month", 1.0, 24), ("quarter", 3.0, 8), ("year", 12.0, 2)];
    for (step, months, count) in grids {
        let ages = (0..count).map(|at| f64::from(at) * months);
        let sum = |share: fn(f64) -> f64| ages.clone().map(|age| 100.0 * months * share(age)).sum::<f64>();
        let wanted = [
            sum(|age| 0.92_f64.powf(age)),
            sum(|age| if age < 20.0 { 1.0 - 0.03 * age } else { 0.4 }),
            0.92_f64.powi(3),
            1.0 - 0.03 * 30.0 * 12.0 / 365.0,
        ];
        let found = last(step, ["fading_left", "falling_left", "fading_read", "falling_read"]);
        for (found, wanted) in found.into_iter().zip(wanted) {
            assert!((found - wanted).abs() < 1e-9 * wanted, "{step}: {found} for {wanted}");
        }
    }
}
