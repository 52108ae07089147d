//! Plot: figures as drawings for a terminal, one below the other.

mod bands;
mod bars;
mod dots;
mod field;
mod frame;
mod lines;
mod rows;
mod spreads;
mod waterfall;

use super::layout::hanging;
use super::{Signs, drawn};
use crate::diagnostic::escape::one_line;
use crate::report::plot::{Panel, Plot};

/// How a plot is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Columns there are; less than 16 counts as 16.
    pub width: usize,
    /// Which signs the terminal knows.
    pub signs: Signs,
    /// Whether it knows colours.
    pub colour: Colour,
}

/// Whether a terminal knows colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// None.
    Plain,
    /// By the escape sequences of ANSI.
    Ansi,
}

impl Default for Style {
    fn default() -> Self {
        Self { width: 100, signs: Signs::Unicode, colour: Colour::Plain }
    }
}

impl From<Style> for super::Style {
    fn from(style: Style) -> Self {
        Self { width: style.width, signs: style.signs }
    }
}

/// No drawing is narrower.
const NARROWEST: usize = 16;

/// The plot as text of at most `style.width` columns.
#[must_use]
pub fn plot(plot: &Plot, style: Style) -> String {
    let style = Style { width: style.width.max(NARROWEST), ..style };
    let scenario = plot.scenario.as_ref().map(|name| format!("scenario {name}"));
    let words: Vec<String> = plot.title.iter().cloned().chain(scenario).collect();
    let heading = (!words.is_empty()).then(|| told("", &words.join(" · "), style));
    let panels = plot.panels.iter().map(|panel| match panel {
        Panel::Lines(lines) => lines::lines(lines, style),
        Panel::Bars(bars) => bars::bars(bars, style),
        Panel::Waterfall(waterfall) => waterfall::waterfall(waterfall, style),
        Panel::Bands(bands) => bands::bands(bands, style),
        Panel::Spreads(spreads) => spreads::spreads(spreads, style),
    });
    let drawn = plot.drawn.as_ref().map(|drawn| told("", &format!("From {}.", drawn::drawn(drawn)), style));
    heading.into_iter().chain(panels).chain(drawn).collect::<Vec<String>>().join("\n")
}

/// Words in lines of the width, in the signs that the terminal knows.
fn told(first: &str, text: &str, style: Style) -> String {
    hanging(first, &one_line(text), style.into())
}

/// `Cash, USD`; nothing where there is neither. Percentages carry their sign.
fn titled(title: &str, unit: &str) -> String {
    match (title, unit) {
        (title, "" | "%") => title.to_owned(),
        ("", unit) => unit.to_owned(),
        (title, unit) => format!("{title}, {unit}"),
    }
}

/// What stands behind each number of a unit.
fn sign_of(unit: &str) -> &'static str {
    if unit == "%" { "%" } else { "" }
}
