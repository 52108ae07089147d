//! Shares of variances and the worth of knowing, where both have closed forms.

use super::{facts, near, number};
use biz::report::{Sensitivity, Worth};
use biz::workspace::{Ask, Movable, Samples, Wanted};

fn asked(text: &str, target: &str) -> Sensitivity {
    let queries = [target.to_owned()];
    let samples = Samples { count: 65_536, ..Samples::default() };
    let mut plan = facts(text, Ask { queries: &queries, samples: Some(samples), ..Ask::default() });
    plan.sensitivity(Movable::Uncertain).expect("an answer")
}

/// Shares by name, first and total, and that they lie within five standard errors of what they should be.
#[track_caller]
fn shares(told: &Sensitivity, wanted: &[(&str, f64, f64)]) {
    let shares = told.shares.as_ref().expect("shares");
    assert_eq!(shares.rows.len(), wanted.len());
    for (name, first, total) in wanted {
        let row = shares.rows.iter().find(|row| row.paths.join(" ") == *name).expect("the name is there");
        near(row.first.0, *first, 5.0 * row.first.1 + 1e-12);
        near(row.total.0, *total, 5.0 * row.total.1 + 1e-12);
        assert!(row.first.1 < 0.02 && row.total.1 < 0.02, "{row:?}");
    }
}

#[test]
fn ishigami() {
    // Ishigami and Homma 1990, a = 7, b = 0.1: sin x + 7 sin² y + 0.1 z⁴ sin x with x, y, z even over −π … π. Of such an angle
    // the sine is 2 B − 1 and its square B, where B is beta(1/2, 1/2). Shares in closed form, as in Saltelli et al. 2008, 4.4.
    let text = "wave ~ beta(0.5, 0.5)\nhill ~ beta(0.5, 0.5)\nz ~ uniform(-3.14159265358979, 3.14159265358979)\n\
                y = (2 * wave - 1) * (1 + 0.1 * z ^ 4) + 7 * hill\n";
    let told = asked(text, "y");
    shares(&told, &[("wave", 0.313_9, 0.557_6), ("hill", 0.442_4, 0.442_4), ("z", 0.0, 0.243_7)]);
    let all = told.shares.as_ref().expect("shares");
    // a²/8 + bπ⁴/5 + b²π⁸/18 + 1/2 = 13.8446; a/2 = 3.5.
    near(number(&all.deviation).powi(2), 13.844_6, 0.2);
    near(number(&all.mean), 3.5, 0.05);
}

#[test]
fn sums_and_products() {
    // Of a sum a share is its variance over all: 9, 16 and 144/12 of 37.
    let sum = "a ~ normal(0, 3)\nb ~ normal(1, 4)\nc ~ uniform(0, 12)\ny = a + b - c\n";
    shares(&asked(sum, "y"), &[("a", 9.0 / 37.0, 9.0 / 37.0), ("b", 16.0 / 37.0, 16.0 / 37.0), ("c", 12.0 / 37.0, 12.0 / 37.0)]);
    // Of a product of means 1 with variances u, v: (1 + u)(1 + v) − 1 in all, u of it by the first alone, u + u v with the other.
    let product = "a ~ normal(1, 0.5)\nb ~ normal(1, 0.25)\ny = a * b\n";
    let (u, v) = (0.25, 0.0625);
    let all = (1.0 + u) * (1.0 + v) - 1.0;
    shares(&asked(product, "y"), &[("a", u / all, u * (1.0 + v) / all), ("b", v / all, v * (1.0 + u) / all)]);
}

#[test]
fn names_that_go_together_share() {
    let text = "a ~ normal(0, 3)\nb ~ normal(0, 4)\nc ~ normal(0, 5)\ny = a + b + c\ncorrelate a, b by 0.5\n";
    // Ranks that correlate by 0.5 are of normals that do by 2 sin(π/12) = 0.517638: 9 + 16 + 24 × 0.517638 = 37.4233 with c's 25.
    let both = 37.423_314;
    let all = both + 25.0;
    shares(&asked(text, "y"), &[("a b", both / all, both / all), ("c", 25.0 / all, 25.0 / all)]);
}

