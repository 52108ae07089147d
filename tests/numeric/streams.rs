//! Streams: the same bits for a sample however it is asked for, and bits that look random.

use biz::numeric::stream::latin::Latin;
use biz::numeric::stream::philox::{Row, at, fill};
use biz::numeric::stream::sobol::Directions;
use biz::numeric::stream::{Key, mix, name_hash, unit_open};

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

#[test]
fn a_net_has_its_bits_wherever_a_row_begins_and_ends() {
    let directions = Directions::new(1, name_hash("price"), 3);
    let mut whole = vec![0; 5_000];
    directions.fill(0, &mut whole);
    for (first, last) in [(0, 1), (5, 13), (8, 16), (9, 30), (12, 12), (17, 4_105), (1_024, 2_048), (4_999, 5_000)] {
        let mut part = vec![0; last - first];
        directions.fill(first as u64, &mut part);
        assert_eq!(part, whole[first..last], "samples {first}..{last}");
    }
    assert_eq!(whole[4_097], directions.at(4_097));
}

/// Each aligned block of 2^k points has exactly one in each of 2^k equal parts.
#[test]
fn each_dimension_of_a_net_is_stratified() {
    for (name, period) in [("a", 0), ("b", 0), ("a", 1), ("market.size", 60)] {
        let directions = Directions::new(9, name_hash(name), period);
        for k in 1..=14 {
            for block in [0, 1, 5, (1 << (32 - k)) - 1] {
                let mut bits = vec![0; 1 << k];
                directions.fill(block << k, &mut bits);
                let mut parts: Vec<u64> = bits.iter().map(|bits| bits >> (64 - k)).collect();
                parts.sort_unstable();
                assert!(parts.iter().copied().eq(0..1 << k), "{name} {period}: block {block} of 2^{k}");
            }
        }
    }
}

/// The mean over 4,096 points of a product of six draws, each of mean 1, misses 1 by less than plain random draws do in
/// the middle of 31 sets of names; sums of the draws by less than a hundredth of what chance gives.
#[test]
fn nets_average_better_than_chance() {
    let n = 4_096_usize;
    let mut of_products = Vec::new();
    for set in 0..31 {
        let mut products = vec![1.0; n];
        let mut sum = 0.0;
        for draw in 0..6 {
            let mut bits = vec![0; n];
            Directions::new(7, name_hash(&format!("{set}.{draw}")), 0).fill(0, &mut bits);
            for (product, bits) in products.iter_mut().zip(&bits) {
                *product *= 0.6 + 0.8 * unit_open(*bits);
                sum += unit_open(*bits) - 0.5;
            }
        }
        // A sum of six uniforms has a deviation of √½.
        assert!((sum / n as f64).abs() < 1e-2 * (0.5 / n as f64).sqrt(), "set {set}: {sum}");
        of_products.push((products.iter().sum::<f64>() / n as f64 - 1.0).abs());
    }
    of_products.sort_by(f64::total_cmp);
    // A factor has the variance 0.8²/12, the product (1 + that)^6 − 1.
    let chance = (((1.0 + 0.64 / 12.0_f64).powi(6) - 1.0) / n as f64).sqrt();
    assert!(of_products[15] < 0.05 * chance, "{} of {chance}", of_products[15]);
}

/// Of n samples one lies in each n-th of the whole, for any n, and in another order for another name.
#[test]
fn a_latin_draw_fills_every_part_once() {
    for n in [1, 2, 3, 7, 10, 100, 1_000, 1_024, 99_991, 1_000_000] {
        let mut bits = vec![0; n];
        let draw = |name: &str, first: u64, out: &mut [u64]| Latin::new(5, name_hash(name), 2, n as u64).fill(first, out);
        draw("a", 0, &mut bits);
        let parts = |bits: &[u64]| bits.iter().map(|bits| (u128::from(*bits) * n as u128) >> 64).collect::<Vec<_>>();
        let mut sorted = parts(&bits);
        sorted.sort_unstable();
        assert!(sorted.into_iter().eq(0..n as u128), "{n} parts");

        let mut tail = vec![0; n / 2];
        draw("a", (n - n / 2) as u64, &mut tail);
        assert_eq!(tail, bits[n - n / 2..]);
        let mut other = vec![0; n];
        draw("b", 0, &mut other);
        assert!(n < 10 || parts(&other) != parts(&bits));
    }
}

/// Orders look random: Spearman's correlation with the sample's number, with the next sample and with another name's
/// order lies within four deviations, 1/√n.
#[test]
fn a_latin_order_is_unrelated_to_others() {
    let n = 100_000_usize;
    let ranks = |name: &str| {
        let mut bits = vec![0; n];
        Latin::new(5, name_hash(name), 0, n as u64).fill(0, &mut bits);
        bits.iter().map(|bits| unit_open(*bits) - 0.5).collect::<Vec<_>>()
    };
    let (one, two) = (ranks("a"), ranks("b"));
    let against = |other: &mut dyn Iterator<Item = f64>| one.iter().zip(other).map(|(x, y)| x * y).sum::<f64>() * 12.0 / n as f64;
    for correlation in [
        against(&mut (0..n).map(|i| i as f64 / n as f64 - 0.5)),
        against(&mut one.iter().skip(1).copied()),
        against(&mut two.iter().copied()),
    ] {
        assert!(correlation.abs() < 4.0 / (n as f64).sqrt(), "{correlation}");
    }
}

/// Of two names together a net is no worse than chance but for a few pairs, and those are others under another seed: that x and
/// y lie on the same side of their medians has the probability ½, with a standard error of ½ ÷ √n of independent draws.
#[test]
fn pairs_that_do_not_fit_change_with_the_seed() {
    const SAMPLES: u64 = 8_192;
    let off = |seed: u64, pair: u64| {
        let [one, other] = [2 * pair, 2 * pair + 1].map(|name| Directions::new(seed, mix(name), 0));
        let same = (0..SAMPLES).filter(|sample| one.at(*sample) >> 63 == other.at(*sample) >> 63).count();
        (same as f64 / SAMPLES as f64 - 0.5).abs() / (0.5 / (SAMPLES as f64).sqrt())
    };
    let odd = |seed: u64| (0..400).filter(|pair| off(seed, *pair) > 3.0).collect::<Vec<u64>>();
    let (under_one, under_another) = (odd(1), odd(2));
    assert!(under_one.len() <= 8 && under_another.len() <= 8, "{under_one:?} {under_another:?}");
    assert!(under_one.iter().all(|pair| !under_another.contains(pair)), "{under_one:?} {under_another:?}");
}
