//! Records: numbers and texts to the bytes of a file, and back with care.

use crate::numeric::stream::mix;

/// Bytes that are being written.
#[derive(Clone, Debug, Default)]
pub struct Writer(Vec<u8>);

impl Writer {
    /// A count.
    pub fn whole(&mut self, whole: u64) {
        self.0.extend_from_slice(&whole.to_le_bytes());
    }

    /// Half a count.
    pub fn half(&mut self, half: u32) {
        self.0.extend_from_slice(&half.to_le_bytes());
    }

    /// The bits of a number.
    pub fn number(&mut self, number: f64) {
        self.whole(number.to_bits());
    }

    /// Numbers, how many of them first.
    pub fn numbers(&mut self, numbers: &[f64]) {
        self.whole(numbers.len() as u64);
        numbers.iter().for_each(|number| self.number(*number));
    }

    /// Bytes, how many of them first.
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.whole(bytes.len() as u64);
        self.0.extend_from_slice(bytes);
    }

    /// A text.
    pub fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    /// Things, how many of them first.
    pub fn list<T>(&mut self, things: &[T], write: impl Fn(&mut Self, &T)) {
        self.whole(things.len() as u64);
        things.iter().for_each(|thing| write(self, thing));
    }

    /// What was written.
    #[must_use]
    pub fn finish(self) -> Vec<u8> {
        self.0
    }
}

/// Bytes that are being read. Whoever wrote them may mean ill: nothing is believed, and no more room is taken than there
/// are bytes for.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'b>(&'b [u8]);

impl<'b> Reader<'b> {
    /// From the first byte on.
    #[must_use]
    pub const fn new(bytes: &'b [u8]) -> Self {
        Self(bytes)
    }

    /// A count.
    pub fn whole(&mut self) -> Option<u64> {
        let (head, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(u64::from_le_bytes(*head))
    }

    /// Half a count.
    pub fn half(&mut self) -> Option<u32> {
        let (head, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(u32::from_le_bytes(*head))
    }

    /// A number, or what stands for one.
    pub fn number(&mut self) -> Option<f64> {
        self.whole().map(f64::from_bits)
    }

    /// Numbers.
    pub fn numbers(&mut self) -> Option<Vec<f64>> {
        self.list(8, Self::number)
    }

    /// Bytes.
    pub fn bytes(&mut self) -> Option<&'b [u8]> {
        let count = usize::try_from(self.whole()?).ok()?;
        let (head, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(head)
    }

    /// A text.
    pub fn text(&mut self) -> Option<String> {
        self.bytes().and_then(|bytes| str::from_utf8(bytes).ok()).map(str::to_owned)
    }

    /// Things of at least so many bytes each.
    pub fn list<T>(&mut self, least: usize, mut read: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let count = usize::try_from(self.whole()?).ok()?;
        if count > self.0.len() / least.max(1) {
            return None;
        }
        (0..count).map(|_| read(self)).collect()
    }

    /// Whether nothing is left.
    #[must_use]
    pub const fn is_at_end(&self) -> bool {
        self.0.is_empty()
    }
}

/// A number that every change of eight bytes in a row changes, and of any other changes all but one in 2⁶⁴.
#[must_use]
pub fn checksum(bytes: &[u8]) -> u64 {
    let (words, rest) = bytes.as_chunks();
    let mut last = [0; 8];
    last.iter_mut().zip(rest).for_each(|(place, byte)| *place = *byte);
    let words = words.iter().chain([&last]);
    words.fold(mix(bytes.len() as u64), |sum, word| mix(sum.rotate_left(1) ^ u64::from_le_bytes(*word)))
}

#[cfg(test)]
#[allow(clippy::indexing_slicing, reason = "a test that can't go on stops")]
mod tests {
    use super::{Reader, Writer, checksum};

    #[test]
    fn what_is_written_is_read_and_nothing_more() {
        let mut writer = Writer::default();
        writer.whole(7);
        writer.numbers(&[0.5, f64::INFINITY]);
        writer.text("a text");
        let bytes = writer.finish();
        let read = |bytes: &[u8]| {
            let mut reader = Reader::new(bytes);
            let read = (reader.whole()?, reader.numbers()?, reader.text()?);
            reader.is_at_end().then_some(read)
        };
        assert_eq!(read(&bytes), Some((7, vec![0.5, f64::INFINITY], "a text".to_owned())));
        assert!((0..bytes.len()).all(|end| read(&bytes[..end]).is_none()));
        let mut huge = Writer::default();
        huge.whole(u64::MAX);
        assert_eq!(Reader::new(&huge.finish()).numbers(), None);
    }

    #[test]
    fn the_checksum_sees_every_byte() {
        let bytes: Vec<u8> = (0..100).collect();
        for at in 0..bytes.len() {
            let mut other = bytes.clone();
            other[at] ^= 1;
            assert_ne!(checksum(&bytes), checksum(&other));
            assert_ne!(checksum(&bytes), checksum(&bytes[..at]));
        }
        assert_ne!(checksum(&[]), checksum(&[0]));
    }
}
