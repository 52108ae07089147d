//! How long a session takes from Enter to the answer, for a model of 500 lines; and for R2 where another input was tried before.
#![allow(clippy::print_stdout, clippy::expect_used, clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "a bench prints")]

mod r2;

use biz::export::Style;
use biz::export::plot::Colour;
use biz::repl::{Manner, Session, follower, take};
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

fn session(text: &str) -> Session {
    let file = std::env::temp_dir().join(format!("biz-bench-{}.biz", std::process::id()));
    std::fs::write(&file, text).expect("a file can be written");
    let mut session = Session::empty(Manner::Talk, Colour::Plain, follower());
    let loaded = session.load(&file.to_string_lossy());
    std::fs::remove_file(&file).expect("it is there");
    assert!(loaded.mistakes.is_empty(), "{:?}", loaded.mistakes.first());
    session
}

/// What a question takes that is asked again after one input was given another value.
fn tried() {
    let mut session = session(&r2::text(1_000, 10));
    let mut spent = Vec::new();
    for at in 0..21 {
        let what = format!(":what p500.first = {} USD/seat/month", 40 + at);
        assert!(take(&mut session, &what, Style::default()).mistakes.is_empty());
        let start = Instant::now();
        black_box(take(&mut session, "all[2027]", Style::default()));
        spent.push(start.elapsed().as_secs_f64() * 1e3);
    }
    let first = spent.remove(0);
    spent.sort_by(f64::total_cmp);
    println!("R2, all[2027] after another price: {:.2} ms, the fastest {:.2}, the slowest {:.2}; the first time {first:.1}", spent[10], spent[0], spent[19]);
}

fn main() {
    let text = model(500);
    assert_eq!(text.lines().count(), 500);
    let session = session(&text);
    let entries = [
        "extra_40 * 2", "p1.revenue", "revenue", "final(cash)", "m3.size[2027] / 1k", "extra_40 = 7 USD/month", "p2.churn = 3%/month", ":unit cash",
        ":why p1.revenue[2027-03]", ":show p1.revenue", ":what m2.size = 2M company", ":drop", "no_such_name + 1",
    ];
    for entry in entries {
        let mut spent = Vec::new();
        let before = processor();
        for _ in 0..21 {
            let mut copy = session.clone();
            if entry == ":drop" {
                take(&mut copy, ":what m2.size = 2M company", Style::default());
            }
            let start = Instant::now();
            black_box(take(&mut copy, entry, Style::default()));
            spent.push(start.elapsed().as_secs_f64() * 1e3);
        }
        spent.sort_by(f64::total_cmp);
        let used = (processor() - before) / 21.0;
        println!("{entry:30} {:6.1} ms, the fastest {:.1}, the slowest {:.1}; {used:.1} ms of a processor", spent[10], spent[0], spent[20]);
    }
    tried();
}

/// Milliseconds of a processor that this process has used, in steps of ten; 0 where the system does not tell.
fn processor() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or("").split_whitespace();
    fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() * 10.0
}
