//! Streams: a draw hangs on the seed, the name, the sample and the period, and on nothing else.

use biz::report::Spread;
use biz::run::Sampling;
use biz::workspace::{Ask, Facts, Memory, Samples};
use std::collections::BTreeMap;
use std::num::NonZero;

const HEAD: &str = "model shop { timeline = 2026-01 to 2026-06, currency = USD }\nunit guest\n";

const LINES: [&str; 6] = [
    "guests ~ lognormal(median: 900 guest/month, sigma: 0.3) each period",
    "spend ~ triangular(3 USD/guest, 5 USD/guest, 9 USD/guest)",
    "rent ~ normal(3_000 USD/month, 200 USD/month)",
    "mood ~ beta(mean: 40%, concentration: 20)",
    "correlate rent, mood by 0.5",
    "sales = guests * spend * mood",
];

/// The spreads of every figure by its path.
fn spreads(lines: &[&str], samples: Samples, scenario: Option<&str>) -> BTreeMap<String, Vec<Spread>> {
    let text = format!("{HEAD}{}\n", lines.join("\n"));
    let files = Memory::new([("shop.biz", text.as_bytes())]);
    let mut facts = Facts::open(&files, &Ask { samples: Some(samples), scenario, ..Ask::default() });
    let told = facts.simulate(None, &[], &[0.05, 0.5, 0.95]).unwrap_or_else(|| panic!("{:?}", facts.mistakes));
    let fans = told.fans.into_iter().chain(told.figures);
    fans.filter_map(|fan| Some((fan.path?, fan.spreads))).collect()
}

fn samples(sampling: Sampling) -> Samples {
    Samples { count: 3_000, seed: 5, sampling, threads: None }
}

/// Every figure of the one is told the same by the other.
fn assert_kept(one: &BTreeMap<String, Vec<Spread>>, other: &BTreeMap<String, Vec<Spread>>, why: &str) {
    assert!(one.len() > 3, "{why}");
    for (path, spreads) in one {
        assert_eq!(format!("{:?}", Some(spreads)), format!("{:?}", other.get(path)), "{path}: {why}");
    }
}

#[test]
fn names_that_are_added_or_moved_move_no_other_draw() {
    for sampling in Sampling::ALL {
        let samples = samples(sampling);
        let base = spreads(&LINES, samples, None);
        for turn in 1..LINES.len() {
            let mut lines = LINES;
            lines.rotate_left(turn);
            assert_kept(&base, &spreads(&lines, samples, None), &format!("{sampling:?}, turned by {turn}"));
            let mut more = LINES.to_vec();
            more.insert(turn, "aside ~ uniform(0, 1) each period");
            more.insert(0, "before ~ poisson(3)");
            more.push("far ~ exponential(mean: 2)");
            more.push("correlate far, before by 0.3");
            more.push("both = far + before + aside");
            assert_kept(&base, &spreads(&more, samples, None), &format!("{sampling:?}, added at {turn}"));
        }
        let fewer: Vec<&str> = LINES.iter().copied().filter(|line| !line.starts_with("sales")).collect();
        let fewer = spreads(&fewer, samples, None);
        assert_kept(&fewer, &base, &format!("{sampling:?}, without sales"));
    }
}

#[test]
fn threads_move_no_draw() {
    for sampling in Sampling::ALL {
        let by = |threads| spreads(&LINES, Samples { count: 9_000, threads: NonZero::new(threads), ..samples(sampling) }, None);
        let base = by(1);
        (2..=5).for_each(|threads| assert_kept(&base, &by(threads), &format!("{sampling:?}, {threads} threads")));
    }
}

#[test]
fn scenarios_share_draws() {
    for sampling in Sampling::ALL {
        let mut lines = LINES.to_vec();
        lines.push("scenario dear { rent ~ normal(4_000 USD/month, 200 USD/month) }");
        let base = spreads(&lines, samples(sampling), None);
        let mut dear = spreads(&lines, samples(sampling), Some("dear"));
        // Only what the scenario changes is another: by the same scores, a thousand more.
        let (rent, dearer) = (base["rent"].clone(), dear.insert("rent".to_owned(), base["rent"].clone()).unwrap());
        assert_ne!(format!("{rent:?}"), format!("{dearer:?}"));
        assert_kept(&base, &dear, &format!("{sampling:?}, under a scenario"));
    }
}

#[test]
fn the_seed_and_the_name_move_draws() {
    for sampling in Sampling::ALL {
        let of = |seed, lines: &[&str]| spreads(lines, Samples { seed, ..samples(sampling) }, None);
        let base = of(5, &LINES);
        let other = of(6, &LINES);
        assert_ne!(format!("{:?}", base["spend"]), format!("{:?}", other["spend"]));
        let renamed: Vec<String> = LINES.iter().map(|line| line.replace("spend", "outlay")).collect();
        let renamed: Vec<&str> = renamed.iter().map(String::as_str).collect();
        let renamed = of(5, &renamed);
        assert_ne!(format!("{:?}", base["spend"]), format!("{:?}", renamed["outlay"]));
        assert_eq!(format!("{:?}", base["rent"]), format!("{:?}", renamed["rent"]));
    }
}
