//! Choices that are known: what they rule out is not on the tape.

use crate::support::read;
use biz::check::model::ScenarioId;
use biz::compile::{Target, What, compile};
use biz::tape::Code;

const PLAN: &str = "
model plan { timeline = 2026-01 to 2026-12, currency = USD }
kind asset {
  price  : currency
  method : straight | declining = straight
  left   = accumulate(0 USD/month - left * 3%/month, from: price)
  lost   = if method == declining and price > 0 then left * 20% else price / 12
}
asset van { price = 1_200 USD }
scenario other { van.method = declining }
";

fn codes(scenario: Option<ScenarioId>) -> Vec<Code> {
    let model = read(PLAN).model.expect("it has no mistake");
    let cell = model.find("van.lost").expect("it is there");
    let compiled = compile(&model, &[Target { what: What::Cell(cell), scenario, over: None }]);
    compiled.tape.ops().iter().map(|op| op.code).collect()
}

#[test]
fn a_branch_that_a_choice_rules_out_costs_nothing() {
    let plain = codes(None);
    assert!(!plain.contains(&Code::If) && !plain.contains(&Code::Compare), "{plain:?}");
    assert!(!plain.contains(&Code::Accumulate), "{plain:?}");
    assert!(codes(Some(ScenarioId(0))).contains(&Code::Accumulate));
}
