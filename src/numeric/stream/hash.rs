//! A number for a name: stable for ever, since every draw depends on it.

/// 2^64 divided by the golden ratio, odd.
pub(super) const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// The 64-bit number of a qualified name: FNV-1a over its bytes, then [`mix`].
#[must_use]
pub const fn name_hash(name: &str) -> u64 {
    let mut rest = name.as_bytes();
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    while let [byte, behind @ ..] = rest {
        hash = (hash ^ *byte as u64).wrapping_mul(0x0000_0100_0000_01b3);
        rest = behind;
    }
    mix(hash)
}

/// The finaliser of SplitMix64 (Steele, Lea, Flood 2014): a bijection in which every bit moves half of all.
#[inline(always)]
#[must_use]
pub const fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

/// Numbers as from SplitMix64 with this state: a short sequence to build tables from.
#[derive(Clone, Debug)]
pub(super) struct Sequence(pub u64);

impl Sequence {
    /// The next number.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(GOLDEN);
        mix(self.0)
    }
}
