//! Fields: signs in rows and columns, each perhaps in a colour.

use super::Colour;

/// What a sign belongs to, which decides its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tint {
    /// Nothing in particular.
    Plain,
    /// One of several figures, by its number.
    Figure(usize),
    /// What adds.
    Rise,
    /// What takes away.
    Fall,
}

/// Cyan, yellow, magenta, green, blue, red.
const PALETTE: [u8; 6] = [36, 33, 35, 32, 34, 31];

/// Signs in rows and columns.
pub(super) struct Field {
    pub columns: usize,
    cells: Vec<(char, Tint)>,
}

impl Field {
    pub fn new(columns: usize, rows: usize) -> Self {
        Self { columns, cells: vec![(' ', Tint::Plain); columns * rows] }
    }

    /// Puts a sign; outside of the field nothing happens.
    pub fn put(&mut self, column: usize, row: usize, sign: char, tint: Tint) {
        if column < self.columns
            && let Some(cell) = self.cells.get_mut(row * self.columns + column)
        {
            *cell = (sign, tint);
        }
    }

    /// The sign there; a blank outside.
    pub fn sign(&self, column: usize, row: usize) -> char {
        self.cells.get(row * self.columns + column).map_or(' ', |(sign, _)| *sign)
    }

    pub fn is_empty_at(&self, column: usize, row: usize) -> bool {
        column < self.columns && self.sign(column, row) == ' '
    }

    /// A row as text, without blanks at its end.
    pub fn row(&self, row: usize, colour: Colour) -> String {
        let cells = self.cells.get(row * self.columns..(row + 1) * self.columns).unwrap_or_default();
        let used = cells.iter().rposition(|(sign, _)| *sign != ' ').map_or(0, |last| last + 1);
        let mut out = String::new();
        let mut open = Tint::Plain;
        for (sign, tint) in cells.iter().take(used) {
            // Blanks have no colour to change.
            let tint = if *sign == ' ' { open } else { *tint };
            if tint != open && colour == Colour::Ansi {
                out += &code(tint);
                open = tint;
            }
            out.push(*sign);
        }
        if open != Tint::Plain {
            out += &code(Tint::Plain);
        }
        out
    }
}

/// A text in a colour.
pub(super) fn tinted(text: &str, tint: Tint, colour: Colour) -> String {
    match (colour, tint) {
        (Colour::Plain, _) | (_, Tint::Plain) => text.to_owned(),
        (Colour::Ansi, tint) => format!("{}{text}{}", code(tint), code(Tint::Plain)),
    }
}

fn code(tint: Tint) -> String {
    let number = match tint {
        Tint::Plain => 0,
        Tint::Figure(number) => PALETTE.get(number % PALETTE.len()).copied().unwrap_or(0),
        Tint::Rise => 32,
        Tint::Fall => 31,
    };
    format!("\u{1b}[{number}m")
}
