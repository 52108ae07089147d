//! The engine under test: the one place where the benches of trials touch it.

use crate::measure::{Figures, time};
use biz::check::model::{CellId, Model};
use biz::check::{self, check};
use biz::compile::{Compiled, Target, What, compile};
use biz::numeric::stream::name_hash;
use biz::run::{Nobody, Order, Output, Seeds, Summary, sampled};
use biz::syntax::{ast, parse};
use biz::tape::SlotId;
use biz::text::{FileId, Source};
use std::num::NonZero;
use std::path::Path;

pub use biz::run::Sampling;

/// What is asked of the engine.
#[derive(Debug)]
pub struct Asked<'a> {
    /// A `.biz` file; none of R2, whose text is generated.
    pub model: &'a Path,
    pub samples: usize,
    pub sampling: Sampling,
    pub threads: usize,
    pub rounds: usize,
}

/// What R1 is asked for.
const OUTPUTS: [&str; 6] = ["revenue", "gross_profit", "ebitda", "cash", "lowest_cash", "break_even"];

/// Times so many rounds of the calculation alone; none of a model that is not there.
pub fn measure(asked: &Asked<'_>) -> Option<Figures> {
    let text = std::fs::read_to_string(asked.model).ok()?;
    let model = model(&text);
    let (compiled, slots) = compiled(&model);
    let names = (0..model.cells.len() as u32).map(|id| (id, name_hash(&model.cell(CellId(id)).path))).collect();
    let seeds = Seeds { seed: 0, sampling: asked.sampling, samples: asked.samples as u64, names, copulas: Vec::new() };
    let outputs: Vec<Output> = slots.into_iter().map(|slot| Output { slot, shares: vec![0.05, 0.5, 0.95], order: Order::Exact }).collect();
    let threads = NonZero::new(asked.threads);
    Some(time(asked.rounds, |seed| {
        let seeds = Seeds { seed, ..seeds.clone() };
        let told = sampled(&compiled.tape, &seeds, &outputs, threads, &Nobody).summaries;
        told.iter().flatten().map(four).collect()
    }))
}

/// A model's text, checked with the whole prelude.
pub fn model(text: &str) -> Model {
    let texts = biz::prelude::texts().iter().enumerate();
    let sources: Vec<Source> = texts.map(|(at, (name, text))| Source::new(FileId(at as u32), *name, *text)).collect();
    let prelude: Vec<ast::File> = sources.iter().map(|source| parse(source).file).collect();
    let prelude: Vec<&ast::File> = prelude.iter().collect();
    let file = parse(&Source::new(FileId(sources.len() as u32), "model.biz", text)).file;
    let checked = check(&check::Asked { prelude: &prelude, files: &[file], sets: &[], queries: &[] });
    checked.model.expect("the model is sound")
}

fn compiled(model: &Model) -> (Compiled, Vec<SlotId>) {
    let target = |name: &str| Target { what: What::Cell(model.find(name).expect(name)), scenario: None, over: None };
    let targets = OUTPUTS.map(target);
    let compiled = compile(model, &targets);
    let slots = targets.iter().map(|target| compiled.slot(*target).expect("it is computed")).collect();
    (compiled, slots)
}

fn four(summary: &Summary) -> [f64; 4] {
    let [low, middle, high] = summary.shares[..] else { return [f64::NAN; 4] };
    [summary.mean.unwrap_or(f64::NAN), low, middle, high]
}
