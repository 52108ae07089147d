//! Dots: strokes in a raster of two by four dots a character.

use super::field::{Field, Tint};
use crate::export::Signs;

/// Dots of a character, across and down.
pub(super) const ACROSS: usize = 2;
pub(super) const DOWN: usize = 4;

/// The Braille character without a dot.
const EMPTY: u32 = 0x2800;

/// The bits of a Braille character, row by row.
const BRAILLE: [[u8; ACROSS]; DOWN] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]];

/// A raster of dots, for one figure.
pub(super) struct Dots {
    columns: usize,
    rows: usize,
    masks: Vec<u8>,
}

impl Dots {
    pub fn new(columns: usize, rows: usize) -> Self {
        Self { columns, rows, masks: vec![0; columns * rows] }
    }

    /// A straight stroke between two dots, both ends included.
    pub fn stroke(&mut self, (x, y): (usize, usize), (to_x, to_y): (usize, usize)) {
        let (across, down) = (x.abs_diff(to_x), y.abs_diff(to_y));
        let length = across.max(down);
        for at in 0..=length {
            // Whole numbers, rounded half up: the same dots on every machine.
            let on_the_way = |from: usize, to: usize| {
                let moved = (from.abs_diff(to) * at * 2 + length.max(1)) / (length.max(1) * 2);
                if to >= from { from + moved } else { from - moved }
            };
            self.dot(on_the_way(x, to_x), on_the_way(y, to_y));
        }
    }

    fn dot(&mut self, x: usize, y: usize) {
        let (column, row) = (x / ACROSS, y / DOWN);
        let bit = BRAILLE.get(y % DOWN).and_then(|bits| bits.get(x % ACROSS)).copied().unwrap_or(0);
        if column < self.columns && row < self.rows
            && let Some(mask) = self.masks.get_mut(row * self.columns + column)
        {
            *mask |= bit;
        }
    }

    /// Puts the dots on a field; `plain` stands for them where the terminal has none.
    pub fn onto(&self, field: &mut Field, signs: Signs, plain: char, tint: Tint) {
        for (at, mask) in self.masks.iter().enumerate().filter(|(_, mask)| **mask != 0) {
            let (column, row) = (at % self.columns, at / self.columns);
            // The dots of another figure in the same place stay.
            let known = u32::from(field.sign(column, row)).checked_sub(EMPTY).filter(|known| *known < 256).unwrap_or(0);
            let sign = match signs {
                Signs::Unicode => char::from_u32(EMPTY + (known | u32::from(*mask))).unwrap_or(plain),
                Signs::Ascii => plain,
            };
            field.put(column, row, sign, tint);
        }
    }
}
