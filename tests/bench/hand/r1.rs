//! R1 by hand: draws, months and percentiles of one chunk after the other, on all cores.

use super::brackets::{Column, LANES, Output, VECTORS};
use super::draws::{BetaCurve, Random, lognormal, normal_from, triangular};
use super::lanes::X4;
use pulp::x86::V3;
use std::sync::atomic::{AtomicUsize, Ordering};

pub const MONTHS: usize = 60;
/// Revenue, gross profit, EBITDA and cash of each month, then the lowest cash.
pub const OUTPUTS: usize = 4 * MONTHS + 1;
/// After so many samples the brackets are closed tighter. Each is a multiple of a chunk.
const STAGES: [usize; 5] = [1 << 11, 1 << 13, 1 << 15, 1 << 17, 1 << 19];

/// How often churn and usage are drawn.
#[derive(Clone, Copy, PartialEq)]
pub enum Draws {
    Once,
    EachMonth,
}

/// Mean, p5, p50 and p95 of each output, and how many samples break even in each month; the last never do.
pub struct Answer {
    pub outputs: Vec<[f64; 4]>,
    pub break_even: [u64; MONTHS + 1],
}

pub fn simulate(simd: V3, samples: usize, draws: Draws, seed: u64, threads: usize) -> Answer {
    // A bracket of 4.5 deviations misses once in some hundred runs; then all is done again with wider ones.
    let mut deviations = 4.5;
    loop {
        if let Some(answer) = attempt(simd, samples, draws, seed, threads, deviations) {
            return answer;
        }
        deviations *= 2.0;
    }
}

fn attempt(simd: V3, samples: usize, draws: Draws, seed: u64, threads: usize, deviations: f64) -> Option<Answer> {
    let model = Model::new(seed, samples);
    let mut outputs = vec![Output::new(); OUTPUTS];
    let mut break_even = [0; MONTHS + 1];
    let mut workers: Vec<Worker> = (0..threads).map(|_| Worker::new()).collect();
    let mut begin = 0;
    for end in STAGES.into_iter().filter(|stage| *stage < samples).chain([samples]) {
        let next = AtomicUsize::new(begin / LANES);
        std::thread::scope(|scope| {
            for worker in &mut workers {
                let (model, next) = (&model, &next);
                let work = Work { simd, worker, model, draws, next, end: end.div_ceil(LANES) };
                scope.spawn(move || simd.vectorize(work));
            }
        });
        gather(&mut outputs, &mut workers, |output| {
            if end < samples {
                output.tighten(end, deviations);
            }
        });
        begin = end;
    }
    for worker in &workers {
        break_even.iter_mut().zip(worker.break_even).for_each(|(sum, part)| *sum += part);
    }
    let share = outputs.len().div_ceil(threads);
    let answers = std::thread::scope(|scope| {
        let answer = |part: &mut [Output]| part.iter_mut().map(|output| output.answer(samples)).collect::<Option<Vec<_>>>();
        let parts: Vec<_> = outputs.chunks_mut(share).map(|part| scope.spawn(move || answer(part))).collect();
        parts.into_iter().map(|part| part.join().expect("it ends")).collect::<Option<Vec<_>>>()
    })?;
    Some(Answer { outputs: answers.concat(), break_even })
}

/// Joins what the workers have found, a share of the outputs on each thread, and does the rest of the work on each.
fn gather(outputs: &mut [Output], workers: &mut [Worker], then: impl Fn(&mut Output) + Sync) {
    let share = outputs.len().div_ceil(workers.len());
    std::thread::scope(|scope| {
        let mut parts: Vec<_> = workers.iter_mut().map(|worker| worker.outputs.chunks_mut(share)).collect();
        for own in outputs.chunks_mut(share) {
            let mut found: Vec<_> = parts.iter_mut().filter_map(Iterator::next).collect();
            let then = &then;
            scope.spawn(move || {
                for (at, output) in own.iter_mut().enumerate() {
                    found.iter_mut().for_each(|part| output.join(&mut part[at]));
                    then(output);
                    found.iter_mut().for_each(|part| part[at].follow(output));
                }
            });
        }
    });
}

struct Model {
    seed: u64,
    samples: usize,
    churn: BetaCurve,
    fixed: [f64; MONTHS],
}

impl Model {
    fn new(seed: u64, samples: usize) -> Model {
        let fixed = std::array::from_fn(|month| 250e3 * 1.015_f64.powi(month as i32));
        Model { seed, samples, churn: BetaCurve::new(0.03, 200.0), fixed }
    }
}

struct Worker {
    outputs: Vec<Output>,
    break_even: [u64; MONTHS + 1],
}

/// What a sample draws once, and what it carries from month to month.
struct Chunk {
    ceiling: Column,
    innovation: Column,
    /// q ÷ ceiling.
    imitation: Column,
    /// The part that stays.
    stays: Column,
    seat_revenue: Column,
    revenue_each: Column,
    profit_each: Column,
    adopters: Column,
    active: Column,
    cash: Column,
    lowest: Column,
    /// The first month without a loss, counted from 0; beyond the last if there is none.
    reached: Column,
    series: [Column; 4],
}

/// What a thread does in one stage.
struct Work<'a> {
    simd: V3,
    worker: &'a mut Worker,
    model: &'a Model,
    draws: Draws,
    next: &'a AtomicUsize,
    end: usize,
}

impl pulp::NullaryFnOnce for Work<'_> {
    type Output = ();
    #[inline(always)]
    fn call(self) {
        self.worker.run(self.simd, self.model, self.draws, self.next, self.end);
    }
}

impl Worker {
    fn new() -> Worker {
        Worker { outputs: vec![Output::new(); OUTPUTS], break_even: [0; MONTHS + 1] }
    }

