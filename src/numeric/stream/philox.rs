//! Philox4x32-10, a counter-based generator: any draw of any sample by itself, without those before it.
//!
//! Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3" (2011). A block of 128 bits serves two
//! samples: of the eight samples 8g … 8g + 7 the first four take the lower halves of the blocks 4g … 4g + 3, the other
//! four the upper halves. So four blocks run side by side in a vector and nothing is shuffled.

use super::hash::{GOLDEN, mix};

const MULTIPLIER_0: u64 = 0xd251_1f53;
const MULTIPLIER_1: u64 = 0xcd9e_8d57;
const WEYL_0: u32 = 0x9e37_79b9;
const WEYL_1: u32 = 0xbb67_ae85;
const LOW: u64 = 0xffff_ffff;

/// How many blocks run side by side.
const LANES: usize = 4;
/// How many samples they serve.
const GROUP: usize = 2 * LANES;

type Lanes = [u64; LANES];

/// The stream of one name under one seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    words: [u32; 2],
}

impl Key {
    /// The key for a seed and the hash of a qualified name. Under one seed no two hashes share a key.
    #[inline]
    #[must_use]
    pub const fn new(seed: u64, name: u64) -> Self {
        let key = mix(mix(seed.wrapping_add(GOLDEN)) ^ name);
        Self { words: [key as u32, (key >> 32) as u32] }
    }
}

/// Which of a stream's rows: its period, and what the bits are for where a draw needs more than 64 of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Row {
    /// The period; 0 for what is drawn once.
    pub period: u32,
    /// What for.
    pub purpose: u32,
}

/// 64 random bits for each of the samples from `first` on. Fastest where `first` and the length are multiples of 8.
#[inline(always)]
pub fn fill(key: Key, row: Row, first: u64, out: &mut [u64]) {
    let within = (first % GROUP as u64) as usize;
    let mut group = first / GROUP as u64;
    let head_length = if within == 0 { 0 } else { (GROUP - within).min(out.len()) };
    let (head, rest) = out.split_at_mut(head_length);
    if within != 0 {
        part(key, row, group, within, head);
        group += 1;
    }
    let (groups, tail) = rest.as_chunks_mut::<GROUP>();
    for place in groups {
        *place = four_blocks(key, row, group);
        group += 1;
    }
    if !tail.is_empty() {
        part(key, row, group, 0, tail);
    }
}

/// What lies within a group, from `skipped` on. Kept out of the way of whole groups.
#[inline(never)]
fn part(key: Key, row: Row, group: u64, skipped: usize, out: &mut [u64]) {
    for (place, bits) in out.iter_mut().zip(four_blocks(key, row, group).into_iter().skip(skipped)) {
        *place = bits;
    }
}

/// The bits of one sample: what [`fill`] puts at its place.
#[must_use]
pub fn at(key: Key, row: Row, sample: u64) -> u64 {
    let mut one = [0];
    fill(key, row, sample, &mut one);
    let [bits] = one;
    bits
}

/// The bits of the eight samples of a group.
#[inline(always)]
fn four_blocks(key: Key, row: Row, group: u64) -> [u64; GROUP] {
    let first = group * LANES as u64;
    let mut low: Lanes = [0; LANES];
    for (lane, number) in low.iter_mut().zip(0_u64..) {
        *lane = first + number;
    }
    let high = low.map(|block| block >> 32);
    let counter = [low, high, [u64::from(row.period); LANES], [u64::from(row.purpose); LANES]];
    let [a, b, c, d] = rounds(counter, key.words);
    let mut out = [0; GROUP];
    let (lower, upper) = out.split_at_mut(LANES);
    for ((place, a), b) in lower.iter_mut().zip(a).zip(b) {
        *place = (a & LOW) | (b << 32);
    }
    for ((place, c), d) in upper.iter_mut().zip(c).zip(d) {
        *place = (c & LOW) | (d << 32);
    }
    out
}

/// Ten rounds over the four words of each block. Of a lane only the lower 32 bits count; what multiplications leave
/// above them is never read.
#[inline(always)]
fn rounds(words: [Lanes; 4], key: [u32; 2]) -> [Lanes; 4] {
    // Written out, because a loop would carry the lanes through general registers.
    let words = round(round(words, key, 0), key, 1);
    let words = round(round(words, key, 2), key, 3);
    let words = round(round(words, key, 4), key, 5);
    let words = round(round(words, key, 6), key, 7);
    round(round(words, key, 8), key, 9)
}

#[inline(always)]
fn round([a, b, c, d]: [Lanes; 4], [key_0, key_1]: [u32; 2], number: u32) -> [Lanes; 4] {
    let key_0 = u64::from(key_0.wrapping_add(WEYL_0.wrapping_mul(number)));
    let key_1 = u64::from(key_1.wrapping_add(WEYL_1.wrapping_mul(number)));
    let from_a = a.map(|a| (a & LOW) * MULTIPLIER_0);
    let from_c = c.map(|c| (c & LOW) * MULTIPLIER_1);
    [mixed(from_c, b, key_0), from_c, mixed(from_a, d, key_1), from_a]
}

/// The upper word of each product with another word and the key.
#[inline(always)]
fn mixed(product: Lanes, mut word: Lanes, key: u64) -> Lanes {
    for (word, product) in word.iter_mut().zip(product) {
        *word = (product >> 32) ^ *word ^ key;
    }
    word
}

#[cfg(test)]
mod tests {
    use super::{LANES, LOW, rounds};

    /// The three vectors `philox4x32 10` of Random123's `tests/kat_vectors` (version 1.14.0): counter, key, result.
    const KNOWN: [([u32; 4], [u32; 2], [u32; 4]); 3] = [
        ([0; 4], [0; 2], [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]),
        ([u32::MAX; 4], [u32::MAX; 2], [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]),
        (
            [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344],
            [0xa409_3822, 0x299f_31d0],
            [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1],
        ),
    ];

    #[test]
    fn the_published_vectors_pass() {
        for (counter, key, expected) in KNOWN {
            let result = rounds(counter.map(|word| [u64::from(word); LANES]), key);
            assert_eq!(result.map(|lanes| lanes.map(|lane| lane & LOW)), expected.map(|word| [u64::from(word); LANES]));
        }
    }
}
