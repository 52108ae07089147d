//! What is said of the samples behind a report.

use crate::report::{Drawn, Report};

/// `10,000 samples, seed 1, sobol`
pub(super) fn drawn(drawn: &Drawn) -> String {
    let count = grouped(drawn.count);
    let count = match drawn.count {
        1 => "1 sample".to_owned(),
        some if some < drawn.asked => format!("{count} of {} samples", grouped(drawn.asked)),
        _ => format!("{count} samples"),
    };
    format!("{count}, seed {}, {}", drawn.seed, drawn.sampling)
}

/// The line of a run that drew samples because something looks across them.
pub(super) fn told(report: &Report) -> Option<String> {
    let drawn = report.drawn.as_ref().map(drawn)?;
    Some(format!("What looks across samples was computed from {drawn}."))
}

/// A count with separators: `10,000`.
fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
