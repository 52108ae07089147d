//! Values: counts, bytes, percentages and parts as they are written behind options.

use crate::workspace::Samples;

/// `2/4`
pub(super) fn shard(text: &str) -> Result<(u64, u64), String> {
    let both = text.split_once('/').and_then(|(number, of)| Some((number.trim().parse().ok()?, of.trim().parse().ok()?)));
    both.filter(|(number, of)| (1..=*of).contains(number)).ok_or_else(|| "a number of a part and how many there are, such as 2/4".to_owned())
}

/// Bytes with their unit: `512MiB`, `4GiB`.
pub(super) fn bytes(text: &str) -> Result<u64, String> {
    const UNITS: [(&str, u32); 5] = [("TiB", 40), ("GiB", 30), ("MiB", 20), ("KiB", 10), ("", 0)];
    let found = UNITS.iter().find_map(|(unit, power)| text.strip_suffix(unit).map(|digits| (digits, power)));
    let bytes = found.and_then(|(digits, power)| digits.trim().parse::<u64>().ok()?.checked_mul(1 << power));
    bytes.ok_or_else(|| "a whole number with its unit, such as 512MiB or 4GiB".to_owned())
}

/// A count as the language writes numbers: `10_000`, `10k`, `2M`.
pub(super) fn count(text: &str) -> Result<u64, String> {
    Samples::count_of(text).filter(|count| *count <= 1 << 63).ok_or_else(|| "a whole number from 0 on, such as 10_000 or 10k".to_owned())
}

/// A part of the samples in percent.
pub(super) fn percentile(text: &str) -> Result<f64, String> {
    let number = text.trim().trim_end_matches('%').parse::<f64>().ok();
    number.filter(|number| (0.0..=100.0).contains(number)).ok_or_else(|| "a percentage from 0 to 100".to_owned())
}

/// How many samples, of which every one is kept until the end.
pub(super) fn kept_count(text: &str) -> Result<u64, String> {
    Samples::count_of(text).filter(|count| *count <= Samples::MOST_KEPT).ok_or_else(|| "a whole number up to 10M, such as 10_000 or 10k".to_owned())
}

/// How deep a tree goes: a number, or `all`.
pub(super) fn depth(text: &str) -> Result<usize, String> {
    match text.trim() {
        "all" => Ok(usize::MAX),
        number => number.parse().ok().filter(|depth| *depth > 0).ok_or_else(|| "a whole number from 1 on, or `all`".to_owned()),
    }
}
