//! Streams: the same bits for a sample however it is asked for, and bits that look random.

use biz::numeric::stream::philox::{Row, at, fill};
use biz::numeric::stream::{Key, name_hash, unit_open};

const ROW: Row = Row { period: 7, purpose: 0 };

#[test]
fn a_sample_has_its_bits_wherever_a_row_begins_and_ends() {
    let key = Key::new(1, name_hash("price"));
    let mut whole = vec![0; 100];
    fill(key, ROW, 5, &mut whole);
    for (first, last) in [(5, 6), (5, 13), (8, 16), (9, 30), (12, 12), (17, 105), (103, 105)] {
        let mut part = vec![0; last - first];
        fill(key, ROW, first as u64, &mut part);
        assert_eq!(part, whole[first - 5..last - 5], "samples {first}..{last}");
    }
    assert_eq!(whole[37], at(key, ROW, 42));
}

#[test]
fn every_part_of_a_place_changes_the_bits() {
    let bits = |seed, name, period, purpose, sample| at(Key::new(seed, name_hash(name)), Row { period, purpose }, sample);
    let mut seen = vec![bits(1, "a", 0, 0, 0)];
    seen.extend([bits(2, "a", 0, 0, 0), bits(1, "b", 0, 0, 0), bits(1, "a", 1, 0, 0), bits(1, "a", 0, 1, 0)]);
    seen.extend((1..9).chain([1 << 33, 1 << 34, u64::MAX]).map(|sample| bits(1, "a", 0, 0, sample)));
    let count = seen.len();
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), count);
}

/// The hash is part of what a seed means: it must never change. Values by an independent script (FNV-1a 64, then the
/// finaliser of SplitMix64).
#[test]
fn the_hash_of_a_name_stays() {
    assert_eq!(name_hash(""), 0xf52a_15e9_a9b5_e89b);
    assert_eq!(name_hash("market.size"), 0x2159_b66f_8904_7bd0);
}

#[test]
fn uniforms_are_open_and_mirrored() {
    assert_eq!(unit_open(0), 2_f64.powi(-53));
    assert_eq!(unit_open(u64::MAX), 1.0 - 2_f64.powi(-53));
    for sample in 0..1_000 {
        let bits = at(Key::new(3, 4), ROW, sample);
        assert_eq!(unit_open(bits) + unit_open(!bits), 1.0);
        assert_eq!(unit_open(bits), ((bits >> 12) as f64 + 0.5) * 2_f64.powi(-52));
    }
}

/// Of 2^20 draws each bit is set half of the time, and each of 1,024 classes of the first ten bits comes as often as
/// chance has it: χ² of 1,023 degrees lies between 830 and 1,240 but for one case in 10^5.
#[test]
fn bits_are_even() {
    let mut bits = vec![0; 1 << 20];
    fill(Key::new(0, name_hash("x")), Row::default(), 0, &mut bits);
    let half = f64::from(1 << 19);
    for bit in 0..64 {
        let set = bits.iter().filter(|bits| *bits >> bit & 1 == 1).count() as f64;
        assert!((set - half).abs() < 4.5 * 512.0, "bit {bit} is set {set} times");
    }
    for shift in [54, 22] {
        let mut counts = vec![0_f64; 1_024];
        bits.iter().for_each(|bits| counts[(bits >> shift & 1_023) as usize] += 1.0);
        let chi = counts.iter().map(|count| (count - 1_024.0).powi(2) / 1_024.0).sum::<f64>();
        assert!((830.0..1_240.0).contains(&chi), "χ² is {chi}");
    }
}
