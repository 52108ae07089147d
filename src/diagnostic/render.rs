//! Draws diagnostics for people: message, marked source, help, mended lines.

use miette::{GraphicalTheme, ThemeCharacters, ThemeStyles};

use super::escape::{one_line, visible};
use super::excerpt::{self, Look};
use super::mark::marks;
use super::mend;
use super::shape::{Diagnostic, Fix, Severity};
use super::tally::{SHOWN, Warnings, summary};
use super::wrap::wrap;
use crate::text::Source;

/// The narrowest drawing.
const NARROWEST: usize = 40;

/// What a terminal can show. The caller finds it out once; nothing here looks at the environment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether to use colours.
    pub colour: bool,
    /// Columns; less than 40 counts as 40.
    pub width: usize,
    /// Whether to draw with more than ASCII.
    pub unicode: bool,
}

impl Default for Style {
    fn default() -> Self {
        Self { colour: false, width: 80, unicode: true }
    }
}

/// The drawing of each diagnostic in the order given, at most [`SHOWN`], and a last line that counts them all.
/// Nothing of the model's text reaches the terminal unescaped. Empty for no diagnostics.
#[must_use]
pub fn human(diagnostics: &[Diagnostic], sources: &[Source], style: Style) -> String {
    drawn(diagnostics, sources, style, Warnings::Allowed)
}

/// Like [`human`], and the last line says so where warnings are denied.
#[must_use]
pub fn drawn(diagnostics: &[Diagnostic], sources: &[Source], style: Style, warnings: Warnings) -> String {
    if diagnostics.is_empty() {
        return String::new();
    }
    let look = look(style);
    let mut out = String::new();
    for diagnostic in diagnostics.iter().take(SHOWN) {
        out.push_str(&one(diagnostic, sources, &look));
        out.push('\n');
    }
    out.push_str(&summary(diagnostics, warnings));
    out.push('\n');
    out
}

/// The drawing of one diagnostic.
#[must_use]
pub(super) fn one_plain(diagnostic: &Diagnostic, sources: &[Source], style: Style) -> String {
    one(diagnostic, sources, &look(style))
}

fn look(style: Style) -> Look {
    let characters = if style.unicode { ThemeCharacters::unicode() } else { ThemeCharacters::ascii() };
    let styles = if style.colour { ThemeStyles::ansi() } else { ThemeStyles::none() };
    let ellipsis = if style.unicode { "…" } else { "..." };
    Look { theme: GraphicalTheme { characters, styles }, colour: style.colour, width: style.width.max(NARROWEST), ellipsis }
}

fn one(diagnostic: &Diagnostic, sources: &[Source], look: &Look) -> String {
    let look = &coloured(diagnostic.severity, look);
    let mut out = heading(diagnostic, look);
    let (marks, notes) = marks(diagnostic, sources);
    out.push_str(&excerpt::draw(&marks, look));
    for note in notes {
        out.push_str(&remark("note", &note, look));
    }
    if let Some(help) = &diagnostic.help {
        out.push_str(&remark("help", &visible(help).replace('\t', " "), look));
    }
    for fix in &diagnostic.fixes {
        out.push_str(&offer(fix, sources, look));
    }
    // miette leaves blanks at the ends of empty lines.
    let mut trimmed = String::with_capacity(out.len());
    for line in out.lines() {
        trimmed.push_str(line.trim_end());
        trimmed.push('\n');
    }
    trimmed
}

/// `error[BIZ0201]: message`
fn heading(diagnostic: &Diagnostic, look: &Look) -> String {
    let kind = diagnostic.kind();
    let lines = wrap(&format!("{kind}: {}", one_line(&diagnostic.message)), look.width.saturating_sub(2));
    let colour = if look.colour { look.theme.styles.error.bold() } else { look.theme.styles.error };
    let whole = lines.join("\n  ");
    match whole.strip_prefix(&kind) {
        Some(rest) => format!("{}{rest}\n", colour.style(&kind)),
        None => format!("{whole}\n"),
    }
}

/// `  help: text`, folded.
fn remark(word: &str, text: &str, look: &Look) -> String {
    let lines = wrap(text, look.width.saturating_sub(8));
    format!("  {} {}\n", look.theme.styles.help.style(format!("{word}:")), lines.join("\n        "))
}

/// `  help: title`, and the lines as they would be.
fn offer(fix: &Fix, sources: &[Source], look: &Look) -> String {
    let mut out = remark("help", &one_line(&fix.title), look);
    for line in mend::draw(fix, sources, look) {
        out.push_str(&line);
        out.push('\n');
    }
    out
}

/// The look whose colour for errors is the one of the severity.
fn coloured(severity: Severity, look: &Look) -> Look {
    let mut look = look.clone();
    look.theme.styles.error = match severity {
        Severity::Error => look.theme.styles.error,
        Severity::Warning => look.theme.styles.warning,
    };
    look
}
