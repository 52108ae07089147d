//! R3 by hand: R1 at its means over a grid of price and churn. Adoption is the same everywhere, and churn alone moves the customers.

use super::lanes::X4;
use super::r1::MONTHS;
use pulp::x86::V3;

pub const SIDE: usize = 100;
/// Prices that run side by side, so that one waits for no other.
const ABREAST: usize = 4;

pub fn price(at: usize) -> f64 {
    25.0 + 0.5 * at as f64
}

pub fn churn(at: usize) -> f64 {
    0.01 + 0.0005 * at as f64
}

/// Total revenue, last cash, lowest cash and the first month without a loss, of each price by four churns each.
pub type Answers = Vec<[[[f64; 4]; 4]; SIDE / 4]>;

pub fn run(simd: V3, answers: &mut Answers) {
    answers.resize(SIDE, [[[0.0; 4]; 4]; SIDE / 4]);
    simd.vectorize(Grid { simd, answers });
}

/// The mean of each answer over the grid.
pub fn means(answers: &Answers) -> [f64; 4] {
    std::array::from_fn(|which| {
        let all = answers.iter().flatten().flat_map(|answer| answer[which]);
        all.sum::<f64>() / (SIDE * SIDE) as f64
    })
}

struct Grid<'a> {
    simd: V3,
    answers: &'a mut Answers,
}

impl pulp::NullaryFnOnce for Grid<'_> {
    type Output = ();
    #[inline(always)]
    fn call(self) {
        let Grid { simd, answers } = self;
        let (new, cost) = adoption();
        // The mean of a normal cut off at 1: 8 + 1.5 × density(z) ÷ (1 − Φ(z)), with z = (1 − 8) ÷ 1.5.
        let seats = 8.0 + 1.5 * biz::numeric::normal_density(-7.0 / 1.5) / biz::numeric::normal_cdf(7.0 / 1.5);
        let usage = 120e3 * 0.125_f64.exp();
        let charge = 0.02e-3 * (usage - 50e3);
        let mut active = [X4::splat(simd, 0.0); MONTHS];
        for vector in 0..SIDE / 4 {
            let stays = [churn(4 * vector), churn(4 * vector + 1), churn(4 * vector + 2), churn(4 * vector + 3)];
            let stays = -(X4::of(simd, stays) - 1.0);
            let mut level = X4::splat(simd, 0.0);
            let mut sum = level;
            for month in 0..MONTHS {
                level = level.fma(stays, level.same(new[month]));
                active[month] = level;
                sum = sum + level;
            }
            for first in (0..SIDE).step_by(ABREAST) {
                let mut profit_each = [level; ABREAST];
                for (at, profit) in profit_each.iter_mut().enumerate() {
                    let revenue = seats * price(first + at) + charge;
                    answers[first + at][vector][0] = (sum * revenue).values();
                    *profit = level.same(0.88 * revenue - 0.004e-3 * usage);
                }
                let mut cash = [level.same(5e6); ABREAST];
                let mut lowest = [level.same(f64::INFINITY); ABREAST];
                let mut reached = [level.same(MONTHS as f64); ABREAST];
                for month in 0..MONTHS {
                    for at in 0..ABREAST {
                        let ebitda = active[month].fma(profit_each[at], level.same(-cost[month]));
                        cash[at] = cash[at] + ebitda;
                        lowest[at] = lowest[at].min(cash[at]);
                        let later = ebitda.below(level.same(0.0)).choose(level.same(f64::INFINITY), level.same(month as f64));
                        reached[at] = reached[at].min(later);
                    }
                }
                for at in 0..ABREAST {
                    let answer = &mut answers[first + at][vector];
                    answer[1] = cash[at].values();
                    answer[2] = lowest[at].values();
                    answer[3] = reached[at].values();
                }
            }
        }
    }
}

/// New customers by month, and what they and the fixed costs take.
fn adoption() -> ([f64; MONTHS], [f64; MONTHS]) {
    let ceiling = 2e6 * 0.14 / 3.0;
    let (p, q) = (0.003 * 0.045_f64.exp(), 0.12 * 0.02_f64.exp());
    let (mut new, mut cost, mut adopters) = ([0.0; MONTHS], [0.0; MONTHS], 0.0);
    for month in 0..MONTHS {
        new[month] = (p + q * adopters / ceiling) * (ceiling - adopters);
        adopters += new[month];
        cost[month] = 900.0 * new[month] + 250e3 * 1.015_f64.powi(month as i32);
    }
    (new, cost)
}
