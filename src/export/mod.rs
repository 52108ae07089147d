//! Export: reports and answers → text. One file a format; computes nothing.

pub mod answer;
mod cells;
mod columns;
pub mod comparison;
pub mod csv;
mod cut;
mod uncounted;
pub mod decision;
pub mod difference;
mod drawn;
pub mod glimpse;
pub mod graph;
pub mod json;
mod layout;
pub mod listing;
pub mod markdown;
pub mod plot;
mod requirement;
mod sheet;
pub mod simulation;
mod spark;
mod split;
pub mod table;
pub mod trace;
pub mod verdict;

/// How text is laid out on a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Columns there are.
    pub width: usize,
    /// Which signs the terminal knows.
    pub signs: Signs,
}

/// Which signs a terminal knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signs {
    /// Dashes, bars and lines.
    Unicode,
    /// ASCII alone, but for the names that the author wrote.
    Ascii,
}

impl Default for Style {
    fn default() -> Self {
        Self { width: 80, signs: Signs::Unicode }
    }
}
