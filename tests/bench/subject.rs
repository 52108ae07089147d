//! The engine under test: the one place where the benches of trials touch it.

use crate::measure::Figures;
use std::path::Path;

/// How samples are drawn.
#[derive(Clone, Copy, Debug)]
pub enum Sampling {
    Random,
}

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

/// Times so many rounds of the calculation alone; none while the engine has nothing to offer here.
pub fn measure(asked: &Asked) -> Option<Figures> {
    let _ = (asked.model, asked.samples, asked.sampling, asked.threads, asked.rounds);
    None
}