#[test]
fn tornado() {
    let told = asked("a ~ normal(10, 2)\nb ~ uniform(0, 10)\nk = 3\ny = a * b + k\n", "y");
    // b from 1 to 9 at a = 10; a by 1.2815515655446 deviations of 2 at b = 5.
    let ends: Vec<(String, f64, f64)> =
        told.bars.iter().map(|bar| (bar.path.clone(), number(&bar.low.1), number(&bar.high.1))).collect();
    assert_eq!(ends.iter().map(|end| end.0.as_str()).collect::<Vec<_>>(), ["b", "a"]);
    near(ends[0].1, 13.0, 1e-9);
    near(ends[0].2, 93.0, 1e-9);
    near(ends[1].1, 53.0 - 12.815_515_655_446, 1e-9);
    near(ends[1].2, 53.0 + 12.815_515_655_446, 1e-9);
    near(number(&told.base), 53.0, 1e-12);
    let plain = asked("p = 4\nq = 5\ny = p * q + p\n", "y");
    let swings: Vec<f64> = plain.bars.iter().map(|bar| bar.swing().expect("a swing")).collect();
    near(swings[0], 4.8, 1e-9);
    near(swings[1], 4.0, 1e-9);
    assert!(plain.shares.is_none());
}

fn choice(samples: u64) -> Worth {
    let text = "model m { currency = USD }\na ~ normal(10 USD, 3 USD)\nb ~ normal(9 USD, 4 USD)\ngain = a\nscenario other { gain = b }\n";
    let queries = ["gain".to_owned()];
    let samples = Samples { count: samples, ..Samples::default() };
    let mut plan = facts(text, Ask { queries: &queries, samples: Some(samples), ..Ask::default() });
    plan.worth(&["base".to_owned(), "other".to_owned()], Wanted::Highest).expect("an answer")
}

#[test]
fn two_normals() {
    let told = choice(65_536);
    assert_eq!(told.best, 0);
    // The gain of b − a ~ N(−1, 5) over 0 is σ φ(μ/σ) + μ Φ(μ/σ); of b alone known N(−1, 4), of a alone N(−1, 3).
    let gain = |sigma: f64| sigma * biz::numeric::normal_density(1.0 / sigma) - biz::numeric::normal_cdf(-1.0 / sigma);
    near(number(&told.perfect.0), gain(5.0), 5.0 * number(&told.perfect.1));
    assert!(number(&told.perfect.1) < 0.02);
    let names: Vec<&str> = told.names.iter().map(|one| one.path.as_str()).collect();
    assert_eq!(names, ["b", "a"]);
    near(number(&told.names[0].worth.0), gain(4.0), 0.03);
    near(number(&told.names[1].worth.0), gain(3.0), 0.03);
    near(told.choices[1].best, biz::numeric::normal_cdf(-0.2), 0.01);
}

/// Three stocks against a demand of 40, 100 or 200, each bought at 4 and sold at 10: means 240, 420 and 220; with the demand known
/// 0.3 × 240 + 0.5 × 600 + 0.2 × 1200 = 612, so that to know it, all that there is to know, is worth 192.
#[test]
fn a_name_of_a_few_values() {
    let text = "model m { currency = USD }\ndemand ~ discrete { 40: 30%, 100: 50%, 200: 20% }\nstock = 100\n\
                gain = (min(demand, stock) * 10 - stock * 4) * 1 USD\nscenario small { stock = 40 }\nscenario large { stock = 200 }\n";
    let queries = ["gain".to_owned()];
    let samples = Samples { count: 16_384, ..Samples::default() };
    let mut plan = facts(text, Ask { queries: &queries, samples: Some(samples), ..Ask::default() });
    let told = plan.worth(&["base", "small", "large"].map(str::to_owned), Wanted::Highest).expect("an answer");
    near(number(&told.perfect.0), 192.0, 0.1);
    near(number(&told.names[0].worth.0), number(&told.perfect.0), 1e-9);
}

/// A draw whose figures are known without samples is moved about its own mean: 10 or 20 are 15, a tenth of it 1.5; of what is above 12
/// half of 20 is left, 4, and half of 18 or of 22.
#[test]
fn a_draw_of_few_outcomes_is_moved_about_its_mean() {
    let text = "plan ~ discrete { 10: 50%, 20: 50% }\n";
    let bar = |asked_of: &str| {
        let told = asked(text, asked_of);
        let [bar] = told.bars.as_slice() else { panic!("{:?}", told.bars) };
        [&bar.low.0, &bar.high.0, &bar.low.1, &bar.high.1].map(number)
    };
    assert_eq!(bar("mean(max(plan - 12, 0))"), [13.5, 16.5, 3.0, 5.0]);
    assert_eq!(bar("mean(plan * 2)"), [13.5, 16.5, 27.0, 33.0]);
}
