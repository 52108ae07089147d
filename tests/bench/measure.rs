//! Times of one variant in a process of its own, and how they travel to the parent.

use serde_json::{Value, json};
use std::time::Instant;

/// What a child process tells: seconds of each round, processor seconds of all rounds, its peak memory, and figures to compare.
pub struct Figures {
    pub seconds: Vec<f64>,
    pub processor: f64,
    pub peak_kb: f64,
    /// Mean, p5, p50 and p95 of each output.
    pub outputs: Vec<[f64; 4]>,
}

/// Times a work after one round that counts for nothing.
pub fn time(rounds: usize, mut work: impl FnMut(u64) -> Vec<[f64; 4]>) -> Figures {
    let mut outputs = work(0);
    let mut seconds = Vec::new();
    let before = processor();
    for round in 0..rounds {
        let begin = Instant::now();
        outputs = work(round as u64 + 1);
        seconds.push(begin.elapsed().as_secs_f64());
    }
    Figures { seconds, processor: (processor() - before) / rounds as f64, peak_kb: peak_kb(), outputs }
}

/// Processor seconds of this process so far, on steps of a hundredth; 0 where the system does not tell.
fn processor() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or("").split_whitespace();
    fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

fn peak_kb() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()).and_then(|figure| figure.parse().ok()).unwrap_or(0.0)
}

impl Figures {
    pub fn to_json(&self) -> String {
        json!({ "seconds": self.seconds, "processor": self.processor, "peak_kb": self.peak_kb, "outputs": self.outputs }).to_string()
    }

    /// None if the text is no such figures: the child has failed or has nothing to tell.
    pub fn from_json(text: &str) -> Option<Figures> {
        let value: Value = serde_json::from_str(text.trim()).ok()?;
        let numbers = |value: &Value| value.as_array()?.iter().map(Value::as_f64).collect::<Option<Vec<_>>>();
        let four = |value: &Value| numbers(value)?.try_into().ok();
        Some(Figures {
            seconds: numbers(&value["seconds"])?,
            processor: value["processor"].as_f64().unwrap_or(0.0),
            peak_kb: value["peak_kb"].as_f64()?,
            outputs: value["outputs"].as_array()?.iter().map(four).collect::<Option<Vec<_>>>()?,
        })
    }
}

pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
