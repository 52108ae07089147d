//! How long a session takes from Enter to the answer, for a model of 500 lines.
#![allow(clippy::print_stdout, clippy::expect_used, missing_docs, reason = "a bench prints")]

use biz::workspace::{Ask, Facts, Memory};
use std::hint::black_box;
use std::time::Instant;

/// One line of business of 24 lines.
const PART: &str = "
market mN \"Companies N\" {
  size        = 1.8M company growing 3%/year      ## assumed
  serviceable = 35%
  penetration ~ 1.5% to 3%
  demand      = 320 question/company/month
}
pricing byN {
  subscription = 49 USD/company/month
  meter answersN {
    quantity = 200 question/month
    included = 50 question
    usage = graduated {
      450 question: 0.69 USD/question
      beyond:       0.49 USD/question
    }
  }
}
product pN {
  market    = mN
  pricing   = byN
  launch    = 2026-04
  churn     = 2.5%/month
}
cost workN { amount = 12k USD/month growing 6%/year }
";

fn model(lines: usize) -> String {
    let mut text = "model plan { timeline = 2026-01 to 2030-12, currency = USD }\nunit company / companies\nunit question / questions\n".to_owned();
    let mut at = 0;
    while text.lines().count() + 26 <= lines {
        text += &PART.replace('N', &at.to_string());
        at += 1;
    }
    while text.lines().count() < lines {
        at += 1;
        text += &format!("extra_{at} = {at} USD/month\n");
    }
    text
}

fn main() {
    let text = model(500);
    assert_eq!(text.lines().count(), 500);
    let files = Memory::new([("plan.biz", text.as_bytes())]);
    for query in ["extra_40 * 2", "final(cash)", "p1.revenue", "revenue"] {
        let queries = [query.to_owned()];
        let ask = Ask { queries: &queries, ..Ask::default() };
        let (mut open, mut whole) = (Vec::new(), Vec::new());
        for _ in 0..30 {
            let start = Instant::now();
            let mut facts = Facts::open(&files, &ask);
            open.push(start.elapsed().as_secs_f64() * 1e3);
            black_box(facts.evaluate());
            assert!(facts.mistakes.is_empty(), "{:?}", facts.mistakes.first());
            whole.push(start.elapsed().as_secs_f64() * 1e3);
        }
        open.sort_by(f64::total_cmp);
        whole.sort_by(f64::total_cmp);
        println!("{query:20} open {:.1} ms, whole {:.1} ms (worst {:.1})", open[15], whole[15], whole[29]);
    }
}
