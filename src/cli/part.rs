//! The file of a part of a simulation.

use super::status::Status;
use super::terminal::Terminal;
use crate::workspace::{self, Part};
use std::path::Path;

/// Writes a part, and says what it holds.
pub(super) fn keep(part: &Part, out: &Path, terminal: &Terminal) -> Status {
    let name = out.display();
    if let Err(error) = workspace::replace(out, &part.bytes()) {
        terminal.remark(&format!("error: `{name}` can't be written: {error}\n"));
        return Status::Usage;
    }
    let ranges: Vec<String> = part.ranges().iter().map(|range| format!("{} to {}", range.start + 1, range.end)).collect();
    let held = if ranges.is_empty() { "none".to_owned() } else { ranges.join(", ") };
    terminal.remark(&format!("{name} holds the samples {held} of {}\n", part.samples()));
    if part.looks_across() {
        terminal.remark("the model asks for figures across samples, so every part plays all of them for these\n");
    }
    Status::Fine
}
