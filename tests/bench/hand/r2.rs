//! R2 by hand: four products side by side, month after month; every series is kept.

use super::lanes::X4;
use crate::r2::product;
use pulp::x86::V3;
use std::array::from_fn;

pub const PRODUCTS: usize = 1_000;
pub const MONTHS: usize = 120;
const VECTORS: usize = PRODUCTS / 4;
/// Seats, leaving, usage, price, revenue, spent, margin, ratio, sold and saved; joining and lifetime are the same for all products or months.
const SERIES: usize = 10;

type Row = [[f64; 4]; VECTORS];

/// The inputs, and room for every series, which is used again in every run.
pub struct Products {
    first: Row,
    lost: Row,
    begins: Row,
    pub lifetime: Row,
    pub joining: [f64; MONTHS],
    growth: [f64; MONTHS],
    pub series: Vec<[Row; SERIES]>,
}

impl Products {
    pub fn new() -> Products {
        let row = |value: fn(usize) -> f64| from_fn(|vector| from_fn(|lane| value(4 * vector + lane)));
        Products {
            first: row(|at| product(at).0),
            lost: row(|at| product(at).1),
            begins: row(|at| product(at).2 as f64),
            lifetime: [[0.0; 4]; VECTORS],
            joining: from_fn(|month| 100.0 * 1.2_f64.powf(month as f64 / 12.0)),
            growth: from_fn(|month| 1.03_f64.powf(month as f64 / 12.0)),
            series: vec![[[[0.0; 4]; VECTORS]; SERIES]; MONTHS],
        }
    }

    /// The revenue of all products in the last month, so that nothing can be left out.
    pub fn run(&mut self, simd: V3) -> f64 {
        for (lifetime, lost) in self.lifetime.as_flattened_mut().iter_mut().zip(self.lost.as_flattened()) {
            *lifetime = 1.0 / lost;
        }
        simd.vectorize(Play { simd, products: self });
        self.series[MONTHS - 1][4].as_flattened().iter().sum()
    }
}

struct Play<'a> {
    simd: V3,
    products: &'a mut Products,
}

impl pulp::NullaryFnOnce for Play<'_> {
    type Output = ();
    #[inline(always)]
    fn call(self) {
        let Play { simd, products } = self;
        let mut seats = [[10.0; 4]; VECTORS];
        let mut saved = [[0.0; 4]; VECTORS];
        let zero = X4::splat(simd, 0.0);
        for (month, series) in products.series.iter_mut().enumerate() {
            let (joining, growth) = (X4::splat(simd, products.joining[month]), X4::splat(simd, products.growth[month]));
            let now = X4::splat(simd, month as f64);
            for at in 0..VECTORS {
                let opening = X4::of(simd, seats[at]);
                let leaving = X4::of(simd, products.lost[at]) * opening;
                let closing = opening + (joining - leaving);
                let usage = closing * 90.0;
                let price = X4::of(simd, products.first[at]) * growth;
                let middle = (usage.min(zero.same(100e3)) - 10e3).max(zero);
                let tiers = (usage - 100e3).max(zero).fma(zero.same(0.012), middle * 0.02);
                let revenue = closing.fma(price, tiers);
                let spent = usage * 0.004;
                let margin = revenue - spent;
                let sold = now.below(X4::of(simd, products.begins[at])).choose(zero, revenue);
                let total = X4::of(simd, saved[at]) + margin;
                seats[at] = closing.values();
                saved[at] = total.values();
                series[0][at] = closing.values();
                series[1][at] = leaving.values();
                series[2][at] = usage.values();
                series[3][at] = price.values();
                series[4][at] = revenue.values();
                series[5][at] = spent.values();
                series[6][at] = margin.values();
                series[7][at] = margin.over(revenue).values();
                series[8][at] = sold.values();
                series[9][at] = total.values();
            }
        }
    }
}
