//! Sparklines: bars of eight heights, one character each.

use super::{Signs, Style};
use crate::report::chart;

const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const ASCII: [char; 8] = ['_', '.', ',', '-', '~', '=', '*', '#'];

/// A line of figures in at most `columns` characters; a blank where there is no figure.
pub(super) fn line(figures: &[Option<f64>], columns: usize, style: Style) -> String {
    let signs = match style.signs {
        Signs::Unicode => BLOCKS,
        Signs::Ascii => ASCII,
    };
    let sign = |height: Option<u8>| height.and_then(|height| signs.get(usize::from(height)).copied()).unwrap_or(' ');
    chart::bars(figures, columns).into_iter().map(sign).collect()
}
