//! R2: the text of a model of many instances, twelve chained equations each, one of them a loop through time.

use std::fmt::Write;

const KIND: &str = "
unit seat / seats
unit call

tiers = graduated { 10k call: 0 USD/call, 100k call: 0.02 USD/call, beyond: 0.012 USD/call }

kind plan {
  first    : USD/seat/month
  lost     : share/month
  begins   : date
  price    = first growing 3%/year
  joining  = 100 seat/month growing 20%/year
  seats    = accumulate(joining - leaving, from: 10 seat)
  leaving  = lost * seats
  usage    = seats * 90 call/seat/month
  revenue  = seats * price + tiers(usage * period) / period
  spent    = usage * 0.004 USD/call
  margin   = revenue - spent
  ratio    = margin / revenue
  sold     = if time >= begins then revenue else 0
  saved    = accumulate(margin, from: 0 USD)
  lifetime = 1 / lost
}

all = sum(plan.revenue)
";

#[allow(dead_code, reason = "the bench of the engine needs the text alone")]
/// What sets a product apart: its first price, the part lost a month, and the month of its launch, counted from 0.
pub fn product(at: usize) -> (f64, f64, usize) {
    (40.0 + (at % 100) as f64 / 100.0, (2.0 + (100 + at % 200) as f64 / 1000.0) / 100.0, at % 12)
}

pub fn text(products: usize, years: usize) -> String {
    let mut text = format!("model bench {{ timeline = 2026-01 to {}-12, currency = USD }}\n{KIND}", 2025 + years);
    for at in 0..products {
        let (cents, share, month) = (at % 100, 100 + at % 200, at % 12 + 1);
        writeln!(text, "plan p{at} {{ first = 40.{cents:02} USD/seat/month, lost = 2.{share}%/month, begins = 2026-{month:02} }}").unwrap();
    }
    text
}
