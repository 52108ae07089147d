//! Cost: what a run will take, known before it is made, and how much it may.

use crate::run::{Order, Output};
use crate::tape::{Code, OpId, Shape, Tape};

/// How much a run may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Cells: names times periods times scenarios.
    pub cells: u64,
    /// Bytes of memory.
    pub bytes: u64,
}

impl Limits {
    /// What a run may take unless it is said otherwise.
    pub const USUAL: Self = Self { cells: 1_000_000_000, bytes: 4 << 30 };

    /// Cells of all samples together: they are played piece by piece, so that only time is spent on them.
    #[must_use]
    pub const fn sampled(self) -> u64 {
        self.cells.saturating_mul(1_000)
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self::USUAL
    }
}

/// What a run will take.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cost {
    /// Cells that are computed, once; what cohorts add up counts as so many more.
    pub cells: u64,
    /// For how many samples.
    pub samples: u64,
    /// Bytes of memory.
    pub bytes: u64,
    /// Seconds, as they were on the machine that this was measured on.
    pub seconds: f64,
}

/// Bytes of a value on a tape, with those that are made on the way to it.
const CELL: u64 = 16;
/// Bytes of a figure as it stands in a report.
pub(super) const SHOWN: u64 = 56;
/// Bytes of what is kept of an output in a step, and of each value that is kept of the first samples.
const TALLY: u64 = 2_048;
const KEPT: u64 = 8;
/// How many of the first samples are kept whole.
const FIRST: u64 = 2_048;
/// Bytes of the counts of an output in a step: a figure reaches over some eight powers of two.
const COUNTS: u64 = 8 * 4_096;
/// Seconds a cell, and a cell of a sample: 10⁻⁹ s is 4 operations of a vector.
const SECONDS: f64 = 5e-9;
const SECONDS_A_SAMPLE: f64 = 1e-9;

impl Cost {
    /// What a tape takes to be played, and its outputs to be looked at across samples.
    pub(super) fn of(tape: &Tape, outputs: &[Output], samples: u64, threads: u64) -> Self {
        let held = tape.values(1) as u64;
        let cells = held.saturating_add(tape.ops().iter().map(|op| cells_of_ages(tape, op.code)).fold(0, u64::saturating_add));
        let steps = |shape: Shape| match shape {
            Shape::Constant => 1,
            Shape::Series => u64::from(tape.timeline().steps),
        };
        // A share is looked for in an interval that holds some tens of √n values.
        let near = (samples as f64).sqrt() as u64 * 20;
        let tally = |output: &Output| {
            let shares = output.shares.len() as u64;
            let tally = match output.order {
                Order::Exact => TALLY * (threads + 1) + KEPT * (FIRST.min(samples) + shares * near.min(samples)),
                Order::Counted => (TALLY + COUNTS) * (threads + 1),
            };
            steps(tape.op(OpId(output.slot.0)).shape) * tally
        };
        // What the model itself asks across samples is known to the sample, whatever the limit.
        let asked = tape.ops().iter().filter(|op| op.code == Code::Statistic).map(|op| {
            let shares = u64::from(tape.args(op).len() > 1);
            steps(op.shape) * (TALLY * (threads + 1) + KEPT * (FIRST.min(samples) + shares * near.min(samples)))
        });
        let drawn = if samples > 0 { outputs.iter().map(tally).chain(asked).fold(0, u64::saturating_add) } else { 0 };
        let played = cells as f64 * samples as f64 * SECONDS_A_SAMPLE / threads.max(1) as f64;
        Self { cells, samples, bytes: held.saturating_mul(CELL).saturating_add(drawn), seconds: cells as f64 * SECONDS + played }
    }

    /// `1.8 thousand cells for 1 million samples, about 35 MiB and 0.9 s`
    #[must_use]
    pub fn told(&self) -> String {
        let samples = if self.samples == 0 { String::new() } else { format!(" for {} samples", counted(self.samples)) };
        format!("{} cells{samples}, about {} and {}", counted(self.cells), bytes(self.bytes), seconds(self.seconds))
    }
}

/// What cohorts take beside their own cells: in each step they add up all that have joined, half of the steps squared in all. Four
/// of these take as long as a cell; where a curve is read again for each that joins, one does.
fn cells_of_ages(tape: &Tape, code: Code) -> u64 {
    let steps = u64::from(tape.timeline().steps);
    let pairs = steps * (steps + 1) / 2;
    if code == Code::Cohorts {
        pairs / 4
    } else if code == Code::Vintages {
        pairs
    } else {
        0
    }
}

/// A count in two or three digits: `24`, `1.2 thousand`, `101 million`.
pub(super) fn counted(count: u64) -> String {
    let scaled = |by: f64, word: &str| {
        let number = (count as f64 / by * 10.0).round() / 10.0;
        if number < 10.0 && number.fract() != 0.0 { format!("{number:.1} {word}") } else { format!("{number:.0} {word}") }
    };
    match count {
        0..1_000 => count.to_string(),
        1_000..1_000_000 => scaled(1e3, "thousand"),
        1_000_000..1_000_000_000 => scaled(1e6, "million"),
        1_000_000_000..1_000_000_000_000 => scaled(1e9, "billion"),
        _ => scaled(1e12, "trillion"),
    }
}

/// Bytes in their largest unit: `35 MiB`.
pub(super) fn bytes(bytes: u64) -> String {
    const UNITS: [(u32, &str); 4] = [(40, "TiB"), (30, "GiB"), (20, "MiB"), (10, "KiB")];
    let unit = UNITS.iter().find(|(power, _)| bytes >> power > 0);
    let Some((power, unit)) = unit else { return format!("{bytes} bytes") };
    let number = bytes as f64 / (1_u64 << power) as f64;
    if number < 10.0 && number.fract() != 0.0 { format!("{number:.1} {unit}") } else { format!("{number:.0} {unit}") }
}

fn seconds(seconds: f64) -> String {
    match seconds {
        short if short < 0.001 => "less than 1 ms".to_owned(),
        short if short < 1.0 => format!("{:.0} ms", short * 1e3),
        long if long < 600.0 => format!("{long:.0} s"),
        long if long < 7_200.0 => format!("{:.0} min", long / 60.0),
        long if long < 172_800.0 => format!("{:.0} hours", long / 3_600.0),
        long => format!("{:.0} days", long / 86_400.0),
    }
}