    #[inline(always)]
    fn run(&mut self, simd: V3, model: &Model, draws: Draws, next: &AtomicUsize, end: usize) {
        let mut chunk = Box::new(Chunk::EMPTY);
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= end {
                return;
            }
            let mut random = Random::of_chunk(simd, model.seed, number as u64);
            chunk.begin(model, &mut random, simd);
            let samples = LANES.min(model.samples - number * LANES);
            for month in 0..MONTHS {
                if draws == Draws::EachMonth {
                    chunk.draw_month(model, &mut random, simd);
                }
                chunk.month(simd, month as f64, model.fixed[month]);
                for (at, column) in chunk.series.iter().enumerate() {
                    self.outputs[4 * month + at].take_up_to(simd, column, samples);
                }
            }
            self.outputs[4 * MONTHS].take_up_to(simd, &chunk.lowest, samples);
            for reached in &chunk.reached.0.as_flattened()[..samples] {
                self.break_even[*reached as usize] += 1;
            }
        }
    }
}

impl Output {
    #[inline(always)]
    fn take_up_to(&mut self, simd: V3, column: &Column, samples: usize) {
        if samples == LANES { self.take(simd, column) } else { self.take_some(column, samples) }
    }
}

impl Chunk {
    const EMPTY: Chunk = Chunk {
        ceiling: Column::ZERO,
        innovation: Column::ZERO,
        imitation: Column::ZERO,
        stays: Column::ZERO,
        seat_revenue: Column::ZERO,
        revenue_each: Column::ZERO,
        profit_each: Column::ZERO,
        adopters: Column::ZERO,
        active: Column::ZERO,
        cash: Column::ZERO,
        lowest: Column::ZERO,
        reached: Column::ZERO,
        series: [Column::ZERO; 4],
    };

    #[inline(always)]
    fn begin(&mut self, model: &Model, random: &mut Random, simd: V3) {
        for at in 0..VECTORS {
            let ceiling = triangular(random.uniform(), [0.02, 0.04, 0.08]) * 2e6;
            let ((first, second), (third, fourth), (fifth, _)) = (random.normals(), random.normals(), random.normals());
            let imitation = lognormal(second, 0.12_f64.ln(), 0.2);
            let seats = normal_from(third, random, (1.0 - 8.0) / 1.5) * 1.5 + 8.0;
            self.ceiling.0[at] = ceiling.values();
            self.innovation.0[at] = lognormal(first, 0.003_f64.ln(), 0.3).values();
            self.imitation.0[at] = imitation.over(ceiling).values();
            self.seat_revenue.0[at] = (seats * 49.0).values();
            self.set_usage(at, X4::of(simd, self.seat_revenue.0[at]), lognormal(fourth, 120e3_f64.ln(), 0.5));
            self.stays.0[at] = (-(model.churn.at(fifth) - 1.0)).values();
        }
        self.adopters = Column::ZERO;
        self.active = Column::ZERO;
        self.cash = Column([[5e6; 4]; VECTORS]);
        self.lowest = Column([[f64::INFINITY; 4]; VECTORS]);
        self.reached = Column([[MONTHS as f64; 4]; VECTORS]);
    }

    #[inline(always)]
    fn draw_month(&mut self, model: &Model, random: &mut Random, simd: V3) {
        for at in 0..VECTORS {
            let (first, second) = random.normals();
            self.set_usage(at, X4::of(simd, self.seat_revenue.0[at]), lognormal(first, 120e3_f64.ln(), 0.5));
            self.stays.0[at] = (-(model.churn.at(second) - 1.0)).values();
        }
    }

    /// What a customer brings and leaves in a month, by the tokens used.
    #[inline(always)]
    fn set_usage(&mut self, at: usize, seat_revenue: X4, usage: X4) {
        let zero = usage.same(0.0);
        let middle = (usage.min(usage.same(500e3)) - 50e3).max(zero);
        let beyond = (usage - 500e3).max(zero);
        let revenue = beyond.fma(usage.same(0.012e-3), middle.fma(usage.same(0.02e-3), seat_revenue));
        self.revenue_each.0[at] = revenue.values();
        self.profit_each.0[at] = usage.fma(usage.same(-0.004e-3), revenue * 0.88).values();
    }

    #[inline(always)]
    fn month(&mut self, simd: V3, month: f64, fixed: f64) {
        let (month, fixed, acquisition) = (X4::splat(simd, month), X4::splat(simd, fixed), X4::splat(simd, 900.0));
        for at in 0..VECTORS {
            let adopters = X4::of(simd, self.adopters.0[at]);
            let new = adopters.fma(X4::of(simd, self.imitation.0[at]), X4::of(simd, self.innovation.0[at])) * (X4::of(simd, self.ceiling.0[at]) - adopters);
            let active = X4::of(simd, self.active.0[at]).fma(X4::of(simd, self.stays.0[at]), new);
            let revenue = active * X4::of(simd, self.revenue_each.0[at]);
            let profit = active * X4::of(simd, self.profit_each.0[at]);
            let ebitda = profit - new.fma(acquisition, fixed);
            let cash = X4::of(simd, self.cash.0[at]) + ebitda;
            let reached = ebitda.below(month.same(0.0)).choose(month.same(f64::INFINITY), month);
            self.adopters.0[at] = (adopters + new).values();
            self.active.0[at] = active.values();
            self.cash.0[at] = cash.values();
            self.lowest.0[at] = X4::of(simd, self.lowest.0[at]).min(cash).values();
            self.reached.0[at] = X4::of(simd, self.reached.0[at]).min(reached).values();
            self.series[0].0[at] = revenue.values();
            self.series[1].0[at] = profit.values();
            self.series[2].0[at] = ebitda.values();
            self.series[3].0[at] = cash.values();
        }
    }
}
